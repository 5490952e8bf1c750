import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FailureError } from '../../../src/core/record/failure.ts';
import { cut, formatHead, partKey, placeKey, places } from '../../../src/core/vault/splitParts.ts';
import type { Vault } from '../../../src/core/vault/vault.ts';
import { SplitVault, longestValue } from '../../../src/core/vault/splitVault.ts';
import { s256 } from '../../../src/core/s256.ts';
import { HookedStore } from '../../support/hookedStore.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { drawnNames } from '../../support/partNames.ts';

const key = 'orders@https://as.example.com';
const long = (mark: string) => mark.repeat(9000);
const partsIn = (store: HookedStore) => [...store.entries.keys()].filter((one) => one.includes('/part/'));
const isIncomplete = (error: unknown) =>
  error instanceof FailureError && error.failure.kind === 'vault' && error.failure.code === 'incomplete';

/** A value as it is stored under a name; what is called by one letter is of 0.1.0, and announced nowhere. */
function named(name: string, value: string) {
  const parts = cut(JSON.stringify(value), 2560);
  const head = formatHead({ name, count: parts.length, hash: s256(parts.join('')) });
  const write = (store: HookedStore, state = '') => {
    if (name.length > 1) store.entries.set(placeKey(key, name), state + head);
    for (const [at, part] of parts.entries()) store.entries.set(partKey(key, name, at), part);
  };
  return { head, write };
}

/** More than any work here makes. */
const mostCalls = 200;

describe('a long value', () => {
  it('costs as few accesses to the keychain as it can', async () => {
    const store = new HookedStore();
    const vault = new SplitVault(store);
    const costs = async (work: () => Promise<unknown>) => {
      store.accesses.length = 0;
      await work();
      return (['get', 'set', 'delete'] as const).map((verb) => store.count(verb));
    };
    assert.deepEqual(await costs(() => vault.set(key, long('x'))), [4, 7, 0], 'stored');
    assert.deepEqual(await costs(() => vault.get(key)), [5, 0, 0], 'read');
    assert.deepEqual(await costs(() => vault.set(key, 'short')), [2, 1, 5], 'replaced by a short one');
    assert.deepEqual(await costs(() => vault.delete(key)), [17, 0, 1], 'deleted');
    store.entries.set(key, named('a', long('x')).head);
    assert.deepEqual(
      await costs(() => assert.rejects(vault.get(key), isIncomplete)),
      [8, 0, 0],
      'incomplete',
    );
    const whole = new SplitVault(store, longestValue);
    store.entries.clear();
    assert.deepEqual(await costs(() => whole.delete(key)), [5, 0, 1], 'where nothing is split');
  });

  it('may have 256 KiB, and is refused with that number when it is longer', async () => {
    const vault = new SplitVault(new LimitedStore());
    await vault.set(key, 'x'.repeat(longestValue));
    assert.equal((await vault.get(key))?.length, longestValue);
    await assert.rejects(vault.set(key, 'x'.repeat(longestValue + 1)), /more than 256 KiB/);
  });

  it('is in parts that no other write has', async () => {
    const store = new HookedStore();
    for (let time = 0; time < 40; time++) await new SplitVault(store).set(key, long('x'));
    const written = store.accesses.filter(({ verb, key: at }) => verb === 'set' && /\/part\/.+\/0$/.test(at));
    assert.equal(new Set(written.map(({ key: at }) => at)).size, 40);
    assert.equal(partsIn(store).length, 5);
  });

  it('is written although other windows write at every place', async () => {
    const store = new HookedStore();
    const living = new Set(['theirs']);
    for (const place of places) named(`${place}theirs`, long('t')).write(store, '+');
    let drawn = 0;
    const vault = new SplitVault(
      store,
      undefined,
      drawnNames(() => `a${drawn++}`, living),
    );
    await vault.set(key, long('x'));
    await vault.set(key, long('x'));
    assert.equal(await vault.get(key), long('x'));
    assert.equal(partsIn(store).length, 8 * 5 - 1 + 5, 'theirs, but for an announcement, may be in use yet');
    await vault.removeLeft(partsIn(store));
    assert.equal(partsIn(store).length, 8 * 5 - 1 + 5, 'also for a window that starts');
    living.clear();
    await vault.removeLeft(partsIn(store));
    assert.equal(partsIn(store).length, 5);
    assert.equal(await vault.get(key), long('x'));
  });

  it('takes the place of what is over, where none is free, and leaves what is under way', async () => {
    for (const over of ['', '+', '-']) {
      const store = new HookedStore();
      for (const place of places) named(`${place}theirs`, long('t')).write(store, '+');
      // What is in use, and what a window left that died, as this version and earlier ones announce it.
      named('ctheirs', long('t')).write(store, over);
      named('ddead', long('t')).write(store, over);
      store.entries.delete(partKey(key, 'dtheirs', 0));
      store.entries.set(key, named('ctheirs', long('t')).head);
      const names = drawnNames(() => 'cours', new Set(['theirs']));
      await new SplitVault(store, undefined, names).set(key, long('x'));
      assert.equal(await new SplitVault(store).get(key), long('x'));
      assert.match(store.entries.get(key) ?? '', /:1:dcours:/);
      assert.equal(store.entries.has(partKey(key, 'ddead', 0)), false);
      assert.equal(store.entries.has(partKey(key, 'ctheirs', 0)), false);
      for (const place of ['a', 'b', 'e', 'h'])
        assert.ok(store.entries.has(partKey(key, `${place}theirs`, 0)), place);
    }
  });

  for (const how of ['before', 'after'] as const)
    it(`leaves nothing of itself when it could not be stored, as a call failed ${how} it was done`, async () => {
      for (const old of ['old', long('o')])
        for (let at = 0; at < mostCalls; at++) {
          assert.notEqual(at, mostCalls - 1, 'It is never done.');
          const store = new HookedStore();
          const vault = new SplitVault(store);
          await vault.set(key, old);
          const before = [...store.entries];
          store.store.fail((call) => call === at, how);
          const isStored = await vault.set(key, long('n')).then(
            () => true,
            () => false,
          );
          store.store.heal();
          if (isStored) {
            assert.equal(await vault.get(key), long('n'));
            if (at > 20) break;
          } else assert.deepEqual([...store.entries], before, `${at}`);
        }
    });

  it('where nothing is split, parts of 0.1.0 go with it', async () => {
    const store = new HookedStore();
    named('a', long('x')).write(store);
    await new SplitVault(store, longestValue).delete(key);
    assert.deepEqual(partsIn(store), []);
  });

  it('that looks like one of ours is not taken for it', async () => {
    const store = new HookedStore();
    const vault = new SplitVault(store);
    for (const name of ['a', 'bdrawn']) {
      const { head } = named(name, long('x'));
      await vault.set(key, head);
      assert.notEqual(store.entries.get(key), head);
      assert.equal(await vault.get(key), head);
    }
  });
});

describe('a long value of 0.1.0', () => {
  for (const name of places)
    it(`in slot ${name} is read, replaced and deleted, and leaves nothing`, async () => {
      const store = new HookedStore();
      const { head, write } = named(name, long('o'));
      const vault = new SplitVault(store);
      const begin = () => {
        write(store);
        store.entries.set(key, head);
      };
      begin();
      assert.equal(await vault.get(key), long('o'));
      await vault.set(key, long('n'));
      assert.equal(await vault.get(key), long('n'));
      assert.equal(partsIn(store).length, 5);
      begin();
      await vault.set(key, 'short');
      await vault.delete(key);
      assert.deepEqual([...store.entries], []);
      begin();
      await vault.delete(key);
      assert.deepEqual([...store.entries], []);
    });
});

describe('a deletion', () => {
  /** Everything that may be there: a value, and what interrupted writes of this version and of 0.1.0 left. */
  function full(current: string): HookedStore {
    const store = new HookedStore();
    for (const name of places) named(name, long('1')).write(store);
    for (const name of places) if (name !== 'c') named(`${name}left`, long('2')).write(store);
    named(current, long('3')).write(store);
    store.entries.set(key, named(current, long('3')).head);
    return store;
  }

  for (const how of ['before', 'after'] as const)
    it(`that failed ${how} any of its calls ends with nothing left when it is repeated`, async () => {
      for (const current of ['a', 'ccurrent'])
        for (let at = 0, isDone = false; !isDone && at < mostCalls; at++) {
          assert.notEqual(at, mostCalls - 1, 'It is never done.');
          const store = full(current);
          store.store.fail((call) => call === at, how);
          isDone = await new SplitVault(store).delete(key).then(
            () => true,
            () => false,
          );
          store.store.heal();
          await new SplitVault(store).delete(key);
          assert.deepEqual([...store.entries.keys()], [], `${current}, ${at}`);
        }
    });

  it('that was interrupted for good at any of its calls does, too', async () => {
    for (const current of ['a', 'ccurrent'])
      for (let at = 0, isDone = false; !isDone && at < mostCalls; at++) {
        assert.notEqual(at, mostCalls - 1, 'It is never done.');
        const store = full(current);
        store.store.fail((call) => call >= at);
        isDone = await new SplitVault(store).delete(key).then(
          () => true,
          () => false,
        );
        store.store.heal();
        for (let time = 0; time < 2; time++) await new SplitVault(store).delete(key);
        assert.deepEqual([...store.entries.keys()], [], `${current}, ${at}`);
      }
  });

  it('leaves nothing of an announcement that is none', async () => {
    const store = new HookedStore();
    store.entries.set(placeKey(key, 'b'), 'from elsewhere');
    await new SplitVault(store).delete(key);
    assert.deepEqual([...store.entries], []);
  });

  it('leaves a value whole that comes meanwhile, also where it sees its announcement', async () => {
    const store = new HookedStore();
    const theirs = named('ctheirs', long('t'));
    theirs.write(store, '+');
    const names = drawnNames(() => 'ours', new Set(['theirs']));
    await new SplitVault(store, undefined, names).delete(key);
    store.entries.set(key, theirs.head);
    assert.equal(await new SplitVault(store).get(key), long('t'));
  });

  it('before any call of a write by another window leaves its value whole, or nothing once that was in use', async () => {
    // Each announces at a place of its own: where one finds its place taken, it makes a call more.
    let drawn = 'aold';
    const names = drawnNames(() => drawn);
    const opened = (store: Vault, name = 'cnew') => {
      drawn = name;
      return new SplitVault(store, undefined, names);
    };
    const calls = new HookedStore();
    await opened(calls.store, 'aold').set(key, long('o'));
    await opened(calls).set(key, long('x'));
    const switches = calls.accesses.findIndex(({ verb, key: at }) => verb === 'set' && at === key);
    for (const at of calls.accesses.keys()) {
      const store = new HookedStore();
      await opened(store.store, 'aold').set(key, long('o'));
      store.before = async () => {
        if (store.accesses.length - 1 === at) await new SplitVault(store.store, undefined, names).delete(key);
      };
      await opened(store).set(key, long('x'));
      assert.equal(await new SplitVault(store).get(key), at > switches ? undefined : long('x'), `${at}`);
      assert.equal(partsIn(store).length, at > switches ? 0 : 5, `${at}`);
    }
  });
});
