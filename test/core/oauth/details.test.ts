import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { readTokens } from '../../../src/core/token/reading.ts';
import { responseFindings } from '../../../src/core/token/responseFindings.ts';
import { JarBrowser } from '../../demo/jarBrowser.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { startProvider } from './support/provider.ts';

const payment = { type: 'payment', amount: '10.00', actions: ['initiate'] };

describe('authorization details, at oidc-provider', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    /** Grants what was asked for, but for what is called “refused”, and a payment only up to 5. */
    const granted = (asked: readonly { type: string }[]) =>
      asked
        .filter(({ type }) => type !== 'refused')
        .map((one) => ('limited' in one ? { ...one, amount: '5.00' } : one));
    issuer = await startProvider(
      { after: (close) => (stop = close) },
      {
        clients: [
          {
            client_id: 'native',
            token_endpoint_auth_method: 'none',
            application_type: 'native',
            redirect_uris: ['http://127.0.0.1/callback'],
            grant_types: ['authorization_code', 'refresh_token'],
            response_types: ['code'],
            authorization_details_types: ['payment', 'refused'],
          },
          {
            ...{ client_id: 'tv', token_endpoint_auth_method: 'none', application_type: 'native' },
            grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
            ...{ redirect_uris: [], response_types: [], authorization_details_types: ['payment', 'refused'] },
          },
        ],
        features: {
          devInteractions: { enabled: true },
          deviceFlow: { enabled: true },
          resourceIndicators: {
            enabled: true,
            getResourceServerInfo: () => ({ scope: 'orders.read', accessTokenFormat: 'jwt' }),
          },
          richAuthorizationRequests: {
            enabled: true,
            types: { payment: { validate: () => undefined }, refused: { validate: () => undefined } },
            authorizationDetailsForGrantSource: (context: { oidc: { params: Record<string, string> } }) =>
              granted(JSON.parse(context.oidc.params['authorization_details'] ?? '[]') as { type: string }[]),
            authorizationDetailsForAccessToken: (
              _context: unknown,
              _token: unknown,
              source: { rar?: unknown },
            ) => source.rar,
            authorizationDetailsForIntrospection: (_context: unknown, token: { rar?: unknown }) => token.rar,
          },
        } as never,
      },
    );
  });
  after(() => stop());

  const profileWith = (authorizationDetails: readonly object[]) =>
    userProfile({
      ...{ issuer, clientId: 'native', scopes: ['orders.read'], resource: ['https://api.example.com'] },
      authorizationDetails,
    });
  const findingsOf = async (profile: Profile) => {
    const report = await runFlow('authorization_code', profile, flowDeps({ browser: new SignInBrowser() }));
    const reading = readTokens({ kind: 'profile', profile, tokens: tokensOf(report) });
    return responseFindings(reading)
      .filter(({ code }) => code.startsWith('details_'))
      .map(({ code, message }) => `${code}: ${message}`);
  };

  it('are granted as they were asked for', async () => {
    assert.match((await findingsOf(profileWith([payment])))[0] ?? '', /^details_granted: /);
  });

  it('that are granted otherwise are said to be', async () => {
    const [changed] = await findingsOf(profileWith([{ ...payment, limited: true }]));
    assert.match(changed ?? '', /^details_changed: /);
  });

  it('that are not granted are named', async () => {
    const [lost] = await findingsOf(profileWith([payment, { type: 'refused' }]));
    assert.match(lost ?? '', /^details_differ: Asked for and not granted: “refused”/);
  });

  it('are asked for with a code that is typed elsewhere, too', async () => {
    const parsed = parseProfile({
      ...{ id: 'tv', grant: 'device_code', issuer, clientId: 'tv', scopes: ['orders.read'] },
      ...{ resource: ['https://api.example.com'], authorizationDetails: [payment, { type: 'refused' }] },
    });
    assert.ok('profile' in parsed, JSON.stringify(parsed));
    const { clock } = flowDeps();
    let page: Promise<unknown> | undefined;
    const report = await runFlow('device_code', parsed.profile, {
      ...flowDeps(),
      clock: { ...clock, sleep: (_pause, signal) => clock.sleep(20, signal) },
      onProgress({ waiting }) {
        if (waiting?.kind === 'user_code')
          page ??= new JarBrowser().visit(waiting.verificationUriComplete ?? '');
      },
    });
    await page;
    const reading = readTokens({ kind: 'profile', profile: parsed.profile, tokens: tokensOf(report) });
    const said = responseFindings(reading).find(({ code }) => code === 'details_differ');
    assert.match(said?.message ?? '', /Asked for and not granted: “refused”/);
  });

  it('are sent with what is handed in, and asked for beside a decision elsewhere', async () => {
    const sent = async (grant: string, over: object = {}) => {
      const parsed = parseProfile({
        ...{ id: 'a', grant, issuer, clientId: 'x', clientAuthentication: 'client_secret_post', ...over },
        ...{ backchannelAuthenticationEndpoint: `${issuer}/bc`, authorizationDetails: [payment] },
      });
      assert.ok('profile' in parsed, JSON.stringify(parsed));
      const report = await runFlow(
        grant,
        parsed.profile,
        flowDeps({ input: () => Promise.resolve('ey.e30.s') }),
      );
      const { request } = report.exchanges.at(-1) ?? {};
      return new URLSearchParams(request?.body).get('authorization_details');
    };
    assert.equal(await sent('token_exchange'), JSON.stringify([payment]));
    assert.equal(await sent('jwt_bearer'), JSON.stringify([payment]));
    assert.equal(await sent('ciba', { loginHint: 'ada' }), JSON.stringify([payment]));
    assert.equal(await sent('refresh_token'), JSON.stringify([payment]));
  });

  it('that the server does not know are refused, and that has a meaning', async () => {
    const deps = flowDeps({ browser: new SignInBrowser() });
    const report = await runFlow('authorization_code', profileWith([{ type: 'unknown' }]), deps);
    assert.equal(failureOf(report, 'oauth_error').body.error, 'invalid_authorization_details');
  });

  it('a response that names none is said not to grant them', () => {
    const profile = profileWith([payment]);
    const tokens = {
      access_token: 'a',
      token_type: 'Bearer',
      received_at: 0,
      requested_scopes: [],
      extra: {},
    };
    const codes = responseFindings(readTokens({ kind: 'profile', profile, tokens })).map(({ code }) => code);
    assert.ok(codes.includes('details_not_granted'));
  });

  it('that are no list of objects with a type are refused in the settings', () => {
    const entry = { id: 'a', grant: 'authorization_code', issuer, clientId: 'native' };
    for (const wrong of [{}, [], ['payment'], [{}], [{ type: 1 }], [payment, null]])
      assert.ok('problems' in parseProfile({ ...entry, authorizationDetails: wrong }), JSON.stringify(wrong));
    assert.ok('profile' in parseProfile({ ...entry, authorizationDetails: [payment] }));
  });
});
