import * as vscode from 'vscode';
import { isServerKey } from '../core/contract/contract.ts';
import { serverAddresses } from '../core/contract/serverAddresses.ts';
import { configuredServers } from '../core/mcp/configFiles.ts';
import { mcpUrlProblem } from '../core/mcp/serverUrl.ts';
import { readContract } from './contractFile.ts';
import { readForeignFile } from './readForeignFile.ts';
import type { Services } from './services.ts';

/**
 * The MCP servers that profiles, `.vscode/mcp.json` and the contract name, and those checked since the window was opened: the
 * address of each by the name that contracts and reports use, which lacks the secrets. The addresses are whole: never shown.
 */
export async function knownServers({
  checks,
  profiles,
}: Pick<Services, 'checks' | 'profiles'>): Promise<ReadonlyMap<string, string>> {
  const fed = profiles.list().profiles.flatMap(({ profile }) => profile.mcpServer ?? []);
  const named = vscode.workspace.isTrusted ? [...(await configured()), ...(await promised())] : [];
  const checked = checks.ids.filter(isServerKey);
  return serverAddresses([...fed, ...named, ...checked].filter((url) => mcpUrlProblem(url) === undefined));
}

async function configured(): Promise<readonly string[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const texts = folders.map(async ({ uri }) => {
    const read = await readForeignFile(vscode.Uri.joinPath(uri, '.vscode', 'mcp.json'), 1_000_000);
    // Mostly there is none.
    if (read.kind !== 'read') return [];
    return configuredServers(read.bytes.toString('utf8')).flatMap(({ url }) => url ?? []);
  });
  return (await Promise.all(texts)).flat();
}

async function promised(): Promise<readonly string[]> {
  const contract = await readContract();
  // As contracts name it, and without user and password, with which no request can be made.
  return contract === undefined
    ? []
    : [...contract.addresses, ...[...contract.contract.keys()].filter(isServerKey)];
}
