import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FailureError } from '../../../src/core/record/failure.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { readTokens } from '../../../src/core/token/reading.ts';
import { scopeComparison } from '../../../src/core/token/scopesView.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import { demoProfiles } from '../../../src/demo/workspace.ts';
import { startOwnDemoServers, type DemoServers } from '../../demo/demoServers.ts';
import { JarBrowser } from '../../demo/jarBrowser.ts';

describe('the scopes of the demo’s untouched profiles', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers();
  });
  after(() => demo.close());

  for (const clientId of ['demo-machine', 'demo-native', 'demo-device'])
    it(`are as asked for: ${clientId}`, async () => {
      const entry = demoProfiles(demo).find(({ id }) => id === clientId);
      const parsed = parseProfile(entry);
      assert.ok('profile' in parsed, JSON.stringify(parsed));
      const { profile } = parsed;
      const browser = new JarBrowser();
      let typed: Promise<unknown> | undefined;
      const report = await runFlow(profile.grant, profile, {
        ...{ fetch: (url, init) => fetch(url, init), clock: systemClock, metadata: new MetadataCache() },
        browser: { open: async (url) => (await browser.visit(url)).status === 200 },
        secret: () => Promise.resolve(demo.clients.machine.clientSecret),
        onProgress: ({ waiting }) => {
          if (waiting?.kind === 'user_code' && waiting.verificationUriComplete !== undefined)
            typed ??= browser.visit(waiting.verificationUriComplete);
        },
      });
      await typed;
      if (report.outcome.kind !== 'token')
        throw report.outcome.kind === 'failure'
          ? new FailureError(report.outcome.failure)
          : new TypeError('A check.');
      const { tokens } = report.outcome;
      const view = scopeComparison(readTokens({ kind: 'profile', profile, tokens }))?.view;
      assert.notEqual(view?.tone, 'warn', JSON.stringify(view?.rows, null, 1));
      assert.notEqual(view?.tone, 'bad');
      if (clientId === 'demo-machine') assert.equal(view?.summary, 'Both scopes asked for were granted.');
      assert.deepEqual(
        view?.rows.filter(({ verdict }) => verdict !== 'kept').map(({ scope }) => scope),
        [],
      );
    });
});

describe('the scopes of a sign-in whose response names those of the API only', () => {
  const comparison = (scope: string, idToken: boolean) => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = (claims: object) => `${encode({ alg: 'none' })}.${encode(claims)}.`;
    const parsed = parseProfile({
      ...{ id: 'a', name: 'A', grant: 'authorization_code', issuer: 'https://login.example.com' },
      ...{ clientId: 'a', redirectUri: 'http://127.0.0.1/callback', scopes: ['openid', 'profile', 'read'] },
    });
    assert.ok('profile' in parsed, JSON.stringify(parsed));
    const tokens = {
      ...{ access_token: jwt({ scope: 'read' }), token_type: 'Bearer', scope, received_at: 1 },
      ...{ requested_scopes: ['openid', 'profile', 'read'], extra: {} },
      ...(idToken ? { id_token: jwt({ sub: 's' }) } : {}),
    };
    const { profile } = parsed;
    return scopeComparison(readTokens({ kind: 'profile', profile, tokens }))?.view.rows.find(
      (row) => row.scope === 'profile',
    );
  };

  it('are not told to be dropped, and not to be granted', () => {
    const row = comparison('read', true);
    assert.deepEqual([row?.granted, row?.verdict], ['unknown', 'kept']);
    assert.match(row?.text ?? '', /Not told/);
  });

  it('are dropped where the response names openid and leaves them out, or no ID token came', () => {
    assert.equal(comparison('openid read', true)?.verdict, 'dropped');
    assert.equal(comparison('read', false)?.verdict, 'dropped');
  });
});
