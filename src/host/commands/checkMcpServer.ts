import * as vscode from 'vscode';
import { initializeRequest } from '../../core/checks/apiBench.ts';
import { profileForMcp } from '../../core/checks/apiTarget.ts';
import { mcpUrl } from '../mcpUrl.ts';
import type { Services } from '../services.ts';

/** Opens the checks of an MCP server, with the tokens of its profile if there is one: first the plan, nothing is sent. */
export async function checkMcpServer(
  services: Pick<Services, 'profiles' | 'version' | 'views'>,
  argument: unknown,
): Promise<void> {
  const mcp = await mcpUrl(argument, vscode.l10n.t('Check MCP Server'));
  if (mcp === undefined) return;
  const profile = profileForMcp(
    services.profiles.list().profiles.map((stored) => stored.profile),
    mcp,
  );
  const request = initializeRequest(mcp, services.version);
  (await services.views.checks()).showApi({ request, mcp, ...(profile && { profile }) });
}
