import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { Trace } from '../../../src/core/record/trace.ts';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import type { McpContext } from '../../../src/core/mcp/context.ts';
import { exploreMcpServer, type McpExploration } from '../../../src/core/mcp/explore.ts';
import { authenticationMethods } from '../../../src/core/mcp/resourceMetadata.ts';
import { endingStreams } from '../../../src/core/mcp/transport.ts';
import { explored as headline } from '../../../src/core/mcp/mcpView.ts';
import { systemClock } from '../../../src/adapters/clock.ts';

/** Answers by path; `{origin}` in a text stands for the server's own. */
type Answers = Readonly<Record<string, Answer>>;
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

const initialized = {
  body: {
    jsonrpc: '2.0',
    id: 1,
    result: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 's', version: '1' } },
  },
};
const metadata = {
  issuer: '{origin}',
  authorization_endpoint: '{origin}/authorize',
  token_endpoint: '{origin}/token',
  registration_endpoint: '{origin}/register',
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
};
const challenge = {
  status: 401,
  headers: {
    'www-authenticate':
      'Bearer resource_metadata="{origin}/.well-known/oauth-protected-resource/mcp", scope="tools"',
  },
};
const resource = { resource: '{origin}/mcp', authorization_servers: ['{origin}'] };
const good: Answers = {
  '/mcp': challenge,
  '/.well-known/oauth-protected-resource/mcp': { body: resource },
  '/.well-known/oauth-authorization-server': { body: metadata },
};

async function serve(test: TestContext, answers: Answers): Promise<string> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const answer = answers[request.url ?? ''] ?? { status: 404 };
    const filled = (text: string) => text.replaceAll('{origin}', origin);
    const { status = 200, headers = {}, body } = answer;
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    const type = typeof body === 'object' ? { 'content-type': 'application/json' } : {};
    response.writeHead(
      status,
      Object.fromEntries(
        Object.entries({ ...type, ...headers }).map(([name, value]) => [name, filled(value)]),
      ),
    );
    response.end(filled(text));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  test.after(() => server.close());
  return origin;
}

function contextOf(): McpContext {
  const { signal } = new AbortController();
  const trace = new Trace(() => undefined);
  const options = { fetch: endingStreams(fetch), clock: systemClock, trace, signal, timeout: 5000 };
  return { trace, fetch: recordingFetch(options), clock: systemClock, signal };
}

async function explore(test: TestContext, answers: Answers, path = '/mcp'): Promise<McpExploration> {
  const origin = await serve(test, answers);
  return exploreMcpServer(new URL(`${origin}${path}`), { version: '0' }, contextOf());
}

const codes = ({ findings }: McpExploration) => findings.map(({ code }) => code);

describe('exploring an MCP server', () => {
  it('finds nothing wrong with one that does everything right, and plans the sign-in', async (test) => {
    const explored = await explore(test, good);
    assert.deepEqual(codes(explored), []);
    assert.equal(explored.plan?.registration.way, 'dynamic');
    assert.deepEqual(explored.plan.scopes, { scopes: ['tools'], from: 'challenge' });
    assert.equal(explored.lookedAt.length, 1);
  });

  it('says that a server works without a token', async (test) => {
    const explored = await explore(test, { '/mcp': initialized });
    assert.deepEqual([explored.answer.kind, codes(explored)], ['open', []]);
  });

  const wrong: readonly (readonly [string, Answers, readonly string[], string?])[] = [
    ['403 in place of 401', { ...good, '/mcp': { status: 403 } }, ['not_401']],
    [
      'a page in place of 401',
      { ...good, '/mcp': { headers: { 'content-type': 'text/html' }, body: '<!doctype html>Sign in' } },
      ['page_instead_of_401'],
    ],
    ['no challenge', { ...good, '/mcp': { status: 401 } }, ['challenge_missing']],
    [
      'a challenge of another scheme',
      { ...good, '/mcp': { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } } },
      ['challenge_not_bearer'],
    ],
    [
      'a document that is elsewhere than the challenge says',
      {
        ...good,
        '/mcp': {
          status: 401,
          headers: { 'www-authenticate': 'Bearer resource_metadata="{origin}/nowhere"' },
        },
      },
      ['challenge_metadata_unusable'],
    ],
    [
      'a slash at the end of resource',
      {
        ...good,
        '/.well-known/oauth-protected-resource/mcp': { body: { ...resource, resource: '{origin}/mcp/' } },
      },
      ['resource_slash'],
    ],
    [
      'another resource',
      {
        ...good,
        '/.well-known/oauth-protected-resource/mcp': {
          body: { ...resource, resource: 'https://other.example/mcp' },
        },
      },
      ['resource_differs'],
    ],
    [
      'no authorization server',
      { ...good, '/.well-known/oauth-protected-resource/mcp': { body: { resource: '{origin}/mcp' } } },
      ['authorization_servers_absent'],
    ],
    [
      'metadata of another issuer',
      { ...good, '/.well-known/oauth-authorization-server': { body: { ...metadata, issuer: '{origin}/' } } },
      ['issuer_differs', 'server_metadata_missing'],
    ],
    [
      'PKCE that is not advertised',
      {
        ...good,
        '/.well-known/oauth-authorization-server': {
          body: { ...metadata, code_challenge_methods_supported: ['plain'] },
        },
      },
      ['pkce_not_advertised'],
    ],
    [
      'offline_access among the scopes of the resource',
      {
        ...good,
        '/.well-known/oauth-protected-resource/mcp': {
          body: { ...resource, scopes_supported: ['tools', 'offline_access'] },
        },
      },
      ['offline_access_listed'],
    ],
  ];
  for (const [title, answers, expected] of wrong)
    it(`names ${title}`, async (test) => {
      assert.deepEqual(codes(await explore(test, answers)), expected);
    });

  it('says what to name in a challenge that names no address which can be asked', async (test) => {
    const path = '/.well-known/oauth-protected-resource/mcp';
    for (const named of [path, '', 'http://mcp.example.com/document']) {
      const headers = { 'www-authenticate': `Bearer resource_metadata="${named}"` };
      const { findings } = await explore(test, { ...good, '/mcp': { status: 401, headers } });
      assert.deepEqual(
        findings.map(({ code }) => code),
        ['challenge_metadata_unusable'],
      );
      assert.match(findings[0]?.advice ?? '', /whole https URL/, named);
    }
  });

  it('goes nowhere on the word of a document about another resource', async (test) => {
    const explored = await explore(test, {
      ...good,
      '/.well-known/oauth-protected-resource/mcp': {
        body: { ...resource, resource: 'https://other.example/' },
      },
    });
    assert.equal(explored.plan, undefined);
  });

  it('reads the metadata of a server that publishes only OpenID’s, behind a path', async (test) => {
    const explored = await explore(test, {
      ...good,
      '/.well-known/oauth-protected-resource/mcp': {
        body: { ...resource, authorization_servers: ['{origin}/tenant'] },
      },
      '/tenant/.well-known/openid-configuration': { body: { ...metadata, issuer: '{origin}/tenant' } },
    });
    assert.deepEqual(codes(explored), []);
    const [server] = explored.servers;
    assert.deepEqual(
      server?.lookedAt.map(({ place, found }) => [place.kind, found.outcome]),
      [
        ['rfc8414', 'absent'],
        ['openid_inserted', 'absent'],
        ['openid_appended', 'found'],
      ],
    );
  });
});

describe('a server that is reached or protected in another way', () => {
  const others = {
    ...resource,
    authorization_servers: ['{origin}/gone', 'ftp://x', '{origin}/b', '{origin}'],
  };

  it('looks at each of several authorization servers, and signs in at the first that can be used', async (test) => {
    const explored = await explore(test, {
      ...good,
      '/.well-known/oauth-protected-resource/mcp': { body: others },
      '/.well-known/oauth-authorization-server/b': { body: { ...metadata, issuer: '{origin}/b' } },
    });
    assert.deepEqual(codes(explored), ['server_metadata_missing', 'authorization_server_refused']);
    assert.equal(explored.servers.length, 4);
    assert.match(explored.plan?.server.issuer ?? '', /\/b$/);
    assert.equal(explored.plan?.registration.way, 'dynamic');
  });

  it('says of a server with API keys that it offers no Bearer token, and plans no sign-in', async (test) => {
    for (const scheme of ['ApiKey', 'X-API-Key realm="keys"', 'Basic realm="x", ApiKey']) {
      const explored = await explore(test, {
        '/mcp': { status: 401, headers: { 'www-authenticate': scheme }, body: { error: 'api key missing' } },
      });
      const [finding] = explored.findings;
      assert.equal(finding?.code, 'challenge_not_bearer', scheme);
      assert.match(finding.message, /offers no Bearer token, only .*api-?key/i);
      assert.equal(explored.plan, undefined);
      assert.match(
        headline(explored).text,
        /does not mention OAuth\. If it takes an API key, put that into headers/,
      );
    }
    // Without a challenge it may be either: what clients of 2025 try, and what an API key would need.
    const silent = await explore(test, { '/mcp': { status: 401, body: { error: 'api key missing' } } });
    const assumed = silent.findings.find(({ code }) => code === 'endpoints_assumed');
    assert.match(assumed?.advice ?? '', /takes an API key/);
  });

  it('finds a document at an address of the server’s own choice, whose well-known places are empty', async (test) => {
    const explored = await explore(test, {
      ...good,
      '/mcp': {
        status: 401,
        headers: { 'www-authenticate': 'Bearer resource_metadata="{origin}/auth/about?of=mcp"' },
      },
      '/.well-known/oauth-protected-resource/mcp': { status: 404 },
      '/auth/about?of=mcp': { body: resource },
    });
    assert.deepEqual(codes(explored), []);
    assert.deepEqual(
      explored.lookedAt.map(({ place, found }) => [place.kind, found.outcome]),
      [['challenge', 'found']],
    );
    assert.ok(explored.plan);
  });

  it('says of a server that speaks only the transport of 2024 that it does, with or without a sign-in', async (test) => {
    for (const isProtected of [false, true]) {
      const server = createServer((request, response) => {
        if (request.method !== 'GET' || request.url !== '/sse') {
          const found = request.url === '/.well-known/oauth-protected-resource/sse';
          response.writeHead(request.url === '/sse' ? 405 : found ? 200 : 404, {
            'content-type': 'application/json',
          });
          response.end(found ? JSON.stringify({ resource: `${origin}/sse`, authorization_servers: [] }) : '');
        } else if (isProtected) response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
        else {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          // It stays open for ever.
          response.write('event: endpoint\ndata: /messages?session=1\n\n');
        }
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      test.after(() => {
        server.closeAllConnections();
        server.close();
      });
      const explored = await exploreMcpServer(new URL(`${origin}/sse`), { version: '0' }, contextOf());
      assert.equal(codes(explored)[0], 'older_transport');
      assert.match(explored.findings[0]?.advice ?? '', /Offer streamable HTTP/);
      if (isProtected) assert.ok(codes(explored).includes('authorization_servers_absent'));
      else assert.deepEqual(explored.answer, { kind: 'not_mcp', status: 200, older: true });
    }
  });
});

describe('the ways to authenticate that a server lists', () => {
  it('are a list, or a single one as a text; what is neither says nothing', () => {
    for (const [listed, wanted] of [
      [['none', 5], ['none']],
      ['client_secret_post', ['client_secret_post']],
      [5, undefined],
      [undefined, undefined],
    ] as const)
      assert.deepEqual(authenticationMethods({ token_endpoint_auth_methods_supported: listed }), wanted);
  });
});
