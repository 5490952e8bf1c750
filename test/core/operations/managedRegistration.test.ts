import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { JWK } from 'jose';
import { authenticationOf } from '../../../src/core/authentication/all.ts';
import { materialFrom } from '../../../src/core/authentication/authentication.ts';
import { newCertificate } from '../../../src/core/authentication/newCertificate.ts';
import { newSigningKey } from '../../../src/core/authentication/newSigningKey.ts';
import { publicJwk } from '../../../src/core/authentication/privateKey.ts';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { keysOf } from '../../../src/core/operations/registeredKeys.ts';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import {
  runManagedRegistration,
  type RegistrationAction,
  type RenewedRegistration,
} from '../../../src/core/operations/managedRegistration.ts';
import {
  missingInRegistration,
  updatedRegistration,
} from '../../../src/core/operations/compareRegistration.ts';
import {
  askAboutClient,
  parseKeptRegistration,
  type KeptRegistration,
} from '../../../src/core/operations/registrationRequest.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { runRegistration } from '../../../src/core/operations/registration.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { startStandIn, type Answer, type SeenRequest } from '../../support/servers/standIn.ts';
import { catalogue } from '../diagnose/play.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { startProvider } from '../oauth/support/provider.ts';

/** Does it, and says what the vault was given on the way. */
async function manage(
  action: RegistrationAction,
  profile: Profile,
  kept: KeptRegistration,
  deps: Partial<FlowDeps> = {},
) {
  const renewed: RenewedRegistration[] = [];
  const keep = (one: RenewedRegistration) => Promise.resolve(void renewed.push(one));
  const report = await runManagedRegistration({ action, profile, kept, keep }, flowDeps(deps));
  const { outcome } = report;
  const shown = JSON.stringify([outcome, flowView({ state: 'ended', flow: report }, {})]);
  for (const token of [
    kept.token,
    ...renewed.flatMap((one) => [one.registration.token, one.clientSecret ?? '-- ']),
  ])
    assert.ok(!shown.includes(token), 'A secret is shown.');
  return { report, renewed, kept: renewed.at(-1)?.registration ?? kept, outcome };
}

const verdictOf = ({ outcome }: Awaited<ReturnType<typeof manage>>) =>
  outcome.kind === 'checked' ? outcome.verdict : JSON.stringify(outcome);

describe('a client that was registered, at oidc-provider', () => {
  const stops: (() => Promise<void>)[] = [];
  const issuers = { rotating: '', plain: '' };
  before(async () => {
    const context = { after: (close: () => Promise<void>) => void stops.push(close) };
    const start = (rotates: boolean) =>
      startProvider(context, {
        clients: [],
        clientAuthMethods: ['client_secret_basic', 'none', 'private_key_jwt'],
        features: {
          devInteractions: { enabled: true },
          clientCredentials: { enabled: true },
          registration: { enabled: true },
          registrationManagement: { enabled: true, rotateRegistrationAccessToken: rotates },
        },
      });
    issuers.rotating = await start(true);
    issuers.plain = await start(false);
  });
  after(() => Promise.all(stops.map((stop) => stop())));

  async function register(issuer: string) {
    const profile = userProfile({
      issuer,
      clientId: '-',
      scopes: ['openid'],
      redirectUri: 'http://127.0.0.1/callback',
    });
    const { registered, report } = await runRegistration({ profile }, flowDeps());
    const { registrationAccessToken: token, registrationClientUri: uri } = registered?.client ?? {};
    assert.ok(registered && token !== undefined && uri !== undefined, JSON.stringify(report.outcome));
    return { profile: registered.profile, kept: { token, uri } };
  }

  it('is read: it fits the profile', async () => {
    const { profile, kept } = await register(issuers.plain);
    const read = await manage('read', profile, kept);
    assert.equal(verdictOf(read), 'as the profile');
    assert.match(JSON.stringify(read.outcome), /redirect URIs: http:\/\/127\.0\.0\.1\/callback/);
  });

  it('is read: what the profile wants besides is named, and nothing is changed', async () => {
    const { profile, kept } = await register(issuers.plain);
    const wanted = { ...profile, redirectUri: 'http://127.0.0.1/other' };
    const read = await manage('read', wanted, kept);
    assert.equal(verdictOf(read), 'differs');
    assert.match(JSON.stringify(read.outcome), /the redirect URI http:\/\/127\.0\.0\.1\/other/);
    assert.ok(read.report.exchanges.every(({ request }) => request.method === 'GET'));
  });

  it('is changed: the redirect URI is added, those there stay, and the token that is renewed is the one to use', async () => {
    const { profile, kept } = await register(issuers.rotating);
    const wanted = { ...profile, name: 'Another name', redirectUri: 'http://127.0.0.1/other' };
    const updated = await manage('update', wanted, kept);
    assert.equal(verdictOf(updated), 'updated');
    assert.notEqual(updated.kept.token, kept.token);
    for (const one of [wanted, profile])
      assert.equal(verdictOf(await manage('read', one, updated.kept)), 'as the profile');
    const old = await manage('read', wanted, kept);
    assert.equal(failureOf(old.report, 'oauth_error').body.error, 'invalid_token');
    assert.match(explainReport(old.report, catalogue)?.meaning.text ?? '', /registration access token/);
  });

  it('is changed to a client with a secret, which goes to the vault alone', async () => {
    const { profile, kept } = await register(issuers.rotating);
    const wanted = { ...profile, clientAuthentication: 'client_secret_basic' };
    const updated = await manage('update', wanted, kept);
    assert.equal(verdictOf(updated), 'updated');
    assert.ok((updated.renewed.at(-1)?.clientSecret ?? '').length > 10);
  });

  it('is changed to sign users in, which the server takes only with the response type that goes with it', async () => {
    const { profile, kept } = await register(issuers.plain);
    const { members } = await askAboutClient(
      { method: 'GET', profile, kept },
      { fetch: () => fetch, trace: new Trace() },
    );
    const machine = {
      ...members,
      ...{ grant_types: ['client_credentials'], response_types: [], redirect_uris: [] },
      ...{ token_endpoint_auth_method: 'client_secret_basic' },
    };
    const changed = Object.fromEntries(
      Object.entries(machine).filter(([name]) => !name.startsWith('registration_') && !name.endsWith('_at')),
    );
    const { ok } = await fetch(kept.uri, {
      method: 'PUT',
      headers: { authorization: `Bearer ${kept.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(changed),
    });
    assert.ok(ok);
    const updated = await manage('update', profile, kept);
    assert.equal(verdictOf(updated), 'updated');
    assert.equal(verdictOf(await manage('read', profile, updated.kept)), 'as the profile');
  });

  it('of a workload is one with a key: a server knows its own name only', () => {
    const profile = machineProfile({ clientAuthentication: 'federated_assertion', scopes: [] });
    const members = {
      token_endpoint_auth_method: 'private_key_jwt',
      grant_types: ['client_credentials'],
      jwks_uri: 'https://issuer.example.com/keys',
    };
    assert.deepEqual(missingInRegistration(profile, members), []);
    const { token_endpoint_auth_method: method } = updatedRegistration(profile, members);
    assert.equal(method, 'private_key_jwt');
    assert.deepEqual(missingInRegistration(profile, { ...members, token_endpoint_auth_method: 'none' }), [
      'the client authentication private_key_jwt',
    ]);
  });

  it('is changed to a client with a key, whose public half it is registered with; then it gets a token with that', async () => {
    const { profile, kept } = await register(issuers.plain);
    const old = publicJwk(await newSigningKey(), { kid: 'of-the-profile' });
    const wanted = {
      ...machineProfile({ issuer: issuers.plain, clientId: profile.clientId, scopes: [] }),
      ...{ clientAuthentication: 'private_key_jwt', keyId: 'of-the-profile' },
    };
    const [first, next] = [await newSigningKey(), await newSigningKey('RS256')];
    for (const key of [first, next]) {
      const deps = { secret: () => Promise.resolve(key) };
      const updated = await manage('update', wanted, kept, deps);
      assert.equal(verdictOf(updated), 'updated');
      assert.equal(JSON.stringify(updated.report).includes(String((JSON.parse(key) as JWK).d)), false);
      assert.equal(verdictOf(await manage('read', wanted, kept, deps)), 'as the profile');
      tokensOf(await runFlow('client_credentials', wanted, flowDeps(deps)));
    }
    const differs = await manage('read', wanted, kept, { secret: () => Promise.resolve(first) });
    assert.equal(verdictOf(differs), 'differs');
    assert.match(JSON.stringify(differs.outcome), /wants more: the public key \(jwks\)/);
    // Others stay, those of its own name do not; what the server fetches is not in the registration.
    const jwks = { keys: [old, { ...old, kid: 'another', x: 'x' }] };
    const more = [publicJwk(first, { kid: 'of-the-profile' })];
    assert.deepEqual(updatedRegistration(wanted, { jwks }, more)['jwks'], { keys: [jwks.keys[1], ...more] });
    const fetched = { jwks_uri: 'https://keys.example.com', token_endpoint_auth_method: 'private_key_jwt' };
    assert.equal(updatedRegistration(wanted, fetched, more)['jwks'], undefined);
  });

  it('is changed to one whose requests are signed, and to one with a certificate of its own: with their keys', async () => {
    const { profile, kept } = await register(issuers.plain);
    let made = '';
    const deps = {
      made: async (_profile: Profile, what: string, make: () => Promise<string>) => {
        assert.equal(what, 'request_object_key');
        return (made ||= await make());
      },
    };
    const signing = { ...profile, signAuthorizationRequest: true };
    assert.equal(verdictOf(await manage('update', signing, kept, deps)), 'updated');
    assert.equal(verdictOf(await manage('read', signing, kept, deps)), 'as the profile');
    const tls = machineProfile({ clientAuthentication: 'self_signed_tls_client_auth', scopes: [] });
    const identity = newCertificate(Date.now());
    const shown = { ...flowDeps(), authentication: authenticationOf(tls), trace: new Trace() };
    const material = () => Promise.resolve(materialFrom('certificate', identity));
    const [key, ...others] = await keysOf(tls, {}, { ...shown, material } as never);
    assert.deepEqual(others, []);
    assert.deepEqual(key?.x5c, [new X509Certificate(identity).raw.toString('base64')]);
    assert.equal('d' in key, false);
    const none = () => Promise.reject(new Error('asked'));
    const uri = { jwks_uri: 'https://keys.example.com/' };
    assert.deepEqual(await keysOf(tls, uri, { ...shown, material: none } as never), []);
  });

  it('is not changed where it fits', async () => {
    const { profile, kept } = await register(issuers.plain);
    const updated = await manage('update', profile, kept);
    assert.equal(verdictOf(updated), 'as the profile');
    assert.equal(updated.report.exchanges.length, 1);
  });

  it('keeps the old registration when the change is refused, and says why', async () => {
    const { profile, kept } = await register(issuers.plain);
    const wanted = { ...profile, redirectUri: 'http://example.com/callback' };
    const refused = await manage('update', wanted, kept);
    assert.equal(failureOf(refused.report, 'oauth_error').body.error, 'invalid_redirect_uri');
    assert.equal(verdictOf(await manage('read', profile, refused.kept)), 'as the profile');
  });

  it('is deleted, and is not there any more', async () => {
    const { profile, kept } = await register(issuers.plain);
    assert.equal(verdictOf(await manage('delete', profile, kept)), 'deleted');
    const gone = await manage('read', profile, kept);
    assert.match(failureOf(gone.report, 'oauth_error').advice, /Register the client anew/);
  });
});

describe('a registered client, at servers that do it wrong', () => {
  async function at(
    answer: (request: SeenRequest, origin: string) => Answer,
    test: (origin: string, requests: readonly SeenRequest[]) => Promise<void>,
  ) {
    const server = await startStandIn(answer);
    try {
      await test(server.origin, server.requests);
    } finally {
      await server.close();
    }
  }
  const token = 'the-registration-access-token';
  const profileAt = (issuer: string) => userProfile({ issuer, clientId: 'c1' });
  const managed = (origin: string, action: RegistrationAction = 'read') =>
    manage(action, profileAt(origin), { token, uri: `${origin}/register/c1` });

  it('does not send the token to another origin than the server’s', async () => {
    await at(
      () => ({ status: 200, body: { client_id: 'c1' } }),
      async (elsewhere, seen) => {
        await at(
          (request, origin) =>
            request.path.startsWith('/.well-known/')
              ? { status: 200, body: { issuer: origin, registration_endpoint: `${origin}/register` } }
              : { status: 404 },
          async (issuer, requests) => {
            const kept = { token, uri: `${elsewhere}/register/c1` };
            const { report } = await manage('read', profileAt(issuer), kept);
            assert.match(failureOf(report, 'invalid_profile').message, /It was not sent/);
            assert.deepEqual(seen, []);
            assert.ok(requests.every(({ headers }) => headers.authorization === undefined));
          },
        );
      },
    );
  });

  it('does not follow a redirect with it', () =>
    at(
      (_, origin) => ({ status: 302, headers: { location: `${origin}/elsewhere` } }),
      async (origin, requests) => {
        assert.equal(failureOf((await managed(origin)).report, 'redirected').status, 302);
        assert.equal(requests.length, 1);
      },
    ));

  it('does not take an address elsewhere for the next time', () =>
    at(
      () => ({
        status: 200,
        body: {
          client_id: 'c1',
          registration_access_token: 'another-token',
          registration_client_uri: 'https://evil.example/c1',
        },
      }),
      async (origin) => {
        const { kept } = await managed(origin);
        assert.deepEqual(kept, { token: 'another-token', uri: `${origin}/register/c1` });
      },
    ));

  it('takes a path for the next time as one of the server', () =>
    at(
      () => ({ status: 200, body: { client_id: 'c1', registration_client_uri: '/register/c1/next' } }),
      async (origin) => {
        const { kept } = await managed(origin);
        assert.deepEqual(kept, { token, uri: `${origin}/register/c1/next` });
      },
    ));

  for (const [what, answer, kind, words] of [
    ['another client', { status: 200, body: { client_id: 'c2' } }, 'malformed_response', /another client_id/],
    ['no client id', { status: 200, body: { client_name: 'x' } }, 'malformed_response', /no client_id/],
    ['an HTML page', { status: 200, body: '<h1>Hello</h1>' }, 'malformed_response', /no client_id/],
    ['a list', { status: 200, body: '[1]' }, 'malformed_response', /no client_id/],
    ['405', { status: 405 }, 'http_error', /status 405/],
    ['an empty 401', { status: 401 }, 'http_error', /status 401/],
    [
      'markup in an error',
      { status: 400, body: { error: '<b>\u202e', error_description: '<i>\n' } },
      'oauth_error',
      /refused/,
    ],
  ] as const)
    it(`says in a sentence that it is answered with ${what}`, () =>
      at(
        () => answer,
        async (origin) => {
          const { report, renewed } = await managed(origin);
          const failure = failureOf(report, kind);
          assert.match(failure.message, words);
          assert.doesNotMatch(failure.message, /[\u202e\n]/);
          assert.deepEqual(renewed, []);
        },
      ));

  it('says what a server did not take over', () =>
    at(
      () => ({
        status: 200,
        body: { client_id: 'c1', redirect_uris: [], token_endpoint_auth_method: 'none' },
      }),
      async (origin, requests) => {
        const updated = await managed(origin, 'update');
        assert.equal(verdictOf(updated), 'updated in part');
        assert.match(JSON.stringify(updated.outcome), /still has not: the redirect URI/);
        const sent = JSON.parse(requests[1]?.body ?? '{}') as Record<string, unknown>;
        assert.equal(sent['client_id'], 'c1');
        assert.equal('registration_access_token' in sent, false);
      },
    ));

  it('reads back what the vault keeps, and nothing else', () => {
    assert.deepEqual(parseKeptRegistration('{"token":"a","uri":"b"}'), { token: 'a', uri: 'b' });
    for (const text of ['', '[]', 'null', '{"token":1,"uri":"b"}', '{"token":"a"}', 'a token'])
      assert.equal(parseKeptRegistration(text), undefined);
  });
});
