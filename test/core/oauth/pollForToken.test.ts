import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pollForToken } from '../../../src/core/oauth/pollForToken.ts';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { Trace } from '../../../src/core/record/trace.ts';

const start = Date.UTC(2026, 10, 22, 12);
const parameters = [['grant_type', 'x']] as const;
const tokens: TokenSet = {
  ...{ access_token: 't', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} },
};

/** What a server answers to one question. */
interface Answer {
  /** What it comes to; a token unless told. */
  readonly error?: Failure | Error;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: object;
}

const common = { step: 'token', message: 'm', advice: 'a' } as const;
const says = (error: string, more: Omit<Answer, 'error'> = {}): Answer => ({
  error: { ...common, kind: 'oauth_error', body: { error } },
  ...more,
});
const status = (number: number, headers: Answer['headers'] = []): Answer => ({
  error: { ...common, kind: 'http_error', status: number },
  headers,
});
const token: Answer = {};
const expired = () => new FailureError({ ...common, kind: 'oauth_error', body: { error: 'expired_token' } });

/** Asks with an interval of 5 s; gives how long it slept before each question, in seconds, and what came of it. */
async function poll(answers: readonly Answer[], { seconds = 600, stopsAt = Infinity } = {}) {
  const trace = new Trace();
  const stop = new AbortController();
  const slept: number[] = [];
  let now = start;
  const clock = {
    now: () => now,
    timeout: () => stop.signal,
    sleep: (milliseconds: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      slept.push(milliseconds / 1000);
      now += milliseconds;
      return Promise.resolve();
    },
  };
  let asked = 0;
  const requestToken = (request: { readonly parameters: unknown }): Promise<TokenSet> => {
    assert.equal(request.parameters, parameters);
    const { error, headers = [], body = {} } = answers[asked] ?? assert.fail('asked too often');
    if (asked++ === stopsAt) stop.abort(new Error('stopped'));
    const request_ = { method: 'POST', url: 'https://as.example.com/token', headers: [] };
    const id = trace.begin({ purpose: 'token', leg: 'extension', startedAt: now, request: request_ });
    const response = { status: 400, statusText: '', headers, body: JSON.stringify(body) };
    trace.update(id, { endedAt: now, response });
    if (error === undefined) return Promise.resolve(tokens);
    return Promise.reject(error instanceof Error ? error : new FailureError(error));
  };
  const ended = await pollForToken(
    { parameters, interval: 5000, deadline: start + seconds * 1000, expired },
    { requestToken },
    { clock, signal: stop.signal, trace },
  ).catch((thrown: unknown) => thrown);
  return { slept, asked, ended };
}

const codeOf = (ended: unknown) =>
  ended instanceof FailureError && ended.failure.kind === 'oauth_error' ? ended.failure.body.error : ended;

describe('asking for a token until somebody has decided', () => {
  const pending = says('authorization_pending');
  const rows: readonly (readonly [what: string, answers: readonly Answer[], slept: readonly number[]])[] = [
    ['at once', [token], [5]],
    ['after some questions, at the interval', [pending, pending, token], [5, 5, 5]],
    [
      'more slowly for good when that is wanted',
      [says('slow_down'), pending, says('slow_down'), token],
      [5, 10, 10, 15],
    ],
    [
      'at the interval that GitHub names',
      [says('slow_down', { body: { interval: 30 } }), pending, token],
      [5, 30, 30],
    ],
    ['no faster than before', [says('slow_down', { body: { interval: 1 } }), token], [5, 10]],
    [
      'at the usual interval where only pending names another',
      [says('authorization_pending', { body: { interval: 30 } }), token],
      [5, 5],
    ],
    [
      'after the pause of Retry-After, once',
      [says('authorization_pending', { headers: [['Retry-After', '20']] }), pending, token],
      [5, 20, 5],
    ],
    [
      'after the time of Retry-After',
      [says('slow_down', { headers: [['retry-after', new Date(start + 45_000).toUTCString()]] }), token],
      [5, 40],
    ],
    [
      'without heed to a time that is past',
      [
        says('authorization_pending', { headers: [['retry-after', new Date(start - 45_000).toUTCString()]] }),
        token,
      ],
      [5, 5],
    ],
    [
      'without heed to what is no time',
      [
        says('authorization_pending', { headers: [['retry-after', 'soon 20']] }),
        says('authorization_pending', { headers: [['retry-after', '20 soon']] }),
        says('authorization_pending', { headers: [['retry-after', 'Sun, soon']] }),
        token,
      ],
      [5, 5, 5, 5],
    ],
    [
      'in growing pauses while nobody answers',
      [status(502), status(503), status(504), status(429), token],
      [5, 10, 20, 40, 60],
    ],
    ['in growing pauses while it is away', [says('temporarily_unavailable'), pending, token], [5, 10, 5]],
    [
      'in growing pauses while the network fails',
      [
        { error: { ...common, kind: 'network', code: 'ECONNRESET' } as Failure },
        { error: { ...common, kind: 'timeout' } as Failure },
        token,
      ],
      [5, 10, 20],
    ],
    ['after what a gateway names', [status(503, [['retry-after', '50']]), token], [5, 50]],
  ];
  for (const [what, answers, slept] of rows)
    it(`gives it ${what}`, async () => {
      assert.deepEqual(await poll(answers), { slept, asked: answers.length, ended: tokens });
    });

  it('ends with what the server says otherwise', async () => {
    assert.equal(codeOf((await poll([pending, says('access_denied')])).ended), 'access_denied');
    for (const number of [400, 401, 500, 501]) {
      const { ended, asked } = await poll([status(number), token]);
      assert.ok(ended instanceof FailureError && ended.failure.kind === 'http_error');
      assert.equal(asked, 1);
    }
    const odd = new TypeError('odd');
    assert.equal((await poll([{ error: odd }])).ended, odd);
  });

  it('ends when the time is over, and asks no more then', async () => {
    const { slept, asked, ended } = await poll([pending, pending, pending], { seconds: 12 });
    assert.deepEqual([slept, asked, codeOf(ended)], [[5, 5, 2], 2, 'expired_token']);
    assert.equal(codeOf((await poll([], { seconds: 5 })).ended), 'expired_token');
    assert.equal(codeOf((await poll([], { seconds: -1 })).ended), 'expired_token');
  });

  it('ends at once when the server wants more time than there is left', async () => {
    const { asked, slept, ended } = await poll([says('slow_down', { headers: [['retry-after', '600']] })]);
    assert.deepEqual([asked, slept, codeOf(ended)], [1, [5], 'slow_down']);
    assert.match(ended instanceof Error ? ended.message : '', /^The server wants 600 s /);
    // What is not long is waited for, even beyond the end.
    const short = await poll([says('slow_down', { headers: [['retry-after', '60']] })], { seconds: 30 });
    assert.deepEqual([short.slept, codeOf(short.ended)], [[5, 25], 'expired_token']);
  });

  it('ends with the reason of who stopped it, whatever was answered', async () => {
    const { ended } = await poll([pending, token], { stopsAt: 0 });
    assert.equal(ended instanceof Error && ended.message, 'stopped');
  });
});
