import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { authorizationResponse } from '../../../src/core/oauth/authorizationResponse.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { fakeServer, type FakeServerOptions } from './support/fakeServer.ts';

const plainToken = { access_token: 'mF_9.B5f-4.1JqM', token_type: 'Bearer', expires_in: 300 };

async function signedIn(context: TestContext, options: FakeServerOptions, over = {}) {
  const server = await fakeServer(context, options);
  const browser = new SignInBrowser();
  const profile = userProfile({ issuer: server.issuer, scopes: [], ...over });
  const report = await runFlow('authorization_code', profile, flowDeps({ browser }));
  return { report, server, page: (await browser.page).body };
}

/** What a redirect with these parameters is refused with; `taken` when it is not. */
function refused(query: string): Failure | 'taken' {
  const parameters = new URLSearchParams(`state=s&${query}`);
  const metadata = { server: { issuer: 'https://as.example.com' }, issuerKnown: true, sources: {} };
  try {
    authorizationResponse({ kind: 'redirect', parameters }, metadata, { client_id: 'c' }, 's');
    return 'taken';
  } catch (thrown) {
    assert.ok(thrown instanceof FailureError, String(thrown));
    return thrown.failure;
  }
}

/** What it is refused for. */
function refusalOf(query: string): string {
  const failure = refused(query);
  if (failure === 'taken') return failure;
  return failure.kind === 'invalid_redirect' ? failure.code : failure.message;
}

/** What is said of it. */
function message(query: string): string {
  const failure = refused(query);
  return failure === 'taken' ? failure : `${failure.message} ${failure.advice}`;
}

const state = (request: URLSearchParams) => ({ state: request.get('state') ?? '' });

describe('what comes back with the right state', () => {
  it('is no token when the user denies the access', async (context) => {
    const { report, server, page } = await signedIn(context, {
      redirect: (request) => ({
        ...state(request),
        error: 'access_denied',
        error_description: 'The resource owner denied the request',
        error_uri: 'https://as.example.com/e',
      }),
    });
    const failure = failureOf(report, 'oauth_error');
    assert.equal(failure.step, 'authorization');
    assert.equal(report.exchanges.find(({ id }) => id === failure.exchange)?.purpose, 'redirect');
    assert.equal(failure.status, undefined);
    assert.deepEqual(failure.body, {
      error: 'access_denied',
      error_description: 'The resource owner denied the request',
      error_uri: 'https://as.example.com/e',
    });
    assert.match(page, /access_denied/);
    assert.equal(server.tokenRequests.length, 0);
  });

  for (const [name, parameters, says] of [
    ['no code', {}, /neither a code nor an error\.$/],
    ['an empty code', { code: '' }, /the right state, and a code that is empty\.$/],
    [
      'a token in its place, which is not repeated',
      { access_token: 'SECRET', q7Zt9pXk2LmN4vBc: '' },
      /neither a code nor an error \(but access_token\)\.$/,
    ],
  ] as const)
    it(`is refused with ${name}`, async (context) => {
      const { report, server } = await signedIn(context, {
        redirect: (request) => ({ ...state(request), ...parameters }),
      });
      const failure = failureOf(report, 'invalid_redirect');
      assert.equal(failure.code, 'code_missing');
      assert.match(failure.message, says);
      assert.equal(server.tokenRequests.length, 0);
    });

  it('is refused when iss names another issuer, whether it is a code or an error', async (context) => {
    for (const parameters of [{ code: 'c' }, { error: 'access_denied' }]) {
      const { report, server } = await signedIn(context, {
        redirect: (request) => ({ ...state(request), ...parameters, iss: 'https://evil.example' }),
      });
      assert.equal(failureOf(report, 'invalid_redirect').code, 'iss_wrong');
      assert.equal(server.tokenRequests.length, 0);
    }
  });

  it('is shown without the code that a refusal repeats, in the report and on the page', async (context) => {
    const code = 'RECOGNISABLE-code-0123456789';
    const { report, page } = await signedIn(context, {
      redirect: (request) => ({
        ...state(request),
        ...{ code, error: 'access_denied', error_description: `not with ${code}` },
      }),
    });
    const failure = failureOf(report, 'oauth_error');
    assert.match(failure.message, /not with/);
    for (const shown of [JSON.stringify(failure), page]) assert.doesNotMatch(shown, /RECOGNISABLE/);
  });

  it('is refused with two codes, of which one may be another’s', () => {
    const code = refusalOf('code=mine&code=another');
    assert.equal(code, 'code_missing');
  });

  it('says what came: the issuers that differ, several codes or none, and nothing of a code where an error came', async (context) => {
    assert.match(message('code=a&code=b'), /has the right state and 2 codes/);
    assert.doesNotMatch(message('error=login_required'), /Remove prompt/);
    assert.match(message('x=1'), /neither a code nor an error/);
    assert.match(message('issuer=1&states=1&a=1&b=1&c=1&d=1'), /\(but issuer, states, a, b, c\)/);
    // Facebook’s own form; beside a code it says nothing.
    const facebook = 'error_code=1349048&error_message=Can%27t+load+URL';
    assert.match(message(facebook), /refused .* with 1349048 \(Can't load URL\)/);
    assert.doesNotMatch(message(`${facebook}&code=c`), /refused/);
    assert.match(
      message('iss=https://as.example.com%E2%80%8B&code=c'),
      /with characters that do not show instead/,
    );
    assert.match(
      message('code=c&iss=https://as.example.com&iss=https://as.example.com'),
      /iss more than once/,
    );
    const foreign = message('error=access_denied&iss=https://evil.example');
    assert.match(foreign, /\(https:\/\/evil\.example instead of https:\/\/as\.example\.com\)/);
    assert.doesNotMatch(foreign, /code/);
    const { report } = await signedIn(context, {
      redirect: (request) => ({ ...state(request), code: 'c', iss: 'https://evil.example' }),
    });
    const failure = failureOf(report, 'invalid_redirect');
    assert.equal(failure.received, 'https://evil.example');
    assert.match(failure.expected ?? '', /^http:\/\/127\.0\.0\.1/);
  });

  it('is refused with two iss, whichever comes first', () => {
    for (const [one, two] of [
      ['https://as.example.com', 'https://evil.example'],
      ['https://evil.example', 'https://as.example.com'],
    ] as const)
      assert.equal(refusalOf(`code=c&iss=${one}&iss=${two}`), 'iss_wrong');
    assert.equal(refusalOf('code=c&iss=https://as.example.com&iss=https://as.example.com'), 'iss_twice');
    const twice = message('code=c&iss=https://as.example.com&iss=https://evil.example');
    assert.match(twice, /iss more than once \(https:\/\/as\.example\.com, https:\/\/evil\.example\)/);
  });

  it('names each error, where a server sends several', () => {
    assert.match(
      message('error=access_denied&error=server_error'),
      /with access_denied, and with server_error\./,
    );
    assert.match(message('error=access_denied&error=access_denied'), /with access_denied\./);
    assert.doesNotMatch(message('error=access_denied&error=access_denied'), /and with/);
    assert.match(message('error=a&error=b&error=c&error=d&error=e'), /with a, and with b and c and d\./);
  });

  it('is refused without iss when the metadata promises it, and taken with it', async (context) => {
    const options = {
      metadata: { authorization_response_iss_parameter_supported: true },
      token: () => ({ body: plainToken }),
    };
    const without = await signedIn(context, options);
    assert.equal(failureOf(without.report, 'invalid_redirect').code, 'iss_missing');
    const redirect = (request: URLSearchParams, iss: string) => ({ ...state(request), code: 'c', iss });
    tokensOf((await signedIn(context, { ...options, redirect })).report);
  });

  it('is exchanged once: the words of the server are kept when it says the code was used', async (context) => {
    const { report } = await signedIn(context, {
      token: () => ({
        status: 400,
        body: { error: 'invalid_grant', error_description: 'code was already redeemed' },
      }),
    });
    const failure = failureOf(report, 'oauth_error');
    assert.equal(failure.step, 'token');
    assert.match(failure.message, /invalid_grant \(code was already redeemed\)/);
  });
});

describe('the id_token', () => {
  const openid = { scopes: ['openid'], clientId: 'native-client' };
  const parts = (token: string) => token.split('.') as [string, string, string];
  const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('is taken when everything about it is right', async (context) => {
    const { report } = await signedIn(context, {}, openid);
    assert.ok(tokensOf(report).id_token);
  });

  const now = Math.floor(Date.now() / 1000);
  const cases: readonly (readonly [string, FakeServerOptions, string])[] = [
    ['another nonce', { claims: { nonce: 'other' } }, 'nonce'],
    ['no nonce', { claims: { nonce: undefined } }, 'nonce'],
    ['another audience', { claims: { aud: 'other' } }, 'aud'],
    ['more audiences and no azp', { claims: { aud: ['native-client', 'other'] } }, 'aud'],
    ['another issuer', { claims: { iss: 'https://evil.example' } }, 'iss'],
    ['its end in the past', { claims: { exp: now - 100 } }, 'exp'],
    ['no end', { claims: { exp: undefined } }, 'exp'],
    ['its beginning in the future', { claims: { nbf: now + 86_400 } }, 'nbf'],
    [
      'a signature by another key',
      { idToken: (token) => `${parts(token).slice(0, 2).join('.')}.${'A'.repeat(86)}` },
      'signature',
    ],
    [
      'claims that were changed',
      {
        idToken: (token) => {
          const [head, body, end] = parts(token);
          const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
          return [head, b64({ ...claims, sub: 'eve' }), end].join('.');
        },
      },
      'signature',
    ],
    ['alg none', { idToken: (token) => `${b64({ alg: 'none' })}.${parts(token)[1]}.` }, 'alg'],
    ['a key that is not published', { keys: [] }, 'key_not_found'],
    ['keys that are no keys', { keys: ['x'] }, 'jwks'],
    ['five parts', { idToken: () => 'a.b.c.d.e' }, 'encrypted'],
    ['no form at all', { idToken: () => 'not-a-jwt' }, 'malformed'],
    ['a broken header', { idToken: (token) => `%%%.${parts(token)[1]}.x` }, 'malformed'],
  ];
  for (const [name, options, code] of cases)
    it(`is refused with ${name}`, async (context) => {
      const { report, page } = await signedIn(context, options, openid);
      const failure = failureOf(report, 'invalid_id_token');
      assert.equal(failure.code, code, failure.message);
      const exchange = report.exchanges.find(({ id }) => id === failure.exchange);
      assert.equal(exchange?.purpose, failure.step === 'jwks' ? 'jwks' : 'token');
      assert.match(page, /<h1>No token<\/h1>/);
    });

  it('is verified with the client secret when it is signed with HS256, and refused with another', async (context) => {
    const secret = 's3cret-of-the-client-with-32-bytes';
    for (const [key, outcome] of [
      [secret, 'token'],
      ['another-secret-that-has-32-bytes!', 'failure'],
    ] as const) {
      const idToken = (token: string) => {
        const signed = `${b64({ alg: 'HS256' })}.${parts(token)[1]}`;
        return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
      };
      const server = await fakeServer(context, { idToken });
      const browser = new SignInBrowser();
      const profile = userProfile({
        ...openid,
        issuer: server.issuer,
        clientAuthentication: 'client_secret_post',
      });
      const deps = flowDeps({ browser, secret: () => Promise.resolve(secret) });
      const report = await runFlow('authorization_code', profile, deps);
      assert.equal(report.outcome.kind, outcome, JSON.stringify(report.outcome));
      if (outcome === 'failure') assert.equal(failureOf(report, 'invalid_id_token').code, 'signature');
    }
  });

  it('is refused when a public client gets one that is signed with HS256', async (context) => {
    const idToken = (token: string) => {
      const signed = `${b64({ alg: 'HS256' })}.${parts(token)[1]}`;
      return `${signed}.${createHmac('sha256', '').update(signed).digest('base64url')}`;
    };
    const { report } = await signedIn(context, { idToken }, openid);
    assert.equal(failureOf(report, 'invalid_id_token').code, 'signature');
  });

  it('of a refresh is refused when it is of another user or issuer than the one before', async (context) => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const refreshed = async (before: object | undefined) => {
      const server = await fakeServer(context);
      const claims = { iss: server.issuer, sub: 'ada', aud: 'native-client', ...before };
      const previous = {
        access_token: 'old',
        token_type: 'Bearer',
        refresh_token: 'r-0123456789',
        received_at: 0,
        requested_scopes: ['openid'],
        extra: {},
        ...(before && { id_token: `${encode({ alg: 'ES256' })}.${encode(claims)}.c2ln` }),
      };
      const profile = userProfile({ issuer: server.issuer });
      return runFlow('refresh_token', profile, flowDeps({ previous }));
    };
    for (const [claim, before] of Object.entries({
      sub: { sub: 'grace' },
      iss: { iss: 'https://b.example' },
    })) {
      const report = await refreshed(before);
      const failure = failureOf(report, 'invalid_id_token');
      assert.equal(failure.code, claim);
      assert.match(failure.message, claim === 'sub' ? /another user/ : /its issuer is another one/);
      assert.equal(report.exchanges.find(({ id }) => id === failure.exchange)?.purpose, 'refresh');
    }
    assert.ok(tokensOf(await refreshed({})).id_token);
    assert.ok(tokensOf(await refreshed(undefined)).id_token);
  });

  it('is noted as missing when openid was granted', async (context) => {
    const { report } = await signedIn(context, { token: () => ({ body: plainToken }) }, openid);
    tokensOf(report);
    const deviations = report.exchanges.flatMap((exchange) => exchange.deviations.map(({ code }) => code));
    assert.deepEqual(deviations, ['id_token_missing']);
  });

  it('is noted as unverified when no keys are published', async (context) => {
    const { report } = await signedIn(context, { metadata: { jwks_uri: undefined } }, openid);
    tokensOf(report);
    const deviations = report.exchanges.flatMap((exchange) => exchange.deviations.map(({ code }) => code));
    assert.deepEqual(deviations, ['id_token_unverified']);
  });
});

describe('an authorization response by itself', () => {
  const issuer = 'https://as.example.com';
  const take = (query: string, over: object = {}, issuerKnown = true) =>
    authorizationResponse(
      { kind: 'redirect', parameters: new URLSearchParams(query) },
      { server: { issuer, ...over }, issuerKnown, sources: {} },
      { client_id: 'c' },
      's',
    );
  const failed = (query: string, over: object = {}) => {
    try {
      take(query, over);
      return undefined;
    } catch (thrown) {
      return thrown instanceof FailureError ? thrown.failure : undefined;
    }
  };

  it('is not compared with an issuer that nobody named', () => {
    assert.equal(take('code=c&state=s&iss=https://other.example', {}, false).get('code'), 'c');
    assert.equal(take('code=c&state=s&iss=a&iss=b', {}, false).get('code'), 'c');
  });

  it('is taken with the right iss, whether that was promised or not', () => {
    for (const promised of [true, false]) {
      const over = { authorization_response_iss_parameter_supported: promised };
      assert.equal(take(`code=c&state=s&iss=${issuer}`, over).get('code'), 'c');
    }
  });

  it('is not taken with another state', () => {
    assert.throws(() => take(`code=c&state=other&iss=${issuer}`));
    assert.throws(() => take('code=c'));
  });

  it('names an issuer that is empty, and which was expected', () => {
    const failure = failed('code=c&state=s&iss=');
    assert.ok(failure?.kind === 'invalid_redirect' && failure.code === 'iss_wrong');
    assert.deepEqual([failure.received, failure.expected], ['an empty one', issuer]);
  });

  it('gives the words of a refusal, by whatever name they came', () => {
    const body = (query: string) => {
      const failure = failed(`state=s&${query}`);
      return failure?.kind === 'oauth_error' ? { body: failure.body, message: failure.message } : undefined;
    };
    assert.deepEqual(body('error=x')?.body, { error: 'x' });
    assert.match(body('error=x')?.message ?? '', /request with x\.$/);
    assert.deepEqual(body('error=x&error_description=&error_message=no&reason=late')?.body, {
      ...{ error: 'x', error_description: 'no' },
    });
    assert.match(body('error=x&reason=late')?.message ?? '', /with x \(late\)\.$/);
    assert.deepEqual(body('error=x&error_uri=&error_description=')?.body, { error: 'x', error_uri: '' });
    assert.deepEqual(body('error=')?.body, { error: '' });
    assert.match(failed('state=s&error=invalid_scope')?.advice ?? '', /^Ask only for scopes/);
    assert.match(failed('state=s&error=unheard_of')?.advice ?? '', /^Look up this error/);
  });

  it('has its error believed only of the right issuer, and needs no code then', () => {
    const promised = { authorization_response_iss_parameter_supported: true };
    assert.equal(failed(`error=x&state=s&iss=${issuer}`, promised)?.kind, 'oauth_error');
    assert.equal(failed('error=x&state=s&iss=https://evil.example', promised)?.kind, 'invalid_redirect');
    const fragment = { kind: 'fragment', names: 'code' } as const;
    const metadata = { server: { issuer }, issuerKnown: true, sources: {} };
    assert.throws(
      () => authorizationResponse(fragment, metadata, { client_id: 'c' }, 's'),
      /into the fragment/,
    );
  });
});

describe("iss of Entra's tenants", () => {
  const template = 'https://login.microsoftonline.com/{tenantid}/v2.0';
  const take = (iss: string) =>
    authorizationResponse(
      { kind: 'redirect', parameters: new URLSearchParams({ code: 'c', state: 's', iss }) },
      { server: { issuer: template }, issuerKnown: true, sources: {} },
      { client_id: 'c' },
      's',
    );

  it('is compared with the template', () => {
    const tenant = '3b3bd8c6-d2f6-4f0c-8fb1-6f0f4c1a0300';
    assert.equal(take(`https://login.microsoftonline.com/${tenant}/v2.0`).get('code'), 'c');
    for (const iss of [
      'https://evil.example',
      `https://evil.example/${tenant}/v2.0`,
      `https://login.microsoftonline.com/${tenant}/v1.0`,
      'https://login.microsoftonline.com/a/b/v2.0',
      'https://login.microsoftonline.com/v2.0',
      `https://login.microsoftonline.com/a/${tenant}/v2.0`,
      `https://login.microsoftonline.com/${tenant}/a/v2.0`,
      `https://login.microsoftonline.com/${tenant}0/v2.0`,
      template,
      '',
    ])
      assert.throws(() => take(iss), /names another issuer/, iss);
  });
});
