import type { ToolName } from '../../shared/toolNames.ts';
import { callApiTool } from './callApiTool.ts';
import { explainFailureTool } from './explainFailureTool.ts';
import { exploreMcpTool } from './exploreMcpTool.ts';
import { listProfiles } from './listProfiles.ts';
import { runChecksTool } from './runChecksTool.ts';
import type { Tool } from './tool.ts';
import { tokenStatus } from './tokenStatus.ts';

/** The tools for language models, by the names under which the manifest declares them. */
export const tools: Readonly<Record<ToolName, Tool>> = {
  oauth_list_profiles: listProfiles,
  oauth_token_status: tokenStatus,
  oauth_explain_failure: explainFailureTool,
  oauth_call_api: callApiTool,
  oauth_run_checks: runChecksTool,
  oauth_explore_mcp_server: exploreMcpTool,
};
