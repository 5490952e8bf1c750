import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { insertBearer } from '../../../src/core/httpFile/insertBearer.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { assertLinear } from '../pump/linear.ts';

const many = 200_000;
const lines = (line: string) => `${line}\n`.repeat(many);
const long = (text: string) => text.repeat(2_000_000 / text.length);
const start = 'GET http://a/\n';

/** Each takes minutes where a step looks at the rest of the text for every line or character. */
const texts: Record<string, string> = {
  'comments that are never closed': lines('/*'),
  'scripts that are never closed': start + lines('> {%'),
  'httpYac scripts that are never closed': start + lines('{{'),
  'scripts that separators end': lines('{{\n###'),
  'one line of blanks': start + long(' '),
  'one line of letters': long('a'),
  'one host that does not end': `${long('a.')}:`,
  'one header name that does not end': start + long('x-'),
  'variables without a value': lines('@a'),
  'definitions of the same variable': lines('@demo_token = x'),
  'one line of braces': `${start}A: ${long('{{')}`,
  'one line of at signs': `${start}\n${long('@demo_token ')}`,
  'folded lines': `${start}A: 1\n${lines('  x')}`,
  'Authorization headers': start + lines('Authorization: Bearer x'),
  'URL lines': start + lines('  &a=b'),
  'requests without separators': lines('GET http://a/'),
  boundaries: `POST http://a\nContent-Type: multipart/mixed; boundary=b\n\n${lines('--b')}`,
  'status lines': lines('HTTP/1.1 200 OK'),
};

/** The same line with other numbers, as often as it fits into a part of the length. */
const numbered = (length: number, part: number, line: (n: number) => string) =>
  Array.from({ length: Math.ceil(length / part / line(9999).length) }, (_, n) => line(n)).join('');
const posted = 'POST https://a.example/\n\n';

/** What is said of each variable of a request, and which of them are its own. */
const variables = {
  kulala: (length: number) =>
    `${numbered(length, 2, (n) => `@a${n} = x#\n`)}${posted}${numbered(length, 2, (n) => `{{a${n}}}`)}`,
  jetbrains: (length: number) =>
    `${numbered(length, 3, (n) => `@a${n} = x\n`)}${posted}${numbered(length, 3, (n) => `{{a${n}}}`)}\n\n${numbered(length, 3, (n) => `@a${n} = y\n`)}`,
  httpyac: (length: number) => numbered(length, 1, (n) => `GET https://a/\n\n@a${n}=x\n`),
} as const;

describe('hostile files', () => {
  for (const dialect of ['kulala', 'jetbrains', 'httpyac'] as const)
    it(`of many variables of ${dialect} are read in linear time`, () => {
      const read = (text: string) => {
        const [block] = parseHttpFile(text).blocks;
        const request = block?.requests.at(-1);
        assert.ok(block && request);
        readRequest(text, block, request, { dialect });
      };
      assertLinear(dialect, variables[dialect], read, 1 << 19);
    });

  for (const [name, text] of Object.entries(texts))
    it(`${name}: are read and edited in one go`, { timeout: 30_000 }, () => {
      const file = parseHttpFile(text);
      const bearer = { way: 'fileVariable', token: 't', name: 'demo_token' } as const;
      const result = insertBearer(text, file, text.length, bearer, { which: 0, replace: true });
      assert.ok(result.kind === 'edits' || result.kind === 'refusal');
      const [block] = file.blocks;
      const request = block?.requests.at(-1);
      if (block && request?.kind === 'http') assert.ok(readRequest(text, block, request).method);
    });

  it('fences that are never closed are read in one go', { timeout: 30_000 }, () => {
    assert.ok(parseHttpFile(lines('```http\nGET http://a/'), 'markdown').blocks.length > 0);
    assert.ok(parseHttpFile(lines('~~~~'), 'markdown').blocks.length === 0);
  });
});
