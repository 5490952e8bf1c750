import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { CompactEncrypt, decodeJwt, exportJWK, importJWK, UnsecuredJWT, type JWK } from 'jose';
import type { Configuration } from 'oidc-provider';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { openEncrypted } from '../../../src/core/oauth/openEncrypted.ts';
import { introspection } from '../../../src/core/operations/introspection.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import { userinfo } from '../../../src/core/operations/userinfo.ts';
import { unmatchedSentence } from '../../../src/core/oauth/unmatched.ts';
import type { SubmitResult, WaitingForRedirect } from '../../../src/core/record/waiting.ts';
import type { AuthorizationCodeProfile, Profile } from '../../../src/core/profile/profile.ts';
import { userProfile } from '../../support/profiles.ts';
import { redirectAwaited } from '../../support/waiting.ts';
import { EndingBrowser, SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { secret, startProvider } from './support/provider.ts';
import { flowContext } from './support/flowContext.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const pem = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }));
const publicHalf = async (key: KeyObject): Promise<JWK> => {
  const { d, p, q, dp, dq, qi, ...open } = await exportJWK(key);
  assert.ok(d ?? [p, q, dp, dq, qi]);
  return open;
};

/** A client to whom everything is encrypted. */
const closed = (client_id: string, alg: string, enc: string, signs: string, more: object) => ({
  ...{ client_id, redirect_uris: ['http://127.0.0.1/callback'], application_type: 'native' },
  ...{ grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
  ...{ id_token_signed_response_alg: signs, id_token_encrypted_response_alg: alg },
  ...{ userinfo_signed_response_alg: signs, userinfo_encrypted_response_alg: alg },
  ...{ introspection_signed_response_alg: signs, introspection_encrypted_response_alg: alg },
  ...{ authorization_signed_response_alg: signs, authorization_encrypted_response_alg: alg },
  ...Object.fromEntries(
    ['id_token', 'userinfo', 'introspection', 'authorization'].map((of) => [
      `${of}_encrypted_response_enc`,
      enc,
    ]),
  ),
  ...more,
});

/** Redirect URIs that nothing on this machine listens at. */
const elsewhere = {
  page: 'https://app.example.com/callback',
  editor: 'vscode://oauth-explorer.oauth-explorer/callback',
};

describe('what oidc-provider encrypts for the client', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    const keyed = async (key: KeyObject) => ({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [await publicHalf(key)] },
    });
    const shared = { client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' };
    const clients = [
      closed('rsa', 'RSA-OAEP-256', 'A256GCM', 'RS256', await keyed(rsa)),
      closed('ec', 'ECDH-ES+A128KW', 'A128CBC-HS256', 'RS256', await keyed(ec)),
      closed('wrapped', 'A256KW', 'A128GCM', 'RS256', shared),
      closed('direct', 'dir', 'A128CBC-HS256', 'RS256', shared),
      closed('open', 'RSA-OAEP', 'A128GCM', 'RS256', {
        ...(await keyed(rsa)),
        token_endpoint_auth_method: 'none',
      }),
      closed('page', 'RSA-OAEP-256', 'A256GCM', 'RS256', {
        ...(await keyed(rsa)),
        ...{ redirect_uris: [elsewhere.page], application_type: 'web' },
      }),
      closed('editor', 'RSA-OAEP-256', 'A256GCM', 'RS256', {
        ...(await keyed(rsa)),
        redirect_uris: [elsewhere.editor],
      }),
    ];
    const configuration: Partial<Configuration> = {
      clients: clients as never,
      enabledJWA: Object.fromEntries(
        ['idToken', 'userinfo', 'introspection', 'authorization'].map((of) => [
          `${of}EncryptionAlgValues`,
          ['A256KW', 'dir', 'ECDH-ES+A128KW', 'RSA-OAEP', 'RSA-OAEP-256'],
        ]),
      ),
      features: {
        devInteractions: { enabled: true },
        encryption: { enabled: true },
        jwtResponseModes: { enabled: true },
        jwtUserinfo: { enabled: true },
        jwtIntrospection: { enabled: true },
        introspection: { enabled: true, allowedPolicy: () => true },
      },
    };
    issuer = await startProvider({ after: (close) => (stop = close) }, configuration);
  });
  after(() => stop());

  const deps = (text: string) =>
    flowDeps({ browser: new SignInBrowser(), signInTimeout: 5000, secret: () => Promise.resolve(text) });
  const profileOf = (clientId: string, over: Partial<AuthorizationCodeProfile> = {}) =>
    userProfile({
      ...{ issuer, clientId, scopes: ['openid'], clientAuthentication: 'private_key_jwt' },
      authorizationParameters: { response_mode: 'jwt' },
      ...over,
    });
  const signIn = (profile: AuthorizationCodeProfile, text: string) =>
    runFlow('authorization_code', profile, deps(text));

  for (const [clientId, text, over] of [
    ['rsa', pem(rsa), {}],
    ['ec', pem(ec), {}],
    ['wrapped', secret, { clientAuthentication: 'client_secret_basic' }],
    ['direct', secret, { clientAuthentication: 'client_secret_basic' }],
  ] as const)
    it(`is opened: the response, the id_token, its renewal, userinfo and introspection of ${clientId}`, async () => {
      const profile = profileOf(clientId, over);
      const report = await signIn(profile, text);
      const tokens = tokensOf(report);
      const idToken = tokens.id_token ?? '';
      assert.equal(idToken.split('.').length, 3);
      const sent = report.exchanges.find(({ purpose }) => purpose === 'token')?.response?.body ?? '';
      assert.equal((JSON.parse(sent) as { id_token: string }).id_token.split('.').length, 5);
      assert.equal(JSON.stringify(flowView({ state: 'ended', flow: report }, {})).includes(idToken), false);
      const renewed = await runFlow('refresh_token', profile, { ...deps(text), previous: tokens });
      assert.equal(tokensOf(renewed).id_token?.split('.').length, 3);
      for (const [operation, expected] of [
        [userinfo, /It is the one of the id_token/],
        [introspection, /is signed, and its signature holds/],
      ] as const) {
        const { outcome } = (await runOperation(operation, profile, tokens, deps(text))).report;
        assert.ok(outcome.kind === 'checked', JSON.stringify(outcome));
        assert.match(outcome.meaning, expected);
      }
    });

  for (const clientId of ['page', 'editor'] as const)
    it(`is opened in an address that is handed over: ${elsewhere[clientId]}`, async () => {
      const refused: SubmitResult[] = [];
      let waiting: WaitingForRedirect | undefined;
      const browser = new EndingBrowser(async (address) => {
        assert.ok(waiting);
        const [start = '', response = ''] = address.split('response=');
        assert.equal(response.split('&')[0]?.split('.').length, 5);
        for (const wrong of [`${start}response=${response.slice(0, -4)}AAAA`, `${start}response=a.b.c.d.e`])
          refused.push(await waiting.submitRedirect(wrong));
        assert.deepEqual(await waiting.submitRedirect(` <${address}> `), { accepted: true });
      });
      const profile = profileOf(clientId, { redirectUri: elsewhere[clientId] });
      const report = await runFlow('authorization_code', profile, {
        ...{ ...deps(pem(rsa)), browser },
        onProgress: (flow) => (waiting = redirectAwaited(flow) ?? waiting),
      });
      assert.equal(decodeJwt(tokensOf(report).id_token ?? '').sub, 'Ada');
      assert.ok(report.exchanges.some(({ request }) => request.url.startsWith(elsewhere[clientId])));
      const reason =
        'Expected the state of this flow, once, but found an encrypted response that no key of the profile opens.';
      assert.deepEqual(refused, [
        { accepted: false, reason },
        { accepted: false, reason },
      ]);
    });

  it('stays closed where no key of the profile fits, which is said with what would', async () => {
    const tokens = tokensOf(await signIn(profileOf('rsa'), pem(rsa)));
    const open = (profile: Profile, key: string, token: string) => {
      const material = () => Promise.resolve({ kind: 'key', key } as const);
      return openEncrypted(token, profile, flowContext({ material }));
    };
    const forRsa = await encryptedFor(await publicHalf(rsa), 'RSA-OAEP-256', 'inside');
    const forEc = await encryptedFor(await publicHalf(ec), 'ECDH-ES', 'inside');
    assert.deepEqual(await open(profileOf('rsa'), pem(rsa), forRsa), { text: 'inside' });
    assert.deepEqual(await open(profileOf('rsa'), pem(ec), forEc), { text: 'inside' });
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const weak = `${Buffer.from('{"alg":"RSA1_5","enc":"A128GCM"}').toString('base64url')}.a.b.c.d`;
    const odd = `${Buffer.from('{"alg":"dir","enc":"A128KW"}').toString('base64url')}..b.c.d`;
    for (const [token, key, expected] of [
      [
        forRsa,
        pem(ec),
        'it is encrypted (RSA-OAEP-256 with A256GCM), and the profile has no RSA key to open it with',
      ],
      [
        forEc,
        pem(curve),
        'it is encrypted (ECDH-ES with A256GCM), and the profile has no EC key of that curve to open it with',
      ],
      [
        forRsa,
        pem(other),
        'it is encrypted (RSA-OAEP-256 with A256GCM) for another RSA key than the profile’s',
      ],
      [weak, pem(rsa), 'it is encrypted in a way that is not opened here (RSA1_5 with A128GCM)'],
      [odd, pem(rsa), 'it is encrypted in a way that is not opened here (dir with A128KW)'],
      ['a.b.c.d.e', pem(rsa), 'it is encrypted, and its header cannot be read'],
    ] as const)
      assert.deepEqual(await open(profileOf('rsa'), key, token), { closed: expected });
    const asked = profileOf('rsa', { clientAuthentication: 'none' });
    const { report } = await runOperation(userinfo, asked, tokens, deps(''));
    const failure = failureOf(report, 'malformed_response');
    assert.match(failure.message, /it is encrypted .* and the profile has no RSA key to open it with\.$/);
    assert.match(failure.advice, /^Register the client without userinfo_encrypted_response_alg/);
  });

  it('claims that are encrypted and not signed are taken of a user (which oidc-provider does not offer), of a token not', async () => {
    const profile = profileOf('rsa');
    const tokens = tokensOf(await signIn(profile, pem(rsa)));
    const { sub } = decodeJwt(tokens.id_token ?? '');
    const run = async (operation: typeof userinfo, type: string, claims: object) => {
      const body = await encryptedFor(await publicHalf(rsa), 'RSA-OAEP', JSON.stringify(claims));
      const answers = (url: string) => /\/(?:me|token\/introspection)$/.test(url);
      const { report } = await runOperation(operation, profile, tokens, {
        ...deps(pem(rsa)),
        fetch: (url, init) =>
          answers(url)
            ? Promise.resolve(new Response(body, { headers: { 'content-type': type } }))
            : fetch(url, init),
      });
      return report;
    };
    const { outcome } = await run(userinfo, 'application/jwt', { sub });
    assert.ok(outcome.kind === 'checked', JSON.stringify(outcome));
    assert.match(outcome.meaning, /It is the one of the id_token/);
    const other = failureOf(await run(userinfo, 'application/jwt', { sub: 'eve' }), 'malformed_response');
    assert.match(other.message, /speaks of another user \(eve\)/);
    const unsigned = await run(introspection, 'application/token-introspection+jwt', { active: true, sub });
    assert.match(failureOf(unsigned, 'malformed_response').message, /is not believed/);
  });

  for (const [what, inside, said] of [
    ['not signed', () => new UnsecuredJWT({ sub: 'eve' }).encode(), /it is not signed \(alg none\)/],
    ['no JWT', () => '{"sub":"eve"}', /it is not a JSON Web Token/],
    ['encrypted once more', () => 'a.b.c.d.e', /it is encrypted/],
  ] as const)
    it(`what anybody can encrypt for the client is believed no more for that: inside it is ${what}`, async () => {
      const sealed = await encryptedFor(await publicHalf(rsa), 'RSA-OAEP', inside());
      const profile = profileOf('rsa', { authorizationParameters: {} });
      const report = await runFlow('authorization_code', profile, {
        ...deps(pem(rsa)),
        async fetch(url, init) {
          const response = await fetch(url, init);
          if (!url.endsWith('/token')) return response;
          return Response.json({ ...((await response.json()) as object), id_token: sealed });
        },
      });
      assert.match(failureOf(report, 'invalid_id_token').message, said);
    });

  it('an id_token that no key opens ends the sign-in with that reason; a response is told at once, and ends nothing', async () => {
    const clientAuthentication = 'none';
    const told = new Set<string>();
    const controller = new AbortController();
    const profile = profileOf('open', { clientAuthentication });
    const report = await runFlow('authorization_code', profile, {
      ...deps(''),
      signal: controller.signal,
      onProgress({ waiting }) {
        if (waiting?.kind !== 'redirect' || waiting.unmatched === undefined) return;
        for (const one of waiting.unmatched) told.add(unmatchedSentence(one));
        controller.abort();
      },
    });
    failureOf(report, 'cancelled');
    assert.deepEqual(
      [...told],
      [
        'A redirect came with an encrypted response that no key of the profile opens: it cannot be tied to this sign-in.',
      ],
    );
    const unread = await signIn(profileOf('open', { clientAuthentication, authorizationParameters: {} }), '');
    const failure = failureOf(unread, 'invalid_id_token');
    assert.equal(
      failure.message,
      'The id_token of the server was refused: it is encrypted (RSA-OAEP with A128GCM), and the profile has no RSA key to open it with.',
    );
    assert.match(failure.advice, /^Register the client without id_token_encrypted_response_alg, or have/);
  });
});

async function encryptedFor(jwk: JWK, alg: string, text: string): Promise<string> {
  const key = await importJWK(jwk, alg);
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg, enc: 'A256GCM' })
    .encrypt(key);
}
