import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseProfiles, type ProfileEntry } from '../../../src/core/profile/parseProfiles.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { serializeProfile } from '../../../src/core/profile/serializeProfile.ts';
import { profileFields as declared } from '../../../src/core/profile/fields/all.ts';
import { anyProfileJson } from './arbitraryProfile.ts';

const profileFields = declared.map(({ name }) => name);

const user = { scope: 'user' } as const;
const good = (id: string) => ({
  id,
  name: `Profile ${id}`,
  grant: 'client_credentials',
  issuer: 'https://as.example.com',
  clientId: 'c',
});
const ids = (entries: readonly ProfileEntry[]) =>
  entries.map((entry) => ('profile' in entry ? entry.profile.id : 'invalid'));

describe('the whole setting', () => {
  it('is empty when it was never set', () => {
    assert.deepEqual(parseProfiles(undefined, user), []);
    assert.deepEqual(parseProfiles([], user), []);
  });

  it('keeps every good entry beside bad ones of every type, in order and with its place', () => {
    const value = [good('a'), null, 7, 'x', [good('z')], {}, good('b'), true];
    const entries = parseProfiles(value, user);
    assert.deepEqual(ids(entries), [
      'a',
      'invalid',
      'invalid',
      'invalid',
      'invalid',
      'invalid',
      'b',
      'invalid',
    ]);
    assert.deepEqual(
      entries.map(({ index }) => index),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    assert.deepEqual(entries[2], {
      source: user,
      index: 2,
      problems: [{ path: [], message: 'A profile must be an object, not a number.' }],
      hints: [],
    });
  });

  it('is one invalid entry when it is no list', () => {
    const [entry] = parseProfiles({ a: good('a') }, user);
    assert.ok(entry && !('profile' in entry));
    assert.equal(entry.index, -1);
    assert.match(entry.problems[0]?.message ?? '', /must be a list of profiles, not an object/);
  });

  it('has no entry for nothing, and one for what is no list or too much', () => {
    const source = { scope: 'user' } as const;
    for (const nothing of [undefined, null]) assert.deepEqual(parseProfiles(nothing, source), []);
    const [wrong, ...more] = parseProfiles('x', source);
    assert.ok(wrong && 'problems' in wrong && more.length === 0);
    const shape = ({ problems, hints, ...place }: typeof wrong) => [
      problems.map(({ path }) => path),
      hints,
      place,
    ];
    assert.deepEqual(shape(wrong), [[[]], [], { source, index: -1 }]);
    const last = parseProfiles(
      Array.from({ length: 600 }, () => ({})),
      source,
    ).at(-1);
    assert.ok(last && 'problems' in last);
    assert.deepEqual(shape(last), [[[]], [], { source, index: 500 }]);
  });

  it('says of a duplicate which entry it is, at its id where it has one', () => {
    const entry = { name: 'A', grant: 'client_credentials', issuer: 'https://as.example.com', clientId: 'c' };
    const paths = parseProfiles([entry, entry, { ...entry, id: 'a' }], { scope: 'user' }).map((one) =>
      'problems' in one ? one.problems.map(({ path }) => path) : [],
    );
    assert.deepEqual(paths, [[], [[]], [['id']]]);
  });

  it('lets the first of two profiles with the same id be, whatever its case', () => {
    const entries = parseProfiles([good('a'), good('A'), { ...good('x'), id: undefined, name: 'a' }], user);
    assert.deepEqual(ids(entries), ['a', 'invalid', 'invalid']);
    const second = entries[1];
    assert.ok(second && !('profile' in second));
    assert.deepEqual(second.problems, [
      {
        path: ['id'],
        message: 'The id “A” is already that of entry 1. Give this profile an id of its own.',
      },
    ]);
  });

  it('an entry that is invalid and a duplicate says both', () => {
    const entry = parseProfiles([good('a'), { ...good('a'), grant: 'x' }], user)[1];
    assert.ok(entry && !('profile' in entry));
    assert.equal(entry.problems.length, 2);
    assert.equal(entry.name, 'Profile a');
  });

  it('reads 500 entries and says what happens to the rest', () => {
    const entries = parseProfiles(
      Array.from({ length: 100_000 }, (_, i) => good(`p${i}`)),
      user,
    );
    assert.equal(entries.length, 501);
    assert.equal(ids(entries).at(-1), 'invalid');
  });
});

describe('writing a profile', () => {
  it('writes only what differs from the defaults, in a fixed order', () => {
    const value = {
      clientId: 'c',
      redirectUri: 'http://127.0.0.1/callback',
      issuer: 'https://as.example.com',
      grant: 'authorization_code',
      name: 'Orders',
      clientAuthentication: 'none',
      scopes: [],
      resource: ['https://api.example.com'],
    };
    const entry = parseProfile(value);
    assert.ok('profile' in entry);
    assert.equal(
      JSON.stringify(serializeProfile(entry.profile)),
      '{"id":"orders","name":"Orders","grant":"authorization_code","issuer":"https://as.example.com","clientId":"c","resource":"https://api.example.com"}',
    );
  });

  it('gives the same profile again when it is read, for any profile', () => {
    fc.assert(
      fc.property(anyProfileJson, (value) => {
        const entry = parseProfile(value);
        assert.ok('profile' in entry, JSON.stringify(entry));
        const again = parseProfile(JSON.parse(JSON.stringify(serializeProfile(entry.profile))));
        assert.ok('profile' in again);
        assert.deepEqual(again.profile, entry.profile);
        assert.deepEqual(serializeProfile(again.profile), serializeProfile(entry.profile));
      }),
    );
  });
});

describe('hostile settings', () => {
  const key = fc.oneof(
    fc.constantFrom(...profileFields),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'),
    fc.string(),
  );
  const entry = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 })).map((value) => JSON.stringify(value));

  it('never throw, never change a prototype, and are either a profile or have problems with short messages', () => {
    fc.assert(
      fc.property(fc.array(entry), (texts) => {
        const value = JSON.parse(`[${texts.join()}]`) as unknown;
        for (const parsed of parseProfiles(value, user)) {
          if (!('profile' in parsed)) assert.ok(parsed.problems.length > 0);
          const said = [...parsed.hints, ...('profile' in parsed ? [] : parsed.problems)];
          // eslint-disable-next-line no-control-regex -- control characters are what must not be there
          for (const { message } of said) assert.match(message, /^[^\x00-\x1f\u202a-\u202e]{1,400}$/u);
        }
        assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('keep a parameter named __proto__ a parameter', () => {
    const value = JSON.parse(
      '{"id":"a","grant":"client_credentials","issuer":"https://a","clientId":"c","tokenParameters":{"__proto__":"polluted"}}',
    ) as unknown;
    const parsed = parseProfile(value);
    assert.ok('profile' in parsed);
    assert.deepEqual(Object.entries(parsed.profile.tokenParameters), [['__proto__', 'polluted']]);
    assert.equal(Object.getPrototypeOf(parsed.profile.tokenParameters), Object.prototype);
  });

  it('of a megabyte in every field are refused with short messages', () => {
    const megabyte = 'x'.repeat(1_000_000);
    const value = Object.fromEntries([...profileFields, megabyte].map((field) => [field, megabyte]));
    const parsed = parseProfile(value);
    assert.ok(!('profile' in parsed));
    for (const { message } of [...parsed.problems, ...parsed.hints]) assert.ok(message.length < 400, message);
  });
});
