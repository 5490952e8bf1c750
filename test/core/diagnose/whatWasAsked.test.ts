import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Explanation } from '../../../src/core/diagnose/explanation.ts';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { otherEndpoints, type Answer, type World } from './truth/world.ts';
import { playApi } from './truth/apiWorld.ts';
import { playWorld } from './truth/playWorld.ts';
import { catalogue, causeIds, explained } from './play.ts';

const plain: World = {
  ...{ metadata: {}, discovery: undefined, token: undefined, keys: undefined, endpoint: undefined },
  ...{ pending: 0, signed: true, cached: false, provider: undefined, claims: {}, clientId: '5' },
  before: undefined,
  ...{ redirect: { code: 'the-code', state: 'STATE' }, flow: 'authorization_code', trouble: undefined },
  ...{ authentication: 'client_secret_basic', secret: 's3cr3t-of-the-client', refreshToken: undefined },
  ...{ scopes: ['orders.write', 'offline_access'], parameters: {} },
};
const said = (status: number, error: string, description = ''): Answer => ({
  ...{ status, headers: { 'content-type': 'application/json' } },
  body: JSON.stringify({ error, error_description: description }),
});
const moved: Answer = { status: 302, headers: { location: '/login' }, body: '' };

async function told(change: Partial<World>): Promise<Explanation> {
  const { report, metadata } = await playWorld({ ...plain, ...change });
  const explanation = explainReport(report, catalogue, metadata ? { metadata } : {});
  if (explanation === undefined) throw new Error('The flow did not fail.');
  return explanation;
}
const sentences = ({ title, meaning, causes, failure }: Explanation) =>
  [
    ...[title, meaning.text, failure.message, failure.advice],
    ...causes.flatMap((cause) => [cause.title, ...cause.evidence, ...cause.steps]),
  ].join('\n');
const edited = ({ causes }: Explanation) =>
  causes.flatMap(({ fixes }) => fixes).flatMap((fix) => (fix.kind === 'edit_profile' ? [fix.field] : []));

describe('an endpoint that the metadata does not name, or puts where nothing may be sent', () => {
  for (const [flow, member, field] of [
    ['device_code', 'device_authorization_endpoint', 'deviceAuthorizationEndpoint'],
    ['ciba', 'backchannel_authentication_endpoint', 'backchannelAuthenticationEndpoint'],
    ['pushed', 'pushed_authorization_request_endpoint', 'pushedAuthorizationRequestEndpoint'],
    ['authorization_code', 'authorization_endpoint', 'authorizationEndpoint'],
    ['introspection', 'introspection_endpoint', undefined],
    ['userinfo', 'userinfo_endpoint', undefined],
    ['revocation', 'revocation_endpoint', undefined],
    ['sign_out', 'end_session_endpoint', undefined],
    ['registration', 'registration_endpoint', undefined],
  ] as const)
    for (const cached of [false, true])
      it(`is named, and typed only where the profile has a field: ${member}${cached ? ', known before' : ''}`, async () => {
        const out = await told({ flow, cached, metadata: { [member]: undefined } });
        assert.deepEqual(causeIds(out), ['nothing-published']);
        assert.ok(out.causes[0]?.title.includes(member.replaceAll('_', ' ')), sentences(out));
        assert.deepEqual(edited(out), field === undefined ? ['issuer'] : ['issuer', field]);
        const open = await told({ flow, cached, metadata: { [member]: 'http://inner.truth.test/x' } });
        assert.deepEqual(causeIds(open), ['insecure-url']);
        assert.deepEqual(edited(open), field === undefined ? [] : [field]);
        for (const one of [out, open])
          assert.equal(/type the/i.test(sentences(one)), field !== undefined, sentences(one));
      });

  it('is each endpoint of another flow', () => assert.equal(otherEndpoints.length, 8));
});

describe('what was not asked for is no cause', () => {
  const narrow = { grant_types_supported: ['implicit'], scopes_supported: ['openid'] };
  const foreign = /^(?:scope|grant)-not-|^user-|^redirect-uri|^client-authentication-not-supported/;
  for (const [flow, error] of [
    ['introspection', 'unauthorized_client'],
    ['revocation', 'access_denied'],
    ['registration', 'access_denied'],
    ['read_client', 'unauthorized_client'],
    ['update_client', 'access_denied'],
    ['userinfo', 'unauthorized_client'],
  ] as const)
    it(`of ${flow}, refused with ${error}: scopes, grant, redirect URI, consent`, async () => {
      const found = await told({
        flow,
        metadata: narrow,
        endpoint: said(403, error, 'redirect_uri is wrong'),
      });
      const own = flow === 'registration' || flow === 'update_client' ? ['redirect-uri-not-allowed'] : [];
      assert.deepEqual(
        causeIds(found).filter((id) => foreign.test(id) && !own.includes(id)),
        [],
      );
      assert.doesNotMatch(sentences(found), /token endpoint|came back/i);
    });

  it('of a device’s or pushed request: what a user declined', async () => {
    for (const flow of ['device_code', 'ciba', 'pushed'] as const) {
      const found = await told({ flow, endpoint: said(400, 'access_denied') });
      assert.ok(!causeIds(found).includes('user-said-no'), flow);
    }
  });

  it('of a refresh without scope: scopes', async () => {
    const change = { flow: 'refresh_token', refreshToken: 'refresh-0123456789' } as const;
    const found = await told({ ...change, metadata: narrow, token: said(400, 'invalid_grant') });
    assert.ok(!causeIds(found).some((id) => id.startsWith('scope-')), causeIds(found).join());
  });

  it('of a token that a device polls for: scopes that were taken with the code', async () => {
    const found = await told({ flow: 'device_code', metadata: narrow, token: said(400, 'made_up') });
    assert.ok(!causeIds(found).some((id) => id.startsWith('scope-')), causeIds(found).join());
  });

  it('in a browser: the client’s proof', async () => {
    const redirect = {
      state: 'STATE',
      error: 'unauthorized_client',
      error_description: 'client secret is wrong',
    };
    for (const authentication of ['client_secret_basic', 'none'] as const) {
      const metadata = { token_endpoint_auth_methods_supported: ['private_key_jwt'] };
      const found = await told({ authentication, redirect, metadata });
      assert.ok(
        !causeIds(found).some((id) => /secret|client-authentication/.test(id)),
        causeIds(found).join(),
      );
    }
  });

  it('of a sign-out: consent and the redirect URI of sign-ins', async () => {
    const flow = 'sign_out_and_return';
    const refused = await told({
      flow,
      metadata: narrow,
      redirect: { state: 'STATE', error: 'access_denied' },
    });
    assert.deepEqual(
      causeIds(refused).filter((id) => foreign.test(id)),
      [],
    );
    const away = await told({ flow, redirect: undefined });
    const sent = /Sent: (http:\S+)/.exec(sentences(away))?.[1] ?? '';
    assert.match(sent, /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    assert.doesNotMatch(sentences(away), /with the scopes/);
    assert.ok(!edited(away).includes('redirectUri'));
  });
});

describe('what was asked for is what was sent', () => {
  it('in a request that was pushed: the redirect URI with its port, and the challenge', async () => {
    const uri = await told({ flow: 'pushed', redirect: undefined });
    assert.match(sentences(uri), /Sent: http:\/\/127\.0\.0\.1:\d+\/callback/);
    const pkce = await told({
      flow: 'pushed',
      token: said(400, 'invalid_grant', 'PKCE verification failed'),
    });
    assert.match(sentences(pkce), /Verifier and challenge of this run fit each other/);
  });

  it('by a client that proves itself where it pushes or asks for a code', async () => {
    for (const flow of ['pushed', 'device_code', 'ciba'] as const) {
      const found = await told({ flow, endpoint: said(401, 'invalid_client') });
      assert.ok(causeIds(found).includes('client-unknown-or-secret-wrong'), causeIds(found).join());
      const wanted = await told({ flow, endpoint: said(400, 'invalid_client', 'client_assertion required') });
      assert.equal(wanted.causes[0]?.id, 'client-assertion-wanted');
    }
  });

  it('where a server takes no signed requests, none is wanted', async () => {
    const found = await told({ redirect: { state: 'STATE', error: 'request_not_supported' } });
    assert.deepEqual(causeIds(found), ['error-code-request_not_supported']);
  });

  it('until the time was over: no server said so', async () => {
    const found = await told({ flow: 'device_code', pending: 9 });
    assert.equal(found.failure.message, 'The code was not typed before it expired.');
    assert.doesNotMatch(sentences(found), /The server said/);
  });
});

describe('whoever stands before a server', () => {
  for (const flow of ['registration', 'read_client', 'update_client', 'delete_client', 'userinfo'] as const)
    it(`sends ${flow} to a sign-in`, async () => {
      const found = await told({ flow, endpoint: moved });
      assert.equal(found.failure.kind, 'redirected');
      assert.deepEqual(causeIds(found), ['redirected']);
      assert.match(sentences(found), /https:\/\/login\.truth\.test\/login/);
    });

  const api = async (status: number, type: string, body: string, challenge?: string) => {
    const { report } = await playApi({
      ...{ status, type, body, challenge },
      claims: undefined,
      error: undefined,
    });
    return explained(report);
  };

  it('sends a call of an API to a sign-in', async () => {
    const found = await api(302, 'text/html', '');
    assert.deepEqual(causeIds(found), ['redirected']);
    assert.match(sentences(found), /login page/);
    const unchanged = await api(304, 'text/html', '');
    assert.equal(unchanged.failure.kind, 'http_error');
    assert.doesNotMatch(sentences(unchanged), /refuses/);
  });

  for (const [what, type, body, challenge, id] of [
    ['a page', 'text/html', '<h1>Blocked</h1>', undefined, 'firewall'],
    [
      'a page with a challenge',
      'text/html',
      '<h1>No</h1>',
      'Bearer error="insufficient_scope"',
      'insufficient-scope',
    ],
    ['JSON', 'application/json', '{"message":"no"}', undefined, 'insufficient-scope'],
    [
      'JSON that is called a page',
      'text/html; charset=utf-8',
      '{"message":"no"}',
      undefined,
      'insufficient-scope',
    ],
    ['nothing', 'text/plain', '', undefined, 'insufficient-scope'],
  ] as const)
    it(`forbids a call of an API: status 403 and ${what} is ${id}`, async () => {
      const found = await api(403, type, body, challenge);
      assert.equal(found.causes[0]?.id, id);
      if (id === 'firewall') assert.doesNotMatch(sentences(found), /knows the token|do not allow/);
    });
});
