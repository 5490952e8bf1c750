import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planChecks, planCost } from '../../../src/core/checks/plan.ts';
import { planView } from '../../../src/core/checks/planView.ts';
import { checks } from '../../../src/core/checks/all.ts';
import type { AuthorizationCodeProfile } from '../../../src/core/profile/profile.ts';
import { known, json, page, respond, smallServer, type SmallServer } from './server.ts';
import { profileOf, trial } from './support.ts';

/** Redirect URIs to which no browser comes back by itself: a web page, two applications, the editor. */
const elsewhere = [
  'https://app.example.com/callback',
  'com.example.app:/callback',
  'com.example.app://callback',
  'vscode://oauth-explorer.oauth-explorer/callback',
];

const clientOf = (redirectUri: string) => ({ ...known, redirectUri });

/** A server that compares every character, and signs nobody in without being asked. */
function strictServer(redirectUri: string): Promise<SmallServer> {
  return smallServer((asked) => {
    const { path, query, response, form } = asked;
    const right = query.getAll('redirect_uri').join() === redirectUri && query.get('client_id') === 'known';
    if (path !== '/auth')
      json(response, 400, { error: form.has('code') ? 'invalid_grant' : 'unsupported_grant_type' });
    else if (right) respond(asked, { error: 'login_required' });
    else page(response, 400, 'Error');
  });
}

describe('the checks of a profile whose redirect does not come back to this computer', () => {
  for (const redirectUri of elsewhere) {
    const profile = profileOf('https://login.example', clientOf(redirectUri)) as AuthorizationCodeProfile;
    const subject = { profile, hasOtherClient: false };

    it(`say so before anything is sent, and promise no browser: ${redirectUri}`, () => {
      const plan = planChecks(subject);
      for (const { check, notApplicable, unmet, chosen } of plan) {
        if (check.needs.authorization !== true || check.needs.signIn !== 'always') continue;
        assert.ok(notApplicable !== undefined && !chosen, check.id);
        if (notApplicable.includes('redirect'))
          assert.ok(notApplicable.includes('loopback') && unmet, check.id);
      }
      const chosen = plan.filter((item) => item.chosen).map(({ check }) => check);
      assert.ok(chosen.length > 20, `${chosen.length} are left`);
      assert.equal(planCost(chosen, subject, true).browserOpenings, 0);
      assert.equal('signIn' in planView(plan, subject, true), false);
      assert.match(planView(plan, subject, true).cost, /The browser does not open/);
    });

    it(`decide what needs no redirect, accuse nobody and open nothing: ${redirectUri}`, async () => {
      const server = await strictServer(redirectUri);
      let opened = 0;
      try {
        const { results } = await trial({
          ...{ issuer: server.origin, client: clientOf(redirectUri), opened: () => opened++ },
          checks: checks.filter(({ area }) =>
            ['redirect', 'pkce', 'code', 'client', 'refresh'].includes(area),
          ),
        });
        assert.equal(opened, 0);
        for (const { id, area, verdict, meaning } of results) {
          if (area === 'redirect')
            assert.ok(
              ['pass', 'not_applicable', 'not_determined'].includes(verdict),
              `${id}: ${verdict} ${meaning}`,
            );
          if (verdict === 'not_determined') assert.match(meaning, /loopback redirect URI/, id);
        }
        const passed = results.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id);
        for (const id of ['redirect.registered', 'redirect.unregistered-host'])
          assert.ok(passed.includes(id), `${id} of ${passed.join()}`);
      } finally {
        await server.close();
      }
    });
  }
});
