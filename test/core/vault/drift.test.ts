import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { ReturningVault, StopgapVault, type Drift } from '../../../src/core/vault/drift.ts';
import { SplitVault } from '../../../src/core/vault/splitVault.ts';
import { LimitedStore } from '../../support/limitedStore.ts';

/** The drift as the extension's state keeps it: across sessions. */
class Noted implements Drift {
  readonly keys = new Set<string>();
  has(key: string) {
    return this.keys.has(key);
  }
  add(key: string) {
    this.keys.add(key);
    return Promise.resolve();
  }
  remove(key: string) {
    this.keys.delete(key);
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
        ? new ReturningVault(new SplitVault(keychain), storage, drift)
        : new StopgapVault(storage, drift),
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
