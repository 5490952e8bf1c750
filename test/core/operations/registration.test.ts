import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { runRegistration } from '../../../src/core/operations/registration.ts';
import { userProfile } from '../../support/profiles.ts';
import { startStandIn, type Answer } from '../../support/servers/standIn.ts';
import { catalogue } from '../diagnose/play.ts';
import { SignInBrowser } from '../oauth/support/browser.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { startProvider } from '../oauth/support/provider.ts';

describe('registering a client, at oidc-provider', () => {
  const initial = 'the-initial-access-token';
  const issuers = { open: '', guarded: '', secretOnly: '' };
  const stops: (() => Promise<void>)[] = [];
  before(async () => {
    const context = { after: (close: () => Promise<void>) => void stops.push(close) };
    const features = (registration: object) =>
      ({ devInteractions: { enabled: true }, registration: { enabled: true, ...registration } }) as never;
    issuers.open = await startProvider(context, { features: features({}) });
    issuers.guarded = await startProvider(context, { features: features({ initialAccessToken: initial }) });
    issuers.secretOnly = await startProvider(context, {
      features: features({}),
      clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
      clients: [],
    });
  });
  after(() => Promise.all(stops.map((stop) => stop())));

  const profileAt = (issuer: string, redirectUri = 'http://127.0.0.1/callback') =>
    userProfile({ issuer, clientId: '-', scopes: ['openid'], redirectUri });

  it('makes a profile that signs in', async () => {
    const { report, registered } = await runRegistration({ profile: profileAt(issuers.open) }, flowDeps());
    assert.ok(registered, JSON.stringify(report.outcome));
    assert.equal(registered.profile.clientAuthentication, 'none');
    assert.notEqual(registered.profile.clientId, '-');
    tokensOf(
      await runFlow('authorization_code', registered.profile, flowDeps({ browser: new SignInBrowser() })),
    );
    assert.ok(registered.client.registrationAccessToken);
    const view = JSON.stringify(flowView({ state: 'ended', flow: report }, {}));
    assert.equal(view.includes(registered.client.registrationAccessToken), false);
    assert.match(view, /Register the client/);
  });

  it('makes a client with a secret where the server knows no other, and shows it nowhere', async () => {
    const { report, registered } = await runRegistration(
      { profile: profileAt(issuers.secretOnly) },
      flowDeps(),
    );
    const secret = registered?.client.clientSecret ?? '';
    assert.notEqual(secret, '', JSON.stringify(report.outcome));
    assert.equal(registered?.profile.clientAuthentication, 'client_secret_basic');
    const shown = JSON.stringify([report.outcome, flowView({ state: 'ended', flow: report }, {})]);
    assert.equal(shown.includes(secret), false);
  });

  it('tells that the server wants a token to register with, and takes it', async () => {
    const refused = await runRegistration({ profile: profileAt(issuers.guarded) }, flowDeps());
    assert.equal(refused.wantsToken, true, JSON.stringify(refused.report.outcome));
    const taken = await runRegistration(
      { profile: profileAt(issuers.guarded), initialAccessToken: initial },
      flowDeps(),
    );
    assert.ok(taken.registered, JSON.stringify(taken.report.outcome));
    assert.equal(
      JSON.stringify(flowView({ state: 'ended', flow: taken.report }, {})).includes(initial),
      false,
    );
  });

  it('explains a redirect URI that the server does not take', async () => {
    const profile = profileAt(issuers.open, 'https://example.com/callback#fragment');
    const { report, wantsToken } = await runRegistration({ profile }, flowDeps());
    assert.equal(failureOf(report, 'oauth_error').body.error, 'invalid_redirect_uri');
    assert.equal(wantsToken, false);
    assert.match(explainReport(report, catalogue)?.title ?? '', /at the registration endpoint/);
  });
});

describe('registering a client, at servers that do it wrong', () => {
  const ran = async (answer: Answer) => {
    const server = await startStandIn((request, origin) => {
      if (request.path.startsWith('/.well-known/'))
        return {
          status: 200,
          body: {
            issuer: origin,
            authorization_endpoint: `${origin}/authorize`,
            token_endpoint: `${origin}/token`,
            registration_endpoint: `${origin}/register`,
            response_types_supported: ['code'],
          },
        };
      return answer;
    });
    try {
      const profile = userProfile({ issuer: server.origin, clientId: '-' });
      return { ...(await runRegistration({ profile }, flowDeps())), origin: server.origin };
    } finally {
      await server.close();
    }
  };
  const answered = async (answer: Answer) => (await ran(answer)).report;
  const withSecret = {
    client_id: 'x',
    client_secret: 's3cr3t',
    token_endpoint_auth_method: 'client_secret_post',
  };

  for (const [value, said, deviation] of [
    [0, undefined, undefined],
    [4_102_444_800, 'It ends on 2100-01-01 00:00:00 UTC.', undefined],
    ['4102444800', 'It ends on 2100-01-01 00:00:00 UTC.', 'client_secret_expires_at_text'],
    ['0', undefined, 'client_secret_expires_at_text'],
    [1_000_000_000, 'By the answer it ended on 2001-09-09 01:46:40 UTC already.', undefined],
    ['soon', undefined, 'client_secret_expires_at_missing'],
    [1e300, undefined, undefined],
    [undefined, undefined, 'client_secret_expires_at_missing'],
  ] as const)
    it(`a secret whose end is ${JSON.stringify(value)} is said to end then`, async () => {
      const { report, registered } = await ran({
        status: 201,
        body: { ...withSecret, ...(value !== undefined && { client_secret_expires_at: value }) },
      });
      assert.equal(registered?.client.clientSecret, 's3cr3t', JSON.stringify(report.outcome));
      assert.ok(report.outcome.kind === 'checked');
      assert.match(
        report.outcome.meaning,
        /whose secret is kept in the keychain, and sent to http:\S+ only\./,
      );
      assert.equal(/(?:It|By the answer it) end.*/.exec(report.outcome.meaning)?.[0], said);
      const codes = report.exchanges.flatMap(({ deviations }) => deviations.map(({ code }) => code));
      assert.deepEqual(codes, deviation === undefined ? [] : [deviation]);
    });

  it('a path in the place of the address of a client is one of the server, and is said', async () => {
    const managing = { registration_access_token: 't', registration_client_uri: '/register/x' };
    const { registered, report, origin } = await ran({
      status: 201,
      body: { client_id: 'x', token_endpoint_auth_method: 'none', ...managing },
    });
    assert.equal(registered?.client.registrationClientUri, `${origin}/register/x`);
    const codes = report.exchanges.flatMap(({ deviations }) => deviations.map(({ code }) => code));
    assert.deepEqual(codes, ['registration_client_uri_relative']);
    const { registered: without } = await ran({
      status: 201,
      body: {
        client_id: 'x',
        token_endpoint_auth_method: 'none',
        ...managing,
        registration_client_uri: 'http://[',
      },
    });
    assert.equal(without?.client.registrationClientUri, undefined);
  });

  it('a redirect URI that the server replaced is told, and one that it kept, or says nothing of, is not', async () => {
    const body = { client_id: 'x', token_endpoint_auth_method: 'none' };
    for (const [uris, said] of [
      [['https://other.example/callback'], /By the answer it has not the redirect URI http:\/\/127\.0\.0\.1/],
      [['https://other.example/callback', 'http://127.0.0.1/callback'], /no secret\.$/],
      [undefined, /no secret\.$/],
    ] as const) {
      const { report } = await ran({ status: 201, body: { ...body, ...(uris && { redirect_uris: uris }) } });
      assert.ok(report.outcome.kind === 'checked', JSON.stringify(report.outcome));
      assert.match(report.outcome.meaning, said);
    }
  });

  it('an answer without client id is told', async () => {
    const report = await answered({ status: 201, body: { client_name: 'x' } });
    assert.match(failureOf(report, 'malformed_response').message, /not a JSON document with a client_id/);
  });

  it('a client that needs a secret and got none makes no profile', async () => {
    const body = { client_id: 'x', token_endpoint_auth_method: 'client_secret_basic' };
    const report = await answered({ status: 201, body });
    assert.match(failureOf(report, 'malformed_response').message, /gave no secret/);
  });
});
