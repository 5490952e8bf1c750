import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { redactLines } from '../../../src/core/http/redactLines.ts';
import { redactProse } from '../../../src/core/http/redactProse.ts';
import { redactTables } from '../../../src/core/http/redactTables.ts';
import type { Seen } from '../../../src/core/http/mask.ts';

/** A text in which `‹…›` stands around what is masked and told; what is not so marked stays as it is. */
type Row = string;

const made = 'q7Rk2vXb9LmN4pTs';

const tables: readonly Row[] = [
  // A column beside, and one behind, are not the secret's.
  `id,token,note\n1,‹abcd1234›,${made}\n`,
  `id,note,token\n1,${made},‹abcd1234›\n`,
  // A comma within a field moves the others; one that is missing, too.
  `id,token,note\n1,‹abcd1234›,‹${made}›,‹efgh5678›\n`,
  // White space around, a mark of the encoding, and what ends lines.
  '\uFEFFtoken,id\r\n‹abcd›,1\r\n',
  '\uFEFF"token",id\n‹abcd›,1\n',
  'id, "token" \n1,‹abcd1234›\n',
  // Quotes with a comma at their end.
  'token,id\n"‹abcd,›",1\n"‹efgh›",2\n',
  // A line of blanks ends them.
  'id,token\n1,‹abcd›\n   \n2,efgh5678\n',
  // Drawn: no cell is in quotes, of emphasized names the words count, and a name of several words might be a sentence.
  '| id | token |\n+----+-------+\n| 1  | ‹"abcd› |\n| 2  | ‹"efgh› |\n',
  '| *Name* | *Token* |\n|---|---|\n| x | ‹abcdefgh› |\n',
  '| **Name** | **Token** |\n|---|---|\n| x | ‹abcdefgh› |\n',
  '| **The name** | **Token** |\n|---|---|\n| x | abcdefgh |\n',
  '| [Name](a) | [Token](b) |\n|---|---|\n| x | ‹abcdefgh› |\n',
  '| Name | see [Token](b) here: |\n|---|---|\n| x | abcdefgh |\n',
  '| Name | [Token](b) (x) |\n|---|---|\n| x | abcdefgh |\n',
  // What stands beside a name between bars; a head says what the second column is, up to where the lines end.
  `x\n  | password | ‹${made}› |\n`,
  `| password |   | ‹${made}› |\nx`,
  `| password | a | ${made} |\nx`,
  `| name | client |\n| token | ${made} |\n\n| name | value |\n| token | ‹${made}› |\n`,
  '| password | ‹q7Rk2vXb9LmN4p1id› |\nx',
  '| password | ‹ab1+cd://efgh› |\nx',
  '| password | ab1cd://efgh |\nx',
  // Names of something else in the same lines.
  'a,b\n1,abcd1234\n',
  'token\nabcd\n',
];

const bodies: readonly Row[] = [
  `x y\n[["X-Api-Key","‹hunter2-x›"]]\n${'z'.repeat(30)}`,
  '[["x","y"],["token","‹ab1cd2ef›"]]',
  '[["x","y","z"],["token","ab1cd2ef","x"]]',
  '[["x","y","z"],["a","token","ab1cd2ef"]]',
  '{"a":["token","ab1cd2ef"]}',
  `{"a":1,/* token=‹${made}› */"b":2}`,
  `{"a":1,// token=‹${made}›\n"b":2}`,
  '\n<client_secret>‹abcdefgh›</client_secret>',
  '[[secrets]]\na = ‹hunter2-x›\n',
  '[secrets]\na = ‹hunter2-x›\n',
  '{"q":"client_secret=‹abcd›"}',
  '{"q":"a=1&client_secret=‹abcd›&b=2"}',
  '{"a":"see 1=2 and a client_secret of 3"}',
  '--BEGIN PRIVATE KEY--\nabcdefgh',
];

/** Texts of several lines and what stands above, which are masked whole; what is shown, and what is told. */
const above: readonly (readonly [text: string, shown: string, ...told: readonly string[]])[] = [
  ['password = <<EOF\n  hunter2-x \nEOF\na = b', 'password = <<EOF\n…\nEOF\na = b', 'hunter2-x'],
  ['password = <<-EOF\n  hunter2-x\n  EOF\na = b', 'password = <<-EOF\n…\n  EOF\na = b', 'hunter2-x'],
  ['password = <<EOF\n   \nabcd\nEOF', 'password = <<EOF\n   \n…\nEOF', 'abcd'],
  ['password = """\nabcd""" # x\na = b', 'password = """\n…""" # x\na = b', 'abcd'],
  ['password: |\n\n  abcd\n \n  efgh\nx: y', 'password: |\n\n  …\n \n  …\nx: y', 'abcd', 'efgh'],
  ['password:\n  a: abcd\n  :efgh\nx: y', 'password:\n  …\n  …\nx: y', 'a: abcd', 'abcd', ':efgh', 'efgh'],
  [
    '- name: password\n  value: abcd\n- name: a\n  value: efgh',
    '- name: password\n  value: …d\n- name: a\n  value: efgh',
    'abcd',
  ],
  ['- name: password\n- value: abcd', '- name: password\n- value: abcd'],
  ['  name: password\nvalue: abcd', '  name: password\nvalue: abcd'],
  ['-name: password\nvalue: abcd', '-name: password\nvalue: …d', 'abcd'],
  [' variable "token" {\n   default = abcd\n }', ' variable "token" {\n   default = …d\n }', 'abcd'],
  ['myvariable "token" {\n   default = abcd\n }', 'myvariable "token" {\n   default = abcd\n }'],
  ['  export  name: password\n  value: abcd', '  export  name: password\n  value: …d', 'abcd'],
];

const prose: readonly Row[] = [
  'password=‹a.b1c2d3e4›',
  'the password is ‹q7Rk.2vXb9LmN4pTs›',
  `"authorization": "Token ‹${made}›"`,
  `a.${'b'.repeat(120)}.client_secret=‹${made}›`,
];

const plain = (row: Row) => row.replaceAll(/[‹›]/g, '');
const last = (secret: string) =>
  `…${secret.slice(secret.length - Math.min(6, Math.floor(secret.length / 4)))}`;

for (const [what, rows, redact] of [
  ['tables', tables, redactTables],
  ['bodies', bodies, (text, seen) => redactBody(text, true, seen)],
  ['prose', prose, redactProse],
] as const satisfies readonly (readonly [
  string,
  readonly Row[],
  (text: string, seen: Seen | undefined) => string,
])[])
  describe(`the places of secrets in ${what}`, () => {
    for (const row of rows)
      it(JSON.stringify(row.slice(0, 200)), () => {
        const told: string[] = [];
        const text = plain(row);
        assert.equal(
          redact(text, (secret) => told.push(secret)),
          row.replaceAll(/‹([^›]*)›/g, (_, secret: string) => last(secret)),
        );
        assert.deepEqual(
          told,
          Array.from(row.matchAll(/‹([^›]*)›/g), ([, secret]) => secret),
        );
        redact(text, undefined);
      });
  });

it('a secret that ends a sentence is told with its sign and without, and masked where nobody is told', () => {
  const told: string[] = [];
  const text = `The password is ${made}.`;
  assert.equal(
    redactProse(text, (secret) => told.push(secret)),
    'The password is …pTs.',
  );
  assert.deepEqual(told, [made, `${made}.`]);
  assert.equal(redactProse(text), 'The password is …pTs.');
});

describe('the places of secrets below what is called one', () => {
  for (const [text, shown, ...told] of above)
    it(JSON.stringify(text), () => {
      const seen: string[] = [];
      assert.equal(
        redactLines(
          text,
          true,
          (line) => line,
          (secret) => seen.push(secret),
        ),
        shown,
      );
      assert.deepEqual(seen, told);
    });
});
