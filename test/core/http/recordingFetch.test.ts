import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordingFetch, type RecordingOptions } from '../../../src/core/http/recordingFetch.ts';
import type { Fetch, FetchInit } from '../../../src/core/ports.ts';
import type { ExchangePurpose } from '../../../src/core/record/exchange.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';

const url = 'https://as.example.com/token';
const never = new AbortController().signal;
let now = 0;
const clock = { now: () => ++now, sleep: () => Promise.resolve(), timeout: () => never };

interface Sent {
  readonly url: string;
  readonly init: FetchInit;
}

/** One request, with what answers it and what is set otherwise. */
async function send(
  answer: Response | (() => Promise<Response>) = new Response('{}'),
  {
    init,
    purpose = 'token',
    over = {},
    to = url,
  }: {
    readonly init?: FetchInit | undefined;
    readonly purpose?: ExchangePurpose;
    readonly over?: Partial<RecordingOptions>;
    readonly to?: string | undefined;
  } = {},
) {
  const trace = new Trace();
  const sent: Sent[] = [];
  const fetch: Fetch = (asked, given = {}) => {
    sent.push({ url: asked, init: given });
    return typeof answer === 'function' ? answer() : Promise.resolve(answer);
  };
  const options = { fetch, clock, trace, signal: never, timeout: 4000, ...over };
  let response: Response | undefined;
  let failure: FailureError['failure'] | undefined;
  try {
    response = await recordingFetch(options)(purpose, 'token')(to, init);
  } catch (thrown) {
    assert.ok(thrown instanceof FailureError, String(thrown));
    ({ failure } = thrown);
  }
  return { trace, sent, response, failure, exchange: trace.exchanges[0] };
}

/** An answer whose body breaks off after some text. */
const brokenOff = (text: string) =>
  new Response(
    new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from(text)),
      pull: (controller) => controller.error(Object.assign(new Error('gone'), { code: 'ECONNRESET' })),
    }),
    { status: 201 },
  );

describe('a request that is recorded', () => {
  const requests: readonly (readonly [what: string, init: FetchInit | undefined, recorded: object])[] = [
    ['nothing but an address', undefined, { method: 'GET', url, headers: [] }],
    [
      'a form',
      { method: 'POST', body: new URLSearchParams({ a: 'b c' }) },
      { method: 'POST', url, headers: [], body: 'a=b+c' },
    ],
    ['a text', { body: 'a text' }, { method: 'GET', url, headers: [], body: 'a text' }],
    ['bytes of a text', { body: Buffer.from('é') }, { method: 'GET', url, headers: [], body: 'é' }],
    [
      'bytes of none',
      { body: Buffer.from([0xff, 0xfe, 0]) },
      { method: 'GET', url, headers: [], body: '(3 bytes that are not text)', binary: true },
    ],
    ['a body of another kind', { body: new Blob(['a']) }, { method: 'GET', url, headers: [] }],
    [
      'headers as they are written',
      { headers: { 'X-B': '2', 'X-A': '1' } },
      {
        method: 'GET',
        url,
        headers: [
          ['X-B', '2'],
          ['X-A', '1'],
        ],
      },
    ],
    [
      'headers of a list',
      {
        headers: [
          ['X-B', '2'],
          ['X-A', '1'],
        ],
      },
      {
        method: 'GET',
        url,
        headers: [
          ['x-a', '1'],
          ['x-b', '2'],
        ],
      },
    ],
    [
      'headers of the platform',
      { headers: new Headers({ 'X-A': '1' }) },
      { method: 'GET', url, headers: [['x-a', '1']] },
    ],
  ];
  for (const [what, init, recorded] of requests)
    it(`is ${what}`, async () => {
      const { exchange } = await send(undefined, { init });
      assert.deepEqual(exchange?.request, recorded);
    });

  it('is sent as it was given, without redirects, and until it is cancelled', async () => {
    const stop = new AbortController();
    const init = { method: 'POST', headers: { a: 'b' }, body: 'c', signal: stop.signal };
    const { sent, exchange } = await send(undefined, { init });
    const [{ url: asked, init: given } = assert.fail()] = sent;
    const { signal, ...others } = given;
    assert.equal(asked, url);
    assert.deepEqual(others, { method: 'POST', headers: { a: 'b' }, body: 'c', redirect: 'manual' });
    assert.ok(signal && signal !== stop.signal);
    assert.equal(exchange?.purpose, 'token');
    assert.equal(exchange.leg, 'extension');
    assert.ok(exchange.startedAt < (exchange.endedAt ?? 0));
  });

  it('says what in it is secret, where something is', async () => {
    const { exchange } = await send(undefined, { over: { secrets: () => ['abcd'] } });
    assert.deepEqual(exchange?.request.secrets, ['abcd']);
  });

  it('shows the certificate that it is given, else that of the profile', async () => {
    const identity = (name: string) => ({ certificate: name, key: 'k' });
    const over = { identity: (asked: string) => (asked === url ? identity('profile') : undefined) };
    const shown = async (init?: FetchInit, to?: string) => {
      const { sent } = await send(undefined, { over, init, to });
      return sent[0]?.init.identity?.certificate;
    };
    assert.equal(await shown(), 'profile');
    assert.equal(await shown({ identity: identity('own') }), 'own');
    assert.equal(await shown(undefined, `${url}/other`), undefined);
    const { sent, exchange } = await send(undefined, { over: { identity: () => undefined } });
    assert.ok(!('identity' in (sent[0]?.init ?? {})));
    assert.ok(exchange && !('certificate' in exchange.request));
  });

  it('is not made where it is not secure', async () => {
    const { sent, failure, trace } = await send(undefined, { to: 'http://as.example.com/' });
    assert.deepEqual([sent.length, failure?.kind, trace.exchanges.length], [0, 'insecure_url', 0]);
  });
});

describe('an answer that is recorded', () => {
  it('is handed on as a copy that can be read again, and is known by its exchange', async () => {
    const headers = { 'content-type': 'application/json', 'x-a': 'b' };
    const answer = new Response('{"a":1}', { status: 400, statusText: 'Bad', headers });
    const { response = assert.fail(), exchange, trace } = await send(answer);
    assert.equal(response.status, 400);
    assert.equal(response.headers.get('x-a'), 'b');
    assert.deepEqual(await response.json(), { a: 1 });
    assert.deepEqual(await response.json(), { a: 1 });
    assert.deepEqual(exchange?.response, {
      ...{ status: 400, statusText: 'Bad', body: '{"a":1}' },
      headers: Object.entries(headers),
    });
    assert.equal(trace.idOf(response), exchange.id);
  });

  const twice = '{"a":1,"b":2,"a":3,"b":4}';
  const deviating: readonly (readonly [purpose: ExchangePurpose, body: string, times: number])[] = [
    ['token', twice, 1],
    ['token', '{"a":1}', 0],
    ['api', twice, 0],
    ['authorization', twice, 0],
    ['redirect', twice, 0],
    ['sign_out', twice, 0],
    ['discovery', twice, 1],
    // A form is nothing to who reads JSON.
    ['discovery', 'a=1&a=2&b=1&b=2', 0],
    ['token', 'a=1&a=2&b=1&b=2', 1],
  ];
  for (const [purpose, body, times] of deviating)
    it(`says ${times} times what it has twice: ${purpose} ${body}`, async () => {
      const { exchange } = await send(new Response(body), { purpose });
      assert.equal(exchange?.deviations.length, times);
      for (const { code, message } of exchange.deviations) {
        assert.equal(code, 'member_twice');
        assert.ok(message.includes('“a”, “b” more than once'), message);
      }
    });

  it('says no secret by its name', async () => {
    const secret = 'q7Rk2vXb9LmN4pTs';
    const over = { secrets: () => [secret] };
    const { exchange } = await send(new Response(`{"${secret}":1,"${secret}":2}`), { over });
    assert.ok(exchange?.deviations[0]?.message.includes('“…4pTs”'));
  });

  it('is refused when it is larger than the limit, and shown up to there', async () => {
    const { exchange, failure } = await send(new Response('a'.repeat(3000)), { over: { limit: 2048 } });
    assert.equal(failure?.kind, 'response_too_large');
    assert.ok('limit' in failure && failure.limit === 2048 && failure.exchange === 1);
    assert.match(failure.message, /as\.example\.com is larger than 2 KiB/);
    assert.deepEqual(exchange?.error, { code: 'response_too_large', message: failure.message });
    assert.equal(exchange.response?.body.length, 2048);
    const { response } = await send(new Response('a'.repeat(2048)), { over: { limit: 2048 } });
    assert.equal((await response?.text())?.length, 2048);
    const large = await send(new Response('a'.repeat(1024 * 1024 + 1)));
    assert.equal(large.failure?.kind, 'response_too_large');
  });

  it('is refused with a status that HTTP has not', async () => {
    for (const [status, isRefused] of [
      [199, true],
      [200, false],
      [599, false],
      [600, true],
    ] as const) {
      const answer = Object.defineProperty(new Response('{}'), 'status', { value: status });
      const { failure, exchange } = await send(answer);
      assert.equal(exchange?.response?.status, status);
      assert.deepEqual(
        failure && [failure.kind, 'status' in failure && failure.status, failure.exchange],
        isRefused ? ['http_error', status, 1] : undefined,
      );
    }
  });

  it('that breaks off is kept as far as it came', async () => {
    const { exchange, failure } = await send(brokenOff('{"a":'));
    assert.equal(exchange?.response?.body, '{"a":');
    assert.equal(failure?.kind, 'network');
    assert.ok('status' in failure && failure.status === 201, failure.message);
    assert.equal(exchange.error?.code, 'ECONNRESET');
  });
});

describe('a request that fails', () => {
  const thrown = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));

  it('says what the network said, and when', async () => {
    const { exchange, failure } = await send(thrown);
    assert.deepEqual([failure?.kind, failure?.step, failure?.exchange], ['network', 'token', 1]);
    assert.deepEqual(exchange?.error, { code: 'ENOTFOUND', message: failure?.message });
    assert.ok(exchange.startedAt < (exchange.endedAt ?? 0));
    assert.equal(exchange.response, undefined);
  });

  it('says whether it was cancelled, by the flow or by who asked, or took too long', async () => {
    const aborted = AbortSignal.abort(new Error('stop'));
    const kinds = [
      (await send(thrown, { over: { signal: aborted } })).failure?.kind,
      (await send(thrown, { init: { signal: aborted } })).failure?.kind,
      (await send(thrown, { over: { clock: { ...clock, timeout: () => aborted } } })).failure?.kind,
      (await send(thrown, { init: { signal: never } })).failure?.kind,
    ];
    assert.deepEqual(kinds, ['cancelled', 'cancelled', 'timeout', 'network']);
    const { exchange } = await send(thrown, { over: { signal: aborted } });
    assert.equal(exchange?.error?.code, 'cancelled');
  });

  it('is cancelled while it is under way', async () => {
    const stop = new AbortController();
    const trace = new Trace();
    const fetch: Fetch = (_, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new Error('x'))),
      );
    const times: number[] = [];
    const timed = { ...clock, timeout: (milliseconds: number) => (times.push(milliseconds), never) };
    const ask = recordingFetch({ fetch, clock: timed, trace, signal: stop.signal, timeout: 1234 });
    const asked = ask('token', 'token')(url);
    stop.abort();
    await assert.rejects(asked, ({ failure }: FailureError) => failure.kind === 'cancelled');
    assert.deepEqual(times, [1234]);
  });

  it('keeps a failure that was said already', async () => {
    const own = { kind: 'cancelled', step: 'token', message: 'own', advice: '' } as const;
    const { failure, exchange } = await send(() => Promise.reject(new FailureError(own)));
    assert.equal(failure?.message, 'own');
    assert.equal(exchange?.error, undefined);
  });

  it('lets go of the signals that it followed', async () => {
    const stop = new AbortController();
    const held = new Set<unknown>();
    const { signal } = stop;
    signal.addEventListener = (_: string, listener: unknown) => void held.add(listener);
    signal.removeEventListener = (_: string, listener: unknown) => void held.delete(listener);
    await send(undefined, { over: { signal } });
    await send(thrown, { over: { signal } });
    assert.equal(held.size, 0);
  });
});
