import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FailureError } from '../../../src/core/record/failure.ts';
import { cut, formatHead, partKey, slots, type Slot } from '../../../src/core/vault/splitParts.ts';
import { SplitVault, longestValue } from '../../../src/core/vault/splitVault.ts';
import { s256 } from '../../../src/core/s256.ts';
import { HookedStore } from '../../support/hookedStore.ts';
import { LimitedStore } from '../../support/limitedStore.ts';

const key = 'orders@https://as.example.com';
const long = (mark: string) => mark.repeat(9000);
const partsIn = (store: HookedStore) => [...store.entries.keys()].filter((one) => one.includes('/part/'));
const isIncomplete = (error: unknown) =>
  error instanceof FailureError && error.failure.kind === 'vault' && error.failure.code === 'incomplete';

/** A value as another window has it in a slot. */
function foreign(slot: Slot, value: string) {
  const parts = cut(JSON.stringify(value), 2560);
  const head = formatHead({ slot, count: parts.length, hash: s256(parts.join('')) });
  const write = (store: HookedStore) => {
    for (const [at, part] of parts.entries()) store.entries.set(partKey(key, slot, at), part);
  };
  return { head, write };
}

/** The slot that a window is about to write a long value to. */
function ownSlot(store: HookedStore): Slot {
  const [, slot] =
    /\/part\/([a-h])\/0$/.exec(store.accesses.find(({ verb }) => verb === 'set')?.key ?? '') ?? [];
  assert.ok(slot);
  return slot as Slot;
}

describe('a long value', () => {
  it('costs as few accesses to the keychain as it can', async () => {
    const store = new HookedStore();
    const vault = new SplitVault(store);
    const costs = async (work: () => Promise<unknown>) => {
      store.accesses.length = 0;
      await work();
      return (['get', 'set', 'delete'] as const).map((verb) => store.count(verb));
    };
    assert.deepEqual(await costs(() => vault.set(key, long('x'))), [15, 5, 0], 'stored');
    assert.deepEqual(await costs(() => vault.get(key)), [5, 0, 0], 'read');
    assert.deepEqual(await costs(() => vault.set(key, 'short')), [19, 1, 4], 'replaced by a short one');
    assert.deepEqual(await costs(() => vault.delete(key)), [129, 0, 1], 'deleted');
    store.entries.set(key, foreign('a', long('x')).head);
    assert.deepEqual(
      await costs(() => assert.rejects(vault.get(key), isIncomplete)),
      [8, 0, 0],
      'incomplete',
    );
    const whole = new SplitVault(store, longestValue);
    store.entries.clear();
    assert.deepEqual(await costs(() => whole.delete(key)), [3, 0, 1], 'where nothing is split');
  });

  it('may have 256 KiB, and is refused with that number when it is longer', async () => {
    const vault = new SplitVault(new LimitedStore());
    await vault.set(key, 'x'.repeat(longestValue));
    assert.equal((await vault.get(key))?.length, longestValue);
    await assert.rejects(vault.set(key, 'x'.repeat(longestValue + 1)), /more than 256 KiB/);
  });

  it('is in slots of its own in each of four windows', async () => {
    const used = new Set<string>();
    for (let window = 0; window < slots.length / 2; window++) {
      const store = new HookedStore();
      const vault = new SplitVault(store);
      for (const mark of ['1', '2', '3']) await vault.set(key, long(mark));
      const own = new Set(store.accesses.flatMap(({ key: at }) => /\/part\/(.)\/0$/.exec(at)?.[1] ?? []));
      for (const { verb, key: at } of store.accesses)
        if (verb === 'set' && at !== key) used.add(at.split('/part/')[1]?.[0] ?? '');
      assert.ok(own.size > 0);
    }
    assert.deepEqual([...used].sort(), [...slots]);
  });

  it('leaves nothing of itself when it could not be stored', async () => {
    for (const at of [3, 5]) {
      const store = new HookedStore();
      const vault = new SplitVault(store);
      await vault.set(key, 'old');
      store.store.fail((call) => call === at);
      await assert.rejects(vault.set(key, long('n')), /the store failed/);
      assert.deepEqual([...store.entries], [[key, 'old']], `${at}`);
    }
  });

  it('where nothing is split, parts of 0.1.0 go with it', async () => {
    const store = new HookedStore();
    foreign('a', long('x')).write(store);
    await new SplitVault(store, longestValue).delete(key);
    assert.deepEqual(partsIn(store), []);
  });

  it('that looks like one of ours is not taken for it', async () => {
    const store = new HookedStore();
    const vault = new SplitVault(store);
    const { head } = foreign('a', long('x'));
    await vault.set(key, head);
    assert.notEqual(store.entries.get(key), head);
    assert.equal(await vault.get(key), head);
  });
});

describe('another window', () => {
  it('whose tidying takes parts each time ends our tries with a sentence', async () => {
    const store = new HookedStore();
    store.before = ({ verb }) => {
      if (verb === 'get') for (const part of partsIn(store)) store.entries.delete(part);
    };
    await assert.rejects(new SplitVault(store).set(key, long('x')), isIncomplete);
    assert.equal(store.count('set', /com$/), 4);
  });

  it('whose tidying took a part in the middle makes us write it elsewhere, and leaves nothing of the first', async () => {
    const store = new HookedStore();
    let taken = false;
    store.before = ({ verb, key: at }) => {
      if (verb !== 'get' || at !== key || !store.entries.has(key) || taken) return;
      taken = true;
      store.entries.delete(partsIn(store)[1] ?? '');
    };
    await new SplitVault(store).set(key, long('x'));
    assert.equal(taken, true);
    assert.equal(partsIn(store).length, 4);
    assert.equal(await new SplitVault(store).get(key), long('x'));
  });

  it('that replaced what we had just written keeps its value, and ours leaves nothing', async () => {
    for (const text of ['theirs', undefined]) {
      const store = new HookedStore();
      let replaced = false;
      store.before = ({ verb, key: at }) => {
        if (verb !== 'get' || at !== key || !store.entries.has(key) || replaced) return;
        replaced = true;
        if (text === undefined) store.entries.delete(key);
        else store.entries.set(key, text);
      };
      await new SplitVault(store).set(key, long('x'));
      assert.deepEqual([...store.entries], text === undefined ? [] : [[key, text]]);
    }
  });

  it('that replaced it while a part of it is missing keeps its value, too', async () => {
    const store = new HookedStore();
    let replaced = false;
    store.before = ({ verb, key: at }) => {
      if (verb !== 'get' || !at.endsWith('/1') || replaced || !store.entries.has(key)) return;
      replaced = true;
      store.entries.delete(at);
      store.entries.set(key, 'theirs');
    };
    await new SplitVault(store).set(key, long('x'));
    assert.deepEqual([...store.entries], [[key, 'theirs']]);
  });

  it('that replaces it while we tidy leaves what is ours for us to remove', async () => {
    const store = new HookedStore();
    for (const slot of slots) store.entries.set(partKey(key, slot, 4), 'of a longer value');
    let replaced = false;
    store.before = ({ verb, key: at }) => {
      if (verb !== 'get' || !at.endsWith('/4') || replaced || at.split('/').at(-2) !== ownSlot(store)) return;
      replaced = true;
      store.entries.set(key, 'theirs');
    };
    await new SplitVault(store).set(key, long('x'));
    const own = ownSlot(store);
    assert.equal(store.entries.get(key), 'theirs');
    assert.deepEqual(
      partsIn(store).filter((part) => part.includes(`/part/${own}/`)),
      [],
    );
  });

  it('left more parts in the slot than our value has: they go, and ours stay', async () => {
    const store = new HookedStore();
    for (const slot of slots) store.entries.set(partKey(key, slot, 4), 'of a longer value');
    await new SplitVault(store).set(key, long('x'));
    const own = ownSlot(store);
    assert.equal(partsIn(store).filter((part) => part.includes(`/part/${own}/`)).length, 4);
    assert.equal(await new SplitVault(store).get(key), long('x'));
  });

  it('whose value comes while we delete keeps it whole, or loses all of it', async () => {
    const store = new HookedStore();
    const theirs = foreign('c', long('t'));
    theirs.write(store);
    store.before = ({ verb, key: at }) => {
      if (verb === 'delete' && at === partKey(key, 'c', 0) && !store.entries.has(key))
        store.entries.set(key, theirs.head);
    };
    await new SplitVault(store).delete(key);
    assert.equal(await new SplitVault(store).get(key), long('t'));
  });

  it('whose value comes without all its parts while we delete loses all of it', async () => {
    const store = new HookedStore();
    store.before = ({ verb, key: at }) => {
      if (verb === 'get' && at === partKey(key, 'h', 0) && store.count('delete') === 1)
        store.entries.set(key, foreign('a', long('t')).head);
    };
    await new SplitVault(store).delete(key);
    assert.deepEqual([...store.entries], []);
  });

  it('that stores a broken value each time ends nothing but our tries to delete it', async () => {
    const store = new HookedStore();
    store.before = ({ verb, key: at }) => {
      if (verb === 'get' && at === key) store.entries.set(key, foreign('a', long('t')).head);
    };
    await new SplitVault(store).delete(key);
    assert.equal(store.count('delete', /com$/), 4);
  });

  it('that wrote a part anew since we looked for it gets that one back', async () => {
    const store = new HookedStore();
    const [before, theirs] = [foreign('c', long('b')), foreign('c', long('t'))];
    before.write(store);
    let written = false;
    store.before = ({ verb, key: at }) => {
      // The first deletion is the key's own; then comes that of the last part.
      if (verb === 'get' && at === partKey(key, 'c', 3) && store.count('get', /c\/3$/) === 2 && !written) {
        written = true;
        theirs.write(store);
        store.entries.set(key, theirs.head);
      }
    };
    await new SplitVault(store).delete(key);
    assert.equal(written, true);
    assert.equal(await new SplitVault(store).get(key), long('t'));
  });

  it('that wrote its value elsewhere, while we put it back, leaves nothing in the slot', async () => {
    const store = new HookedStore();
    const [theirs, elsewhere] = [foreign('c', long('t')), foreign('e', long('t'))];
    theirs.write(store);
    store.before = ({ verb, key: at }) => {
      if (verb === 'delete' && at === partKey(key, 'c', 0) && !store.entries.has(key))
        store.entries.set(key, theirs.head);
      if (verb === 'set' && at === partKey(key, 'c', 0)) {
        elsewhere.write(store);
        store.entries.set(key, elsewhere.head);
      }
    };
    await new SplitVault(store).delete(key);
    assert.equal(await new SplitVault(store).get(key), long('t'));
    assert.deepEqual(
      partsIn(store).filter((part) => part.includes('/part/c/')),
      [],
    );
  });
});
