// “Kept in the keychain, and sent to … only”: held against every request that leaves, whatever the server publishes. Its metadata is made up.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../../src/adapters/clock.ts';
import { benchServer } from '../../../src/core/checks/benchServer.ts';
import { pushedOtherClient } from '../../../src/core/checks/par/otherClient.ts';
import { planChecks } from '../../../src/core/checks/plan.ts';
import { runChecks } from '../../../src/core/checks/runChecks.ts';
import { secretEndpoints } from '../../../src/core/oauth/clientAuthentication.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import { allOperations } from '../../../src/core/operations/all.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import { McpController } from '../../../src/core/mcp/mcpController.ts';
import { runRegistration } from '../../../src/core/operations/registration.ts';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { ownSecret } from '../../../src/core/profile/kept.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { secretDestinations, secretPlace, type Profile } from '../../../src/core/profile/profile.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { SecretStore } from '../../../src/core/vault/secretStore.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { flowDeps } from '../oauth/support/deps.ts';

const issuer = 'https://as.example.com';
const third = 'https://third.example.net';
const fourth = 'https://fourth.example.org';
const secret = 's3cret-0f-the-client';

const endpoints = {
  token_endpoint: '/token',
  introspection_endpoint: '/introspect',
  revocation_endpoint: '/revoke',
  pushed_authorization_request_endpoint: '/par',
  device_authorization_endpoint: '/device',
  backchannel_authentication_endpoint: '/bc',
} as const;
type Endpoint = keyof typeof endpoints;

const metadataWith = (elsewhere: readonly Endpoint[]) => ({
  ...{ issuer, response_types_supported: ['code'], code_challenge_methods_supported: ['S256'] },
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  authorization_endpoint: `${issuer}/authorize`,
  ...Object.fromEntries(
    Object.entries(endpoints).map(([name, path]) => [
      name,
      (elsewhere.includes(name as Endpoint) ? third : issuer) + path,
    ]),
  ),
});

const registered = {
  ...{ client_id: 'tv', client_secret: secret, client_secret_expires_at: 0 },
  token_endpoint_auth_method: 'client_secret_post',
};

/** A server that answers everything, and the origins at which the secret was seen. */
function network(metadata: () => object) {
  const got = new Set<string>();
  const basic = Buffer.from(`machine:${secret}`).toString('base64');
  const fetch: FlowDeps['fetch'] = async (url, init) => {
    const request = new Request(url, init);
    const { origin, pathname } = new URL(url);
    const seen = `${[...request.headers].join('\n')}\n${await request.text()}`;
    if (seen.includes(secret) || seen.includes(basic) || /basic /i.test(seen)) got.add(origin);
    if (pathname.startsWith('/.well-known/oauth-protected-resource'))
      return Response.json({ resource: `${issuer}/mcp`, authorization_servers: [issuer] });
    if (pathname.startsWith('/.well-known/')) return Response.json(metadata());
    if (pathname === '/token')
      return Response.json({ access_token: 'abcdef123456', token_type: 'Bearer', expires_in: 60 });
    if (pathname === '/introspect') return Response.json({ active: true });
    if (pathname === '/revoke') return new Response('');
    if (pathname === '/register') return Response.json(registered, { status: 201 });
    if (pathname === '/mcp') return new Response('', { status: 401 });
    return Response.json({ error: 'access_denied' }, { status: 400 });
  };
  return { fetch, got };
}

const scopes: readonly string[] = [];
const post = { clientAuthentication: 'client_secret_post', issuer, scopes } as const;

function deviceProfile(): Profile {
  const entry = { ...{ id: 'tv', name: 'TV', clientId: 'tv', grant: 'device_code' }, ...post };
  const parsed = parseProfile(entry);
  assert.ok('profile' in parsed, JSON.stringify(parsed));
  return parsed.profile;
}

const tokens = {
  ...{ access_token: 'abcdef123456', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} },
};

/** What sends the secret, and the endpoint that gets it. */
const ways: Readonly<Record<string, readonly [Endpoint, (deps: FlowDeps) => Promise<unknown>, Profile]>> =
  (() => {
    const machine = machineProfile({ issuer, scopes });
    const posting = machineProfile(post);
    const pushing = userProfile({ ...post, pushAuthorizationRequest: true });
    const device = deviceProfile();
    return {
      'a token request': ['token_endpoint', (deps) => runFlow('client_credentials', machine, deps), machine],
      introspection: [
        'introspection_endpoint',
        (deps) => runOperation(allOperations.introspection, posting, tokens, deps),
        posting,
      ],
      revocation: [
        'revocation_endpoint',
        (deps) => runOperation(allOperations.revocation, posting, tokens, deps),
        posting,
      ],
      'a pushed request': [
        'pushed_authorization_request_endpoint',
        (deps) => runFlow('authorization_code', pushing, deps),
        pushing,
      ],
      'a device request': [
        'device_authorization_endpoint',
        (deps) => runFlow('device_code', device, deps),
        device,
      ],
    };
  })();

/** A user who enters the secret when asked, and lets it go elsewhere or not. */
function user(agrees: boolean, store = new LimitedStore()) {
  const secrets = new SecretStore(store, new AccountIndex(store));
  const told = new Set<string>();
  let asked = 0;
  const enter = async (place: ReturnType<typeof secretPlace>) => {
    for (const origin of secretDestinations(place)) told.add(origin);
    await secrets.set(place, secret);
  };
  const give: FlowDeps['secret'] = async (profile, tokenEndpoint, elsewhere) => {
    const place = secretPlace(profile, tokenEndpoint, ownSecret(profile), elsewhere);
    const found = await secrets.find(place);
    if (found.kind === 'none') await enter(place);
    if (found.kind !== 'ask') return secrets.use(place);
    asked++;
    if (!agrees) return undefined;
    for (const origin of secretDestinations(place)) told.add(origin);
    return secrets.agree(place);
  };
  return { enter, give, told, secrets, asked: () => asked };
}

describe('what a user is told of where a secret goes is true of every request', () => {
  for (const [what, [endpoint, run, profile]] of Object.entries(ways))
    for (const entered of ['in the flow', 'before the server was asked', 'before the server moved it'])
      for (const agrees of [true, false])
        it(`${what} at a third origin, entered ${entered}, by one who ${agrees ? 'agrees' : 'does not'}`, async () => {
          let elsewhere: readonly Endpoint[] = entered === 'before the server moved it' ? [] : [endpoint];
          const { fetch, got } = network(() => metadataWith(elsewhere));
          const { enter, give, told, asked } = user(agrees);
          // Whose sign-in may be redeemed where is another question.
          const isOneService = () => Promise.resolve(true);
          const deps = () =>
            flowDeps({ isOneService, fetch, secret: give, metadata: new MetadataCache(), signInTimeout: 1 });
          if (entered === 'before the server was asked') await enter(secretPlace(profile));
          if (entered === 'before the server moved it') await run(deps());
          elsewhere = [endpoint];
          await run(deps());
          const isAsked = entered !== 'in the flow';
          assert.equal(asked(), isAsked ? 1 : 0);
          assert.deepEqual(
            [...got].filter((origin) => !told.has(origin)),
            [],
            [...told].join(),
          );
          assert.equal(got.has(third), agrees || !isAsked, 'it goes where the user lets it go');
          await run(deps());
          assert.equal(asked(), isAsked ? (agrees ? 1 : 2) : 0, 'what was agreed to is not asked again');
        });

  it('a server that has all at its own origin, or lets the user be asked elsewhere, raises no question', async () => {
    for (const userinfo of [issuer, third]) {
      const own = {
        ...metadataWith([]),
        userinfo_endpoint: `${userinfo}/userinfo`,
        jwks_uri: `${third}/jwks`,
      };
      const { fetch, got } = network(() => own);
      const { enter, give, asked } = user(false);
      for (const [, run, profile] of Object.values(ways)) {
        await enter(secretPlace(profile));
        await run(flowDeps({ fetch, secret: give, signInTimeout: 1 }));
      }
      assert.deepEqual([asked(), [...got]], [0, [issuer]]);
      assert.deepEqual(
        secretEndpoints(own).filter((url) => !url.startsWith(issuer)),
        [],
      );
    }
  });

  it('the checks say where it goes, of the client and of another one, before they push a request', async () => {
    const { fetch, got } = network(() => ({ ...metadataWith(['pushed_authorization_request_endpoint']) }));
    const profile = userProfile({ ...post, pushAuthorizationRequest: true });
    const ports = { fetch, clock: systemClock, signal: new AbortController().signal, timeout: 5000 };
    const { enter, give, asked } = user(false);
    await enter(secretPlace(profile));
    const secretOf =
      (of: Profile) =>
      (...where: readonly [string?, (readonly string[])?]) =>
        give(of, ...where);
    const items = planChecks({ profile, hasOtherClient: true }, [pushedOtherClient]);
    const server = await benchServer(profile, { ...ports, metadata: new MetadataCache() });
    const common = {
      profile,
      server,
      signInTimeout: 1,
      patience: 1,
      browser: { open: () => Promise.resolve(false) },
    };
    const others = [{ profile, secret: secretOf(profile) }];
    await runChecks({ ...ports, ...common, others, secret: secretOf(profile) }, { items, signIn: true });
    assert.ok(asked() > 0);
    assert.deepEqual([...got], []);
  });

  for (const [what, [endpoint, run, profile]] of Object.entries(ways))
    for (const elsewhere of [[], [endpoint]])
      it(`${what} takes a secret of 0.1.0 along unasked as its server stands, ${elsewhere.join() || 'nothing'} at a third origin, and asks once that has changed`, async () => {
        const { id } = profile;
        // All that 0.1.0 kept of a secret.
        const store = new LimitedStore(undefined, new Map([[`${id}@${issuer}`, secret]]));
        let published = metadataWith(elsewhere);
        const { fetch, got } = network(() => published);
        const { give, asked } = user(false, store);
        const isOneService = () => Promise.resolve(true);
        const deps = () =>
          flowDeps({ isOneService, fetch, secret: give, metadata: new MetadataCache(), signInTimeout: 1 });
        for (let times = 0; times < 2; times++) await run(deps());
        assert.equal(asked(), 0);
        assert.ok(got.has(elsewhere.length > 0 ? third : issuer));
        got.clear();
        published = JSON.parse(
          JSON.stringify(published).replaceAll(`"${third}`, `"${fourth}`),
        ) as typeof published;
        if (elsewhere.length === 0) published = { ...published, [endpoint]: `${fourth}/moved` };
        await run(deps());
        assert.deepEqual([asked(), [...got]], [1, []]);
      });

  for (const elsewhere of [[], ['token_endpoint'], ['token_endpoint', 'revocation_endpoint']] as const)
    describe(`a secret that a server gives goes unasked where it was said to go, with ${elsewhere.join(' and ') || 'nothing'} elsewhere`, () => {
      let published: object;
      const registering = () => ({ ...metadataWith(elsewhere), registration_endpoint: `${issuer}/register` });
      const publish = (metadata: object) => (published = metadata);
      const { fetch, got } = network(() => published);
      const isOneService = () => Promise.resolve(true);

      async function holds(
        { give, asked, told }: ReturnType<typeof user>,
        place: ReturnType<typeof secretPlace>,
        profile: Profile,
      ) {
        const deps = () =>
          flowDeps({ isOneService, fetch, secret: give, metadata: new MetadataCache(), signInTimeout: 1 });
        for (const origin of secretDestinations(place)) told.add(origin);
        const uses = async () => {
          await runOperation(allOperations.revocation, profile, tokens, deps());
          await runFlow('refresh_token', profile, {
            ...deps(),
            previous: { ...tokens, refresh_token: 'refresh-1' },
          });
        };
        await uses();
        assert.equal(asked(), 0);
        assert.deepEqual([[...got].sort(), [...told].sort()], [[...told].sort(), [...told].sort()]);
        got.clear();
        publish({ ...metadataWith([]), token_endpoint: `${fourth}/token` });
        await uses();
        assert.ok(asked() > 0, 'it has changed since');
        assert.deepEqual([...got], []);
      }

      it('by registration, and one that takes its place', async () => {
        publish(registering());
        const asUser = user(false);
        const profile = userProfile({ issuer, scopes });
        const run = await runRegistration({ profile }, flowDeps({ fetch, metadata: new MetadataCache() }));
        assert.ok(run.registered);
        const { place } = run.registered;
        const { outcome } = run.report;
        const words = secretDestinations(place).join(' and ');
        assert.ok(outcome.kind === 'checked' && outcome.meaning.includes(`sent to ${words} only`));
        await asUser.secrets.set(place, 'the first one');
        await asUser.secrets.renew(secretPlace(run.registered.profile), secret);
        await holds(asUser, place, run.registered.profile);
      });

      it('by registration for an MCP server', async () => {
        publish(registering());
        const asUser = user(false);
        const kept: (readonly [Profile, ReturnType<typeof secretPlace>])[] = [];
        let saved: Profile | undefined;
        const { clock } = flowDeps();
        const controller = new McpController(new URL(`${issuer}/mcp`), 'walk', {
          ...{ version: '0', clock, fetch, timeout: () => 5000, draw: () => undefined },
          ...{ record: () => undefined, known: () => undefined, isOneService },
          freeRedirect: () => Promise.resolve('http://127.0.0.1:1/callback'),
          nameFor: () => ({ id: 'mcp', name: 'MCP' }),
          save: (profile) => Promise.resolve(void (saved = profile)),
          keepSecret: async (place, given) => {
            await asUser.secrets.set(place, given);
            if (saved) kept.push([saved, place]);
          },
          signIn: () => Promise.reject(new RangeError('No browser.')),
        });
        await controller.explore();
        const hosts = secretDestinations({ origin: issuer, others: secretEndpoints(published) });
        const words = hosts.map((origin) => new URL(origin).host).join(' and ');
        const said = controller.model.plan?.join('\n') ?? JSON.stringify(controller.model);
        assert.ok(said.includes(`a secret that it gets is sent to ${words} only`), said);
        await controller.handle({ type: 'signIn' });
        const [[profile, place] = []] = kept;
        assert.ok(profile && place, JSON.stringify(controller.model));
        await holds(asUser, place, profile);
      });
    });

  it('no typed endpoint takes a secret to a third origin', () => {
    for (const name of [
      'pushedAuthorizationRequestEndpoint',
      'deviceAuthorizationEndpoint',
      'tokenEndpoint',
    ]) {
      const grant = name.startsWith('device') ? 'device_code' : 'authorization_code';
      const parsed = parseProfile({ ...userProfile(post), grant, [name]: `${third}/x` });
      assert.ok(
        'problems' in parsed && parsed.problems.some((one) => JSON.stringify(one).includes(name)),
        name,
      );
    }
  });
});
