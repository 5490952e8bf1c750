import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { causeIds, explained } from '../diagnose/play.ts';
import { authorizationCode } from '../diagnose/support.ts';
import { flowDeps } from './support/deps.ts';
import { callbackOf, User } from './support/user.ts';

const { privateKey, publicKey } = await generateKeyPair('ES256');
const key = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
const { kid: _, alg: __, use: ___, ...bare } = key;
const another = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'k2', use: 'sig' };
const secret = 's3cret-of-the-client';
const client = 'orders-worker';
const host = 'https://login.real.test';
const entra = 'https://login.microsoftonline.com';
const consumers = '9188040d-6c67-4c5b-b112-36a304b66dad';
const seconds = (after = 0) => Math.floor(Date.now() / 1000) + after;
const padded = (text = '') => `${text.replaceAll('-', '+').replaceAll('_', '/')}=`;

interface Row {
  /** Where such a token is told of, or `memory`. */
  readonly source: string;
  readonly issuer?: string;
  /** What the metadata has in the place of the issuer. */
  readonly named?: string;
  /** Claims in the place of the right ones; made when the token is. */
  readonly claims?: () => object;
  readonly header?: object;
  readonly keys?: readonly unknown[];
  readonly keysAs?: string;
  readonly metadata?: object;
  readonly parameters?: Readonly<Record<string, string>>;
  /** `taken`, or the code of the refusal. */
  readonly is: string;
  /** What is said; where it is taken, as a note. */
  readonly says?: RegExp;
}

const gh = 'https://github.com';
/** id_tokens as servers issue them, and what is right. */
const rows: Readonly<Record<string, Row>> = {
  'Google: an issuer without https': {
    source: `${gh}/manfredsteyer/angular-oauth2-oidc/issues/523`,
    claims: () => ({ iss: 'accounts.google.com' }),
    ...{ is: 'iss', says: /accounts\.google\.com instead of https:\/\/login\.real\.test\./ },
  },
  'JetBrains Hub: times with a fraction': {
    source: `${gh}/panva/openid-client/issues/263`,
    claims: () => ({ exp: seconds(600) + 0.25, iat: seconds() - 0.75 }),
    is: 'taken',
  },
  'JetBrains Hub: auth_time with a fraction': {
    source: `${gh}/authlib/authlib/issues/309`,
    claims: () => ({ auth_time: seconds() - 3.5 }),
    ...{ parameters: { max_age: '600' }, is: 'taken' },
  },
  'pyop: times of Python': {
    source: `${gh}/IdentityPython/pyop/issues/20`,
    claims: () => ({ iat: seconds() + 0.123456, exp: seconds(3600) + 0.654321 }),
    is: 'taken',
  },
  'an exp that is a text': {
    source: `${gh}/auth0/node-jsonwebtoken/issues/293`,
    claims: () => ({ exp: String(seconds(600)) }),
    ...{ is: 'exp', says: /its exp is a string/ },
  },
  'an exp that is a date': {
    source: `${gh}/ActiveLogin/ActiveLogin.Authentication/issues/351`,
    claims: () => ({ exp: '2122-03-03T10:00:00+01:00' }),
    ...{ is: 'exp', says: /its exp is a string/ },
  },
  'an iat that is a text': {
    source: `${gh}/aspnet-contrib/AspNet.Security.OpenIdConnect.Server/issues/176`,
    claims: () => ({ iat: String(seconds()) }),
    ...{ is: 'iat', says: /its iat is a string/ },
  },
  'a WordPress server: iat far in the future': {
    source: `${gh}/OpenIDC/mod_auth_openidc/issues/73`,
    claims: () => ({ iat: seconds(1_434_320_104) }),
    is: 'taken',
    says: /^The iat of the id_token is \S+, 14343201\d\d s after .*: one of the two clocks is wrong\.$/,
  },
  'OpenAM: no nonce': {
    source: `${gh}/manfredsteyer/angular-oauth2-oidc/issues/1040`,
    claims: () => ({ nonce: undefined }),
    ...{ is: 'nonce', says: /it has no nonce, although one was sent/ },
  },
  'a list of one audience': {
    source: `${gh}/puiterwijk/flask-oidc/pull/66`,
    claims: () => ({ aud: [client] }),
    is: 'taken',
  },
  'Oracle IDCS: two audiences, no azp': {
    source: `${gh}/damienbod/angular-auth-oidc-client/issues/582`,
    claims: () => ({ aud: [client, 'https://identity.oraclecloud.com/'] }),
    ...{ is: 'aud', says: /names others beside this client.*Have the server name this client in azp/s },
  },
  'NetSuite: audiences with a comma between': {
    source: `${gh}/pow-auth/assent/issues/111`,
    claims: () => ({ aud: `${client},https://system.netsuite.com` }),
    ...{ is: 'aud', says: /its aud is orders-worker,https:\/\/system\.netsuite\.com, the client ID/ },
  },
  'WSO2: an issuer of its own': {
    source: `${gh}/wso2/product-is/issues/1136`,
    issuer: 'https://localhost:9443/oauth2/oidcdiscovery/',
    claims: () => ({ iss: 'https://localhost:9443/oauth2/token', azp: client, aud: [client] }),
    ...{ is: 'iss', says: /oauth2\/token instead of https:\/\/localhost:9443\/oauth2\/oidcdiscovery\// },
  },
  'LinkedIn: another issuer than before': {
    source: `${gh}/keycloak/keycloak/issues/28686`,
    issuer: 'https://www.linkedin.com',
    claims: () => ({ iss: 'https://www.linkedin.com/oauth' }),
    ...{ is: 'iss', says: /linkedin\.com\/oauth instead of https:\/\/www\.linkedin\.com\./ },
  },
  'NetIQ: not signed': {
    source: `${gh}/DuendeArchive/identity-model-oidc-client-js/issues/451`,
    header: { alg: 'none' },
    ...{ is: 'alg', says: /it is not signed \(alg none\)/ },
  },
  'NetIQ: a key in the base64 of certificates': {
    source: `${gh}/DuendeArchive/identity-model-oidc-client-js/issues/451`,
    keys: [{ ...key, x: padded(key.x), y: padded(key.y) }],
    is: 'taken',
  },
  'login-cidadao: no kid, several keys': {
    source: `${gh}/manfredsteyer/angular-oauth2-oidc/issues/829`,
    ...{ header: { alg: 'ES256' }, keys: [another, key], is: 'taken' },
  },
  'keys without a name, and a token that names one': {
    source: `${gh}/GluuFederation/oxd/issues/555`,
    ...{ keys: [bare], is: 'taken' },
  },
  'Entra: keys without alg': {
    source: `${gh}/micronaut-projects/micronaut-security/issues/89`,
    ...{ keys: [{ ...bare, kid: 'k1', use: 'sig' }], is: 'taken' },
  },
  'Connect2id: keys of their own media type': {
    source: `${gh}/DuendeArchive/identity-model-oidc-client-js/issues/488`,
    ...{ keysAs: 'application/jwk-set+json;charset=UTF-8', is: 'taken' },
  },
  'a broken key beside the right one': {
    source: 'memory',
    ...{
      keys: [null, { kty: 'RSA', kid: 'k0' }, { kty: 'OKP', crv: 'X25519', x: 'AAAA' }, key],
      is: 'taken',
    },
  },
  'keys that were changed': {
    source: `${gh}/aurelia-contrib/aurelia-open-id-connect/issues/32`,
    ...{ keys: [another], is: 'key_not_found', says: /names the key “k1”, which is not among the one key/ },
  },
  'a kid that is a number': {
    source: 'memory',
    ...{
      header: { alg: 'ES256', kid: 1 },
      is: 'key_not_found',
      says: /names the key “1”, which is not among/,
    },
  },
  'LINE: signed with the secret, without kid': {
    source: `${gh}/AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet/issues/1831`,
    claims: () => ({ amr: ['linesso'], name: 'Will', picture: 'https://profile.line-scdn.net/x' }),
    ...{ header: { alg: 'HS256', typ: 'JWT' }, is: 'taken' },
  },
  'LINE: signed with the secret, the metadata listing ES256 only': {
    source: `${gh}/nextauthjs/next-auth/pull/2917`,
    metadata: { id_token_signing_alg_values_supported: ['ES256'] },
    ...{ header: { alg: 'HS256' }, is: 'alg', says: /signed with HS256, which is not among .*\(ES256\)/ },
  },
  'Apple: texts in the place of true': {
    source:
      'https://developer.apple.com/documentation/signinwithapple/authenticating-users-with-sign-in-with-apple',
    claims: () => ({ email_verified: 'true', is_private_email: 'true', nonce_supported: true }),
    is: 'taken',
  },
  'Zitadel: roles in objects': {
    source: `${gh} (auth.acdgbrasil.com.br in its documentation, found by find_string)`,
    claims: () => ({ aud: [client], azp: client, 'urn:zitadel:iam:org:project:roles': { a: { b: 'c' } } }),
    is: 'taken',
  },
  'Entra: the issuer of a tenant': {
    source: `${gh}/MicrosoftDocs/azure-docs/issues/95994`,
    ...{ issuer: `${entra}/common/v2.0`, named: `${entra}/{tenantid}/v2.0` },
    claims: () => ({ iss: `${entra}/${consumers}/v2.0`, tid: consumers, ver: '2.0', aio: 'x', rh: '0.' }),
    is: 'taken',
  },
  'Entra: the issuer of a tenant, without tid': {
    source: 'memory',
    ...{ issuer: `${entra}/common/v2.0`, named: `${entra}/{tenantid}/v2.0` },
    claims: () => ({ iss: `${entra}/${consumers}/v2.0` }),
    ...{ is: 'iss', says: /instead of https:\/\/login\.microsoftonline\.com\/\{tenantid\}\/v2\.0/ },
  },
  'Entra: a v1 token from v2': {
    source: 'memory',
    issuer: `${entra}/${consumers}/v2.0`,
    claims: () => ({ iss: `https://sts.windows.net/${consumers}/`, tid: consumers, ver: '1.0' }),
    ...{ is: 'iss', says: /sts\.windows\.net\/.*\/ instead of/ },
  },
  'Auth0: the slash of the metadata': {
    source: `${gh}/erlef/oidcc/pull/349`,
    ...{ named: `${host}/`, is: 'taken' },
  },
  'a slash that the metadata has not': {
    source: `${gh}/erlef/oidcc/pull/349`,
    claims: () => ({ iss: `${host}/` }),
    ...{ is: 'iss', says: /real\.test\/ instead of https:\/\/login\.real\.test\./ },
  },
  'an at_hash of the whole hash': {
    source: 'memory',
    claims: () => ({ at_hash: 'LCa0a2j_xo_5m0U8HTBBNBNCLXBkg7-g-YpeiGJm564' }),
    ...{ is: 'at_hash', says: /not the hash of the access token/ },
  },
  'an azp that is null': {
    source: 'memory',
    claims: () => ({ azp: null }),
    ...{ is: 'azp', says: /its azp is null, which it must not be/ },
  },
  'an audience with a blank behind it': {
    source: 'memory',
    claims: () => ({ aud: `${client} ` }),
    ...{ is: 'aud', says: /its aud is orders-worker with characters that do not show, the client ID/ },
  },
  'no audience in the list': {
    source: 'memory',
    claims: () => ({ aud: [] }),
    ...{ is: 'aud', says: /: it names no client: its aud is empty, the client ID/ },
  },
  'a client id in capitals': {
    source: 'memory',
    claims: () => ({ aud: client.toUpperCase() }),
    ...{ is: 'aud', says: /its aud is ORDERS-WORKER, the client ID of the profile is orders-worker/ },
  },
};

const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function tokenOf(claims: object, header: { readonly alg?: string }): Promise<string> {
  const parts = `${b64(header)}.${b64(claims)}`;
  if (header.alg === 'none') return `${parts}.`;
  if (header.alg === 'HS256')
    return `${parts}.${createHmac('sha256', secret).update(parts).digest('base64url')}`;
  const hasTimes = Object.entries(claims).every(([name, value]) =>
    ['exp', 'iat'].includes(name) ? typeof value === 'number' : true,
  );
  if (!hasTimes) return `${parts}.c2ln`;
  return new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: 'ES256', ...header }).sign(privateKey);
}

describe('an id_token as servers issue them', () => {
  for (const [name, row] of Object.entries(rows))
    it(`${name}: ${row.is} (${row.source})`, async () => {
      const { issuer = host, named = issuer, header = { alg: 'ES256', kid: 'k1' } } = row;
      let nonce: string | undefined;
      const fetch = async (url: string) => {
        if (url.includes('.well-known'))
          return Response.json({
            ...{ issuer: named, authorization_endpoint: `${host}/a`, token_endpoint: `${host}/t` },
            ...{ jwks_uri: `${host}/k`, ...row.metadata },
          });
        if (url === `${host}/k`)
          return new Response(JSON.stringify({ keys: row.keys ?? [key] }), {
            headers: { 'content-type': row.keysAs ?? 'application/json' },
          });
        const right = { iss: named, sub: 'ada', aud: client, iat: seconds(), exp: seconds(600), nonce };
        const id_token = await tokenOf({ ...right, ...row.claims?.() }, header);
        return Response.json({ access_token: 'a-token', token_type: 'Bearer', expires_in: 60, id_token });
      };
      const browser = new User(async (url) => {
        const { redirectUri, state } = callbackOf(url);
        nonce = new URL(url).searchParams.get('nonce') ?? undefined;
        await globalThis.fetch(`${redirectUri}?code=c&state=${state}`);
      });
      const profile = authorizationCode({
        ...{ issuer, clientId: client, scopes: ['openid'], clientAuthentication: 'client_secret_basic' },
        authorizationParameters: row.parameters ?? {},
      });
      const deps = flowDeps({ fetch, browser, secret: () => Promise.resolve(secret) });
      const report = await runFlow('authorization_code', profile, deps);
      await browser.done;
      const { outcome } = report;
      if (row.is === 'taken') {
        assert.equal(outcome.kind, 'token', JSON.stringify(outcome));
        const notes = report.exchanges.flatMap(({ deviations }) => deviations.map(({ message }) => message));
        assert.equal(notes.length, row.says === undefined ? 0 : 1, notes.join(' '));
        assert.match(notes.join(' '), row.says ?? /^$/);
        return;
      }
      assert.ok(
        outcome.kind === 'failure' && outcome.failure.kind === 'invalid_id_token',
        JSON.stringify(outcome),
      );
      assert.equal(outcome.failure.code, row.is);
      assert.match(`${outcome.failure.message}\n${outcome.failure.advice}`, row.says ?? /never/);
      assert.equal(causeIds(explained(report))[0], 'invalid-id-token');
    });
});
