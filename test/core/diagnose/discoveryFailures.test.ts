import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startStandIn, type Answer } from '../../support/servers/standIn.ts';
import type { Failure } from '../../../src/core/record/failure.ts';
import { applyQuickFix } from '../../../src/core/diagnose/quickFix.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { first, why } from './evidence.ts';
import { causeIds, explained, run } from './play.ts';
import { authorizationCode, clientCredentials } from './support.ts';

const page = { 'content-type': 'text/html' };
const rows: readonly {
  readonly name: string;
  readonly answer: Answer;
  readonly path?: string;
  readonly provider?: string;
  readonly cause: string;
  readonly meaning: RegExp;
  readonly title?: RegExp;
  readonly fix: object | undefined;
}[] = [
  {
    name: 'nothing there',
    answer: { status: 404, body: 'Not found' },
    cause: 'nothing-published',
    meaning: /does not say what is needed/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
  {
    name: 'a page',
    answer: { status: 200, headers: page, body: '<!doctype html><title>Login</title>' },
    cause: 'nothing-published',
    meaning: /not with its metadata/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
  {
    name: 'XML, which is no page',
    answer: { status: 200, headers: { 'content-type': 'application/xml' }, body: '<x/>' },
    cause: 'nothing-published',
    meaning: /not with its metadata/,
    title: /: XML came/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
  {
    name: 'a server in trouble',
    answer: { status: 500, body: 'x' },
    cause: 'server-in-trouble',
    meaning: /ran into an error/,
    fix: { kind: 'run_again' },
  },
  {
    name: 'a redirect',
    answer: { status: 301, headers: { location: '/tenant/x/' } },
    cause: 'redirected',
    meaning: /not followed: its metadata/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
  {
    name: 'what has not changed, and is no redirect',
    answer: { status: 304 },
    cause: 'nothing-published',
    meaning: /has not changed/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
  {
    name: 'credentials wanted, and none were sent',
    answer: { status: 401, headers: { 'www-authenticate': 'Basic' } },
    cause: 'nothing-published',
    meaning: /wants credentials, and none are sent/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
  {
    name: 'a tenant that does not exist',
    answer: {
      status: 400,
      body: { error: 'invalid_tenant', error_description: "AADSTS90002: Tenant 'x' not found." },
    },
    provider: 'entra-id',
    cause: 'entra-id/tenant',
    meaning: /takes the request for malformed/,
    fix: { kind: 'edit_profile', field: 'issuer' },
  },
];

describe('discovery that fails is explained by the same engine', () => {
  for (const { name, answer, provider, cause, meaning, title, fix } of rows)
    it(name, async () => {
      const server = await startStandIn(() => answer);
      const issuer = `${server.origin}/tenant`;
      const profile = clientCredentials({ issuer, ...(provider === undefined ? {} : { provider }) });
      const explanation = explained(await run('client_credentials', profile));
      await server.close();
      assert.match(explanation.title, title ?? /at discovery|metadata/);
      const found = first(explanation);
      assert.equal(found.id, cause);
      assert.match(explanation.meaning.text, meaning);
      assert.deepEqual(found.fixes[0], fix);
      assert.notEqual(explanation.exchange, undefined);
      if (cause === 'server-in-trouble') assert.deepEqual(causeIds(explanation), [cause]);
    });

  it('the address of the document typed as the issuer is cut with one click', async () => {
    const server = await startStandIn(() => ({ status: 404, body: '' }));
    const issuer = `${server.origin}/id/.well-known/openid-configuration`;
    const found = first(explained(await run('client_credentials', clientCredentials({ issuer }))));
    await server.close();
    assert.equal(found.id, 'nothing-published');
    assert.deepEqual(found.fixes, [{ kind: 'set_issuer', issuer: `${server.origin}/id` }]);
  });

  it('metadata that lacks what is needed', async () => {
    const server = await startStandIn((_request, origin) => ({ status: 200, body: { issuer: origin } }));
    const found = first(
      explained(await run('client_credentials', clientCredentials({ issuer: server.origin }))),
    );
    await server.close();
    assert.equal(found.id, 'nothing-published');
    assert.deepEqual(found.fixes[1], { kind: 'edit_profile', field: 'tokenEndpoint' });
  });

  /** A server whose documents stand at these paths; every other address answers 404. */
  const documents = (at: (origin: string) => Readonly<Record<string, unknown>>) =>
    startStandIn(({ path }, origin) => {
      const found = at(origin)[path];
      return found === undefined ? { status: 404, body: '' } : { status: 200, body: found as object };
    });
  const openid = '/.well-known/openid-configuration';
  const endpoints = (origin: string) => ({
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
  });

  it('an issuer is set with one click only where metadata is found under it', async () => {
    const server = await documents((origin) => ({
      [`/a${openid}`]: { ...endpoints(origin), issuer: `${origin}/b` },
      [`/b${openid}`]: { ...endpoints(origin), issuer: `${origin}/b` },
    }));
    const found = first(
      explained(await run('client_credentials', clientCredentials({ issuer: `${server.origin}/a` }))),
    );
    await server.close();
    assert.deepEqual(found.fixes, [{ kind: 'set_issuer', issuer: `${server.origin}/b` }]);
  });

  for (const [name, received] of [
    ['of a path where nothing is', (origin: string) => `${origin}/b`],
    ['of another host', () => 'https://inner.example'],
  ] as const)
    it(`where it is ${name}, the endpoints of the document are offered instead, and then work`, async () => {
      const server = await documents((origin) => ({
        [`/a${openid}`]: { ...endpoints(origin), issuer: received(origin) },
        '/token': { access_token: 'a-token', token_type: 'Bearer' },
      }));
      const issuer = `${server.origin}/a`;
      const profile = clientCredentials({ issuer });
      const found = first(explained(await run('client_credentials', profile)));
      assert.equal(found.id, 'issuer-differs');
      const [fix] = found.fixes;
      assert.deepEqual(fix, {
        kind: 'use_endpoints',
        tokenEndpoint: `${server.origin}/token`,
        jwksUri: `${server.origin}/jwks`,
      });
      assert.ok(found.evidence.some((line) => line.includes(`${issuer}${openid}`)));
      const applied = applyQuickFix(profile, fix);
      assert.ok(applied.kind === 'profile');
      assert.equal(applied.profile.issuer, undefined);
      const report = await run('client_credentials', applied.profile);
      await server.close();
      assert.equal(report.outcome.kind, 'token');
      const user = first(
        explainedWith(authorizationCode({ issuer }), received(server.origin), server.origin),
      );
      assert.equal(user.fixes[0]?.kind, 'use_endpoints');
    });

  it('endpoints that a flow would refuse are not offered: of two servers, plain http, or not all there', () => {
    const origin = 'https://idp.example';
    const profile = authorizationCode({ issuer: origin });
    for (const change of [
      { token_endpoint: 'https://other.example/token' },
      { token_endpoint: undefined },
      { authorization_endpoint: undefined },
    ]) {
      const found = first(explainedWith(profile, 'https://inner.example', origin, change));
      assert.deepEqual(found.fixes, [{ kind: 'edit_profile', field: 'issuer' }]);
    }
  });

  function explainedWith(
    profile: Profile,
    received: string,
    origin: string,
    change: Readonly<Record<string, string | undefined>> = {},
  ) {
    const named = Object.entries<string | undefined>({ ...endpoints(origin), ...change }).flatMap(
      ([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]),
    );
    const failure: Failure = {
      ...{ kind: 'issuer_mismatch', step: 'discovery', message: '', advice: '' },
      ...{ expected: profile.issuer ?? '', received, endpoints: Object.fromEntries(named) },
    };
    return why(profile, failure, { exchanges: [] });
  }

  it('an issuer that no profile may have is not advised: the endpoints of its document are', async () => {
    for (const end of ['?tenant=1', '#main']) {
      const server = await startStandIn((_request, origin) => ({
        status: 200,
        body: { ...endpoints(origin), issuer: origin + end },
      }));
      const found = first(
        explained(await run('client_credentials', clientCredentials({ issuer: server.origin }))),
      );
      await server.close();
      assert.equal(found.fixes[0]?.kind, 'use_endpoints');
      assert.match(found.steps[0] ?? '', /would not help: an issuer has no query/);
    }
  });

  it('which addresses were asked is among the evidence', async () => {
    const server = await startStandIn(() => ({ status: 404, body: '' }));
    const found = first(
      explained(await run('client_credentials', clientCredentials({ issuer: `${server.origin}/t` }))),
    );
    await server.close();
    for (const path of [`/t${openid}`, '/.well-known/oauth-authorization-server/t', `${openid}/t`])
      assert.ok(
        found.evidence.some((line) => line.includes(`${server.origin}${path}: status 404`)),
        path,
      );
  });

  it('a redirect to the document of another issuer of the same server names that issuer', async () => {
    const server = await startStandIn(({ path }, origin) =>
      path === `/auth/realm${openid}`
        ? { status: 200, body: { issuer: `${origin}/auth/realm`, token_endpoint: `${origin}/token` } }
        : path === `/realm${openid}`
          ? { status: 302, headers: { location: `/auth/realm${openid}` } }
          : { status: 404, body: '' },
    );
    const found = first(
      explained(await run('client_credentials', clientCredentials({ issuer: `${server.origin}/realm` }))),
    );
    await server.close();
    assert.equal(found.id, 'redirected');
    assert.deepEqual(found.fixes, [{ kind: 'set_issuer', issuer: `${server.origin}/auth/realm` }]);
  });

  it('an http endpoint in the metadata is said to be the server’s', async () => {
    const server = await startStandIn((_request, origin) => ({
      status: 200,
      body: { issuer: origin, token_endpoint: 'http://inner.example/token' },
    }));
    const found = first(
      explained(await run('client_credentials', clientCredentials({ issuer: server.origin }))),
    );
    await server.close();
    assert.match(found.title, /The server publishes an endpoint that is not https/);
    assert.deepEqual(found.fixes, [{ kind: 'edit_profile', field: 'tokenEndpoint' }]);
  });
});
