import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  hasUnprintable,
  isWordy,
  kindOf,
  oneOf,
  quoted,
  unknownName,
} from '../../../src/core/profile/problem.ts';

it('a name that people make up is repeated, and no secret that came into its place', () => {
  const words = [
    'pkce.plian',
    'a',
    '--format',
    '-x',
    'redirect_exact-2',
    'camelCase',
    'abcdefghijkl',
    'RS256'.slice(0, 2),
  ];
  words.push('x.12.y', 'a-b', `${'a'.repeat(12)}-${'b'.repeat(11)}`);
  for (const word of words) {
    assert.equal(isWordy(word), true, word);
    assert.equal(unknownName(word), `“${word}”`);
  }
  const others = [
    '',
    ' a',
    'a b',
    'x1',
    '--',
    '---a',
    'a.123',
    'a..b',
    'a.b.c.d',
    'a.',
    '.a',
    '2a',
    'a!',
    '!a',
    'a.b!',
  ];
  others.push(
    'abcdefghijklm',
    'a.abcdefghijklm',
    `${'a'.repeat(12)}-${'b'.repeat(12)}`,
    'aBcD',
    'aBxD',
    'xxaBccDxx',
    'a+b',
    'a1b',
  );
  for (const other of others) {
    assert.equal(isWordy(other), false, other);
    assert.equal(unknownName(other), 'of that name');
  }
});

it('a value is quoted on one line, up to 60 characters', () => {
  assert.equal(quoted('x'.repeat(60)), `“${'x'.repeat(60)}”`);
  assert.equal(quoted('x'.repeat(61)), `“${'x'.repeat(60)}…”`);
  assert.equal(quoted('a\nb\u202ec'), '“a�b�c”');
  assert.deepEqual(['a\u200b', '\u2060a', 'a\u061cb', 'a\u00adb', '\u{e0041}', 'a', ''].map(hasUnprintable), [
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

it('what a value is, and what it may be, are words', () => {
  assert.deepEqual([null, [], {}, 'a', 1, 1n, true, false, undefined].map(kindOf), [
    ...['null', 'an array', 'an object', 'a text', 'a number', 'a number', 'true', 'false', 'nothing'],
  ]);
  assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(oneOf), ['', 'a', 'a or b', 'a, b or c']);
});
