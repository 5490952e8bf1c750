import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { None } from 'oauth4webapi';
import { idJagFor } from '../../../src/core/oauth/idJag.ts';
import type { GrantFlow } from '../../../src/core/oauth/grantFlow.ts';
import type { ServerMetadata } from '../../../src/core/oauth/serverMetadata.ts';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { decoratedFlow, flowContext, unused } from './support/flowContext.ts';

const issuer = 'https://api-as.example';
const idp = 'https://idp.example';
const now = 1_700_000_000_000;
const jag = 'urn:ietf:params:oauth:token-type:id-jag';
const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object, typ = 'oauth-id-jag+jwt') => `${b64({ alg: 'ES256', typ })}.${b64(claims)}.c2ln`;
const idToken = (exp?: unknown) => jwt({ exp, sub: 'ada' }, 'JWT');
const good = jwt({ aud: issuer, client_id: 'machine-client' });
const issued = (access_token: string, issued_token_type: unknown = jag) => ({
  ...{ access_token, issued_token_type, token_type: 'N_A', expires_in: 300 },
});
const tokens = (id_token: string | undefined): TokenSet => ({
  ...{ access_token: 'x', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} },
  ...(id_token !== undefined && { id_token }),
});
const fresh = idToken(now / 1000 + 3600);

/** An identity provider that gives these answers in order, the last of them for ever. */
async function run(
  answers: readonly object[],
  {
    kept,
    signsIn = fresh,
    over = {},
    endpoint = `${idp}/token`,
  }: { kept?: string; signsIn?: string | null; over?: object; endpoint?: string } = {},
) {
  const trace = new Trace();
  const own = userProfile({ id: 'idp', name: 'Corp', issuer: idp, tokenParameters: { mine: '1' } });
  const sent: string[][][] = [];
  const about: unknown[] = [];
  let signedIn = 0;
  const left = [...answers];
  const fetch = () => (url: string, init?: RequestInit) => {
    sent.push([...new URLSearchParams(typeof init?.body === 'string' ? init.body : '')]);
    about.push([trace.partner?.id, trace.partner?.grant]);
    const answer = (left.length > 1 ? left.shift() : left[0]) ?? {};
    const response = Response.json(answer, { status: 'error' in answer ? 400 : 200 });
    const request = { method: 'POST', url, headers: [] };
    trace.tag(response, trace.begin({ purpose: 'id_jag', leg: 'extension', startedAt: now, request }));
    return Promise.resolve(response);
  };
  const server = { issuer: idp, token_endpoint: endpoint };
  const metadata: ServerMetadata = { server, issuerKnown: true, sources: {} };
  const shared = {
    ...flowContext({ trace, fetch }),
    clock: { now: () => now, sleep: unused, timeout: unused },
  };
  const flow: GrantFlow = {
    ...shared,
    async prepare(check) {
      await check?.(metadata);
      const ofPartner = decoratedFlow(shared, server, { profile: own, metadata });
      const client = { client_id: own.clientId };
      return { metadata, client, authentication: None(), flow: ofPartner, requestToken: unused };
    },
    ...{ input: unused, keepInput: unused, partner: unused },
  };
  const partner = {
    ...{ profile: own, flow },
    ...(kept !== undefined && { kept: tokens(kept) }),
    signIn() {
      signedIn += 1;
      about.push([trace.partner?.id, trace.partner?.grant]);
      return Promise.resolve(tokens(signsIn ?? undefined));
    },
  };
  const profile = machineProfile({ scopes: ['orders.read'], resource: ['urn:orders'], ...over });
  const all = { ...flow, partner: () => Promise.resolve(partner) };
  let failure: Failure | undefined;
  const assertion = await idJagFor(profile, issuer, all).catch((thrown: unknown) => {
    if (!(thrown instanceof FailureError)) throw thrown;
    failure = thrown.failure;
  });
  const notes = trace.exchanges.map(({ deviations }) => deviations.map(({ code }) => code));
  return { assertion, failure, sent, about, trace, notes, signedIn: () => signedIn };
}

describe('the assertion for another server', () => {
  it('is asked for with a kept ID token, the profile’s own wishes, and nothing of the other profile', async () => {
    const { assertion, sent, about, trace, notes, signedIn } = await run([issued(good)], { kept: fresh });
    assert.equal(assertion, good);
    assert.deepEqual(sent, [
      [
        ['grant_type', 'urn:ietf:params:oauth:grant-type:token-exchange'],
        ['requested_token_type', jag],
        ['subject_token', fresh],
        ['subject_token_type', 'urn:ietf:params:oauth:token-type:id_token'],
        ['audience', issuer],
        ['scope', 'orders.read'],
        ['resource', 'urn:orders'],
        ['client_id', 'native-client'],
      ],
    ]);
    assert.deepEqual([about, trace.partner], [[['idp', 'token_exchange']], undefined]);
    assert.deepEqual([signedIn(), notes, trace.step], [0, [[]], 'token']);
    assert.deepEqual(trace.usedSecrets, [fresh, good]);
  });

  it('is for the audience that the profile names, in the place of the issuer', async () => {
    const audience = 'https://audience.example';
    const authorizationDetails = [{ type: 'payment' }];
    const answer = issued(jwt({ aud: [audience], client_id: 'machine-client' }));
    const { sent, failure } = await run([answer], { kept: fresh, over: { audience, authorizationDetails } });
    assert.equal(failure, undefined);
    const form = new Map(sent[0] as [string, string][]);
    assert.deepEqual(
      [form.get('audience'), form.get('authorization_details')],
      [audience, '[{"type":"payment"}]'],
    );
  });

  for (const [name, kept] of [
    ['there is none', undefined],
    ['it ends in ten seconds', idToken(now / 1000 + 10)],
    ['it ended', idToken(now / 1000 - 1)],
    ['it names no end', idToken()],
    ['its end is no time', idToken({ valueOf: 1, toString: 1 })],
    ['it cannot be read', 'no token'],
  ] as const)
    it(`needs a sign-in where no ID token is good any more: ${name}`, async () => {
      const result = await run([issued(good)], kept === undefined ? {} : { kept });
      assert.deepEqual([result.assertion, result.signedIn(), result.sent.length], [good, 1, 1]);
      assert.deepEqual(result.about, [
        ['idp', 'authorization_code'],
        ['idp', 'token_exchange'],
      ]);
    });

  it('needs none while the ID token is good for more than ten seconds', async () => {
    const result = await run([issued(good)], { kept: idToken(now / 1000 + 11) });
    assert.equal(result.signedIn(), 0);
  });

  for (const [error, times] of [
    ['invalid_grant', 1],
    ['invalid_request', 1],
    ['invalid_client', 0],
  ] as const)
    it(`needs a sign-in after ${error} for a kept ID token: ${times}`, async () => {
      const { assertion, failure, signedIn } = await run([{ error }, issued(good)], { kept: fresh });
      assert.equal(signedIn(), times);
      assert.equal(assertion, times === 1 ? good : undefined);
      assert.equal(failure?.kind, times === 1 ? undefined : 'oauth_error');
    });

  it('is asked for once only where what came for a kept ID token is none', async () => {
    const { failure, signedIn, trace } = await run([issued('opaque'), issued(good)], { kept: fresh });
    assert.deepEqual([failure?.kind, signedIn(), trace.partner?.id], ['malformed_response', 0, 'idp']);
  });

  it('cannot be had by a sign-in that gives no ID token', async () => {
    const { failure, sent } = await run([issued(good)], { signsIn: null });
    assert.ok(failure?.kind === 'invalid_profile');
    assert.deepEqual(failure.problems, ['The sign-in with “Corp” gave no ID token.']);
    assert.deepEqual([failure.message, failure.step, sent], [failure.problems[0], 'token', []]);
  });

  it('is asked of the own server of the other profile only', async () => {
    const { failure, sent } = await run([issued(good)], { kept: fresh, endpoint: 'https://evil.example/t' });
    assert.match(failure?.message ?? '', /the subject token belongs to https:\/\/idp\.example/);
    assert.deepEqual(sent, []);
  });

  const isFor = (aud: unknown) => issued(jwt({ aud, client_id: 'machine-client' }));
  for (const [name, answer, code, says] of [
    ['of another type', issued(good, 'urn:x'), 'id_jag_type', /its issued_token_type is urn:x\./],
    ['of no type', issued(good, null), 'id_jag_type', /its issued_token_type is missing\./],
    ['that is no JWT', issued('opaque'), 'id_jag_jwt', /it is not a JWT\./],
    ['that is not signed', issued(good.replace(/[^.]*$/, '')), 'id_jag_jwt', /it is not a JWT\./],
    ['whose header is none', issued(`eyJ.${b64({ aud: issuer })}.c2ln`), 'id_jag_jwt', /it is not a JWT\./],
    ['for nobody', isFor(undefined), 'id_jag_aud', /it has no aud\./],
    [
      'for another server',
      isFor('https://evil.example'),
      'id_jag_aud',
      /aud is https:\/\/evil\.example, not/,
    ],
    ['for two', isFor([issuer, 'urn:b']), 'id_jag_aud', /aud is https:\/\/api-as\.example, urn:b, not/],
    ['for one and a number', isFor([issuer, 5]), 'id_jag_aud', /aud is https:\/\/api-as\.example, not/],
  ] as const)
    it(`is not handed on ${name}`, async () => {
      const { assertion, failure } = await run([answer]);
      assert.ok(failure?.kind === 'malformed_response');
      assert.deepEqual(
        [assertion, failure.code, failure.step, failure.exchange],
        [undefined, code, 'token', 1],
      );
      assert.match(failure.message, says);
    });

  it('that the other server is going to refuse is noted', async () => {
    const other = jwt({ aud: issuer, client_id: 'another' }, 'JWT');
    const { assertion, notes } = await run([issued(other)]);
    assert.equal(assertion, other);
    assert.deepEqual(notes, [['id_jag_typ', 'id_jag_client']]);
  });
});
