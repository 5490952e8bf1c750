import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editText } from '../../../src/core/profile/editText.ts';
import { readSettings } from '../../../src/core/profile/readSettings.ts';
import { locateEntry } from '../../../src/core/profile/locateEntry.ts';

const entry = '{ "id": "b", // the second\n "scopes": ["x", "y z"], "tokenParameters": { "a": 1 } }';
const text = `{
  // profiles of this workspace
  "editor.tabSize": 2,
  "oauthExplorer.profiles": [
    { "id": "a", },
    ${entry},
  ],
}`;

function found(
  source: string,
  ...place: Parameters<typeof locateEntry> extends [string, ...infer Rest] ? Rest : never
) {
  const span = locateEntry(source, ...place);
  return span && source.slice(span.offset, span.offset + span.length);
}

describe('a place in a settings file', () => {
  it('is the entry itself, among comments and trailing commas', () => {
    assert.equal(found(text, 0), '{ "id": "a", }');
    assert.equal(found(text, 1), entry);
  });

  it('is a field with its name, an item of a list, a parameter', () => {
    assert.equal(found(text, 1, ['id']), '"id": "b"');
    assert.equal(found(text, 1, ['scopes', 1]), '"y z"');
    assert.equal(found(text, 1, ['tokenParameters', 'a']), '"a": 1');
  });

  it('is the nearest thing around what is not there', () => {
    assert.equal(found(text, 1, ['issuer']), entry);
    assert.equal(found(text, 1, ['scopes', 9]), '"scopes": ["x", "y z"]');
    assert.match(found(text, 7) ?? '', /^\[\s+\{ "id": "a"/);
    assert.match(found(text, -1) ?? '', /^\[\s+\{ "id": "a"/);
  });

  it('is found in a .code-workspace file, in nested objects and in a file that is being typed', () => {
    assert.equal(
      found('{"folders":[],"settings":{"oauthExplorer.profiles":[{"id":"a"}]}}', 0, ['id']),
      '"id":"a"',
    );
    assert.equal(found('{"oauthExplorer":{"profiles":[{"id":"a"}]}}', 0, ['id']), '"id":"a"');
    assert.equal(found('{"oauthExplorer.profiles":[{"id":"a", "name": ', 0, ['id']), '"id":"a"');
  });

  it('is nowhere in a file without the setting', () => {
    assert.equal(found('', 0), undefined);
    assert.equal(found('[]', 0), undefined);
    assert.equal(found('{"a": 1}', 0), undefined);
  });
});

describe('a setting that is written twice', () => {
  it('is the last one, as VS Code takes it, and is not changed', () => {
    const twice = '{ "oauthExplorer.profiles": [{ "id": "a" }], "oauthExplorer.profiles": [{ "id": "b" }] }';
    assert.equal(found(twice, 0), '{ "id": "b" }');
    assert.equal(JSON.stringify(readSettings(twice)), '{"value":[{"id":"b"}]}');
    assert.equal(
      editText(twice, () => []),
      undefined,
    );
  });
});
