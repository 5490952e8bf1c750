/** The tools for language models; package.json declares the same. */
export const toolNames = [
  'oauth_list_profiles',
  'oauth_token_status',
  'oauth_explain_failure',
  'oauth_call_api',
  'oauth_run_checks',
  'oauth_explore_mcp_server',
] as const;

export type ToolName = (typeof toolNames)[number];
