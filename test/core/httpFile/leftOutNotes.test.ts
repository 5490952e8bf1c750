import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { httpDialects, type HttpDialect } from '../../../src/core/httpFile/dialect.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { notYetKnown } from '../../../src/core/httpFile/sendingNotes.ts';
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
// kulala-core without those at the end. Visual Studio documents that it ignores them; the parser that it shares with
// dotnet/interactive (HttpRequestParser, ParseBody) sends them.
it('a comment in a body that Kulala or Visual Studio may send is said', () => {
  const said = (body: string, dialect: HttpDialect = 'kulala') =>
    notesOf(`###\nPOST http://a/\nContent-Type: application/json\n\n${body}\n\n`, dialect)
      .filter(([, message]) => /^Some versions of (?:Kulala|Visual Studio) send this comment/.test(message))
      .map(([line]) => line);
  assert.deepEqual(said('{\n  # one\n  // two\n  "a": 1\n}\n# three'), [5]);
  assert.deepEqual(said('# one\n{}'), [4]);
  for (const none of ['{}\n\n# three\n\n// four', '# one', '{ "a": "# b" }', '{}\n> {%\n// x\n%}'])
    assert.deepEqual(said(none), [], none);
  assert.deepEqual(said('{\n# a\n}', 'jetbrains'), []);
  assert.deepEqual(said('{\n# a\n}', 'visual_studio'), [5]);
  const markdown = 'POST http://a/\nContent-Type: text/markdown\n\n# Title\n\ntext\n';
  assert.deepEqual(notesOf(markdown, 'kulala'), []);
});

// RFC 9110 section 9.3.6: its target is not a URL, and no answer has a body.
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

  it('a GraphQL query with a blank line in it', () => {
    const body = (query: string) => `GRAPHQL http://a/\n\n${query}\n\n{ "id": 1 }\n`;
    const ends = 'Some versions of Kulala end the query at its first blank line; all of it is sent.';
    assert.deepEqual(notesOf(body('query A {\n  a\n\n  b\n}'), 'kulala'), [[2, ends]]);
    assert.deepEqual(notesOf(body('query A {\n  a\n  b\n}'), 'kulala'), []);
    assert.deepEqual(notesOf(body('query A {\n  a\n\n  b\n}'), 'jetbrains'), []);
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

// Found by sending 8,000 texts put together at random with httpyac 6.16.7, and by its sources.
describe('what httpYac would make of lines that are sent as they stand is said', () => {
  const body = (...lines: readonly string[]) => `POST http://a/p\nA: 1\n\n${lines.join('\n')}\n`;
  const graphql = 'httpYac would send GraphQL from here; it is sent as it stands.';
  const script = 'httpYac would send this script as text; it is left out.';
  const braces = 'httpYac would work out what begins between braces here; it is sent as it stands.';

  it('GraphQL, wherever a line begins with its word', () => {
    assert.deepEqual(notesOf(body('query=a&b=2'), 'httpyac'), [[3, graphql]]);
    assert.deepEqual(notesOf(body('{"x": 1}', '  mutation Q { a }'), 'httpyac'), [[4, graphql]]);
    assert.deepEqual(notesOf(body('query Q { a }'), 'httpyac'), []);
    assert.deepEqual(notesOf(`# @noGqlParsing\n${body('query=a')}`, 'httpyac'), []);
    assert.deepEqual(notesOf(body('query=a'), 'rest_client'), []);
  });

  it('a script of JetBrains’ whose first or last line holds more', () => {
    assert.deepEqual(notesOf(body('x', '> {% one();', 'two(); %}'), 'httpyac'), [[4, script]]);
    assert.deepEqual(notesOf(body('x', '> {%', 'one();', '%} x'), 'httpyac'), [[4, script]]);
    assert.deepEqual(notesOf(body('x', '> {%', 'one();', '%}'), 'httpyac'), []);
    assert.deepEqual(notesOf(body('x', '> {% one(); %}'), 'httpyac'), []);
    assert.deepEqual(notesOf(body('x', '> {% one();', 'two(); %}'), 'jetbrains'), []);
  });

  it('braces over several lines, and an operation without a name below a handler', () => {
    assert.deepEqual(notesOf(body('{{ exports.a = 1', '}}'), 'httpyac'), [[3, braces]]);
    assert.deepEqual(notesOf(body('{"a": {{b}}}'), 'httpyac'), []);
    assert.deepEqual(notesOf(body('> ./x.js', '', 'query { a }'), 'httpyac'), [
      [5, 'httpYac would send "{" as the name of the operation; it is sent without a name.'],
    ]);
  });
});

it('an indented header is said where JetBrains takes it for a part of the line above', () => {
  const indented =
    'JetBrains HTTP Client would read this indented line as a part of the one above; it is sent as a header.';
  const text = 'GET http://a/\n  A: 1\nB: 2\n  C: 3\n  more\n';
  assert.deepEqual(notesOf(text, 'jetbrains'), [
    [1, indented],
    [3, indented],
  ]);
  assert.deepEqual(notesOf('GET http://a/\n  A: 1\n', 'rest_client'), []);
});

const unequal = 'Not every tool sends this header in the same way.';

it('a header with more than ASCII is said, whichever tool the file is for', () => {
  for (const dialect of httpDialects) {
    assert.deepEqual(notesOf('GET http://a/\nA: 1\nB: größe\n', dialect), [[2, unequal]]);
    assert.deepEqual(notesOf('GET http://a/ö\nA: 1\n', dialect), []);
    assert.deepEqual(notesOf(`GET http://a/\nA: Bearer ${notYetKnown}\n`, dialect), []);
  }
});

// httpYac sends a type that stands twice in two lines, of names in two cases the last one, and its own Accept in place of an empty
// one; kulala.nvim (document.lua) the last, without what is empty, as curl does; kulala-core (runner/headers.ts) joins by semicolons.
it('a header that stands twice or is empty is said where its tool does not send it as it is sent here', () => {
  const twice = 'POST http://a/\nContent-Type: text/plain\ncontent-type: text/html\n\nbody\n';
  const empty = 'GET http://a/\nAccept:\n';
  for (const dialect of ['httpyac', 'jetbrains', 'kulala'] as const) {
    assert.deepEqual(
      notesOf(twice, dialect).map(([, said]) => said),
      [unequal],
      dialect,
    );
    assert.deepEqual(notesOf(empty, dialect), [[1, unequal]], dialect);
    assert.deepEqual(notesOf('GET http://a/\nCookie: a=1\nCookie: b=2\n', dialect), [], dialect);
  }
  // httpRequestParser.ts joins them by commas; so does .NET.
  for (const dialect of ['rest_client', 'visual_studio'] as const)
    for (const text of [twice, empty]) assert.deepEqual(notesOf(text, dialect), [], dialect);
});

// @see vscode-restclient issue 322: no variable is empty there.
it('a variable without a value is said where REST Client takes the line below for it', () => {
  const text = '@a =\n@b =\nGET http://a/{{a}}\n';
  const said = 'REST Client may take the line below for the value of "a", which is empty here.';
  assert.deepEqual(notesOf(text, 'rest_client'), [[0, said]]);
  assert.deepEqual(notesOf(text, 'jetbrains'), []);
});

// fileVariableProvider reads the file by one pattern whose blanks go over line ends: what stands below an empty one is no definition.
it('so is one that REST Client takes for the value of an empty one above it', () => {
  const said = (text: string) => notesOf(text, 'rest_client').map(([line]) => line);
  assert.deepEqual(said('@a =\n@b = 1\nGET http://a/{{b}}\n'), [0]);
  assert.deepEqual(said('@a =\n\n  @b = 1\nGET http://a/{{b}}\n'), [0]);
  for (const none of [
    '@a =\n# c\n@b = 1\n',
    '@a =\n@c =\n@b = 1\n',
    '@a =\n@b = 1\n@b = 2\n',
    '@a =\nGET http://c/\n\n###\n@b = 1\n',
  ])
    assert.deepEqual(said(`${none}GET http://a/{{b}}\n`), [], none);
});
