import * as vscode from 'vscode';
import { initializeRequest } from '../../core/checks/apiBench.ts';
import { profileForMcp } from '../../core/checks/apiTarget.ts';
import { otherClients } from '../../core/checks/otherClients.ts';
import { mcpUrlProblem } from '../../core/mcp/serverUrl.ts';
import { textMember } from '../../shared/json.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { dialogs } from '../dialogs.ts';
import { knownServers } from '../knownServers.ts';
import type { Services } from '../services.ts';
import { readAsked, requestFromFile, type ToSend } from './apiCommands.ts';

/** Opens the checks of a profile: first the plan; nothing is sent before the user starts it. */
export async function runChecks(
  services: ToChoose & Pick<Services, 'views'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, {
    title: vscode.l10n.t('Check redirect and PKCE of a profile'),
  });
  if (profile === undefined) return;
  (await services.views.checks()).show(profile, otherClients(profile, services.profiles.usable()));
}

/** Opens the checks of an API's handling of tokens, for the request under the cursor and with its profile's tokens. */
export async function checkApi(services: ToSend & Pick<Services, 'views'>, argument: unknown): Promise<void> {
  const found = await requestFromFile(services, readAsked(services, argument));
  if (found === undefined) return;
  const { method, url, headers, body, secrets } = found.request;
  if (!URL.canParse(url)) return;
  const withoutToken = headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  const request = { method, url, headers: withoutToken, ...(body && { body }), ...(secrets && { secrets }) };
  (await services.views.checks()).showApi({ request, profile: found.profile });
}

/** Opens the checks of an MCP server, with the tokens of its profile if it has one. Shows the plan first; nothing is sent yet. */
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

/** The argument with the server's whole address, where it names the server as contracts do, without the secrets in it. */
async function whole(services: Pick<Services, 'checks' | 'profiles'>, argument: unknown): Promise<unknown> {
  const server = textMember(argument, 'server');
  return server === undefined ? argument : { url: (await knownServers(services)).get(server) ?? server };
}

/** Goes through what a client must do with an MCP server's URL, which a lens passed or the user types or pastes. */
export async function exploreMcpServer(services: Pick<Services, 'views'>, argument: unknown): Promise<void> {
  const url = await mcpUrl(argument, vscode.l10n.t('Explore MCP Server'));
  if (url !== undefined) (await services.views.mcp()).show(url);
}

/** The URL of the MCP server: the argument's, as from a lens, or one that the user types or pastes. */
async function mcpUrl(argument: unknown, title: string): Promise<URL | undefined> {
  const text = textMember(argument, 'url')?.trim() ?? (await ask(title));
  if (text === undefined) return undefined;
  const problem = mcpUrlProblem(text);
  if (problem === undefined) return new URL(text);
  void dialogs.showErrorMessage(problem);
  return undefined;
}

async function ask(title: string): Promise<string | undefined> {
  const text = await dialogs.showInputBox({
    title,
    prompt: vscode.l10n.t('The URL that clients connect to, as it stands in mcp.json'),
    placeHolder: 'https://mcp.example.com/mcp',
    validateInput: (value) => (value.trim() === '' ? undefined : mcpUrlProblem(value.trim())),
  });
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
