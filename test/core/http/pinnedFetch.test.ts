import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { inspectCertificate } from '../../../src/core/http/certificate.ts';
import { pinnedFetch } from '../../../src/core/http/pinnedFetch.ts';
import { issuedCertificate, selfSignedCertificate } from '../../support/certificate.ts';
import { startStandIn, type StandIn } from '../../support/servers/standIn.ts';

const signal = new AbortController().signal;
const codeOf = (error: unknown) => {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? (error as { code?: string }).code;
};

describe('a self-signed certificate on loopback', () => {
  const certificate = selfSignedCertificate();
  let server: StandIn;
  before(async () => {
    server = await startStandIn(
      ({ method, body, headers }) => ({
        status: 200,
        headers: { 'set-cookie': ['a=1', 'b=2'] },
        body: { method, body, type: headers['content-type'] },
      }),
      { certificate, host: 'localhost' },
    );
  });
  after(() => server.close());

  it('is shown before it is trusted: who it is for, how long, and its fingerprint', async () => {
    const shown = await inspectCertificate(server.origin, signal);
    assert.equal(shown.fingerprint, certificate.fingerprint);
    assert.deepEqual([shown.subject, shown.issuer, shown.selfSigned], ['CN=localhost', 'CN=localhost', true]);
    assert.deepEqual(shown.names, ['DNS:localhost', 'IP Address:127.0.0.1']);
    assert.ok(shown.validFrom < Date.now() && Date.now() < shown.validTo);
    assert.equal(server.requests.length, 0, 'nothing was sent');
  });

  it('is no longer waited for when that is cancelled: the connection is closed', async () => {
    const silent = createTcpServer();
    const connected = once(silent, 'connection');
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const cancel = new AbortController();
    const asked = inspectCertificate(`https://127.0.0.1:${port}/`, cancel.signal);
    const [connection] = (await connected) as [Socket];
    const closed = once(connection.resume(), 'close');
    cancel.abort(new Error('enough'));
    await assert.rejects(asked, /enough/);
    await closed;
    silent.close();
  });

  it('is refused without trust, and trusted by its fingerprint alone', async () => {
    await assert.rejects(fetch(server.origin), (error) => codeOf(error) === 'DEPTH_ZERO_SELF_SIGNED_CERT');
    const pinned = pinnedFetch(certificate.fingerprint.replaceAll(':', '').toLowerCase(), fetch);
    const response = await pinned(`${server.origin}/token`, {
      method: 'POST',
      body: new URLSearchParams({ a: '1' }),
    });
    assert.deepEqual(await response.json(), {
      ...{ method: 'POST', body: 'a=1', type: 'application/x-www-form-urlencoded;charset=UTF-8' },
    });
    assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2']);
  });

  it('is sent bytes as they are', async () => {
    const body = Uint8Array.from([0xff, 0, 0xfe]);
    const response = await pinnedFetch(certificate.fingerprint, fetch)(server.origin, {
      method: 'POST',
      body,
    });
    assert.equal(response.status, 200);
    assert.deepEqual([...(server.requests.at(-1)?.bytes ?? [])], [...body]);
  });

  it('is not trusted when another one was', async () => {
    const other = selfSignedCertificate();
    await assert.rejects(
      pinnedFetch(other.fingerprint, fetch)(server.origin),
      (error) => codeOf(error) === 'DEPTH_ZERO_SELF_SIGNED_CERT',
    );
  });

  it('must be shown by the connection that carries the request, not only by the one before', async (context) => {
    const trusted = selfSignedCertificate({ authority: true });
    // The trusted one vouches for it, so that nothing but its fingerprint gives it away.
    const other = issuedCertificate({ name: 'other.localhost' }, { ...trusted, name: 'localhost' });
    const asked: string[] = [];
    const swapping = createServer(trusted, ({ url }, response) => {
      asked.push(url ?? '');
      response.end('ok');
    });
    let connections = 0;
    swapping.prependListener('connection', () => {
      if (++connections === 2) swapping.setSecureContext(other);
    });
    // A server that stays open would keep the run from ending when this fails.
    context.after(() => {
      swapping.closeAllConnections();
      swapping.close();
    });
    await new Promise<void>((listening) => swapping.listen(0, '127.0.0.1', listening));
    const url = `https://localhost:${(swapping.address() as AddressInfo).port}/token`;
    await assert.rejects(
      pinnedFetch(trusted.fingerprint, fetch)(url),
      (error) => codeOf(error) === 'CERT_UNTRUSTED',
    );
    assert.deepEqual([connections, asked], [2, []]);
  });

  it('is not trusted after it has expired', async (context) => {
    const old = selfSignedCertificate({ notAfter: new Date(Date.now() - 1000) });
    const expired = await startStandIn(() => ({ status: 200 }), { certificate: old });
    context.after(() => expired.close());
    await assert.rejects(
      pinnedFetch(old.fingerprint, fetch)(expired.origin),
      (error) => codeOf(error) === 'CERT_HAS_EXPIRED',
    );
  });

  it('is trusted as well when an authority that nobody knows issued it, and refused when that one expired', async (context) => {
    const issued = issuedCertificate();
    const local = await startStandIn(() => ({ status: 200, body: 'ok' }), { certificate: issued });
    context.after(() => local.close());
    const shown = await inspectCertificate(local.origin, signal);
    assert.deepEqual([shown.issuer, shown.selfSigned], ['CN=Development Authority', false]);
    await assert.rejects(fetch(local.origin), (error) => codeOf(error) === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    const response = await pinnedFetch(issued.fingerprint, fetch)(local.origin);
    assert.equal(await response.text(), 'ok');
    const old = issuedCertificate({ notAfter: new Date(Date.now() - 1000) });
    const expired = await startStandIn(() => ({ status: 200 }), { certificate: old });
    context.after(() => expired.close());
    await assert.rejects(
      pinnedFetch(old.fingerprint, fetch)(expired.origin),
      (error) => codeOf(error) === 'CERT_HAS_EXPIRED',
    );
  });

  it('is asked about on this machine only', async () => {
    await assert.rejects(inspectCertificate('https://login.example.com/', signal), /on this machine/);
    await assert.rejects(inspectCertificate('http://localhost/', signal), /on this machine/);
    const elsewhere: string[] = [];
    const pinned = pinnedFetch(certificate.fingerprint, (url) => {
      elsewhere.push(url);
      return Promise.resolve(new Response());
    });
    await pinned('https://login.example.com/token');
    await pinned('http://localhost:1/token');
    assert.deepEqual(elsewhere, ['https://login.example.com/token', 'http://localhost:1/token']);
  });

  it('cancels', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const pinned = pinnedFetch(certificate.fingerprint, fetch);
    await assert.rejects(pinned(server.origin, { signal: controller.signal }), /enough/);
  });
});
