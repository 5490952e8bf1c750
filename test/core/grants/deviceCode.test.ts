import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { LiveFlow } from '../../../src/core/flow/liveFlow.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
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

/** Runs the grant against a server that gives these answers in order; the clock only notes what was slept. */
async function run(context: TestContext, answers: readonly object[], form = false, cancelAt = Infinity) {
  const left = [...answers];
  const { origin, seen } = await serveSeen(context, (request, response) => {
    if (request.url.startsWith('/.well-known/')) {
      json(response, {}, 404);
      return;
    }
    if (request.url !== '/device') {
      const answer = left.shift() ?? {};
      json(response, answer, 'access_token' in answer ? 200 : 400);
      return;
    }
    if (!form) {
      json(response, codes);
      return;
    }
    response.setHeader('content-type', 'application/x-www-form-urlencoded');
    response.end(
      new URLSearchParams(Object.entries(codes).map(([name, value]) => [name, String(value)])).toString(),
    );
  });
  const profile = {
    ...machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` }),
    grant: 'device_code',
    clientAuthentication: 'none',
    deviceAuthorizationEndpoint: `${origin}/device`,
  } as unknown as Profile;
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

  it('says the device code nowhere', async (context) => {
    const { report } = await run(context, [{ error: 'access_denied', error_description: codes.device_code }]);
    assert.equal(JSON.stringify(report.outcome).includes(codes.device_code), false);
    const view = flowView({ state: 'ended', flow: report }, {});
    assert.equal(JSON.stringify(view).includes(codes.device_code), false);
  });

  it('reads a form-encoded answer', async (context) => {
    const { report, slept } = await run(context, [token], true);
    assert.equal(tokensOf(report).access_token, 'the-token-of-the-test');
    assert.deepEqual(slept, [7000]);
  });

  for (const error of ['expired_token', 'access_denied'])
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
    const { report, seen } = await run(context, [pending, pending, token], false, 2);
    failureOf(report, 'cancelled');
    assert.equal(seen.filter(({ url }) => url === '/token').length, 1);
  });
});
