import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, Server, type AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { connect as connectSecurely } from 'node:tls';
import { newRedirectCertificate } from '../../../../src/core/authentication/newCertificate.ts';
import { splitIdentity } from '../../../../src/core/http/tlsIdentity.ts';
import { bindLoopback, type Answering } from '../../../../src/core/oauth/loopback/bind.ts';
import { loopbackRedirect, type LoopbackRedirect } from '../../../../src/core/oauth/loopback/redirectUri.ts';
import { FailureError } from '../../../../src/core/record/failure.ts';

const v4 = loopbackRedirect('http://127.0.0.1/callback');
/** An https redirect URI has a port; the system chooses one in these tests. */
const secure: LoopbackRedirect = { ...v4, scheme: 'https' };
const identity = splitIdentity(newRedirectCertificate(Date.now()));
const answer: Answering['answer'] = (request, response) =>
  void response.end(`answer to ${request.url ?? ''}`);

async function bound(context: TestContext, redirect: LoopbackRedirect, answering: Partial<Answering> = {}) {
  const servers = await bindLoopback(redirect, { answer, ...answering });
  context.after(() => servers.close());
  return servers;
}

async function refusal(redirect: LoopbackRedirect) {
  const thrown: unknown = await bindLoopback(redirect, { answer }).catch((error: unknown) => error);
  assert.ok(thrown instanceof FailureError && thrown.failure.kind === 'port_busy');
  return { ...thrown.failure, cause: thrown.cause };
}

/** What comes back for these bytes until the connection ends. */
async function ask(port: number, bytes: string | Buffer, host = '127.0.0.1'): Promise<string> {
  const socket = connect(port, host);
  let text = '';
  socket.on('data', (data) => (text += String(data))).on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return text;
}

const get = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`;

/** Whether anything accepts connections there. */
async function isOpen(port: number, host: string): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Another program's port. */
async function taken(context: TestContext, host = '127.0.0.1'): Promise<number> {
  const other = createServer((socket) => socket.destroy());
  other.listen(0, host);
  await once(other, 'listening');
  context.after(() => void other.close());
  return (other.address() as AddressInfo).port;
}

describe('where a listener listens', () => {
  it('is one port of both families for localhost, which is free again when it has closed', async () => {
    const servers = await bindLoopback(loopbackRedirect('http://localhost/cb'), { answer });
    for (const host of ['127.0.0.1', '::1'])
      assert.match(await ask(servers.port, get('/x'), host), /answer to \/x$/);
    await servers.close();
    for (const host of ['127.0.0.1', '::1']) assert.equal(await isOpen(servers.port, host), false);
  });

  it('is one family where the machine has not the other', async (context) => {
    // An address for documentation, which no machine has (RFC 5737).
    const { port } = await bound(context, { ...v4, addresses: ['127.0.0.1', '192.0.2.1'] });
    assert.ok(await isOpen(port, '127.0.0.1'));
    const { code, message, advice } = await refusal({ ...v4, host: '192.0.2.1', addresses: ['192.0.2.1'] });
    assert.equal(code, 'EADDRNOTAVAIL');
    assert.match(message, /^It is not possible to listen on 192\.0\.2\.1 \(EADDRNOTAVAIL\), so/);
    assert.match(advice, /^Check that this machine has the address 192\.0\.2\.1, or register/);
  });

  it('is the very port of the redirect URI, or none', async (context) => {
    const port = await taken(context);
    const failure = await refusal(loopbackRedirect(`http://127.0.0.1:${port}/cb`));
    assert.deepEqual([failure.port, failure.code, failure.step], [port, 'EADDRINUSE', 'listen']);
    assert.match(failure.message, new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is already in use, so`));
    assert.ok(failure.cause instanceof Error);
  });

  it('leaves nothing open on one family where the port of the other is taken', async (context) => {
    const port = await taken(context, '::1');
    await refusal(loopbackRedirect(`http://localhost:${port}/cb`));
    assert.equal(await isOpen(port, '127.0.0.1'), false);
  });

  it('is another pair where any port will do, but not without an end', async () => {
    const addresses: string[] = [];
    // The same address twice: its second server never gets the port.
    const twice = {
      ...v4,
      get addresses() {
        return (addresses.push('try'), ['127.0.0.1', '127.0.0.1']);
      },
    };
    assert.deepEqual([(await refusal(twice)).port, addresses.length], [0, 10]);
    let first = true;
    const busyOnce = {
      ...v4,
      get addresses() {
        const now = first ? ['127.0.0.1', '127.0.0.1'] : ['127.0.0.1'];
        first = false;
        return now;
      },
    };
    const servers = await bindLoopback(busyOnce, { answer });
    assert.ok(await isOpen(servers.port, '127.0.0.1'));
    await servers.close();
  });

  it('is asked for once where the redirect URI has a port', async (context) => {
    const port = await taken(context);
    let tries = 0;
    const given: LoopbackRedirect = {
      ...v4,
      port,
      get addresses() {
        tries += 1;
        return ['127.0.0.1'];
      },
    };
    await refusal(given);
    assert.equal(tries, 1);
  });

  for (const [port, says, advice] of [
    [80, /^This user may not listen on port 80 of 127\.0\.0\.1: ports below 1024/, /^Use a port of 1024 or/],
    [1024, /^The system does not let anybody listen on port 1024 of/, /^Look at the reserved ranges/],
    [undefined, /^The system does not let anybody listen on port 0 of/, /^Look at the reserved ranges/],
  ] as const)
    it(`is said to be forbidden where the system forbids it: ${port ?? 'any port'}`, async (context) => {
      const listen = Object.getOwnPropertyDescriptor(Server.prototype, 'listen');
      let tries = 0;
      // Who runs the tests may listen anywhere.
      Server.prototype.listen = function listenInVain(this: Server) {
        tries += 1;
        this.emit('error', Object.assign(new Error('permission denied'), { code: 'EACCES' }));
        return this;
      };
      context.after(() => void Object.defineProperty(Server.prototype, 'listen', listen ?? {}));
      const failure = await refusal({ ...v4, ...(port !== undefined && { port }) });
      assert.deepEqual([failure.code, tries], ['EACCES', port === undefined ? 10 : 1]);
      assert.match(failure.message, says);
      assert.match(failure.advice, advice);
    });

  it('closes with every connection, those that say nothing, too', async () => {
    for (const own of [{}, { identity }]) {
      const servers = await bindLoopback(v4, { answer, ...own });
      const silent = connect(servers.port, '127.0.0.1');
      silent.on('error', () => undefined);
      await once(silent, 'connect');
      const closed = once(silent, 'close');
      await servers.close();
      await closed;
    }
  });
});

describe('what a listener answers that is no request', () => {
  const huge = get('/', `X: ${'x'.repeat(70_000)}\r\n`);
  const tooLarge = () => 'HTTP/1.1 431 Ours\r\nConnection: close\r\n\r\nours';
  const hello = Buffer.from('16030100050100000100', 'hex');

  it('is the answer of its owner where the header fields are too large, and 64 KiB are not', async (context) => {
    const { port } = await bound(context, v4, { tooLarge });
    assert.match(await ask(port, huge), /^HTTP\/1\.1 431 Ours.*ours$/s);
    assert.match(await ask(port, get('/y', `X: ${'x'.repeat(60_000)}\r\n`)), /answer to \/y$/);
    assert.match(
      await ask(port, 'nonsense\r\n\r\n'),
      /^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/,
    );
  });

  it('is 400 where its owner has none, and what Node answers where it asked for nothing', async (context) => {
    const own = await bound(context, v4, { otherScheme: () => undefined });
    assert.match(await ask(own.port, huge), /^HTTP\/1\.1 400 Bad Request/);
    const plain = await bound(context, v4);
    assert.match(await ask(plain.port, huge), /^HTTP\/1\.1 431 Request Header Fields Too Large/);
  });

  it('is nothing to who breaks off, and 400 to TLS where its owner does not ask for that', async (context) => {
    const { port } = await bound(context, v4, { tooLarge });
    const broken = connect(port, '127.0.0.1');
    broken.write('GET / HTT');
    await once(broken, 'connect');
    await new Promise((resolve) => setImmediate(resolve));
    broken.resetAndDestroy();
    assert.match(await ask(port, hello), /^HTTP\/1\.1 400 Bad Request/);
    assert.match(await ask(port, get('/y')), /answer to \/y$/);
  });

  it('tells its owner of TLS where that is http, and of nothing else', async (context) => {
    const told: unknown[] = [];
    const { port } = await bound(context, v4, { otherScheme: (...what) => void told.push(what) });
    await ask(port, 'nonsense\r\n\r\n');
    assert.deepEqual(told, []);
    await ask(port, hello);
    assert.deepEqual(told, [[]]);
  });

  it('leads http to https at the same path, tells its owner, and answers nothing else', async (context) => {
    const told: unknown[] = [];
    const otherScheme = (path?: string) => void told.push(path);
    const servers = await bound(context, secure, { identity, otherScheme });
    const led = await ask(servers.port, get('/cb?code=1'));
    assert.match(led, /^HTTP\/1\.1 307 .*\r\nLocation: https:\/\/127\.0\.0\.1:\d+\/cb\?code=1\r\n/s);
    assert.equal(await ask(servers.port, 'POST /cb HTTP/1.1\r\n\r\n'), '');
    assert.equal(await ask(servers.port, ' GET /cb HTTP/1.1\r\n\r\n'), '');
    assert.deepEqual(told, ['/cb?code=1']);
  });

  it('is, over TLS, the same as without, but nothing to a browser that ends the handshake', async (context) => {
    const told: unknown[] = [];
    const otherScheme = (path?: string) => void told.push(path);
    const servers = await bound(context, secure, { identity, tooLarge, otherScheme });
    const over = async (bytes: string) => {
      const socket = connectSecurely({ port: servers.port, host: '127.0.0.1', rejectUnauthorized: false });
      let text = '';
      socket.on('data', (data) => (text += String(data))).on('error', () => undefined);
      socket.write(bytes);
      await once(socket, 'close');
      return text;
    };
    assert.match(await over(get('/z')), /answer to \/z$/);
    assert.match(await over(huge), /^HTTP\/1\.1 431 Ours/);
    assert.match(await over('nonsense\r\n\r\n'), /^HTTP\/1\.1 400 Bad Request/);
    assert.match(await over('\u0016nonsense\r\n\r\n'), /^HTTP\/1\.1 400 Bad Request/);
    assert.doesNotMatch(await ask(servers.port, hello), /HTTP/);
    assert.deepEqual(told, []);
    const plain = await bound(context, secure, { identity });
    assert.match(await ask(plain.port, get('/cb')), /^HTTP\/1\.1 307 /);
  });
});
