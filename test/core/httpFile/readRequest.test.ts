import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HttpDialect } from '../../../src/core/httpFile/dialect.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { requestAt } from '../../../src/core/httpFile/request.ts';
import type { VariableSource } from '../../../src/core/httpFile/resolveVariables.ts';
import { corpus } from './corpus.ts';
import { judge } from './judge.ts';

function read(text: string, source?: VariableSource, offset = 0, dialect: HttpDialect = 'rest_client') {
  const found = requestAt(parseHttpFile(text), offset);
  assert.ok(found);
  return readRequest(text, found.block, found.request, { dialect, ...(source && { source }) });
}

describe('reading a request to send it', () => {
  it('joins the lines of the URL and drops the protocol version', () => {
    const { method, url } = read('PUT https://a/b HTTP/1.1\n  /c\n# no\n  ?x=1\n  &y=2\nA: 1\n');
    assert.deepEqual([method, url], ['PUT', 'https://a/b/c?x=1&y=2']);
    assert.deepEqual(read('https://a/b HTTP/2').url, 'https://a/b');
    assert.deepEqual(read('get a.example/b').url, 'http://a.example/b');
  });

  it('takes the host of a path from the Host header', () => {
    assert.equal(read('GET /a?b HTTP/1.1\nHost: h.example').url, 'http://h.example/a?b');
    assert.equal(read('GET /a\nhost: h.example:8443').url, 'https://h.example:8443/a');
    assert.equal(read('OPTIONS * HTTP/1.1\nHost: http://h.example:8080').url, 'http://h.example:8080');
  });

  it('reads headers in their order, folded ones in one line, comments not', () => {
    assert.deepEqual(read('GET http://a\nA: 1\n  2\n# C: 3\n// D: 4\nA:5\n#E: 6\n').headers, [
      ['A', '1 2'],
      ['A', '5'],
    ]);
  });

  it('reads the body without comments, scripts, redirections and a saved response', () => {
    const { body } = read(
      'POST http://a\n\nline 1\n# comment\n\n  line 2 ### \n\n> {%\n script\n%}\n>> out.json\n<> a.json\nHTTP/1.1 200 OK\n\nx\n',
      undefined,
      0,
      'jetbrains',
    );
    assert.deepEqual(body, [{ kind: 'text', text: 'line 1\n\n  line 2 ### ' }]);
    assert.equal(read('GET http://a\n\n\n###\n').body, undefined);
  });

  it('names the files a body takes in, and where', () => {
    assert.deepEqual(read('POST http://a\n\nbefore\n< ./a.json\n<@latin1 ./b.json\nafter').body, [
      { kind: 'text', text: 'before\n' },
      { kind: 'file', path: './a.json', resolveVariables: false },
      { kind: 'text', text: '\n' },
      { kind: 'file', path: './b.json', resolveVariables: true, encoding: 'latin1' },
      { kind: 'text', text: '\nafter' },
    ]);
  });

  it('joins form lines and ends multipart lines as HTTP wants', () => {
    const form = 'POST http://a\nContent-Type: application/x-www-form-urlencoded\n\n';
    assert.deepEqual(read(`${form}a=1\n&b=2`).body, [{ kind: 'text', text: 'a=1&b=2' }]);
    assert.deepEqual(read(`${form}a=1\n&b=x y\n`).body, [{ kind: 'text', text: 'a=1&b=x%20y' }]);
    assert.deepEqual(
      read('POST http://a\nContent-Type: multipart/form-data; boundary=x\n\n--x\nA: 1\n\nb\n--x--\n').body,
      [{ kind: 'text', text: '--x\r\nA: 1\r\n\r\nb\r\n--x--' }],
    );
  });

  it('makes GraphQL the JSON it is sent as', () => {
    const graphql = 'query A($n: Int) {\n  a(n: $n) {\n\n    b\n  }\n}\n\n{ "n": 1 }';
    const rest = read(`POST http://a\nX-REQUEST-TYPE: GraphQL\n\n${graphql}`);
    assert.deepEqual(rest.headers, []);
    const [part] = rest.body ?? [];
    assert.ok(part?.kind === 'text');
    assert.deepEqual(JSON.parse(part.text), {
      query: graphql.slice(0, -12),
      operationName: 'A',
      variables: { n: 1 },
    });
    const jetbrains = read('GRAPHQL http://a\n\n{ a }');
    assert.deepEqual([jetbrains.method, jetbrains.headers], ['POST', [['Content-Type', 'application/json']]]);
    assert.deepEqual(jetbrains.body, [{ kind: 'text', text: '{"query":"{ a }","variables":{}}' }]);
  });

  it('fills in the variables of the file, then those of its surroundings, and names the others', () => {
    const text =
      '@host = http://{{name}}\n@name = a.example\n@path := "/p"\nGET {{host}}{{ path }}?e={{env}}&u={{unknown}}&q={{%spaced}}\nX: {{$guid}}\n';
    const values: Record<string, string> = { env: '{{name}}!', spaced: 'a b' };
    const { url, headers, unresolved } = read(text, (name) => values[name]);
    assert.equal(url, 'http://a.example/p?e=a.example!&u={{unknown}}&q=a%20b');
    assert.deepEqual(headers, [['X', '{{$guid}}']]);
    assert.deepEqual([...unresolved].sort(), ['$guid', 'unknown']);
  });

  it('ends with variables that hold themselves or multiply each other', () => {
    assert.equal(read('@a = {{b}}\n@b = {{a}}\nGET http://a/{{a}}\n').url, 'http://a/{{a}}');
    const bomb = Array.from({ length: 30 }, (_, n) => `@v${n} = ${`{{v${n + 1}}}`.repeat(10)}\n`).join('');
    assert.ok(read(`${bomb}@v30 = ${'x'.repeat(100)}\nGET http://a/{{v0}}\n`).url.length < 20_000_000);
  });

  for (const { name, text, language } of corpus)
    it(`${name}: reads method, URL and headers as httpYac does`, async () => {
      const blocks = parseHttpFile(text, language).blocks;
      const judged = await judge(text, name);
      for (const block of blocks)
        for (const request of block.requests) {
          const other = judged.find((one) => one.line === request.line);
          if (!other || request.kind !== 'http' || name.includes('folded')) continue;
          const own = readRequest(text, { ...block, from: 0, to: 0 }, request);
          const headers = [...other.headers, ...other.authorization.map((value) => ['Authorization', value])];
          const sorted = (all: readonly (readonly string[])[]) =>
            all.map(([key = '', value = '']) => `${key.toLowerCase()}: ${value.replace(/,$/, '')}`).sort();
          assert.ok(
            own.url.endsWith(
              other.url
                .trim()
                .replace(/^\*$/, '')
                .replace(/^(?:get|post) /i, ''),
            ),
            `${own.url} ${other.url}`,
          );
          if (other.method !== 'GRAPHQL' && !/^[a-z]/.test(text.slice(request.requestStart)))
            assert.equal(
              own.method,
              text.slice(request.requestStart).startsWith('Post') ? 'POST' : other.method,
            );
          const written = own.headers.filter(([key]) => other.method !== 'GRAPHQL' || key !== 'Content-Type');
          assert.deepEqual(
            sorted(written),
            sorted(headers).filter(
              (one) =>
                !/^x-request-type|^#/.test(one) &&
                !(other.method === 'GRAPHQL' && one.startsWith('content-type')),
            ),
          );
        }
    });
});
