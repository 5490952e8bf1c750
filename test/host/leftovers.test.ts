import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { parseProfile } from '../../src/core/profile/parseProfile.ts';
import { watchLeftovers } from '../../src/host/leftovers.ts';
import { withServices } from './services.ts';
import { test, until } from './suite.ts';

function profileNamed(id: string) {
  const entry = parseProfile({
    ...{ id, name: id, grant: 'client_credentials', issuer: 'https://as.example.com', clientId: 'c' },
  });
  assert.ok('profile' in entry);
  return entry.profile;
}

test('what is kept for a profile that was taken out of the settings by hand is offered for deletion', () =>
  withServices(async ({ services, user, add }) => {
    const watch = watchLeftovers(services);
    try {
      for (const id of ['goes', 'stays']) await add(profileNamed(id), 's3cret');
      const gone = new Promise<void>((resolve) => {
        const stop = services.tokens.changes.on((id) => {
          if (id !== 'goes') return;
          stop();
          resolve();
        });
      });
      user.presses.push('Delete Them');
      // As by hand: only the entry goes.
      await services.profiles.delete('goes');
      await until('the offer', () => user.presses.length === 0);
      await gone;
      assert.equal(await services.tokens.keepsAny('goes'), false);
      assert.match(user.heard.join(), /“goes” is no longer in the settings/);
      assert.equal(await services.secrets.get(secretPlace(profileNamed('stays'))), 's3cret');
    } finally {
      watch.dispose();
    }
  }));

test('a profile that hid another of the same id is deleted alone, and which one shows now is said', () =>
  withServices(async ({ services, user, add }) => {
    const { profiles, secrets } = services;
    const configured = (value: unknown) =>
      vscode.workspace
        .getConfiguration('oauthExplorer', null)
        .update('profiles', value, vscode.ConfigurationTarget.Workspace);
    const mine = profileNamed('orders');
    try {
      await add(mine, 's3cret');
      await configured([{ ...mine, name: 'The team’s', issuer: 'https://team.example.com' }]);
      await until('the team’s', () => profiles.get('orders')?.hidden !== undefined);
      const theirs = profiles.get('orders')?.profile;
      assert.ok(theirs);
      await secrets.set(secretPlace(theirs), 'of the team');
      user.presses.push('Delete');
      await services.run('deleteProfile', { profile: 'orders' });
      await until('mine', () => profiles.get('orders')?.profile.name === 'orders');
      assert.match(
        user.heard.join(' | '),
        /“orders”, which has the same ID in wider settings, now shows instead/,
      );
      assert.equal(await secrets.get(secretPlace(mine)), 's3cret');
      assert.equal(await secrets.get(secretPlace(theirs)), undefined);
    } finally {
      await configured(undefined);
    }
  }));
