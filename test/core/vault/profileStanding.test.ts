import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mergeEnvironments, parseEnvironments, variablesOf } from '../../../src/core/profile/environments.ts';
import { mergeProfiles } from '../../../src/core/profile/mergeProfiles.ts';
import { parseProfiles } from '../../../src/core/profile/parseProfiles.ts';
import { secretPlace } from '../../../src/core/profile/profile.ts';
import type { ProfileSource } from '../../../src/core/profile/profileSource.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { standingOf } from '../../../src/core/vault/profileStanding.ts';
import { SecretStore } from '../../../src/core/vault/secretStore.ts';
import { LimitedStore } from '../../support/limitedStore.ts';

const user: ProfileSource = { scope: 'user' };
const workspace: ProfileSource = { scope: 'workspace' };
const folder: ProfileSource = { scope: 'folder', folder: 'file:///repo' };
const mine = 'https://as.example.com/realms/mine';
const other = 'https://as.example.com/realms/other';

interface Settings {
  readonly source: ProfileSource;
  readonly profiles?: unknown;
  readonly environments?: unknown;
}

/** The secrets as a window with these settings has them, and the place of a profile's in an environment. */
function open(store: LimitedStore, ...all: readonly Settings[]) {
  const environments = mergeEnvironments(all.map((one) => parseEnvironments(one.environments, one.source)));
  const list = (environment?: string) =>
    mergeProfiles(
      all.map((one) => parseProfiles(one.profiles, one.source, variablesOf(environments, environment))),
    ).profiles;
  const find = (id: string, environment?: string) =>
    list(environment).find(({ profile }) => profile.id === id);
  const secrets = new SecretStore(store, new AccountIndex(store), (...whose) => standingOf(find(...whose)));
  const place = (id = 'orders', environment?: string) => {
    const stored = find(id, environment);
    assert.ok(stored);
    return secretPlace(stored.profile);
  };
  return { secrets, place };
}

const entry = (issuer: string, more: object = {}) => ({
  ...{ id: 'orders', name: 'Orders', grant: 'client_credentials', issuer, clientId: 'c' },
  ...more,
});
const varied = { source: user, profiles: [entry('${issuer}')], environments: { prod: { issuer: mine } } };

it('a profile that is in no settings stands nowhere, and hides none', () => {
  assert.equal(standingOf(undefined), undefined);
  const [stored] = mergeProfiles([parseProfiles([entry(mine)], user)]).profiles;
  assert.deepEqual(standingOf(stored), { standing: 'user' });
});

describe('a secret that was entered for the user’s own profile', () => {
  for (const [what, theirs] of [
    ['leads to another server of the host', { PROD: { issuer: other } }],
    ['says the same', { prod: { issuer: mine } }],
  ] as const)
    it(`is not used when a workspace’s environment of the same name ${what}`, async () => {
      const store = new LimitedStore();
      const before = open(store, varied);
      await before.secrets.set(before.place(), 's3cret');
      const now = open(store, varied, { source: workspace, environments: theirs });
      for (const name of ['prod', 'PROD', undefined]) {
        const found = await now.secrets.find(now.place('orders', name));
        assert.equal(found.kind === 'ask' && found.why, 'workspace');
        assert.equal(await now.secrets.use(now.place('orders', name)), undefined);
      }
      assert.equal(await before.secrets.use(before.place()), 's3cret', 'outside of that workspace');
    });

  it('is not used when a workspace’s profile takes its place, with values of the user’s or its own', async () => {
    const store = new LimitedStore();
    const before = open(store, varied);
    await before.secrets.set(before.place(), 's3cret');
    for (const profiles of [[entry('${issuer}')], [entry('${issuer}', { clientId: 'd' })], [entry(mine)]]) {
      const now = open(store, varied, { source: workspace, profiles });
      assert.equal(await now.secrets.use(now.place()), undefined);
    }
  });

  it('is not used in an environment that only the workspace has', async () => {
    const store = new LimitedStore();
    const before = open(store, varied);
    await before.secrets.set(before.place(), 's3cret');
    const now = open(store, varied, { source: workspace, environments: { stage: { issuer: mine } } });
    assert.equal((await now.secrets.find(now.place('orders', 'stage'))).kind, 'none');
    assert.equal(await now.secrets.use(now.place('orders', 'prod')), 's3cret', 'the user’s own stays');
  });

  it('in 0.1.0 is not used by a folder’s profile behind a workspace’s, nor by the second of one file', async () => {
    for (const hiding of [
      [
        { source: workspace, profiles: [entry(other)] },
        { source: folder, profiles: [entry(other)] },
      ],
      [{ source: workspace, profiles: [entry(other), entry(other)] }],
      [
        { source: workspace, profiles: [entry(other, { id: 'ORDERS' })] },
        { source: folder, profiles: [entry(other)] },
      ],
    ]) {
      const store = new LimitedStore();
      store.entries.set('orders@https://as.example.com', 's3cret');
      const settings: Settings = { source: user, profiles: [entry(mine)] };
      const now = open(store, settings, ...hiding);
      const found = await now.secrets.find(now.place());
      assert.equal(found.kind === 'ask' && found.why, 'workspace');
      assert.equal(await open(store, settings).secrets.use(secretPlace(entry(mine) as never)), 's3cret');
    }
  });
});
