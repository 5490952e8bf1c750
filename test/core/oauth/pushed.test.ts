import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import type { Configuration } from 'oidc-provider';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import type { AuthorizationCodeProfile } from '../../../src/core/profile/profile.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { secret, startProvider } from './support/provider.ts';
import { json, serveSeen } from './support/serve.ts';

const resource = ['https://api.example.com'];
const redirect = { redirect_uris: ['http://127.0.0.1/callback'], application_type: 'native' as const };
const code = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code' as const] };
const clients: NonNullable<Configuration['clients']> = [
  { client_id: 'native', token_endpoint_auth_method: 'none', ...redirect, ...code },
  {
    client_id: 'web',
    client_secret: secret,
    token_endpoint_auth_method: 'client_secret_basic',
    ...redirect,
    ...code,
  },
];
const features = (required: boolean): Configuration['features'] => ({
  devInteractions: { enabled: true },
  claimsParameter: { enabled: true },
  pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: required },
  resourceIndicators: {
    enabled: true,
    defaultResource: () => [],
    useGrantedResource: () => true,
    getResourceServerInfo: () => ({ scope: 'orders.read', accessTokenFormat: 'jwt' }),
  },
});

/** The address that the browser was sent to. */
function opened({ exchanges }: FlowReport): URL {
  return new URL(exchanges.find(({ leg }) => leg === 'browser')?.request.url ?? '');
}

describe('authorization requests at oidc-provider', () => {
  const issuers = { free: '', strict: '' };
  const stops: (() => Promise<void>)[] = [];
  before(async () => {
    const over = { clients, acrValues: ['gold'], claims: { email: ['email'], auth_time: null } };
    const context = { after: (close: () => Promise<void>) => void stops.push(close) };
    issuers.free = await startProvider(context, { ...over, features: features(false) });
    issuers.strict = await startProvider(context, { ...over, features: features(true) });
  });
  after(() => Promise.all(stops.map((stop) => stop())));

  const run = (over: Partial<AuthorizationCodeProfile>) =>
    runFlow(
      'authorization_code',
      userProfile({ clientId: 'native', resource, ...over }),
      flowDeps({ browser: new SignInBrowser(), secret: () => Promise.resolve(secret) }),
    );

  for (const [name, over, server] of [
    ['where the profile says so', { pushAuthorizationRequest: true }, 'free'],
    ['where the server requires it', {}, 'strict'],
    [
      'authenticated, by a confidential client',
      { clientId: 'web', clientAuthentication: 'client_secret_basic', pushAuthorizationRequest: true },
      'free',
    ],
  ] as const)
    it(`are handed in first, ${name}`, async () => {
      const report = await run({ issuer: issuers[server], ...over });
      assert.ok(tokensOf(report).access_token);
      const names = [...opened(report).searchParams.keys()];
      assert.deepEqual(names, ['client_id', 'request_uri']);
      const pushed = report.exchanges.find(({ purpose }) => purpose === 'par');
      assert.equal(pushed?.response?.status, 201);
      const form = new URLSearchParams(pushed.request.body);
      assert.deepEqual(
        ['redirect_uri', 'code_challenge', 'state', 'scope'].map((one) => form.has(one)),
        [true, true, true, true],
      );
      const { steps } = flowView({ state: 'ended', flow: report }, {});
      assert.ok(steps.some(({ title }) => title === 'Push the authorization request'));
    });

  it('say how the sign-in is wanted, and the answer is compared with it', async () => {
    const claims = { id_token: { auth_time: { essential: true } } };
    const report = await run({
      issuer: issuers.free,
      ...{ loginHint: 'ada@example.com', acrValues: 'gold', prompt: 'login', maxAge: 0, claims },
    });
    const sent = opened(report).searchParams;
    assert.deepEqual(
      ['login_hint', 'acr_values', 'prompt', 'max_age'].map((name) => sent.get(name)),
      ['ada@example.com', 'gold', 'login', '0'],
    );
    assert.deepEqual(JSON.parse(sent.get('claims') ?? ''), claims);
    assert.ok(decodeJwt(tokensOf(report).id_token ?? '')['auth_time']);
    const notes = report.exchanges.flatMap(({ deviations }) => deviations.map(({ code }) => code));
    assert.ok(
      notes.some((note) => note.startsWith('id_token_acr')),
      notes.join(),
    );
  });

  it('are not handed in where the server has no endpoint for it, and it is said', async (context) => {
    const plain = await startProvider(context, {
      clients,
      features: { devInteractions: { enabled: true }, pushedAuthorizationRequests: { enabled: false } },
    });
    const report = await run({ issuer: plain, resource: [], pushAuthorizationRequest: true });
    assert.equal(failureOf(report, 'metadata_missing').missing, 'pushed_authorization_request_endpoint');
  });

  it('go to no other server than the profile’s', async (context) => {
    const elsewhere = await serveSeen(context, (_request, response) => json(response, {}, 400));
    const report = await run({
      ...{ issuer: issuers.free, pushAuthorizationRequest: true },
      pushedAuthorizationRequestEndpoint: `${elsewhere.origin}/par`,
    });
    assert.match(failureOf(report, 'invalid_profile').message, /pushed authorization request endpoint is at/);
    assert.equal(elsewhere.seen.length, 0);
  });

  it('that are refused say so in the server’s words', async () => {
    const report = await run({ issuer: issuers.free, clientId: 'unknown', pushAuthorizationRequest: true });
    const { body, message } = failureOf(report, 'oauth_error');
    assert.equal(body.error, 'invalid_client');
    assert.match(message, /refused the pushed authorization request/);
  });
});

describe('odd answers to a pushed authorization request', () => {
  type Odd = readonly [
    what: string,
    status: number,
    body: object | string,
    said: RegExp | 'goes on',
    deviating?: readonly string[],
  ];
  const uri = 'urn:ietf:params:oauth:request_uri:x1';
  const odd: readonly Odd[] = [
    ['as it should be', 201, { request_uri: uri, expires_in: 60 }, 'goes on', []],
    ['200 in the place of 201', 200, { request_uri: uri, expires_in: 60 }, 'goes on', ['par_status']],
    ['no expires_in', 201, { request_uri: uri }, 'goes on', ['par_lifetime']],
    [
      'an expires_in that is a text, or less than none',
      201,
      { request_uri: uri, expires_in: '-5' },
      'goes on',
      ['par_lifetime'],
    ],
    ['a form', 201, `request_uri=${uri}&expires_in=60`, 'goes on', ['par_lifetime']],
    ['no request_uri', 201, { expires_in: 60 }, /answered the pushed .* without “request_uri”/],
    ['a request_uri that is a list', 201, { request_uri: [uri] }, /with “request_uri” that is an array/],
    ['a page', 201, '<html>in</html>', /HTML/],
    ['nothing', 201, '', /empty/],
    ['another way', 302, '', /sends? .*elsewhere|redirect/i],
    ['503', 503, '<html>later</html>', /503/],
    [
      'an error with 200',
      200,
      { error: 'invalid_request', error_description: 'no' },
      /invalid_request \(no\)/,
    ],
    ['an error with 500', 500, { error: 'server_error' }, /server_error/],
  ];
  for (const [what, status, body, said, deviating = []] of odd)
    it(`are used or said: ${what}`, async (context) => {
      const { origin } = await serveSeen(context, (request, response) => {
        const metadata = { token_endpoint: `${origin}/token`, response_types_supported: ['code'] };
        const more = { authorization_endpoint: `${origin}/auth`, code_challenge_methods_supported: ['S256'] };
        const par = { pushed_authorization_request_endpoint: `${origin}/par` };
        if (request.url !== '/par') json(response, { issuer: origin, ...metadata, ...more, ...par });
        else if (typeof body === 'object') json(response, body, status);
        else response.writeHead(status, { location: '/elsewhere' }).end(body);
      });
      const shown: string[] = [];
      const controller = new AbortController();
      const open = (url: string) => {
        shown.push(url);
        controller.abort();
        return Promise.resolve(true);
      };
      const profile = userProfile({ issuer: origin, pushAuthorizationRequest: true });
      const deps = flowDeps({ browser: { open }, signal: controller.signal });
      const { outcome, exchanges } = await runFlow('authorization_code', profile, deps);
      assert.ok(outcome.kind === 'failure');
      if (said === 'goes on') {
        assert.equal(shown.length, 1, outcome.failure.message);
        const address = new URL(exchanges.find(({ leg }) => leg === 'browser')?.request.url ?? '');
        assert.deepEqual([...address.searchParams.keys()].toSorted(), ['client_id', 'request_uri']);
        assert.equal(address.searchParams.get('request_uri'), uri);
        const noted = exchanges.flatMap(({ deviations }) => deviations.map(({ code }) => code));
        assert.deepEqual(noted, deviating);
        return;
      }
      assert.deepEqual(shown, []);
      assert.match(outcome.failure.message, said);
    });
});
