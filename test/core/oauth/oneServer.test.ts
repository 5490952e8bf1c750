import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuthorizationServer } from 'oauth4webapi';
import { loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { knowsOneService } from '../../../src/core/diagnose/oneService.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { clientEndpoints, requireOwnServer } from '../../../src/core/oauth/clientAuthentication.ts';
import {
  requireOneServer,
  requireOwnAudience,
  type CodeRoute,
} from '../../../src/core/oauth/requireOneServer.ts';
import type { ServerMetadata } from '../../../src/core/oauth/serverMetadata.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

const own = 'https://as.example.com';
const other = 'https://evil.example';

const metadata = (
  server: Partial<AuthorizationServer>,
  published?: Partial<AuthorizationServer>,
): ServerMetadata => ({
  ...{ server: { issuer: own, ...server }, issuerKnown: true, sources: {} },
  ...(published && { published: { issuer: own, ...published } }),
});

function failureOf(judge: () => void) {
  try {
    judge();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof FailureError && thrown.failure.kind === 'invalid_profile') return thrown.failure;
    throw thrown;
  }
}

const failedWith = (judge: () => Promise<void>) =>
  judge().then(
    () => undefined,
    (thrown: unknown) =>
      failureOf(() => {
        throw thrown;
      }),
  );

describe('what would be asked of the user', () => {
  const machine = machineProfile({ issuer: own });
  const server = { token_endpoint: `${other}/t`, device_authorization_endpoint: 'https://device.example/d' };
  const asked: CodeRoute[] = [];
  const yes = (route: CodeRoute) => Promise.resolve(asked.push(route) > 0);

  it('is nothing where nobody gives a code', async () => {
    await requireOneServer(machine, metadata({ token_endpoint: server.token_endpoint }), yes);
    assert.deepEqual(asked.splice(0), []);
  });

  it('names both endpoints for a sign-in in a browser only', async () => {
    await requireOneServer(machine, metadata(server), yes, 'device_authorization_endpoint');
    assert.deepEqual(asked.splice(0), [{ from: 'https://device.example', to: other }]);
  });

  it('cannot be that a code goes to no origin', async () => {
    const nowhere = metadata({ authorization_endpoint: 'https://sign-in.example/a' });
    assert.ok(await failedWith(() => requireOneServer(machine, nowhere, yes)));
    assert.deepEqual(asked.splice(0), []);
  });

  it('is for whom an assertion is, where that is neither the issuer nor the token endpoint', async () => {
    for (const [audience, from] of [
      [undefined, undefined],
      [own, undefined],
      [`${own}/tenant`, undefined],
      [`${other}/`, undefined],
      ['https://api.example/v1', 'https://api.example'],
      ['HTTPS://api.example', 'https://api.example'],
      ['urn:api', 'urn:api'],
    ] as const) {
      const profile = machineProfile({ issuer: own, ...(audience !== undefined && { audience }) });
      await requireOwnAudience(profile, metadata(server), yes);
      assert.deepEqual(
        asked.splice(0),
        from === undefined ? [] : [{ from, to: other }],
        `asked for ${String(audience)}`,
      );
    }
  });
});

describe('two endpoints that nobody vouches for', () => {
  const typed = userProfile();
  Reflect.deleteProperty(typed, 'issuer');
  const judge = (
    authorization_endpoint: string | undefined,
    token_endpoint: string | undefined,
    known = false,
  ) =>
    failedWith(() =>
      requireOneServer(
        typed,
        metadata({
          ...(authorization_endpoint !== undefined && { authorization_endpoint }),
          ...(token_endpoint !== undefined && { token_endpoint }),
        }),
        () => Promise.resolve(known),
      ),
    );

  it('are refused when they are of two origins: host, port and scheme', async () => {
    for (const token of [`${other}/t`, `${own}:8443/t`, 'http://as.example.com/t', `${own}.evil.example/t`]) {
      const failure = await judge(`${own}/a`, token);
      assert.deepEqual([failure?.step, failure?.problems.length], ['profile', 1], token);
      assert.ok(failure?.message.includes(`${own}, the token endpoint at ${new URL(token).origin},`));
    }
    for (const token of [undefined, 'no url'])
      assert.match((await judge(`${own}/a`, token))?.message ?? '', /the token endpoint at no origin,/);
  });

  it('are taken when they are of one, or when nobody signs in', async () => {
    assert.equal(await judge(`${own}/a`, `${own}:443/other?x`), undefined);
    assert.equal(await judge(undefined, `${own}/t`), undefined);
    assert.equal(await judge('no url', `${own}/t`), undefined);
  });

  it('are taken when the issuer that has the sign-in names both, or somebody who may says so', async () => {
    assert.equal(await judge(`${own}/a`, `${other}/t`, true), undefined);
    const endpoints = metadata({ authorization_endpoint: `${own}/a`, token_endpoint: `${other}/t` });
    assert.equal(
      await failedWith(() =>
        requireOneServer({ ...typed, issuer: own }, endpoints, () => Promise.resolve(false)),
      ),
      undefined,
    );
  });
});

describe('what is for one server', () => {
  const profile = machineProfile({ issuer: own });

  it('goes to that server, or where that server sends it', () => {
    const judge = (server: Partial<AuthorizationServer>, published?: Partial<AuthorizationServer>) =>
      failureOf(() => requireOwnServer(profile, metadata(server, published), 'client secret'));
    assert.equal(judge({ token_endpoint: `${own}/t` }), undefined);
    assert.equal(
      judge({ token_endpoint: `${other}/t` }, { token_endpoint: `${other}/elsewhere` }),
      undefined,
    );
    for (const token_endpoint of [`${other}/t`, `${own}:444/t`, `${own}.evil.example/t`]) {
      const refused = judge({ token_endpoint }, { token_endpoint: `${own}/t`, jwks_uri: `${other}/k` });
      assert.ok(
        refused?.message.includes(
          `is at ${new URL(token_endpoint).origin}, but the client secret belongs to ${own}.`,
        ),
      );
    }
    for (const endpoints of [{}, { token_endpoint: 'no url' }])
      assert.match(judge(endpoints, endpoints)?.message ?? '', /is at no origin, but/);
  });

  it('goes to no other with any of the endpoints that it goes to', () => {
    const server = { token_endpoint: `${own}/t`, device_authorization_endpoint: `${other}/d` };
    const refused = failureOf(() =>
      requireOwnServer(profile, metadata(server), 'device code', [
        'token_endpoint',
        'device_authorization_endpoint',
      ]),
    );
    assert.match(refused?.message ?? '', /^The device authorization endpoint is at https:\/\/evil\.example/);
    assert.equal(
      failureOf(() => requireOwnServer(profile, metadata(server), 'device code', [])),
      undefined,
    );
  });

  it('is told in words that fit it', () => {
    const refused = (what: Parameters<typeof requireOwnServer>[2]) =>
      failureOf(() => requireOwnServer(profile, metadata({ token_endpoint: `${other}/t` }), what));
    const [code, secret, refresh] = [
      refused('authorization code'),
      refused('client secret'),
      refused('refresh token'),
    ];
    assert.deepEqual([code?.step, secret?.step, refresh?.step], ['profile', 'secret', 'secret']);
    assert.match(code?.message ?? '', /The sign-in was not started\.$/);
    assert.match(secret?.message ?? '', /It was not sent\.$/);
    assert.match(secret?.advice ?? '', /, then enter the secret again\.$/);
    for (const failure of [code, refresh]) assert.match(failure?.advice ?? '', /in the profile\.$/);
    assert.equal(secret?.problems.length, 1);
  });

  it('has a client show its certificate at the endpoints of that server only', () => {
    const server = {
      authorization_endpoint: `${own}/a`,
      token_endpoint: `${own}/t`,
      introspection_endpoint: `${other}/i`,
      revocation_endpoint: `${other}/r`,
      userinfo_endpoint: 'no url',
      pushed_authorization_request_endpoint: `${own}/p`,
    };
    const published = { revocation_endpoint: `${other}/else`, token_endpoint: `${other}/t` };
    assert.deepEqual(clientEndpoints(profile, metadata(server, published)), [
      `${own}/t`,
      `${own}/p`,
      `${other}/r`,
    ]);
    assert.deepEqual(clientEndpoints(profile, metadata(server)), [`${own}/t`, `${own}/p`]);
  });
});

/** As each publishes them, or documents them where it publishes none: issuer, authorization and token endpoint. */
const published: readonly (readonly [issuer: string | undefined, authorization: string, token: string])[] = [
  [
    'https://accounts.google.com',
    'https://accounts.google.com/o/oauth2/v2/auth',
    'https://oauth2.googleapis.com/token',
  ],
  // A client file that Google’s console gives.
  [undefined, 'https://accounts.google.com/o/oauth2/auth', 'https://oauth2.googleapis.com/token'],
  [undefined, 'https://accounts.google.com/o/oauth2/auth', 'https://www.googleapis.com/oauth2/v4/token'],
  [
    'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
    'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  ],
  [
    'https://sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad/',
    'https://login.microsoftonline.com/common/oauth2/authorize',
    'https://login.microsoftonline.com/common/oauth2/token',
  ],
  [
    'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC',
    'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/authorize',
    'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token',
  ],
  [
    'https://appleid.apple.com',
    'https://appleid.apple.com/auth/authorize',
    'https://appleid.apple.com/auth/token',
  ],
  [
    'https://www.paypal.com',
    'https://www.paypal.com/signin/authorize',
    'https://api.paypal.com/v1/oauth2/token',
  ],
  [undefined, 'https://www.paypal.com/signin/authorize', 'https://api-m.paypal.com/v1/oauth2/token'],
  [
    'https://identity.xero.com',
    'https://login.xero.com/identity/connect/authorize',
    'https://identity.xero.com/connect/token',
  ],
  [
    'https://oauth.platform.intuit.com/op/v1',
    'https://appcenter.intuit.com/connect/oauth2',
    'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
  ],
  [
    'https://access.line.me',
    'https://access.line.me/oauth2/v2.1/authorize',
    'https://api.line.me/oauth2/v2.1/token',
  ],
  [
    'https://identity.oraclecloud.com/',
    'https://idcs-9dc693e80d9b469480d7afe00e743931.identity.oraclecloud.com/oauth2/v1/authorize',
    'https://idcs-9dc693e80d9b469480d7afe00e743931.identity.oraclecloud.com/oauth2/v1/token',
  ],
  [
    'https://slack.com',
    'https://slack.com/openid/connect/authorize',
    'https://slack.com/api/openid.connect.token',
  ],
  [undefined, 'https://x.com/i/oauth2/authorize', 'https://api.x.com/2/oauth2/token'],
  [undefined, 'https://twitter.com/i/oauth2/authorize', 'https://api.twitter.com/2/oauth2/token'],
  [undefined, 'https://www.dropbox.com/oauth2/authorize', 'https://api.dropboxapi.com/oauth2/token'],
  [undefined, 'https://account.box.com/api/oauth2/authorize', 'https://api.box.com/oauth2/token'],
  [undefined, 'https://linear.app/oauth/authorize', 'https://api.linear.app/oauth/token'],
  [undefined, 'https://www.strava.com/oauth/authorize', 'https://www.strava.com/api/v3/oauth/token'],
  // Those that the catalogue has no file for, with issuer where they publish one.
  [
    'https://www.facebook.com',
    'https://www.facebook.com/v23.0/dialog/oauth',
    'https://graph.facebook.com/v23.0/oauth/access_token',
  ],
  [
    undefined,
    'https://www.facebook.com/v19.0/dialog/oauth',
    'https://graph.facebook.com/v19.0/oauth/access_token',
  ],
  [undefined, 'https://www.instagram.com/oauth/authorize', 'https://api.instagram.com/oauth/access_token'],
  [undefined, 'https://threads.net/oauth/authorize', 'https://graph.threads.net/oauth/access_token'],
  [undefined, 'https://access.line.me/oauth2/v2.1/authorize', 'https://api.line.me/oauth2/v2.1/token'],
  [undefined, 'https://www.figma.com/oauth', 'https://api.figma.com/v1/oauth/token'],
  [undefined, 'https://auth.ebay.com/oauth2/authorize', 'https://api.ebay.com/identity/v1/oauth2/token'],
  [
    undefined,
    'https://auth.sandbox.ebay.com/oauth2/authorize',
    'https://api.sandbox.ebay.com/identity/v1/oauth2/token',
  ],
  [undefined, 'https://www.amazon.com/ap/oa', 'https://api.amazon.com/auth/o2/token'],
  [undefined, 'https://eu.account.amazon.com/ap/oa', 'https://api.amazon.co.uk/auth/o2/token'],
  [undefined, 'https://apac.account.amazon.com/ap/oa', 'https://api.amazon.co.jp/auth/o2/token'],
  [undefined, 'https://www.tiktok.com/v2/auth/authorize/', 'https://open.tiktokapis.com/v2/oauth/token/'],
  [undefined, 'https://www.pinterest.com/oauth/', 'https://api.pinterest.com/v5/oauth/token'],
  [
    'https://cf.mcp.atlassian.com',
    'https://mcp.atlassian.com/v1/authorize',
    'https://cf.mcp.atlassian.com/v1/token',
  ],
  [undefined, 'https://app-eu1.hubspot.com/oauth/authorize', 'https://api.hubapi.com/oauth/v1/token'],
  [
    undefined,
    'https://open.weixin.qq.com/connect/qrconnect',
    'https://api.weixin.qq.com/sns/oauth2/access_token',
  ],
  [undefined, 'https://www.fitbit.com/oauth2/authorize', 'https://api.fitbit.com/oauth2/token'],
  [undefined, 'https://account.withings.com/oauth2_user/authorize2', 'https://wbsapi.withings.net/v2/oauth2'],
  [undefined, 'https://cloud.ouraring.com/oauth/authorize', 'https://api.ouraring.com/oauth/token'],
  [undefined, 'https://webflow.com/oauth/authorize', 'https://api.webflow.com/oauth/access_token'],
  [undefined, 'https://app.netlify.com/authorize', 'https://api.netlify.com/oauth/token'],
];

describe('the endpoints of real providers', () => {
  const isAsked = async (
    issuer: string | undefined,
    authorization_endpoint: string,
    token_endpoint: string,
  ) => {
    const catalogue = await loadCatalogue('src/core/diagnose/providers');
    const profile = userProfile(issuer === undefined ? {} : { issuer });
    if (issuer === undefined) Reflect.deleteProperty(profile, 'issuer');
    let asks = 0;
    await requireOneServer(profile, metadata({ authorization_endpoint, token_endpoint }), (route) => {
      if (!knowsOneService(catalogue, route)) asks++;
      return Promise.resolve(true);
    });
    return asks > 0;
  };

  it('are asked about for none that is known', async () => {
    for (const row of published) assert.equal(await isAsked(...row), false, row.join(' '));
  });

  it('are asked about where one is another’s, or looks like one of them', async () => {
    for (const [, authorization, token] of published)
      for (const host of [
        'evil.example',
        `${new URL(token).host}.evil.example`,
        `${new URL(token).host}:8443`,
      ])
        assert.equal(await isAsked(undefined, authorization, `https://${host}/token`), true, host);
    const [google = '', xero = ''] = ['accounts.google', 'login.xero'].map((name) => `https://${name}.com/a`);
    assert.equal(await isAsked(undefined, google, 'https://identity.xero.com/token'), true);
    assert.equal(await isAsked(undefined, xero, 'https://oauth2.googleapis.com/token'), true);
    assert.equal(await isAsked(undefined, google, 'https://storage.googleapis.com/token'), true);
    // A sandbox is another service, a brother’s host another one’s, and a host below a known one anybody’s.
    const [ebay = '', facebook = '', figma = ''] = ['auth.ebay', 'www.facebook', 'www.figma'].map(
      (name) => `https://${name}.com/a`,
    );
    assert.equal(await isAsked(undefined, ebay, 'https://api.sandbox.ebay.com/token'), true);
    assert.equal(await isAsked(undefined, facebook, 'https://api.instagram.com/token'), true);
    assert.equal(await isAsked(undefined, figma, 'https://app.api.figma.com/token'), true);
    assert.equal(await isAsked(undefined, figma, 'http://api.figma.com/token'), true);
  });
});
