import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { secretPlace } from '../../../src/core/profile/profile.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { SecretStore } from '../../../src/core/vault/secretStore.ts';
import { SplitVault, windowsLimit } from '../../../src/core/vault/splitVault.ts';
import type { Vault } from '../../../src/core/vault/vault.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { drawnNames } from '../../support/partNames.ts';
import { machineProfile } from '../../support/profiles.ts';

const key = 'orders@https://as.example.com';
const long = (mark: string) => mark.repeat(9000);

/** Lets calls of several windows come in an order that a seed makes. */
class Turns {
  readonly #waiting: (() => void)[] = [];
  #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  #next(most: number): number {
    this.#seed = (Math.imul(this.#seed, 1103515245) + 12345) >>> 0;
    return (this.#seed >>> 8) % most;
  }

  /** Names that no other write has, most of them in the same place. */
  readonly draw = (): string => `${'aab'.charAt(this.#next(3))}${this.#drawn++}`;
  #drawn = 0;

  /** One window's way to the store that all share: each call waits for its turn. */
  window(store: Vault): Vault {
    const turn = () => new Promise<void>((resolve) => this.#waiting.push(resolve));
    return {
      get: async (at) => (await turn(), store.get(at)),
      set: async (at, value) => (await turn(), store.set(at, value)),
      delete: async (at) => (await turn(), store.delete(at)),
    };
  }

  /** Gives turns until all is done, whatever came of it. */
  async until(work: readonly Promise<unknown>[]): Promise<void> {
    const over = new AbortController();
    void Promise.allSettled(work).then(() => over.abort());
    for (let turnsLeft = 100_000; ; turnsLeft--) {
      assert.ok(turnsLeft > 0, 'What was begun does not end.');
      await new Promise((resolve) => setImmediate(resolve));
      if (over.signal.aborted) return;
      const [next] = this.#waiting.splice(this.#next(Math.max(1, this.#waiting.length)), 1);
      next?.();
    }
  }
}

const turns = fc.integer().map((seed) => new Turns(seed));

type Doing = readonly ['set', string] | readonly ['delete'];
const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc.constantFrom('1', '2', '3').map((mark): Doing => ['set', long(mark)]),
  fc.constantFrom('4', '5').map((mark): Doing => ['set', mark]),
  fc.constant<Doing>(['delete']),
);
const act = (vault: Vault, [verb, value]: Doing) =>
  verb === 'set' ? vault.set(key, value) : vault.delete(key);

describe('two windows over one keychain', () => {
  it('leave one of the values they wrote at once, readable, and nothing after a deletion', async () => {
    await fc.assert(
      fc.asyncProperty(
        turns,
        fc.option(doing),
        fc.array(doing, { minLength: 1, maxLength: 2 }),
        fc.array(doing, { minLength: 1, maxLength: 2 }),
        async (order, before, here, there) => {
          const store = new LimitedStore();
          const living = new Set<string>();
          const vault = (over: Vault) => new SplitVault(over, windowsLimit, drawnNames(order.draw, living));
          if (before !== null) await act(vault(store), before);
          const [one, other] = [vault(order.window(store)), vault(order.window(store))];
          const window = async (vault: Vault, list: readonly Doing[]) => {
            for (const next of list) await act(vault, next);
          };
          await order.until([window(one, here), window(other, there)]);
          const allowed = [...here, ...there].map(([verb, value]) => (verb === 'set' ? value : undefined));
          const value = await new SplitVault(store).get(key);
          assert.ok(allowed.includes(value), `${String(value).slice(0, 10)} was written by nobody`);
          await new SplitVault(store).delete(key);
          assert.deepEqual([...store.entries.keys()], []);
        },
      ),
      { numRuns: 1000, seed: 8 },
    );
  });

  it('always read a whole value while others write', async () => {
    await fc.assert(
      fc.asyncProperty(
        turns,
        fc.array(fc.constantFrom('1', '2', '3'), { minLength: 1, maxLength: 2 }),
        async (order, marks) => {
          const store = new LimitedStore();
          await new SplitVault(store).set(key, long('0'));
          const writer = new SplitVault(order.window(store));
          const reader = new SplitVault(order.window(store));
          const read: (string | undefined)[] = [];
          const reading = (async () => {
            for (let time = 0; time < 3; time++) read.push(await reader.get(key));
          })();
          await order.until([...marks.map((mark) => writer.set(key, long(mark))), reading]);
          await reading;
          for (const value of read) assert.ok(['0', ...marks].some((mark) => value === long(mark)));
        },
      ),
      { numRuns: 150, seed: 8 },
    );
  });

  it('lose no account of each other’s lists', async () => {
    const accounts = ['p@https://one', 'p@https://two', 'p@https://three'];
    const some = fc.array(fc.constantFrom(...accounts), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(turns, some, some, some, async (order, before, here, there) => {
        const store = new LimitedStore();
        const first = new AccountIndex(store);
        for (const account of before) await first.add('p', account);
        const window = async (list: readonly string[]) => {
          const vault = order.window(store);
          const index = new AccountIndex(vault);
          for (const account of list)
            await index.whileListed('p', account, () => vault.set(account, 's3cret'));
        };
        await order.until([window(here), window(there)]);
        await new AccountIndex(store).removeAll('p');
        assert.deepEqual([...store.entries.keys()], []);
      }),
      { numRuns: 300, seed: 8 },
    );
  });

  const places = ['https://a.example', 'https://b.example/x'].map((issuer) =>
    secretPlace(machineProfile({ issuer })),
  );
  type Step =
    | { readonly verb: 'set'; readonly place: ReturnType<typeof secretPlace> }
    | { readonly verb: 'delete profile' };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ verb: fc.constant('set' as const), place: fc.constantFrom(...places) }),
    fc.record({ verb: fc.constant('delete profile' as const) }),
  );

  /** What one window does: stores that value at places, or deletes the profile. */
  const take = async (vault: Vault, steps: readonly Step[], value: string) => {
    const index = new AccountIndex(vault);
    const secrets = new SecretStore(vault, index);
    for (const one of steps)
      if (one.verb === 'set') await secrets.set(one.place, value);
      else await index.removeAll('machine');
  };

  it('keep no secret of a deleted profile that a later deletion does not find', async () => {
    const list = fc.array(step, { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(turns, list, list, list, async (order, before, here, there) => {
        const store = new LimitedStore();
        const run = (vault: Vault, steps: readonly Step[]) => take(vault, steps, 's3cret');
        await run(store, before);
        await order.until([run(order.window(store), here), run(order.window(store), there)]);
        await new AccountIndex(store).removeAll('machine');
        assert.deepEqual([...store.entries.keys()], []);
      }),
      { numRuns: 150, seed: 8 },
    );
  });

  it('stay deleted and readable also in three windows whose keychain fails in a row', async () => {
    const list = fc.array(step, { minLength: 1, maxLength: 2 });
    const lists = fc.array(list, { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        turns,
        lists,
        fc.nat(80),
        fc.integer({ min: 1, max: 6 }),
        async (order, each, from, count) => {
          const store = new LimitedStore();
          store.fail((call) => call >= from && call < from + count);
          await order.until(each.map((steps) => take(new SplitVault(order.window(store)), steps, long('s'))));
          store.heal();
          const later = new SplitVault(store);
          // What was stored is read, or was deleted.
          for (const place of places) {
            const value = await later.get(`${place.id}@${place.origin}`);
            assert.ok(value === undefined || value === long('s'));
          }
          await new AccountIndex(later).removeAll('machine');
          for (const place of places) assert.equal(await later.get(`${place.id}@${place.origin}`), undefined);
        },
      ),
      { numRuns: 100, seed: 8 },
    );
  });

  it('stay deleted and readable also when a call of one of them fails', async () => {
    const list = fc.array(step, { minLength: 1, maxLength: 2 });
    const failing = fc.uniqueArray(fc.nat(60), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(turns, list, list, failing, async (order, here, there, at) => {
        const store = new LimitedStore();
        store.fail((call) => at.includes(call));
        const run = (steps: readonly Step[]) => take(new SplitVault(order.window(store)), steps, long('s'));
        await order.until([run(here), run(there)]);
        store.heal();
        const later = new SplitVault(store);
        await new AccountIndex(later).removeAll('machine');
        for (const place of places) assert.equal(await later.get(`${place.id}@${place.origin}`), undefined);
      }),
      { numRuns: 100, seed: 8 },
    );
  });
});

/** A write or a deletion of one of several windows: when it was, in calls of all, and whether it was done. */
interface Done {
  readonly value: string | undefined;
  readonly began: number;
  readonly ended: number;
  readonly isDone: boolean;
}

/** What may be stored in the end: what nothing that was done came after, and nothing where nothing was done. */
function lastOf(all: readonly Done[]): readonly (string | undefined)[] {
  const last = all.filter(({ ended }) => !all.some((other) => other.isDone && ended < other.began));
  return [...last.map(({ value }) => value), ...(all.some(({ isDone }) => isDone) ? [] : [undefined])];
}

describe('several windows over a keychain that fails in a row', () => {
  const failures = fc.record({
    from: fc.nat(80),
    count: fc.integer({ min: 1, max: 6 }),
    mode: fc.constantFrom('before' as const, 'after' as const),
  });
  const storing = doing.filter(([verb]) => verb === 'set');
  for (const [windows, what, does] of [
    [3, 'none of which deletes', storing],
    [4, 'some of which delete', doing],
  ] as const)
    it(`leave what one of the last of ${windows} wrote, ${what}, readable, and nothing only where one deleted or none was done`, async () => {
      const some = fc.array(does, { minLength: 1, maxLength: 2 });
      const lists = fc.array(some, { minLength: windows, maxLength: windows });
      await fc.assert(
        fc.asyncProperty(turns, lists, failures, async (order, each, { from, count, mode }) => {
          const store = new LimitedStore();
          store.fail((call) => call >= from && call < from + count, mode);
          const all: Done[] = [];
          let time = 0;
          const living = new Set<string>();
          const window = async (list: readonly Doing[], number: number) => {
            const names = drawnNames(order.draw, living);
            const vault = new SplitVault(order.window(store), windowsLimit, names);
            for (const [verb, mark = ''] of list) {
              // Each writes what no other does.
              const value = verb === 'set' ? `${number}${all.length}${mark}` : undefined;
              const began = time++;
              const isDone = await act(vault, value === undefined ? ['delete'] : ['set', value]).then(
                () => true,
                () => false,
              );
              all.push({ value, began, ended: time++, isDone });
            }
          };
          await order.until(each.map(window));
          store.heal();
          const value = await new SplitVault(store).get(key);
          assert.ok(lastOf(all).includes(value), `${String(value).slice(0, 10)} was not written last`);
          // What is announced is found, however the windows ended.
          await new SplitVault(store).delete(key);
          for (let start = 0; start < 2; start++)
            await new SplitVault(store).removeLeft([...store.entries.keys()]);
          assert.deepEqual([...store.entries.keys()], []);
        }),
        { numRuns: 700, seed: 8 },
      );
    });
});
