import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { nodeFetch } from '../../../src/core/http/nodeRequest.ts';

const text = 'The words of an API, over and over. '.repeat(200);

/** What arrives of an answer with this content coding. */
async function arrives(context: TestContext, coding: string | undefined, bytes: Buffer): Promise<Buffer> {
  const server = createServer((_: IncomingMessage, response) => {
    if (coding !== undefined) response.setHeader('content-encoding', coding);
    response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return Buffer.from(await (await nodeFetch(`http://127.0.0.1:${port}/`)).arrayBuffer());
}

describe('the body of an answer', () => {
  const codings: readonly (readonly [coding: string | undefined, bytes: Buffer])[] = [
    [undefined, Buffer.from(text)],
    ['identity', Buffer.from(text)],
    ['gzip', gzipSync(text)],
    ['GZip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['br,identity , gzip', gzipSync(brotliCompressSync(text))],
    ['gzip,gzip,gzip,gzip,gzip', [1, 2, 3, 4].reduce((inner) => gzipSync(inner), gzipSync(text))],
  ];
  for (const [coding, bytes] of codings)
    it(`comes as it was written, with ${coding ?? 'no coding'}`, async (context) => {
      assert.equal((await arrives(context, coding, bytes)).toString(), text);
    });

  for (const coding of ['zstd', 'gzip, zstd', 'toString', 'gzip,gzip,gzip,gzip,gzip,gzip'])
    it(`comes as it is with ${coding}, which nobody here undoes`, async (context) => {
      assert.deepEqual(await arrives(context, coding, gzipSync(text)), gzipSync(text));
    });

  for (const [coding, bytes] of [
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
  ] as const)
    it(`that was cut off comes as far as it goes, with ${coding}`, async (context) => {
      const came = (await arrives(context, coding, bytes.subarray(0, bytes.length - 4))).toString();
      assert.ok(came.length > 30, came);
      assert.ok(text.startsWith(came));
    });

  for (const coding of ['gzip', 'br'])
    it(`that is something else than ${coding} fails, and nothing else does`, async (context) => {
      await assert.rejects(arrives(context, coding, Buffer.from(text)));
    });
});
