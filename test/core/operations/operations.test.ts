import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { allOperations } from '../../../src/core/operations/all.ts';
import type { OperationName } from '../../../src/core/grants/possibleOperations.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { catalogue } from '../diagnose/play.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from '../oauth/support/browser.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { startProvider } from '../oauth/support/provider.ts';
import { JarBrowser } from '../../demo/jarBrowser.ts';

const secret = 'the-secret-of-the-confidential-client';

/** What a run says, without a token in it. */
function saidBy(report: FlowReport, tokens: TokenSet): string {
  assert.equal(report.outcome.kind, 'checked', JSON.stringify(report.outcome));
  const shown = JSON.stringify([report.outcome, flowView({ state: 'ended', flow: report }, {})]);
  for (const token of [tokens.access_token, tokens.refresh_token, tokens.id_token])
    assert.equal(token !== undefined && shown.includes(token), false, 'No token is shown.');
  return `${report.outcome.verdict}: ${report.outcome.meaning}`;
}

describe('operations with a token, at oidc-provider', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    const client = {
      redirect_uris: ['http://127.0.0.1/callback'],
      post_logout_redirect_uris: ['http://127.0.0.1/signed-out'],
      application_type: 'native' as const,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code' as const],
    };
    issuer = await startProvider(
      { after: (close) => (stop = close) },
      {
        clients: [
          { ...client, client_id: 'native', token_endpoint_auth_method: 'none' },
          {
            ...client,
            client_id: 'signed',
            client_secret: secret,
            token_endpoint_auth_method: 'client_secret_basic',
            introspection_signed_response_alg: 'RS256',
            userinfo_signed_response_alg: 'RS256',
          },
          {
            ...client,
            client_id: 'web',
            client_secret: secret,
            token_endpoint_auth_method: 'client_secret_basic',
          },
        ],
        features: {
          devInteractions: { enabled: true },
          dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
          introspection: { enabled: true, allowedPolicy: (_context, client) => client.clientId !== 'native' },
          jwtIntrospection: { enabled: true },
          jwtUserinfo: { enabled: true },
          revocation: { enabled: true },
          rpInitiatedLogout: { enabled: true },
          userinfo: { enabled: true },
        },
      },
    );
  });
  after(() => stop());

  const confidential = (over: Partial<Profile> = {}) =>
    userProfile({
      ...{ issuer, clientId: 'web', scopes: ['openid'], clientAuthentication: 'client_secret_basic' },
      ...over,
    });
  const deps = (jar = new JarBrowser()) =>
    flowDeps({ browser: new SignInBrowser(jar), secret: () => Promise.resolve(secret) });
  const signedIn = async (profile: Profile, from = deps()) =>
    tokensOf(await runFlow('authorization_code', profile, from));
  const run = (name: OperationName, profile: Profile, tokens: TokenSet, from = deps()) =>
    runOperation(allOperations[name], profile, tokens, from);

  it('introspection says that a good token is active, and what it is for', async () => {
    const tokens = await signedIn(confidential());
    const { report, spent } = await run('introspection', confidential(), tokens);
    assert.match(saidBy(report, tokens), /^active: .*until 20.*with the scopes openid.*for the client web/);
    assert.equal(spent, false);
    assert.equal(report.kind, 'introspection');
  });

  it('introspection tells a token that is unknown, though it would still be good', async () => {
    const tokens = await signedIn(confidential());
    const { report } = await run('introspection', confidential(), { ...tokens, access_token: 'unknown' });
    assert.match(saidBy(report, tokens), /^not active: .*it was revoked, is unknown/);
  });

  it('introspection takes a signed answer and verifies it', async () => {
    const profile = confidential({ clientId: 'signed' });
    const tokens = await signedIn(profile);
    const { report } = await run('introspection', profile, tokens);
    assert.match(saidBy(report, tokens), /^active: .*The answer is signed, and its signature holds/);
  });

  it('introspection that does not answer this client is a failure of its own step', async () => {
    const tokens = await signedIn(confidential());
    const wrong = { ...deps(), secret: () => Promise.resolve('wrong') };
    const { report } = await run('introspection', confidential(), tokens, wrong);
    const failure = failureOf(report, 'oauth_error');
    assert.deepEqual([failure.step, failure.body.error], ['introspection', 'invalid_client']);
    assert.match(failure.message, /introspection request/);
    const explained = explainReport(report, catalogue);
    assert.match(explained?.title ?? '', /invalid_client at the introspection endpoint/);
    assert.ok((explained?.causes.length ?? 0) > 0);
  });

  it('userinfo names the user and compares it with the id_token', async () => {
    const tokens = await signedIn(confidential());
    const { report } = await run('userinfo', confidential(), tokens);
    assert.match(saidBy(report, tokens), /^answered: The user is Ada, .* one of the id_token\.$/);
    const claims = { userinfo: { sub: null, phone_number: null, toString: null } };
    const asking = await run('userinfo', { ...confidential(), claims }, tokens);
    assert.match(
      saidBy(asking.report, tokens),
      /one of the id_token\. Asked for and not there: phone_number, toString\.$/,
    );
  });

  it('userinfo takes a signed answer and verifies it', async () => {
    const profile = confidential({ clientId: 'signed' });
    const { report } = await run('userinfo', profile, await signedIn(profile));
    assert.equal(report.outcome.kind, 'checked', JSON.stringify(report.outcome));
    assert.ok(report.exchanges.some(({ purpose }) => purpose === 'jwks'));
  });

  for (const name of ['introspection', 'userinfo'] as const)
    it(`${name} takes a signed answer of a server that does not publish its algorithms for it`, async () => {
      const profile = confidential({ clientId: 'signed' });
      const from = deps();
      const tokens = await signedIn(profile);
      const { report } = await run(name, profile, tokens, {
        ...from,
        async fetch(url, init) {
          const response = await from.fetch(url, {
            ...init,
            // It signs for who asks for that, and who reads no such list does not.
            ...(url.endsWith('/introspection') && {
              headers: { ...(init?.headers as object), accept: 'application/token-introspection+jwt' },
            }),
          });
          if (!url.includes('/.well-known/')) return response;
          const { [`${name}_signing_alg_values_supported`]: algorithms, ...others } =
            (await response.json()) as Record<string, unknown>;
          assert.ok(algorithms);
          return Response.json(others);
        },
      });
      saidBy(report, tokens);
      assert.ok(report.exchanges.some(({ purpose }) => purpose === 'jwks'));
    });

  it('userinfo refuses an answer about another user', async () => {
    const tokens = await signedIn(confidential());
    const other = `e30.${Buffer.from('{"sub":"Grace"}').toString('base64url')}.`;
    const { report } = await run('userinfo', confidential(), { ...tokens, id_token: other });
    assert.match(failureOf(report, 'malformed_response').message, /another user \(Ada\).*\(Grace\)/);
  });

  it('userinfo is sent a bound token with a proof', async () => {
    const kept = new Map<string, string>();
    const from = {
      ...deps(),
      made: async (_profile: Profile, what: string, make: () => Promise<string>) => {
        const key = kept.get(what) ?? (await make());
        kept.set(what, key);
        return key;
      },
    };
    const profile = confidential({ dpop: true });
    const tokens = await signedIn(profile, from);
    const { report } = await run('userinfo', profile, tokens, from);
    assert.match(saidBy(report, tokens), /The user is Ada/);
    const sent = report.exchanges.at(-1)?.request.headers.map(([name]) => name.toLowerCase()) ?? [];
    assert.ok(sent.includes('dpop'));
  });

  it('revocation takes both tokens back and looks at the effect', async () => {
    const tokens = await signedIn(confidential());
    const { report, spent } = await run('revocation', confidential(), tokens);
    assert.match(
      saidBy(report, tokens),
      /^revoked: .*refresh token and the access token.*not active any more/,
    );
    assert.equal(spent, true);
    const after = await run('introspection', confidential(), tokens);
    assert.match(saidBy(after.report, tokens), /^not active/);
    const again = await runFlow('refresh_token', confidential(), { ...deps(), previous: tokens });
    assert.equal(failureOf(again, 'oauth_error').body.error, 'invalid_grant');
  });

  it('revocation of another client’s token is refused, in the words of its step', async () => {
    const tokens = await signedIn(confidential());
    const wrong = { ...deps(), secret: () => Promise.resolve('wrong') };
    const { report, spent } = await run('revocation', confidential(), tokens, wrong);
    const failure = failureOf(report, 'oauth_error');
    assert.deepEqual([failure.step, failure.body.error, spent], ['revocation', 'invalid_client', false]);
  });

  it('sign-out ends the session in the browser and comes back', async () => {
    const jar = new JarBrowser();
    const profile = confidential({ postLogoutRedirectUri: 'http://127.0.0.1/signed-out' });
    const tokens = await signedIn(profile, deps(jar));
    const browser = new SignInBrowser(jar);
    const { report, spent } = await run('signOut', profile, tokens, { ...deps(), browser });
    assert.match(saidBy(report, tokens), /^signed out: /);
    assert.equal(spent, true);
    assert.match((await browser.page).body, /Signed out/);
  });

  for (const [opens, kind, words] of [
    [false, 'browser_not_opened', /so the session at the server goes on\. .*sign-out URL/],
    [true, 'timeout', /^No redirect to .*finish the sign-out .*post_logout_redirect_uris/],
  ] as const)
    it(`sign-out that does not come back is said of a sign-out: ${kind}`, async () => {
      const profile = confidential({ postLogoutRedirectUri: 'http://127.0.0.1/signed-out' });
      const tokens = await signedIn(profile);
      const { report, spent } = await run('signOut', profile, tokens, {
        ...deps(),
        ...{ browser: { open: () => Promise.resolve(opens) }, signInTimeout: 50 },
      });
      const { message, advice } = failureOf(report, kind);
      assert.match(`${message} ${advice}`, words);
      assert.equal(spent, false);
    });

  // What a server sends here is made up: no specification has codes for it, and oidc-provider shows its own page.
  it('sign-out that comes back with an error shows the id_token that it repeats neither in the report nor on the page', async () => {
    const profile = confidential({ postLogoutRedirectUri: 'http://127.0.0.1/signed-out' });
    const tokens = await signedIn(profile);
    let page = Promise.resolve('');
    const browser = {
      async open(url: string) {
        const { headers } = await fetch(url, { redirect: 'manual' });
        const { searchParams } = new URL(headers.get('location') ?? '');
        const back = new URL(searchParams.get('post_logout_redirect_uri') ?? '');
        back.searchParams.set('state', searchParams.get('state') ?? '');
        back.searchParams.set('error', 'invalid_request');
        back.searchParams.set('error_description', `Not ${tokens.id_token ?? ''}`);
        page = fetch(back).then((response) => response.text());
        return true;
      },
    };
    const { report } = await run('signOut', profile, tokens, { ...deps(), browser });
    const part = (tokens.id_token ?? '').slice(0, 120);
    for (const shown of [JSON.stringify(report.outcome), await page]) {
      assert.match(shown, /invalid_request/);
      assert.ok(part.length > 100 && !shown.includes(part), shown);
    }
  });

  it('sign-out that comes back with an error is told in the server’s words, as one of a sign-out', async () => {
    const profile = confidential({ postLogoutRedirectUri: 'http://127.0.0.1/signed-out' });
    const tokens = await signedIn(profile);
    const browser = {
      async open(url: string) {
        // The one-time address of the listener leads on to the server.
        const { headers } = await fetch(url, { redirect: 'manual' });
        const { searchParams } = new URL(headers.get('location') ?? '');
        const back = new URL(searchParams.get('post_logout_redirect_uri') ?? '');
        back.searchParams.set('state', searchParams.get('state') ?? '');
        back.searchParams.set('error', 'invalid_request');
        back.searchParams.set('error_description', 'The id token <b>is of</b> another client');
        void fetch(back);
        return true;
      },
    };
    const { report, spent } = await run('signOut', profile, tokens, { ...deps(), browser });
    const failure = failureOf(report, 'oauth_error');
    assert.equal(failure.step, 'sign_out');
    assert.match(
      failure.message,
      /^The server refused the sign-out with invalid_request \(The id token <b>is of/,
    );
    assert.equal(report.exchanges.find(({ id }) => id === failure.exchange)?.purpose, 'redirect');
    assert.equal(spent, false);
    const { title = '', causes = [] } = explainReport(report, catalogue) ?? {};
    assert.match(title, /^invalid_request at the sign-out/);
    assert.deepEqual(causes.map(({ id }) => id).slice(0, 2), ['sign-out-hint', 'sign-out-address']);
    assert.match(causes[1]?.evidence.join() ?? '', /Sent: http:\/\/127\.0\.0\.1:\d+\/signed-out/);
  });

  it('sign-out without a return address opens the page and says what cannot be seen', async () => {
    const tokens = await signedIn(confidential());
    const opened: string[] = [];
    const browser = { open: (url: string) => Promise.resolve(opened.push(url) > 0) };
    const { report } = await run('signOut', confidential(), tokens, { ...deps(), browser });
    assert.match(saidBy(report, tokens), /^opened: /);
    assert.equal(new URL(opened[0] ?? '').searchParams.get('id_token_hint'), tokens.id_token);
  });
});

describe('operations with a token, at a server that does not offer them', () => {
  it('are refused with what is missing', async (context) => {
    const issuer = await startProvider(
      { after: (close) => context.after(close) },
      {
        features: { devInteractions: { enabled: true }, introspection: { enabled: false } },
      },
    );
    const tokens = {
      access_token: 'a',
      token_type: 'Bearer',
      received_at: 0,
      requested_scopes: [],
      extra: {},
    };
    const profile = userProfile({ issuer, clientId: 'native' });
    const { report } = await runOperation(allOperations.introspection, profile, tokens, flowDeps());
    const failure = failureOf(report, 'metadata_missing');
    assert.match(failure.advice, /does not offer it, or does not publish/);
  });
});
