import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addEntries, removeEntry, replaceEntry, saveEntries } from '../../../src/core/profile/editEntries.ts';
import { mergeProfiles } from '../../../src/core/profile/mergeProfiles.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { parseProfiles } from '../../../src/core/profile/parseProfiles.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { anyProfileJson } from './arbitraryProfile.ts';

const junk = [null, 7, 'text', { name: 'Broken', grant: 'password' }, { id: 'machine', grant: 'x' }];
const machine = {
  comment: 'the one for the nightly job',
  clientId: 'machine-client',
  id: 'machine',
  name: 'Machine',
  grant: 'client_credentials',
  clientAuthentication: 'client_secret_basic',
  issuer: 'https://as.example.com',
  scopes: ['orders.read'],
};

describe('changing the setting', () => {
  it('adds at the end and leaves everything else as it is', () => {
    assert.deepEqual(addEntries(undefined, machineProfile()), [
      {
        id: 'machine',
        name: 'Machine',
        grant: 'client_credentials',
        issuer: 'https://as.example.com',
        clientId: 'machine-client',
        scopes: ['orders.read'],
      },
    ]);
    assert.deepEqual(addEntries(junk, machineProfile()).slice(0, -1), junk);
  });

  it('adds none with the id of one that is there, or twice', () => {
    const there = addEntries(undefined, machineProfile());
    const twice = /There is a profile machine in these settings by now, so nothing was changed/;
    assert.throws(() => addEntries(there, { ...machineProfile(), name: 'Other' }), twice);
    assert.throws(
      () => saveEntries([], [{ profile: machineProfile() }, { profile: machineProfile() }]),
      twice,
    );
  });

  it('saves several at once, those that replace in their place, and none when one of them is not there', () => {
    const other = { ...machineProfile(), id: 'other', name: 'Other' };
    const renamed = { ...machineProfile(), name: 'Renamed' };
    const saved = saveEntries(
      [...junk, machine],
      [{ profile: other }, { profile: renamed, replaces: 'machine' }],
    );
    assert.deepEqual(saved.slice(0, junk.length), junk);
    assert.deepEqual(
      saved.slice(junk.length).map((entry) => (entry as { name: string }).name),
      ['Renamed', 'Other'],
    );
    assert.throws(
      () => saveEntries(junk, [{ profile: other }, { profile: renamed, replaces: 'machine' }]),
      /no longer/,
    );
  });

  it('replaces one entry, keeps its order, its written defaults and what is not ours', () => {
    const changed = replaceEntry(
      [...junk, machine, 'after'],
      'machine',
      machineProfile({ name: 'Nightly', scopes: [], audience: 'api' }),
    );
    assert.deepEqual(changed.slice(0, junk.length), junk);
    assert.equal(changed.at(-1), 'after');
    assert.equal(
      JSON.stringify(changed.at(-2)),
      '{"comment":"the one for the nightly job","clientId":"machine-client","id":"machine","name":"Nightly","grant":"client_credentials",' +
        '"clientAuthentication":"client_secret_basic","issuer":"https://as.example.com","audience":"api"}',
    );
  });

  it('replaces any profile by any other so that it is read back', () => {
    const profileOf = (value: unknown): Profile => {
      const entry = parseProfile(value);
      assert.ok('profile' in entry);
      return entry.profile;
    };
    fc.assert(
      fc.property(anyProfileJson, anyProfileJson, (before, after) => {
        const profile = profileOf(after);
        const [entry] = replaceEntry([before], profileOf(before).id, profile);
        assert.deepEqual(profileOf(JSON.parse(JSON.stringify(entry))), profile);
      }),
    );
  });

  it('removes one entry and nothing else', () => {
    assert.deepEqual(removeEntry([...junk, machine, 'after'], 'machine'), [...junk, 'after']);
  });

  it('says so when the entry has gone or the setting is no list', () => {
    assert.throws(
      () => removeEntry(junk, 'machine'),
      /machine is no longer in these settings, so nothing was changed/,
    );
    assert.throws(() => addEntries({}, machineProfile()), /is an object and no list, so nothing was changed/);
  });
});

describe('profiles of several settings', () => {
  const user = { scope: 'user' } as const;
  const workspace = { scope: 'workspace' } as const;
  const entries = (values: unknown[], source: typeof user | typeof workspace) =>
    parseProfiles(values, source);

  it('of the workspace take the place of the user’s with the same id, and say so', () => {
    const list = mergeProfiles([
      entries([machine, { ...machine, id: 'other' }], user),
      entries(
        [
          { ...machine, id: 'Machine', clientId: 'theirs' },
          { ...machine, id: 'third' },
        ],
        workspace,
      ),
    ]);
    assert.deepEqual(
      list.profiles.map(({ profile, source, overrides }) => [profile.id, source.scope, overrides?.scope]),
      [
        ['Machine', 'workspace', 'user'],
        ['other', 'user', undefined],
        ['third', 'workspace', undefined],
      ],
    );
    assert.deepEqual(
      list.profiles.map(({ hidden }) => hidden?.id),
      ['machine', undefined, undefined],
    );
    assert.deepEqual(
      list.profiles.map((one) => ('users' in one ? one.users.clientId : 'none')),
      [machine.clientId, 'none', 'none'],
    );
    const theirs = mergeProfiles([entries([machine], workspace), entries([machine], workspace)]).profiles;
    assert.deepEqual(
      theirs.map((one) => 'users' in one),
      [false],
    );
  });

  it('stay usable when the workspace’s entry of that id is invalid', () => {
    const list = mergeProfiles([entries([machine], user), entries([{ ...machine, grant: 'x' }], workspace)]);
    assert.deepEqual(
      list.profiles.map(({ source }) => source),
      [user],
    );
    assert.deepEqual(
      list.invalid.map(({ id, source, index }) => [id, source, index]),
      [['machine', workspace, 0]],
    );
  });

  it('hold for a user’s and a machine’s profile alike', () => {
    const list = mergeProfiles([entries([...addEntries([], userProfile(), machineProfile())], user)]);
    assert.deepEqual(
      list.profiles.map(({ profile }) => profile),
      [userProfile(), machineProfile()],
    );
  });
});
