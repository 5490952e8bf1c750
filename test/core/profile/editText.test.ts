import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { addEntries, removeEntry, replaceEntry } from '../../../src/core/profile/editEntries.ts';
import { editText, hasComments, isWhole } from '../../../src/core/profile/editText.ts';
import { machineProfile } from '../../support/profiles.ts';

const text = `{
    // how I like it
    "editor.tabSize": 2,
    "oauthExplorer.profiles": [
        // the nightly job
        {
            "id": "machine", // never change this
            "grant": "client_credentials",
            "issuer": "https://as.example.com",
            "clientId": "machine-client",
            "scopes": ["orders.read"], /* ask Ann for more */
        },
        { "id": "broken" }, // to be repaired
    ],
}
`;

const valueOf = (settings: string) =>
  (parse(settings, [], { allowTrailingComma: true }) as Record<string, unknown>)['oauthExplorer.profiles'];

describe('a settings file with comments in the setting', () => {
  it('keeps them all when a field is changed, added and removed', () => {
    const profile = machineProfile({ name: 'machine', scopes: [], audience: 'api' });
    assert.equal(
      editText(text, (value) => replaceEntry(value, 'machine', profile)),
      text.replace(
        '            "scopes": ["orders.read"], /* ask Ann for more */\n',
        '            "name": "machine",\n            "audience": "api", /* ask Ann for more */\n',
      ),
    );
  });

  it('keeps them all when an entry is added', () => {
    const edited = editText(text, (value) => addEntries(value, machineProfile({ id: 'new' }))) ?? '';
    for (const comment of text.match(/\/\/.*|\/\*.*\*\//g) ?? [])
      assert.ok(edited.includes(comment), comment);
    assert.equal((valueOf(edited) as unknown[]).length, 3);
  });

  it('keeps those of the others when an entry is removed', () => {
    const edited = editText(text, (value) => removeEntry(value, 'machine')) ?? '';
    assert.equal(
      edited,
      `{
    // how I like it
    "editor.tabSize": 2,
    "oauthExplorer.profiles": [
        // the nightly job
        { "id": "broken" }, // to be repaired
    ],
}
`,
    );
  });

  it('is recognised, and one with comments elsewhere is not', () => {
    assert.equal(hasComments(text), true);
    assert.equal(hasComments('{ // here\n "oauthExplorer.profiles": [{"a": "// no"}] /* there */ }'), false);
    assert.equal(hasComments(''), false);
    assert.equal(hasComments('{ "a": [1] // here\n }'), false);
    assert.equal(hasComments('{ "oauthExplorer.profiles": /* before */[]/* behind */ }'), false);
    assert.equal(hasComments('{ "oauthExplorer.profiles": [/* in it */] }'), true);
  });

  it('goes to its end, or was cut', () => {
    assert.deepEqual([text, '[]', text.slice(0, -3), '['].map(isWhole), [true, true, false, false]);
  });

  it('loses no more than an entry and its comma, wherever they stand', () => {
    const cases = [
      ['[1, 2, 3]', 1, '[1,  3]'],
      ['[1, 2, 3]', 2, '[1, 2 ]'],
      ['[1,\n  2,\n  3\n]', 2, '[1,\n  2\n]'],
      ['[1,\r\n\t2,\r\n\t3\r\n]', 1, '[1,\r\n\t3\r\n]'],
      ['[1 /* one */, 2 /* two */]', 0, '[ /* one */ 2 /* two */]'],
      ['[1, /* two: */ 2 // behind\n]', 1, '[1 /* two: */  // behind\n]'],
      ['[\n  1, 2\n]', 0, '[\n   2\n]'],
      ['[1]', 0, '[]'],
    ] as const;
    for (const [before, index, after] of cases)
      assert.equal(
        editText(`{"oauthExplorer.profiles": ${before}}`, (value) =>
          (value as unknown[]).toSpliced(index, 1),
        ),
        `{"oauthExplorer.profiles": ${after}}`,
        before,
      );
  });

  it('is written anew where it was no list, or much changed', () => {
    for (const before of ['5', '{"a": 1}', 'null', '[1, 2, 3]', '[[1], {"b": 2}]']) {
      const edited = editText(`{"oauthExplorer.profiles": ${before}}`, () => [{ a: 1 }]) ?? '';
      assert.deepEqual(valueOf(edited), [{ a: 1 }], before);
    }
    const same = '{"oauthExplorer.profiles": [ {"a" :1} , 2 ]}';
    assert.equal(
      editText(same, (value) => value as unknown[]),
      same,
    );
    const changed = editText(same, () => [{ a: 1 }, [5]]) ?? '';
    assert.ok(changed.startsWith('{"oauthExplorer.profiles": [ {"a" :1} , ['));
    assert.deepEqual(valueOf(changed), [{ a: 1 }, [5]]);
  });

  it('is indented as its first indented line is', () => {
    for (const indent of ['   ', '\t']) {
      const before = `{\n${indent}"a": "x  y",\n${indent}"oauthExplorer.profiles": []\n}`;
      const after = editText(before, () => [1]);
      assert.equal(after, before.replace('[]', `[\n${indent}${indent}1\n${indent}]`));
    }
  });

  it('keeps its line ends and tabs', () => {
    const tabbed = text.replaceAll('    ', '\t').replaceAll('\n', '\r\n');
    const edited = editText(tabbed, (value) => addEntries(value, machineProfile({ id: 'new' }))) ?? '';
    assert.doesNotMatch(edited, /[^\r]\n|^ +/m);
  });

  it('is left to VS Code when it is not well-formed or has no such setting', () => {
    assert.equal(
      editText('{ "oauthExplorer.profiles": [ {,} ] }', () => []),
      undefined,
    );
    assert.equal(
      editText('{}', () => []),
      undefined,
    );
  });

  it('holds exactly the changed value, whatever was changed', () => {
    const entry = fc.oneof(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue()), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), fc.array(entry, { maxLength: 4 }), (from, to) => {
        // jsonc-parser, as VS Code itself, takes a field of this name for the object's prototype.
        fc.pre(!JSON.stringify([from, to]).includes('__proto__'));
        const [before, after] = [from, to].map((one) => JSON.parse(JSON.stringify(one)) as unknown[]);
        const file = `{ // x\n "oauthExplorer.profiles": ${JSON.stringify(before, undefined, 2)} }`;
        const edited = editText(file, () => after ?? []) ?? '';
        assert.deepEqual(JSON.parse(JSON.stringify(valueOf(edited))), after);
        assert.match(edited, /^\{ \/\/ x\n/);
      }),
    );
  });

  it('takes out and puts in fields that have the name of something every object inherits', () => {
    const change = (from: unknown, to: unknown) =>
      editText(`{"oauthExplorer.profiles": ${JSON.stringify([from])} }`, () => [to]) ?? '';
    for (const name of ['toString', 'constructor', 'hasOwnProperty', 'valueOf']) {
      assert.deepEqual(JSON.parse(change({ [name]: [] }, {})), { 'oauthExplorer.profiles': [{}] });
      assert.deepEqual(JSON.parse(change({}, { [name]: 1 })), { 'oauthExplorer.profiles': [{ [name]: 1 }] });
    }
  });

  it('holds exactly the changed value when one entry was taken out', () => {
    const entry = fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(3));
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), fc.nat(4), (from, at) => {
        const before = JSON.parse(JSON.stringify(from)) as unknown[];
        const after = before.toSpliced(at % before.length, 1);
        const file = `{"oauthExplorer.profiles": ${JSON.stringify(before)} }`;
        assert.deepEqual(JSON.parse(editText(file, () => after) ?? ''), { 'oauthExplorer.profiles': after });
      }),
    );
  });
});
