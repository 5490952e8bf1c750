import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { applyEdits } from '../../../src/core/httpFile/textEdit.ts';
import { findLeaks } from '../../../src/core/leaks/findLeaks.ts';
import { leakEdits } from '../../../src/core/leaks/leakEdits.ts';
import type { LeakFile } from '../../../src/core/leaks/leakReference.ts';

const secret = 'p8e~Q9s0me.Secret_x7';
const token = 'mF9aB5f41JqMkZ8xQ2wErTy7';

function replaced(text: string, file: LeakFile): string {
  const [leak, ...others] = findLeaks(text);
  assert.ok(leak && others.length === 0, text);
  return applyEdits(text, leakEdits(text, leak, file, '${NAME}'));
}

/** A file, and what it is with a reference, which YAML reads as the value of before with the reference in it. */
const yaml: readonly (readonly [before: string, after: string])[] = [
  [`a: {client_secret: ${secret}}\n`, 'a: {client_secret: "${NAME}"}\n'],
  [
    `a: { b: [1, 2], client_secret: ${secret}, c: 3 } # x\n`,
    'a: { b: [1, 2], client_secret: "${NAME}", c: 3 } # x\n',
  ],
  [`a: {client_secret: "${secret}"}\n`, 'a: {client_secret: "${NAME}"}\n'],
  [`a: {client_secret: '${secret}', b: ok}\n`, "a: {client_secret: '${NAME}', b: ok}\n"],
  [
    `a: {\n  b: "x, {y", # why\n  client_secret: ${secret}\n}\n`,
    'a: {\n  b: "x, {y", # why\n  client_secret: "${NAME}"\n}\n',
  ],
  [
    `a: [\r\n  {Authorization: Bearer ${token}, b: 1}\r\n]\r\n`,
    'a: [\r\n  {Authorization: "Bearer ${NAME}", b: 1}\r\n]\r\n',
  ],
  [`client_secret: ${secret}\n`, 'client_secret: ${NAME}\n'],
  [`a: {b: c}\nclient_secret: ${secret}\n`, 'a: {b: c}\nclient_secret: ${NAME}\n'],
  [`a: [1,\n  2]\nAuthorization: Bearer ${token}\n`, 'a: [1,\n  2]\nAuthorization: Bearer ${NAME}\n'],
];

describe('a reference in the place of a secret', () => {
  for (const [before, after] of yaml)
    it(`has quotes where its braces would be those of YAML: ${JSON.stringify(before)}`, () => {
      assert.equal(replaced(before, 'yaml'), after);
      const read = (text: string) => JSON.stringify(parse(text));
      assert.equal(read(after), read(before).replace(secret, '${NAME}').replace(token, '${NAME}'));
    });

  it('is nothing but itself in every other file', () => {
    assert.equal(replaced(`{"client_secret": "${secret}"}`, 'json'), '{"client_secret": "${NAME}"}');
    assert.equal(replaced(`X: {client_secret: ${secret}}`, 'http'), 'X: {client_secret: ${NAME}}');
  });
});
