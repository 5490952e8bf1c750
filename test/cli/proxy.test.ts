import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createProxy, type IncomingMessage } from 'node:http';
import { createServer as createTlsProxy, createServer as createTlsServer } from 'node:https';
import { connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { close, listen } from '../../src/demo/listen.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { assertNowhere } from './assertNowhere.ts';
import { run } from './program.ts';

/** A host that no resolver knows: only a proxy leads there. */
const host = 'as.proxied.test';
const password = randomBytes(12).toString('hex');
const secret = randomBytes(12).toString('hex');

describe('the command line behind a proxy', () => {
  const { cert, key } = selfSignedCertificate({ name: host });
  const servers: Server[] = [];
  /** The ends of tunnels, which no server counts among its connections. */
  const tunnels: Socket[] = [];
  /** What the proxy was asked for, with the credentials it got. */
  const asked: string[] = [];
  /** What the proxy says. */
  let says = '200 Connection Established';
  let folder: string;
  let [plain, secure] = [0, 0];

  before(async () => {
    const target = createTlsServer({ cert, key }, (request, response) => {
      request.resume();
      response.setHeader('content-type', 'application/json');
      if (request.url?.startsWith('/mcp') === true) response.writeHead(401).end('{}');
      else if (request.url === '/token')
        response.end('{"access_token":"through-the-proxy","token_type":"Bearer","expires_in":60}');
      else response.writeHead(404).end('{}');
    });
    const port = await listen(target, 0);
    const lead = (request: IncomingMessage, client: Socket) => {
      asked.push(`${request.url ?? ''} ${request.headers['proxy-authorization'] ?? 'nobody'}`);
      if (!says.startsWith('200')) {
        tunnels.push(client);
        client.end(`HTTP/1.1 ${says}\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const upstream = connect(port, '127.0.0.1', () => {
        client.write(`HTTP/1.1 ${says}\r\n\r\n`);
        upstream.pipe(client).pipe(upstream);
      });
      tunnels.push(client, upstream);
      for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    };
    const proxies = [createProxy(), createTlsProxy(selfSignedCertificate())] as const;
    for (const proxy of proxies) proxy.on('connect', lead);
    [plain, secure] = [await listen(proxies[0], 0), await listen(proxies[1], 0)];
    servers.push(target, ...proxies);
    folder = await mkdtemp(join(tmpdir(), 'oe-proxy-'));
    await writeFile(join(folder, 'ca.pem'), cert);
    const profile = { id: 'orders', grant: 'client_credentials', clientId: 'c', scopes: [] };
    const entries = [{ ...profile, issuer: `https://${host}`, tokenEndpoint: `https://${host}/token` }];
    await writeFile(join(folder, 'profiles.json'), JSON.stringify(entries));
  });
  after(async () => {
    for (const socket of tunnels) socket.destroy();
    for (const server of servers) await close(server as Parameters<typeof close>[0]);
    await rm(folder, { recursive: true });
  });

  const withProxy = (args: readonly string[], environment: Readonly<Record<string, string>>) => {
    asked.length = 0;
    return run(args, {
      folder,
      environment: {
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        OAUTH_EXPLORER_SECRET: secret,
        ...environment,
      },
    });
  };
  const token = (environment: Readonly<Record<string, string>>) =>
    withProxy(['token', 'orders', '--profiles', 'profiles.json'], environment);

  it('gets a token through the tunnel of HTTPS_PROXY, with its user and password', async () => {
    says = '200 Connection Established';
    const proxy = `http://user:${encodeURIComponent(`${password}:@`)}@127.0.0.1:${plain}`;
    const { code, stdout, stderr } = await token({ HTTPS_PROXY: proxy });
    assert.deepEqual([code, stdout], [0, 'through-the-proxy\n'], stderr);
    const basic = `Basic ${Buffer.from(`user:${password}:@`).toString('base64')}`;
    assert.deepEqual([...new Set(asked)], [`${host}:443 ${basic}`]);
    assertNowhere([password, secret], stderr);
  });

  it('takes a proxy without a scheme, and that of ALL_PROXY', async () => {
    const { code, stderr } = await token({ ALL_PROXY: `127.0.0.1:${plain}` });
    assert.equal(code, 0, stderr);
    assert.deepEqual([...new Set(asked)], [`${host}:443 nobody`]);
  });

  it('asks no proxy for a host that NO_PROXY names', async () => {
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${plain}`, NO_PROXY: '.proxied.test' };
    const { code, stderr } = await token(environment);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^The host name as\.proxied\.test .* behind a proxy check HTTPS_PROXY and NO_PROXY\.$/m,
    );
    assert.deepEqual(asked, []);
  });

  it('trusts the server’s certificate only, whatever the proxy is', async () => {
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${plain}`, NODE_EXTRA_CA_CERTS: '' };
    const { code, stdout, stderr } = await token(environment);
    assert.deepEqual([code, stdout], [2, ''], stderr);
    assert.match(stderr, /No secure connection to as\.proxied\.test: its certificate is self-signed/);
    assertNowhere([secret], stderr);
  });

  it('explores an MCP server through it, too', async () => {
    const { stderr, stdout } = await withProxy(['mcp', `https://${host}/mcp`], {
      https_proxy: `http://127.0.0.1:${plain}`,
    });
    assert.ok(asked.includes(`${host}:443 nobody`), stderr);
    assert.match(stdout, /401/);
  });

  const refusals: readonly (readonly [what: string, says: string, proxy: () => string, told: RegExp])[] = [
    [
      'that wants a password',
      '407 Proxy Authentication Required',
      () => `http://user:${password}@127.0.0.1:${plain}`,
      /- The proxy on the way wants credentials\. Put user and password into HTTPS_PROXY/,
    ],
    [
      'that forbids the host',
      '403 Forbidden',
      () => `http://user:${password}@127.0.0.1:${plain}`,
      /^The proxy on the way to as\.proxied\.test lets no connection through\. .*\(HTTPS_PROXY, NO_PROXY\)/m,
    ],
    [
      'that is not there',
      '200 OK',
      () => `http://user:${password}@127.0.0.1:1`,
      /^The proxy on the way to as\.proxied\.test cannot be reached\. /m,
    ],
    [
      'whose own certificate nobody knows',
      '200 OK',
      () => `https://user:${password}@localhost:${secure}`,
      /^The proxy on the way to as\.proxied\.test cannot be reached\. /m,
    ],
    [
      'of another kind',
      '200 OK',
      () => `socks5://user:${password}@127.0.0.1:${plain}`,
      /^The proxy that is set for as\.proxied\.test is not an http or https address\. /m,
    ],
    [
      'that is none',
      '200 OK',
      () => `http://user:${password}@[`,
      /^The proxy that is set for as\.proxied\.test is not an http or https address\. /m,
    ],
  ];
  for (const [what, answer, proxy, told] of refusals)
    it(`says what is wrong with a proxy ${what}, without its password`, async () => {
      says = answer;
      const { code, stdout, stderr } = await token({ HTTPS_PROXY: proxy() });
      assert.ok(code === 1 || code === 2, String(code));
      assert.equal(stdout, '');
      assert.match(stderr, told);
      assertNowhere([password, secret], stderr);
    });
});
