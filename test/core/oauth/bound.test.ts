import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import { callApi } from '../../../src/core/api/callApi.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { startProvider } from './support/provider.ts';

/** The proofs that a run made, in order. */
function proofs({ exchanges }: FlowReport, purpose: string): string[] {
  return exchanges
    .filter((one) => one.purpose === purpose)
    .map(({ request }) => request.headers.find(([name]) => name.toLowerCase() === 'dpop')?.[1] ?? '');
}

describe('tokens that are bound to a key, at oidc-provider', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  /** What the vault keeps. */
  const kept = new Map<string, string>();
  const made = async (what: string, make: () => Promise<string>) => {
    const key = kept.get(what) ?? (await make());
    kept.set(what, key);
    return key;
  };
  before(async () => {
    issuer = await startProvider(
      { after: (close) => (stop = close) },
      {
        features: {
          devInteractions: { enabled: true },
          dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
          userinfo: { enabled: true },
          pushedAuthorizationRequests: { enabled: true },
        },
      },
    );
  });
  after(() => stop());

  const profile = () => userProfile({ issuer, clientId: 'native', scopes: ['openid'], dpop: true });
  const deps = () =>
    flowDeps({ browser: new SignInBrowser(), made: (_profile, what, make) => made(what, make) });

  it('are got, renewed and used with proofs of the same key and the nonces of the server', async () => {
    const report = await runFlow('authorization_code', profile(), deps());
    const tokens = tokensOf(report);
    assert.equal(tokens.token_type, 'DPoP');
    const [first = '', second = ''] = proofs(report, 'token');
    assert.equal(decodeJwt(first)['nonce'], undefined);
    assert.ok(decodeJwt(second)['nonce']);
    assert.notEqual(decodeJwt(first).jti, decodeJwt(second).jti);
    const { jwk, typ } = decodeProtectedHeader(second) as { jwk: JWK; typ: string };
    assert.equal(typ, 'dpop+jwt');
    assert.deepEqual(Object.keys(jwk).sort(), ['crv', 'kty', 'x', 'y']);
    const sent = new URL(report.exchanges.find(({ leg }) => leg === 'browser')?.request.url ?? '');
    assert.equal(sent.searchParams.get('dpop_jkt'), await calculateJwkThumbprint(jwk));

    const renewed = await runFlow('refresh_token', profile(), { ...deps(), previous: tokens });
    const fresh = tokensOf(renewed);
    assert.deepEqual(decodeProtectedHeader(proofs(renewed, 'refresh').at(-1) ?? '').jwk, jwk);

    const call = await callApi(
      profile(),
      {
        method: 'GET',
        url: `${issuer}/me?x=1#y`,
        headers: [
          ['DPoP', 'typed'],
          ['Accept', 'application/json'],
        ],
      },
      {
        ...{ fetch, clock: flowDeps().clock, timeout: 5000, used: [], signal: new AbortController().signal },
        ...{ tokens: fresh, made, confirm: () => Promise.resolve(true) },
        renew: () => Promise.reject(new Error('It must not be renewed.')),
      },
    );
    assert.equal(call.report.outcome.kind, 'token', JSON.stringify(call.report.outcome));
    const last = call.report.exchanges.at(-1);
    assert.match(last?.response?.body ?? '', /"sub":"Ada"/);
    const [, authorization = ''] =
      last?.request.headers.find(([name]) => name.toLowerCase() === 'authorization') ?? [];
    assert.equal(authorization, `DPoP ${fresh.access_token}`);
    const { htu, htm, ath } = decodeJwt(proofs(call.report, 'api').at(-1) ?? '');
    const hash = createHash('sha256').update(fresh.access_token).digest('base64url');
    assert.deepEqual([htu, htm, ath], [`${issuer}/me`, 'GET', hash]);

    const secret = (JSON.parse(kept.get('dpop_key') ?? '') as JWK).d ?? '';
    const said = JSON.stringify([report, renewed, call.report]);
    assert.equal(said.includes(secret), false);
    const view = JSON.stringify(flowView({ state: 'ended', flow: report }, {}));
    assert.equal(view.includes(second), false);
  });

  it('are asked for with a proof where the request is pushed, with the nonce of the server', async () => {
    const pushing = { ...profile(), pushAuthorizationRequest: true };
    const report = await runFlow('authorization_code', pushing, deps());
    tokensOf(report);
    const [first = '', second = '', ...more] = proofs(report, 'par');
    assert.deepEqual(more, []);
    assert.equal(decodeJwt(first)['nonce'], undefined);
    assert.ok(decodeJwt(second)['nonce']);
    assert.equal(decodeJwt(second)['htu'], `${issuer}/request`);
  });

  it('are got with one key in all of a flow whose request is pushed, where nobody keeps a key', async () => {
    const pushing = { ...profile(), pushAuthorizationRequest: true };
    const report = await runFlow('authorization_code', pushing, flowDeps({ browser: new SignInBrowser() }));
    assert.equal(tokensOf(report).token_type, 'DPoP');
    const keys = [...proofs(report, 'par'), ...proofs(report, 'token')].map((proof) => {
      const { jwk } = decodeProtectedHeader(proof);
      return JSON.stringify(jwk);
    });
    assert.equal(keys.length, 4);
    assert.equal(new Set(keys).size, 1);
  });

  it('are not sent when they are bound to another key', async () => {
    const cnf = { cnf: { jkt: 'another-key' } };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part(cnf)}.sig`;
    const tokens = {
      access_token: token,
      token_type: 'dpop',
      received_at: 0,
      requested_scopes: [],
      extra: {},
    };
    const call = await callApi(
      profile(),
      { method: 'GET', url: `${issuer}/me`, headers: [] },
      {
        ...{ fetch, clock: flowDeps().clock, timeout: 5000, used: [], signal: new AbortController().signal },
        ...{ tokens, made, confirm: () => Promise.resolve(true) },
        renew: () => Promise.reject(new Error('It must not be renewed.')),
      },
    );
    assert.match(failureOf(call.report, 'sign_in_required').message, /bound to another key/);
    assert.deepEqual(call.report.exchanges, []);
  });

  it('end with the nonce that changes for ever', async (context) => {
    const { serveSeen } = await import('./support/serve.ts');
    const { origin, seen } = await serveSeen(context, (_request, response) => {
      response.setHeader('dpop-nonce', randomBytes(8).toString('hex'));
      response.setHeader('www-authenticate', 'DPoP error="use_dpop_nonce"');
      response.writeHead(401).end();
    });
    const tokens = { access_token: 't', token_type: 'DPoP', received_at: 0, requested_scopes: [], extra: {} };
    const call = await callApi(
      profile(),
      { method: 'POST', url: `${origin}/orders`, headers: [], body: Uint8Array.from([123, 125]) },
      {
        ...{ fetch, clock: flowDeps().clock, timeout: 5000, used: [], signal: new AbortController().signal },
        ...{ tokens, made, confirm: () => Promise.resolve(true) },
        renew: () => Promise.resolve({ kind: 'token', tokens }),
      },
    );
    assert.equal(failureOf(call.report, 'http_error').status, 401);
    assert.equal(seen.length, 4, 'Twice for each token.');
    assert.ok(seen.every(({ body }) => body === '{}'));
  });
});
