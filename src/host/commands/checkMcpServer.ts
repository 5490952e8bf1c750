import * as vscode from 'vscode';
import { initializeRequest } from '../../core/checks/apiBench.ts';
import { profileForMcp } from '../../core/checks/apiTarget.ts';
import { textMember } from '../../shared/json.ts';
import { knownServers } from '../knownServers.ts';
import { mcpUrl } from '../mcpUrl.ts';
import type { Services } from '../services.ts';

/** Opens the checks of an MCP server, with the tokens of its profile if there is one: first the plan, nothing is sent. */
export async function checkMcpServer(
  services: Pick<Services, 'checks' | 'profiles' | 'version' | 'views'>,
  argument: unknown,
): Promise<void> {
  const mcp = await mcpUrl(await whole(services, argument), vscode.l10n.t('Check MCP Server'));
  if (mcp === undefined) return;
  const profile = profileForMcp(services.profiles.usable(), mcp);
  const request = initializeRequest(mcp, services.version);
  (await services.views.checks()).showApi({ request, mcp, ...(profile && { profile }) });
}

/** With its whole address where the argument names a server as contracts do, without what is secret in it. */
async function whole(services: Pick<Services, 'checks' | 'profiles'>, argument: unknown): Promise<unknown> {
  const server = textMember(argument, 'server');
  return server === undefined ? argument : { url: (await knownServers(services)).get(server) ?? server };
}
