import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { secretDestinations, secretPlace, type Profile } from '../../../src/core/profile/profile.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { SecretStore, type ProfileStanding } from '../../../src/core/vault/secretStore.ts';
import { TokenStore } from '../../../src/core/vault/tokenStore.ts';
import { bindingOf, coveredBy, parseBindings, withBinding } from '../../../src/core/vault/secretBinding.ts';
import { bindingKey, secretKey } from '../../../src/core/vault/vaultKeys.ts';
import { HookedStore } from '../../support/hookedStore.ts';
import { ManualClock } from '../../support/clock.ts';
import { LimitedStore } from '../../support/limitedStore.ts';
import { machineProfile } from '../../support/profiles.ts';

const issuer = 'https://as.example.com/realms/mine';
const endpoint = `${issuer}/token`;
const mine = machineProfile({ issuer });
const other = machineProfile({ issuer: 'https://as.example.com/realms/other' });

function open(standing: Partial<ProfileStanding> = {}, store = new LimitedStore()) {
  const index = new AccountIndex(store);
  return {
    store,
    index,
    secrets: new SecretStore(store, index, () => ({ standing: 'user', ...standing })),
  };
}

describe('a client secret', () => {
  it('stays what it was in the keychain: the bare secret under `<profile id>@<origin>`', async () => {
    const { secrets, store } = open();
    await secrets.set(secretPlace(mine), 's3cret');
    assert.equal(store.entries.get('machine@https://as.example.com'), 's3cret');
  });

  it('is not sent to another issuer of the same host, until the user agrees', async () => {
    const { secrets } = open();
    await secrets.set(secretPlace(mine, endpoint), 's3cret');
    assert.equal(await secrets.use(secretPlace(other)), undefined);
    assert.equal(await secrets.get(secretPlace(other)), undefined);
    assert.deepEqual(await secrets.find(secretPlace(other)), {
      kind: 'ask',
      why: 'server',
      enteredFor: [{ issuer, tokenEndpoint: endpoint, standing: 'user' }],
    });
    assert.equal(await secrets.agree(secretPlace(other)), 's3cret');
    assert.equal(await secrets.use(secretPlace(other)), 's3cret');
    // The first server is as good as it was.
    assert.equal(await secrets.use(secretPlace(mine)), 's3cret');
  });

  it('is not sent to another token endpoint, whoever names it', async () => {
    const { secrets } = open();
    await secrets.set(secretPlace(mine), 's3cret');
    const elsewhere = 'https://as.example.com/realms/other/token';
    const named = { ...mine, tokenEndpoint: elsewhere };
    assert.equal(await secrets.use(secretPlace(named)), undefined, 'named by the profile');
    assert.equal(await secrets.use(secretPlace(mine, endpoint)), 's3cret', 'learnt from the metadata');
    assert.equal(await secrets.use(secretPlace(mine, elsewhere)), undefined, 'moved by the metadata');
    assert.equal(await secrets.use(secretPlace(mine, endpoint)), 's3cret');
    assert.equal(await secrets.use(secretPlace({ ...mine, tokenEndpoint: endpoint })), 's3cret');
  });

  for (const member of [
    'pushedAuthorizationRequestEndpoint',
    'deviceAuthorizationEndpoint',
    'backchannelAuthenticationEndpoint',
  ] as const)
    it(`is not sent to another ${member} of the same host, until the user agrees`, async () => {
      const { secrets } = open();
      const typed = { ...mine, [member]: `${issuer}/own` };
      const moved = { ...mine, [member]: 'https://as.example.com/realms/other/own' };
      await secrets.set(secretPlace(typed, endpoint), 's3cret');
      assert.equal(await secrets.use(secretPlace(typed)), 's3cret');
      assert.equal(await secrets.use(secretPlace(mine)), 's3cret', 'left to the metadata');
      const found = await secrets.find(secretPlace(moved));
      assert.equal(found.kind === 'ask' && found.why, 'server');
      assert.equal(await secrets.use(secretPlace(moved)), undefined);
      assert.equal(await secrets.agree(secretPlace(moved)), 's3cret');
      assert.equal(await secrets.use(secretPlace(moved)), 's3cret');
      assert.equal(await secrets.use(secretPlace(typed)), 's3cret');
    });

  it('that was entered without a further endpoint asks for one that is typed since', async () => {
    const { secrets, store } = open();
    await secrets.set(secretPlace(mine), 's3cret');
    const typed = { ...mine, pushedAuthorizationRequestEndpoint: `${issuer}/par` };
    assert.equal(await secrets.use(secretPlace(typed, endpoint)), undefined);
    await secrets.agree(secretPlace(typed));
    assert.equal(await secrets.use(secretPlace(typed, endpoint)), 's3cret', 'the token endpoint is learnt');
    assert.equal(await secrets.use(secretPlace(typed, endpoint)), 's3cret');
    assert.equal(await secrets.use(secretPlace(typed, `${issuer}/elsewhere`)), undefined);
    const another = { ...typed, deviceAuthorizationEndpoint: `${issuer}/device` };
    assert.equal(await secrets.use(secretPlace(another, endpoint)), undefined, 'one of two is known');
    store.entries.set(
      bindingKey(secretPlace(mine)),
      JSON.stringify([{ issuer, standing: 'user', others: 'https://as.example.com' }]),
    );
    assert.equal((await secrets.find(secretPlace(mine))).kind, 'ask', 'a binding that is none');
  });

  it('of a profile with nothing but a token endpoint is bound to that', async () => {
    const { secrets } = open();
    const bare = (tokenEndpoint: string): Profile => {
      const profile = { ...machineProfile(), tokenEndpoint };
      delete (profile as { issuer?: string }).issuer;
      return profile;
    };
    await secrets.set(secretPlace(bare('https://as.example.com/a/token')), 's3cret');
    assert.equal(await secrets.use(secretPlace(bare('https://as.example.com/b/token'))), undefined);
    assert.equal(await secrets.use(secretPlace(bare('https://as.example.com/a/token'))), 's3cret');
  });

  it('entered for the user’s own profile is not used by a workspace’s with its id, until the user agrees', async () => {
    const { secrets, store } = open();
    await secrets.set(secretPlace(mine), 's3cret');
    const workspace = open({ standing: 'workspace', hidden: mine }, store).secrets;
    const found = await workspace.find(secretPlace(mine));
    assert.equal(found.kind === 'ask' && found.why, 'workspace');
    assert.equal(await workspace.use(secretPlace(mine)), undefined);
    assert.equal(await workspace.agree(secretPlace(mine)), 's3cret');
    assert.equal(await workspace.use(secretPlace(mine)), 's3cret');
    assert.equal(await secrets.use(secretPlace(mine)), 's3cret');
  });

  it('goes with what it is bound to', async () => {
    const { secrets, store, index } = open();
    await secrets.set(secretPlace(mine, endpoint), 's3cret');
    await secrets.agree(secretPlace(other));
    const tokens = new TokenStore({
      vault: store,
      index,
      clock: new ManualClock(0),
      onFailure: () => undefined,
    });
    await tokens.deleteProfile(mine);
    assert.deepEqual([...store.entries], []);
    await secrets.set(secretPlace(mine), 'new');
    await secrets.delete(secretPlace(mine));
    assert.equal(store.entries.has(`${secretKey(secretPlace(mine))}/bound`), false);
  });

  it('that replaces another is for the new server only', async () => {
    const { secrets } = open();
    await secrets.set(secretPlace(mine), 'old');
    await secrets.set(secretPlace(other), 'new');
    assert.equal(await secrets.use(secretPlace(mine)), undefined);
    assert.equal(await secrets.use(secretPlace(other)), 'new');
  });

  it('whose binding is not readable is asked for', async () => {
    for (const text of ['', 'null', '{}', '[]', '[1, null, {"issuer": 5}]', '[{"standing":"user"}]']) {
      const { secrets, store } = open();
      await secrets.set(secretPlace(mine), 's3cret');
      store.entries.set('machine@https://as.example.com/bound', text);
      assert.equal((await secrets.find(secretPlace(mine))).kind, 'ask', text);
    }
  });
});

describe('a client secret of 0.1.0', () => {
  const legacy = () => {
    const store = new LimitedStore();
    store.entries.set('machine@https://as.example.com', 's3cret');
    return store;
  };

  it('is used without a question, and bound to its server by that', async () => {
    for (const standing of ['user', 'workspace'] as const) {
      const { secrets } = open({ standing }, legacy());
      assert.equal(await secrets.use(secretPlace(mine, endpoint)), 's3cret');
      assert.equal(await secrets.use(secretPlace(mine, endpoint)), 's3cret');
      assert.equal(await secrets.use(secretPlace(other)), undefined);
    }
  });

  it('is not bound by looking: a form may be typing an address', async () => {
    const { secrets, store } = open({}, legacy());
    assert.equal((await secrets.find(secretPlace(other))).kind, 'stored');
    assert.equal(store.entries.size, 1);
    assert.equal(await secrets.use(secretPlace(mine)), 's3cret');
  });

  it('is not taken by a workspace’s profile that hides the user’s', async () => {
    const store = legacy();
    const { secrets } = open({ standing: 'workspace', hidden: mine }, store);
    assert.equal(await secrets.use(secretPlace(other)), undefined);
    assert.equal(await open({}, store).secrets.use(secretPlace(mine)), 's3cret');
  });

  it('is not taken by a workspace’s profile on the command line, where its host has several servers', async () => {
    const { secrets } = open({}, legacy());
    const standing = 'workspace' as const;
    const origin = 'https://as.example.com';
    const at = { id: 'machine', origin, standing };
    for (const place of [
      { ...at, issuer: `${origin}/realms/a` },
      { ...at, tokenEndpoint: `${origin}/token` },
      { ...at, issuer: origin, tokenEndpoint: `${origin}/realms/a/token` },
      { ...at, issuer: 'https://elsewhere.example.com' },
    ])
      assert.deepEqual(await secrets.find(place), { kind: 'ask', why: 'workspace', enteredFor: [] });
    for (const same of [origin, 'https://AS.example.com:443/'])
      assert.equal((await secrets.find({ ...at, issuer: same })).kind, 'stored');
  });

  it('is used although the keychain takes no more', async () => {
    const store = legacy();
    const { secrets } = open({}, store);
    store.set = () => Promise.reject(new Error('locked'));
    assert.equal(await secrets.use(secretPlace(mine)), 's3cret');
  });
});

describe('what a secret is bound to', () => {
  const place = secretPlace(mine, endpoint);
  const own = { issuer, tokenEndpoint: endpoint, standing: 'user' } as const;

  it('has no member for what is not known', () => {
    const { issuer: _, ...bare } = place;
    assert.deepEqual(bindingOf(secretPlace(mine), 'user'), { issuer, standing: 'user' });
    assert.deepEqual(bindingOf(bare, 'workspace'), { tokenEndpoint: endpoint, standing: 'workspace' });
  });

  it('is a workspace’s question only when none but the user’s own profile had it', () => {
    const elsewhere = { issuer: 'https://other.example', standing: 'workspace' } as const;
    assert.equal(coveredBy([own], place, 'workspace'), 'workspace');
    assert.equal(coveredBy([own, elsewhere], place, 'workspace'), 'server');
    assert.equal(coveredBy([elsewhere, own], place, 'user'), own);
  });

  it('is no question at a place that names no server', () => {
    const { id, origin } = place;
    assert.equal(coveredBy([own], { id, origin }, 'user'), own);
  });

  it('is compared letter by letter where it is no address', () => {
    const strange = { issuer: 'not an address', standing: 'user' } as const;
    assert.equal(coveredBy([strange], { ...place, issuer: 'not an address' }, 'user'), strange);
    assert.equal(coveredBy([strange], { ...place, issuer: 'not an address/' }, 'user'), 'server');
  });

  it('are the last 20 servers that the user agreed to', () => {
    const at = (number: number) => ({ issuer: `https://${number}.example`, standing: 'user' as const });
    let bindings = [at(0)];
    for (let number = 1; number <= 20; number++) bindings = withBinding(bindings, at(number)) as never;
    assert.deepEqual(
      bindings,
      Array.from({ length: 20 }, (_, number) => at(number + 1)),
    );
  });

  it('is read only where it says what a binding says', () => {
    for (const text of ['', 'x', 'null', '{}', '5']) assert.deepEqual(parseBindings(text), [], text);
    const bad = [
      { issuer: 5, tokenEndpoint: endpoint, standing: 'user' },
      { issuer, tokenEndpoint: null, standing: 'user' },
      { standing: 'user' },
      { issuer, standing: 'administrator' },
      { issuer },
    ];
    const good = [own, { issuer, standing: 'workspace' }, { tokenEndpoint: endpoint, standing: 'user' }];
    assert.deepEqual(parseBindings(JSON.stringify([...bad, ...good])), good);
  });

  it('is written only when something new is known', async () => {
    const store = new HookedStore();
    const secrets = new SecretStore(store, new AccountIndex(store));
    const writesOf = async (at: typeof place) => {
      store.accesses.length = 0;
      await secrets.use(at);
      return store.count('set', /bound$/);
    };
    assert.equal(await writesOf(place), 0, 'no secret');
    assert.deepEqual([...store.entries], []);
    await secrets.set(secretPlace(mine), 's3cret');
    assert.equal(await writesOf(secretPlace(mine)), 0, 'nothing learnt');
    assert.equal(await writesOf(place), 1, 'the endpoint learnt');
    assert.equal(await writesOf(place), 0, 'known');
    assert.deepEqual(parseBindings(store.entries.get(bindingKey(place))), [own]);
  });

  it('is, for a secret of 0.1.0 that a workspace’s profile asks for, the user’s own', async () => {
    const store = new LimitedStore();
    store.entries.set(secretKey(place), 's3cret');
    const { secrets } = open({ standing: 'workspace', hidden: mine }, store);
    const expected = { kind: 'ask', why: 'workspace', enteredFor: [{ issuer, standing: 'user' }] };
    assert.deepEqual(await secrets.find(place), expected);
    // Where no settings say where a profile stands, it is the user's.
    assert.equal(await new SecretStore(store, new AccountIndex(store)).use(place), 's3cret');
  });
});

it('the question names every origin that the secret goes to', () => {
  assert.deepEqual(secretDestinations(secretPlace(mine)), ['https://as.example.com']);
  assert.deepEqual(secretDestinations(secretPlace(mine, endpoint)), ['https://as.example.com']);
  assert.deepEqual(secretDestinations(secretPlace(mine, 'https://login.example.net/token')), [
    'https://as.example.com',
    'https://login.example.net',
  ]);
});

it('whatever was agreed to, a secret is used only at what was agreed to', async () => {
  const paths = fc.constantFrom('/a', '/b', '/c', '/a/');
  const step = fc.record({ path: paths, standing: fc.constantFrom('user' as const, 'workspace' as const) });
  await fc.assert(
    fc.asyncProperty(step, fc.array(step, { maxLength: 4 }), step, async (first, agreed, asked) => {
      const { secrets, store } = open();
      const place = ({ path, standing }: typeof asked) => ({
        ...secretPlace(machineProfile({ issuer: `https://as.example.com${path}` })),
        standing,
      });
      await secrets.set(place(first), 's3cret');
      for (const one of agreed) await secrets.agree(place(one));
      const same = (a: string, b: string) => a.replace(/\/$/u, '') === b.replace(/\/$/u, '');
      const isAgreed = [first, ...agreed].some(
        (one) =>
          same(one.path, asked.path) && (one.standing === 'workspace' || one.standing === asked.standing),
      );
      const reopened = open({}, store).secrets;
      assert.equal(await reopened.use(place(asked)), isAgreed ? 's3cret' : undefined);
    }),
  );
});
