import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../src/adapters/clock.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import { redactExchanges } from '../../../src/core/http/redact.ts';
import { exploreMcpServer, type McpExploration } from '../../../src/core/mcp/explore.ts';
import { mcpReport } from '../../../src/core/mcp/mcpReport.ts';
import { mcpView } from '../../../src/core/mcp/mcpView.ts';
import { registerForMcp } from '../../../src/core/mcp/registerForMcp.ts';
import { endingStreams } from '../../../src/core/mcp/transport.ts';
import type { Fetch } from '../../../src/core/ports.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, origin: string) => void;

interface Walk {
  readonly explored: McpExploration;
  readonly trace: Trace;
  /** Method and URL of each request. */
  readonly asked: readonly string[];
  readonly context: Parameters<typeof registerForMcp>[2];
}

/** Walks to a server with a network of its own: what goes out is seen, and nothing but that is asked. */
async function walk(url: string, network: Fetch): Promise<Walk> {
  const trace = new Trace();
  const asked: string[] = [];
  const seen: Fetch = (to, init) => {
    asked.push(`${init?.method ?? 'GET'} ${to}`);
    return network(to, init);
  };
  const { signal } = new AbortController();
  const options = { fetch: endingStreams(seen), clock: systemClock, trace, signal, timeout: 10_000 };
  const context = { trace, fetch: recordingFetch(options), clock: systemClock, signal };
  const explored = await exploreMcpServer(new URL(url), { version: '0' }, context);
  return { explored, trace, asked, context };
}

/** A server on loopback. */
async function serve(test: TestContext, answer: Answer): Promise<string> {
  const server = createServer((request, response) => answer(request, response, origin));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return origin;
}

const codes = ({ findings }: McpExploration) => findings.map(({ code }) => code);
const json = (response: ServerResponse, body: unknown, status = 200) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** A server elsewhere, from documents by URL; every other address is 404. */
function elsewhere(documents: Readonly<Record<string, unknown>>, challenge = 'Bearer'): Fetch {
  return (to) => {
    if (to === 'https://mcp.example.com/mcp')
      return Promise.resolve(new Response(null, { status: 401, headers: { 'www-authenticate': challenge } }));
    const body = documents[to];
    return Promise.resolve(
      body === undefined
        ? new Response(null, { status: 404 })
        : new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } }),
    );
  };
}

const document = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';
const metadataAt = 'https://as.example.com/.well-known/oauth-authorization-server';
const metadata = {
  issuer: 'https://as.example.com',
  authorization_endpoint: 'https://as.example.com/authorize',
  token_endpoint: 'https://as.example.com/token',
  code_challenge_methods_supported: ['S256'],
};
const resource = {
  resource: 'https://mcp.example.com/mcp',
  authorization_servers: ['https://as.example.com'],
};
const onThisMachine = /\/\/(?:127\.|localhost|\[::1\]|192\.168|10\.)/;

describe('a hostile MCP server', () => {
  it('cannot send the walk round in circles', async (test) => {
    const origin = await serve(test, (request, response, own) => {
      if (request.url === '/mcp')
        response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${own}/a"` }).end();
      else response.writeHead(302, { location: `${own}${request.url === '/a' ? '/b' : '/a'}` }).end();
    });
    const { explored, asked } = await walk(`${origin}/mcp`, fetch);
    assert.ok(codes(explored).includes('challenge_metadata_unusable'));
    assert.match(explored.findings[0]?.message ?? '', /redirects \(status 302\)/);
    assert.ok(asked.length <= 8, asked.join('\n'));
  });

  it('cannot have any number of authorization servers asked', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `https://as-${index}.example.com`);
    const { asked } = await walk(
      'https://mcp.example.com/mcp',
      elsewhere({ [document]: { ...resource, authorization_servers: many } }),
    );
    assert.ok(asked.length <= 12, String(asked.length));
  });

  it('elsewhere cannot have this machine asked, by any of its documents', async () => {
    const inside = [
      'http://127.0.0.1:8080',
      'http://localhost:8080/x',
      'http://[::1]:8080',
      'https://127.0.0.1',
    ];
    for (const target of inside) {
      const walks: readonly [Readonly<Record<string, unknown>>, string?][] = [
        [{}, `Bearer resource_metadata="${target}/document"`],
        [{ [document]: { ...resource, authorization_servers: [target] } }],
        [
          {
            [document]: resource,
            [metadataAt]: { ...metadata, registration_endpoint: `${target}/register` },
          },
        ],
        [{ [document]: resource, [metadataAt]: { ...metadata, token_endpoint: `${target}/token` } }],
        [
          {
            [document]: resource,
            [metadataAt]: { ...metadata, authorization_endpoint: `${target}/authorize` },
          },
        ],
      ];
      for (const [documents, challenge] of walks) {
        const { explored, asked, context } = await walk(
          'https://mcp.example.com/mcp',
          elsewhere(documents, challenge),
        );
        const { plan } = explored;
        if (plan?.registration.way === 'dynamic')
          await registerForMcp(plan, { redirectUri: 'http://127.0.0.1:1/callback' }, context).catch(
            () => undefined,
          );
        assert.deepEqual(
          asked.filter((one) => onThisMachine.test(one)),
          [],
        );
        // What leads here is said, and no sign-in is offered that would go here.
        assert.ok(
          explored.findings.some(({ message }) => /leads to this machine|not https/.test(message)),
          `${target}: ${codes(explored).join()}`,
        );
        const endpoints = plan?.server.metadata?.members ?? {};
        for (const name of ['authorization_endpoint', 'token_endpoint'])
          assert.doesNotMatch(JSON.stringify(endpoints[name] ?? ''), onThisMachine);
      }
    }
  });

  it('has a document of 10 MiB left unread, and is told so', async (test) => {
    const origin = await serve(test, (request, response, own) => {
      if (request.url === '/mcp')
        response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${own}/big"` }).end();
      else json(response, { resource: `${own}/mcp`, padding: 'x'.repeat(10 * 1024 * 1024) });
    });
    const { explored, trace } = await walk(`${origin}/mcp`, fetch);
    const [finding] = explored.findings;
    assert.equal(finding?.code, 'challenge_metadata_unusable');
    assert.match(finding.message, /could not be had: .*(?:larger|more than|1 MiB|too large)/i);
    for (const { response } of trace.exchanges) assert.ok((response?.body.length ?? 0) <= 2 * 1024 * 1024);
  });

  it('that answers the first request with 10 MiB ends the walk with a sentence', async (test) => {
    const origin = await serve(test, (_, response) => json(response, { x: 'x'.repeat(10 * 1024 * 1024) }));
    await assert.rejects(
      walk(`${origin}/mcp`, fetch),
      (thrown) => thrown instanceof FailureError && thrown.failure.kind === 'response_too_large',
    );
  });

  it('makes no markup with its challenge, neither in the view nor in the report', async () => {
    const evil = '<img src=x onerror=alert(1)>[click](https://evil.example)`|\u202e**bold**';
    const challenge = `Bearer realm="${evil.replace('\u202e', '')}", resource_metadata="javascript:alert(1)", scope="<b>a</b> [b](https://evil.example)", error_description="${'](x)<script>'.repeat(50)}"`;
    const { explored } = await walk('https://mcp.example.com/mcp', elsewhere({}, challenge));
    assert.equal(explored.findings[0]?.code, 'challenge_metadata_unusable');
    const model = mcpView({
      url: 'https://mcp.example.com/mcp',
      running: false,
      exploration: explored,
      sessionFindings: [],
      signedIn: false,
    });
    const report = mcpReport(model);
    // Outside of code nothing of the server's is markup.
    const prose = report.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    assert.doesNotMatch(prose, /<(?:img|script|b)\b/);
    assert.doesNotMatch(prose, /\]\(https:\/\/evil/);
    assert.doesNotMatch(report, /\u202e/);
  });

  it('leaves no secret of a registration in any record, wherever it puts it', async (test) => {
    const secret = 'S3cret-of-the-registration-0123456789';
    const places: readonly object[] = [
      { client_secret: secret },
      { client_secret: secret, client_name: `OAuth Explorer ${secret}` },
      { client_secret: secret, echo: { request: [{ value: secret }] } },
      { client_secret: secret, client_uri: `https://as.example.com/?s=${encodeURIComponent(secret)}` },
      { credentials: { client_secret: secret }, registration_access_token: `${secret}-token` },
    ];
    for (const place of places) {
      const origin = await serve(test, (request, response, own) => {
        if (request.url === '/mcp')
          response.writeHead(401, { 'www-authenticate': 'Bearer', 'x-note': 'none' }).end();
        else if (request.url === '/.well-known/oauth-protected-resource/mcp')
          json(response, { resource: `${own}/mcp`, authorization_servers: [own] });
        else if (request.url === '/.well-known/oauth-authorization-server')
          json(response, {
            ...metadata,
            issuer: own,
            authorization_endpoint: `${own}/authorize`,
            token_endpoint: `${own}/token`,
            registration_endpoint: `${own}/register`,
          });
        else json(response, { client_id: 'id', client_secret_expires_at: 0, ...place }, 201);
      });
      const { explored, trace, context } = await walk(`${origin}/mcp`, fetch);
      assert.ok(explored.plan);
      await registerForMcp(explored.plan, { redirectUri: 'http://127.0.0.1:1/callback' }, context);
      const shown = JSON.stringify(redactExchanges(trace.exchanges));
      assert.ok(!shown.includes(secret), JSON.stringify(place));
      assert.ok(!shown.includes(encodeURIComponent(secret)));
    }
  });
});
