import assert from 'node:assert/strict';
import { it } from 'node:test';
import { secretPlace } from '../../../src/core/profile/profile.ts';
import { keptOrMade } from '../../../src/core/vault/keptOrMade.ts';
import { machineProfile } from '../../support/profiles.ts';

it('a secret of ours is made once, and anew where the kept one is good no more', async () => {
  const profile = machineProfile();
  const kept = new Map<string, string>();
  const secrets: Parameters<typeof keptOrMade>[0] = {
    get: (place) => Promise.resolve(kept.get(JSON.stringify(place))),
    set: (place, secret) => {
      kept.set(JSON.stringify(place), secret);
      return Promise.resolve();
    },
  };
  let made = 0;
  const make = () => Promise.resolve(`key ${++made}`);
  assert.equal(await keptOrMade(secrets, profile, 'dpopKey', make), 'key 1');
  assert.equal(await keptOrMade(secrets, profile, 'dpopKey', make), 'key 1');
  assert.equal(await keptOrMade(secrets, profile, 'dpopKey', make, (one) => one !== 'key 1'), 'key 2');
  assert.equal(await keptOrMade(secrets, profile, 'dpopKey', make, (one) => one === 'key 2'), 'key 2');
  assert.equal(await keptOrMade(secrets, profile, 'another', make), 'key 3');
  assert.deepEqual(
    [...kept.keys()],
    ['dpopKey', 'another'].map((what) => JSON.stringify(secretPlace(profile, undefined, { what }))),
  );
});
