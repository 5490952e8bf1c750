import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { waitingWords, type LiveFlow } from '../../../src/core/flow/liveFlow.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { machineProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { json, serveSeen } from '../oauth/support/serve.ts';

const codes = {
  device_code: 'the-device-code-of-the-flow',
  user_code: 'WDJB-MJHT',
  verification_uri: 'https://as.example.com/device',
  expires_in: 600,
  interval: 7,
};

/** An answer with its status and header fields. */
class Refusal {
  readonly status: number;
  readonly body: object | string;
  readonly retryAfter: string | undefined;
  constructor(status: number, body: object | string, retryAfter?: string) {
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

/** Runs the grant against a server that gives these answers in order, a number being a status, and 0 none at all; the clock only notes what was slept. */
async function run(
  context: TestContext,
  answers: readonly (object | string | number | Refusal)[],
  { form = false, cancelAt = Infinity, over = {} }: { form?: boolean; cancelAt?: number; over?: object } = {},
) {
  const left = [...answers];
  const { origin, seen } = await serveSeen(context, (request, response) => {
    if (request.url.startsWith('/.well-known/')) {
      json(response, {}, 404);
      return;
    }
    if (request.url !== '/device') {
      const answer = left.shift() ?? {};
      if (answer === 0) response.destroy();
      else if (answer instanceof Refusal) {
        const { status, body, retryAfter } = answer;
        if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
        if (typeof body === 'object') json(response, body, status);
        else response.writeHead(status, { 'content-type': 'text/html' }).end(body);
      } else if (typeof answer === 'number') response.writeHead(answer).end();
      else if (typeof answer === 'string')
        response.writeHead(200, { 'content-type': 'text/html' }).end(answer);
      else json(response, answer, 'access_token' in answer ? 200 : 400);
      return;
    }
    if (!form) {
      json(response, { ...codes, ...over });
      return;
    }
    response.setHeader('content-type', 'application/x-www-form-urlencoded');
    response.end(
      new URLSearchParams(Object.entries(codes).map(([name, value]) => [name, String(value)])).toString(),
    );
  });
  const profile = machineProfile({
    ...{ issuer: origin, tokenEndpoint: `${origin}/token`, deviceAuthorizationEndpoint: `${origin}/device` },
    ...{ grant: 'device_code', clientAuthentication: 'none' },
  });
  const slept: number[] = [];
  const shown: LiveFlow[] = [];
  const controller = new AbortController();
  const deps = flowDeps();
  let now = 1_700_000_000_000;
  const clock = {
    ...deps.clock,
    timeout: (milliseconds: number) => deps.clock.timeout(milliseconds),
    now: () => now,
    sleep: (milliseconds: number, signal?: AbortSignal) => {
      slept.push(milliseconds);
      now += milliseconds;
      if (slept.length >= cancelAt) controller.abort();
      return signal?.aborted === true ? Promise.reject(signal.reason as Error) : Promise.resolve();
    },
  };
  const report = await runFlow('device_code', profile, {
    ...deps,
    clock,
    signal: controller.signal,
    onProgress: (flow) => shown.push(flow),
  });
  return { report, seen, slept, shown };
}

const pending = { error: 'authorization_pending' };
const token = { access_token: 'the-token-of-the-test', token_type: 'Bearer', expires_in: 60 };

describe('the device authorization grant', () => {
  it('asks at the interval, and 5 s slower for good when it is told to', async (context) => {
    const answers = [pending, { error: 'slow_down' }, pending, token];
    const { report, seen, slept, shown } = await run(context, answers);
    assert.equal(tokensOf(report).access_token, 'the-token-of-the-test');
    assert.deepEqual(slept, [7000, 7000, 12_000, 12_000]);
    const form = new URLSearchParams(seen.find(({ url }) => url === '/token')?.body);
    assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:device_code');
    assert.equal(form.get('device_code'), codes.device_code);
    const waiting = shown.map((flow) => flow.waiting).find((one) => one !== undefined);
    assert.ok(waiting?.kind === 'user_code');
    assert.equal(waiting.userCode, codes.user_code);
    const live = shown.find((flow) => flow.waiting !== undefined);
    assert.ok(live);
    const view = flowView({ state: 'running', flow: live }, {}).waiting;
    assert.deepEqual([view?.userCode, view?.canCopyUrl], [codes.user_code, true]);
  });

  it('asks later and later while nobody answers, and at the interval again when somebody does', async (context) => {
    const answers = [pending, 0, 503, 429, pending, 0, { error: 'slow_down' }, pending, token];
    const { report, slept } = await run(context, answers);
    assert.equal(tokensOf(report).access_token, 'the-token-of-the-test');
    assert.deepEqual(slept, [7000, 7000, 14_000, 28_000, 56_000, 7000, 14_000, 12_000, 12_000]);
  });

  it('asks no earlier than Retry-After says, as Auth0 sends it with slow_down, and no later for good', async (context) => {
    const slow = {
      error: 'slow_down',
      error_description: 'You are polling faster than allowed. Try again in 30 seconds.',
    };
    const answers = [new Refusal(429, slow, '30'), pending, new Refusal(400, slow, '1'), pending, token];
    const { report, slept } = await run(context, answers);
    tokensOf(report);
    assert.deepEqual(slept, [7000, 30_000, 12_000, 17_000, 17_000]);
  });

  it('takes a date, and nothing else, in Retry-After', async (context) => {
    const at = new Date(1_700_000_000_000 + 7000 + 40_000).toUTCString();
    const { report, slept } = await run(context, [new Refusal(503, '<html>', at), token]);
    tokensOf(report);
    assert.deepEqual(slept, [7000, 40_000]);
    for (const wrong of ['soon', '-5', '', '1e9', '0x10', 'Mon, 01 Jan 1990 00:00:00 GMT']) {
      const other = await run(context, [new Refusal(503, '<html>', wrong), token]);
      tokensOf(other.report);
      assert.deepEqual(other.slept, [7000, 14_000], wrong);
    }
  });

  it('says at once that a Retry-After leaves no time to ask', async (context) => {
    const { report } = await run(context, [new Refusal(503, 'later', '86400'), token]);
    assert.match(
      failureOf(report, 'oauth_error').message,
      /^The server wants 86400 s between two questions, which is more than the time/,
    );
  });

  it('asks on where a gateway or the server says that it cannot answer now', async (context) => {
    const now = { error: 'temporarily_unavailable' };
    const answers = [
      502,
      new Refusal(504, '<html>gateway'),
      new Refusal(503, now),
      new Refusal(400, now),
      token,
    ];
    const { report, slept } = await run(context, answers);
    tokensOf(report);
    assert.deepEqual(slept, [7000, 14_000, 28_000, 56_000, 60_000]);
  });

  it('takes the new interval that GitHub names in its slow_down', async (context) => {
    const slow = { error: 'slow_down', interval: 25 };
    const { report, slept } = await run(context, [slow, pending, { error: 'slow_down', interval: 1 }, token]);
    tokensOf(report);
    assert.deepEqual(slept, [7000, 25_000, 25_000, 30_000]);
  });

  it('never asks more than a minute apart, and ends with what is no pause', async (context) => {
    const { slept } = await run(context, [0, 0, 0, 0, 0, token]);
    assert.deepEqual(slept, [7000, 14_000, 28_000, 56_000, 60_000, 60_000]);
    const { report } = await run(context, [pending, 500, token]);
    assert.equal(failureOf(report, 'http_error').status, 500);
  });

  it('says the device code nowhere', async (context) => {
    const { report } = await run(context, [{ error: 'access_denied', error_description: codes.device_code }]);
    assert.equal(JSON.stringify(report.outcome).includes(codes.device_code), false);
    const view = flowView({ state: 'ended', flow: report }, {});
    assert.equal(JSON.stringify(view).includes(codes.device_code), false);
  });

  it('reads a form-encoded answer', async (context) => {
    const { report, slept } = await run(context, [token], { form: true });
    assert.equal(tokensOf(report).access_token, 'the-token-of-the-test');
    assert.deepEqual(slept, [7000]);
  });

  for (const error of ['expired_token', 'access_denied', 'authorization_declined'])
    it(`ends with ${error}`, async (context) => {
      const { report } = await run(context, [pending, { error }]);
      assert.equal(failureOf(report, 'oauth_error').body.error, error);
    });

  it('ends when the code expires', async (context) => {
    const { report, slept } = await run(
      context,
      Array.from({ length: 200 }, () => pending),
    );
    assert.equal(failureOf(report, 'oauth_error').body.error, 'expired_token');
    assert.equal(slept.length, Math.ceil(600 / 7));
  });

  it('asks no more when it is cancelled', async (context) => {
    const { report, seen } = await run(context, [pending, pending, token], { cancelAt: 2 });
    failureOf(report, 'cancelled');
    assert.equal(seen.filter(({ url }) => url === '/token').length, 1);
  });

  for (const [interval, pause] of [
    [0, 5000],
    [-3, 5000],
    ['7', 7000],
    ['soon', 5000],
    [null, 5000],
    [[1], 5000],
    [0.01, 1000],
    [undefined, 5000],
  ] as const)
    it(`asks every ${pause} ms where the server says an interval of ${JSON.stringify(interval)}`, async (context) => {
      const { report, slept } = await run(context, [pending, token], { over: { interval } });
      tokensOf(report);
      assert.deepEqual(slept, [pause, pause]);
    });

  for (const interval of [600, 86_400, 1e300])
    it(`says at once that an interval of ${interval} s leaves no time to ask`, async (context) => {
      const { report, slept, seen } = await run(context, [token], { over: { interval } });
      assert.match(
        failureOf(report, 'oauth_error').message,
        /s between two questions, which is more than the time/,
      );
      assert.deepEqual(slept, []);
      assert.ok(!seen.some(({ url }) => url === '/token'));
    });

  it('ends where it is told to slow down for ever', async (context) => {
    const slow = Array.from({ length: 500 }, () => ({ error: 'slow_down' }));
    const { report, slept } = await run(context, slow);
    assert.equal(failureOf(report, 'oauth_error').body.error, 'slow_down');
    assert.ok(slept.length < 20);
  });

  for (const expires of [undefined, 0, -1, 'x', null])
    it(`waits for a quarter of an hour where expires_in is ${JSON.stringify(expires)}`, async (context) => {
      const answers = Array.from({ length: 20 }, () => pending);
      const { report, slept } = await run(context, answers, { over: { expires_in: expires, interval: 60 } });
      assert.equal(failureOf(report, 'oauth_error').body.error, 'expired_token');
      assert.equal(
        slept.reduce((all, one) => all + one, 0),
        900_000,
      );
    });

  for (const name of ['verification_uri', 'verification_uri_complete'])
    for (const uri of [
      'javascript:alert(1)',
      'data:text/html,x',
      'http://as.example.com/device',
      'file:///etc',
      'no address',
    ])
      it(`opens and shows nothing where ${name} is ${uri}`, async (context) => {
        const { report, shown } = await run(context, [token], { over: { [name]: uri } });
        assert.equal(report.outcome.kind, 'failure');
        assert.ok(!shown.some(({ waiting }) => waiting !== undefined));
      });

  for (const [name, code] of [
    ['a number', 5],
    ['empty', ''],
    ['a list', ['A']],
  ] as const)
    it(`is told of a user code that is ${name}`, async (context) => {
      const { report } = await run(context, [token], { over: { user_code: code } });
      assert.equal(failureOf(report, 'malformed_response').code, 'no_device_code');
    });

  it('shows a user code of markup, of marks that turn text round, or of endless length as a short text', async (context) => {
    for (const code of [
      '<img src=x onerror=alert(1)>',
      'AB\u202EDC\u0000\nEF',
      'X'.repeat(200_000),
      '[a](command:x)',
    ]) {
      const { report, shown } = await run(context, [token], { over: { user_code: code } });
      tokensOf(report);
      const live = shown.find(({ waiting }) => waiting !== undefined);
      assert.ok(live?.waiting);
      const view = flowView({ state: 'running', flow: live }, {}).waiting;
      for (const text of [view?.userCode ?? '', waitingWords(live.waiting).sentence]) {
        assert.ok(text.length < 1000, `${code.slice(0, 20)}: ${text.length}`);
        assert.ok(!['\u202E', '\u0000', '\n'].some((mark) => text.includes(mark)));
      }
    }
  });

  it('is told of a page in the place of the answer to a question', async (context) => {
    const { report } = await run(context, [pending, '<html>down</html>']);
    assert.match(report.outcome.kind === 'failure' ? report.outcome.failure.message : '', /HTML|page/i);
  });
});
