import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AccountIndex, parseAccounts } from '../../../src/core/vault/accountIndex.ts';
import { HookedStore } from '../../support/hookedStore.ts';

const list = 'p/accounts';
const [one, two, three] = ['p@https://one', 'p@https://two', 'p@https://three'] as const;
const announcement = /^p\/accounts\/[0-7]$/;

/** Two announcements of other windows, one of which at least is not under our number. */
const announce = (store: HookedStore, text: string) => {
  for (const number of [0, 1]) store.entries.set(`${list}/${number}`, text);
};
const listed = (store: HookedStore) => parseAccounts(store.entries.get(list));

describe('the list of a profile’s accounts', () => {
  it('is none where something else stands in its place', async () => {
    for (const text of ['no JSON', 'null', '{"a":"p@https://one"}', '[5]']) {
      assert.deepEqual(parseAccounts(text), []);
      const store = new HookedStore();
      store.entries.set(list, text);
      assert.deepEqual(await new AccountIndex(store).list('p'), []);
    }
    assert.deepEqual(parseAccounts(undefined), []);
  });

  it('is announced under one of eight keys, by eight windows under keys of their own', async () => {
    const keys = [];
    for (let window = 0; window < 16; window++) {
      const store = new HookedStore();
      await new AccountIndex(store).add('p', one);
      keys.push(...store.accesses.filter(({ verb, key }) => verb === 'set' && key !== list));
    }
    assert.ok(keys.every(({ key }) => announcement.test(key)));
    assert.equal(new Set(keys.slice(0, 8).map(({ key }) => key)).size, 8);
  });

  it('costs as few accesses to the keychain as it can', async () => {
    const store = new HookedStore();
    const costs = async (work: () => Promise<unknown>) => {
      store.accesses.length = 0;
      await work();
      return (['get', 'set', 'delete'] as const).map((verb) => store.count(verb));
    };
    const index = new AccountIndex(store);
    const nothing = () => Promise.resolve();
    assert.deepEqual(await costs(() => index.add('p', one)), [11, 2, 1], 'listed');
    assert.deepEqual(await costs(() => index.add('p', one)), [0, 0, 0], 'again');
    assert.deepEqual(await costs(() => index.whileListed('p', one, nothing)), [1, 0, 0], 'written again');
    assert.deepEqual(await costs(() => new AccountIndex(store).add('p', one)), [1, 0, 0], 'after a reload');
    assert.deepEqual(await costs(() => index.list('p')), [9, 0, 0], 'asked for');
    await index.add('p', two);
    assert.deepEqual(await costs(() => index.removeAll('p', [], [two])), [27, 2, 2], 'all but one deleted');
    assert.deepEqual(listed(store), [two]);
    assert.deepEqual(await costs(() => index.removeAll('p', [], [two])), [26, 1, 1], 'nothing to delete');
    assert.deepEqual(await costs(() => index.removeAll('p')), [27, 1, 3], 'the last deleted');
    assert.deepEqual([...store.entries], []);
  });

  it('deletes what it lists and what it is told, and nothing else', async () => {
    const store = new HookedStore();
    const index = new AccountIndex(store);
    await index.add('p', one);
    store.accesses.length = 0;
    await index.removeAll('p');
    assert.deepEqual(
      store.accesses.filter(({ verb, key }) => verb === 'delete' && !announcement.test(key)),
      [one, list].map((key) => ({ verb: 'delete', key })),
    );
  });
});

describe('another window', () => {
  it('that deletes the profile while something is stored leaves it listed', async () => {
    const store = new HookedStore();
    const [here, there] = [new AccountIndex(store), new AccountIndex(store)];
    await here.whileListed('p', one, async () => {
      await there.removeAll('p');
      await store.set(one, 's3cret');
    });
    assert.deepEqual(await there.list('p'), [one]);
  });

  it('that deletes the profile while something is stored, whose answer is lost, leaves it listed', async () => {
    const store = new HookedStore();
    const [here, there] = [new AccountIndex(store), new AccountIndex(store)];
    const lost = here.whileListed('p', one, async () => {
      await there.removeAll('p');
      await store.set(one, 's3cret');
      throw new Error('the answer is lost');
    });
    await assert.rejects(lost, /the answer is lost/);
    assert.deepEqual(await there.list('p'), [one]);
  });

  it('that announced the account meanwhile needs no second announcement', async () => {
    const store = new HookedStore();
    await new AccountIndex(store).whileListed('p', one, () => {
      store.entries.delete(list);
      announce(store, JSON.stringify([one]));
      store.accesses.length = 0;
      return Promise.resolve();
    });
    assert.equal(store.count('set'), 0);
  });

  it('that is at work keeps what we announce announced, until it is through', async () => {
    const store = new HookedStore();
    announce(store, '[]');
    const index = new AccountIndex(store);
    await index.add('p', one);
    const announced = () => [...store.entries].filter(([key, text]) => key !== list && text.includes(one));
    assert.equal(announced().length, 1);
    await index.add('p', three);
    assert.deepEqual(listed(store), [one, three]);
  });

  it('that wrote our account into the list leaves our announcement: it may have overwritten others', async () => {
    const store = new HookedStore();
    store.before = ({ verb, key }) => {
      if (verb === 'set' && key !== list) store.entries.set(list, JSON.stringify([one]));
    };
    await new AccountIndex(store).add('p', one);
    assert.equal([...store.entries].filter(([key]) => announcement.test(key)).length, 1);
  });

  it('keeps what it announced of an account that stays', async () => {
    const store = new HookedStore();
    announce(store, JSON.stringify([one, two]));
    const index = new AccountIndex(store);
    await index.removeAll('p', [], [two]);
    assert.ok((await index.list('p')).includes(two));
  });

  it('that overwrites the list each time ends nothing but our tries', async () => {
    const store = new HookedStore();
    store.before = ({ verb, key }) => {
      if (verb === 'get' && key === list) store.entries.delete(list);
    };
    await new AccountIndex(store).add('p', one);
    assert.equal(store.count('set', /accounts$/), 8);
    store.before = ({ verb }) => {
      if (verb === 'get') for (const key of [...store.entries.keys()]) store.entries.delete(key);
    };
    store.accesses.length = 0;
    await new AccountIndex(store).whileListed('p', two, () => Promise.resolve());
    assert.equal(store.count('set', /accounts$/), 9 * 8);
  });

  it('that stores it anew each time ends nothing but our tries to delete it', async () => {
    const store = new HookedStore();
    store.before = ({ verb, key }) => {
      if (verb === 'get' && key === one) store.entries.set(one, 's3cret');
    };
    await new AccountIndex(store).removeAll('p', [one]);
    assert.equal(store.count('delete', /one$/), 9);
  });
});

it('what could not be looked at after it was stored is listed before it is stored again', async () => {
  const store = new HookedStore();
  const index = new AccountIndex(store);
  await index.whileListed('p', one, () => {
    store.store.fail(() => true);
    return Promise.resolve();
  });
  store.store.heal();
  store.entries.clear();
  await index.whileListed('p', one, () => {
    assert.deepEqual(listed(store), [one]);
    return Promise.resolve();
  });
});
