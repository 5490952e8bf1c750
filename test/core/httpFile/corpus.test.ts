import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import {
  type Answers,
  type Bearer,
  type BearerEdit,
  insertBearer,
} from '../../../src/core/httpFile/insertBearer.ts';
import type { HttpFile } from '../../../src/core/httpFile/request.ts';
import { applyEdits } from '../../../src/core/httpFile/textEdit.ts';
import { invertEdits } from './invertEdits.ts';
import { type CorpusFile, corpus } from './corpus.ts';
import { type JudgedRequest, judge } from './judge.ts';

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2ln-_';
type Held = Exclude<Bearer, { way: 'reference' }>;
const ways: readonly Held[] = [
  { way: 'literal', token },
  { way: 'fileVariable', token, name: 'demo_token' },
  { way: 'environment', name: 'demo_token' },
  { way: 'environment', name: '$dotenv DEMO_TOKEN' },
];

/** httpYac knows no folded headers: it is given them in one line. */
const unfold = ({ name }: CorpusFile, text: string) =>
  name.includes('folded') ? text.replace(/\r?\n[ \t]+(?=\S)/g, ' ') : text;

const see = (file: CorpusFile, text: string) => judge(unfold(file, text), file.name);

/** The start, the middle and the end of every line. */
function positions(text: string): number[] {
  const found = new Set<number>();
  let start = 0;
  for (const line of text.split('\n')) {
    found
      .add(start)
      .add(start + (line.length >> 1))
      .add(start + line.replace('\r', '').length);
    start += line.length + 1;
  }
  return [...found];
}

/** Asks as often as there are questions, and says yes. */
function insert(text: string, parsed: HttpFile, offset: number, bearer: Bearer): BearerEdit {
  let answers: Answers = {};
  for (let asked = 0; asked < 10; asked++) {
    const result = insertBearer(text, parsed, offset, bearer, answers);
    if (result.kind === 'replace') answers = { ...answers, replace: true };
    else if (result.kind === 'which') answers = { ...answers, which: 0 };
    else return result;
  }
  throw new Error('The same questions came again and again.');
}

/** Every different text that an insertion somewhere in the file leads to, with the request's line before. */
function outcomes(file: CorpusFile, bearer: Bearer): Map<string, number> {
  const found = new Map<string, number>();
  const parsed = parseHttpFile(file.text, file.language);
  for (const offset of positions(file.text)) {
    const result = insert(file.text, parsed, offset, bearer);
    // A curl command is no request to httpYac: see curl.test.ts.
    if (result.kind === 'edits' && result.request.kind === 'http')
      found.set(applyEdits(file.text, result.edits), result.request.line);
  }
  return found;
}

/** Where definitions stand is no matter of a request; what they define is judged by its own test. */
const comparable = (request: JudgedRequest) => ({
  ...request,
  line: 0,
  rest: request.rest.filter((one) => !/^variableDefinition: @demo_token|^metaData: ###\s*$/.test(one)),
});

function expected(before: JudgedRequest, bearer: Held): JudgedRequest {
  const value = `Bearer ${bearer.way === 'literal' ? bearer.token : `{{${bearer.name}}}`}`;
  return { ...before, authorization: [value, ...before.authorization.slice(1)] };
}

describe('the corpus, judged by httpYac', () => {
  it('has at least 60 files', () => assert.ok(corpus.length >= 60));

  for (const file of corpus)
    it(`${file.name}: only the Authorization of the request under the cursor changes`, async () => {
      const before = await see(file, file.text);
      for (const bearer of ways)
        for (const [text, line] of outcomes(file, bearer)) {
          const after = await see(file, text);
          const target = before.findIndex((request) => unfoldedLine(file, request.line) === line);
          assert.notEqual(target, -1, `httpYac sees no request in line ${line + 1}`);
          const wanted = before.map((request, at) => (at === target ? expected(request, bearer) : request));
          assert.deepEqual(after.map(comparable), wanted.map(comparable));
        }
    });

  for (const file of corpus)
    it(`${file.name}: inserting is one edit set, idempotent, and its inverse is the text before`, () => {
      const parsed = parseHttpFile(file.text, file.language);
      for (const bearer of ways)
        for (const offset of positions(file.text)) {
          const result = insert(file.text, parsed, offset, bearer);
          if (result.kind === 'edits') checkEdits(file, parsed, result, bearer);
        }
    });

  for (const file of corpus)
    it(`${file.name}: every HTTP request httpYac would send is found, in the same line`, async () => {
      const found = requestsOf(parseHttpFile(file.text, file.language));
      for (const request of await see(file, file.text)) {
        if (request.protocol !== 'HTTP' || !/^(?:https?:|\/|\{\{)/.test(request.url)) continue;
        const line = unfoldedLine(file, request.line);
        assert.equal(
          found.find((one) => one.line === line)?.kind,
          'http',
          `line ${line + 1}: ${request.url}`,
        );
      }
    });
});

/** The line in the file itself of a line of its unfolded text. */
function unfoldedLine(file: CorpusFile, line: number): number {
  if (!file.name.includes('folded')) return line;
  const lines = file.text.split('\n');
  let unfolded = -1;
  return lines.findIndex((text) => {
    if (!/^[ \t]+\S/.test(text)) unfolded++;
    return unfolded === line;
  });
}

const requestsOf = (file: HttpFile) => file.blocks.flatMap((block) => block.requests);

function checkEdits(
  { text, language }: CorpusFile,
  parsed: HttpFile,
  { edits, request }: Extract<BearerEdit, { kind: 'edits' }>,
  bearer: Bearer,
): void {
  const after = applyEdits(text, edits);
  assert.equal(applyEdits(after, invertEdits(text, edits)), text);
  assert.ok(edits.length <= (bearer.way === 'fileVariable' ? 2 : 1));
  const parsedAfter = parseHttpFile(after, language);
  const same = requestsOf(parsedAfter)[requestsOf(parsed).indexOf(request)];
  const again = insert(after, parsedAfter, same?.requestStart ?? -1, bearer);
  assert.deepEqual(again.kind === 'edits' ? again.edits : again, []);
}
