import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { secretPlace, type SecretPlace } from '../../../src/core/profile/profile.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import type { Alone } from '../../../src/core/vault/alone.ts';
import { ReturningVault, StopgapVault, type Drift } from '../../../src/core/vault/drift.ts';
import { SecretStore } from '../../../src/core/vault/secretStore.ts';
import { SplitVault } from '../../../src/core/vault/splitVault.ts';
import type { Vault } from '../../../src/core/vault/vault.ts';
import { bindingKey, secretKey } from '../../../src/core/vault/vaultKeys.ts';
import { HookedStore } from '../../support/hookedStore.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { machineProfile } from '../../support/profiles.ts';

/** Where no lock is to be had; what it is for is held in `everyDrift`. */
const withoutLock: Alone = (act) => act();

/** More calls than taking back one key makes. */
const mostCalls = 60;

/** The drift as the extension's state keeps it: across sessions. */
class Noted implements Drift {
  readonly keys = new Set<string>();
  removals = 0;
  has(key: string) {
    return this.keys.has(key);
  }
  remove(key: string) {
    this.keys.delete(key);
    this.removals++;
    return Promise.resolve();
  }
}

function machine() {
  const keychain = new LimitedStore();
  const storage = new LimitedStore(Infinity);
  const drift = new Noted();
  return {
    keychain,
    storage,
    drift,
    session: (answers: boolean) =>
      answers
        ? new ReturningVault(new SplitVault(keychain), storage, drift, withoutLock)
        : new StopgapVault(storage, withoutLock),
  };
}

describe('a keychain that answers in some sessions only', () => {
  it('takes back what was entered while it did not answer, and the stopgap forgets it', async () => {
    const { session, keychain, storage, drift } = machine();
    await session(true).set('a', 'old');
    await session(false).set('a', 'new');
    assert.equal(await session(true).get('a'), 'new');
    assert.deepEqual([...keychain.entries], [['a', 'new']]);
    assert.equal(storage.entries.size + drift.keys.size, 0);
  });

  it('forgets what was deleted while it did not answer', async () => {
    const { session, keychain } = machine();
    await session(true).set('a', 'old');
    await session(false).delete('a');
    assert.equal(await session(true).get('a'), undefined);
    assert.equal(keychain.entries.size, 0);
  });

  it('deletes every account of a profile that was deleted while it did not answer, also those it alone knew', async () => {
    const { session, keychain, storage, drift } = machine();
    const before = new AccountIndex(session(true));
    for (const account of ['p@https://one', 'p@https://two']) {
      await before.add('p', account);
      await session(true).set(account, 'secret');
    }
    await new AccountIndex(session(false)).removeAll('p', ['p@https://one']);
    await new AccountIndex(session(true)).add('p', 'p@https://three');
    assert.deepEqual([...keychain.entries], [['p/accounts', '["p@https://three"]']]);
    assert.equal(storage.entries.size, 0);
    assert.deepEqual([...drift.keys], []);
  });

  it('merges the list of accounts with what was listed while it did not answer', async () => {
    const { session } = machine();
    await new AccountIndex(session(true)).add('p', 'p@https://one');
    await new AccountIndex(session(false)).add('p', 'p@https://two');
    assert.equal(await session(true).get('p/accounts'), '["p@https://one","p@https://two"]');
  });

  it('keeps a value in the stopgap until the keychain has it', async () => {
    const { session, keychain } = machine();
    await session(false).set('a', 'value');
    keychain.fail(() => true);
    await assert.rejects(session(true).get('a'));
    keychain.heal();
    assert.equal(await session(true).get('a'), 'value');
  });

  it('keeps the old value when the new one could not be stored while it did not answer', async () => {
    for (const mode of ['before', 'after'] as const)
      for (let at = 0; at < 3; at++) {
        const { session, storage } = machine();
        await session(true).set('a', 'old');
        storage.fail((call) => call === at, mode);
        const stored = await session(false)
          .set('a', 'new')
          .then(
            () => true,
            () => false,
          );
        storage.heal();
        const now = await session(true).get('a');
        assert.ok(stored ? now === 'new' : now === 'old' || now === 'new', `${mode} ${at}: ${String(now)}`);
      }
  });

  it('forgets what was deleted although another window wrote over what this one noted', async () => {
    const { session, drift } = machine();
    await session(true).set('a', 'old');
    await session(true).set('b', 'old');
    await session(false).delete('a');
    await session(false).set('b', 'new');
    // VS Code keeps an extension's whole state as one text, which each window writes as it knows it.
    drift.keys.clear();
    assert.equal(await session(true).get('a'), undefined);
    assert.equal(await session(true).get('b'), 'new');
  });

  it('gives no secret of a profile that was deleted while it did not answer, whatever is asked for first', async () => {
    const { session } = machine();
    const two = secretPlace(machineProfile({ id: 'p', issuer: 'https://two' }));
    const open = (vault: Vault) => new SecretStore(vault, new AccountIndex(vault));
    await open(session(true)).set(two, 's3cret');
    await new AccountIndex(session(false)).removeAll('p', ['p@https://one']);
    assert.equal(await open(session(true)).get(two), undefined);
  });

  it('gives no secret of a profile that was deleted and added again while it did not answer', async () => {
    const { session, keychain, storage } = machine();
    const [one, two] = ['https://one', 'https://two'].map((issuer) =>
      secretPlace(machineProfile({ id: 'p', issuer })),
    ) as [SecretPlace, SecretPlace];
    const open = (vault: Vault) => new SecretStore(vault, new AccountIndex(vault));
    await open(session(true)).set(one, 'old one');
    await open(session(true)).set(two, 'old two');
    await new AccountIndex(session(false)).removeAll('p', ['p@https://one']);
    await open(session(false)).set(one, 'new one');
    const back = open(session(true));
    assert.deepEqual([await back.get(two), await back.get(one)], [undefined, 'new one']);
    await new AccountIndex(session(true)).removeAll('p');
    assert.deepEqual([...keychain.entries.keys(), ...storage.entries.keys()], []);
  });

  it('gives none either that only a window’s announcement names', async () => {
    const { session, keychain } = machine();
    keychain.entries.set('p/accounts/3', '["p@https://two"]');
    keychain.entries.set('p@https://two', 's3cret');
    await new AccountIndex(session(false)).removeAll('p', ['p@https://one']);
    assert.equal(await session(true).get('p@https://two'), undefined);
    assert.deepEqual([...keychain.entries.keys()], []);
  });

  it('is not given back what another window deleted or stored before it itself stored anew', async () => {
    const { session, storage } = machine();
    const here = session(true);
    await here.set('p@https://one', 'old');
    await session(false).set('p@https://one', 'newer');
    await here.set('p@https://one', 'newest');
    assert.equal(await here.get('p@https://one'), 'newest');
    assert.equal(storage.entries.size, 0);
  });

  it('does not forget what a window that does without it wrote or deleted while this one took back', async () => {
    for (const key of ['a', 'p/accounts'])
      for (const [first, then] of [
        ['["p@one"]', '["p@two"]'],
        ['["p@one"]', undefined],
        [undefined, '["p@two"]'],
      ])
        for (let at = 0; at < mostCalls; at++) {
          const [keychain, storage] = [new HookedStore(), new LimitedStore(Infinity)];
          const other = new StopgapVault(storage, withoutLock);
          const write = (value: string | undefined) =>
            value === undefined ? other.delete(key) : other.set(key, value);
          await keychain.set(key, '["p@old"]');
          await write(first);
          let calls = 0;
          keychain.before = async () => {
            if (calls++ === at) await write(then);
          };
          const window = new ReturningVault(new SplitVault(keychain), storage, new Noted(), withoutLock);
          await window.get(key);
          if (calls <= at) break;
          const value = await window.get(key);
          const where = `${key}: ${String(first)}, then ${String(then)} at ${at}`;
          // A list is merged: what went from it is what its profile's deletion took.
          if (key === 'a') assert.equal(value, then, where);
          else assert.equal(value?.includes('p@two') ?? false, then !== undefined, where);
          assert.equal(storage.entries.size, 0, where);
        }
  });

  it('still takes back what 0.1.0 noted', async () => {
    const { session, keychain, storage, drift } = machine();
    for (const key of ['a', 'b']) keychain.entries.set(key, 'old');
    for (const key of ['a', 'b']) drift.keys.add(key);
    storage.entries.set('a', 'new');
    assert.deepEqual([await session(true).get('a'), await session(true).get('b')], ['new', undefined]);
    assert.deepEqual([...keychain.entries], [['a', 'new']]);
    assert.deepEqual([...storage.entries.keys(), ...drift.keys], []);
  });

  it('still deletes a profile that 0.1.0 noted as deleted', async () => {
    const { session, keychain, drift } = machine();
    keychain.entries.set('p/accounts', '["p@https://one"]');
    keychain.entries.set('p@https://one', 's3cret');
    drift.keys.add('p/accounts');
    assert.equal(await session(true).get('p@https://one'), undefined);
    assert.deepEqual([...keychain.entries], []);
  });

  it('deletes nothing of another profile that a list names', async () => {
    const { session, keychain } = machine();
    keychain.entries.set('p/accounts', '["q@https://one"]');
    keychain.entries.set('q@https://one', 's3cret');
    await session(false).delete('p/accounts');
    assert.equal(await session(true).get('p/accounts'), undefined);
    assert.deepEqual([...keychain.entries], [['q@https://one', 's3cret']]);
  });

  it('still lists what was stored anew, in a list that went', async () => {
    const { session, keychain } = machine();
    const accounts = ['p@https://one', 'p@https://two'];
    keychain.entries.set('p/accounts', JSON.stringify(accounts));
    for (const account of accounts) keychain.entries.set(account, 'old');
    await session(false).delete('p/accounts');
    await session(false).set('p@https://one', 'new');
    assert.equal(await session(true).get('p@https://two'), undefined);
    assert.equal(keychain.entries.get('p/accounts'), '["p@https://one"]');
    assert.equal(await session(true).get('p@https://one'), 'new');
  });

  it('lists no account twice', async () => {
    const { session, keychain } = machine();
    keychain.entries.set('p/accounts', '["p@https://one"]');
    await session(false).set('p/accounts', '["p@https://one","p@https://two"]');
    assert.equal(await session(true).get('p/accounts'), '["p@https://one","p@https://two"]');
  });

  it('costs no write where nothing happened meanwhile', async () => {
    const { session, storage, drift } = machine();
    storage.fail(() => false);
    await session(true).set('p@https://one', 's3cret');
    await session(true).get('p@https://one');
    await session(true).delete('p@https://one');
    assert.equal(storage.calls, 6, 'each looks for the key and for the profile’s list');
    assert.equal(drift.removals, 0);
  });

  it('keeps any text, also one that looks like its own marks', async () => {
    const { session, storage } = machine();
    await session(false).delete('a');
    const [, mark = ''] = [...storage.entries].flat();
    for (const value of [mark, `${mark}x`, mark + mark]) {
      await session(false).set('b', value);
      assert.equal(await session(false).get('b'), value);
      assert.equal(await session(true).get('b'), value);
    }
  });

  it('never shows what was deleted, and keeps what was stored, at any origin', async () => {
    const places = ['https://one', 'https://two', 'https://three'].map((issuer) =>
      secretPlace(machineProfile({ id: 'p', issuer })),
    );
    const step = fc.record({
      answers: fc.boolean(),
      at: fc.nat(2),
      verb: fc.constantFrom('set', 'delete', 'delete profile', 'look'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        const { session, keychain, storage } = machine();
        const model = new Map<number, string>();
        for (const [time, { answers, at, verb }] of steps.entries()) {
          const vault = session(answers);
          const index = new AccountIndex(vault);
          const secrets = new SecretStore(vault, index);
          const place = places[at];
          assert.ok(place);
          if (verb === 'set') {
            await secrets.set(place, `s3cret ${time}`);
            model.set(at, `s3cret ${time}`);
          } else if (verb === 'delete') {
            await secrets.delete(place);
            model.delete(at);
          } else if (verb === 'delete profile') {
            await index.removeAll('p', [secretKey(place), bindingKey(place)]);
            model.clear();
          } else {
            const found = await secrets.get(place);
            // Without the keychain what it alone holds is not seen.
            assert.ok(found === model.get(at) || (found === undefined && !answers));
          }
        }
        const last = session(true);
        const secrets = new SecretStore(last, new AccountIndex(last));
        for (const [at, place] of places.entries()) assert.equal(await secrets.get(place), model.get(at));
        await new AccountIndex(last).removeAll('p');
        assert.deepEqual([...keychain.entries.keys()], []);
        for (const key of [...storage.entries.keys()]) assert.equal(await last.get(key), undefined);
        assert.equal(storage.entries.size, 0);
      }),
    );
  });

  it('never gives back an older value than the last one this machine could reach', async () => {
    const step = fc.record({
      answers: fc.boolean(),
      value: fc.option(fc.string({ minLength: 1, maxLength: 4000 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { session } = machine();
        let last: string | undefined;
        for (const { answers, value } of steps) {
          last = value ?? undefined;
          await (last === undefined ? session(answers).delete('a') : session(answers).set('a', last));
          assert.equal(await session(answers).get('a'), last);
        }
        assert.equal(await session(true).get('a'), last);
      }),
    );
  });
});
