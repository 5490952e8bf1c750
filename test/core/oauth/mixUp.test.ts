import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { benchServer } from '../../../src/core/checks/benchServer.ts';
import { McpController } from '../../../src/core/mcp/mcpController.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { allOperations } from '../../../src/core/operations/all.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import { runRegistration } from '../../../src/core/operations/registration.ts';
import type { CodeRoute } from '../../../src/core/oauth/requireOneServer.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { fakeServer } from './support/fakeServer.ts';
import { json, serveSeen } from './support/serve.ts';

/** A server that notes what it is asked for, and the metadata it has for itself. */
async function server(context: TestContext, metadata: (self: string) => object) {
  const { origin, seen } = await serveSeen(context, ({ url, headers }, response) => {
    const self = `http://${headers.host ?? ''}`;
    if (url === '/.well-known/openid-configuration')
      json(response, { issuer: self, token_endpoint: `${self}/token`, ...metadata(self) });
    else json(response, {}, 404);
  });
  return { origin, asked: () => seen.map(({ url }) => url).filter((url) => !url.startsWith('/.well-known')) };
}

/** Two servers, the second of which says that something of the first is its own. */
async function pair(context: TestContext, borrowed: string, path: string) {
  const good = await server(context, () => ({}));
  const evil = await server(context, () => ({ [borrowed]: good.origin + path }));
  const asked: CodeRoute[] = [];
  const deps = (answer: boolean) =>
    flowDeps({
      signInTimeout: 5000,
      isOneService: (_, route) => {
        asked.push(hosts(route));
        return Promise.resolve(answer);
      },
    });
  return { good, evil, asked, deps, route: { from: good.origin, to: evil.origin } };
}

const hosts = ({ from, to }: CodeRoute): CodeRoute => ({ from, to });

const words = (path: string, { from, to }: CodeRoute, left = 'The sign-in was not started.') =>
  `The ${path} is at ${from}, the token endpoint at ${to}, and nothing says that they are one server’s. ${left}`;

describe('a code of one server goes to no other that nobody knows to be the same service', () => {
  for (const how of ['published', 'typed'])
    it(`where the issuer has the token endpoint, and another the sign-in, as ${how}`, async (context) => {
      const good = await fakeServer(context);
      const evil = await server(context, (self) => ({
        authorization_endpoint: how === 'published' ? `${good.issuer}/authorize` : `${self}/authorize`,
      }));
      const profile = userProfile({
        ...{ issuer: evil.origin, scopes: [] },
        ...(how === 'typed' && { authorizationEndpoint: `${good.issuer}/authorize` }),
      });
      const route = { from: good.issuer, to: evil.origin };
      const browser = new SignInBrowser();
      const refused = await runFlow('authorization_code', profile, flowDeps({ browser }));
      assert.equal(
        failureOf(refused, 'invalid_profile').message,
        words('authorization endpoint', route),
        how,
      );
      assert.deepEqual([good.authorizations, evil.asked()], [[], []]);
      const asked: CodeRoute[] = [];
      const isOneService = (_: Profile, one: CodeRoute) => Promise.resolve(asked.push(hosts(one)) > 0);
      await runFlow('authorization_code', profile, flowDeps({ browser, isOneService }));
      assert.deepEqual([asked, good.authorizations.length, evil.asked()], [[route], 1, ['/token']]);
    });

  it('in the checks, either', async (context) => {
    const { asked, deps, route, evil } = await pair(context, 'authorization_endpoint', '/authorize');
    const { clock, metadata, ...agreeing } = deps(true);
    const profile = userProfile({ issuer: evil.origin });
    const common = {
      fetch: globalThis.fetch,
      clock,
      metadata,
      timeout: 5000,
      signal: new AbortController().signal,
    };
    await assert.rejects(benchServer(profile, common), (thrown: unknown) => {
      assert.ok(thrown instanceof FailureError);
      assert.equal(thrown.message, words('authorization endpoint', route));
      return true;
    });
    const agreed = (one: CodeRoute) => agreeing.isOneService?.(profile, one) ?? Promise.resolve(false);
    const found = await benchServer(profile, { ...common, isOneService: agreed });
    assert.deepEqual([found.tokenEndpoint, asked], [`${evil.origin}/token`, [route]]);
  });

  const others = [
    ['device_code', 'device_authorization_endpoint', '/device', {}],
    ['ciba', 'backchannel_authentication_endpoint', '/bc', { loginHint: 'ada' }],
  ] as const;
  for (const [grant, endpoint, path, more] of others)
    it(`with ${grant}`, async (context) => {
      const { good, evil, asked, deps, route } = await pair(context, endpoint, path);
      const profile = machineProfile({ ...{ grant, issuer: evil.origin, ...more } });
      const refused = await runFlow(grant, profile, deps(false));
      assert.equal(
        failureOf(refused, 'invalid_profile').message,
        words(endpoint.replaceAll('_', ' '), route),
      );
      assert.deepEqual([good.asked(), evil.asked(), asked], [[], [], [route]]);
      await runFlow(grant, profile, deps(true));
      assert.deepEqual(good.asked(), [path]);
    });

  it('nor the client that another one registers', async (context) => {
    const { good, asked, deps, route, evil } = await pair(context, 'registration_endpoint', '/register');
    const profile = userProfile({ issuer: evil.origin });
    const { report } = await runRegistration({ profile, initialAccessToken: 'initial' }, deps(false));
    const refused = words('registration endpoint', route, 'No client was registered.');
    assert.equal(failureOf(report, 'invalid_profile').message, refused);
    assert.deepEqual([good.asked(), asked], [[], [route]]);
  });

  for (const agrees of [false, true])
    it(`nor the client that an MCP server’s borrows, ${agrees ? 'unless the user agrees' : 'which is said'}`, async (context) => {
      const registered = { client_id: 'c', client_secret: 's3cret', client_secret_expires_at: 0 };
      const good = await serveSeen(context, (_, response) => json(response, registered, 201));
      const evil = await serveSeen(context, ({ url, headers }, response) => {
        const self = `http://${headers.host ?? ''}`;
        if (url === '/.well-known/oauth-protected-resource/mcp')
          json(response, { resource: `${self}/mcp`, authorization_servers: [self] });
        else if (url === '/.well-known/oauth-authorization-server')
          json(response, {
            ...{ issuer: self, code_challenge_methods_supported: ['S256'] },
            ...{ authorization_endpoint: `${self}/authorize`, token_endpoint: `${self}/token` },
            ...{ registration_endpoint: `${good.origin}/register` },
            token_endpoint_auth_methods_supported: ['client_secret_post'],
          });
        else json(response, {}, url === '/mcp' ? 401 : 404);
      });
      const asked: CodeRoute[] = [];
      const { clock, fetch } = flowDeps();
      const controller = new McpController(new URL(`${evil.origin}/mcp`), 'walk', {
        ...{ version: '0', clock, fetch, timeout: () => 5000, draw: () => undefined },
        ...{ record: () => undefined, known: () => undefined },
        freeRedirect: () => Promise.resolve('http://127.0.0.1:1/callback'),
        nameFor: () => ({ id: 'mcp', name: 'MCP' }),
        isOneService: (profile, route) =>
          Promise.resolve(asked.push(route) > 0 && agrees && profile.id === 'mcp'),
        ...{ save: () => Promise.resolve(), keepSecret: () => Promise.resolve() },
        signIn: () => Promise.reject(new RangeError('No browser.')),
      });
      await controller.explore();
      await controller.handle({ type: 'signIn' });
      const route = { from: good.origin, to: evil.origin };
      assert.deepEqual(asked, [route]);
      assert.deepEqual(
        good.seen.map(({ url }) => url),
        agrees ? ['/register'] : [],
      );
      const said = JSON.stringify(controller.model);
      const refused = words('registration endpoint', route, 'No client was registered.');
      assert.equal(said.includes(refused), !agrees, said);
    });

  it('nor the tokens of a sign-in there, at once or when the metadata is another one', async (context) => {
    const good = await fakeServer(context, {
      token: () => ({ body: { access_token: 'x', token_type: 'Bearer', refresh_token: 'y' } }),
    });
    let [authorization, token] = [good.issuer, good.issuer];
    const evil = await server(context, (self) => ({
      ...{ authorization_endpoint: `${authorization}/authorize`, token_endpoint: `${token}/token` },
      ...{ userinfo_endpoint: `${self}/userinfo`, introspection_endpoint: `${self}/introspect` },
      ...{ revocation_endpoint: `${self}/revoke`, end_session_endpoint: `${self}/logout` },
    }));
    const asked: CodeRoute[] = [];
    const deps = (answer: boolean) =>
      flowDeps({
        browser: new SignInBrowser(),
        isOneService: (_, route) => Promise.resolve(asked.push(route) > 0 && answer),
      });
    const profile = userProfile({ issuer: evil.origin, scopes: [] });
    const tokens = tokensOf(await runFlow('authorization_code', profile, deps(false)));
    assert.deepEqual([tokens.signed_in_at, asked], [good.issuer, []]);
    const route = { from: good.issuer, to: evil.origin };
    const refused = (place: string) =>
      `The sign-in was at ${route.from}, the ${place} at ${route.to}, and nothing says that they are one server’s. It was not sent.`;
    for (const operation of Object.values(allOperations)) {
      const { report } = await runOperation(operation, profile, tokens, deps(false));
      const { message } = failureOf(report, 'invalid_profile');
      assert.equal(message, refused(operation.endpoint.replaceAll('_', ' ')));
      assert.deepEqual(asked.splice(0), [route]);
    }
    // It is not forgotten when the metadata names a sign-in of its own meanwhile.
    authorization = evil.origin;
    const again = { ...deps(false), previous: tokens };
    const renewed = tokensOf(await runFlow('refresh_token', profile, again));
    assert.equal(renewed.signed_in_at, good.issuer);
    token = evil.origin;
    const later = { ...deps(false), previous: renewed };
    const { message } = failureOf(await runFlow('refresh_token', profile, later), 'invalid_profile');
    assert.equal(message, refused('token endpoint'));
    assert.deepEqual([evil.asked(), asked.splice(0)], [[], [route]]);
    await runOperation(allOperations.userinfo, profile, tokens, deps(true));
    assert.deepEqual([evil.asked(), asked], [['/userinfo'], [route]]);
    const { clock, metadata } = deps(false);
    const common = { fetch: globalThis.fetch, clock, metadata, timeout: 5000 };
    [authorization, token] = [good.issuer, good.issuer];
    const bench = await benchServer(profile, { ...common, signal: new AbortController().signal });
    assert.equal(bench.userinfoEndpoint, undefined);
  });

  it('nor an assertion that is for another server', async (context) => {
    const { evil, asked, deps } = await pair(context, 'x', '/x');
    const partner = { profile: userProfile(), deps: flowDeps(), keep: () => undefined };
    const signsIn: string[] = [];
    const run = (audience: string | undefined, answer: boolean, issuer = evil.origin) => {
      const profile = machineProfile({
        ...{ grant: 'id_jag', issuer, subjectProfile: 'idp' },
        ...(audience !== undefined && { audience }),
      });
      const browser = { open: (url: string) => Promise.resolve(signsIn.push(url) > 0) };
      return runFlow('id_jag', profile, {
        ...deps(answer),
        partner: () => Promise.resolve({ ...partner, deps: flowDeps({ browser, signInTimeout: 1 }) }),
      });
    };
    for (const audience of ['https://good.example/as', 'good-api', 'urn:good']) {
      const { message } = failureOf(await run(audience, false), 'invalid_profile');
      const from = audience.replace('/as', '');
      assert.ok(message.startsWith(`The assertion is for ${from}, the token endpoint at ${evil.origin}, `));
      assert.deepEqual(asked.splice(0), [{ from, to: evil.origin }]);
    }
    for (const audience of [undefined, evil.origin, `${evil.origin}/tenant`]) await run(audience, false);
    assert.deepEqual(asked, []);
    // An issuer may have its token endpoint elsewhere; what takes the assertion there is its own.
    const issuer = await server(context, () => ({ token_endpoint: `${evil.origin}/token` }));
    for (const audience of [`${evil.origin}/as`, `${issuer.origin}/tenant`])
      await run(audience, false, issuer.origin);
    assert.deepEqual(asked, []);
  });
});

describe('nobody is asked', () => {
  const never = () => Promise.reject(new Error('Nobody is to be asked.'));

  it('where the issuer has the sign-in itself, wherever it sends the code, as Google does', async (context) => {
    const token = await fakeServer(context, {
      token: () => ({ body: { access_token: 'x', token_type: 'Bearer' } }),
    });
    const issuer = await fakeServer(context, { metadata: { token_endpoint: `${token.issuer}/token` } });
    const profile = userProfile({ issuer: issuer.issuer, scopes: [] });
    const deps = flowDeps({ browser: new SignInBrowser(), isOneService: never });
    tokensOf(await runFlow('authorization_code', profile, deps));
    assert.equal(token.tokenRequests.length, 1);
  });

  it('where both endpoints are at one host that the issuer names, as Amazon Cognito does', async (context) => {
    const domain = await fakeServer(context, {
      token: () => ({ body: { access_token: 'x', token_type: 'Bearer' } }),
    });
    const pool = await server(context, () => ({
      authorization_endpoint: `${domain.issuer}/authorize`,
      token_endpoint: `${domain.issuer}/token`,
    }));
    const profile = userProfile({ issuer: pool.origin, scopes: [] });
    const deps = flowDeps({ browser: new SignInBrowser(), isOneService: never });
    tokensOf(await runFlow('authorization_code', profile, deps));
  });

  it('any more when the run is cancelled', async (context) => {
    const { evil } = await pair(context, 'authorization_endpoint', '/authorize');
    const controller = new AbortController();
    const report = await runFlow(
      'authorization_code',
      userProfile({ issuer: evil.origin }),
      flowDeps({
        ...{ signal: controller.signal, signInTimeout: 5000 },
        isOneService: () => {
          controller.abort();
          return new Promise<boolean>(() => undefined);
        },
      }),
    );
    failureOf(report, 'cancelled');
  });
});
