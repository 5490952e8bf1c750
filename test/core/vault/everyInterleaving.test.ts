import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { places } from '../../../src/core/vault/splitParts.ts';
import { SplitVault } from '../../../src/core/vault/splitVault.ts';
import type { Vault } from '../../../src/core/vault/vault.ts';
import { dyingAt, everyInterleaving, type Outcome } from '../../support/interleavings.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { drawnNames } from '../../support/partNames.ts';

const key = 'k';
/** Bytes an entry holds: few, so that a value of two parts is short. */
const limit = 90;
const long = (mark: string) => mark.repeat(120);

interface Doing {
  readonly act: (vault: Vault) => Promise<unknown>;
  /** What is stored when it was done; absent where it changes nothing. */
  readonly leaves?: { readonly value: string | undefined };
}
const stores = (value: string): Doing => ({ act: (vault) => vault.set(key, value), leaves: { value } });
const deletes: Doing = { act: (vault) => vault.delete(key), leaves: { value: undefined } };
const reads: Doing = { act: (vault) => vault.get(key) };

/** Where a window first announces a long value: which of the places it draws. */
type Drawn = number;

/** A window that draws that place each time; each run of a world draws the same names. */
function vaultOf(store: Vault, window: string, drawn: Drawn, living = new Set<string>()): SplitVault {
  let count = 0;
  const first = 'habcdefg'.charAt(drawn);
  return new SplitVault(
    store,
    limit,
    drawnNames(() => `${first}${window}${count++}`, living),
  );
}

async function stored(value: string | undefined): Promise<Map<string, string>> {
  const store = new LimitedStore(limit);
  if (value !== undefined) await vaultOf(store, 'before', 0).set(key, value);
  return store.entries;
}

/** What may be stored in the end. */
function allowed(doings: readonly Doing[], outcomes: readonly Outcome[], before: string | undefined) {
  const writers = doings.flatMap(({ leaves }, at) => {
    const outcome = outcomes[at];
    return leaves === undefined || outcome === undefined ? [] : [{ ...outcome, ...leaves }];
  });
  const isDone = ({ error }: Outcome) => error === undefined;
  // What was done before another began that was done, too, is past.
  const last = writers.filter(
    (one) => !writers.some((other) => isDone(other) && one.ended <= other.began && other !== one),
  );
  return [...last.map(({ value }) => value), ...(writers.some(isDone) ? [] : [before])];
}

async function explore(
  before: string | undefined,
  doings: readonly [Doing, Doing],
  { drawn, failures }: { readonly drawn: readonly [Drawn, Drawn]; readonly failures: number },
): Promise<number> {
  const entries = await stored(before);
  return everyInterleaving({
    entries,
    failures,
    interruptions: isThorough ? 2 : 1,
    windows: () => {
      const living = new Set<string>();
      return doings.map(
        ({ act }, at) =>
          (store: Vault) =>
            act(vaultOf(store, `${at}`, drawn[at] ?? 0, living)),
      );
    },
    judge: async (left, outcomes, failed) => {
      const store = new LimitedStore(limit, left);
      const [reader, later] = [new SplitVault(store, limit), new SplitVault(store, limit)];
      if (!failed) for (const { error } of outcomes) assert.equal(error, undefined);
      const values = allowed(doings, outcomes, before);
      const value = await reader.get(key);
      assert.ok(values.includes(value), `${String(value)} is none of ${values.join(' and ')}`);
      for (const [at, { leaves }] of doings.entries())
        if (leaves === undefined && outcomes[at]?.error === undefined) {
          const read = outcomes[at]?.value;
          const any = [before, ...doings.flatMap((one) => (one.leaves ? [one.leaves.value] : []))];
          assert.ok(any.includes(read as string), `${String(read)} was read`);
        }
      await later.delete(key);
      assert.deepEqual([...left.keys()], [], 'parts stay after a deletion');
    },
  });
}

/**
 * Minutes are worth it only when the vault itself changes: `EVERY_ORDER=1 npm run unit -- test/core/vault/everyInterleaving.test.ts`
 * interrupts each once more, and lets a call fail in the long rows whatever is drawn.
 */
const isThorough = process.env['EVERY_ORDER'] !== undefined;

/** What is drawn matters only as far as it is the same: the old value is announced at the first place. */
const everyDraw: readonly (readonly [name: string, drawn: readonly [Drawn, Drawn]])[] = [
  ['each draws another place', [1, 3]],
  ['both draw the same place', [1, 1]],
  ['both draw the one of the old value', [0, 0]],
  ['one draws that of the old value', [0, 1]],
  ['the other draws it', [1, 0]],
  ['both draw the last', [places.length - 1, places.length - 1]],
];

describe('a value in two windows, in every order of their calls in which each is interrupted once', () => {
  const [one, other, small] = [long('1'), long('2'), '3'];
  const rows: readonly (readonly [
    name: string,
    before: string | undefined,
    doings: readonly [Doing, Doing],
    isLong: boolean,
  ])[] = [
    ['two store long values', undefined, [stores(one), stores(other)], true],
    ['two replace a long value', long('0'), [stores(one), stores(other)], true],
    ['one stores a long value, one a short one', long('0'), [stores(one), stores(small)], true],
    ['one deletes, one stores a long value', long('0'), [deletes, stores(one)], true],
    ['one deletes, one stores a short value', long('0'), [deletes, stores(small)], true],
    ['both delete', long('0'), [deletes, deletes], true],
    ['one reads, one replaces', long('0'), [reads, stores(one)], false],
    ['one reads, one replaces it with a short value', long('0'), [reads, stores(small)], false],
    ['one reads, one deletes', long('0'), [reads, deletes], false],
  ];
  for (const [name, before, doings, isLong] of rows) {
    for (const [at, [draws, drawn]] of everyDraw.entries()) {
      const failures = isLong && !isThorough && at > 1 ? 0 : 1;
      it(`${name}, ${draws}${failures === 0 ? '' : ', with a failure at each call'}`, async () => {
        assert.ok((await explore(before, doings, { drawn, failures })) > 1);
      });
    }
  }
});

describe('a value in two windows, one of which dies at any of its calls', () => {
  const [one, other, small] = [long('1'), long('2'), '3'];
  const rows: readonly (readonly [name: string, dying: Doing, then: readonly Doing[]])[] = [
    ['it stores a long value, the other a long one', stores(one), [stores(other)]],
    ['it stores a long value, the other a short one', stores(one), [stores(small)]],
    ['it stores a long value, the other deletes', stores(one), [deletes]],
    [
      'it stores a long value, the other deletes and stores a long one',
      stores(one),
      [deletes, stores(other)],
    ],
    [
      'it stores a long value, the other deletes and stores a short one',
      stores(one),
      [deletes, stores(small)],
    ],
    ['it stores a long value, the other stores and deletes', stores(one), [stores(other), deletes]],
    ['it stores a short value, the other a long one', stores(small), [stores(one)]],
    ['it deletes, the other stores a long value', deletes, [stores(one)]],
  ];
  for (const before of [undefined, long('0')])
    for (const [name, dying, then] of rows)
      it(`${name}, over ${before === undefined ? 'nothing' : 'a long value'}: what was stored last is read, and a deletion leaves nothing`, async () => {
        const entries = await stored(before);
        let hasDied = true;
        const mostCalls = 100;
        for (let dies = 0; hasDied && dies < mostCalls; dies++) {
          hasDied = false;
          await everyInterleaving({
            ...{ entries, failures: 0, interruptions: isThorough ? 3 : 2 },
            windows: () => {
              const living = new Set<string>();
              let at = 0;
              const die = () => {
                hasDied = true;
                for (const name of living) if (name.slice(1).startsWith('a')) living.delete(name);
              };
              return [
                dyingAt(dies, (store) => dying.act(vaultOf(store, 'a', 1, living)), die),
                async (store: Vault) => {
                  for (const doing of then) await doing.act(vaultOf(store, `b${at++}`, 3, living));
                },
              ];
            },
            judge: async (left) => {
              const store = new LimitedStore(limit, left);
              const value = await new SplitVault(store, limit).get(key);
              const last = then.at(-1)?.leaves?.value;
              // What the dead one began may have come last.
              const values = [last, dying.leaves?.value];
              assert.ok(values.includes(value), `${String(value)} is none of ${values.join(' and ')}`);
              await new SplitVault(store, limit).delete(key);
              assert.deepEqual([...left.keys()], [], 'parts stay after a deletion');
            },
          });
        }
        assert.ok(!hasDied, 'It died at each of its calls.');
      });
});
