import assert from 'node:assert/strict';
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
      assert.match(user.heard.join(), /“goes” is not in the settings any more/);
      assert.equal(await services.secrets.get(secretPlace(profileNamed('stays'))), 's3cret');
    } finally {
      watch.dispose();
    }
  }));
