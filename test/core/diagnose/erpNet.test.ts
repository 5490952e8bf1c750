import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { applyQuickFix } from '../../../src/core/diagnose/quickFix.ts';
import { profileDefaults } from '../../../src/core/diagnose/profileDefaults.ts';
import { providerOf } from '../../../src/core/diagnose/catalogue.ts';
import { tokenFacts } from '../../../src/core/diagnose/tokenFacts.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { freePort } from '../../../src/demo/listen.ts';
import {
  applicationSecretHash,
  startErpNet,
  type ErpNetServer,
  type TrustedApplication,
} from '../../support/servers/erpNet.ts';
import { catalogue, cause, causeIds, explain, explained, playRequest, run } from './play.ts';
import { exchange } from './evidence.ts';
import { authorizationCode, clientCredentials } from './support.ts';

const service: TrustedApplication = {
  ApplicationUri: 'my.trusted.app/service',
  ClientType: 'Confidential',
  ApplicationSecretHash: applicationSecretHash('s3cr3t'),
  SystemUserAllowed: true,
  SystemUser: 'svc.integration',
  Scope: 'read DomainApi',
  IsEnabled: true,
};

describe('ERP.net, service applications', () => {
  let server: ErpNetServer;
  before(async () => (server = await startErpNet([service])));
  beforeEach(() => server.applications.set(service.ApplicationUri, service));
  after(() => server.close());

  const profile = (change: Partial<Profile> = {}) => {
    const provider = providerOf(catalogue, 'erp-net');
    const defaults = profileDefaults(provider, 'client_credentials', { instance: server.origin });
    return clientCredentials({
      ...defaults,
      clientId: service.ApplicationUri,
      ...change,
    });
  };
  /** Sends a form of our own to the server and plays its answer in the place of the token response. */
  const sending = async (asked: Profile, form: Record<string, string>) => {
    const sent = await fetch(`${server.origin}/id/connect/token`, {
      ...{ method: 'POST', body: new URLSearchParams(form) },
    });
    const body = (await sent.json()) as object;
    return explain(asked, await playRequest(asked, 'token', form, { status: sent.status, body }));
  };
  const failing = async (change: Partial<TrustedApplication>, ...with_: Parameters<typeof profile>) => {
    server.applications.set(service.ApplicationUri, { ...service, ...change });
    return explained(await run('client_credentials', profile(...with_)));
  };

  it('get a token on the first try with what the provider form fills in', async () => {
    const { outcome } = await run('client_credentials', profile());
    assert.equal(outcome.kind, 'token');
    assert.equal(outcome.tokens.scope, 'read');
    assert.equal(outcome.tokens.refresh_token, undefined);
    const form = new URLSearchParams(server.requests.at(-1)?.body);
    assert.equal(form.get('client_id'), 'my.trusted.app/service');
    assert.equal(form.get('client_secret'), 's3cr3t');
  });

  it('invalid_client: application not found, disabled, or wrong secret', async () => {
    for (const [change, asked] of [
      [{ IsEnabled: false }, {}],
      [{ ApplicationSecretHash: applicationSecretHash('other') }, {}],
      [{ ClientType: 'Public' }, {}],
      [{}, { clientId: 'nobody' }],
    ] as const) {
      const explanation = await failing(change, asked);
      assert.deepEqual(explanation.server?.error_description, 'Invalid client_id or client_secret');
      const { title, steps, fixes } = cause(explanation, 'erp-net/service-invalid-client');
      assert.match(title, /not found, is disabled, or the secret is wrong/);
      assert.match(steps.join(' '), /ApplicationUri.*IsEnabled = true and ClientType = Confidential/s);
      assert.deepEqual(fixes[0], { kind: 'enter_secret' });
      assert.equal(causeIds(explanation)[0], 'erp-net/service-invalid-client');
    }
  });

  it('unauthorized_client: SystemUserAllowed and a valid SystemUser', async () => {
    const explanation = await failing({ SystemUserAllowed: false });
    assert.equal(causeIds(explanation)[0], 'erp-net/service-unauthorized-client');
    assert.match(explanation.causes[0]?.steps.join(' ') ?? '', /SystemUserAllowed = true.*SystemUser/s);
  });

  it('invalid_scope names the scope, and one click removes it', async () => {
    const asked = profile({ scopes: ['read', 'update'] });
    const explanation = explained(await run('client_credentials', asked));
    const [first] = explanation.causes;
    assert.equal(first?.id, 'erp-net/service-invalid-scope');
    assert.match(first.title, /“update” is not allowed by the Trusted Application/);
    assert.match(first.steps.join(' '), /Scope field/);
    const [fix] = first.fixes;
    assert.deepEqual(fix, { kind: 'remove_scopes', scopes: ['update'] });
    const applied = applyQuickFix(asked, fix);
    assert.equal(applied.kind, 'profile');
    const again = await run('client_credentials', applied.profile);
    assert.equal(again.outcome.kind, 'token');
  });

  it('invalid_scope with several names them to nobody: which one is wrong is not said', async () => {
    const body = { error: 'invalid_scope', error_description: 'Invalid scopes: read update' };
    const asked = profile({ scopes: ['read', 'update'] });
    const explanation = explain(asked, await playRequest(asked, 'token', {}, { status: 400, body }));
    assert.ok(!causeIds(explanation).includes('erp-net/service-invalid-scope'));
    const { fixes } = cause(explanation, 'erp-net/service-invalid-scope-unnamed');
    assert.deepEqual(fixes, [{ kind: 'edit_profile', field: 'scopes' }]);
  });

  it('invalid_grant: both credentials as form fields', async () => {
    const asked = profile({ clientAuthentication: 'client_secret_basic' });
    const explanation = await sending(asked, {
      ...{ grant_type: 'client_credentials', client_id: service.ApplicationUri, client_secret: '' },
    });
    assert.equal(explanation.server?.error_description, 'Client credentials are invalid or missing');
    const found = cause(explanation, 'erp-net/service-invalid-grant');
    assert.match(found.steps.join(' '), /form fields/);
    assert.deepEqual(found.fixes, [
      { kind: 'set_client_authentication', clientAuthentication: 'client_secret_post' },
      { kind: 'enter_secret' },
    ]);
  });

  it('unsupported_grant_type: only client_credentials for service apps', async () => {
    const form = { grant_type: 'password', client_id: service.ApplicationUri, client_secret: 's3cr3t' };
    const explanation = await sending(profile(), form);
    assert.equal(explanation.server?.error_description, 'Unsupported grant type: password');
    assert.equal(causeIds(explanation)[0], 'erp-net/service-unsupported-grant-type');
    const { steps, fixes } = cause(explanation, 'erp-net/service-unsupported-grant-type');
    assert.match(steps.join(' '), /only grant_type=client_credentials/);
    assert.deepEqual(fixes, [{ kind: 'edit_profile', field: 'grant' }]);
  });

  it('invalid_request: Missing client_id, because it went into the Authorization header', async () => {
    const explanation = await failing({}, { clientAuthentication: 'client_secret_basic' });
    assert.equal(explanation.server?.error_description, 'Missing client_id');
    const [first] = explanation.causes;
    assert.equal(first?.id, 'erp-net/service-invalid-request');
    assert.deepEqual(first.fixes[0], {
      ...{ kind: 'set_client_authentication', clientAuthentication: 'client_secret_post' },
    });
  });

  it('invalid_request: Missing client_secret', async () => {
    const form = { grant_type: 'client_credentials', client_id: service.ApplicationUri };
    const explanation = await sending(profile(), form);
    assert.equal(explanation.server?.error_description, 'Missing client_secret');
    assert.equal(causeIds(explanation)[0], 'erp-net/service-invalid-request');
    assert.deepEqual(explanation.causes[0]?.fixes, [{ kind: 'enter_secret' }]);
  });

  it('API 401: the token expired or was revoked; a new one is fetched', () => {
    const url = `${server.origin}/api/domain/odata/Crm_Customers`;
    const exchange = {
      ...({ id: 1, purpose: 'api', leg: 'extension', startedAt: 0, deviations: [] } as const),
      request: { method: 'GET', url, headers: [] },
      response: {
        status: 401,
        statusText: 'Unauthorized',
        headers: [['WWW-Authenticate', 'Bearer']] as const,
        body: '',
      },
    };
    const failure = {
      kind: 'http_error',
      step: 'api',
      status: 401,
      message: '',
      advice: '',
      exchange: 1,
    } as const;
    const explanation = explain(profile(), { failure, exchanges: [exchange] });
    assert.deepEqual(cause(explanation, 'erp-net/api-401').fixes, [{ kind: 'get_token' }]);
  });
});

describe('ERP.net, interactive applications', () => {
  const issuer = 'https://testdb.my.erp.net/id';
  const user = (change = {}) =>
    authorizationCode({ issuer, scopes: ['openid', 'DomainApi'], clientAuthentication: 'none', ...change });
  const rows: readonly {
    row: string;
    step?: 'token' | 'refresh';
    error: string;
    description?: string;
    change?: object;
    expected: string;
    says: RegExp;
    fix?: string;
  }[] = [
    {
      row: 'Invalid Redirect URI',
      error: 'invalid_redirect_uri',
      expected: 'redirect-uri',
      says: /ImpersonateLoginUrl.*upper and lower case/s,
      fix: 'edit_profile',
    },
    {
      row: 'Missing or Invalid Client Credentials, public',
      error: 'invalid_client',
      expected: 'user-invalid-client-public',
      says: /ApplicationUri.*Confidential/s,
      fix: 'set_client_authentication',
    },
    {
      row: 'Missing or Invalid Client Credentials, confidential',
      error: 'invalid_client',
      change: { clientAuthentication: 'client_secret_post' },
      expected: 'user-invalid-client-secret-for-public',
      says: /ApplicationUri.*Public, send no secret/s,
      fix: 'enter_secret',
    },
    {
      row: 'Unauthorized Grant Type',
      error: 'unsupported_grant_type',
      expected: 'user-unsupported-grant-type',
      says: /only authorization_code and refresh_token/,
      fix: 'edit_profile',
    },
    {
      row: 'PKCE Validation Failed',
      error: 'invalid_grant',
      description: 'PKCE verification failed',
      expected: 'pkce',
      says: /verifier/,
      fix: 'sign_in',
    },
    {
      row: 'Invalid Scope',
      error: 'invalid_scope',
      expected: 'user-invalid-scope',
      says: /Scope field/,
      fix: 'edit_profile',
    },
    {
      row: 'Expired or Invalid Authorization Code',
      error: 'invalid_grant',
      expected: 'code',
      says: /without a pause.*redirect_uri/s,
      fix: 'sign_in',
    },
    {
      row: 'Invalid or Expired Refresh Token',
      step: 'refresh',
      error: 'invalid_grant',
      description: 'refresh token is expired or invalid',
      expected: 'refresh-token',
      says: /Sign in again.*latest/s,
      fix: 'sign_in',
    },
    {
      row: 'Disabled or Missing Trusted Application',
      error: 'unauthorized_client',
      expected: 'user-unauthorized-client',
      says: /IsEnabled = true.*right instance/s,
      fix: 'edit_profile',
    },
  ];
  for (const { row, step = 'token', error, description, change, expected, says, fix } of rows)
    it(row, async () => {
      const body = { error, ...(description === undefined ? {} : { error_description: description }) };
      const played = await playRequest(
        user(change),
        step,
        { grant_type: 'authorization_code', code: 'c' },
        { status: 400, body },
      );
      const explanation = explain(user(change), played);
      assert.equal(causeIds(explanation)[0], `erp-net/${expected}`);
      assert.match(explanation.causes[0]?.steps.join(' ') ?? '', says);
      assert.equal(explanation.causes[0]?.fixes[0]?.kind, fix);
      assert.equal(explanation.server?.error, error);
      assert.equal(explanation.server.error_description, description);
    });

  it('takes code and words apart when they come in one, as the documentation prints them', async () => {
    for (const [step, error, expected] of [
      ['token', 'invalid_grant: PKCE verification failed', 'erp-net/pkce'],
      ['refresh', 'invalid_grant: refresh token is expired or invalid', 'erp-net/refresh-token'],
    ] as const) {
      const played = await playRequest(user(), step, { code: 'c' }, { status: 400, body: { error } });
      const explanation = explain(user(), played);
      assert.equal(causeIds(explanation)[0], expected);
      assert.deepEqual(explanation.causes[0]?.fixes, [{ kind: 'sign_in' }]);
      assert.equal(explanation.server?.error, 'invalid_grant');
      assert.match(explanation.server.body ?? '', /"error":"invalid_grant: /, 'what came is shown as well');
    }
  });
});

describe('ERP.net, a user signing in', async () => {
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
  const app: TrustedApplication = {
    ...({
      ApplicationUri: 'my.trusted.app/desktop',
      ClientType: 'Public',
      SystemUserAllowed: false,
    } as const),
    ...{
      Scope: 'openid profile offline_access DomainApi',
      IsEnabled: true,
      ImpersonateLoginUrl: redirectUri,
    },
  };
  let server: ErpNetServer;
  before(async () => (server = await startErpNet([app])));
  beforeEach(() => server.applications.set(app.ApplicationUri, app));
  after(() => server.close());

  // Without openid: the documents say nothing of the id_token this server would give.
  const profile = (change = {}) =>
    authorizationCode({
      ...{ provider: 'erp-net', issuer: `${server.origin}/id`, clientId: app.ApplicationUri, redirectUri },
      ...{ clientAuthentication: 'none', scopes: ['offline_access', 'DomainApi'] },
      ...change,
    });
  const signIn = async () => {
    const { outcome } = await run('authorization_code', profile());
    assert.equal(outcome.kind, 'token', JSON.stringify(outcome));
    return outcome.tokens;
  };

  it('gets a token with PKCE over the registered redirect URI', async () => {
    const tokens = await signIn();
    assert.equal(tokens.scope, 'offline_access DomainApi');
    assert.ok(tokens.refresh_token);
  });

  it('keeps the latest refresh token, because they rotate; an old one is explained by what this session knows', async () => {
    const tokens = await signIn();
    const first = await run('refresh_token', profile(), undefined, tokens);
    assert.equal(first.outcome.kind, 'token');
    assert.notEqual(first.outcome.tokens.refresh_token, tokens.refresh_token);
    assert.equal(
      (await run('refresh_token', profile(), undefined, first.outcome.tokens)).outcome.kind,
      'token',
    );
    const again = await run('refresh_token', profile(), undefined, tokens);
    const explanation = explained(again, { earlier: [first] });
    assert.equal(explanation.server?.error_description, 'refresh token is expired or invalid');
    assert.deepEqual(causeIds(explanation).slice(0, 2), ['refresh-token-rotated', 'erp-net/refresh-token']);
    assert.deepEqual(explanation.causes[0]?.fixes, [{ kind: 'sign_in' }]);
  });

  it('a scope outside the Scope field comes back in the redirect and is explained there', async () => {
    const explanation = explained(await run('authorization_code', profile({ scopes: ['update'] })));
    assert.equal(explanation.title, 'invalid_scope at the authorization endpoint');
    assert.equal(causeIds(explanation).includes('erp-net/user-invalid-scope'), true);
  });

  it('Token Expired: the API answers 401, and the refresh token brings a new one', async () => {
    const tokens = await signIn();
    const call = (token: string) =>
      fetch(`${server.origin}/api/domain/odata/Crm_Customers`, {
        headers: { authorization: `Bearer ${token}` },
      });
    assert.equal((await call(tokens.access_token)).status, 200);
    server.expireTokens();
    const answer = await call(tokens.access_token);
    assert.equal(answer.status, 401);
    const called = exchange({
      purpose: 'api',
      url: answer.url,
      response: { status: 401, statusText: '', headers: [...answer.headers], body: await answer.text() },
    });
    const failure = {
      ...({ kind: 'http_error', step: 'api', status: 401, exchange: 1, message: '', advice: '' } as const),
    };
    const explanation = explain(profile(), { failure, exchanges: [called] }, { token: tokenFacts(tokens) });
    const { steps, fixes } = cause(explanation, 'erp-net/api-401');
    assert.match(steps.join(' '), /refresh token or a new sign-in/);
    assert.deepEqual(fixes, [{ kind: 'get_token' }]);
    const { outcome } = await run('refresh_token', profile(), undefined, tokens);
    assert.equal(outcome.kind, 'token');
    assert.equal((await call(outcome.tokens.access_token)).status, 200);
  });

  it('a page at the authorization endpoint: nobody comes back, and the redirect URI is suspected', async () => {
    const { port } = new URL(redirectUri);
    const asked = profile({ redirectUri: `http://127.0.0.1:${port}/Callback` });
    const report = await run('authorization_code', asked, undefined, undefined, 1000);
    assert.equal(report.outcome.kind, 'failure');
    assert.equal(report.outcome.failure.kind, 'timeout');
    const explanation = explained(report);
    assert.deepEqual(causeIds(explanation), [
      'nobody-came-back',
      'openid-left-out',
      'redirect-uri-not-registered',
    ]);
    const { evidence, fixes } = cause(explanation, 'redirect-uri-not-registered');
    assert.match(evidence.join('\n'), /\/Callback[\s\S]*do not redirect back[\s\S]*upper-case/);
    assert.ok(evidence.join('\n').includes(`${port}/Callback`));
    assert.ok(fixes.some((fix) => fix.kind === 'set_redirect_uri' && fix.redirectUri === redirectUri));
  });

  it('an application that is disabled shows the same: a page, and nobody comes back', async () => {
    server.applications.set(app.ApplicationUri, { ...app, IsEnabled: false });
    const report = await run('authorization_code', profile(), undefined, undefined, 1000);
    assert.match(explained(report).causes[0]?.steps.join(' ') ?? '', /error of the server.*read it there/s);
  });
});
