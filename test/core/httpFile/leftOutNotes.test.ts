import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { httpDialects, type HttpDialect } from '../../../src/core/httpFile/dialect.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';

function notesOf(text: string, dialect: HttpDialect): readonly (readonly [number, string])[] {
  const block = parseHttpFile(text).blocks[0];
  const request = block?.requests.at(-1);
  assert.ok(block && request);
  return readRequest(text, block, request, { dialect }).notes.map(({ line, message }) => [line, message]);
}

describe('what is left out of a request that its own tool would send is said', () => {
  // vscode-restclient, selector.ts: only where a region begins with a status line it is none; below a request it is text.
  const answer = 'HTTP/1.1 200 OK\nContent-Type: application/json\n\n{"a": 1}\n';
  for (const dialect of httpDialects.filter((one) => one !== 'httpyac'))
    it(`a saved answer without ### before it: ${dialect}`, () => {
      const [note, ...others] = notesOf(`GET http://a/\nA: 1\n\n${answer}`, dialect);
      assert.deepEqual([note?.[0], others], [3, []]);
      assert.match(note?.[1] ?? '', /would send the saved answer that begins here/);
    });

  it('also below a curl command', () =>
    assert.deepEqual(
      notesOf(`curl http://a/\n\n${answer}`, 'rest_client').map(([line]) => line),
      [2],
    ));

  it('not for httpYac, which knows it, nor one behind a separator', () => {
    assert.deepEqual(notesOf(`GET http://a/\n\n${answer}`, 'httpyac'), []);
    assert.deepEqual(notesOf(`${answer}\n###\nGET http://b/\n`, 'jetbrains'), []);
  });
});

// kulala.nvim, lua/kulala/parser/document.lua at bdf50c6a: `^([^%[%s]+):%s*(.*)$`, without `^[^:]+:[/%d]+.+` and `%?`.
it('headers that Kulala’s own rule skips are said', () => {
  const headers = [
    'Accept: application/json',
    'Referer: https://a.example/x?y=1',
    'X-Port:8080',
    'X-One:1',
    'X-List: [1]',
    'X-Blank : 1',
    '  X-In: 1',
    '# Off: a?b',
    'X-Url: https://a.example:8443/x',
  ];
  const text = `###\nGET http://a/\n  ?q=1\n${headers.join('\n')}\n\nwhy?: 1\n`;
  const message = 'Some versions of Kulala leave this header out; it is sent.';
  assert.deepEqual(
    notesOf(text, 'kulala')
      .filter(([, said]) => said === message)
      .map(([line]) => headers[line - 3]),
    ['Referer: https://a.example/x?y=1', 'X-Port:8080', 'X-Blank : 1', '  X-In: 1'],
  );
  assert.ok(notesOf(text, 'rest_client').every(([, said]) => said !== message));
});

// kulala.nvim's specification of the files ignores such lines; its parser (document.lua) and kulala-core (parser/body.ts) send them,
// kulala-core without those at the end.
it('a comment in a body that Kulala may send is said', () => {
  const said = (body: string, dialect: HttpDialect = 'kulala') =>
    notesOf(`###\nPOST http://a/\nContent-Type: application/json\n\n${body}\n\n`, dialect)
      .filter(([, message]) => message.startsWith('Some versions of Kulala send this comment'))
      .map(([line]) => line);
  assert.deepEqual(said('{\n  # one\n  // two\n  "a": 1\n}\n# three'), [5]);
  assert.deepEqual(said('# one\n{}'), [4]);
  for (const none of ['{}\n\n# three\n\n// four', '# one', '{ "a": "# b" }', '{}\n> {%\n// x\n%}'])
    assert.deepEqual(said(none), [], none);
  assert.deepEqual(said('{\n# a\n}', 'jetbrains'), []);
  const markdown = 'POST http://a/\nContent-Type: text/markdown\n\n# Title\n\ntext\n';
  assert.deepEqual(notesOf(markdown, 'kulala'), []);
});

// RFC 9110 section 9.3.6: its target is no URL, and no answer has a body.
it('CONNECT is not sent', () => {
  const block = parseHttpFile('CONNECT https://a.example\n').blocks[0];
  const request = block?.requests[0];
  assert.ok(block && request);
  const { notes } = readRequest('CONNECT https://a.example\n', block, request);
  assert.deepEqual(
    notes.map(({ line, stops }) => [line, stops]),
    [[0, true]],
  );
});

// kulala-core, parser/at-variables.ts and body.ts at 725081fe and 0c76f219.
describe('what kulala-core does otherwise than Kulala documents is said', () => {
  const ends = 'Some versions of Kulala end this value at the “#”; all of it is sent.';
  const commas = 'Some versions of Kulala take out the commas before closing brackets; they are sent.';

  it('a variable with # in its value, where the request uses it', () => {
    const text = '@a = 1 # one\n@b = 2#\n@c = 3\n\n### x\nGET http://a/{{a}}{{c}}\n';
    assert.deepEqual(notesOf(text, 'kulala'), [[0, ends]]);
    assert.deepEqual(notesOf(text, 'jetbrains'), []);
  });

  it('JSON but for its commas', () => {
    const body = (json: string) => `POST http://a/\nContent-Type: application/json\n\n${json}\n`;
    assert.deepEqual(notesOf(body('{"a": [1, 2,\n],}'), 'kulala'), [[3, commas]]);
    for (const json of ['{"a": [1, 2]}', '{"a": ",}"}', '{a,}', ''])
      assert.deepEqual(notesOf(body(json), 'kulala'), [], json);
    assert.deepEqual(notesOf(body('[1,]'), 'rest_client'), []);
  });

  it('and the name of a file in quotation marks is read as it reads it', () => {
    const text = 'POST http://a/\nContent-Type: text/plain\n\n< "a b.txt"\n';
    const block = parseHttpFile(text).blocks[0];
    const request = block?.requests[0];
    assert.ok(block && request);
    const pathIn = (dialect: HttpDialect) =>
      readRequest(text, block, request, { dialect }).body?.flatMap((part) =>
        part.kind === 'file' ? part.path : [],
      );
    assert.deepEqual([pathIn('kulala'), pathIn('jetbrains')], [['a b.txt'], ['"a b.txt"']]);
  });
});
