import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { SplitVault } from '../../../src/core/vault/splitVault.ts';
import type { Vault } from '../../../src/core/vault/vault.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { drawnNames } from '../../support/partNames.ts';

const key = 'k';
/** Bytes an entry holds: few, so that a value of some parts is short. */
const limit = 90;
const long = (mark: string) => mark.repeat(250);
/** More calls than a write makes that another one comes between. */
const mostCalls = 60;

/** The way of a window to the store: another does something before one call, and from a call on nothing is answered any more. */
class MortalWindow implements Vault {
  readonly died: Promise<void>;
  #die: () => void = () => undefined;
  #calls = 0;
  readonly #store: Vault;
  readonly #dies: number;
  readonly #at: number;
  readonly #other: () => Promise<void>;

  constructor(store: Vault, dies: number, at: number, other: () => Promise<void>) {
    this.#store = store;
    this.#dies = dies;
    this.#at = at;
    this.#other = other;
    this.died = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  get(at: string): Promise<string | undefined> {
    return this.#next(() => this.#store.get(at));
  }

  set(at: string, value: string): Promise<void> {
    return this.#next(() => this.#store.set(at, value));
  }

  delete(at: string): Promise<void> {
    return this.#next(() => this.#store.delete(at));
  }

  async #next<T>(act: () => Promise<T>): Promise<T> {
    const call = this.#calls++;
    if (call === this.#dies) this.#die();
    if (call >= this.#dies) return new Promise<T>(() => undefined);
    if (call === this.#at) await this.#other();
    return act();
  }
}

for (const before of [undefined, long('0'), '0'])
  for (const [what, other] of [
    ['a long', long('2')],
    ['a short', '2'],
  ] as const)
    it(`a window that dies while it stores a long value, and another stores ${what} one, leaves one of them whole and nothing behind, over ${before?.length ?? 'no'} characters`, async () => {
      let ends = 0;
      for (let at = 0; at < mostCalls; at++)
        for (let dies = at + 1; dies < mostCalls; dies++) {
          const store = new LimitedStore(limit);
          const living = new Set<string>();
          const vault = (name: string, through: Vault = store) =>
            new SplitVault(
              through,
              limit,
              drawnNames(() => name, living),
            );
          if (before !== undefined) await vault('a0').set(key, before);
          const window = new MortalWindow(store, dies, at, () => vault('c2').set(key, other));
          const isDone = await Promise.race([
            vault('b1', window)
              .set(key, long('1'))
              .then(() => true),
            window.died.then(() => living.delete('b1') && false),
          ]);
          const value = await vault('d3').get(key);
          assert.ok(
            value === other || value === long('1'),
            `${value} when it dies at ${dies}, the other at ${at}`,
          );
          await vault('d3').delete(key);
          assert.deepEqual([...store.entries.keys()], [], `it dies at ${dies}, the other at ${at}`);
          if (isDone) break;
          ends++;
        }
      assert.ok(ends > 40, String(ends));
    });

it('a window that dies while it deletes a profile, of which another stores something, leaves nothing that a later deletion does not find', async () => {
  const account = 'p@https://as.example.com';
  let ends = 0;
  for (let at = 0; at < mostCalls; at++)
    for (let dies = at + 1; dies < mostCalls; dies++) {
      const store = new LimitedStore();
      const keep = () =>
        new AccountIndex(store).whileListed('p', account, () => store.set(account, 's3cret'));
      await keep();
      const window = new MortalWindow(store, dies, at, keep);
      const isDone = await Promise.race([
        new AccountIndex(window).removeAll('p').then(() => true),
        window.died.then(() => false),
      ]);
      await new AccountIndex(store).removeAll('p');
      assert.deepEqual([...store.entries.keys()], [], `it dies at ${dies}, the other at ${at}`);
      if (isDone) break;
      ends++;
    }
  assert.ok(ends > 40, String(ends));
});
