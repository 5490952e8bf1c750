import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { networkFetch, programFetch } from '../../src/adapters/network.ts';
import { callApi } from '../../src/core/api/callApi.ts';
import { nodeFetch } from '../../src/core/http/nodeRequest.ts';
import { realClock } from '../core/diagnose/play.ts';
import { clientCredentials } from '../core/diagnose/support.ts';

/** A server that answers as told, and what it heard. */
async function serve(
  context: TestContext,
  headers: Record<string, string> = {},
  answer: Buffer | string = '{}',
) {
  const heard: { readonly message: IncomingMessage; readonly body: string }[] = [];
  const server = createServer((message, response) => {
    void buffer(message).then((body) => {
      heard.push({ message, body: body.toString() });
      response.writeHead(200, headers).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  return { heard, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('the network', () => {
  for (const [name, fetch] of [
    ['of the editor', networkFetch],
    ['of the command line', programFetch({})],
  ] as const)
    for (const method of ['GET', 'HEAD', 'DELETE', 'POST'])
      it(`${name} sends a body with ${method}, as a search API takes it`, async (context) => {
        const { heard, origin } = await serve(context);
        const search = '{"query":{"match_all":{}}}';
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`${origin}/_search`, { method, headers, body: search });
        assert.equal(response.status, 200);
        assert.deepEqual([heard[0]?.message.method, heard[0]?.body], [method, search]);
      });

  for (const method of ['TRACE', 'QUERY', 'MKCOL', 'REPORT'])
    it(`sends ${method}`, async (context) => {
      const { heard, origin } = await serve(context);
      assert.equal((await networkFetch(`${origin}/a`, { method })).status, 200);
      assert.equal(heard[0]?.message.method, method);
    });

  const coded = { gzip: gzipSync, 'x-gzip': gzipSync, deflate: deflateSync, br: brotliCompressSync };
  for (const [coding, encode] of Object.entries(coded))
    it(`reads what a connection of its own brings in ${coding}, as fetch does`, async (context) => {
      const { origin } = await serve(context, { 'content-encoding': coding }, encode('Grüße'));
      assert.equal(await (await nodeFetch(origin)).text(), 'Grüße');
    });

  it('reads several codings, and leaves an unknown one as it is', async (context) => {
    const twice = await serve(context, { 'content-encoding': 'deflate, gzip' }, gzipSync(deflateSync('b')));
    assert.equal(await (await nodeFetch(twice.origin)).text(), 'b');
    const odd = await serve(context, { 'content-encoding': 'aes128gcm' }, 'c');
    assert.equal(await (await nodeFetch(odd.origin)).text(), 'c');
  });

  it('says so where what comes is not in the coding that it names', async (context) => {
    const { origin } = await serve(context, { 'content-encoding': 'gzip' }, 'no gzip');
    await assert.rejects(async () => (await nodeFetch(origin)).text());
  });

  it('takes the headers of a connection from nobody’s file', async (context) => {
    for (const name of [
      'Connection',
      'Keep-Alive',
      'Proxy-Connection',
      'Upgrade',
      'Expect',
      'TE',
      'Trailer',
    ]) {
      const { heard, origin } = await serve(context);
      const { report } = await callApi(
        clientCredentials(),
        { method: 'POST', url: `${origin}/a`, headers: [[name, 'trailers']], body: new Uint8Array([97]) },
        {
          ...{ fetch: networkFetch, clock: realClock, timeout: 5000, used: [origin] },
          signal: new AbortController().signal,
          tokens: {
            ...{ access_token: 'opaque-token-1', token_type: 'Bearer', received_at: 0 },
            ...{ requested_scopes: [], extra: {} },
          },
          renew: () => assert.fail('It was accepted.'),
          confirm: () => Promise.resolve(true),
        },
      );
      assert.equal(report.outcome.kind, 'token', name);
      assert.equal(heard[0]?.message.headers.authorization, 'Bearer opaque-token-1');
    }
  });
});
