import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { decodeJwt, decodeProtectedHeader, exportPKCS8, generateKeyPair, SignJWT } from 'jose';
import { allAuthentications } from '../../../src/core/authentication/all.ts';
import type { Material, MaterialKind } from '../../../src/core/authentication/authentication.ts';
import { newCertificate } from '../../../src/core/authentication/newCertificate.ts';
import { Bench } from '../../../src/core/checks/bench.ts';
import { allGrants } from '../../../src/core/grants/all.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import type { Exchange, ExchangePurpose } from '../../../src/core/record/exchange.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from '../oauth/support/browser.ts';
import { flowDeps } from '../oauth/support/deps.ts';
import { fakeServer } from '../oauth/support/fakeServer.ts';
import { json, serve } from '../oauth/support/serve.ts';
import { realClock } from './support.ts';

const { privateKey } = await generateKeyPair('ES256', { extractable: true });
const privatePem = await exportPKCS8(privateKey);
const certificate = newCertificate(Date.now());

/** What a client of this authentication proves itself with, as the vault keeps it. */
const secretFor = (authentication: string) =>
  authentication.endsWith('tls_client_auth')
    ? certificate
    : authentication === 'private_key_jwt'
      ? privatePem
      : "s3cret of-the_client.*~!'()+%&=ü";

const now = Math.floor(Date.now() / 1000);
const content = await new SignJWT({ jti: 'j', iat: now, nbf: now, exp: now + 86_400 })
  .setProtectedHeader({ alg: 'ES256' })
  .sign(privateKey);
const material = (kind: MaterialKind): Promise<Material | undefined> =>
  Promise.resolve(kind === 'file' ? { kind, content } : undefined);

const extras = {
  clientId: 'client-1.a_b*c d',
  resource: ['urn:a', 'https://api.example.com/a b'],
  audience: 'https://api.example.com',
  tokenParameters: { audience: 'typed', resource: 'typed', organization: 'org 1', scope: 'typed' },
};

function bench(profile: Profile, issuer: string): Bench {
  const secret = secretFor(profile.clientAuthentication);
  return new Bench(
    {
      profile,
      server: {
        issuer,
        authorizationEndpoint: `${issuer}/authorize?tenant=a%20b`,
        tokenEndpoint: tokenEndpointOf(issuer),
        promisesIssuer: false,
        scopesSupported: [],
      },
      fetch: (url, init) => fetch(url, init),
      clock: realClock,
      signal: new AbortController().signal,
      timeout: 5000,
      secret: () => Promise.resolve(secret),
      material,
    },
    new Map(),
    'A check',
  );
}

const tokenEndpointOf = (issuer: string) => `${issuer}/token?tenant=a%20b#part`;

function requestOf(exchanges: readonly Exchange[], purpose: ExchangePurpose) {
  const found = exchanges.findLast((exchange) => exchange.purpose === purpose);
  assert.ok(found, `no exchange for ${purpose}`);
  const { request } = found;
  const form = new URLSearchParams(request.body);
  const assertion = form.get('client_assertion');
  if (assertion === null) return request;
  // Each is made anew: its identifier, its times and its signature differ, and nothing else may.
  const { jti, iat, nbf, exp, ...claims } = decodeJwt(assertion);
  assert.deepEqual(
    [typeof jti, typeof iat, typeof nbf, typeof exp],
    ['string', 'number', 'number', 'number'],
  );
  form.set('client_assertion', JSON.stringify({ header: decodeProtectedHeader(assertion), claims }));
  return { ...request, body: form.toString() };
}

/** What each grant sends of its own to the token endpoint, in its order. */
const ownNames: Readonly<Record<string, readonly string[]>> = {
  device_code: ['grant_type', 'device_code'],
  refresh_token: ['refresh_token', 'grant_type', 'scope'],
  token_exchange: ['grant_type', 'subject_token', 'subject_token_type', 'scope', 'audience'],
  jwt_bearer: ['grant_type', 'assertion', 'scope', 'audience'],
  saml2_bearer: ['grant_type', 'assertion', 'scope'],
  ciba: ['grant_type', 'auth_req_id'],
  id_jag: ['grant_type', 'assertion', 'scope'],
};
/** Of these the flow is compared with what a check sends by itself. */
const ofChecks = ['client_credentials', 'authorization_code'];

const signed = (claims: object) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', typ: 'oauth-id-jag+jwt' }).sign(privateKey);
const saml = `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>`;

/** A server that lets every grant through at once. */
async function anyGrant(context: TestContext): Promise<string> {
  const tokenType = 'urn:ietf:params:oauth:token-type:id-jag';
  const issuer = await serve(context, (request, response) => {
    const path = new URL(request.url ?? '/', issuer).pathname;
    const codes = {
      device_code: 'the-device-code',
      auth_req_id: 'the-request',
      expires_in: 600,
      interval: 1,
    };
    if (path === '/device')
      json(response, { ...codes, user_code: 'WDJB-MJHT', verification_uri: `${issuer}/type` });
    else if (path === '/ciba') json(response, codes);
    else if (path === '/partner')
      void signed({ aud: extras.audience, client_id: extras.clientId }).then((access_token) => {
        json(response, { access_token, issued_token_type: tokenType, token_type: 'N_A', expires_in: 300 });
      });
    else if (path === '/token') json(response, { access_token: 'a', token_type: 'Bearer', expires_in: 60 });
    else json(response, {}, 404);
  });
  return issuer;
}

describe('a request of a check that changes nothing', () => {
  it('is looked at for every grant', () => {
    assert.deepEqual([...Object.keys(ownNames), ...ofChecks].sort(), allGrants.map(({ id }) => id).sort());
  });

  for (const { id: grant } of allGrants.filter((one) => !ofChecks.includes(one.id)))
    for (const { id } of allAuthentications)
      it(`is the flow's: ${grant}, ${id}`, async (context) => {
        const issuer = await anyGrant(context);
        const profile = machineProfile({
          ...{ ...extras, grant, issuer, clientAuthentication: id },
          ...(id === 'private_key_jwt' && { keyId: 'key-1' }),
          ...{ tokenEndpoint: tokenEndpointOf(issuer), deviceAuthorizationEndpoint: `${issuer}/device` },
          ...{
            backchannelAuthenticationEndpoint: `${issuer}/ciba`,
            loginHint: 'ada',
            subjectProfile: 'other',
          },
        });
        const idToken = await signed({ exp: now + 86_400 });
        const deps = flowDeps({
          clock: { ...realClock, sleep: () => Promise.resolve() },
          secret: () => Promise.resolve(secretFor(id)),
          material: (_profile, kind) => material(kind),
          // Its assertion is for an audience that the profile names.
          isOneService: () => Promise.resolve(true),
          input: () => Promise.resolve(grant === 'saml2_bearer' ? saml : idToken),
        });
        const kept = { access_token: 'x', token_type: 'Bearer', id_token: idToken };
        const partner = {
          profile: userProfile({
            ...{ issuer, authorizationEndpoint: `${issuer}/authorize`, tokenEndpoint: `${issuer}/partner` },
          }),
          deps,
          kept: { ...kept, received_at: 0, requested_scopes: [], extra: {} },
          keep: () => undefined,
        };
        const report = await runFlow(grant, profile, { ...deps, partner: () => Promise.resolve(partner) });
        assert.equal(report.outcome.kind, 'token', JSON.stringify(report.outcome));
        const sent = requestOf(report.exchanges, 'token');
        const form = new URLSearchParams(
          report.exchanges.findLast(({ purpose }) => purpose === 'token')?.request.body,
        );
        const own = (ownNames[grant] ?? []).map(
          (name) => [name, form.get(name) ?? assert.fail(name)] as const,
        );
        const check = bench(profile, issuer);
        await check.token(own);
        assert.deepEqual(requestOf(check.evidence, grant === 'refresh_token' ? 'refresh' : 'token'), sent);
      });

  for (const { id } of allAuthentications)
    for (const basicEncoding of ['form', 'raw'] as const) {
      const how = {
        clientAuthentication: id,
        basicEncoding,
        ...(id === 'private_key_jwt' && { keyId: 'key-1' }),
      };

      it(`is the flow's: client credentials, ${id}, ${basicEncoding}`, async (context) => {
        const { issuer } = await fakeServer(context, {
          token: () => ({ body: { access_token: 'a', token_type: 'Bearer', expires_in: 60 } }),
        });
        const profile = machineProfile({ ...extras, ...how, issuer, tokenEndpoint: tokenEndpointOf(issuer) });
        const deps = flowDeps({
          secret: () => Promise.resolve(secretFor(id)),
          material: (_profile, kind) => material(kind),
        });
        const { exchanges } = await runFlow('client_credentials', profile, deps);
        const check = bench(profile, issuer);
        await check.clientCredentials();
        assert.deepEqual(requestOf(check.evidence, 'token'), requestOf(exchanges, 'token'));
      });

      it(`is the flow's: code and refresh, ${id}, ${basicEncoding}`, async (context) => {
        const { issuer } = await fakeServer(context, {
          token: () => ({ body: { access_token: 'a', token_type: 'Bearer', refresh_token: 'r' } }),
        });
        const profile = userProfile({
          ...extras,
          ...how,
          issuer,
          authorizationEndpoint: `${issuer}/authorize?tenant=a%20b`,
          tokenEndpoint: tokenEndpointOf(issuer),
          authorizationParameters: { prompt: 'consent now', audience: 'typed' },
        });
        const deps = flowDeps({
          secret: () => Promise.resolve(secretFor(id)),
          material: (_profile, kind) => material(kind),
          browser: new SignInBrowser(),
        });
        const report = await runFlow('authorization_code', profile, deps);
        assert.ok(report.outcome.kind === 'token', JSON.stringify(report.outcome));
        const { pkce, exchanges } = report;
        assert.ok(pkce);
        const sent = requestOf(exchanges, 'token');
        const form = new URLSearchParams(sent.body);
        const [code, redirectUri] = [form.get('code') ?? '', form.get('redirect_uri') ?? ''];
        const check = bench(profile, issuer);
        const verifier = pkce.code_verifier;
        await check.redeem({ code, redirectUri, verifier, state: '', parameters: new URLSearchParams() });
        assert.deepEqual(requestOf(check.evidence, 'token'), sent);

        const url = exchanges.find(({ leg }) => leg === 'browser')?.request.url ?? '';
        const own = new URL(url).searchParams;
        const [state, nonce] = [own.get('state') ?? '', own.get('nonce') ?? ''];
        const set = { redirect_uri: redirectUri, nonce };
        assert.equal(await check.authorizationUrl({ set }, { state, verifier }), url);

        const { tokens } = report.outcome;
        const renewed = await runFlow('refresh_token', profile, { ...deps, previous: tokens });
        await check.refresh(tokens.refresh_token ?? '');
        assert.deepEqual(requestOf(check.evidence, 'refresh'), requestOf(renewed.exchanges, 'refresh'));
        assert.equal(sent.url, `${issuer}/token?tenant=a%20b`);
        assert.deepEqual(form.getAll('resource'), extras.resource);
        assert.deepEqual(own.getAll('audience'), [extras.audience]);
      });
    }
});
