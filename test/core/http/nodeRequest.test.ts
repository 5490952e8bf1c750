import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
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
  ] as const)
    it(`says of “${status}” whether it went well, as fetch does`, async (context) => {
      const response = await nodeFetch(await serve(context, head(status) + body));
      assert.deepEqual([response.status, response.ok], [Number(status.slice(0, 3)), ok]);
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
