import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SeenProfiles } from '../../../src/core/vault/seenProfiles.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { SecretStore } from '../../../src/core/vault/secretStore.ts';
import { TokenStore } from '../../../src/core/vault/tokenStore.ts';
import { secretPlace } from '../../../src/core/profile/profile.ts';
import { ManualClock } from '../../support/clock.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { machineProfile } from '../../support/profiles.ts';

function memory(value?: unknown) {
  const held = { value, writes: 0 };
  const seen = new SeenProfiles({
    read: () => held.value,
    write: (written) => {
      held.value = written;
      held.writes++;
      return Promise.resolve();
    },
  });
  return { held, seen };
}

it('profiles that stood in the settings once are known when they are gone', async () => {
  const { seen, held } = memory();
  await seen.note([
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ]);
  await seen.note([{ id: 'a', name: 'A' }]);
  assert.equal(held.writes, 1);
  assert.deepEqual(seen.gone(['A']), [{ id: 'b', name: 'B' }]);
  await seen.note([{ id: 'b', name: 'Renamed' }]);
  assert.deepEqual(seen.gone([]), [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'Renamed' },
  ]);
  await seen.forget('b');
  assert.deepEqual(seen.gone([]), [{ id: 'a', name: 'A' }]);
});

it('the last 1,000 profiles are remembered', async () => {
  const { seen, held } = memory();
  const at = (number: number) => ({ id: `p${number}`, name: 'P' });
  await seen.note(Array.from({ length: 1001 }, (_, number) => at(number)));
  await seen.note([at(1)]);
  assert.equal(held.writes, 1);
  assert.deepEqual(
    seen.gone([]),
    Array.from({ length: 1000 }, (_, number) => at(number + 1)),
  );
});

it('what was remembered in another shape is nothing', async () => {
  for (const value of [undefined, null, 5, 'x', ['a'], { a: 5, b: null }]) {
    const { seen } = memory(value);
    assert.deepEqual(
      seen.gone([]).filter(({ name }) => name !== 'a'),
      [],
    );
    await seen.note([{ id: 'n', name: 'N' }]);
    assert.ok(seen.gone([]).some(({ id }) => id === 'n'));
  }
});

it('what is kept for a profile without settings is found and goes, at all its servers', async () => {
  const vault = new LimitedStore();
  const index = new AccountIndex(vault);
  const secrets = new SecretStore(vault, index);
  const tokens = new TokenStore({ vault, index, clock: new ManualClock(0), onFailure: () => undefined });
  assert.equal(await tokens.keepsAny('machine'), false);
  for (const issuer of ['https://one.example', 'https://two.example'])
    await secrets.set(secretPlace(machineProfile({ issuer })), 's3cret');
  await secrets.set(secretPlace(machineProfile({ id: 'stays' })), 's3cret');
  const before = await tokens.keepsAny('machine');
  await tokens.deleteLeftovers('machine');
  assert.deepEqual([before, await tokens.keepsAny('machine')], [true, false]);
  assert.ok([...vault.entries.keys()].every((key) => key.startsWith('stays')));
});
