import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Access } from '../../../src/core/access/access.ts';
import { parseContract } from '../../../src/core/contract/parseContract.ts';
import { productLists } from '../../../src/core/productLists.ts';
import { mergeEnvironments, parseEnvironments, variablesOf } from '../../../src/core/profile/environments.ts';
import { mergeProfiles } from '../../../src/core/profile/mergeProfiles.ts';
import { hasUnprintable } from '../../../src/core/profile/problem.ts';
import { parseProfiles } from '../../../src/core/profile/parseProfiles.ts';
import { assertLinear } from '../pump/linear.ts';

const source = { scope: 'workspace' } as const;
const long = 'x'.repeat(1 << 14);
const deep = (length: number) => JSON.parse('['.repeat(length) + ']'.repeat(length)) as unknown;
const texts = [
  ...['', ' ', '__proto__', 'constructor', 'toString', '[a](command:x)', '<img src=x onerror=alert(1)>'],
  ...[
    'a\u202egpj',
    'a\u0000b',
    '\ud800',
    'a\nb',
    '\u200b',
    '${',
    '${a}',
    '${__proto__}',
    '${constructor}',
    '$(zap)',
  ],
  ...[
    'javascript:alert(1)',
    'https://a\\@b',
    'https://[::1%25eth0]/',
    'http://a b/',
    long,
    `https://a/${long}`,
  ],
  ...['${a}'.repeat(1 << 12), '/'.repeat(1 << 14), '%'.repeat(1 << 14)],
];
const values: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, Number.NaN, [], {}, [[]], [null], [{}], { a: null }, deep(1000)],
  ...texts,
  ...texts.map((text) => [text, text]),
  ...texts.map((text) => Object.fromEntries([[text, text]])),
  Array.from({ length: 500 }, (_, at) => `scope${at}`),
  Array.from({ length: 500 }, () => 1),
  Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`name${at}`, at])),
  JSON.parse('{"__proto__":{"a":"b"},"constructor":{"prototype":{}},"toString":1}') as unknown,
];
const sound = { id: 'a', name: 'A', grant: 'client_credentials', issuer: 'https://a.example', clientId: 'c' };
const variables = variablesOf(
  parseEnvironments(JSON.parse('{"dev":{"a":"b","__proto__":"c","constructor":"d"}}'), source),
  'dev',
);

/** Sentences of a length that can be read, and few enough, without what hides or reorders text. */
function assertSentences(messages: readonly string[]): void {
  assert.ok(messages.length <= 250, `${messages.length} messages`);
  for (const message of messages) {
    assert.ok(message.length < 700 && /(?:[.?!]| _ \. -)$/.test(message), message.slice(0, 900));
    assert.ok(!hasUnprintable(message), JSON.stringify(message));
  }
}

describe('settings that a workspace brings along', () => {
  const fields = [...productLists.fields.map(({ name }) => name), 'nothing', '__proto__', long];
  for (const name of fields)
    it(`are refused in sentences, or harmless: ${name.slice(0, 30)}`, () => {
      for (const value of values) {
        const entry = { ...sound, ...Object.fromEntries([[name, value]]) };
        const read = parseProfiles([entry], source, variables);
        const { profiles, invalid } = mergeProfiles([read]);
        assert.equal(profiles.length + invalid.length, 1);
        for (const { profile } of profiles) assert.ok(!hasUnprintable(profile.name + profile.id));
        for (const { hints, ...rest } of read)
          assertSentences(
            [...hints, ...('problems' in rest ? rest.problems : [])].map(({ message }) => message),
          );
      }
    });

  it('are profiles of any number, each id once', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({ ...sound, id: at % 2 ? 'same' : `p${at}` }));
    const read = parseProfiles(many, source);
    assert.ok(read.length < 1000);
    const { profiles, invalid } = mergeProfiles([read, read, read]);
    assert.equal(new Set(profiles.map(({ profile }) => profile.id)).size, profiles.length);
    assertSentences(invalid.slice(0, 200).flatMap(({ problems }) => problems.map(({ message }) => message)));
  });

  it('are environments of any shape', () => {
    for (const value of [
      ...values,
      ...values.map((one) => ({ dev: one })),
      ...values.map((one) => ({ dev: { a: one } })),
    ]) {
      const list = mergeEnvironments([parseEnvironments(value, source)]);
      assertSentences(list.problems.map(({ message }) => message));
      parseProfiles([{ ...sound, issuer: 'https://${a}' }], source, variablesOf(list, 'dev'));
    }
  });

  it('are environments of any number', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`n${at}`, 1]));
    for (const value of [
      many,
      { dev: many },
      Object.fromEntries(Object.keys(many).map((name) => [name, many])),
    ]) {
      const { problems } = parseEnvironments(value, source);
      assertSentences(problems.map(({ message }) => message));
    }
  });

  it('are contracts of any shape', () => {
    const places = [
      (value: unknown) => value,
      (value: unknown) => ({ profiles: value }),
      (value: unknown) => ({ servers: value }),
      (value: unknown) => ({ profiles: { a: value } }),
      (value: unknown) => ({ profiles: { a: { checks: value } } }),
      (value: unknown) => ({ profiles: { a: { checks: { pkce: value } } } }),
      (value: unknown) => ({ profiles: { a: { scopes: value, lifetimes: value, register: value } } }),
    ];
    for (const value of values)
      for (const place of places) {
        const { problems } = parseContract(JSON.stringify(place(value)));
        assertSentences(problems.map(({ message }) => message));
      }
  });

  it('are what was kept about access, of any shape', async () => {
    for (const value of [
      ...values,
      values,
      values.map((one) => ({ caller: one, profile: one, server: one, answer: one })),
    ]) {
      const access = new Access({
        read: () => value,
        write: () => Promise.resolve(),
        vault: { get: () => Promise.resolve('round'), set: () => Promise.resolve() },
      });
      assert.deepEqual(await access.list(), []);
      await access.forget('a');
    }
  });

  const numbered = (part: (n: number) => string) => (length: number) => {
    const parts: string[] = [];
    for (let n = 0, size = 0; size < length; n++) {
      const next = part(n);
      parts.push(next);
      size += next.length + 1;
    }
    return parts.join(',');
  };
  const contracts: Readonly<Record<string, (length: number) => string>> = {
    'members that there are not': (length) => `{${numbered((n) => `"n${n}":1`)(length)}}`,
    'checks that there are not': (length) =>
      `{"profiles":{"a":{"checks":{${numbered((n) => `"pkce.n${n}":"pass"`)(length)}}}}}`,
    'names that are one long word': (length) =>
      `{"profiles":{"a":{"checks":{"${'p'.repeat(length)}":"pass"}}}}`,
    lines: (length) => `{"profiles":{"a":{"checks":{${numbered((n) => `\n"n${n}":1`)(length)}}}}}`,
    profiles: (length) => `{"profiles":{${numbered((n) => `"p${n}":{"checks":{"x":1}}`)(length)}}}`,
  };
  for (const [name, write] of Object.entries(contracts))
    it(`are contracts, read in linear time: ${name}`, () => {
      assertLinear(name, write, parseContract, 1 << 18);
    });
});
