import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose';
import type { Configuration } from 'oidc-provider';
import { newSigningKey } from '../../../src/core/authentication/newSigningKey.ts';
import { publicJwk } from '../../../src/core/authentication/privateKey.ts';
import { signedResponse } from '../../../src/core/oauth/signedResponse.ts';
import { signedAnswer } from '../../../src/core/operations/signedAnswer.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { judgeParameters } from '../../../src/core/oauth/loopback/judge.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { realClock } from '../diagnose/play.ts';
import type { AuthorizationCodeProfile } from '../../../src/core/profile/profile.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { secret, startProvider } from './support/provider.ts';
import { decoratedFlow, flowContext } from './support/flowContext.ts';

/** The address that the browser was sent to. */
function opened({ exchanges }: FlowReport): URL {
  return new URL(exchanges.find(({ leg }) => leg === 'browser')?.request.url ?? '');
}

describe('signed requests and responses, at oidc-provider', () => {
  let issuer = '';
  let key = '';
  let other = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    [key, other] = [await newSigningKey(), await newSigningKey()];
    const common = {
      redirect_uris: ['http://127.0.0.1/callback'],
      application_type: 'native' as const,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code' as const],
      jwks: { keys: [publicJwk(key) as never] },
    };
    const configuration: Partial<Configuration> = {
      clients: [
        {
          ...common,
          client_id: 'keyed',
          token_endpoint_auth_method: 'private_key_jwt',
          token_endpoint_auth_signing_alg: 'ES256',
          require_signed_request_object: true,
        },
        {
          ...common,
          client_id: 'public',
          token_endpoint_auth_method: 'none',
          request_object_signing_alg: 'ES256',
        },
        {
          ...common,
          client_id: 'native',
          token_endpoint_auth_method: 'none',
          authorization_signed_response_alg: 'RS256',
        },
      ],
      features: {
        devInteractions: { enabled: true },
        requestObjects: { enabled: true },
        jwtResponseModes: { enabled: true },
        pushedAuthorizationRequests: { enabled: true },
        claimsParameter: { enabled: true },
      },
    };
    issuer = await startProvider({ after: (close) => (stop = close) }, configuration);
  });
  after(() => stop());

  const run = (over: Partial<AuthorizationCodeProfile>, madeKey = key) =>
    runFlow(
      'authorization_code',
      userProfile({ issuer, scopes: ['openid'], ...over }),
      flowDeps({
        browser: new SignInBrowser(),
        secret: () => Promise.resolve(over.clientAuthentication === 'private_key_jwt' ? key : secret),
        made: () => Promise.resolve(madeKey),
      }),
    );
  const signed = { signAuthorizationRequest: true } as const;

  it('a request is signed with the key the client authenticates with, and holds all of it', async () => {
    const report = await run({
      ...{ clientId: 'keyed', clientAuthentication: 'private_key_jwt', ...signed },
      ...{ maxAge: 3600, claims: { id_token: { email: null } } },
    });
    tokensOf(report);
    const { searchParams } = opened(report);
    assert.deepEqual([...searchParams.keys()], ['client_id', 'request']);
    const request = searchParams.get('request') ?? '';
    const { typ, alg, kid } = decodeProtectedHeader(request);
    assert.deepEqual([typ, alg], ['oauth-authz-req+jwt', 'ES256']);
    assert.equal(kid, publicJwk(key).kid);
    const claims = decodeJwt(request);
    assert.deepEqual(claims.aud, issuer);
    assert.equal(claims['max_age'], 3600);
    assert.deepEqual(claims['claims'], { id_token: { email: null } });
    assert.ok(claims['code_challenge']);
    const view = JSON.stringify([report, flowView({ state: 'ended', flow: report }, {})]);
    assert.equal(view.includes((JSON.parse(key) as { d: string }).d), false);
  });

  it('a public client signs with a key that was made for it', async () => {
    tokensOf(await run({ clientId: 'public', ...signed }));
  });

  it('a signed request is pushed too', async () => {
    const report = await run({ clientId: 'public', ...signed, pushAuthorizationRequest: true });
    tokensOf(report);
    assert.deepEqual([...opened(report).searchParams.keys()], ['client_id', 'request_uri']);
    const pushed = report.exchanges.find(({ purpose }) => purpose === 'par')?.request.body ?? '';
    assert.ok(new URLSearchParams(pushed).has('request'));
    assert.equal(new URLSearchParams(pushed).has('code_challenge'), false);
  });

  it('a request that is signed with another key is refused, and that is explained', async () => {
    const report = await run({ clientId: 'public', ...signed, pushAuthorizationRequest: true }, other);
    const failure = failureOf(report, 'oauth_error');
    assert.equal(failure.body.error, 'invalid_request_object');
  });

  it('a signed response is verified and opened', async () => {
    for (const mode of ['jwt', 'query.jwt', 'form_post.jwt']) {
      const report = await run({ clientId: 'native', authorizationParameters: { response_mode: mode } });
      tokensOf(report);
      const redirect = report.exchanges.find(
        ({ leg, purpose }) => leg === 'loopback' && purpose === 'redirect',
      );
      const sent = `${redirect?.request.url ?? ''}${redirect?.request.body ?? ''}`;
      assert.match(sent, /[?&]?response=ey/, mode);
      assert.ok(report.exchanges.some(({ purpose }) => purpose === 'jwks'));
    }
  });

  it('a refusal in a signed response is the server’s refusal', async () => {
    const report = await run({
      clientId: 'native',
      authorizationParameters: { response_mode: 'jwt' },
      prompt: 'none',
    });
    assert.equal(failureOf(report, 'oauth_error').body.error, 'login_required');
  });

  /** A flow that asks for a signed response. */
  const wantsSigned = (browser: SignInBrowser) =>
    runFlow(
      'authorization_code',
      userProfile({
        ...{ issuer, scopes: ['openid'], clientId: 'native' },
        authorizationParameters: { response_mode: 'jwt' },
      }),
      flowDeps({ browser }),
    );

  it('a signed response of anybody else is not believed', async () => {
    const browser = new (class extends SignInBrowser {
      override async open(url: string): Promise<boolean> {
        const { searchParams } = new URL(await authorizationOf(url));
        const { privateKey } = await generateKeyPair('RS256');
        const response = await new SignJWT({ code: 'forged', state: searchParams.get('state') })
          .setProtectedHeader({ alg: 'RS256' })
          .setIssuer(issuer)
          .setAudience('native')
          .setExpirationTime('1m')
          .sign(privateKey);
        void fetch(`${searchParams.get('redirect_uri') ?? ''}?response=${response}`).catch(() => undefined);
        return true;
      }
    })();
    const report = await wantsSigned(browser);
    assert.equal(failureOf(report, 'invalid_redirect').code, 'response_jwt');
  });

  it('an unsigned response is not taken where a signed one was asked for', async () => {
    const browser = new (class extends SignInBrowser {
      override async open(url: string): Promise<boolean> {
        const { searchParams } = new URL(await authorizationOf(url));
        const back = new URLSearchParams({ code: 'c', state: searchParams.get('state') ?? '', iss: issuer });
        void fetch(`${searchParams.get('redirect_uri') ?? ''}?${back.toString()}`).catch(() => undefined);
        return true;
      }
    })();
    const report = await wantsSigned(browser);
    assert.equal(failureOf(report, 'invalid_redirect').code, 'response_unsigned');
  });

  it('a response with the state of another flow is not ours', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const response = (state: unknown) =>
      new URLSearchParams({ response: `${part({ alg: 'none' })}.${part({ state })}.x` });
    assert.equal(judgeParameters(response('mine'), 'mine').kind, 'redirect');
    for (const state of ['other', undefined, 1, ['mine']])
      assert.equal(judgeParameters(response(state), 'mine').kind, 'ignored');
    assert.equal(
      judgeParameters(new URLSearchParams({ response: 'x'.repeat(70_000) }), 'mine').kind,
      'ignored',
    );
  });
});

describe('what a server signs, with whichever of its keys', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const ed448 = generateKeyPairSync('ed448');
  const ed25519 = generateKeyPairSync('ed25519');
  const [jwk448, jwk25519] = [ed448, ed25519].map(({ publicKey }) => publicKey.export({ format: 'jwk' }));
  const server = { issuer: 'https://as.example', jwks_uri: 'https://as.example/jwks' };
  const now = 1_700_000_000;
  const claims = { iss: server.issuer, aud: 'client', exp: now + 60, sub: 'ada', code: 'c', state: 's' };
  const jwt = (header: object, over: object = {}, { privateKey } = ed25519) => {
    const text = `${part({ alg: 'EdDSA', kid: 'k1', ...header })}.${part({ ...claims, ...over })}`;
    return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const context = (keys: unknown) => ({
    trace: new Trace(),
    clock: { ...realClock, now: () => now * 1000 },
    fetch: () => () => Promise.resolve(Response.json(keys)),
  });
  /** The code in a signed response, or why it was not used. */
  const opened = async (
    response: string,
    keys: unknown = { keys: [{ ...jwk25519, kid: 'k1' }] },
    over = {},
  ) => {
    const profile = userProfile({ clientId: 'client' });
    const flow = decoratedFlow(context(keys), { ...server, ...over }, { profile });
    const parameters = new URLSearchParams(response.split(' ').map((one) => ['response', one]));
    try {
      const received = await signedResponse().received?.({ kind: 'redirect', parameters }, flow);
      return received?.kind === 'redirect' ? received.parameters.get('code') : undefined;
    } catch (thrown) {
      assert.ok(thrown instanceof FailureError && thrown.failure.kind === 'invalid_redirect', String(thrown));
      assert.equal(thrown.failure.code, 'response_jwt');
      return `${thrown.failure.message} ${thrown.failure.advice}`;
    }
  };

  it('a response is opened with every key that an id_token is checked with', async () => {
    for (const [token, key] of [
      [jwt({}), { ...jwk25519, kid: 'k1' }],
      [jwt({}), jwk25519],
      [jwt({ alg: 'Ed25519' }), { ...jwk25519, kid: 'k1', alg: 'EdDSA' }],
      [jwt({}, {}, ed448), { ...jwk448, kid: 'k1' }],
      [jwt({ kid: undefined }, { aud: ['other', 'client'] }), { ...jwk25519, kid: 'k1' }],
      // Clocks differ.
      [jwt({}, { exp: now - 29, nbf: now + 29 }), jwk25519],
    ] as const)
      assert.equal(await opened(token, { keys: [jwk448 ?? {}, key] }), 'c');
  });

  it('a response that does not hold says which part of it, with what came', async () => {
    const cases: readonly (readonly [Promise<unknown>, RegExp])[] = [
      [opened(jwt({}, { iss: 'https://other.example' })), /another one: https:\/\/other\.example instead of/],
      [opened(jwt({}, { iss: undefined })), /it has no iss/],
      [opened(jwt({}, { aud: 'else' })), /its aud is else, the client ID of the profile is client/],
      [opened(jwt({}, { aud: undefined })), /it has no aud/],
      [opened(jwt({}, { exp: now - 100 })), /it has expired: it ended at .*, 100 s before/],
      [opened(jwt({}, { exp: undefined })), /it has no exp/],
      [opened(jwt({}, { exp: '9' })), /its exp is a string/],
      [opened(jwt({}, { nbf: now + 100 })), /it is not valid yet/],
      [opened(jwt({ alg: 'none' })), /it is not signed \(alg none\)/],
      [
        opened(jwt({}), undefined, { authorization_signing_alg_values_supported: ['ES256'] }),
        /it is signed with EdDSA, which is not among .*ES256/,
      ],
      [opened(jwt({ alg: 'HS256' })), /could not be checked: HS256 is an algorithm/],
      [opened(jwt({ crit: ['x'] })), /its header demands an extension/],
      [opened(jwt({}, {}, generateKeyPairSync('ed25519'))), /its signature does not fit the keys/],
      [
        opened(jwt({}), { keys: [{ ...jwk25519, kid: 'k2' }] }),
        /names the key “k1”, which is not among the one key/,
      ],
      [opened(jwt({}), {}), /could not be checked: .* not with a key set/],
      [opened(jwt({}), undefined, { jwks_uri: undefined }), /could not be checked: the metadata/],
      [opened(`${jwt({})} ${jwt({})}`), /it came more than once/],
      [
        opened('a.b.c.d.e'),
        /it is encrypted, and its header cannot be read, so it was not used\. Register the client without authorization_encrypted_response_alg, or/,
      ],
      [opened('nonsense'), /it is not a JSON Web Token/],
      [opened(`AAAA.${part(claims)}.AAAA`), /it is not a JSON Web Token/],
    ];
    for (const [said, expected] of cases) assert.match(String(await said), expected);
  });

  it('an answer about a user or a token is believed by the same keys, and says why it is not', async () => {
    const answer = (token: string, keys: unknown) => {
      const found = { server, issuerKnown: true, sources: {} };
      const flow = { ...flowContext(context(keys)), found };
      const response = new Response(token, { headers: { 'content-type': 'application/jwt' } });
      const about = { step: 'api', subject: 'The answer' } as const;
      return signedAnswer(response, userProfile(), flow, (given) => given.text(), about);
    };
    await assert.rejects(answer('a.b.c.d.e', {}), (thrown) => {
      assert.ok(thrown instanceof FailureError && thrown.failure.kind === 'malformed_response');
      assert.equal(
        thrown.failure.message,
        'The answer is not believed: it is encrypted, and its header cannot be read.',
      );
      assert.match(
        thrown.failure.advice,
        /^Register the client without userinfo_encrypted_response_alg or introspection_encrypted_response_alg, or have/,
      );
      return true;
    });
    const token = jwt({}, {}, ed448);
    assert.equal(await answer(token, { keys: [jwk25519, jwk448] }), token);
    for (const [keys, message] of [
      [
        { keys: [{ ...jwk448, kid: 'k2' }] },
        /^The answer is not believed: the server publishes no key .*“k1”/,
      ],
      [
        { keys: [{ ...generateKeyPairSync('ed448').publicKey.export({ format: 'jwk' }), kid: 'k1' }] },
        /does not fit/,
      ],
      [{}, /its signature was not checked, since https:\/\/as\.example\/jwks answered with status 200/],
    ] as const)
      await assert.rejects(answer(token, keys), (thrown) => {
        assert.ok(thrown instanceof FailureError && thrown.failure.kind === 'malformed_response');
        assert.equal(thrown.failure.code, 'signature');
        assert.match(thrown.failure.message, message);
        return true;
      });
  });
});

/** Where the one-time address of the listener leads. */
async function authorizationOf(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  return response.headers.get('location') ?? '';
}
