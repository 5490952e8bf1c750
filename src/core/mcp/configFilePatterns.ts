/** Where clients keep the servers they connect to. @see https://code.visualstudio.com/docs/copilot/reference/mcp-configuration */
export const configFilePatterns = [
  '**/mcp.json',
  '**/.mcp.json',
  '**/claude_desktop_config.json',
  '**/devcontainer.json',
  '**/.devcontainer.json',
] as const;
