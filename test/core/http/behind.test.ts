import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGenerated, redactBehind } from '../../../src/core/http/redactBehind.ts';

const made = 'q7Rk2vXb9LmN4pTs';
const uuid = '3f2b8c1e-9d47-4a6b-8e21-5c0f7a9b3d64';

/** What a text is, the text, and what is masked of it: nothing, where that is absent. */
type Row = readonly [what: string, text: string, secret?: string];

const rows: readonly Row[] = [
  ['a generated word behind a blank', `the token ${made} is old`, made],
  ['one in quotes and brackets', `define('PASSWORD', '${made}')`, made],
  ['one behind an arrow and a quote', `token -> '${made}'`, made],
  ['with nothing but a comma between, a list', `token,${made}`],
  ['the same with blanks before', `this is a token,${made}`],
  ['behind what is no secret', `the region ${made}`],
  ['a password in quotes that has a type', 'const password: string = "hunter2-x";', 'hunter2-x'],
  ['the same with much behind it', `const password: string = "hunter2-x";${' '.repeat(300)}`, 'hunter2-x'],
  ['a word without a digit', 'const password: string = "correcthorse";'],
  ['a number', 'const password: string = "12345678";'],
  ['what is masked already', 'const password: string = "…ab12cd34";'],
  ['a password that begins with a capital', '("token", "Hunter2-xyz")', 'Hunter2-xyz'],
  ['one in small letters might be a name', '("token", "hunter2-xyz")'],
  ['a number in a path behind a reset', `/reset/${uuid}`, uuid],
  ['what only ends so', `/preset/${uuid}`],
  ['what only begins so', `/reset-list/${uuid}`],
  ['a number behind the name of a secret', `/api-key/${uuid}`, uuid],
  ['a secret of a ticket', `/ticket-secret/${uuid}`, uuid],
  ['the number of a key, which is no secret', `/key/${uuid}`],
  ['a generated word behind a hook, whatever stands between', `/services/T024BE7LH/B024BE7LD/${made}`, made],
  ['one right behind the name of a secret', `/token/${made}`, made],
  ['one that belongs to something of that name', `/token/T024BE7LH/${made}`],
];

describe('a secret that stands behind its name', () => {
  for (const [what, text, secret] of rows)
    it(`${what}: is ${secret === undefined ? 'seen' : 'masked'}`, () => {
      const told: string[] = [];
      const shown = redactBehind(text, (one) => told.push(one));
      assert.deepEqual(told, secret === undefined ? [] : [secret]);
      if (secret === undefined) assert.equal(shown, text);
      else assert.ok(!shown.includes(secret) && shown.includes('…'), shown);
    });

  it('is told by its first 300 characters', () => {
    assert.equal(isGenerated(`${'0a'.repeat(150)}, and so on`), true);
    assert.equal(isGenerated(`${'0a'.repeat(149)}, and so on`), false);
  });
});
