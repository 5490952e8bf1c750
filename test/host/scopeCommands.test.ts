import assert from 'node:assert/strict';
import type { ScopesViewModel } from '../../src/shared/views/scopesView.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';
import { startSalesforce } from '../support/servers/salesforce.ts';
import { withServices } from './services.ts';
import { test } from './suite.ts';

test('the scopes a client can get are asked for after a click, can be stopped, and go into the settings', async () => {
  const app = {
    consumerKey: 'key',
    consumerSecret: 's3cr3t',
    selectedScopes: ['api', 'web'],
    runAsUser: 'u',
  };
  const server = await startSalesforce([app]);
  try {
    await withServices(async ({ services, user, add }) => {
      const profile = machineProfile({
        ...{
          issuer: server.origin,
          tokenEndpoint: `${server.origin}/services/oauth2/token`,
          clientId: 'key',
        },
        ...{ scopes: ['api', 'full', 'web'], clientAuthentication: 'client_secret_post' },
      });
      await add(profile, 's3cr3t');
      const tokens = () => server.requests.filter(({ path }) => path.endsWith('/token')).length;
      await services.run('findScopes', { profile: profile.id });
      const page = user.panel('scopes');
      const model = () => page.model() as ScopesViewModel;
      assert.deepEqual([model().state, model().requests, tokens()], ['plan', 4, 0]);

      const stopped = page.press({ type: 'start' });
      await page.press({ type: 'cancel' });
      await stopped;
      assert.deepEqual([model().state, model().stopped], ['done', 'You cancelled it.']);
      assert.ok(tokens() < 4);
      await page.press({ type: 'apply' });
      assert.deepEqual(services.profiles.get(profile.id)?.profile.scopes, ['api', 'full', 'web']);

      await page.press({ type: 'start' });
      assert.deepEqual(
        model().rows.map(({ scope, alone, together }) => [scope, alone, together]),
        [
          ['api', 'granted', 'granted'],
          ['full', 'refused', 'dropped'],
          ['web', 'granted', 'granted'],
        ],
      );
      await page.press({ type: 'apply' });
      assert.deepEqual(services.profiles.get(profile.id)?.profile.scopes, ['api', 'web']);
      assert.equal(await services.tokens.get(profile), undefined, 'the tokens of the search are not kept');
    });
  } finally {
    await server.close();
  }
});

test('the scopes of a client that acts for a user are not searched for, which is said', () =>
  withServices(async ({ services, user, add }) => {
    const profile = userProfile();
    await add(profile);
    await services.run('findScopes', { profile: profile.id });
    assert.match(user.heard.at(-1) ?? '', /works for client credentials/);
    assert.deepEqual(user.panels, []);
  }));
