import assert from 'node:assert/strict';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import { machineProfile } from '../../support/profiles.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { json, listenOn, serve, serveSeen } from './support/serve.ts';

/** A profile that goes straight to a token endpoint. */
function at(tokenEndpoint: string): Profile {
  const { issuer, ...profile } = machineProfile({ tokenEndpoint });
  assert.ok(issuer);
  return profile;
}

const run = (tokenEndpoint: string, over = {}) =>
  runFlow('client_credentials', at(tokenEndpoint), flowDeps(over));

describe('a token endpoint that cannot be talked to', () => {
  it('says that nothing listens there', async (context) => {
    const origin = await serve(context, () => undefined);
    const free = createTcpServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    assert.notEqual(origin, '');
    const failure = failureOf(await run(`http://127.0.0.1:${port}/token`), 'network');
    assert.equal(failure.code, 'ECONNREFUSED');
    assert.equal(failure.message, `Nothing accepts connections at 127.0.0.1:${port}.`);
    assert.equal(failure.step, 'token');
  });

  it('says that its port is one that nobody connects to', async () => {
    for (const port of [1, 6000, 6667, 10080]) {
      const failure = failureOf(await run(`http://127.0.0.1:${port}/token`), 'network');
      assert.equal(failure.code, 'ERR_UNSAFE_PORT');
      assert.match(failure.message, new RegExp(`^127\\.0\\.0\\.1:${port} was not asked: .*no such port`));
      assert.match(failure.advice, /another port/);
    }
  });

  it('says that the host name cannot be resolved', async () => {
    const failure = failureOf(await run('https://nonexistent.invalid/token'), 'network');
    assert.match(failure.code, /^(?:ENOTFOUND|EAI_AGAIN)$/);
    assert.match(failure.message, /nonexistent\.invalid .*resolved/);
    assert.match(failure.advice, /http\.proxy/);
  });

  it('says that a self-signed certificate is not trusted, and how to trust it', async (context) => {
    const origin = await listenOn(context, createHttpsServer(selfSignedCertificate()), 'https');
    const report = await run(`${origin}/token`);
    const failure = failureOf(report, 'tls');
    assert.equal(failure.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    assert.match(failure.message, /self-signed and not trusted/);
    assert.match(failure.advice, /NODE_EXTRA_CA_CERTS/);
    assert.equal(report.exchanges[0]?.error?.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
    assert.equal(report.exchanges[0].response, undefined);
  });

  it('says that there is no TLS on the port', async (context) => {
    const origin = await serve(context, (_request, response) => response.end());
    const failure = failureOf(await run(`${origin.replace('http:', 'https:')}/token`), 'tls');
    assert.match(failure.message, /does not speak TLS on this port/);
    assert.match(failure.advice, /port of the URL/);
  });

  it('says that what answers does not speak HTTP', async (context) => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')).listen(0, '127.0.0.1');
    context.after(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const failure = failureOf(await run(`http://127.0.0.1:${port}/token`), 'network');
    assert.match(failure.message, /is not HTTP/);
    assert.match(failure.advice, /should be https/);
  });

  it('sends nothing over plain http to another machine', async () => {
    let fetched = false;
    const fetch = () => {
      fetched = true;
      return Promise.reject(new Error('must not be called'));
    };
    const failure = failureOf(await run('http://as.example.com/token?x=1', { fetch }), 'insecure_url');
    assert.equal(failure.message, 'http://as.example.com/token is not https, so nothing was sent to it.');
    assert.equal(fetched, false);
  });
});

describe('a token endpoint that does not come to an end', () => {
  it('gives up after the timeout, whether the headers or the body stay away', async (context) => {
    const origin = await serve(context, (request, response) => {
      if (request.url === '/body')
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"a');
    });
    for (const path of ['/headers', '/body']) {
      const report = await run(`${origin}${path}`, { requestTimeout: 200 });
      const failure = failureOf(report, 'timeout');
      assert.equal(failure.seconds, 0.2);
      assert.match(failure.message, /did not answer completely within 0\.2 s/);
      assert.equal(report.exchanges[0]?.response?.body, path === '/body' ? '{"a' : undefined);
    }
  });

  it('is really left when the flow is cancelled', async (context) => {
    const controller = new AbortController();
    const closed = new Promise<void>((resolve) => {
      void serve(context, (request) => {
        request.socket.once('close', () => resolve());
        controller.abort();
      }).then(async (origin) => {
        const report = await run(`${origin}/token`, { signal: controller.signal });
        assert.equal(failureOf(report, 'cancelled').message, 'The flow was cancelled.');
      });
    });
    await closed;
  });

  it('ends before anything is sent when it was cancelled before', async () => {
    const report = await run('http://127.0.0.1:9/token', { signal: AbortSignal.abort() });
    failureOf(report, 'cancelled');
    assert.deepEqual(report.exchanges, []);
  });

  it('is cancelled while the keychain is asked for the secret', async () => {
    const controller = new AbortController();
    const secret = () => {
      setImmediate(() => controller.abort());
      return new Promise<string>(() => undefined);
    };
    failureOf(await run('http://127.0.0.1:9/token', { secret, signal: controller.signal }), 'cancelled');
  });

  it('refuses a response of more than 1 MiB without reading on', async (context) => {
    let sent = 0;
    const origin = await serve(context, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = () => {
        while (!response.destroyed && sent < 64 * 1024 * 1024) {
          sent += chunk.byteLength;
          if (!response.write(chunk)) return;
        }
      };
      response.on('drain', more);
      more();
    });
    const report = await run(`${origin}/token`);
    assert.equal(failureOf(report, 'response_too_large').limit, 1024 * 1024);
    assert.equal(report.exchanges[0]?.response?.body.length, 1024 * 1024);
    assert.ok(sent < 32 * 1024 * 1024, `the server could send ${sent} bytes`);
  });

  it('takes a response of exactly 1 MiB', async (context) => {
    const origin = await serve(context, (_request, response) => {
      const body = JSON.stringify({ access_token: 'a', token_type: 'Bearer', pad: '' });
      json(response, { access_token: 'a', token_type: 'Bearer', pad: 'x'.repeat(1024 * 1024 - body.length) });
    });
    tokensOf(await run(`${origin}/token`));
  });

  it('keeps what came of a body that breaks off', async (context) => {
    const origin = await serve(context, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"access_token":"2YotnFZFEjr1z', () => response.destroy());
    });
    const report = await run(`${origin}/token`);
    assert.match(failureOf(report, 'network').message, /closed the connection without a complete answer/);
    assert.equal(report.exchanges[0]?.response?.body, '{"access_token":"2YotnFZFEjr1z');
    assert.ok(report.exchanges[0].error);
  });
});

describe('a redirect from the token endpoint', () => {
  for (const status of [301, 302, 303, 307, 308])
    it(`is not followed (${status})`, async (context) => {
      const { origin, seen } = await serveSeen(context, (_request, response) => {
        response.writeHead(status, { location: '/elsewhere?x=1' }).end();
      });
      const failure = failureOf(await run(`${origin}/token`), 'redirected');
      assert.equal(failure.status, status);
      assert.match(failure.message, /to \/elsewhere; it was not followed/);
      assert.deepEqual(
        seen.map(({ url }) => url),
        ['/token'],
      );
    });
});

it('uses real timers that end with their signal', async () => {
  const controller = new AbortController();
  const sleeping = systemClock.sleep(60_000, controller.signal);
  controller.abort(new Error('enough'));
  await assert.rejects(sleeping, /enough/);
});
