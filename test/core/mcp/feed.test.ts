import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../src/adapters/clock.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import { isTurnedDown, tokenForServer } from '../../../src/core/mcp/feed.ts';
import { close, listen } from '../../../src/demo/listen.ts';
import { machineProfile } from '../../support/profiles.ts';

const tokens = (access: string, type = 'Bearer'): TokenSet => ({
  access_token: access,
  token_type: type,
  received_at: 0,
  requested_scopes: [],
  extra: {},
});

/** A server that takes one token, with a session where `session` says so; each request as method and token. */
async function serve(test: TestContext, good: string, session?: string) {
  const asked: string[] = [];
  const bearer = ({ headers }: IncomingMessage) => headers.authorization?.replace('Bearer ', '') ?? '';
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${bearer(request)}`);
    request.resume();
    if (bearer(request) !== good) response.writeHead(401).end();
    else
      response
        .writeHead(200, {
          'content-type': 'application/json',
          ...(session !== undefined && { 'mcp-session-id': session }),
        })
        .end('{"jsonrpc":"2.0","id":1,"result":{}}');
  });
  const url = `http://127.0.0.1:${await listen(server, 0)}/mcp`;
  test.after(() => close(server));
  return { url, asked };
}

function feed(url: string, first: TokenSet, second?: TokenSet) {
  const trace = new Trace();
  const { signal } = new AbortController();
  const fetched = recordingFetch({ fetch, clock: systemClock, trace, signal, timeout: 5000 });
  const renewed: TokenSet[] = [];
  const result = tokenForServer(machineProfile(), url, {
    version: '0',
    obtain: () => Promise.resolve({ kind: 'token', tokens: first }),
    renew: () => {
      renewed.push(second ?? first);
      return Promise.resolve({ kind: 'token', tokens: second ?? first });
    },
    context: { trace, fetch: fetched, clock: systemClock, signal },
  });
  return { result, renewed };
}

describe('a token for an MCP server that a profile feeds', () => {
  it('is shown to the server, and no other is asked for when it is taken', async (test) => {
    const { url, asked } = await serve(test, 'one');
    const { result, renewed } = feed(url, tokens('one'));
    assert.equal((await result).access_token, 'one');
    assert.deepEqual([asked, renewed], [['POST one'], []]);
  });

  it('is a new one after a 401, once', async (test) => {
    const { url, asked } = await serve(test, 'two');
    const { result } = feed(url, tokens('one'), tokens('two'));
    assert.equal((await result).access_token, 'two');
    assert.deepEqual(asked, ['POST one', 'POST two']);
  });

  it('is none when the new one is refused, too: the sentence says what to look at', async (test) => {
    const { url, asked } = await serve(test, 'none');
    const { result } = feed(url, tokens('one'), tokens('two'));
    await assert.rejects(
      result,
      (thrown) =>
        thrown instanceof FailureError &&
        thrown.failure.kind === 'http_error' &&
        thrown.failure.message.includes('a new one, too'),
    );
    assert.deepEqual(asked, ['POST one', 'POST two']);
  });

  it('ends the session that showed it', async (test) => {
    const { url, asked } = await serve(test, 'one', 'session-1');
    await feed(url, tokens('one')).result;
    assert.deepEqual(asked, ['POST one', 'DELETE one']);
  });

  it('is never one that is bound to a key', async (test) => {
    const { url, asked } = await serve(test, 'one');
    await assert.rejects(feed(url, tokens('one', 'DPoP')).result, FailureError);
    assert.deepEqual(asked, []);
  });

  it('is looked at by a ping outside of any session: only a 401 turns it down', async (test) => {
    const { url, asked } = await serve(test, 'one', 'session-1');
    const trace = new Trace();
    const { signal } = new AbortController();
    const fetched = recordingFetch({ fetch, clock: systemClock, trace, signal, timeout: 5000 });
    const context = { trace, fetch: fetched, clock: systemClock, signal };
    assert.equal(await isTurnedDown(url, tokens('one'), context), false);
    assert.equal(await isTurnedDown(url, tokens('two'), context), true);
    assert.deepEqual(asked, ['POST one', 'POST two']);
    await assert.rejects(isTurnedDown('http://127.0.0.1:1/', tokens('one'), context), FailureError);
  });
});
