import assert from 'node:assert/strict';
import { it } from 'node:test';
import { deepestJson } from '../../../src/core/http/jsonDepth.ts';
import { namesTwice } from '../../../src/core/http/namesTwice.ts';

const many = Array.from({ length: 15 }, (_, at) => `n${at}`);
const deep = (levels: number) => `${'['.repeat(levels)}{"a":1,"a":2}${']'.repeat(levels)}`;

const rows: readonly (readonly [what: string, text: string, ...names: readonly string[]])[] = [
  ['an object', '{"a":1,"b":2,"a":3}', 'a'],
  ['each once', '{"a":1,"a":2,"a":3,"b":4,"b":5}', 'a', 'b'],
  ['blanks and a mark of the encoding before', '\uFEFF \n{"a":1,"a":2}', 'a'],
  ['blanks before the colon', '{"a" \t\n:1,"a":2}', 'a'],
  ['a name that is written otherwise', '{"a\\u0062":1,"ab":2}', 'ab'],
  ['an escape that is none', '{"\\q":1,"\\q":2}', '\\q'],
  ['an object in a list', '[{"a":1},{"a":2,"a":3}]', 'a'],
  ['objects beside each other have names of their own', '[{"a":1},{"a":2}]'],
  ['an object in an object, too', '{"a":{"a":1},"b":{"a":2}}'],
  ['what comes behind an inner object', '{"a":{"b":1},"a":2}', 'a'],
  ['what comes behind an inner list', '{"a":[1,[2]],"a":2}', 'a'],
  ['texts that are no names', '{"a":"b","c":"b"}'],
  ['texts of a list', '["a","a"]'],
  ['brackets within texts', '{"a":"}{","a":"]["}', 'a'],
  ['more closed than opened', ']]}{"a":1,"a":2}'],
  ['more closed than opened within', '{"x":1}]]}{"a":1,"a":2}', 'a'],
  ['as deep as is looked', deep(deepestJson - 1), 'a'],
  ['deeper', deep(deepestJson)],
  ['ten names at most', `{${[...many, ...many].map((name) => `"${name}":1`).join()}}`, ...many.slice(0, 10)],
  ['a form', 'a=1&b=2&a=3', 'a'],
  ['blanks around a form', ' a=1&a=2\n', 'a'],
  ['each name of a form once', 'a=1&a=2&a=3&bc=4&bc=5', 'a', 'bc'],
  [
    'ten names of a form at most',
    [...many, ...many].map((name) => `${name}=1`).join('&'),
    ...many.slice(0, 10),
  ],
  ['a text with blanks is no form', 'a=1 b&a=2'],
  ['nor what begins otherwise', '<a=1&a=2'],
  ['nor what has no name', '=1&a=1&a=2'],
  ['nothing', ''],
];

for (const [what, text, ...names] of rows)
  it(`names that stand twice: ${what}`, () => assert.deepEqual(namesTwice(text), names));
