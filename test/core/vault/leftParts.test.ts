import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { partKey, placeKey, places } from '../../../src/core/vault/splitParts.ts';
import { SplitVault } from '../../../src/core/vault/splitVault.ts';
import type { Vault } from '../../../src/core/vault/vault.ts';
import { everyInterleaving } from '../../support/interleavings.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { drawnNames } from '../../support/partNames.ts';

const key = 'k';
/** Bytes an entry holds: few, so that a value of two parts is short. */
const limit = 90;
const long = (mark: string) => mark.repeat(120);
/** How often a window is interrupted; `EVERY_ORDER=1` takes minutes, see `everyInterleaving.test.ts`. */
const isThorough = process.env['EVERY_ORDER'] !== undefined;
const interruptions = isThorough ? 2 : 1;

/** @param living what the windows of the same world that live call what they write */
const vaultOf = (store: Vault, window: string, living?: Set<string>): SplitVault => {
  let count = 0;
  return new SplitVault(
    store,
    limit,
    drawnNames(() => `${window}${count++}`, living),
  );
};

/** What a window does in a world. */
type Work = (store: Vault, living: Set<string>) => Promise<unknown>;

/** A window that stores a long value, and of whose calls none is answered from one on. */
function dyingAt(dies: number, name: string, died: () => void): Work {
  return (store, living) => {
    let calls = 0;
    return new Promise((resolve) => {
      const next = <T>(act: () => Promise<T>): Promise<T> => {
        if (calls++ < dies) return act();
        died();
        for (const one of living) if (one.startsWith(name)) living.delete(one);
        resolve(undefined);
        return new Promise<T>(() => undefined);
      };
      const through: Vault = {
        get: (at) => next(() => store.get(at)),
        set: (at, value) => next(() => store.set(at, value)),
        delete: (at) => next(() => store.delete(at)),
      };
      void vaultOf(through, name, living).set(key, long('1')).then(resolve, resolve);
    });
  };
}

const stores =
  (window: string, value: string): Work =>
  (store, living) =>
    vaultOf(store, window, living).set(key, value);
const deletes =
  (window: string): Work =>
  (store, living) =>
    vaultOf(store, window, living).delete(key);

/** The work of windows of one world. */
const together = (works: readonly Work[]) => (): readonly ((store: Vault) => Promise<unknown>)[] => {
  const living = new Set<string>();
  return works.map((work) => (store) => work(store, living));
};

/** What is stored. @throws FailureError when it is not whole */
const read = (entries: Map<string, string>) => vaultOf(new LimitedStore(limit, entries), 'f').get(key);

/** As a window does that starts later. */
async function startLater(entries: Map<string, string>): Promise<void> {
  await vaultOf(new LimitedStore(limit, entries), 'd').removeLeft([...entries.keys()]);
}

const others: readonly (readonly [what: string, acts: readonly Work[], stride: number])[] = [
  ['two others store long values', [stores('b', long('2')), stores('c', long('3'))], 8],
  ['two others delete', [deletes('b'), deletes('c')], 1],
  ['another stores and another deletes', [stores('b', long('2')), deletes('c')], 4],
  ['another stores a short value and another deletes', [stores('b', '2'), deletes('c')], 1],
];

describe('what a window leaves that dies while it stores a long value', () => {
  for (const before of [undefined, long('0')])
    for (const [what, acts, stride] of others)
      it(`while ${what}, over ${before === undefined ? 'nothing' : 'a long value'}, is gone after the next start, which changes no value`, async () => {
        const store = new LimitedStore(limit);
        if (before !== undefined) await vaultOf(store, 'h').set(key, before);
        let left = 0;
        let hasDied = true;
        const judged = new Set<string>();
        const step = isThorough ? 1 : before === undefined ? 2 * stride : stride;
        for (let dies = 3, turnsLeft = 100; hasDied && turnsLeft > 0; dies += step, turnsLeft--) {
          hasDied = false;
          await everyInterleaving({
            ...{ entries: store.entries, failures: 0, interruptions },
            windows: together([dyingAt(dies, 'a', () => (hasDied = true)), ...acts]),
            judge: async (entries) => {
              const end = JSON.stringify([...entries].sort());
              if (judged.has(end)) return;
              judged.add(end);
              const value = await read(entries);
              const count = entries.size;
              await startLater(entries);
              left += count - entries.size;
              assert.equal(await read(entries), value);
              await vaultOf(new LimitedStore(limit, entries), 'g').delete(key);
              await startLater(entries);
              assert.deepEqual([...entries.keys()], []);
            },
          });
        }
        assert.ok(left > 0);
        assert.ok(!hasDied, 'It died at each of its calls.');
      });
});

describe('a start that looks for what was left', () => {
  /** Whatever the windows below could call what they store. */
  const possible = places.flatMap((place) => [
    placeKey(key, place),
    ...['a0', 'a1', 'a2', 'b0', 'b1', 'b2', 'h0'].flatMap((drawn) =>
      [0, 1].map((at) => partKey(key, `${place}${drawn}`, at)),
    ),
  ]);
  const starts: Work = async (store, living) => {
    const accounts: string[] = [];
    for (const account of possible) if ((await store.get(account)) !== undefined) accounts.push(account);
    await vaultOf(store, 'd', living).removeLeft(accounts);
  };
  for (const [what, acts, values] of [
    ['stores a long value', [stores('a', long('1'))], [long('1')]],
    ['deletes, another stores', [deletes('b'), stores('a', long('1'))], [long('1'), undefined]],
    ['stores, another too', [stores('a', long('1')), stores('b', long('2'))], [long('1'), long('2')]],
  ] as const)
    it(`spoils nothing in any order of its calls with those of a window that ${what}`, async () => {
      const store = new LimitedStore(limit);
      await vaultOf(store, 'h').set(key, long('0'));
      const ends = await everyInterleaving({
        ...{ entries: store.entries, failures: 0, interruptions },
        windows: together([...acts, starts]),
        judge: async (entries, outcomes) => {
          for (const { error } of outcomes) assert.equal(error, undefined);
          const value = await read(entries);
          assert.ok(
            values.some((one) => one === value),
            String(value),
          );
        },
      });
      assert.ok(ends > 10);
    });

  it('touches no other entry, nor parts of a value in use, of 0.1.0 too', async () => {
    const store = new LimitedStore(limit);
    await vaultOf(store, 'a').set('x@https://as.example.com', long('1'));
    for (const name of ['y/part/z/0', 'y/part/a/b', 'y/part', '/part/a/0', 'a/part/i/0', 'plain'])
      store.entries.set(name, 'mine');
    const before = new Map(store.entries);
    await startLater(store.entries);
    assert.deepEqual(store.entries, before);
    store.entries.set('y/part/a/0', 'left');
    store.entries.set('y/part/abc/12', 'left');
    await startLater(store.entries);
    assert.deepEqual(store.entries, before);
  });
});
