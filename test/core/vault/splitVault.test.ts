import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FailureError } from '../../../src/core/record/failure.ts';
import { SplitVault, longestValue } from '../../../src/core/vault/splitVault.ts';
import { LimitedStore, type FailureMode } from '../../support/limitedStore.ts';

const key = 'orders@https://as.example.com';

describe('a vault over a store of 2,560 bytes an entry', () => {
  it('keeps a small secret under its own key, as it is, so that other tools find it', async () => {
    const store = new LimitedStore();
    await new SplitVault(store).set(key, 's3cret');
    assert.deepEqual([...store.entries], [[key, 's3cret']]);
  });

  it('keeps a value of exactly 2,560 bytes whole and splits one of 2,561', async () => {
    const store = new LimitedStore();
    const vault = new SplitVault(store);
    await vault.set(key, 'é'.repeat(1280));
    assert.equal(store.entries.size, 1);
    await vault.set(key, `${'é'.repeat(1280)}x`);
    assert.equal(store.entries.size, 4, 'its own entry, what announces the parts, and two of them');
    assert.equal(await vault.get(key), `${'é'.repeat(1280)}x`);
  });

  for (const [what, unit] of [
    ['ASCII', 'x'],
    ['two-byte', 'é'],
    ['three-byte', '注'],
    ['four-byte', '😀'],
    ['escaped', '"\\\n'],
  ] as const)
    it(`brings 64 KiB of ${what} characters back`, async () => {
      const value = unit.repeat(Math.floor(65_536 / Buffer.byteLength(unit)));
      const vault = new SplitVault(new LimitedStore());
      await vault.set(key, value);
      assert.equal(await vault.get(key), value);
    });

  it('brings back any text, also one that C strings, UTF-8 or our own marks would change', async () => {
    const awkward = ['', 'a\0b', '\ud800', `oauth-explorer-parts:1:a:3:${'x'.repeat(43)}`, 'x'.repeat(2561)];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.string({ maxLength: 9000 }),
      fc.constantFrom(...awkward),
    );
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const vault = new SplitVault(new LimitedStore());
        await vault.set(key, value);
        assert.equal(await vault.get(key), value);
      }),
    );
  });

  it('has nothing where nothing was set, and deleting that is no error', async () => {
    const vault = new SplitVault(new LimitedStore());
    assert.equal(await vault.get(key), undefined);
    await vault.delete(key);
  });

  it('leaves no entry behind when values shrink, grow and are deleted', async () => {
    const store = new LimitedStore();
    const vault = new SplitVault(store);
    for (const length of [60_000, 9000, 30_000, 10, 5000]) {
      await vault.set(key, 'x'.repeat(length));
      const parts = length > 2560 ? 1 + Math.ceil((length + 2) / 2560) : 0;
      assert.equal(store.entries.size, parts + 1, `${length}`);
    }
    await vault.delete(key);
    assert.equal(store.entries.size, 0);
  });

  it('keeps values of different keys apart, also when one begins like the other', async () => {
    const vault = new SplitVault(new LimitedStore());
    await vault.set('a', 'a'.repeat(6000));
    await vault.set('a/token', 'b'.repeat(6000));
    await vault.delete('a');
    assert.equal(await vault.get('a/token'), 'b'.repeat(6000));
  });

  it('does reads and writes of one key in the order they came', async () => {
    const vault = new SplitVault(new LimitedStore());
    const values = Array.from({ length: 6 }, (_, index) => `${index}`.repeat(4000 + 3000 * index));
    const reads = values.map((value) => {
      void vault.set(key, value);
      return vault.get(key);
    });
    assert.deepEqual(await Promise.all(reads), values);
  });

  it('refuses a value that is too large with a sentence that does not hold it', async () => {
    const vault = new SplitVault(new LimitedStore());
    await assert.rejects(vault.set(key, 'SECRET'.repeat(longestValue)), (error) => {
      assert.ok(error instanceof FailureError && error.failure.kind === 'vault');
      assert.equal(error.failure.code, 'too_large');
      assert.doesNotMatch(error.failure.message + error.failure.advice, /SECRET/);
      return true;
    });
  });

  for (const damage of ['removed', 'changed'])
    it(`says so when a part was ${damage} from outside, and takes a new value`, async () => {
      const store = new LimitedStore();
      const vault = new SplitVault(store);
      await vault.set(key, 'x'.repeat(9000));
      const part = [...store.entries.keys()].find((account) => account.endsWith('/2')) ?? '';
      if (damage === 'removed') store.entries.delete(part);
      else store.entries.set(part, 'y'.repeat(2560));
      await assert.rejects(vault.get(key), (error) => {
        assert.ok(error instanceof FailureError && error.failure.kind === 'vault');
        assert.equal(error.failure.code, 'incomplete');
        return true;
      });
      await vault.set(key, 'anew');
      assert.equal(await vault.get(key), 'anew');
    });
});

type Lengths = readonly [number, number, number];

/** What `set` leaves when the calls that `failing` names fail: the old value or the new, and nothing else once two windows started: the first tells the others of it. */
async function interrupted(lengths: Lengths, failing: (call: number) => boolean, mode: FailureMode) {
  const store = new LimitedStore();
  const [older, newer, last] = ['o', 'n', 'l'].map((unit, at) => unit.repeat(lengths[at] ?? 0)) as [
    string,
    string,
    string,
  ];
  const vault = new SplitVault(store);
  if (older !== '') await vault.set(key, older);
  store.fail(failing, mode);
  const written = await vault.set(key, newer).then(
    () => true,
    () => false,
  );
  store.heal();
  // Another window, or this one after a reload.
  const later = new SplitVault(store);
  const now = await later.get(key);
  const before = older === '' ? undefined : older;
  assert.ok(written ? now === newer : now === newer || now === before, 'neither the old value nor the new');
  await later.set(key, last);
  for (let starts = 0; starts < 2; starts++)
    await new SplitVault(store).removeLeft([...store.entries.keys()]);
  assert.equal(await later.get(key), last);
  const fresh = new LimitedStore();
  await new SplitVault(fresh).set(key, last);
  assert.equal(store.entries.size, fresh.entries.size, 'leftovers after the next starts');
  await later.delete(key);
  assert.equal(store.entries.size, 0, 'leftovers after deletion');
}

describe('a write that fails half-way', () => {
  const length = fc.constantFrom(0, 5, 3000, 9000, 20_000);
  const lengths = fc.tuple(length, length, length);
  const mode = fc.constantFrom<FailureMode>('before', 'after');

  it('at any one call leaves the old value or the new one', async () => {
    for (const how of ['before', 'after'] as const)
      for (const of of [
        [0, 9000, 5],
        [5, 9000, 9000],
        [9000, 5, 9000],
        [20_000, 9000, 20_000],
        [9000, 20_000, 5],
      ] as const)
        for (let at = 0; at < 30; at++) await interrupted(of, (call) => call === at, how);
  });

  it('from any call on, as when the process dies, leaves the old value or the new one', async () => {
    await fc.assert(
      fc.asyncProperty(lengths, fc.nat(40), mode, (of, at, how) =>
        interrupted(of, (call) => call >= at, how),
      ),
      { numRuns: 500 },
    );
  });

  it('at any set of calls leaves the old value or the new one', async () => {
    const calls = fc.uniqueArray(fc.nat(40));
    await fc.assert(
      fc.asyncProperty(lengths, calls, mode, (of, at, how) =>
        interrupted(of, (call) => at.includes(call), how),
      ),
      { numRuns: 500 },
    );
  });

  it('is told to whoever wrote', async () => {
    const store = new LimitedStore();
    const vault = new SplitVault(store);
    await vault.set(key, 'old');
    store.fail((call) => call === 3);
    await assert.rejects(vault.set(key, 'n'.repeat(9000)), /the store failed/);
    assert.equal(await vault.get(key), 'old');
  });

  it('never passes parts of two windows’ writes for one value', async () => {
    const store = new LimitedStore();
    const one = new SplitVault(store);
    const other = new SplitVault(store);
    await Promise.all([one.set(key, '1'.repeat(9000)), other.set(key, '2'.repeat(9000))]);
    const value = await one.get(key).catch(() => 'incomplete');
    assert.ok(['1'.repeat(9000), '2'.repeat(9000), 'incomplete'].includes(value ?? ''));
  });
});
