import assert from 'node:assert/strict';
import { createServer as createHttp } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { nodeFetch } from '../../../src/core/http/nodeRequest.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { machineProfile } from '../../support/profiles.ts';

const body = '{"access_token":"tok-2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer"}';
const head = (status: string, more = '') =>
  `HTTP/1.1 ${status}\r\n${more}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;

/** Client credentials over a connection of its own, at a server that sends these bytes. */
async function ask(context: TestContext, bytes: string, stays = false) {
  const origin = await serve(context, bytes, stays);
  const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` });
  return runFlow('client_credentials', profile, flowDeps({ fetch: nodeFetch }));
}

/** The origin of a server that sends these bytes. */
async function serve(context: TestContext, bytes: string, stays = false): Promise<string> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined));
    socket.once('data', () => (stays ? socket.write(bytes, 'latin1') : socket.end(bytes, 'latin1')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a connection of its own, as a client certificate takes', () => {
  for (const status of ['999 Odd', '600 Odd', '000 Odd', '101 Switching Protocols'])
    it(`to a server that answers “${status}” ends with a sentence`, async (context) => {
      const report = await ask(context, head(status) + body);
      assert.equal(failureOf(report, 'http_error').status, Number(status.slice(0, 3)));
      assert.equal(report.exchanges[0]?.response?.statusText, status.slice(4));
    });

  for (const [status, ok] of [
    ['200 OK', true],
    ['401 Unauthorized', false],
    ['600 Odd', false],
    ['300 Multiple Choices', false],
    ['000 Odd', false],
    ['299 Odd', true],
  ] as const)
    it(`says of “${status}” whether it went well, as fetch does`, async (context) => {
      const response = await nodeFetch(await serve(context, head(status) + body));
      assert.deepEqual([response.status, response.ok], [Number(status.slice(0, 3)), ok]);
    });

  for (const status of [204, 205, 304])
    it(`has no body where ${status} says that none comes`, async (context) => {
      const response = await nodeFetch(await serve(context, `HTTP/1.1 ${status} x\r\nx-a: 1\r\n\r\n`));
      assert.equal(response.body, null);
      assert.equal(response.headers.get('x-a'), '1');
    });

  it('says what it sends and how much of it, as fetch does', async (context) => {
    const heard: [type: string | undefined, length: string | undefined, body: string][] = [];
    const server = createHttp((request, response) => {
      const { 'content-type': type, 'content-length': length } = request.headers;
      void text(request).then((body) => {
        heard.push([type, length, body]);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    context.after(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const form = new URLSearchParams({ a: 'é' });
    const headers = { 'content-type': 'text/plain' };
    for (const init of [
      { method: 'POST', body: form },
      { method: 'POST', body: form, headers },
      { method: 'POST', body: 'é', headers },
      { method: 'POST', body: new TextEncoder().encode('é€') },
      { method: 'POST' },
      {},
    ])
      await nodeFetch(url, init);
    const asForm = 'application/x-www-form-urlencoded;charset=UTF-8';
    assert.deepEqual(heard, [
      [asForm, '8', 'a=%C3%A9'],
      ['text/plain', '8', 'a=%C3%A9'],
      ['text/plain', '2', 'é'],
      [undefined, '5', 'é€'],
      [undefined, '0', ''],
      [undefined, undefined, ''],
    ]);
  });

  for (const stays of [true, false])
    it(`to a server that goes over to another protocol ends, ${stays ? 'whoever' : 'even where nobody'} holds it open`, async (context) => {
      const upgrade = 'upgrade: websocket\r\nconnection: upgrade\r\n';
      const report = await ask(context, head('101 Switching Protocols', upgrade), stays);
      assert.equal(failureOf(report, 'network').code, 'ECONNRESET');
    });

  for (const words of ['a\u0001b\u007fc', '', 'caf\u00e9'])
    it(`takes the reason ${JSON.stringify(words)} as it is`, async (context) => {
      const report = await ask(context, head(`200 ${words}`) + body);
      assert.equal(tokensOf(report).access_token, 'tok-2YotnFZFEjr1zCsicMWpAA');
      assert.equal(report.exchanges[0]?.response?.statusText, words);
    });
});
