/** The files in which clients keep their servers. @see https://code.visualstudio.com/docs/copilot/reference/mcp-configuration */
export const configFilePatterns = [
  '**/mcp.json',
  '**/.mcp.json',
  '**/claude_desktop_config.json',
  '**/devcontainer.json',
  '**/.devcontainer.json',
] as const;
