import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactMarkup } from '../../../src/core/http/redactMarkup.ts';

const made = 'q7Rk2vXb9LmN4pTs';
const masked = (html: string) => {
  const shown = redactMarkup(html, true, (text) => text);
  if (shown === html) return false;
  assert.ok(!shown.includes(made.slice(0, 10)), shown);
  return true;
};

/** Pages in which a generated word stands, and whether it is a secret by its place. */
const rows: readonly (readonly [what: string, html: string, isSecret: boolean])[] = [
  [
    'beside a name with a colon of its own',
    `<table><tr><td>Password:</td><td>${made}</td></tr></table>`,
    true,
  ],
  [
    'in a column of ids behind a blank',
    `<table><tr><td>name</td><td> <b>key id</b></td></tr><tr><td>secret</td><td>${made}</td></tr></table>`,
    false,
  ],
  [
    'in the second column below a name',
    `<table><tr><td>a</td><td>secret</td></tr><tr><td>b</td><td>${made}</td></tr></table>`,
    false,
  ],
  ['beside a name', `<table><tr><td>Client secret</td><td>${made}</td></tr></table>`, true],
  ['beside a name, in capitals', `<TABLE><TR><TD>Client secret</TD><TD>${made}</TD></TR></TABLE>`, true],
  ['beside a name with a colon', `<table><tr><th>Password :</th><td> ${made} </td></tr></table>`, true],
  [
    'beside a name with its colon in the middle',
    `<table><tr><td>a: b password</td><td>${made}</td></tr></table>`,
    false,
  ],
  ['beside another name', `<table><tr><td>Client id</td><td>${made}</td></tr></table>`, false],
  [
    'beside what only begins like a name',
    `<table><tr><td>password: see below</td><td>${made}</td></tr></table>`,
    false,
  ],
  [
    'beside a sentence',
    `<table><tr><td>this is no column called password</td><td>${made}</td></tr></table>`,
    false,
  ],
  [
    'below a name',
    `<table><tr><th>id</th><th>secret</th></tr><tr><td>1</td><td>${made}</td></tr></table>`,
    true,
  ],
  [
    'in a third row',
    `<table><tr><th>secret</th><th>id</th></tr><tr><td>x</td><td>1</td></tr><tr><td>${made}</td><td>2</td></tr></table>`,
    true,
  ],
  [
    'below another name',
    `<table><tr><th>id</th><th>secret</th></tr><tr><td>${made}</td><td>-</td></tr></table>`,
    false,
  ],
  [
    'in the next table',
    `<table><tr><th>secret</th></tr></table><table><tr><td>${made}</td></tr></table>`,
    false,
  ],
  [
    'below the head of a row',
    `<table><tr><th>secret</th><td>a</td></tr><tr><td>${made}</td><td>b</td></tr></table>`,
    false,
  ],
  ['below a head, in a head', `<table><tr><th>secret</th></tr><tr><th>${made}</th></tr></table>`, false],
  ['of a term', `<dl><dt>Client secret</dt><dd>${made}</dd></dl>`, true],
  ['of a term, the second time', `<dl><dt>Client secret</dt><dd>a</dd><dd>${made}</dd></dl>`, true],
  ['of another term', `<dl><dt>Client secret</dt><dd>a</dd><dt>Client id</dt><dd>${made}</dd></dl>`, false],
  ['of no term', `<dl><dd>${made}</dd></dl>`, false],
  ['behind a table', `<table><tr><td>secret</td><td>-</td></tr></table><p>${made}</p>`, false],
  ['behind a cell', `<table><tr><td>secret</td>${made}<td>-</td></tr></table>`, false],
  ['behind a head', `<table><tr><th>secret</th>${made}<td>-</td></tr></table>`, false],
  ['behind a term', `<dl><dt>secret</dt>${made}<dd>-</dd></dl>`, false],
  ['behind what is said of a term', `<dl><dt>secret</dt><dd>-</dd>${made}</dl>`, false],
  [
    'in a paragraph of a cell',
    `<table><tr><td><b>secret</b></td><td><code>${made}</code></td></tr></table>`,
    true,
  ],
  ['with a third column', `<table><tr><td>secret</td><td>${made}</td><td>x</td></tr></table>`, false],
  ['in the third column', `<table><tr><td>secret</td><td>-</td><td>${made}</td></tr></table>`, false],
  [
    'beside a name in the second column',
    `<table><tr><td>a</td><td>secret</td><td>${made}</td></tr></table>`,
    false,
  ],
  [
    'before more rows',
    `<table><tbody><tr><td>secret</td><td>${made}</td></tr><tr><td>a</td><td>b</td></tr></tbody></table>`,
    true,
  ],
  [
    'before another table',
    `<table><tr><td>secret</td><td>${made}</td></tr></table><table><tr><td>a</td></tr></table>`,
    true,
  ],
  [
    'with a list in its cell before more columns',
    `<table><tr><td>secret</td><td>${made}<i>x</i></td><th>y</th></tr></table>`,
    false,
  ],
  [
    'in a column of ids',
    `<table><tr><td>name</td><td>key id</td></tr><tr><td>secret</td><td>${made}</td></tr></table>`,
    false,
  ],
  [
    'in a column of values',
    `<table><tr><td>name</td><td>value</td></tr><tr><td>secret</td><td>${made}</td></tr></table>`,
    true,
  ],
  [
    'in a column of ids of the table before',
    `<table><tr><td>name</td><td>id</td></tr></table><table><tr><td>secret</td><td>${made}</td></tr></table>`,
    true,
  ],
  [
    'where the column begins with a word that ends in type',
    `<table><tr><td>password</td><td>a1b2c3d4type</td></tr></table>`,
    true,
  ],
];

describe('a generated word in a page', () => {
  for (const [what, html, isSecret] of rows)
    it(`${what} is ${isSecret ? 'masked' : 'shown'}`, () => {
      assert.equal(masked(html), isSecret);
    });

  it('is one of eight signs with a digit, and no address and no code of an error', () => {
    const beside = (value: string) => masked(`<table><tr><td>secret</td><td>${value}</td></tr></table>`);
    for (const value of ['abcdefg1', '1abcdefg', 'a.b-c_d+5', 'x.y://12345678'])
      assert.equal(beside(value), true, value);
    for (const value of [
      'abcdef1',
      'abcdefgh',
      'abcd efg1',
      'abcdefg1 so',
      'a1 bcdefgh',
      '',
      ' ',
      'invalid_client',
      'https://a.example/1',
    ])
      assert.equal(beside(value), false, value);
    assert.equal(beside(`see x://${made}`), false);
    assert.equal(beside(`1x://${made.repeat(2)}`), false);
    assert.equal(beside(`${'a'.repeat(3999)}1`), true);
    assert.equal(beside(`${'a'.repeat(4000)}1`), false);
  });
});
