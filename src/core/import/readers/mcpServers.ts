import { Gathered } from '../gathered.ts';
import { textOf, type Found, type Json } from '../imported.ts';
import { rootOf, type Reader } from '../reader.ts';
import { objectOf } from '../../../shared/json.ts';

/** MCP servers reached over HTTP, as VS Code, Cursor, Claude and Gemini keep them. @see https://code.visualstudio.com/docs/copilot/reference/mcp-configuration */
export const mcpServers: Reader = {
  name: 'MCP servers',
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
  return textOf(server['url'] ?? server['httpUrl'] ?? server['serverUrl']);
}

function fromServer(name: string, server: Json): Found[] {
  const address = addressOf(server);
  if (address === undefined) return [];
  const oauth = { ...objectOf(server['oauth']), ...objectOf(server['auth']) };
  const gathered = new Gathered();
  gathered.put('grant', 'authorization_code');
  // The server is the resource that tokens are for. @see MCP, Authorization; RFC 8707
  gathered.put('resource', address, 'url');
  gathered.putAll(oauth, ['type', 'resource']);
  gathered.put('issuer', oauth['authServerMetadataUrl'], 'authServerMetadataUrl');
  const port = oauth['callbackPort'];
  if (typeof port === 'number')
    gathered.put('redirectUri', `http://localhost:${port}/callback`, 'callbackPort');
  if (Object.keys(objectOf(server['headers'])).length > 0)
    gathered.notes.push(`The headers of “${name.slice(0, 60)}” were left out.`);
  return [gathered.finish(name)];
}
