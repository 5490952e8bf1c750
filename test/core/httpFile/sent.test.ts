import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { withBasicCredentials } from '../../../src/core/httpFile/basicCredentials.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { httpDialects, type HttpDialect } from '../../../src/core/httpFile/dialect.ts';
import { isSendable } from '../../../src/core/httpFile/request.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { host, sentCases, type Message } from './sentCases.ts';
import { sentByHttpyac, startSink, type Arrived } from './sender.ts';

/** Every request of a file, as it is read here. */
function readAll(text: string, dialect: HttpDialect): readonly Message[] {
  const [block] = parseHttpFile(text).blocks;
  assert.ok(block);
  const http = block.requests.filter(isSendable);
  return http.flatMap((request) => {
    const { notes, ...read } = readRequest(text, block, request, { dialect });
    const { method, url, headers, body = [], unresolved } = read;
    assert.deepEqual(unresolved, []);
    if (notes.some(({ stops }) => stops)) return [];
    // What its tool reads as a part of the request above is said to be one.
    if (notes.some(({ line, message }) => line === request.line && message.includes('the one above')))
      return [];
    return {
      ...{ method, url },
      headers: withBasicCredentials(headers, dialect).map(
        ([name, value]) => [name.toLowerCase(), value] as const,
      ),
      body: body.map((part) => (part.kind === 'text' ? part.text : `<${part.path}>`)).join(''),
    };
  });
}

/** GraphQL's JSON without what says nothing: no variables, and the way it is written. */
function graphqlOf(body: string): string {
  if (!body.startsWith('{"query":')) return body;
  const { query, operationName, variables = {} } = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify({ query, operationName, variables });
}

/** What every client adds by itself. */
const own =
  /^(?:host|connection|content-length|accept-encoding|user-agent|accept-language|sec-fetch-mode|transfer-encoding)$/;

const comparable = ({ headers, body, ...rest }: Arrived) => ({
  ...rest,
  body: graphqlOf(body),
  headers: Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => !own.test(name) && !(name === 'accept' && value === '*/*'))
      .sort(),
  ),
});

it('more than 200 files stand for all dialects, of each at least 25', () => {
  const counts = httpDialects.map((dialect) => sentCases(dialect).length);
  assert.ok(Math.min(...counts) >= 25, String(counts));
  assert.ok(counts.reduce((sum, count) => sum + count, 0) > 200);
});

describe('what httpYac sends of a file is what is read here', () => {
  let sink: Awaited<ReturnType<typeof startSink>>;
  before(async () => (sink = await startSink()));
  after(() => sink.close());

  for (const { title, text } of sentCases('httpyac'))
    it(title, async () => {
      const file = text.replaceAll('HOST', sink.origin);
      await sentByHttpyac(file, 'x.http');
      const judged = sink.taken().map(comparable);
      assert.ok(judged.length > 0);
      for (const { method, url, headers, body } of readAll(file, 'httpyac'))
        await fetch(url, {
          method,
          headers: headers.map(([a, b]) => [a, b] as [string, string]),
          ...(body !== '' && { body: Buffer.from(body) }),
        });
      assert.deepEqual(sink.taken().map(comparable), judged);
    });
});

for (const dialect of ['rest_client', 'jetbrains', 'visual_studio', 'kulala'] as const)
  describe(`what ${dialect} sends of a file is what is read here`, () => {
    for (const { title, text, sent } of sentCases(dialect))
      it(title, () => assert.deepEqual(readAll(text.replaceAll('HOST', host), dialect), sent));
  });
