import assert from 'node:assert/strict';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTls, type TlsOptions } from 'node:tls';
import { describe, it } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import type { CheckResult } from '../../../src/core/checks/report.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { known } from './server.ts';
import { trial } from './support.ts';

const only = checks.filter(({ id }) => id === 'response.tls-version');
const { cert, key } = selfSignedCertificate();

/** What the check says of a server at this machine. */
async function judged(
  server: Server,
  protocol = 'https',
  timeout = 60_000,
): Promise<CheckResult | undefined> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const origin = `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const named = { authorizationEndpoint: `${origin}/auth`, tokenEndpoint: `${origin}/token` };
    const server_ = { issuer: origin, ...named, promisesIssuer: false, scopesSupported: [] };
    const context = { server: server_, timeout };
    const { results } = await trial({ issuer: origin, client: known, signIn: false, checks: only, context });
    return results[0];
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

const tls = (options: TlsOptions) =>
  createTls({ cert, key, ...options }).on('tlsClientError', () => undefined);

/** Answers the first bytes of a connection, whose version is in its eleventh. */
const answering = (answer: (version: number, socket: Socket) => void) =>
  createTcp((socket) => socket.once('data', (hello) => answer(hello[10] ?? 0, socket)));

const alert = (number: number) => Buffer.from([0x15, 3, 1, 0, 2, 2, number]);
const hello12 = Buffer.from([0x16, 3, 3, 0, 6, 2, 0, 0, 2, 3, 3]);

describe('whether TLS 1.0 and 1.1 are refused', () => {
  const seen: readonly (readonly [what: string, server: () => Server, verdict: string, why: RegExp])[] = [
    ['1.2 and newer', () => tls({ minVersion: 'TLSv1.2' }), 'pass', /TLS 1\.0 and 1\.1 are refused/],
    ['1.3 only', () => tls({ minVersion: 'TLSv1.3' }), 'pass', /are refused/],
    [
      '1.0 and newer',
      () => tls({ minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }),
      'fail',
      /TLS 1\.1 at .*, TLS 1\.0 at/,
    ],
    [
      '1.1 and newer',
      () => tls({ minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
      'fail',
      /speaks TLS 1\.1 at 127\.0\.0\.1:\d+, so/,
    ],
    [
      'a server that hangs up at old versions',
      () => answering((version, socket) => (version < 3 ? socket.destroy() : socket.end(hello12))),
      'pass',
      /are refused/,
    ],
    [
      'a server that hangs up at every version',
      () => answering((_, socket) => socket.destroy()),
      'not_determined',
      /ends the connection for TLS 1\.1 as well as for TLS 1\.2/,
    ],
    [
      'an alert for another reason, whatever the version',
      () => answering((_, socket) => socket.end(alert(40))),
      'not_determined',
      /sends alert 40/,
    ],
    [
      'plain HTTP at an https address',
      () => answering((_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      'not_determined',
      /does not answer by TLS/,
    ],
    ['silence', () => answering(() => undefined), 'not_determined', /cannot be reached directly/],
  ];
  for (const [what, server, verdict, why] of seen)
    it(`${what}: ${verdict}`, async () => {
      // Only who is silent is waited for to the end.
      const result = await judged(server(), 'https', what === 'silence' ? 500 : 60_000);
      assert.equal(result?.verdict, verdict, result?.meaning);
      assert.match(result.meaning, why);
    });

  it('means nothing at plain http', async () => {
    const result = await judged(createTcp(), 'http');
    assert.equal(result?.verdict, 'not_applicable');
    assert.match(result.meaning, /plain http on this computer/);
  });
});
