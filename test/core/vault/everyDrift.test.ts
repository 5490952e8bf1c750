import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReturningVault, StopgapVault } from '../../../src/core/vault/drift.ts';
import type { Vault } from '../../../src/core/vault/vault.ts';
import { dyingAt, everyInterleaving, type Outcome, type Work } from '../../support/interleavings.ts';

/** A key of a profile and its list of accounts, as the vault calls them. */
const key = 'p@https://one';
const list = 'p/accounts';
const keychainPlace = 'keychain ';
const stopgapPlace = 'stopgap ';

/** One of the two stores that all windows share: what it holds has its name before the key. */
function within(store: Vault, place: string): Vault {
  return {
    get: (at) => store.get(place + at),
    set: (at, value) => store.set(place + at, value),
    delete: (at) => store.delete(place + at),
  };
}

/** More than any of them makes. */
const mostCalls = 100;

const noNotes = { has: () => false, remove: () => Promise.resolve() };
/** The vault of a window in which the keychain answers, or of one in which it does not. */
const windowOf = (answers: boolean, store: Vault, alone: Parameters<Work>[1]): Vault =>
  answers
    ? new ReturningVault(within(store, keychainPlace), within(store, stopgapPlace), noNotes, alone)
    : new StopgapVault(within(store, stopgapPlace), alone);

interface Doing {
  readonly name: string;
  readonly answers: boolean;
  readonly act: (vault: Vault) => Promise<unknown>;
  /** What is stored when it was done; absent where it only reads. */
  readonly leaves?: { readonly value: string | undefined };
}
const stores = (answers: boolean, value: string): Doing => ({
  name: answers ? 'one stores' : 'one without keychain stores',
  ...{ answers, act: (vault) => vault.set(key, value), leaves: { value } },
});
const deletes = (answers: boolean): Doing => ({
  name: answers ? 'one deletes' : 'one without keychain deletes',
  ...{ answers, act: (vault) => vault.delete(key), leaves: { value: undefined } },
});
const takesBack: Doing = { name: 'one takes back', answers: true, act: (vault) => vault.get(key) };

const workOf = ({ answers, act }: Doing): Work => {
  return (store, alone) => act(windowOf(answers, store, alone));
};

/** What may be stored in the end. */
function allowed(doings: readonly Doing[], outcomes: readonly Outcome[], before: string | undefined) {
  const writers = doings.flatMap(({ leaves }, at) => {
    const outcome = outcomes[at];
    return leaves === undefined || outcome === undefined ? [] : [{ ...outcome, ...leaves }];
  });
  const isDone = ({ error }: Outcome) => error === undefined;
  const last = writers.filter(
    (one) => !writers.some((other) => isDone(other) && one.ended <= other.began && other !== one),
  );
  return [...last.map(({ value }) => value), ...(writers.some(isDone) ? [] : [before])];
}

/** What the keychain and the stopgap hold before, and what is in force then. */
const befores: readonly (readonly [name: string, entries: Readonly<Record<string, string>>, string?])[] = [
  ['the keychain missed a new value', { [keychainPlace + key]: 'old', [stopgapPlace + key]: 'new' }, 'new'],
  [
    'the keychain missed a deletion',
    { [keychainPlace + key]: 'old', [stopgapPlace + key]: 'oauth-explorer-deleted:1' },
  ],
  ['the keychain missed nothing', { [keychainPlace + key]: 'old' }, 'old'],
  [
    'the keychain missed that the profile was deleted',
    {
      [keychainPlace + list]: JSON.stringify([key]),
      [keychainPlace + key]: 'old',
      [stopgapPlace + list]: 'oauth-explorer-deleted:1',
    },
  ],
];

async function judged(
  doings: readonly Doing[],
  before: string | undefined,
  left: Map<string, string>,
  outcomes: readonly Outcome[],
  failed: boolean,
): Promise<void> {
  if (!failed) for (const { error } of outcomes) assert.equal(error, undefined);
  const store: Vault = {
    get: (at) => Promise.resolve(left.get(at)),
    set: (at, value) => Promise.resolve(void left.set(at, value)),
    delete: (at) => Promise.resolve(void left.delete(at)),
  };
  const reader = windowOf(true, store, (act) => act());
  const values = allowed(doings, outcomes, before);
  const value = await reader.get(key);
  assert.ok(values.includes(value), `${String(value)} is none of ${values.join(' and ')}`);
  assert.equal(await reader.get(key), value, 'it stays so');
  assert.equal(left.get(stopgapPlace + key), undefined, 'the stopgap forgets');
}

describe('windows with and without the keychain, in every order of their calls', () => {
  const rows: readonly (readonly Doing[])[] = [
    [takesBack, takesBack],
    [takesBack, deletes(true)],
    [takesBack, stores(true, 'here')],
    [takesBack, deletes(false)],
    [takesBack, stores(false, 'there')],
    [deletes(true), stores(false, 'there')],
    [stores(true, 'here'), deletes(false)],
    [stores(true, 'here'), stores(false, 'there')],
    [deletes(false), stores(false, 'there')],
    [takesBack, takesBack, deletes(true)],
    [takesBack, takesBack, stores(true, 'here')],
    [takesBack, deletes(true), stores(false, 'there')],
    [takesBack, stores(true, 'here'), deletes(false)],
  ];
  for (const [state, entries, before] of befores)
    for (const doings of rows)
      it(`${doings.map(({ name }) => name).join(', ')}, when ${state}: what was deleted stays deleted, what was stored is read`, async () => {
        const ends = await everyInterleaving({
          entries: new Map(Object.entries(entries)),
          failures: doings.length > 2 ? 0 : 1,
          windows: () => doings.map(workOf),
          judge: (left, outcomes, failed) => judged(doings, before, left, outcomes, failed),
        });
        assert.ok(ends > 0);
      });

  const [dying, then] = [
    [takesBack, deletes(true), stores(true, 'here'), deletes(false), stores(false, 'there')],
    [takesBack, deletes(true), stores(true, 'then'), stores(false, 'then'), deletes(false)],
  ];
  for (const [state, entries, before] of befores)
    for (const one of dying)
      it(`${one.name} and dies at any of its calls, when ${state}`, async () => {
        for (const other of then) {
          let hasDied = true;
          for (let dies = 0; hasDied && dies < mostCalls; dies++) {
            hasDied = false;
            await everyInterleaving({
              ...{ entries: new Map(Object.entries(entries)), failures: 0 },
              windows: () => [dyingAt(dies, workOf(one), () => (hasDied = true)), workOf(other)],
              // What the dead one began may have come last, or never have come.
              judge: (left, outcomes) => {
                const [first, second] = outcomes;
                assert.ok(first && second);
                const open = { ...first, ended: Infinity, ...(hasDied && { error: 'dead' }) };
                return judged([one, other], before, left, [open, second], hasDied);
              },
            });
          }
          assert.ok(!hasDied, 'It died at each of its calls.');
        }
      });

  it('each of which lists an account: none is lost', async () => {
    const lists =
      (answers: boolean, account: string): Work =>
      async (store, alone) => {
        const vault = windowOf(answers, store, alone);
        const listed = JSON.parse((await vault.get(list)) ?? '[]') as readonly string[];
        await vault.set(list, JSON.stringify([...listed, account]));
      };
    await everyInterleaving({
      ...{ entries: new Map(), failures: 0, windows: () => [lists(true, 'p@here'), lists(false, 'p@there')] },
      judge: async (left) => {
        const store: Vault = {
          get: (at) => Promise.resolve(left.get(at)),
          set: (at, value) => Promise.resolve(void left.set(at, value)),
          delete: (at) => Promise.resolve(void left.delete(at)),
        };
        const listed = await windowOf(true, store, (act) => act()).get(list);
        for (const account of ['p@here', 'p@there']) assert.ok(listed?.includes(account), listed);
      },
    });
  });
});
