import fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authorizationsOf } from '../../../src/core/httpFile/authorization.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { type Bearer, insertBearer } from '../../../src/core/httpFile/insertBearer.ts';
import {
  type HttpFile,
  type HttpFileRequest,
  type HttpLanguage,
  requestAt,
} from '../../../src/core/httpFile/request.ts';
import { applyEdits } from '../../../src/core/httpFile/textEdit.ts';
import { invertEdits } from './invertEdits.ts';

const lines = fc.constantFrom(
  ...['', '   ', '###', '### title', '  ###', '# @name x', '// c', '/*', '*/', '@a = b', '@demo_token = x'],
  ...[
    'GET http://a.example/',
    '  POST {{host}}/x HTTP/1.1',
    'https://b.example',
    'HTTP/1.1 200 OK',
    'curl http://c',
    "  -H 'Authorization: Bearer x' -u a:b",
  ],
  ...[
    'WS ws://d',
    '?x=1',
    '&y=2',
    '/path',
    '    indented',
    'Accept: */*',
    'Authorization: Bearer old',
    'authorization:',
  ],
  ...[
    'Authorization: Basic x',
    'Content-Type: multipart/mixed; boundary=b',
    '--b',
    '--b--',
    '{',
    '}',
    '{{',
    '}}',
  ],
  ...[
    '> {%',
    '< {%',
    '%}',
    '> {% x %}',
    '<> ./f',
    '?? status == 200',
    '< ./body',
    '```http',
    '```',
    '~~~rest',
    '\uFEFF',
  ],
  ...['{"a": "### no"}', 'import ./a.http', '...spread', 'query { a }'],
);
const texts = fc
  .array(
    fc.tuple(fc.oneof({ weight: 9, arbitrary: lines }, fc.string()), fc.constantFrom('\n', '\n', '\r\n')),
    { maxLength: 30 },
  )
  .map((all) => all.map((one) => one.join('')).join(''))
  .chain((text) => fc.constantFrom(text, text.replace(/\r?\n$/, '')));
const languages = fc.constantFrom<HttpLanguage>('http', 'http', 'markdown');
const bearers = fc.constantFrom<Exclude<Bearer, { way: 'reference' }>>(
  { way: 'literal', token: 'to.k-en' },
  { way: 'fileVariable', token: 'to.k-en', name: 'demo_token' },
  { way: 'environment', name: '$dotenv DEMO_TOKEN' },
);
const cases = fc.record({
  text: texts,
  language: languages,
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  bearer: bearers,
});

describe('any text', () => {
  it('is parsed to requests that lie in order, inside their block, each part inside the whole', () => {
    fc.assert(
      fc.property(texts, languages, (text, language) => {
        let last = 0;
        for (const block of parseHttpFile(text, language).blocks) {
          assert.ok(block.from >= last && block.to >= block.from && block.to <= text.length);
          last = block.from;
          for (const request of block.requests) {
            const { start, requestStart, urlEnd, headersEnd, end } = request;
            assert.deepEqual(
              [last, start, requestStart, urlEnd, headersEnd, end, block.to].sort((a, b) => a - b),
              [last, start, requestStart, urlEnd, headersEnd, end, block.to],
            );
            assert.equal(text.slice(0, requestStart).split('\n').length - 1, request.line);
            assert.equal(requestAt({ blocks: [block] }, requestStart)?.request, request);
            last = end;
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('after an insertion differs by one edit set that adds or replaces one header, and nothing else', () => {
    fc.assert(
      fc.property(cases, ({ text, language, at, bearer }) => {
        const file = parseHttpFile(text, language);
        const result = insertBearer(text, file, Math.floor(at * text.length), bearer, {
          replace: true,
          which: 0,
        });
        if (result.kind !== 'edits') return;
        const after = applyEdits(text, result.edits);
        assert.equal(applyEdits(after, invertEdits(text, result.edits)), text, 'undo is the inverse');
        const value = bearer.way === 'literal' ? bearer.token : `{{${bearer.name}}}`;
        for (const edit of result.edits)
          assert.match(
            edit.text
              .trim()
              .replace(/\s+###$/, '')
              .replace(/^-H '(.*)'$/, '$1'),
            /^(?:Authorization: )?Bearer \S+$|^Bearer \{\{\$dotenv DEMO_TOKEN\}\}$|^Authorization: Bearer \{\{\$dotenv DEMO_TOKEN\}\}$|^(?:@demo_token = )?to\.k-en$/,
          );
        assert.ok(after.includes(`Bearer ${value}`));
      }),
      { numRuns: 3000 },
    );
  });

  it('after an insertion has the same requests, and inserting again changes nothing', () => {
    fc.assert(
      fc.property(cases, ({ text, language, at, bearer }) => {
        const file = parseHttpFile(text, language);
        const answers = { replace: true, which: 0 };
        const result = insertBearer(text, file, Math.floor(at * text.length), bearer, answers);
        if (result.kind !== 'edits') return;
        const all = file.blocks.flatMap((block) => block.requests);
        const after = applyEdits(text, result.edits);
        const afterFile = parseHttpFile(after, language);
        const allAfter = afterFile.blocks.flatMap((block) => block.requests);
        assert.deepEqual(
          allAfter.map(({ kind }) => kind),
          all.map(({ kind }) => kind),
        );
        const index = all.indexOf(result.request);
        const target = allAfter[index];
        assert.ok(target);
        const count = (of: string, { blocks }: HttpFile, request: HttpFileRequest) =>
          blocks.flatMap((block) =>
            block.requests.includes(request) ? authorizationsOf(of, block, request) : [],
          ).length;
        assert.equal(count(after, afterFile, target), Math.max(1, count(text, file, result.request)));
        const again = insertBearer(after, afterFile, target.requestStart, bearer, answers);
        assert.deepEqual(again.kind === 'edits' && again.edits, []);
      }),
      { numRuns: 3000 },
    );
  });
});
