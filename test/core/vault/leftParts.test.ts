import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FailureError } from '../../../src/core/record/failure.ts';
import { partKey, placeKey, places } from '../../../src/core/vault/splitParts.ts';
import { SplitVault } from '../../../src/core/vault/splitVault.ts';
import type { Vault } from '../../../src/core/vault/vault.ts';
import { everyInterleaving } from '../../support/interleavings.ts';
import { LimitedStore } from '../../support/limitedStore.ts';

const key = 'k';
/** Bytes an entry holds: few, so that a value of two parts is short. */
const limit = 90;
const long = (mark: string) => mark.repeat(120);
/** How often a window is interrupted; `EVERY_ORDER=1` takes minutes, see `everyInterleaving.test.ts`. */
const isThorough = process.env['EVERY_ORDER'] !== undefined;
const interruptions = isThorough ? 2 : 1;

const vaultOf = (store: Vault, window: string): SplitVault => {
  let count = 0;
  return new SplitVault(store, limit, () => `${window}${count++}`);
};

/** A window that stores a long value, and of whose calls none is answered from one on. */
function dyingAt(dies: number, name: string, died: () => void) {
  return (store: Vault): Promise<unknown> => {
    let calls = 0;
    return new Promise((resolve) => {
      const next = <T>(act: () => Promise<T>): Promise<T> => {
        if (calls++ < dies) return act();
        died();
        resolve(undefined);
        return new Promise<T>(() => undefined);
      };
      const through: Vault = {
        get: (at) => next(() => store.get(at)),
        set: (at, value) => next(() => store.set(at, value)),
        delete: (at) => next(() => store.delete(at)),
      };
      void vaultOf(through, name).set(key, long('1')).then(resolve, resolve);
    });
  };
}

const stores = (window: string, value: string) => (store: Vault) => vaultOf(store, window).set(key, value);
const deletes = (window: string) => (store: Vault) => vaultOf(store, window).delete(key);

/** What is stored, or that a window died when it had switched to what others had just removed. */
const read = (entries: Map<string, string>) =>
  vaultOf(new LimitedStore(limit, entries), 'f')
    .get(key)
    .catch((error: unknown) => (error instanceof FailureError ? error.failure.message : String(error)));

/** As two windows do that start later, one after the other. */
async function startTwice(entries: Map<string, string>): Promise<void> {
  const store = new LimitedStore(limit, entries);
  for (const window of ['d', 'e']) await vaultOf(store, window).removeLeft([...entries.keys()]);
}

const others: readonly (readonly [
  what: string,
  acts: readonly ((store: Vault) => Promise<unknown>)[],
  stride: number,
])[] = [
  ['two others store long values', [stores('b', long('2')), stores('c', long('3'))], 8],
  ['two others delete', [deletes('b'), deletes('c')], 1],
  ['another stores and another deletes', [stores('b', long('2')), deletes('c')], 4],
  ['another stores a short value and another deletes', [stores('b', '2'), deletes('c')], 1],
];

describe('what a window leaves that dies while it stores a long value', () => {
  for (const before of [undefined, long('0')])
    for (const [what, acts, stride] of others)
      it(`while ${what}, over ${before === undefined ? 'nothing' : 'a long value'}, is gone after two starts, which change no value`, async () => {
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
            windows: () => [dyingAt(dies, 'a', () => (hasDied = true)), ...acts],
            judge: async (entries) => {
              const end = JSON.stringify([...entries].sort());
              if (judged.has(end)) return;
              judged.add(end);
              const value = await read(entries);
              const count = entries.size;
              await startTwice(entries);
              left += count - entries.size;
              assert.equal(await read(entries), value);
              await vaultOf(new LimitedStore(limit, entries), 'g').delete(key);
              await startTwice(entries);
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
  const starts = async (store: Vault) => {
    const accounts: string[] = [];
    for (const account of possible) if ((await store.get(account)) !== undefined) accounts.push(account);
    await vaultOf(store, 'd').removeLeft(accounts);
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
        windows: () => [...acts, starts],
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
    await startTwice(store.entries);
    assert.deepEqual(store.entries, before);
    store.entries.set('y/part/a/0', 'left');
    store.entries.set('y/part/abc/12', 'left');
    await startTwice(store.entries);
    assert.deepEqual(store.entries, before);
  });
});
