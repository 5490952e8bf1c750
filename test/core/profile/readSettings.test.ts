import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { longestSettings, readSettings } from '../../../src/core/profile/readSettings.ts';

const list = [{ id: 'orders' }];

describe('the text of a settings file', () => {
  const forms: readonly (readonly [string, string, unknown])[] = [
    ['as VS Code writes it', '{ "oauthExplorer.profiles": [{ "id": "orders" }] }', list],
    [
      'with comments and trailing commas',
      '{\n// "mine"\n"a": 1,\n/* [ */ "oauthExplorer.profiles": [{ "id": "orders", },],\n}',
      list,
    ],
    ['as nested objects', '{ "oauthExplorer": { "profiles": [{ "id": "orders" }] } }', list],
    [
      'of a workspace',
      '{ "folders": [], "settings": { "oauthExplorer.profiles": [{ "id": "orders" }] } }',
      list,
    ],
    ['that is the list itself', '[{ "id": "orders" }]', list],
    ['with a byte order mark', '\ufeff[{ "id": "orders" }]', list],
    ['with a mark that is part of a text', '["a\ufeff"]', ['a\ufeff']],
    ['without the setting', '{ "editor.fontSize": 12 }', undefined],
  ];
  for (const [name, text, value] of forms)
    it(`is read ${name}`, () =>
      // jsonc-parser's objects inherit nothing.
      assert.deepEqual(structuredClone(readSettings(text)), { value }));

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['a missing brace', '{\n  "oauthExplorer.profiles": [\n', /^line 3, column 1: /],
    ['a stray word', '{\n  "a": yes\n}', /^line 2, column 8: invalid symbol$/],
    ['nothing', '', /^it is empty$/],
    ['nothing but blanks', ' \n ', /^it is empty$/],
    ['a comment alone', '// mine\n', /^it is empty$/],
    ['a stray comma', ' ,\n', /^line 1, column 2: /],
    ['many brackets', '['.repeat(5000), /^its brackets are nested too deeply$/],
    ['brackets without end', '['.repeat(longestSettings / 4), /nested too deeply|^line 1/],
    ['a book', ' '.repeat(longestSettings + 1), /more than 4 million characters/],
  ];
  it('is read up to 4 million characters, and a list only for the profiles', () => {
    assert.deepEqual(readSettings(`[]${' '.repeat(longestSettings - 2)}`), { value: [] });
    assert.deepEqual(readSettings('[1]', 'oauthExplorer.environments'), { value: undefined });
  });

  for (const [name, text, problem] of wrong)
    it(`is refused with a reason: ${name}`, () => {
      const read = readSettings(text);
      assert.match('problem' in read ? read.problem : '', problem);
    });
});
