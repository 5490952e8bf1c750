import { argumentsOf } from '../containers.ts';
import { Gathered } from '../gathered.ts';
import { listOf, textOf, textsOf, type Found, type Json, type VariableList } from '../imported.ts';
import { mcpCallback } from '../productObjects.ts';
import { readJson } from '../readJson.ts';
import { rootOf, type Reader } from '../reader.ts';
import { clientsIn } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/** MCP servers reached over HTTP, as VS Code, Cursor, Claude and Gemini keep them. @see https://code.visualstudio.com/docs/copilot/reference/mcp-configuration */
export const mcpServers: Reader = {
  name: 'MCP configuration',
  recognises: (source) =>
    Object.values(serversOf(rootOf(source))).some((server) => isServer(objectOf(server))),
  read: (source) =>
    Object.entries(serversOf(rootOf(source))).flatMap(([name, server]) => fromServer(name, objectOf(server))),
};

function serversOf(root: Json): Json {
  return objectOf(root['mcpServers'] ?? root['servers'] ?? objectOf(root['mcp'])['servers']);
}

function isServer(server: Json): boolean {
  return addressOf(server) !== undefined || 'command' in server;
}

function addressOf(server: Json): string | undefined {
  return textOf(server['url'] ?? server['httpUrl'] ?? server['serverUrl']) ?? bridged(server).address;
}

/** The server that the program `mcp-remote` leads to, and the client that is named to it. @see https://github.com/geelen/mcp-remote#readme */
function bridged({ args }: Json): { readonly address?: string | undefined; readonly client: unknown } {
  const words = listOf(args).map((one) => textOf(one) ?? '');
  const from = words.findIndex((word) => /^mcp-remote(?:@|$)/.test(word));
  if (from < 0) return { client: undefined };
  const at = words.indexOf('--static-oauth-client-info', from);
  const read = at < 0 ? undefined : readJson(words[at + 1] ?? '');
  return {
    address: words.slice(from).find((word) => /^https?:/.test(word)),
    client: read !== undefined && 'value' in read ? read.value : undefined,
  };
}

function fromServer(name: string, server: Json): Found[] {
  const address = addressOf(server);
  return [...(address === undefined ? [] : [atAddress(address, name, server)]), ...ofProgram(name, server)];
}

/** Clients that a program is handed, which may be others than the server's own. */
function ofProgram(name: string, server: Json): Found[] {
  return [textsIn(server['env']), argumentsOf(server)].flatMap((list) => clientsIn(list, name));
}

function atAddress(address: string, name: string, server: Json): Found {
  const { client } = bridged(server);
  const oauth = { ...objectOf(server['oauth']), ...objectOf(server['auth']), ...objectOf(client) };
  const gathered = new Gathered();
  gathered.put('grant', 'authorization_code');
  // The server is the resource that tokens are for. @see MCP, Authorization; RFC 8707
  gathered.put('resource', address, 'url');
  gathered.putAll(oauth, ['type', 'resource']);
  gathered.put('issuer', oauth['authServerMetadataUrl'], 'authServerMetadataUrl');
  gathered.put('redirectUri', mcpCallback(oauth), 'callbackPort');
  if (Object.keys(objectOf(server['headers'])).length > 0)
    gathered.notes.push(`The headers of “${name.slice(0, 60)}” were left out.`);
  return gathered.finish(name);
}

function textsIn(env: unknown): VariableList {
  return Object.entries(objectOf(env)).flatMap(([name, value]) =>
    (textsOf(value) ?? []).slice(0, 1).map((text) => [name, text] as const),
  );
}
