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
import type { McpContext } from '../../../src/core/mcp/context.ts';
import { exploreMcpServer, type McpExploration } from '../../../src/core/mcp/explore.ts';
import { mcpReport } from '../../../src/core/mcp/mcpReport.ts';
import { mcpView } from '../../../src/core/mcp/mcpView.ts';
import { openSession } from '../../../src/core/mcp/session.ts';
import { registerForMcp } from '../../../src/core/mcp/registerForMcp.ts';
import { endingStreams } from '../../../src/core/mcp/transport.ts';
import type { Fetch } from '../../../src/core/ports.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, origin: string) => void;

interface Walk {
  readonly explored: McpExploration;
  readonly trace: Trace;
  /** Method and URL of each request. */
  readonly asked: readonly string[];
  readonly context: McpContext;
}

/** Walks to a server with a network of its own: what goes out is seen, and nothing but that is asked. */
async function walk(url: string, network: Fetch, timeout = 10_000): Promise<Walk> {
  const trace = new Trace();
  const asked: string[] = [];
  const seen: Fetch = (to, init) => {
    asked.push(`${init?.method ?? 'GET'} ${to}`);
    return network(to, init);
  };
  const { signal } = new AbortController();
  const options = { fetch: endingStreams(seen), clock: systemClock, trace, signal, timeout };
  const context = { trace, fetch: recordingFetch(options), clock: systemClock, signal };
  const explored = await exploreMcpServer(new URL(url), { version: '0' }, context);
  return { explored, trace, asked, context };
}

/** A server on loopback. */
async function serve(test: TestContext, answer: Answer): Promise<string> {
  const server = createServer((request, response) => answer(request, response, origin));
  // A pause of a busy machine between two requests is no end of their connection.
  server.keepAliveTimeout = 0;
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
          await registerForMcp(
            plan,
            { redirectUri: 'http://127.0.0.1:1/callback' },
            {
              ...context,
              isOneService: () => Promise.resolve(true),
            },
          ).catch(() => undefined);
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

  it('elsewhere cannot have this network asked, by whatever name or address', async () => {
    for (const host of [
      ...['192.168.0.1', '10.1.2.3', '172.16.0.9', '169.254.169.254', '[fd00::1]', '[::ffff:10.0.0.1]'],
      ...[
        '[64:ff9b::7f00:1]',
        '0.0.0.0',
        'router.local',
        'intranet',
        'vault.internal',
        'localhost.',
        'a.localhost',
      ],
    ]) {
      const target = `https://${host}`;
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
      ];
      for (const [documents, challenge] of walks) {
        const { explored, asked } = await walk(
          'https://mcp.example.com/mcp',
          elsewhere(documents, challenge),
        );
        assert.deepEqual(
          asked.filter((one) => !/ https:\/\/(?:mcp|as)\.example\.com\//.test(one)),
          [],
        );
        assert.ok(
          explored.findings.some(({ message }) =>
            /leads to this machine|leads into this network/.test(message),
          ),
          `${target}: ${explored.findings.map(({ message }) => message).join()}`,
        );
        assert.ok(explored.plan?.registration.registrationEndpoint?.startsWith(target) !== true);
      }
    }
  });

  it('in this network may name others of it', async () => {
    const { explored } = await walk('https://mcp.corp.internal/mcp', (to) =>
      Promise.resolve(
        to === 'https://mcp.corp.internal/mcp'
          ? new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer' } })
          : to.startsWith('https://sso/')
            ? Response.json({
                ...metadata,
                ...{
                  issuer: 'https://sso',
                  authorization_endpoint: 'https://sso/a',
                  token_endpoint: 'https://sso/t',
                },
              })
            : Response.json({
                resource: 'https://mcp.corp.internal/mcp',
                authorization_servers: ['https://sso'],
              }),
      ),
    );
    assert.ok(explored.plan);
  });

  it('has its answer found behind events that only sound like one, whatever ends its lines', async (test) => {
    const log = {
      jsonrpc: '2.0',
      method: 'notifications/message',
      params: { level: 'error', data: { result: 1 } },
    };
    const told = { jsonrpc: '2.0', id: 1, result: { protocolVersion: '2025-11-25', capabilities: {} } };
    for (const end of ['\n', '\r\n', '\r']) {
      const origin = await serve(test, (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`: "result"${end}${end}data: ${JSON.stringify(log)}${end}${end}`);
        // It stays open for ever.
        setTimeout(() => response.write(`data: ${JSON.stringify(told)}${end}${end}`), 20).unref();
      });
      const { explored } = await walk(`${origin}/mcp`, fetch);
      assert.equal(explored.answer.kind, 'open', JSON.stringify(end));
    }
  });

  it('that never says anything in its stream ends the walk with a sentence, in time', async (test) => {
    const origin = await serve(test, (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const beat = setInterval(() => response.write(': here\n\n'), 20);
      response.on('close', () => clearInterval(beat));
    });
    await assert.rejects(
      walk(`${origin}/mcp`, fetch, 300),
      (thrown) => thrown instanceof FailureError && thrown.failure.kind === 'timeout',
    );
  });

  it('whose version of the protocol fits into no header is asked on with ours', async (test) => {
    for (const version of ['2025\r\nx-evil: 1', '日本', ' ', 'x'.repeat(100_000), '\u0000']) {
      const seen: (string | undefined)[] = [];
      const origin = await serve(test, (request, response) => {
        seen.push(request.headers['mcp-protocol-version'] as string | undefined);
        assert.equal(request.headers['x-evil'], undefined);
        json(response, {
          jsonrpc: '2.0',
          id: seen.length === 1 ? 1 : 2,
          result: { protocolVersion: version, tools: [] },
        });
      });
      const { explored, context } = await walk(`${origin}/mcp`, fetch);
      assert.equal(explored.answer.kind, 'open');
      seen.length = 0;
      await openSession(`${origin}/mcp`, 'a-token', '0', context);
      assert.deepEqual(seen, [undefined, '2025-11-25', '2025-11-25']);
    }
  });

  it('with a JSON-RPC error nested as deeply as its size lets is told of, and drawn', async (test) => {
    const deep = `${'{"error":'.repeat(50_000)}{"code":-1,"message":"x"}${'}'.repeat(50_000)}`;
    for (const body of [
      `{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"no","data":${deep}}}`,
      `{"jsonrpc":"2.0","id":1,"error":${deep}}`,
      `${'['.repeat(400_000)}${']'.repeat(400_000)}`,
    ]) {
      const origin = await serve(test, (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      );
      const { explored, trace } = await walk(`${origin}/mcp`, fetch);
      assert.equal(explored.answer.kind, 'not_mcp');
      assert.ok(explored.findings.length > 0);
      assert.ok(redactExchanges(trace.exchanges).length > 0);
    }
  });

  it('has a document nested as deeply as its size lets read or left, and is told', async () => {
    const deep = `{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}`;
    const { explored, trace } = await walk('https://mcp.example.com/mcp', (to) =>
      Promise.resolve(
        to.endsWith('/mcp') && !to.includes('.well-known')
          ? new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer' } })
          : new Response(deep, { headers: { 'content-type': 'application/json' } }),
      ),
    );
    assert.ok(explored.findings.some(({ severity }) => severity === 'error'));
    assert.ok(redactExchanges(trace.exchanges).length > 0);
  });

  it('says of a redirect where it leads, and sends nothing there', async (test) => {
    const origin = await serve(test, (request, response) => {
      assert.equal(request.url, '/mcp');
      response.writeHead(307, { location: 'https://other.example/mcp/?code=Zq3planted' }).end();
    });
    const { explored, asked } = await walk(`${origin}/mcp`, fetch);
    const [finding] = explored.findings;
    assert.match(finding?.message ?? '', /redirects .*status 307.* to https:\/\/other\.example\/mcp\//);
    assert.doesNotMatch(JSON.stringify(explored.findings), /Zq3planted/);
    assert.deepEqual(asked, [`POST ${origin}/mcp`]);
  });

  it('that says the token again in its error has it shown nowhere', async (test) => {
    const token = 'at-Zq3planted-0123456789abcdef';
    const origin = await serve(test, (request, response) => {
      const message = `no ${request.headers.authorization ?? ''}`;
      json(response, { jsonrpc: '2.0', id: 1, error: { code: -1, message } });
    });
    const { context } = await walk(`${origin}/mcp`, fetch);
    context.trace.useSecret(token);
    await assert.rejects(openSession(`${origin}/mcp`, token, '0', context), (thrown) => {
      assert.ok(thrown instanceof FailureError);
      assert.ok(!thrown.failure.message.includes(token), thrown.failure.message);
      return true;
    });
  });

  it('cannot have the token asked for as a scope, and so written into the settings', async (test) => {
    const token = 'at-Zq3planted-0123456789abcdef';
    const origin = await serve(test, (_, response) => {
      const wanted = `Bearer error="insufficient_scope", scope="tools ${token} x${token}x"`;
      response.writeHead(403, { 'www-authenticate': wanted }).end();
    });
    const { context } = await walk(`${origin}/other`, () =>
      Promise.resolve(new Response(null, { status: 403 })),
    );
    const fetching = recordingFetch({ ...context, fetch, timeout: 10_000 });
    const opened = await openSession(`${origin}/mcp`, token, '0', { ...context, fetch: fetching });
    assert.deepEqual(opened.kind === 'insufficient_scope' && opened.challenge.scopes, ['tools']);
  });

  it('whose tools say the token again has it shown by its end only', async (test) => {
    const token = 'at-Zq3planted-0123456789abcdef';
    const origin = await serve(test, (_, response) => {
      const info = { name: token, version: encodeURIComponent(token) };
      const result = {
        protocolVersion: '2025-11-25',
        serverInfo: info,
        tools: [{ name: token, description: token }],
      };
      json(response, { jsonrpc: '2.0', id: 1, result });
    });
    const answers = [1, 0, 2];
    const { context } = await walk(`${origin}/mcp`, async (to, init) => {
      const answer = await fetch(to, init);
      const body = (await answer.text()).replace('"id":1', `"id":${answers.shift() ?? 2}`);
      return new Response(body, answer);
    });
    answers.splice(0, 3, 1, 0, 2);
    const opened = await openSession(`${origin}/mcp`, token, '0', context);
    assert.equal(opened.kind, 'opened');
    assert.ok(!JSON.stringify(opened).includes(token), JSON.stringify(opened));
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
      await registerForMcp(
        explored.plan,
        { redirectUri: 'http://127.0.0.1:1/callback' },
        {
          ...context,
          isOneService: () => Promise.resolve(true),
        },
      );
      const shown = JSON.stringify(redactExchanges(trace.exchanges));
      assert.ok(!shown.includes(secret), JSON.stringify(place));
      assert.ok(!shown.includes(encodeURIComponent(secret)));
    }
  });
});
