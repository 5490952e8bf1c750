import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grantOf } from '../../../src/core/grants/all.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import { areAtOnePlace, metadataPlaces, slashRedirect } from '../../../src/core/oauth/metadataPlaces.ts';
import { serverMetadata, type GrantOfServer } from '../../../src/core/oauth/serverMetadata.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { ManualClock } from '../../support/clock.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

const issuer = 'https://as.example.com';
const endpoints = {
  authorization_endpoint: `${issuer}/a`,
  token_endpoint: `${issuer}/t`,
  jwks_uri: `${issuer}/k`,
};

/** What a flow of the profile knows of its server, which publishes `document`, and which addresses were asked for it. */
async function seen(profile: Profile, document: () => Response, grant: GrantOfServer = grantOf(profile)) {
  const asked: string[] = [];
  const fetch = () => (url: string) => {
    asked.push(url);
    return Promise.resolve().then(document);
  };
  const context = { clock: new ManualClock(0), trace: new Trace(), metadata: new MetadataCache(), fetch };
  try {
    return { asked, known: await serverMetadata(profile, context, grant) };
  } catch (thrown) {
    return { asked, thrown };
  }
}

const publishes = (members: object) => () => Response.json({ issuer, ...members });
const known = async (profile: Profile, members: object) => {
  const { known: found, thrown } = await seen(profile, publishes(members));
  return found ?? assert.fail(String(thrown));
};
const failure = async (profile: Profile, members: object): Promise<Failure> => {
  const { thrown } = await seen(profile, publishes(members));
  return thrown instanceof FailureError ? thrown.failure : assert.fail(String(thrown));
};
const withoutIssuer = <P extends Profile>({ issuer: gone, ...profile }: P) => profile;

describe('an endpoint with a password in it', () => {
  it('is refused before anything is sent, and the password is in no sentence', async () => {
    const found = await failure(machineProfile(), {
      ...endpoints,
      token_endpoint: 'https://user:pa55@as.example.com/t',
    });
    assert.equal(found.kind, 'insecure_url');
    assert.match(found.message, /one with a user name or password in it \(https:\/\/…@as\.example\.com\/t\)/);
    assert.doesNotMatch(JSON.stringify(found), /pa55/);
  });
});

describe('an endpoint that is named, and no text', () => {
  it('is not said to be absent', async () => {
    const found = await failure(machineProfile(), { ...endpoints, token_endpoint: ['x'] });
    assert.match(found.message, /no token endpoint that could be used: its token_endpoint is an array/);
    const absent = await failure(machineProfile(), { ...endpoints, token_endpoint: undefined });
    assert.match(absent.message, /names no token endpoint\.$/);
  });
});

describe('what is known of a server', () => {
  it('is what it publishes, and where each endpoint is from', async () => {
    const { server, issuerKnown, sources, published, homeward } = await known(userProfile(), endpoints);
    assert.deepEqual({ ...server }, { issuer, ...endpoints });
    assert.deepEqual({ ...published }, { issuer, ...endpoints });
    assert.deepEqual([issuerKnown, homeward], [true, []]);
    assert.deepEqual(sources, {
      authorization_endpoint: 'openid',
      token_endpoint: 'openid',
      jwks_uri: 'openid',
    });
  });

  it('has the issuer that it calls itself, where Entra has a template for the one that was asked for', async () => {
    const entra = 'https://login.microsoftonline.com';
    const template = `${entra}/{tenantid}/v2.0`;
    const document = { ...endpoints, issuer: template };
    const { server } = await known(machineProfile({ issuer: `${entra}/common/v2.0` }), document);
    assert.equal(server.issuer, template);
  });

  it('is what the profile types, which comes first', async () => {
    const typed = { tokenEndpoint: `${issuer}/mine`, jwksUri: `${issuer}/keys` };
    const { server, sources } = await known(userProfile(typed), endpoints);
    assert.deepEqual([server.token_endpoint, server.jwks_uri], [typed.tokenEndpoint, typed.jwksUri]);
    assert.deepEqual(sources, {
      authorization_endpoint: 'openid',
      token_endpoint: 'profile',
      jwks_uri: 'profile',
    });
  });

  it('names where further endpoints that the grant needs are from, and none that are not there', async () => {
    const grant = { endpoints: ['token_endpoint', 'userinfo_endpoint'], actsForUser: true } as const;
    const document = publishes({ token_endpoint: `${issuer}/t`, userinfo_endpoint: `${issuer}/u` });
    const { known: found } = await seen(userProfile(), document, grant);
    assert.deepEqual(found?.sources, { token_endpoint: 'openid', userinfo_endpoint: 'openid' });
  });

  it('is only what is typed without an issuer, whose name is then a stand-in', async () => {
    const profile = withoutIssuer(machineProfile({ tokenEndpoint: `${issuer}:8443/t` }));
    const { known: found, asked } = await seen(profile, publishes(endpoints));
    assert.deepEqual(asked, []);
    assert.deepEqual(found, {
      server: { issuer: `${issuer}:8443`, token_endpoint: `${issuer}:8443/t` },
      ...{ issuerKnown: false, sources: { token_endpoint: 'profile' } },
    });
  });

  it('is looked up only where it is needed: endpoints that are not typed, a user, or another origin', async () => {
    const away = 'https://token.example.com/t';
    const all = { authorizationEndpoint: `${issuer}/a`, tokenEndpoint: `${issuer}/t` };
    const cases: readonly (readonly [Profile, boolean])[] = [
      [machineProfile({ tokenEndpoint: `${issuer}/t` }), false],
      [machineProfile({ tokenEndpoint: away }), true],
      [machineProfile({ issuer: 'no url', tokenEndpoint: `${issuer}/t` }), false],
      [machineProfile(), true],
      [userProfile(all), true],
      [userProfile({ tokenEndpoint: `${issuer}/t` }), true],
    ];
    for (const [profile, looked] of cases) {
      const { asked, thrown } = await seen(profile, publishes(endpoints));
      assert.deepEqual([asked.length > 0, thrown], [looked, undefined], JSON.stringify(profile));
    }
    const nothing = { endpoints: [], actsForUser: false } as const;
    assert.equal((await seen(machineProfile(), publishes({}), nothing)).asked.length, 1);
  });

  it('is not needed where all is typed: then it may fail, but for what ends the flow', async () => {
    const typed = userProfile({ authorizationEndpoint: `${issuer}/a`, tokenEndpoint: `${issuer}/t` });
    const gone = () => new Response('', { status: 404 });
    const { known: found } = await seen(typed, gone);
    assert.deepEqual(found, {
      server: { issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t` },
      issuerKnown: true,
      sources: { authorization_endpoint: 'profile', token_endpoint: 'profile' },
    });
    const down = await seen(
      userProfile({ tokenEndpoint: `${issuer}/t` }),
      () => new Response('', { status: 503 }),
    );
    assert.ok(down.thrown instanceof FailureError && down.thrown.failure.kind === 'http_error');
    const half = await seen(userProfile({ tokenEndpoint: `${issuer}/t` }), gone);
    assert.ok(half.thrown instanceof FailureError && half.thrown.failure.kind === 'metadata_missing');
    const step = 'discovery';
    const cancelled = new FailureError({ kind: 'cancelled', step, message: '', advice: '' });
    const defect = new TypeError('a defect');
    for (const error of [cancelled, defect]) {
      const { thrown } = await seen(typed, () => {
        throw error;
      });
      assert.equal(thrown, error);
    }
  });
});

describe('an endpoint that is needed', () => {
  it('is missing in no metadata, where none was read', async () => {
    const { issuer: _, ...typed } = machineProfile({ tokenEndpoint: 'https://as.example.com/token' });
    const grant = { endpoints: ['userinfo_endpoint'], actsForUser: true } as const;
    const { thrown } = await seen(typed, publishes({}), grant);
    const found = thrown instanceof FailureError ? thrown.failure : undefined;
    assert.match(
      found?.message ?? '',
      /nobody says: the profile has typed endpoints, and no metadata was read/,
    );
    assert.match(found?.advice ?? '', /^Set the issuer/);
  });

  it('has to be there, as a text', async () => {
    for (const token_endpoint of [undefined, 5, null]) {
      const found = await failure(machineProfile(), { token_endpoint });
      assert.ok(found.kind === 'metadata_missing' && found.missing === 'token_endpoint');
      assert.match(found.advice, /^Type the token endpoint into the profile/);
    }
    const grant = { endpoints: ['userinfo_endpoint'], actsForUser: true } as const;
    const { thrown } = await seen(userProfile(), publishes(endpoints), grant);
    const found = thrown instanceof FailureError ? thrown.failure : undefined;
    assert.match(found?.advice ?? '', /^The server does not offer it/);
  });

  it('has to be https, unless it is typed', async () => {
    const found = await failure(machineProfile(), { token_endpoint: 'http://plain.example/t' });
    assert.ok(found.kind === 'insecure_url' && found.member === 'token_endpoint');
    assert.deepEqual([found.step, found.url], ['discovery', 'http://plain.example/t']);
    const typed = machineProfile({ tokenEndpoint: 'http://plain.example/t' });
    assert.equal((await known(typed, endpoints)).server.token_endpoint, 'http://plain.example/t');
  });

  it('is not where only this computer is, unless it is typed', async () => {
    const home = 'https://127.0.0.1/t';
    const found = await failure(machineProfile(), { token_endpoint: home });
    assert.ok(found.kind === 'insecure_url' && found.url === home);
    assert.match(found.message, /puts its token endpoint on this computer .* \(https:\/\/127\.0\.0\.1\/t\)/);
    const authorization_endpoint = 'https://10.0.0.1/a';
    const ofUser = await failure(userProfile(), { ...endpoints, authorization_endpoint });
    assert.match(ofUser.message, /its authorization endpoint on this computer/);
    const device = machineProfile({ grant: 'device_code' });
    const device_authorization_endpoint = 'https://10.0.0.5/device';
    const ofDevice = await failure(device, { ...endpoints, device_authorization_endpoint });
    assert.match(ofDevice.message, /puts its device authorization endpoint on this computer/);
    assert.equal(ofDevice.kind, 'insecure_url');
    const typed = machineProfile({ tokenEndpoint: `https://token.example.com/t` });
    const { published, homeward, server } = await known(typed, { token_endpoint: home });
    assert.ok(published !== undefined && !('token_endpoint' in published));
    assert.deepEqual([homeward, server.token_endpoint], [['token_endpoint'], 'https://token.example.com/t']);
  });
});

describe('a member of metadata that leads to this computer', () => {
  it('is left out, whatever its name, and told; what only looks like an address stays', async () => {
    const home = 'https://localhost/x';
    const members = {
      custom_token_endpoint: home,
      token_endpoint_v2: home,
      token_endpoint_info_uri: home,
      jwks_uri: home,
      service_documentation: home,
      check_session_iframe: home,
      other_uri: 5,
      op_policy_uri: `${issuer}/policy`,
    };
    const { published, homeward } = await known(machineProfile(), {
      token_endpoint: `${issuer}/t`,
      ...members,
    });
    assert.deepEqual([...(homeward ?? [])].sort(), [
      'custom_token_endpoint',
      'jwks_uri',
      'token_endpoint_info_uri',
    ]);
    assert.deepEqual(Object.keys(published ?? {}).sort(), [
      ...['check_session_iframe', 'issuer', 'op_policy_uri', 'other_uri'],
      ...['service_documentation', 'token_endpoint', 'token_endpoint_v2'],
    ]);
  });
});

describe('endpoints for clients that show a certificate', () => {
  const mtls = 'https://mtls.example.com';
  const mtls_endpoint_aliases = {
    token_endpoint: `${mtls}/t`,
    revocation_endpoint: `${mtls}/r`,
    userinfo_endpoint: 5,
    issuer: mtls,
    jwks_uri: `${mtls}/k`,
    token_endpoint_auth_methods: 'x',
  };

  it('take the place of the others, for such a client only', async () => {
    const certified = machineProfile({ clientAuthentication: 'tls_client_auth' });
    const { server } = await known(certified, { ...endpoints, mtls_endpoint_aliases });
    assert.deepEqual(
      { ...server, mtls_endpoint_aliases: undefined },
      {
        ...{ ...endpoints, issuer, mtls_endpoint_aliases: undefined },
        ...{ token_endpoint: `${mtls}/t`, revocation_endpoint: `${mtls}/r` },
      },
    );
    const plain = await known(machineProfile(), { ...endpoints, mtls_endpoint_aliases });
    assert.equal(plain.server.token_endpoint, endpoints.token_endpoint);
  });

  it('are nothing where they are no object', async () => {
    const certified = machineProfile({ clientAuthentication: 'tls_client_auth' });
    for (const aliases of [null, 'x', undefined])
      assert.equal(
        (await known(certified, { ...endpoints, mtls_endpoint_aliases: aliases })).server.token_endpoint,
        endpoints.token_endpoint,
      );
  });
});

describe('the places of metadata', () => {
  const paths = (url: string) => metadataPlaces(new URL(url)).map((place) => `${place.kind} ${place.url}`);

  it('are two without a path and three with one, whether or not that ends with a slash', () => {
    for (const root of ['https://a', 'https://a/'])
      assert.deepEqual(paths(root), [
        'openid https://a/.well-known/openid-configuration',
        'rfc8414 https://a/.well-known/oauth-authorization-server',
      ]);
    for (const tenant of ['https://a/b/c', 'https://a/b/c/'])
      assert.deepEqual(paths(tenant), [
        'openid https://a/b/c/.well-known/openid-configuration',
        'rfc8414 https://a/.well-known/oauth-authorization-server/b/c',
        'openid https://a/.well-known/openid-configuration/b/c',
      ]);
  });

  it('are the same for issuers that differ by a slash', () => {
    assert.equal(areAtOnePlace('https://a/b', 'https://a/b/'), true);
    assert.equal(areAtOnePlace('https://a/b', 'https://a/c'), false);
    for (const [one, other] of [
      ['no url', 'https://a'],
      ['https://a', 'no url'],
      ['no url', 'no url'],
    ] as const)
      assert.equal(areAtOnePlace(one, other), false);
  });

  it('are followed to another slash at the end on the same server, and nowhere else', () => {
    const from = 'https://a/b';
    const to = (location: string | undefined, status = 301, asked = from) =>
      slashRedirect(
        asked,
        new Response(null, { status, ...(location !== undefined && { headers: { location } }) }),
      );
    for (const status of [301, 302, 303, 307, 308]) assert.equal(to('/b/', status), 'https://a/b/');
    assert.equal(to('https://a/b', 301, 'https://a/b/'), 'https://a/b');
    for (const status of [200, 300, 304]) assert.equal(to('/b/', status), undefined);
    for (const location of [
      undefined,
      'http://[',
      '/b',
      '/c/',
      '/b//',
      '/b/?x',
      '/b/#x',
      'https://c/b/',
      'http://a/b/',
      'https://me@a/b/',
    ])
      assert.equal(to(location), undefined, location);
  });
});
