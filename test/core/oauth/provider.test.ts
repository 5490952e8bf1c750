import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { flowDeps, tokensOf } from './support/deps.ts';
import { secret, startProvider } from './support/provider.ts';

const resource = ['https://api.example.com'];
describe('the flows at oidc-provider', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    issuer = await startProvider({ after: (close) => (stop = close) });
  });
  after(() => stop());

  const deps = (over = {}) => flowDeps({ secret: () => Promise.resolve(secret), ...over });

  describe('client credentials against oidc-provider', () => {
    for (const [clientId, clientAuthentication] of [
      ['machine/basic', 'client_secret_basic'],
      ['machine/post', 'client_secret_post'],
    ] as const)
      it(`gets a token with ${clientAuthentication}, a slash in the id and reserved characters in the secret`, async () => {
        const profile = machineProfile({ issuer, clientId, clientAuthentication, resource });
        const report = await runFlow('client_credentials', profile, deps());
        const tokens = tokensOf(report);
        assert.equal(decodeJwt(tokens.access_token).aud, resource[0]);
        assert.equal(tokens.scope, 'orders.read');
        assert.equal(tokens.token_type, 'Bearer');
        assert.deepEqual(
          report.exchanges.map(({ purpose, response }) => [purpose, response?.status]),
          [
            ['discovery', 200],
            ['token', 200],
          ],
        );
        assert.deepEqual(report.exchanges[1]?.deviations, []);
      });

    it('looks the endpoints up once for two flows that share a cache', async () => {
      const shared = deps();
      const profile = machineProfile({ issuer, clientId: 'machine/basic', resource });
      await runFlow('client_credentials', profile, shared);
      const second = await runFlow('client_credentials', profile, shared);
      assert.deepEqual(
        second.exchanges.map(({ purpose }) => purpose),
        ['token'],
      );
    });
  });

  describe('authorization code with PKCE against oidc-provider', () => {
    for (const redirectUri of [
      'http://127.0.0.1/callback',
      'http://localhost/callback',
      'http://[::1]/callback',
    ])
      it(`signs in, validates the id_token and shows success at ${redirectUri}`, async () => {
        const browser = new SignInBrowser();
        const profile = userProfile({ issuer, clientId: 'native', redirectUri, resource });
        const report = await runFlow('authorization_code', profile, deps({ browser }));
        const tokens = tokensOf(report);
        assert.equal(decodeJwt(tokens.id_token ?? '').sub, 'Ada');
        assert.ok(tokens.refresh_token);
        assert.match((await browser.page).body, /Signed in/);
        assert.equal(report.pkce?.code_challenge_method, 'S256');
        assert.deepEqual(
          report.exchanges.map(({ leg, purpose }) => `${leg} ${purpose}`),
          [
            'extension discovery',
            'browser authorization',
            'loopback authorization',
            'loopback redirect',
            'extension token',
            'extension jwks',
          ],
        );
      });

    it('keeps the token when its keys cannot be had, and names their address and status', async () => {
      const profile = userProfile({ issuer, clientId: 'native', resource });
      const withoutKeys: FlowDeps['fetch'] = (url, init) =>
        url.endsWith('/jwks') ? Promise.resolve(new Response('down', { status: 503 })) : fetch(url, init);
      const report = await runFlow(
        'authorization_code',
        profile,
        deps({ browser: new SignInBrowser(), fetch: withoutKeys }),
      );
      assert.ok(tokensOf(report).id_token);
      const [note] = report.exchanges.flatMap(({ deviations }) => deviations);
      assert.equal(note?.code, 'id_token_unverified');
      assert.match(note.message, /\/jwks answered with status 503/);
    });

    it('refreshes the token and takes over the rotated refresh token', async () => {
      const shared = deps({ browser: new SignInBrowser() });
      const profile = userProfile({ issuer, clientId: 'native', resource });
      const first = tokensOf(await runFlow('authorization_code', profile, shared));
      const second = tokensOf(await runFlow('refresh_token', profile, { ...shared, previous: first }));
      assert.notEqual(second.access_token, first.access_token);
      assert.notEqual(second.refresh_token, first.refresh_token);
      const third = await runFlow('refresh_token', profile, { ...shared, previous: first });
      assert.equal(third.outcome.kind, 'failure');
    });

    it('lets two flows at once go their own way', async () => {
      const profile = userProfile({ issuer, clientId: 'native', resource });
      const reports = await Promise.all(
        [new SignInBrowser(), new SignInBrowser()].map((browser) =>
          runFlow('authorization_code', profile, deps({ browser })),
        ),
      );
      const [one, other] = reports.map((report) => tokensOf(report).access_token);
      assert.notEqual(one, other);
    });
  });
});
