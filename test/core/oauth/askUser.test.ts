import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Waiting } from '../../../src/core/record/waiting.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';

const issuer = 'https://as.example.com';
const start = Date.UTC(2026, 10, 30);
const pending = { error: 'authorization_pending' };
const token = { access_token: 'the-token', token_type: 'Bearer', expires_in: 60 };
const codes = {
  ...{ device_code: 'd-c0de', user_code: 'WDJB-MJHT', verification_uri: `${issuer}/device` },
  ...{ expires_in: 600, interval: 7 },
};
const request = { auth_req_id: 'r-1', expires_in: 30, interval: 7 };
const typed = {
  ...{ id: 'p', clientId: 'c', clientAuthentication: 'none', tokenEndpoint: `${issuer}/token` },
  deviceAuthorizationEndpoint: `${issuer}/start`,
};
const ciba = {
  ...{ ...typed, grant: 'ciba', deviceAuthorizationEndpoint: undefined, loginHint: 'Ada' },
  clientAuthentication: 'client_secret_basic',
  backchannelAuthenticationEndpoint: `${issuer}/start`,
};
const device = { ...typed, grant: 'device_code' };

/** Runs a grant at a server that begins with `first` and answers the questions with `answers`, the last of them for ever. */
async function run(
  fields: object,
  first: object,
  answers: readonly object[] = [token],
  { status = 200, act }: { status?: number; act?: (waiting: Waiting) => void } = {},
) {
  const parsed = parseProfile(fields);
  if (!('profile' in parsed)) throw new Error(JSON.stringify(parsed.problems));
  const { profile } = parsed;
  const left = [...answers];
  const sent: URLSearchParams[] = [];
  const opened: string[] = [];
  const waited: (Waiting | undefined)[] = [];
  const slept: number[] = [];
  let now = start;
  const report = await runFlow(profile.grant, profile, {
    ...flowDeps(),
    browser: { open: (url) => Promise.resolve(opened.push(url) > 0) },
    clock: {
      ...{ now: () => now, timeout: () => new AbortController().signal },
      sleep: (pause) => {
        slept.push(pause);
        now += pause;
        return Promise.resolve();
      },
    },
    fetch: (url, init) => {
      sent.push(new URLSearchParams(typeof init?.body === 'string' ? init.body : ''));
      if (url.endsWith('/start')) return Promise.resolve(Response.json(first, { status }));
      const answer = (left.length > 1 ? left.shift() : left[0]) ?? {};
      return Promise.resolve(Response.json(answer, { status: 'error' in answer ? 400 : 200 }));
    },
    onProgress: ({ waiting }) => {
      if (waiting !== undefined && waited.at(-1) === undefined) act?.(waiting);
      if (waiting !== waited.at(-1)) waited.push(waiting);
    },
  });
  return { report, sent: sent.map((form) => [...form]), opened, waited, slept };
}

describe('a device code', () => {
  const all = {
    ...{ scopes: ['a', 'b'], audience: 'https://api.example.com', resource: ['urn:one', 'urn:two'] },
    ...{ authorizationDetails: [{ type: 'payment' }], tokenParameters: { tenant: 't' } },
  };

  it('is asked for with all that the profile says of the token, and nothing where it says nothing', async () => {
    const { sent } = await run({ ...device, ...all }, codes);
    assert.deepEqual(sent[0]?.sort(), [
      ['audience', 'https://api.example.com'],
      ['authorization_details', '[{"type":"payment"}]'],
      ['client_id', 'c'],
      ['resource', 'urn:one'],
      ['resource', 'urn:two'],
      ['scope', 'a b'],
      ['tenant', 't'],
    ]);
    assert.deepEqual((await run(device, codes)).sent[0], [['client_id', 'c']]);
  });

  it('has its page opened when that is asked for, with the code in it where there is one such', async () => {
    const act = (waiting: Waiting) => {
      if (waiting.kind === 'user_code') void waiting.openAgain();
    };
    const { opened, waited } = await run(device, codes, [pending, token], { act });
    assert.deepEqual(opened, [`${issuer}/device`]);
    const [shown] = waited;
    assert.ok(shown?.kind === 'user_code' && !('verificationUriComplete' in shown));
    assert.equal(shown.deadline, start + 600_000);
    const complete = `${issuer}/device?user_code=WDJB-MJHT`;
    const other = await run(device, { ...codes, verification_uri_complete: complete }, [token], { act });
    assert.deepEqual(other.opened, [complete]);
  });

  it('is waited for no longer when the flow has ended, well or not', async () => {
    const { report, waited } = await run(device, codes, [pending, token]);
    assert.equal(tokensOf(report).access_token, 'the-token');
    assert.deepEqual(
      waited.map((one) => one?.kind),
      ['user_code', undefined],
    );
    const refused = await run(device, codes, [{ error: 'access_denied' }]);
    assert.equal(failureOf(refused.report, 'oauth_error').body.error, 'access_denied');
    assert.equal(refused.waited.at(-1), undefined);
  });

  it('that is refused, or not in the answer, names the request and its exchange', async () => {
    const refused = await run(device, { error: 'invalid_scope' }, [], { status: 400 });
    const failure = failureOf(refused.report, 'oauth_error');
    assert.deepEqual([failure.exchange, failure.step], [1, 'authorization']);
    const { report } = await run(device, { user_code: 'A' });
    const lacking = failureOf(report, 'malformed_response');
    assert.deepEqual([lacking.exchange, lacking.code], [1, 'no_device_code']);
    assert.match(lacking.message, /^as\.example\.com answered the device authorization request without/);
  });
});

describe('a decision on the user’s device', () => {
  it('is asked for with all that the profile says, and openid in any case', async () => {
    const all = {
      ...{ scopes: ['a'], audience: 'https://api.example.com', resource: ['urn:one', 'urn:two'] },
      ...{ authorizationDetails: [{ type: 'payment' }], tokenParameters: { tenant: 't' } },
      ...{ bindingMessage: 'W4SCT', acrValues: 'gold silver' },
    };
    const { sent } = await run({ ...ciba, ...all }, request);
    assert.deepEqual(sent[0]?.sort(), [
      ['acr_values', 'gold silver'],
      ['audience', 'https://api.example.com'],
      ['authorization_details', '[{"type":"payment"}]'],
      ['binding_message', 'W4SCT'],
      ['client_id', 'c'],
      ['login_hint', 'Ada'],
      ['resource', 'urn:one'],
      ['resource', 'urn:two'],
      ['scope', 'openid a'],
      ['tenant', 't'],
    ]);
    const least = await run({ ...ciba, scopes: ['a', 'openid'] }, request);
    assert.deepEqual(least.sent[0], [
      ['scope', 'a openid'],
      ['login_hint', 'Ada'],
      ['client_id', 'c'],
    ]);
  });

  it('is waited for at the interval until it is there, with the message that the user sees', async () => {
    const { report, sent, waited, slept } = await run({ ...ciba, bindingMessage: 'W4SCT' }, request, [
      pending,
      token,
    ]);
    assert.equal(tokensOf(report).access_token, 'the-token');
    assert.deepEqual(slept, [7000, 7000]);
    assert.equal(new URLSearchParams(sent[1]).get('auth_req_id'), 'r-1');
    const deadline = start + 30_000;
    assert.deepEqual(waited, [{ kind: 'decision', deadline, bindingMessage: 'W4SCT' }, undefined]);
    assert.deepEqual((await run(ciba, request)).waited[0], { kind: 'decision', deadline });
  });

  it('may take two minutes and is asked for every five seconds where the server says neither', async () => {
    const { report, slept } = await run(ciba, { auth_req_id: 'r-1' }, [pending]);
    const failure = failureOf(report, 'oauth_error');
    assert.equal(failure.body.error, 'expired_token');
    assert.match(failure.message, /^Nobody allowed the access before the request expired\.$/);
    assert.deepEqual([slept.length, new Set(slept)], [24, new Set([5000])]);
  });

  it('that is refused, or has no name in the answer, names the request and its exchange', async () => {
    const refused = await run(ciba, { error: 'unknown_user_id' }, [], { status: 400 });
    const failure = failureOf(refused.report, 'oauth_error');
    assert.deepEqual([failure.exchange, failure.step], [1, 'authorization']);
    const lacking = failureOf((await run(ciba, { interval: 5 })).report, 'malformed_response');
    assert.deepEqual([lacking.exchange, lacking.code], [1, 'no_auth_req_id']);
    assert.match(lacking.message, /^as\.example\.com answered the authentication request without/);
  });

  it('is not asked of another server, and no secret goes there', async () => {
    const elsewhere = 'https://other.example/start';
    const { report, sent } = await run({ ...ciba, backchannelAuthenticationEndpoint: elsewhere }, request);
    assert.match(failureOf(report, 'invalid_profile').message, /but the sign-in request belongs to/);
    assert.deepEqual(sent, []);
  });
});
