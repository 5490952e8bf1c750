import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { highlight } from '../../../src/core/httpFile/highlight.ts';
import { corpus } from './corpus.ts';

/** Each piece as `kind:text`, in order. */
function pieces(text: string, from = 0, to = text.length): string[] {
  const lines = text.split(/\r?\n/);
  return highlight(text, parseHttpFile(text), from, to).map(
    ({ line, character, length, kind }) =>
      `${kind}:${(lines[line] ?? '').slice(character, character + length)}`,
  );
}

describe('the colours of a request file', () => {
  it('tell method, URL, variables, protocol, headers and comments apart', () => {
    const text = [
      '@host = http://127.0.0.1',
      '### Orders',
      '# @name orders',
      'POST {{host}}/orders?{{page}} HTTP/1.1',
      '  &size=10',
      'Authorization: Bearer {{orders_token}}',
      '// a comment among headers',
      'Accept : application/json',
      '',
      '{ "item": {{item}} }',
      '< ./body.json',
      '>>! saved.json',
    ].join('\r\n');
    assert.deepEqual(pieces(text), [
      ...['variable:@host', 'operator:=', 'string:http://127.0.0.1'],
      'comment:### Orders',
      'comment:# @name orders',
      ...['keyword:POST', 'variable:{{host}}', 'string:/orders?', 'variable:{{page}}', 'keyword:HTTP/1.1'],
      'string:&size=10',
      ...['property:Authorization', 'string:Bearer', 'variable:{{orders_token}}'],
      'comment:// a comment among headers',
      ...['property:Accept', 'string:application/json'],
      'variable:{{item}}',
      ...['keyword:<', 'string:./body.json'],
      ...['keyword:>>!', 'string:saved.json'],
    ]);
  });

  it('leave scripts, bodies and saved responses plain, and see comments of several lines', () => {
    const text = [
      '/*',
      'GET http://no',
      '*/',
      '< {%',
      '  # no comment',
      '%}',
      'GET http://a',
      '',
      'Accept: in a body',
      '',
      'HTTP/1.1 200 OK',
      'Content-Type: text/plain',
      '# no comment either',
    ].join('\n');
    assert.deepEqual(pieces(text), [
      'comment:/*',
      'comment:GET http://no',
      'comment:*/',
      'keyword:GET',
      'string:http://a',
    ]);
  });

  it('of a part are those of the whole within it', () => {
    for (const { text } of corpus.filter(({ language }) => language === 'http')) {
      const file = parseHttpFile(text);
      const whole = highlight(text, file, 0, text.length);
      const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
      starts.forEach((from, line) => {
        const to = starts[line + 3] ?? text.length;
        const part = highlight(text, file, from, to);
        assert.deepEqual(
          part.filter((piece) => piece.line < line + 3),
          whole.filter((piece) => piece.line >= line && piece.line < line + 3),
        );
      });
    }
  });

  it('lie in their lines, in order, without overlap, whatever the text', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '###',
        'GET http://a/{{b}}',
        '@a=b',
        '{{',
        '}}',
        '/*',
        '*/',
        '> {%',
        '%}',
        'A: {{b}}',
        '',
      ),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (all) => {
        const text = all.join('\n');
        const lines = text.split('\n');
        let [at, end] = [0, 0];
        for (const piece of highlight(text, parseHttpFile(text), 0, text.length)) {
          if (piece.line !== at) [at, end] = [piece.line, 0];
          assert.ok(piece.character >= end && piece.length > 0);
          end = piece.character + piece.length;
          assert.ok(end <= (lines[piece.line] ?? '').length);
        }
      }),
    );
  });
});
