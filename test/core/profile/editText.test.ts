import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { addEntry, removeEntry, replaceEntry } from '../../../src/core/profile/editEntries.ts';
import { editText, hasComments } from '../../../src/core/profile/editText.ts';
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
    const edited = editText(text, (value) => addEntry(value, machineProfile({ id: 'new' }))) ?? '';
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
  });

  it('keeps its line ends and tabs', () => {
    const tabbed = text.replaceAll('    ', '\t').replaceAll('\n', '\r\n');
    const edited = editText(tabbed, (value) => addEntry(value, machineProfile({ id: 'new' }))) ?? '';
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
