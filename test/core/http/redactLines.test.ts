import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactLines } from '../../../src/core/http/redactLines.ts';

const key = 'q7Rk2vXb9LmN4pTs';

/** Made up: lines, and how those that change are shown; others are given on to who reads words, which leaves them here. */
const shown: readonly (readonly [what: string, lines: readonly string[], shown: readonly string[]])[] = [
  [
    'tokens that were generated',
    ['tokens:', `  ann: ${key}`, '  - plain-words-and-more'],
    ['tokens:', '  ann: …4pTs', '  - plain-words-and-more'],
  ],
  ['tokens in a list', ['"tokens": [', `  ${key}`, ']', key], ['"tokens": [', '  …4pTs', ']', key]],
  [
    'tokens until what stands beside',
    [`my.tokens = ${key}`, 'x: 1', `y: ${key}`],
    ['my.tokens = …4pTs', 'x: 1', `y: ${key}`],
  ],
  [
    'tokens over an empty line',
    ['- tokens :', '', `  a: ${key}`, 'b: c', key],
    ['- tokens :', '', '  a: …4pTs', 'b: c', key],
  ],
  [
    'tokens within tokens',
    ['tokens:', '  tokens:', `    a: ${key}`, `  b: ${key}`],
    ['tokens:', '  tokens:', '    a: …4pTs', '  b: …4pTs'],
  ],
  ['no tokens', [`tokens ${key}`, `the tokens: x`, key], [`tokens ${key}`, `the tokens: x`, key]],
  [
    'what is below a secret',
    ['a:', '  password:', '    - abc', '    - def', '  user: ann'],
    ['a:', '  password:', '    …', '    …', '  user: ann'],
  ],
  [
    'a list that is not indented',
    ['passwords:', '- abc', '- def', 'user: ann'],
    ['passwords:', '…', '…', 'user: ann'],
  ],
  [
    'an item with a secret below',
    ['- password:', '    abc', '- user: ann'],
    ['- password:', '    …', '- user: ann'],
  ],
  [
    'a block',
    ['password: |', '  abc', '', '  def', 'user: ann'],
    ['password: |', '  …', '', '  …', 'user: ann'],
  ],
  [
    'a name and its value',
    ['- name: password', '  value: abc', '- name: user', '  value: ann'],
    ['- name: password', '  value: …', '- name: user', '  value: ann'],
  ],
  ['a label and its value', ['key: city', 'value: Bern'], ['key: city', 'value: Bern']],
  ['a label whose value is far', ['key: city', 'x: y', 'value: Bern'], ['key: …y', 'x: y', 'value: Bern']],
  ['a key that is no label', [`key: ${key}`, '"val": Bern'], ['key: …4pTs', '"val": Bern']],
  ['a key above another value', ['key: abcdef', 'invalid: Bern'], ['key: …f', 'invalid: Bern']],
  [
    'a variable',
    ['variable "password" {', '  default = "abc"', 'variable "user" {', '  default = "abc"'],
    ['variable "password" {', '  default = "…"', 'variable "user" {', '  default = "abc"'],
  ],
  ['a section', ['[secrets]', 'a = abc', '[other]', 'a = abc'], ['[secrets]', 'a = …', '[other]', 'a = abc']],
  [
    'a key on a line of its own',
    ['? password', ': abc', '? user', ': ann'],
    ['? password', ': …', '? user', ': ann'],
  ],
  [
    'a scheme, or a sign that the value goes on, over what is indented',
    ['Authorization: Bearer', ` ${key}`, 'password=\\', `  ${key}`, 'user=ann'],
    ['Authorization: Bearer', ' …', 'password=\\', '  …', 'user=ann'],
  ],
  [
    'text in three quotes',
    ['password = """', 'abc', 'def""" # x', 'user = ann'],
    ['password = """', '…', '…""" # x', 'user = ann'],
  ],
  [
    'a here-document',
    ['password=<<END', 'abc', 'the END', 'END', 'user=ann'],
    ['password=<<END', '…', '…', 'END', 'user=ann'],
  ],
  [
    'names of shells',
    ['export password=abc', 'set password=abc', '$env:password="abc"', '* password: abc'],
    ['export password= …', 'set password= …', '$env:password= "…"', '* password: …'],
  ],
];

describe('lines', () => {
  for (const [what, lines, expected] of shown)
    it(what, () => {
      assert.equal(
        redactLines(lines.join('\n'), true, (text) => text),
        expected.join('\n'),
      );
    });
});
