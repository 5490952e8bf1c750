import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect, createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { connect as connectSecurely } from 'node:tls';
import { decodeJwt } from 'jose';
import { newRedirectCertificate } from '../../../src/core/authentication/newCertificate.ts';
import { waitingWords, type LiveFlow } from '../../../src/core/flow/liveFlow.ts';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { redirectIdentity } from '../../../src/core/oauth/openReceiver.ts';
import { redirectCertificate } from '../../../src/core/oauth/redirectCertificate.ts';
import { settableOf } from '../../../src/core/session/settable.ts';
import { redirectWay } from '../../../src/core/profile/urls.ts';
import { freePort } from '../../../src/demo/listen.ts';
import { JarBrowser } from '../../demo/jarBrowser.ts';
import { issuedCertificate, selfSignedCertificate } from '../../support/certificate.ts';
import { userProfile } from '../../support/profiles.ts';
import { redirectAwaited } from '../../support/waiting.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { startProvider } from './support/provider.ts';

/** Whether anything accepts connections there. */
function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

describe('an https redirect URI of this machine', () => {
  let issuer = '';
  let port = 0;
  let stop: () => Promise<void> = () => Promise.resolve();
  const uriOf = (host: string) => `https://${host}:${port}/callback?tenant=a`;
  before(async () => {
    port = await freePort();
    issuer = await startProvider(
      { after: (close) => (stop = close) },
      {
        clients: [
          {
            client_id: 'secure',
            token_endpoint_auth_method: 'none',
            redirect_uris: ['127.0.0.1', 'localhost', '[::1]'].map(uriOf),
            grant_types: ['authorization_code'],
            response_types: ['code'],
          },
        ],
      },
    );
  });
  after(() => stop());

  /** What the vault keeps. */
  const vault = new Map<string, string>();
  const made: FlowDeps['made'] = async (_profile, what, make, isGood = () => true) => {
    const kept = vault.get(what);
    if (kept !== undefined && isGood(kept)) return kept;
    const fresh = await make();
    vault.set(what, fresh);
    return fresh;
  };
  const profileAt = (host: string) =>
    userProfile({ issuer, clientId: 'secure', redirectUri: uriOf(host), scopes: ['openid'] });

  for (const host of ['127.0.0.1', 'localhost'])
    it(`is taken at ${host} by a browser that trusts the certificate, and nothing else listens afterwards`, async () => {
      const visited: string[] = [];
      const browser: FlowDeps['browser'] = {
        open(url) {
          const jar = new JarBrowser();
          jar.trusted = vault.get(redirectCertificate.what) ?? '';
          void jar.visit(url).then(() => visited.push(...jar.visited));
          return Promise.resolve(true);
        },
      };
      const report = await runFlow('authorization_code', profileAt(host), flowDeps({ browser, made }));
      assert.equal(decodeJwt(tokensOf(report).id_token ?? '').sub, 'Ada');
      const token = report.exchanges.find(({ purpose }) => purpose === 'token');
      assert.equal(new URLSearchParams(token?.request.body).get('redirect_uri'), uriOf(host));
      const redirect = report.exchanges.find(({ leg }) => leg === 'loopback');
      assert.equal(new URL(redirect?.request.url ?? '').origin, `https://${host}:${port}`);
      assert.equal(await isOpen(port), false);
      assert.doesNotMatch(JSON.stringify(report), /PRIVATE KEY/);
    });

  it('is shown a certificate for every name of this machine, that can sign no other, and stays the same', async () => {
    const now = Date.parse('2026-05-01');
    const certificate = new X509Certificate(newRedirectCertificate(now));
    assert.deepEqual(
      ['localhost', 'example.com'].map((name) => certificate.checkHost(name) !== undefined),
      [true, false],
    );
    assert.deepEqual(
      ['127.0.0.1', '::1', '127.0.0.2'].map((ip) => certificate.checkIP(ip) !== undefined),
      [true, true, false],
    );
    assert.equal(certificate.ca, false);
    assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
    const kept = vault.get(redirectCertificate.what);
    await runFlow('authorization_code', profileAt('127.0.0.1'), flowDeps({ made, signInTimeout: 5 }));
    assert.equal(vault.get(redirectCertificate.what), kept);
  });

  it('is shown the certificate that the user brought, with who issued it; one that has ended is not taken', async () => {
    const profile = profileAt('localhost');
    assert.deepEqual(settableOf(profile), [redirectCertificate]);
    assert.deepEqual(settableOf({ ...profile, redirectUri: 'http://localhost/callback' }), []);
    const authority = { ...selfSignedCertificate({ name: 'mkcert', authority: true }), name: 'mkcert' };
    const { cert, key } = issuedCertificate({ name: 'localhost' }, authority);
    const read = await redirectCertificate.read(key + authority.cert + cert, undefined, Date.now());
    assert.ok(read.kind === 'read');
    const own: FlowDeps['made'] = (_profile, what, _make, isGood) => {
      assert.deepEqual([what, isGood?.(read.text)], ['redirect_certificate', true]);
      return Promise.resolve(read.text);
    };
    const shown = await redirectIdentity({ made: (...how) => own(profile, ...how), clock: Date });
    assert.equal(shown.certificate, cert + authority.cert);
    const old = selfSignedCertificate({ name: 'localhost', notAfter: new Date('2020-02-03') });
    assert.deepEqual(await redirectCertificate.read(old.cert + old.key, undefined, Date.now()), {
      kind: 'problem',
      problem: 'The certificate (CN=localhost) expired on 2020-02-03. Have a new one issued.',
    });
  });

  it('gets a fresh certificate when the kept one has ended or is none, which is kept from then on', async () => {
    const old = newRedirectCertificate(Date.now() - 800 * 86_400_000);
    const shown = new Set<string>();
    let controller = new AbortController();
    let end = '';
    const browser: FlowDeps['browser'] = {
      async open() {
        const socket = connectSecurely({ port, host: '127.0.0.1', rejectUnauthorized: false });
        await once(socket, 'secureConnect');
        const { valid_to: to, fingerprint256 } = socket.getPeerCertificate();
        end = to;
        shown.add(fingerprint256);
        socket.destroy();
        controller.abort();
        return true;
      },
    };
    for (const kept of [old, 'no certificate']) {
      shown.clear();
      vault.set(redirectCertificate.what, kept);
      for (let time = 0; time < 2; time++) {
        controller = new AbortController();
        const deps = flowDeps({ browser, made, signal: controller.signal });
        failureOf(await runFlow('authorization_code', profileAt('127.0.0.1'), deps), 'cancelled');
        assert.ok(Date.parse(end) > Date.now());
      }
      assert.equal(shown.size, 1);
    }
  });

  it('waits on while browsers refuse the certificate, ask without TLS or say nothing, and ends when it is cancelled', async () => {
    const controller = new AbortController();
    let words = '';
    const onProgress = (flow: LiveFlow) => {
      const waiting = redirectAwaited(flow);
      if (waiting) words = waitingWords(waiting).sentence;
    };
    const browser: FlowDeps['browser'] = {
      async open(url) {
        assert.match(url, new RegExp(`^https://127\\.0\\.0\\.1:${port}/`));
        await assert.rejects(new JarBrowser().visit(url), /self-signed/);
        // VS Code in a browser opens https on this machine as http.
        const [led] = (await once(get(url.replace('https:', 'http:')), 'response')) as [IncomingMessage];
        assert.deepEqual([led.statusCode, led.headers.location], [307, url]);
        // What is neither is answered with nothing.
        for (const text of ['POST / HTTP/1.1\r\n\r\n', 'GET http://evil.example/ HTTP/1.1\r\n\r\n', '\0']) {
          const socket = connect(port, '127.0.0.1');
          const got: Buffer[] = [];
          socket.on('data', (data) => got.push(data)).end(text);
          await once(socket, 'close');
          assert.equal(Buffer.concat(got).length, 0, text);
        }
        // It connects and never shakes hands: closing must not wait for it.
        await new Promise<void>((resolve) => {
          const silent = connect(port, '127.0.0.1', resolve);
          silent.on('error', () => undefined);
        });
        controller.abort();
        return true;
      },
    };
    const deps = flowDeps({ browser, made, onProgress, signal: controller.signal });
    const report = await runFlow('authorization_code', profileAt('127.0.0.1'), deps);
    failureOf(report, 'cancelled');
    assert.match(
      words,
      new RegExp(`first warns of the certificate of 127\\.0\\.0\\.1:${port}, which was made`),
    );
    assert.equal(await isOpen(port), false);
  });

  it('is pasted where another program has its port, which is said, and nothing of ours listens', async (context) => {
    const application = createServer();
    await new Promise<void>((resolve) => application.listen(port, '127.0.0.1', resolve));
    context.after(() => void application.close());
    let words = '';
    const browser: FlowDeps['browser'] = {
      open(url) {
        assert.equal(new URL(url).origin, issuer, 'The browser is sent to the server at once.');
        const jar = new JarBrowser();
        // The page of the other program cannot be reached in this test: only its address is there.
        void jar.visit(url).catch(() => waiting?.submitRedirect(jar.visited.at(-1) ?? ''));
        return Promise.resolve(true);
      },
    };
    let waiting: ReturnType<typeof redirectAwaited>;
    const onProgress = (flow: LiveFlow) => {
      waiting = redirectAwaited(flow) ?? waiting;
      if (waiting) words = waitingWords(waiting).sentence;
    };
    application.on('connection', (socket) => socket.destroy());
    const deps = flowDeps({ browser, made, onProgress });
    const report = await runFlow('authorization_code', profileAt('127.0.0.1'), deps);
    assert.equal(decodeJwt(tokensOf(report).id_token ?? '').sub, 'Ada');
    assert.match(words, /paste the address it ends up at .* Another program has the port of 127\.0\.0\.1:/);
    const posted = { ...profileAt('127.0.0.1'), authorizationParameters: { response_mode: 'form_post' } };
    failureOf(await runFlow('authorization_code', posted, deps), 'port_busy');
  });

  for (const [uri, way] of [
    ['https://127.0.0.1:8443/callback', 'loopback'],
    ['https://localhost:8443', 'loopback'],
    ['https://[::1]:8443/cb?x=y', 'loopback'],
    ['https://localhost/callback', 'pasted'],
    ['https://127.0.0.1:0/callback', 'pasted'],
    ['https://127.0.0.1:65536/callback', 'pasted'],
    ['https://localhost.evil.example:8443/callback', 'pasted'],
    ['https://app.example.com:8443/callback', 'pasted'],
  ] as const)
    it(`${uri} is ${way}`, () => {
      assert.equal(redirectWay(uri), way);
    });
});
