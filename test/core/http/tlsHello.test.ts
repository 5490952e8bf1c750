import assert from 'node:assert/strict';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { createServer as createTls } from 'node:tls';
import { sayHello, type HelloAnswer, type TlsVersion } from '../../../src/core/http/tlsHello.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';

const never = new AbortController().signal;

async function listen(context: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A server that sends these bytes, one after the other, when it is spoken to; gives what it was told. */
async function answering(context: TestContext, parts: readonly Buffer[], ends = true) {
  const told: Buffer[] = [];
  const open = new Set<Socket>();
  const send = async (socket: Socket) => {
    for (const part of parts)
      await new Promise<void>((resolve) => socket.write(part, () => setImmediate(resolve)));
    if (ends) socket.end();
  };
  const server = createTcp((socket) => {
    open.add(socket.on('error', () => undefined).setNoDelay());
    socket.once('data', (chunk) => {
      told.push(chunk);
      void send(socket);
    });
  });
  context.after(() => {
    for (const socket of open) socket.destroy();
  });
  return { port: await listen(context, server), told };
}

/** Bytes that are read one after the other. */
class Reader {
  #at = 0;
  readonly #bytes: Buffer;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  number(width: number): number {
    this.#at += width;
    return this.#bytes.readUIntBE(this.#at - width, width);
  }
  bytes(count: number): Buffer {
    this.#at += count;
    assert.ok(this.#at <= this.#bytes.length);
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
  sized(width: number): Reader {
    return new Reader(this.bytes(this.number(width)));
  }
  get isThrough(): boolean {
    return this.#at === this.#bytes.length;
  }
  words(): number[] {
    const words: number[] = [];
    while (!this.isThrough) words.push(this.number(2));
    return words;
  }
}

/** What a client hello says. @see RFC 5246 section 7.4.1.2 */
function readHello(bytes: Buffer) {
  const record = new Reader(bytes);
  assert.deepEqual([record.number(1), record.number(2)], [22, 0x0301]);
  const handshake = record.sized(2);
  assert.ok(record.isThrough);
  assert.equal(handshake.number(1), 1);
  const hello = handshake.sized(3);
  assert.ok(handshake.isThrough);
  const version = hello.number(2);
  const random = hello.bytes(32);
  assert.ok(hello.sized(1).isThrough, 'no session');
  const suites = hello.sized(2).words();
  const compressions = hello.sized(1);
  assert.equal(compressions.number(1), 0);
  assert.ok(compressions.isThrough);
  const extensions = new Map<number, Reader>();
  const list = hello.sized(2);
  assert.ok(hello.isThrough);
  while (!list.isThrough) extensions.set(list.number(2), list.sized(2));
  return { version, random, suites, extensions };
}

async function helloOf(context: TestContext, host: string, version: TlsVersion) {
  const { port, told } = await answering(context, []);
  assert.deepEqual(await sayHello(`https://${host}:${port}/path?q`, version, never), { kind: 'closed' });
  return readHello(told[0] ?? assert.fail('nothing was said'));
}

describe('what is said to a server to learn its version of TLS', () => {
  it('is a whole hello of that version, with the name of the host', async (context) => {
    for (const [version, number] of [
      ['1.0', 0x0301],
      ['1.1', 0x0302],
      ['1.2', 0x0303],
    ] as const) {
      const hello = await helloOf(context, 'localhost', version);
      assert.equal(hello.version, number);
      assert.ok(new Set(hello.random).size > 8);
      for (const suite of [0xc014, 0x002f, 0x0004, 0x00ff]) assert.ok(hello.suites.includes(suite));
      assert.equal(hello.suites.includes(0xc02f), version === '1.2');
      assert.equal(hello.suites.includes(0x003d), version === '1.2');
      const names = hello.extensions.get(0)?.sized(2);
      assert.equal(names?.number(1), 0);
      assert.equal(names.bytes(names.number(2)).toString(), 'localhost');
      assert.ok(names.isThrough);
      assert.deepEqual(hello.extensions.get(10)?.sized(2).words(), [29, 23, 24, 25]);
      assert.deepEqual(hello.extensions.get(11)?.sized(1).bytes(1), Buffer.from([0]));
      const algorithms = hello.extensions.get(13)?.sized(2).words();
      assert.deepEqual(algorithms?.includes(0x0804), version === '1.2' ? true : undefined);
      assert.equal(hello.extensions.size, version === '1.2' ? 4 : 3);
    }
  });

  it('names no host that is an address', async (context) => {
    assert.equal((await helloOf(context, '127.0.0.1', '1.2')).extensions.has(0), false);
  });
});

describe('what a server makes of a hello', () => {
  const rows: readonly (readonly [what: string, bytes: readonly number[], answer: HelloAnswer])[] = [
    ['an alert', [21, 3, 1, 0, 2, 2, 70], { kind: 'alert', alert: 70 }],
    ['an alert and more', [21, 3, 3, 0, 2, 2, 40, 21, 3, 3, 0, 2, 1, 0], { kind: 'alert', alert: 40 }],
    ['a hello', [22, 3, 1, 0, 60, 2, 0, 0, 56, 3, 2], { kind: 'hello', version: 0x0302 }],
    ['a hello and more', [22, 3, 3, 0, 60, 2, 0, 0, 56, 3, 3, 9], { kind: 'hello', version: 0x0303 }],
    ['half an alert', [21, 3, 1, 0, 2, 2], { kind: 'other' }],
    ['half a hello', [22, 3, 1, 0, 60, 2, 0, 0, 56, 3], { kind: 'other' }],
    ['another handshake', [22, 3, 1, 0, 60, 1, 0, 0, 56, 3, 2], { kind: 'other' }],
    ['another record', [23, 3, 1, 0, 60, 2, 0, 0, 56, 3, 2], { kind: 'other' }],
    ['a record of no TLS', [22, 2, 1, 0, 60, 2, 0, 0, 56, 3, 2], { kind: 'other' }],
    ['an alert of no TLS', [21, 9, 1, 0, 2, 2, 70], { kind: 'other' }],
    ['plain HTTP', [...Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')], { kind: 'other' }],
  ];
  for (const [what, bytes, answer] of rows)
    it(`is ${JSON.stringify(answer)} when it sends ${what}, at once or in pieces`, async (context) => {
      for (const parts of [[Buffer.from(bytes)], bytes.map((byte) => Buffer.from([byte]))]) {
        const { port } = await answering(context, parts);
        assert.deepEqual(await sayHello(`https://127.0.0.1:${port}`, '1.2', never), answer);
      }
    });

  it('is known as soon as enough has come, however long the server waits', async (context) => {
    for (const row of rows.slice(0, 4)) {
      const { port } = await answering(context, [Buffer.from(row[1])], false);
      assert.deepEqual(await sayHello(`https://127.0.0.1:${port}`, '1.0', never), row[2]);
    }
  });

  it('is what OpenSSL answers: its own version, or that the version is too old', async (context) => {
    const { cert, key } = selfSignedCertificate();
    const server = createTls({ cert, key, minVersion: 'TLSv1.2' }).on('tlsClientError', () => undefined);
    const url = `https://localhost:${await listen(context, server)}`;
    assert.deepEqual(await sayHello(url, '1.2', never), { kind: 'hello', version: 0x0303 });
    for (const version of ['1.0', '1.1'] as const)
      assert.deepEqual(await sayHello(url, version, never), { kind: 'alert', alert: 70 });
  });

  it('is an answer, too, when the connection breaks once it was there', async (context) => {
    const server = createTcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const port = await listen(context, server);
    assert.deepEqual(await sayHello(`https://127.0.0.1:${port}`, '1.2', never), { kind: 'closed' });
  });

  it('is the failure of the network when there is no connection, or the reason of who gave up', async (context) => {
    const server = createTcp();
    const port = await listen(context, server);
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(sayHello(`https://127.0.0.1:${port}`, '1.2', never), { code: 'ECONNREFUSED' });
    const { port: silent } = await answering(context, [], false);
    const giveUp = new AbortController();
    const asked = sayHello(`https://127.0.0.1:${silent}`, '1.2', giveUp.signal);
    setImmediate(() => giveUp.abort(new Error('enough')));
    await assert.rejects(asked, { message: 'enough' });
    await assert.rejects(sayHello(`https://127.0.0.1:${silent}`, '1.2', giveUp.signal), {
      message: 'enough',
    });
  });
});
