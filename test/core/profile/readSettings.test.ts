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
    ['without the setting', '{ "editor.fontSize": 12 }', undefined],
  ];
  for (const [name, text, value] of forms)
    it(`is read ${name}`, () =>
      // jsonc-parser's objects inherit nothing.
      assert.deepEqual(structuredClone(readSettings(text)), { value }));

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['a missing brace', '{\n  "oauthExplorer.profiles": [\n', /^line 3, column 1: /],
    ['a stray word', '{\n  "a": yes\n}', /^line 2, column 8: invalid symbol$/],
    ['nothing', '', /^line 1, column 1: |^it is empty$/],
    ['brackets without end', '['.repeat(longestSettings / 4), /nested too deeply|^line 1/],
    ['a book', ' '.repeat(longestSettings + 1), /more than 4 million characters/],
  ];
  for (const [name, text, problem] of wrong)
    it(`is refused with a reason: ${name}`, () => {
      const read = readSettings(text);
      assert.match('problem' in read ? read.problem : '', problem);
    });
});
