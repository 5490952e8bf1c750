import assert from 'node:assert/strict';
import { tokensOf } from '../tokensOf.ts';
import * as vscode from 'vscode';
import { McpServers } from '../../../src/host/agents/mcpServers.ts';
import { entryAt, servicesTest, setProfiles, tokenServer } from '../realServices.ts';
import { test, until } from '../suite.ts';
import { withUser } from '../user.ts';

test('the extension contributes a provider of MCP servers', () => {
  const manifest = vscode.extensions.getExtension('oauth-explorer.oauth-explorer')?.packageJSON as {
    contributes: { mcpServerDefinitionProviders: readonly { id: string }[] };
  };
  assert.deepEqual(
    manifest.contributes.mcpServerDefinitionProviders.map(({ id }) => id),
    ['oauthExplorer.mcp'],
  );
});

servicesTest('a profile feeds an MCP server with a new token at each start', async (services) => {
  const taken: string[] = [];
  let issued = 0;
  const server = await tokenServer((request, response) => {
    request.resume();
    if (request.url === '/token') {
      issued++;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ access_token: `TOKEN-${issued}`, token_type: 'Bearer', expires_in: 3600 }),
      );
      return;
    }
    const { authorization = '' } = request.headers;
    taken.push(authorization);
    // The first token is refused: a start is tried again with another one.
    response
      .writeHead(authorization === 'Bearer TOKEN-1' ? 401 : 200, { 'content-type': 'application/json' })
      .end('{"jsonrpc":"2.0","id":1,"result":{}}');
  });
  const cancellation = new vscode.CancellationTokenSource();
  try {
    const mcpServer = `${server.origin}/mcp`;
    await setProfiles(services, [
      entryAt(server.origin, 'fed', { mcpServer }),
      entryAt(server.origin, 'plain'),
    ]);
    const place = { id: 'fed', origin: server.origin, tokenEndpoint: `${server.origin}/token` };
    await services.secrets.set(place, 'secret of the fed');
    const servers = new McpServers(services, () => undefined);
    const [definition, ...others] = servers.provide();
    assert.ok(definition);
    assert.deepEqual([definition.label, definition.uri.toString(), others.length], ['fed', mcpServer, 0]);
    await services.access.allows('mcp', tokensOf(services, 'fed', 'mcp'), () => Promise.resolve('never'));
    assert.equal(await servers.resolve(definition, cancellation.token), undefined);
    assert.equal(issued, 0, 'Nothing was asked for without consent.');
    await services.access.revoke({ caller: 'mcp', ...tokensOf(services, 'fed', 'mcp') });
    await services.access.allows('mcp', tokensOf(services, 'fed', 'mcp'), () => Promise.resolve('session'));
    const first = await servers.resolve(definition, cancellation.token);
    assert.equal(first?.headers['Authorization'], 'Bearer TOKEN-2');
    const second = await servers.resolve(definition, cancellation.token);
    assert.equal(second?.headers['Authorization'], 'Bearer TOKEN-3');
    assert.deepEqual(taken, ['Bearer TOKEN-1', 'Bearer TOKEN-2', 'Bearer TOKEN-3']);
    // What VS Code keeps is what it was given first.
    assert.deepEqual(definition.headers, {});
  } finally {
    cancellation.dispose();
    await server.close();
  }
});

servicesTest(
  'a server that refuses its token in mid-session, or whose token ends or is deleted, starts anew',
  async (services) => {
    let issued = 0;
    let lives = 3600;
    const good = new Set<string>();
    const asked: string[] = [];
    const server = await tokenServer((request, response) => {
      request.resume();
      response.setHeader('content-type', 'application/json');
      if (request.url === '/token') {
        const token = `TOKEN-${++issued}`;
        good.add(`Bearer ${token}`);
        response.end(JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: lives }));
        return;
      }
      const { authorization = '' } = request.headers;
      asked.push(authorization);
      response.writeHead(good.has(authorization) ? 200 : 401).end('{"jsonrpc":"2.0","id":1,"result":{}}');
    });
    const { token: none } = new vscode.CancellationTokenSource();
    try {
      await setProfiles(services, [entryAt(server.origin, 'fed', { mcpServer: `${server.origin}/mcp` })]);
      const place = { id: 'fed', origin: server.origin, tokenEndpoint: `${server.origin}/token` };
      await services.secrets.set(place, 'secret of the fed');
      await services.access.allows('mcp', tokensOf(services, 'fed', 'mcp'), () => Promise.resolve('session'));
      let changes = 0;
      const servers = new McpServers(services, () => changes++);
      /** Starts the server as VS Code does; the version it has, and its token. */
      const start = async () => {
        const [definition] = servers.provide();
        assert.ok(definition);
        const resolved = await servers.resolve(definition, none);
        return [resolved?.version, resolved?.headers['Authorization']];
      };
      assert.deepEqual(await start(), [undefined, 'Bearer TOKEN-1']);
      await servers.fed.look();
      assert.equal(changes, 0, 'It is still taken.');
      good.clear();
      await servers.fed.look();
      assert.equal(changes, 1, 'VS Code is told once.');
      await servers.fed.look();
      assert.equal(changes, 1);
      assert.deepEqual(await start(), ['1', 'Bearer TOKEN-2']);
      const profile = services.profiles.get('fed')?.profile;
      assert.ok(profile);
      await services.tokens.delete(profile);
      assert.equal(changes, 2, 'Signed out.');
      // Less than the margin: it ends at once.
      lives = 5;
      assert.deepEqual(await start(), ['2', 'Bearer TOKEN-3']);
      await until('the end of the token', () => changes === 3);
      lives = 3600;
      assert.deepEqual(await start(), ['3', 'Bearer TOKEN-4']);
      assert.ok(!asked.includes('Bearer '), 'No request was without a token.');
    } finally {
      await server.close();
    }
  },
);

servicesTest('what one MCP server may have, another that takes its place may not', async (services) => {
  const server = await tokenServer();
  const { token: none } = new vscode.CancellationTokenSource();
  const fed = (path: string) =>
    setProfiles(services, [entryAt(server.origin, 'fed', { mcpServer: `${server.origin}/${path}` })]);
  try {
    await withUser(async (user) => {
      await fed('mine');
      const servers = new McpServers(services, () => undefined);
      const [mine] = servers.provide();
      await services.access.allows('mcp', tokensOf(services, 'fed', 'mcp'), () => Promise.resolve('always'));
      await fed('theirs');
      await until(
        'the other server',
        () => services.profiles.get('fed')?.profile.mcpServer?.endsWith('/theirs') === true,
      );
      const [theirs] = servers.provide();
      assert.ok(mine && theirs);
      assert.equal(await servers.resolve(theirs, none), undefined);
      assert.match(
        user.heard.join(),
        /VS Code will start the MCP server http:.*\/theirs with the access token/,
      );
      // The one that is gone gets nothing, whatever is decided for the other.
      await services.access.allows('mcp', tokensOf(services, 'fed', 'mcp'), () => Promise.resolve('always'));
      assert.equal(await servers.resolve(mine, none), undefined);
      assert.equal(user.heard.length, 1);
      assert.equal(server.asked(), 0);
    });
  } finally {
    await server.close();
  }
});
