import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recogniseDialect, type HttpDialect } from '../../../src/core/httpFile/dialect.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { knownEnvironments } from '../../../src/core/httpFile/environmentVariables.ts';
import { quoted, withFileVariables } from '../../../src/core/httpFile/graphql.ts';
import { insertBearer } from '../../../src/core/httpFile/insertBearer.ts';
import { readRequest, type ReadOptions, type ReadRequest } from '../../../src/core/httpFile/readRequest.ts';
import { applyEdits } from '../../../src/core/httpFile/textEdit.ts';
import { variablesAlone } from '../../../src/core/httpFile/authorization.ts';
import { lineOfVariable } from '../../../src/core/httpFile/resolveVariables.ts';
import { systemVariable } from '../../../src/core/httpFile/systemVariables.ts';
import { judge } from './judge.ts';
import { sentByHttpyac, startSink } from './sender.ts';

function read(text: string, options: ReadOptions = {}, index = 0): ReadRequest {
  const block = parseHttpFile(text).blocks[0];
  const request = block?.requests.at(index);
  assert.ok(block && request);
  return readRequest(text, block, request, options);
}

/** Environment files that are nobody's own. */
const shared = (...texts: readonly string[]) =>
  texts.map((text) => ({ text, kind: 'shared', folder: 0 }) as const);

const bodyText = ({ body }: ReadRequest) =>
  body?.map((part) => (part.kind === 'text' ? part.text : `<${part.path}>`)).join('');

/** What httpYac sends, and what is read here. */
async function compared(text: string) {
  const judged = (await judge(text, 'x.http')).map(({ method, url, headers, body }) => ({
    method,
    url,
    headers,
    body,
  }));
  const requests = parseHttpFile(text).blocks[0]?.requests ?? [];
  const own = requests.map((_, index) => {
    const { method, url, headers, ...rest } = read(text, { dialect: 'httpyac' }, index);
    return { method, url, headers, body: bodyText({ method, url, headers, ...rest }) ?? '' };
  });
  return { own, judged };
}

describe('a request is read as its own tool reads it', () => {
  it('does not ask for what stands in a header that is replaced', () => {
    const text =
      'GET https://api.example.com/orders\nAuthorization: Bearer {{login.response.body.access_token}}\n';
    assert.deepEqual(read(text).unresolved, ['login.response.body.access_token']);
    const { unresolved, headers } = read(text, { replaced: ['authorization'] });
    assert.deepEqual([unresolved, headers], [[], []]);
  });

  // Judged by httpyac 6.16.7 with the variables of an environment: it resolves the definitions in their order.
  it('takes the environment’s value for a variable of httpYac’s that is defined by itself', () => {
    const text = '@token = {{token}}\n@auth = Bearer {{ auth }}\nGET https://a/\nA: {{token}}\nB: {{auth}}\n';
    const source = (name: string) => ({ token: 'T', auth: 'U' })[name];
    assert.deepEqual(read(text, { dialect: 'httpyac', source }).headers, [
      ['A', 'T'],
      ['B', 'Bearer U'],
    ]);
    assert.deepEqual(read(text, { dialect: 'httpyac' }).unresolved, ['token', 'auth']);
    assert.deepEqual(read(text, { dialect: 'rest_client', source }).unresolved, ['token', 'auth']);
  });

  const asHttpyac = {
    'a script below the headers':
      'PUT https://a/o/1\nContent-Type: application/json\n> {%\n  client.test("ok", function () {});\n%}\n',
    'a script below the URL': 'DELETE https://a/o/1\n{{\n console.log(1)\n}}\n',
    'a JSON body without a blank line':
      'POST https://a/p\nContent-Type: application/json\n{\n  "a": "b"\n}\n',
    'a list without a blank line': 'POST https://a/p\nA: 1\n[1,\n2]\n',
    'a comment of several lines among the headers':
      'POST https://a/p\nA: 1\n/*\nAuthorization: Bearer old\n- x\n\nB: 2\n*/\nC: 3\n',
    'a comment of several lines below the URL': 'POST https://a/p\n/*\nB: 2\n*/\nC: 3\n',
    'words without a blank line': 'POST https://a/p\nContent-Type: text/plain\nhello world\n\nand: more\n',
    'a word right behind # among the headers': 'GET https://a/x\nA: 1\n#x\nB: 2\n\nbody\n',
    'a word right behind # below the URL': 'GET https://a/x\n  ?a=1\n  #frag\nA: 1\n\nb\n',
    'a name right behind #, and comments': 'GET https://a/x\n  #Auth: x\n# c\n# d: e\n# \n//x\nA: 1\n',
    'a variable among the headers': 'POST https://a/x\nA: 1\n@v = 1\nB: 2\n\nbody\n',
    'a sign @ among the headers': 'POST https://a/x\nA: 1\n@v=\nB: 2\n\nbody\n',
    'what goes on with the URL behind a # without a blank': 'GET https://a/x\n  ?a=1\n#c\n  &b=2\nA: 1\n',
    'a blank before the next line of the URL': 'GET https://a/x \n  ?a=1 \n  &b=2 \nA: 1\n',
    'two signs # among the headers': 'POST https://a/x\nB: 2\n## f\nA: 1\n\nbody\n',
    'a sign # alone among the headers': 'POST https://a/x\nB: 2\n#\nA: 1\n\nbody\n',
    'a body below the URL': 'POST https://a/p\n{"a":1}\n',
    'a title and a quotation of Markdown':
      'POST https://a/p\nContent-Type: text/markdown\n\n# Title\n> quoted words\ntext\n',
    'comments in JSON': 'POST https://a/p\nContent-Type: application/json\n\n{\n// c\n# d\n"a":1\n}\n',
    'a request below a saved response':
      'GET https://a/1\n\nHTTP/1.1 200 OK\nA: 1\n\n{"a":1}\n\nGET https://a/2\nB: 2\n',
    'a method in the body of a region that only a separator ends':
      '# @forceRegionDelimiter\nPOST https://a/p\n\nGET https://b/q\n',
    'the same in its other spelling': '## @force-region-delimiter\nPOST https://a/p\n\nGET https://b/q\n',
    'the body of a search': 'GET https://a/_search\nContent-Type: application/json\n\n{"a":1}\n',
    'lines of JSON, each with its line feed':
      'POST https://a/p\nContent-Type: application/x-ndjson\n\n{"a":1}\n{"b":2}\n\n\n',
  };
  for (const [title, text] of Object.entries(asHttpyac))
    it(`${title}: as httpYac does`, async () => {
      const { own, judged } = await compared(text);
      assert.ok(judged.length > 0);
      assert.deepEqual(own, judged);
    });

  it('percent-encodes what a form body may not hold, and nothing twice', () => {
    const form = 'POST https://a/p\nContent-Type: application/x-www-form-urlencoded\n\n';
    assert.equal(
      bodyText(read(`${form}name=J\u00fcrgen Gro\u00df&x=50%25&y=100%&z={"a"}`)),
      'name=J%C3%BCrgen%20Gro%C3%9F&x=50%25&y=100%25&z=%7B%22a%22%7D',
    );
  });

  it('sends a GraphQL body as GraphQL where its tool does, with the name of its operation', () => {
    const text =
      'POST https://a/g\nContent-Type: application/json\n\nquery Orders($n: Int) {\n  orders(n: $n) { id }\n}\n\n{ "n": 1 }\n';
    const whole = bodyText(read(text, { dialect: 'httpyac' }));
    assert.deepEqual(JSON.parse(whole ?? ''), {
      query: 'query Orders($n: Int) {\n  orders(n: $n) { id }\n}',
      operationName: 'Orders',
      variables: { n: 1 },
    });
    assert.match(bodyText(read(text, { dialect: 'rest_client' })) ?? '', /^query Orders/);
  });

  it('fills in the variables of files that a body takes in, in their encoding, and names the unknown ones', () => {
    const text = '@v = 1\n\nPOST https://a/p\n\n<@latin1 ./b.json\n';
    const { body, fill } = read(text);
    assert.deepEqual(body, [{ kind: 'file', path: './b.json', resolveVariables: true, encoding: 'latin1' }]);
    assert.deepEqual(fill('{"v":{{v}},"w":{{w}}}'), { text: '{"v":1,"w":{{w}}}', unresolved: ['w'] });
    for (const name of ['injectVariables', 'inject-variables'])
      assert.deepEqual(read(`# @${name}\nPOST https://a/p\n\n< ./b.json\n`).body, [
        { kind: 'file', path: './b.json', resolveVariables: true },
      ]);
  });

  it('puts a file into a GraphQL body as a JSON string, and one of variables as it is', () => {
    const written = 'GRAPHQL https://a/g\n\n# c\n< ./q.graphql\n\n{ "n": 1 }\n';
    for (const [dialect, text] of [
      ['jetbrains', written],
      ['rest_client', written.replace('GRAPHQL https://a/g', 'POST https://a/g\nX-Request-Type: GraphQL')],
      ['kulala', written.replace('GRAPHQL', '# @graphql\nPOST')],
      ['kulala', written.replace('GRAPHQL', 'POST')],
      ['httpyac', written.replace('GRAPHQL', 'POST').replace('<', 'gql Orders <')],
    ] as const) {
      const { body } = read(text, { dialect });
      const [before, query, after] = body ?? [];
      assert.deepEqual(before, { kind: 'text', text: '{"query":"' }, dialect);
      assert.deepEqual(
        query,
        { kind: 'file', path: './q.graphql', quoted: true, resolveVariables: /kulala|httpyac/.test(dialect) },
        dialect,
      );
      const name = dialect === 'httpyac' ? '"operationName":"Orders",' : '';
      assert.deepEqual(after, { kind: 'text', text: `",${name}"variables":{ "n": 1 }}` }, dialect);
    }
    const both = read('GRAPHQL https://a/g\n\nquery A {\n< ./f.graphql\n}\n\n< ./v.json\n', {
      dialect: 'jetbrains',
    });
    assert.equal(
      bodyText(both),
      '{"query":"query A {\\n<./f.graphql>\\n}","operationName":"A","variables":<./v.json>}',
    );
    assert.deepEqual(
      both.body?.map((part) => part.kind === 'file' && part.quoted),
      [false, true, false, false, false],
    );
    assert.equal(quoted('{ a(b: "c")\n}'), '{ a(b: \\"c\\")\\n}');
    const plain = read('GRAPHQL https://a/g\n\n< ./q.graphql\n', { dialect: 'httpyac' });
    assert.equal(bodyText(plain), '<./q.graphql>');
  });

  // kulala-core, parser/graphql-content.ts: what stands in the file is split as a body in the request is.
  it('takes the variables of a GraphQL file for Kulala', () => {
    const whole = (text: string) => JSON.stringify({ query: text, operationName: 'A', variables: {} });
    const query = 'query A($n: Int) {\n  b(n: $n)\n}';
    for (const [below, expected] of [
      ['\n\n{ "n": 1 }\n', { n: 1 }],
      ['\r\n \r\n{\r\n  "n": [1]\r\n}', { n: [1] }],
    ] as const) {
      const sent = withFileVariables(whole(query + below)).replace('}\\r"', '}"');
      assert.deepEqual(JSON.parse(sent), { operationName: 'A', query, variables: expected });
    }
    for (const none of [whole(query), whole(`${query}\n\nquery B { c }`), '{"query":"","variables":{{v}}}'])
      assert.equal(withFileVariables(none), none);
  });

  it('adds a fragment of 200,000 lines to a GraphQL query', () => {
    const fragment = `fragment F on A {\n${'  a\n'.repeat(200_000)}}`;
    const { body } = read(`${fragment}\n\n###\n\ngql Q\nPOST https://a/g\n\nquery Q { ...F }\n`, {
      dialect: 'httpyac',
    });
    assert.ok(JSON.stringify(body).length > fragment.length);
  });

  it('fills in the variables of the files that Kulala fills in', () => {
    const filled = (name: string, dialect: HttpDialect = 'kulala') =>
      read(`POST https://a\nContent-Type: a/b\n\n< ./${name}\n`, { dialect }).body?.map(
        (part) => part.kind === 'file' && part.resolveVariables,
      );
    assert.deepEqual(
      [filled('a.json'), filled('a.bin'), filled('a.json', 'jetbrains')],
      [[true], [false], [false]],
    );
  });

  it('takes the host of a path from httpYac’s variable, and for no other tool’s file', () => {
    const url = (dialect: HttpDialect) => read('@host = https://x.example\n\nGET /p\n', { dialect }).url;
    assert.equal(url('httpyac'), 'https://x.example/p');
    // @see REST Client, httpRequestParser; JetBrains, HTTP request in editor specification; kulala-core, omit-req-url-but-set-host.http
    for (const dialect of ['rest_client', 'jetbrains', 'visual_studio', 'kulala'] as const)
      assert.equal(url(dialect), '/p', dialect);
    // Where the URL has a host, nobody asks for another.
    const source = (name: string) => assert.fail(`${name} was asked for`);
    const { unresolved } = read('@host = {{other}}\n\nGET https://a/p\n', { dialect: 'httpyac', source });
    assert.deepEqual(unresolved, []);
  });

  // Judged by httpyac 6.16.7: globalHttpRegions leaves them out.
  it('leaves out, and says nothing of, what a disabled region without a request holds', async () => {
    const text =
      '@a = 0\n###\n# @disabled\n# @import ./x.http\n@a = 1\n@global.b = 1\n{{\nexports.c = 2\n}}\n###\nGET https://a/{{a}}/{{b}}\n';
    const { url, notes } = read(text, { dialect: 'httpyac' });
    assert.deepEqual([url, notes], ['https://a/0/{{b}}', []]);
    const enabled = read(text.replace('# @disabled', '# on'), { dialect: 'httpyac' });
    assert.deepEqual([enabled.url, enabled.notes.map(({ line }) => line)], ['https://a/1/1', [3, 6]]);
    const sink = await startSink();
    const served = text
      .replaceAll('https://a', sink.origin)
      .replace(/.*@import.*\n/, '')
      .replace('/{{b}}', '');
    await sentByHttpyac(served, 'x.http');
    assert.deepEqual(
      sink.taken().map(({ path }) => path),
      ['/0'],
    );
    await sink.close();
  });

  it('finds the line of a name between braces: the request’s, else one of the file', () => {
    const text = '@a = {{c}}\nGET https://a/{{ b }}\n\n###\nGET https://b/{{a}}\nX: {{b}}\n\n{{$x y}}\n';
    const block = parseHttpFile(text).blocks[0];
    const request = block?.requests[1];
    assert.ok(request);
    assert.deepEqual(
      ['b', 'c', '$x y', 'nowhere'].map((name) => lineOfVariable(text, request, name)),
      [5, 0, 7, 4],
    );
  });

  it('says what its tool would do besides, with the line, and does not send what is disabled', () => {
    const text =
      '# @ref login\n# @loop for 3\n< {%\n  x()\n%}\nGET https://a/p\n...defaults\nA: 1\n\n###\n# @disabled\nGET https://a/q\n\n###\n{{\n  exports.x = 1\n}}\nGET https://a/r\n';
    const lines = ({ notes }: ReadRequest) => notes.map(({ line, stops }) => [line, stops ?? false]);
    assert.deepEqual(lines(read(text)), [
      [0, false],
      [1, false],
      [2, false],
      [6, false],
    ]);
    assert.deepEqual(lines(read(text, {}, 1)), [[10, true]]);
    assert.deepEqual(lines(read(text, {}, 2)), [[14, false]]);
  });
});

describe('a header within a comment of several lines', () => {
  const text = 'GET https://a/p\nA: 1\n/*\nHost: b\nAuthorization: Bearer old\n  - x\n*/\nC: 3\n';

  it('is not sent, nor said to be a header', () => {
    for (const dialect of ['jetbrains', 'kulala', 'rest_client', 'visual_studio'] as const) {
      const { headers, notes } = read(text, { dialect });
      assert.deepEqual(
        headers,
        [
          ['A', '1'],
          ['C', '3'],
        ],
        dialect,
      );
      const said = /jetbrains|kulala/.test(dialect) ? [] : [2];
      assert.deepEqual(
        notes.map(({ line }) => line),
        said,
        dialect,
      );
    }
  });

  it('is no line of the URL', () => {
    const { url } = read('GET https://a/p\n/*\n?x=1\n*/\n?y=2\n', { dialect: 'jetbrains' });
    assert.equal(url, 'https://a/p?y=2');
  });
});

describe('a script that runs before the request', () => {
  it('is told by the word it begins with, before the place where it stands: httpYac', () => {
    const lines = (text: string) => read(text, { dialect: 'httpyac' }).notes.map(({ line }) => line);
    assert.deepEqual(lines('GET https://a/p\n\n{{@request\n  x()\n}}\n'), [2]);
    assert.deepEqual(lines('GET https://a/p\n\n{{\n  x()\n}}\n'), []);
    assert.deepEqual(lines('# @name a\n{{@response\n  x()\n}}\nGET https://a/p\n'), []);
    assert.deepEqual(lines('# @name a\n{{\n  x()\n}}\nGET https://a/p\n'), [1]);
  });

  it('is not run, which is said below the request line, too; of the one that runs afterwards nothing is', () => {
    const text =
      'POST https://a/p\nA: 1\n\n< {%\n  request.headers["X"] = "y";\n%}\n\n{}\n\n> {%\n  client.log(1)\n%}\n';
    for (const dialect of ['jetbrains', 'kulala', 'httpyac'] as const) {
      const { notes, ...request } = read(text, { dialect });
      assert.deepEqual(
        [notes.map(({ line }) => line), bodyText({ notes, ...request })],
        [[3], '{}'],
        dialect,
      );
    }
  });
});

describe('what is sent otherwise than its own tool would', () => {
  const lines = (text: string, dialect: HttpDialect) => read(text, { dialect }).notes.map(({ line }) => line);

  it('is said: credentials that a tool works out', () => {
    for (const value of ['Digest u p', 'AWS a b', 'oauth2 client_credentials x', 'NTLM u p'])
      assert.deepEqual(lines(`GET https://a\nAuthorization: ${value}\n`, 'rest_client'), [0], value);
    for (const value of ['Basic u p', 'Bearer x'])
      assert.deepEqual(lines(`GET https://a\nAuthorization: ${value}\n`, 'rest_client'), [], value);
    const options = { replaced: ['authorization'] };
    assert.deepEqual(read('GET https://a\nAuthorization: Digest u p\n', options).notes, []);
  });

  it('is said: a line of a body that begins a request in httpYac', () => {
    const text = 'POST https://a\n\nplease\nGET out\n';
    assert.deepEqual(lines(text, 'httpyac'), [3]);
    assert.deepEqual(lines(text, 'rest_client'), []);
  });
});

describe('before sending it is said, with the line,', () => {
  /** Zero-based lines of what is said of the first request. */
  const said: readonly (readonly [
    title: string,
    dialect: HttpDialect,
    text: string,
    lines: readonly number[],
  ])[] = [
    ['the body of a GET, which all send: nothing', 'jetbrains', 'GET https://a/_search\n\n{"a":1}\n', []],
    ['the body of a HEAD: nothing', 'rest_client', '# x\nHEAD https://a\nA: 1\n\nx\n', []],
    ['a query below the version', 'rest_client', 'GET https://a HTTP/1.1\n  ?x=1\n', [1]],
    ['a query below the version of httpYac', 'httpyac', 'GET https://a HTTP/1.1\n  ?x=1\n', [1]],
    ['a query below the version elsewhere: nothing', 'jetbrains', 'GET https://a HTTP/1.1\n  ?x=1\n', []],
    ['another Host', 'jetbrains', 'GET https://a.example/\nA: 1\nhost: b.example\n', [2]],
    [
      'the same Host with its port: nothing',
      'jetbrains',
      'GET https://a.example/\nHost: a.example:443\n',
      [],
    ],
    ['the Host of a path: nothing', 'rest_client', 'GET /a\nHost: a.example\n', []],
    // softeerbootcamp/be-java-web-server, src/test/http/test.http; Swarag-N/Colibri, upload.http
    ['a length that is not the body’s', 'jetbrains', 'POST https://a\nContent-Length: 5\n\nabcé\n\nx\n', [1]],
    ['the length of the body: nothing', 'jetbrains', 'POST https://a\ncontent-length: 5\n\nabcé\n', []],
    ['the length of a file', 'rest_client', 'POST https://a\nContent-Length: 9\n\n< ./a.json\n', [1]],
    ['the usual connection: nothing', 'jetbrains', 'GET https://a\nConnection: keep-alive\n', []],
    [
      'what belongs to the connection',
      'rest_client',
      'POST https://a\nConnection: close\nTE: trailers\nexpect: 100-continue\nTransfer-Encoding: chunked\n\nx\n',
      [1, 2, 3, 4],
    ],
    ['an option of a command', 'rest_client', "curl -H 'Connection: close' https://a\n", [0]],
    ['a folded header', 'rest_client', 'GET https://a\nA: 1\n  2\n', [2]],
    ['a folded header of JetBrains: nothing', 'jetbrains', 'GET https://a\nA: 1\n  2\n', []],
    ['a path in lines', 'rest_client', 'GET https://a\n  /b\n  ?x=1\n', [1]],
    ['a path in lines of httpYac: nothing', 'httpyac', 'GET https://a\n  /b\n  ?x=1\n', []],
    ['a query in lines', 'visual_studio', 'GET https://a\n  ?x=1\n  &y=2\n', [1, 2]],
    ['indented words of the URL', 'httpyac', 'GET https://a\n  b\n', [1]],
    ['a query below the headers', 'httpyac', 'POST https://a\nA: 1\n?x=1\n', [2]],
    ['a request right below another', 'rest_client', 'GET https://a\nGET https://b\n', [1]],
    ['a request right below another of httpYac: nothing', 'httpyac', 'GET https://a\nGET https://b\n', []],
    ['the name {', 'httpyac', 'POST https://a\n\nquery { a }\n', [2]],
    ['a request that is sent several times', 'httpyac', 'GET https://a\n# @loop for 2\nA: 1\n', [1]],
    ['another request before', 'httpyac', 'POST https://a\n\nx\n# @ref login\n', [3]],
    ['variables that a script would make', 'jetbrains', '< ./pre.js\nGET https://a\n', [0]],
    ['a script in Lua', 'kulala', '< {%\n x()\n%}\nGET https://a\n', [0]],
    ['an import', 'jetbrains', 'import ./a.http\n\nGET https://a\n', [0]],
    ['a run', 'kulala', '### x\n// c\nrun #login (@a=1)\nrun ./a.http\nGET https://a\n', [2, 3]],
    ['the word run in a body: nothing', 'jetbrains', 'POST https://a\n\nrun away\nimport this\n', []],
    ['a variable in the name of a header', 'rest_client', 'PUT https://a\nA: 1\n{{n}}: 2\nB: 3\n', [2]],
    ['a part of the name of a header', 'jetbrains', 'PUT https://a\nX-{{n}}: 2\n\n{}\n', [1]],
    ['a body without a blank line', 'rest_client', 'POST https://a\nA: 1\n{"a":1}\n', [2]],
    ['a body without a blank line of httpYac: nothing', 'httpyac', 'POST https://a\nA: 1\n{"a":1}\n', []],
    ['a handler right below: nothing', 'jetbrains', 'GET https://a\nA: 1\n> {%\n x()\n%}\n', []],
    ['a file right below: nothing', 'jetbrains', 'PUT https://a\nA: 1\n< ./a.json\n', []],
    ['a file that Visual Studio takes for text', 'visual_studio', 'PUT https://a\n\nx\n< ./a.json\n', [3]],
    ['XML in Visual Studio: nothing', 'visual_studio', 'PUT https://a\n\n<a>\n</a>\n', []],
    ['cookies of a file', 'kulala', '# @attach-cookie-jar\nGET https://a\n', [0]],
    ['a variable of a file', 'kulala', '# @file-to-variable X ./a\n@X = 1\nGET https://a?b={{X}}\n', [0]],
    [
      'an option of curl',
      'kulala',
      '# @kulala-curl--data x\n# @curl-connect-timeout 3\nGET https://a\n',
      [0, 1],
    ],
    // mistweaverco/kulala-core, parser/types/document.ts: fileHeaderOperators
    [
      'an option of curl for all requests of the file',
      'kulala',
      '# @kulala-curl--insecure\n# @no-log\n@a = 1\n\n### b\nGET https://a\n',
      [0],
    ],
    [
      'an option of curl for another request: nothing',
      'kulala',
      '### b\nGET https://a\n\n### a\n# @kulala-curl--insecure\nGET https://b\n',
      [],
    ],
    ['the URL as it is written', 'jetbrains', '# @no-auto-encoding\nGET https://a?b=c d\n', [0]],
    ['a sign that is encoded', 'jetbrains', '# @no-auto-encoding\nGET https://a?b=1%\n', [0]],
    [
      'nothing to encode: nothing',
      'jetbrains',
      '# @no-auto-encoding\nGET https://a/b?c=%20~*|[d]&e=f+g\n',
      [],
    ],
    ['credentials of the system', 'jetbrains', '# @use-os-credentials\nGET https://a\n', [0]],
    ['a certificate in a header', 'httpyac', 'GET https://a\nA: 1\nX-ClientCert: pfx: ./a\n', [2]],
    ['a proxy', 'httpyac', '# @proxy http://b\nGET https://a\n', [0]],
    ['a wait', 'kulala', '# @delay 500\nGET https://a\n', [0]],
    ['a wait of httpYac', 'httpyac', '// @ratelimit max 1 expire 9\nGET https://a\n', [0]],
    ['an answer in pieces', 'kulala', '# @accept chunked\nGET https://a\n', [0]],
    [
      'a program before',
      'kulala',
      '# @stdin-cmd-pre X echo\n# @env-stdin-cmd-pre Y ls\nGET https://a\n',
      [0, 1],
    ],
    ['the words of Kulala elsewhere: nothing', 'jetbrains', '# @delay 5\n# @accept x\nGET https://a\n', []],
    ['a question before', 'rest_client', '# @note Sure?\nGET https://a\n', [0]],
    ['a question before, of httpYac', 'httpyac', 'GET https://a\n// @note\n', [1]],
    ['a note that is none: nothing', 'jetbrains', '# @note this\nGET https://a\n', []],
    ['a certificate that is not checked', 'httpyac', '# @no-reject-unauthorized\nGET https://a\n', [0]],
    ['a name in httpYac’s other spelling', 'httpyac', '# @force-ref x\n# @no-proxy\nGET https://a\n', [0, 1]],
    ['several signs of a comment', 'httpyac', '/// @ref x\n## @loop for 2\nGET https://a\n', [0, 1]],
    ['a script of all requests', 'httpyac', '{{+request\n x()\n}}\n\n###\nGET https://a\n', [0]],
    ['a script for answers: nothing', 'httpyac', '{{+response\n x()\n}}\n\n###\nGET https://a\n', []],
    [
      'a script of another request: nothing',
      'httpyac',
      'GET https://a\n\n###\n{{\n x()\n}}\nGET https://b\n',
      [],
    ],
    [
      'a file that is imported for all requests',
      'httpyac',
      '# x\n// @import ./x.http\n\n###\nGET https://a\n\n###\nGET https://b\n',
      [1],
    ],
    [
      'a request and a wait before all of them',
      'httpyac',
      'GET https://a\n\n###\n# @force-ref login\n# @sleep 5\n# @loop for 3\n',
      [3, 4],
    ],
    [
      'the import of another request: nothing',
      'httpyac',
      'GET https://a\n\n###\n# @import ./x.http\nGET https://b\n',
      [],
    ],
    ['an import elsewhere: nothing', 'rest_client', '# @import ./x.http\n\n###\nGET https://a\n', []],
    // selector.ts: /^#{3,}/
    ['a separator that is indented', 'rest_client', 'POST https://a\n\na\n  ### b\nc\n', [3]],
    ['one right below the URL', 'jetbrains', 'GET https://a\n\t###\nA: 1\n', [1]],
    ['one below a command', 'rest_client', 'curl https://a\n ###\n', [1]],
    ['one of httpYac’s: nothing', 'httpyac', 'POST https://a\n\na\n  ###\nGET https://b\n', []],
    ['one at the left: nothing', 'rest_client', 'POST https://a\n\na\n###\nGET https://b\n', []],
    ['several bodies', 'httpyac', 'POST https://a\n\na\n===\nb\n', [3]],
    ['one body elsewhere: nothing', 'rest_client', 'POST https://a\n\na\n===\nb\n', []],
    ['a line of the query without a value', 'httpyac', 'GET https://a?b=c\n    &d=e\n    ?g\n', [2]],
    ['a body without a type', 'kulala', 'POST https://a\n\ntext\n', [0]],
    ['a type that is guessed: nothing', 'kulala', 'POST https://a\n\n{"a":1}\n', []],
    ['a type that is named: nothing', 'kulala', 'POST https://a\ncontent-type: a/b\n\n{"a":1}\n', []],
    ['a type elsewhere: nothing', 'jetbrains', 'POST https://a\n\n{"a":1}\n', []],
    ['a certificate in a header elsewhere: nothing', 'kulala', 'GET https://a\nX-ClientCert: b\n', []],
  ];
  for (const [title, dialect, text, lines] of said)
    it(title, () =>
      assert.deepEqual(
        read(text, { dialect }).notes.map(({ line }) => line),
        lines,
      ),
    );

  it('that a separator above a request is indented, too', () => {
    const text = '  ###\nGET https://a\n\n  ### b\n# c\nGET https://b\n\n### d\n';
    const lines = [0, 1].map((at) =>
      read(text, { dialect: 'rest_client' }, at).notes.map(({ line }) => line),
    );
    assert.deepEqual(lines, [[3], [3]]);
  });

  it('nothing of a separator in a fence that is indented as a whole', () => {
    const text = '- a\n  ```http\n  GET https://a\n\n  ###\n  GET https://b\n  ```\n';
    const block = parseHttpFile(text, 'markdown').blocks[0];
    const request = block?.requests[0];
    assert.ok(block && request);
    assert.deepEqual(readRequest(text, block, request).notes, []);
  });

  it('what Kulala runs before every request, with the headers that it adds; variables are read', () => {
    const second = (shared: string) =>
      read(`${shared}\n### one\nGET https://b\n\n### two\nGET https://a/{{v}}\n`, { dialect: 'kulala' }, -1);
    for (const shared of [
      '### KULALA_SHARED\n@v = 1\n< {%\n a()\n%}\n',
      '### KULALA_SHARED_EACH\n@v = 1\n\nGET https://c\n',
      '### Shared\n@v = 1\nNOP\nX: 1\n',
      '### Shared each\n@v = 1\nrun ./login.http\n',
      '# a\n\n### Shared\n\n@v = 1\n\nPOST https://c\n\n{}\n',
      '### Shared\n# @curl-location\n@v = 1\n',
    ]) {
      const { url, notes } = second(shared);
      const line = shared.startsWith('# a') ? 2 : 0;
      assert.deepEqual([url, notes.map((one) => one.line)], ['https://a/1', [line]], shared);
    }
    for (const shared of [
      '### Shared\n# only\n@v = 1\n',
      '### Shares\n@v = 1\nrun ./a.http\n',
      '### x\n@v = 1\n',
    ])
      assert.deepEqual(second(shared).notes, [], shared);
    const other = read('### Shared\nNOP\nX: 1\n\n###\nGET https://a\n', { dialect: 'jetbrains' });
    assert.deepEqual(other.notes, []);
    assert.deepEqual(
      read('### Shared\nPOST https://c\n\n###\nGET https://a\n', { dialect: 'kulala' }).notes,
      [],
    );
  });

  it('that a request is disabled, wherever that stands', () => {
    for (const text of [
      '# @disabled\nGET https://a\n',
      'GET https://a\n# @disabled\n',
      'PUT https://a\n\nx\n// @disabled\n',
      '## @disabled\nGET https://a\n',
      '/// @disabled\nGET https://a\n',
    ])
      assert.ok(
        read(text, { dialect: 'httpyac' }).notes.some(({ stops }) => stops),
        text,
      );
  });

  it('that a request to a Unix socket is not sent: a host called unix would get it', () => {
    for (const url of [
      'unix:/var/run/docker.sock:/info',
      'http://unix:/var/run/docker.sock:/info',
      'HTTPS://UNIX:/a:/b',
      'http://unix:./a.sock:/info',
    ])
      assert.deepEqual(
        read(`# x\nGET ${url}\n`, { dialect: 'httpyac' }).notes.map(({ line, stops }) => [line, stops]),
        [[1, true]],
        url,
      );
    for (const url of ['http://unix:8080/a', 'http://unix/a', 'https://a/unix:/b'])
      assert.deepEqual(lines(`GET ${url}\n`, 'httpyac', 0), [], url);
  });

  it('that other tools see no request there, and the body goes on', () => {
    const text = 'POST https://a\n\nplease\nGET https://b\n\n###\nGET https://c\n';
    for (const dialect of ['rest_client', 'jetbrains', 'visual_studio', 'kulala'] as const) {
      assert.equal(bodyText(read(text, { dialect })), 'please\nGET https://b', dialect);
      assert.deepEqual(lines(text, dialect, 1), [3]);
      assert.deepEqual(lines(text, dialect, 2), []);
    }
    assert.equal(bodyText(read(text, { dialect: 'httpyac' })), 'please');
  });

  it('what cannot be sent at all: it is no HTTP request', () => {
    for (const line of [
      'WS wss://a',
      'WEBSOCKET wss://a',
      'GRPC a:443/b/c',
      'MQTT mqtt://a',
      'SSE https://a',
      'GET wss://a',
      'AMQP amqp://a',
      'RSOCKET ws://a',
      'EVENTSOURCE https://a',
    ]) {
      const file = parseHttpFile(`${line}\n`);
      assert.equal(file.blocks[0]?.requests[0]?.kind, 'streaming', line);
      const edit = insertBearer(`${line}\n`, file, 0, { way: 'environment', name: 't' });
      assert.ok(edit.kind === 'refusal' && edit.reason === 'streaming');
    }
  });

  it('what nobody but the tool knows: it stays unresolved', () => {
    for (const name of [
      'login.response.body.$.x',
      'login.response.headers.X',
      '$prompt Name',
      '$input Name',
      '$aadToken',
      '$oidcAccessToken',
      '$env.X',
      'process.env.X',
      '1 + 1',
      '{a',
      'a.b',
      '$random.unknown',
      '$shared',
      '',
    ])
      assert.deepEqual(
        read(`GET https://a?x={{${name}}}\n`, { dialect: 'httpyac' }).unresolved,
        [name.trim()],
        name,
      );
  });

  const lines = (text: string, dialect: HttpDialect, index: number) =>
    read(text, { dialect }, index).notes.map(({ line }) => line);
});

describe('renewing a token', () => {
  for (const below of [
    '  {{\n  x()\n  }}',
    '  > {%\n  x()\n  %}',
    '  ...defaults',
    '  < ./a.json',
    '  @v = 1',
    '  {"a":1}',
  ])
    it(`leaves ${JSON.stringify(below)} below the header alone`, () => {
      const text = `GET https://a/p\nAuthorization: Bearer old\n${below}\n`;
      const edit = insertBearer(text, parseHttpFile(text), 0, { way: 'literal', token: 'NEW' });
      assert.ok(edit.kind === 'edits');
      assert.equal(applyEdits(text, edit.edits), text.replace('old', 'NEW'));
    });

  it('defines a variable where every request sees it, though the first request shares its region with a definition', async () => {
    const text = '@a = 1\n\nGET https://a/1\n\n###\n\nGET https://a/2\n';
    const file = parseHttpFile(text);
    const offset = text.indexOf('/2');
    const edit = insertBearer(text, file, offset, { way: 'fileVariable', token: 'T', name: 't' });
    assert.ok(edit.kind === 'edits');
    const after = applyEdits(text, edit.edits);
    assert.match(after, /^@t = T\n\n###\n\n@a = 1\n/);
    assert.deepEqual(
      (await judge(after, 'x.http')).map(({ url }) => url),
      ['https://a/1', 'https://a/2'],
    );
  });
});

describe('a variable that holds a whole header, as the files of SAP’s CAP have it', () => {
  const lines = [
    '@me = Authorization: Basic ada:',
    '',
    'POST https://a/p',
    'A: 1',
    '{{me}}',
    'B: 2',
    '',
    '{}',
    '',
  ];
  const text = lines.join('\n');

  it('is a header to REST Client, and those below it, too', () => {
    const { headers, notes, ...rest } = read(text);
    assert.deepEqual(headers, [
      ['A', '1'],
      ['Authorization', 'Basic ada:'],
      ['B', '2'],
    ]);
    assert.deepEqual([notes, bodyText({ headers, notes, ...rest })], [[], '{}']);
    assert.deepEqual(read(text, { replaced: ['authorization'] }).headers, [
      ['A', '1'],
      ['B', '2'],
    ]);
  });

  it('is said to be none here where nobody knows it, and to another tool', () => {
    assert.match(read(text.replace('@me', '@you')).notes[0]?.message ?? '', /^REST Client would read/);
    assert.match(read(text, { dialect: 'jetbrains' }).notes[0]?.message ?? '', /would read this line/);
  });

  it('is asked for and replaced as one, too, where an environment defines it', () => {
    const written = 'POST https://a/p\nA: 1\n{{ auth }}\n{{other}}\n\n{}\n';
    const file = parseHttpFile(written);
    const [block] = file.blocks;
    const [request] = block?.requests ?? [];
    assert.ok(block && request);
    assert.deepEqual(variablesAlone(written, block, request), ['auth', 'other']);
    const holders = ['auth'];
    const asked = insertBearer(written, file, 0, { way: 'literal', token: 'T' }, { holders });
    assert.deepEqual(asked, { kind: 'replace', holds: 'variable', line: 2 });
    const answers = { holders, replace: true };
    const edit = insertBearer(written, file, 0, { way: 'literal', token: 'T' }, answers);
    assert.ok(edit.kind === 'edits');
    assert.equal(applyEdits(written, edit.edits), written.replace('{{ auth }}', 'Authorization: Bearer T'));
  });

  for (const eol of ['\n', '\r\n'])
    it(`is asked for and replaced as one, never joined by a second one: ${JSON.stringify(eol)}`, () => {
      const written = lines.join(eol);
      const file = parseHttpFile(written);
      const at = written.indexOf('POST');
      const asked = insertBearer(written, file, at, { way: 'literal', token: 'T' });
      assert.deepEqual(asked, { kind: 'replace', holds: 'variable', line: 4 });
      const edit = insertBearer(written, file, at, { way: 'literal', token: 'T' }, { replace: true });
      assert.ok(edit.kind === 'edits');
      assert.equal(applyEdits(written, edit.edits), written.replace('{{me}}', 'Authorization: Bearer T'));
    });
});

describe('a variable that is defined anew below the request', () => {
  const text = '@h = a.example\n\n###\nGET https://{{h}}/1\n\n###\n@h = b.example\nGET https://{{h}}/2\n';
  const said = (dialect: HttpDialect, index: number, written = text) =>
    read(written, { dialect }, index).notes.map(({ line, message }) => [line, message]);

  for (const [dialect, title] of [
    ['jetbrains', 'JetBrains HTTP Client'],
    ['visual_studio', 'Visual Studio'],
  ] as const)
    it(`is said before it is sent: ${title}`, () => {
      const message = `${title} may take the value of "h" from here; the one of line 7 is sent.`;
      assert.deepEqual(said(dialect, 0), [[0, message]]);
      assert.deepEqual(said(dialect, 1), []);
    });

  it('is not said where the tool tells, the value is the same, another is sent, or nothing is taken from it', () => {
    for (const dialect of ['rest_client', 'httpyac', 'kulala'] as const)
      assert.deepEqual(said(dialect, 0), []);
    assert.deepEqual(said('jetbrains', 0, text.replace('b.example', 'a.example')), []);
    assert.deepEqual(said('jetbrains', 0, text.replace('{{h}}/1', 'c.example/1')), []);
    const known = { dialect: 'jetbrains', source: () => 'environment.example' } as const;
    assert.deepEqual(read(text, known).notes, []);
  });
});

describe('whose file it is', () => {
  const files: readonly (readonly [HttpDialect | undefined, string])[] = [
    ['httpyac', 'GET https://a\n?? status == 200\n'],
    ['httpyac', '# @ref login\nGET https://a\n'],
    ['jetbrains', 'GET https://a\nAuthorization: Bearer {{$auth.token("x")}}\n'],
    ['httpyac', '/// @force-ref login\nGET https://a\n'],
    ['kulala', '# @delay 500\nGET https://a\n'],
    ['jetbrains', '# @no-cookie-jar\nGET https://a\n'],
    ['rest_client', 'GET https://a\nAuthorization: {{$aadToken}}\n'],
    ['rest_client', '# @prompt user\nGET https://a?u={{user}}\n'],
    ['kulala', '# @kulala-curl--insecure\nGET https://a\n'],
    ['kulala', '< {%\n a()\n%}\n< ./pre.js\n# @prompt PASSWORD\nPOST https://a\n\n{}\n\n> ./post.js\n'],
    ['jetbrains', 'POST https://a\n\n{}\n\n> ./post.js\n'],
    ['kulala', '< {% lang=lua\n a()\n%}\nGET https://a\n'],
    ['kulala', '# @kulala-prompt NAME\n# @timeout 5 s\n# @no-log\nGET https://a\n'],
    ['kulala', '### KULALA_SHARED\n< {%\n a()\n%}\n### one\nGET https://a\n'],
    ['jetbrains', 'GET https://{{$env.HOST}}\n'],
    ['visual_studio', 'GET https://a?t={{$timeStamp}}\n'],
    [undefined, 'GET https://a\nA: 1\n\n###\nPOST https://b\n\n{}\n'],
  ];
  for (const [dialect, text] of files)
    it(`${dialect ?? 'nobody’s'}: ${JSON.stringify(text)}`, () =>
      assert.equal(recogniseDialect(text), dialect));

  it('is that of the only tool that is installed where the text does not say', () => {
    assert.equal(recogniseDialect('GET https://a\n', ['httpyac']), 'httpyac');
    assert.equal(recogniseDialect('GET https://a\n', ['httpyac', 'rest_client']), undefined);
  });
});

describe('variables of the surroundings', () => {
  const clock = { now: () => Date.UTC(2026, 10, 28, 12, 34, 56, 789) };
  const none = { clock, dotenv: () => undefined, processEnv: () => undefined };

  it('reads a .env file as dotenv does', () => {
    const text = 'A=abc # the key\nB="abc" # the key\nC=1\nC=2\nD="a\\nb"\nexport E=5\n';
    const variable = knownEnvironments({ json: [], dotenv: [{ text }] }).variables(undefined, none);
    assert.deepEqual(['A', 'B', 'C', 'D', 'E', '$dotenv A'].map(variable), [
      'abc',
      'abc',
      '2',
      'a\nb',
      '5',
      'abc',
    ]);
  });

  it('takes numbers and booleans, Visual Studio’s own file first, REST Client’s setting, and the .env of an environment', () => {
    const known = knownEnvironments({
      json: [
        { text: '{"dev":{"a":"user"}}', kind: 'user', folder: 0 },
        { text: '{"dev":{"a":"private","n":1,"t":true,"o":{"x":1}}}', kind: 'private', folder: 0 },
        { text: '{"$shared":{"s":"all"}}', kind: 'shared', folder: 0 },
      ],
      settings: { prod: { a: 'setting' }, $shared: { s2: 'all too' } },
      dotenv: [{ text: 'K=common' }, { environment: 'dev', text: 'K=of dev' }],
    });
    assert.deepEqual(known.names, ['dev', 'prod']);
    const dev = known.variables('dev', none);
    assert.deepEqual(['a', 'n', 't', 'o', 's', 's2', 'K'].map(dev), [
      'user',
      '1',
      'true',
      undefined,
      'all',
      'all too',
      'of dev',
    ]);
    const prod = known.variables('prod', none);
    assert.deepEqual(['a', 'K'].map(prod), ['setting', 'common']);
  });

  it('takes the files that its tool reads: Visual Studio no private one, and of the nearest folder alone', () => {
    const known = knownEnvironments({
      json: [
        { text: '{"dev":{"a":"private"}}', kind: 'private', folder: 0 },
        { text: '{"dev":{"a":"user","b":"user"}}', kind: 'user', folder: 1 },
        { text: '{"dev":{"b":"near","c":"near"}}', kind: 'shared', folder: 1 },
        { text: '{"dev":{"c":"far","d":"far"}}', kind: 'shared', folder: 2 },
      ],
      dotenv: [],
    });
    const of = (dialect: HttpDialect) =>
      ['a', 'b', 'c', 'd'].map(known.variables('dev', { ...none, dialect }));
    assert.deepEqual(of('visual_studio'), ['user', 'user', 'near', undefined]);
    for (const dialect of ['jetbrains', 'kulala', 'httpyac'] as const)
      assert.deepEqual(of(dialect), ['private', 'near', 'near', 'far'], dialect);
  });

  it('says of a variable that a private file holds otherwise what JetBrains documents', () => {
    const known = knownEnvironments({
      json: [
        { text: '{"dev":{"a":"1","b":"2","c":"3"}}', kind: 'private', folder: 0 },
        { text: '{"dev":{"a":"1","b":"3"},"prod":{"c":"4"}}', kind: 'shared', folder: 0 },
      ],
      dotenv: [],
    });
    assert.deepEqual(known.doubtful('dev', ['a', 'b', 'c', 'x']), ['b']);
    assert.deepEqual(known.doubtful('prod', ['a', 'b', 'c']), []);
    assert.deepEqual(known.doubtful(undefined, ['b']), []);
  });

  it('takes what REST Client’s setting shares by its name, where an environment has another value', () => {
    const settings = { $shared: { version: 'v1' }, prod: { version: 'v2', base: '/{{$shared version}}' } };
    const prod = knownEnvironments({ json: [], settings, dotenv: [] }).variables('prod', none);
    assert.equal(read('GET https://a{{base}}/{{version}}\n', { source: prod }).url, 'https://a/v1/v2');
    assert.equal(prod('$shared other'), undefined);
  });

  it('takes the files of a folder env for httpYac’s files alone, before those beside it', () => {
    const known = knownEnvironments({
      json: [],
      dotenv: [
        { text: 'A=inner', inEnvFolder: true },
        { text: 'B=of dev', environment: 'dev', inEnvFolder: true },
        { text: 'A=outer' },
      ],
    });
    assert.deepEqual(known.names, ['dev']);
    const of = (dialect: HttpDialect) => ['A', 'B'].map(known.variables('dev', { ...none, dialect }));
    assert.deepEqual(of('httpyac'), ['inner', 'of dev']);
    for (const dialect of ['rest_client', 'kulala'] as const)
      assert.deepEqual(of(dialect), ['outer', undefined]);
  });

  it('takes httpYac’s setting for httpYac’s files alone, before all others', () => {
    const known = knownEnvironments({
      json: shared('{"dev":{"a":"file"}}'),
      httpyacSettings: { dev: { a: 'setting', b: 'setting' }, other: {} },
      dotenv: [],
    });
    assert.deepEqual(known.names, ['dev', 'other']);
    const of = (dialect: HttpDialect) => known.variables('dev', { ...none, dialect });
    assert.deepEqual(['a', 'b'].map(of('httpyac')), ['setting', 'setting']);
    for (const dialect of ['rest_client', 'jetbrains'] as const)
      assert.deepEqual(['a', 'b'].map(of(dialect)), ['file', undefined]);
  });

  it('finds what stands deeper in an environment by the path to it', () => {
    const known = knownEnvironments({
      json: shared(
        '{"dev":{"client":{"id":"c1","host.url":"https://h","roles":[{"name":"r0"},"r1"]}},"$kulalaShared":{"s":{"t":2}}}',
      ),
      dotenv: [],
    });
    const dev = known.variables('dev', none);
    const names = ['client.id', "client.['host.url']", 'client["id"]', 'client.roles[0].name'];
    assert.deepEqual([...names, 'client.roles[1]', 's.t', 'client', 'client.roles', 'id'].map(dev), [
      ...['c1', 'https://h', 'c1', 'r0', 'r1', '2'],
      ...[undefined, undefined, undefined],
    ]);
    const deep = '{"dev":{"a":'.padEnd(10_000, '{"a":') + '1' + '}'.repeat(2000);
    const long = JSON.stringify({ dev: { ['k'.repeat(100_000)]: Array.from({ length: 20_000 }, () => 1) } });
    for (const json of [deep, long])
      assert.equal(
        knownEnvironments({ json: shared(json), dotenv: [] }).variables('dev', none)('a.a'),
        undefined,
      );
  });

  // learn.microsoft.com/aspnet/core/test/http-files: ASP.NET Core user secrets, Azure Key Vault, DPAPI encryption.
  // As https://kulala.app/usage/environments has it, and the names that Kulala had before.
  it('takes the header fields that Kulala adds to every request, unless the request has its own', () => {
    const known = knownEnvironments({
      json: [
        {
          text: '{"prod":{"$kulalaDefaultHeaders":{"X-Env":"{{stage}}","x-both":"private"}}}',
          kind: 'private',
          folder: 0,
        },
        {
          text: JSON.stringify({
            $kulalaShared: { $kulalaDefaultHeaders: { 'X-All': 'a', 'X-Both': 'shared', Accept: 'x' } },
            $shared: {
              $default_headers: { 'X-Old': 'o' },
              DEFAULT_HEADERS: { 'X-Older': 7, n: { deep: 'x' } },
            },
            prod: { stage: 'live' },
          }),
          kind: 'shared',
          folder: 0,
        },
        { text: '{"prod":{"$kulalaDefaultHeaders":{"X-VS":"1"}}}', kind: 'user', folder: 0 },
      ],
      dotenv: [],
    });
    const text = 'GET https://a/p\nACCEPT: own\n';
    const sent = (environment: string | undefined, replaced: readonly string[] = []) =>
      read(text, {
        ...{ dialect: 'kulala', replaced, source: known.variables(environment, none) },
        added: known.headers(environment, 'kulala'),
      }).headers;
    const everywhere = [
      ['X-All', 'a'],
      ['X-Old', 'o'],
      ['X-Older', '7'],
    ];
    const inProd = [['ACCEPT', 'own'], ['X-Env', 'live'], ['x-both', 'private'], ...everywhere];
    const bySorting = (all: readonly (readonly string[])[]) => all.map(([a, b]) => `${a}: ${b}`).sort();
    assert.deepEqual(bySorting(sent('prod')), bySorting(inProd));
    assert.deepEqual(
      bySorting(sent(undefined)),
      bySorting([['ACCEPT', 'own'], ['X-Both', 'shared'], ...everywhere]),
    );
    assert.ok(!bySorting(sent('prod', ['x-env'])).some((field) => field.startsWith('X-Env')));
    for (const dialect of ['rest_client', 'jetbrains', 'visual_studio', 'httpyac'] as const)
      assert.deepEqual(known.headers('prod', dialect), []);
  });

  it('sends the files of Kulala’s # @file-to-variable where their variables stand in a body', () => {
    const file = (path: string) => ({ kind: 'file', path, resolveVariables: false });
    const text = (text: string) => ({ kind: 'text', text });
    const named =
      '# @file-to-variable LOGO ./{{dir}}/logo.png binary\n// @kulala-file-contents-to-variable J  ./a b/j.json \n';
    const head = `@dir = img\n@J = own\n\n###\n${named}POST https://a/{{dir}}\nContent-Type: text/plain\n`;
    const sent = (body: string, headers = '') =>
      read(`${head}${headers}\n${body}`, { dialect: 'kulala' }, -1);
    const { body, notes, unresolved } = sent('{"a": {{ J }}, "b": "{{dir}}"}\n{{LOGO}}\n{{J}}');
    const expected = [text('{"a": '), file('./a b/j.json'), text(', "b": "img"}\n'), file('./img/logo.png')];
    assert.deepEqual(body, [...expected, text('\n'), file('./a b/j.json')]);
    assert.deepEqual([notes, unresolved], [[], []]);
    assert.deepEqual(sent('< ./{{LOGO}}.png').unresolved, ['LOGO']);
    assert.deepEqual(sent('< ./{{J}}.png').body, [file('./own.png')]);
    const bare = read('# @file-to-variable LOGO\nPOST https://a\n\n{{LOGO}}', { dialect: 'kulala' });
    assert.deepEqual([bare.unresolved, bare.notes.length > 0], [['LOGO'], true]);
    // Elsewhere the file is not read: its variable is unknown, or has another value, which is said.
    assert.deepEqual(sent('x', 'X-Logo: {{LOGO}}\n').unresolved, ['LOGO']);
    assert.deepEqual(
      sent('{{LOGO}}', 'X-J: {{J}}\n').notes.map(({ message }) => message),
      ['The variable does not take what the file named here holds.'],
    );
    const [last, ...before] = sent('a\0b\0c {{LOGO}}').body?.toReversed() ?? [];
    assert.deepEqual(last, file('./img/logo.png'));
    assert.equal(
      before
        .map((part) => 'text' in part && part.text)
        .reverse()
        .join(''),
      'a\0b\0c ',
    );
    assert.deepEqual(read(`${head}\n{{LOGO}}`, { dialect: 'jetbrains' }, -1).unresolved, ['LOGO']);
    for (const other of [
      head.replace('text/plain', 'application/x-www-form-urlencoded'),
      head.replace('POST', 'GRAPHQL'),
    ])
      assert.deepEqual(read(`${other}\na={{LOGO}}`, { dialect: 'kulala' }, -1).unresolved, ['LOGO'], other);
  });

  it('takes nothing in the place of a secret that Visual Studio has elsewhere, whatever other files say', () => {
    const providers = [
      { provider: 'AspnetUserSecrets', secretName: 'config:ApiKey' },
      { provider: 'AzureKeyVault', keyVaultName: 'v', secretName: 'ApiKey', resourceId: '/subscriptions/1' },
      { provider: 'Encrypted', value: 'AQAAANCMnd8BFdERjHoAwE' },
    ];
    const dotenv = [{ text: 'ApiKey=of-dotenv' }];
    const system = { ...none, dialect: 'visual_studio' as const };
    for (const held of [...providers, ['a'], null]) {
      const secret = JSON.stringify({ dev: { ApiKey: held, Other: 'x' } });
      const placeholder = '{"$shared":{"ApiKey":"of-all"},"dev":{"ApiKey":"of-everybody"}}';
      const user = { text: secret, kind: 'user', folder: 0 } as const;
      for (const json of [
        [user, ...shared(placeholder)],
        shared(secret.replace('}}', '},"$shared":{"ApiKey":"of-all"}}')),
      ]) {
        const source = knownEnvironments({ json, dotenv }).variables('dev', system);
        assert.deepEqual(
          read('GET https://a/\nX-Api-Key: {{ApiKey}}\nX-Other: {{Other}}\n', {
            dialect: 'visual_studio',
            source,
          }).unresolved,
          ['ApiKey'],
        );
      }
    }
  });

  it('takes a variable of the process as JetBrains and Kulala name it', () => {
    const system = { ...none, processEnv: (name: string) => `[${name}]` };
    const known = knownEnvironments({ json: [], dotenv: [] }).variables(undefined, system);
    assert.deepEqual(['$env.API_HOST', '$env.', '$env.a b', '$env'].map(known), [
      '[API_HOST]',
      ...[undefined, undefined, undefined],
    ]);
  });

  // JetBrains HTTP Client, Redirect the response: predefined variables; also in the paths of body files.
  it('knows the folder of the project, where there is one', () => {
    const names = ['$projectRoot', '$historyFolder', '$projectRoot x', '$exampleServer'];
    const known = knownEnvironments({ json: [], dotenv: [], projectRoot: '/p' }).variables(undefined, none);
    assert.deepEqual(names.map(known), ['/p', '/p/.idea/httpRequests', undefined, undefined]);
    const unknown = knownEnvironments({ json: [], dotenv: [] }).variables(undefined, none);
    assert.deepEqual(names.map(unknown), [undefined, undefined, undefined, undefined]);
  });

  it('sends nothing that is disabled, also where httpYac works that out', () => {
    const said = (line: string) => read(`${line}\nGET https://a/\n`, { dialect: 'httpyac' }).notes;
    assert.match(said('# @disabled')[0]?.message ?? '', /is marked as disabled/);
    assert.match(said('# @disabled !callRequest')[0]?.message ?? '', /httpYac works out/);
    assert.ok([...said('# @disabled'), ...said('// @disabled x')].every(({ stops }) => stops));
  });

  it('takes nothing for environments in files of any other shape', () => {
    for (const json of ['{"dev": null}', '"x"', '[]', '{"dev":[]}', '{', '{"dev":{"a":1},"dev":{"a":2}}'])
      assert.doesNotThrow(
        () => knownEnvironments({ json: shared(json), dotenv: [] }).variables('dev', none)('a'),
        json,
      );
  });

  it('knows the system variables of all tools', () => {
    const value = (text: string) =>
      systemVariable(text, {
        clock,
        dotenv: (name) => `<${name}>`,
        processEnv: (name) => (name === 'X' ? 'NAME' : `[${name}]`),
      });
    assert.equal(value('$timestamp'), '1795869296');
    assert.equal(value('$timestamp -1 d'), '1795782896');
    assert.equal(value('$datetime iso8601'), '2026-11-28T12:34:56.789Z');
    assert.equal(value('$datetime rfc1123 1 h'), 'Sat, 28 Nov 2026 13:34:56 GMT');
    assert.equal(value('$datetime "YYYY-MM-DD HH:mm" 1 M'), '2026-12-28 12:34');
    assert.match(value('$localDatetime iso8601') ?? '', /^2026-11-2\dT\d\d:34:56\.789[+-]\d\d:\d\d$/);
    assert.equal(value('$dotEnv A_B'), '<A_B>');
    assert.equal(value('$processEnv %X'), '[NAME]');
    assert.equal(value('$random.integer(5, 6)'), '5');
    assert.match(value('$randomInt 1 3') ?? '', /^[12]$/);
    assert.match(value('$random.alphabetic(12)') ?? '', /^[A-Za-z]{12}$/);
    assert.match(value('$guid') ?? '', /^[0-9a-f-]{36}$/);
    // One of 20 is above 1000, but in one of 10^80 runs.
    const kulala = () =>
      systemVariable('$randomInt', {
        ...{ clock, dialect: 'kulala' },
        dotenv: () => undefined,
        processEnv: () => undefined,
      });
    const drawn = Array.from({ length: 20 }, () => Number(kulala()));
    assert.ok(drawn.some((one) => one > 1000) && drawn.every((one) => one < 10_000_000), String(drawn));
    const refused = ['$unknown', '$timestamp x d', '$random.integer(6, 5)', '$datetime'];
    for (const text of [...refused, '$randomInt 3 1', '$randomInt 3'])
      assert.equal(value(text), undefined, text);
    // @see httpYac, restClientReplacer: the lesser is the first one, whichever it is.
    const httpyac = {
      clock,
      dialect: 'httpyac',
      dotenv: () => undefined,
      processEnv: () => undefined,
    } as const;
    assert.match(systemVariable('$randomInt 3 1', httpyac) ?? '', /^[12]$/);
    assert.equal(systemVariable('$randomInt 3', httpyac), undefined);
  });

  it('takes the name of a variable from the chosen environment behind a percent sign', () => {
    const known = knownEnvironments({
      json: shared('{"dev":{"which":"HOME_DEV"}}'),
      dotenv: [{ text: 'HOME_DEV=from dotenv\nPLAIN=2' }],
    });
    const source = known.variables('dev', { ...none, processEnv: (name) => `[${name}]` });
    assert.deepEqual(
      ['$processEnv %which', '$dotenv %which', '$processEnv %PLAIN', '$processEnv which'].map(source),
      ['[HOME_DEV]', 'from dotenv', '[PLAIN]', '[which]'],
    );
  });

  it('writes times as the file’s own tool does', () => {
    const value = (text: string, dialect: HttpDialect) => systemVariable(text, { ...none, dialect });
    assert.equal(value('$timestamp', 'httpyac'), '1795869296789');
    assert.equal(value('$timestamp 0 d', 'httpyac'), '1795869296');
    assert.equal(value('$timestamp', 'jetbrains'), '1795869296');
    assert.equal(value('$datetime iso8601', 'visual_studio'), '2026-11-28T12:34:56.7890000+00:00');
    assert.match(value('$localDatetime iso8601', 'visual_studio') ?? '', /\.7890000[+-]\d\d:\d\d$/);
    assert.match(value('$localDatetime rfc1123', 'visual_studio') ?? '', / 2026 [\d:]{8} [+-]\d\d$/);
    assert.match(value('$localDatetime iso8601', 'httpyac') ?? '', /:56[+-]\d\d:\d\d$/);
    assert.equal(value('$datetime iso8601 -1 Q', 'rest_client'), '2026-08-28T12:34:56.789Z');
    // @see dotnet/interactive, DynamicExpressionUtilities: the parser of Visual Studio's files
    assert.equal(value('$datetime', 'visual_studio'), '11/28/2026 12:34:56 PM +00:00');
    assert.equal(value('$datetime -1 d', 'visual_studio'), '11/27/2026 12:34:56 PM +00:00');
    assert.match(value('$localDatetime', 'visual_studio') ?? '', /^11\/2\d\/2026 .* [+-]\d\d:\d\d$/);
    assert.equal(value('$datetime', 'rest_client'), undefined);
    assert.equal(value('$randomInt 1', 'visual_studio'), '0');
    // One of 20 is above 1000, but in one of 10^120 runs.
    assert.ok(Array.from({ length: 20 }).some(() => Number(value('$randomInt', 'visual_studio')) > 1000));
  });

  it('says that Visual Studio writes a date without a form in the language of its machine', () => {
    const notes = (text: string) => {
      const source = (name: string) => systemVariable(name, { ...none, dialect: 'visual_studio' });
      return read(text, { dialect: 'visual_studio', source }).notes.map(
        ({ line, message }) => `${line} ${message}`,
      );
    };
    const said =
      'Visual Studio writes this date as the language of its machine does; it is sent as in the United States.';
    assert.deepEqual(notes('GET https://a/\nX: {{$datetime}}\n'), [`1 ${said}`]);
    assert.deepEqual(notes('@now = {{$localDatetime 1 d}}\nGET https://a/{{now}}\n'), [`0 ${said}`]);
    assert.deepEqual(notes('GET https://a/\nX: {{$datetime iso8601}}{{$datetime "dd-MM"}}\n'), []);
  });

  it('lets the environment win over the file for JetBrains alone, which reads no .env', () => {
    const known = knownEnvironments({
      json: shared('{"dev":{"host":"env.example"}}'),
      dotenv: [{ text: 'p=dotenv' }],
    });
    const url = (dialect: HttpDialect) =>
      read('@host = file.example\n@p = file\nGET https://{{host}}/{{p}}\n', {
        dialect,
        source: known.variables('dev', { ...none, dialect }),
      }).url;
    assert.equal(url('jetbrains'), 'https://env.example/file');
    for (const dialect of ['rest_client', 'httpyac', 'visual_studio', 'kulala'] as const)
      assert.equal(url(dialect), 'https://file.example/file', dialect);
  });

  it('formats dates by the letters of the file’s own tool', () => {
    const value = (text: string, dialect: HttpDialect) => systemVariable(text, { ...none, dialect });
    const written: readonly (readonly [string, HttpDialect, string])[] = [
      ['$datetime "YYYY-MM-DD hh:mm:ss A"', 'rest_client', '2026-11-28 12:34:56 PM'],
      ['$datetime "dddd, MMMM D [at] h a Z" 1 h', 'httpyac', 'Saturday, November 28 at 1 pm +00:00'],
      ['$datetime "ddd DD.MM.YY X x"', 'rest_client', 'Sat 28.11.26 1795869296 1795869296789'],
      ['$datetime "dd-MM-yyyy"', 'visual_studio', '28-11-2026'],
      ['$datetime "dddd d MMM yy, hh:mm:ss.fff tt"', 'visual_studio', 'Saturday 28 Nov 26, 12:34:56.789 PM'],
      [`$datetime "yyyy-MM-dd'T'HH:mm:ssK"`, 'visual_studio', '2026-11-28T12:34:56Z'],
      ['$datetime "dd"', 'rest_client', 'Sa'],
    ];
    for (const [text, dialect, expected] of written) assert.equal(value(text, dialect), expected, text);
    assert.match(
      value('$localDatetime rfc1123', 'rest_client') ?? '',
      /^\w{3}, \d\d Nov 2026 [\d:]{8} [+-]\d{4}$/,
    );
    assert.equal(value('$isoTimestamp', 'kulala'), '2026-11-28T12:34:56Z');
    assert.match(value('$date', 'kulala') ?? '', /^2026-11-2\d$/);
  });

  it('takes a variable of the process by its plain name for Kulala alone', () => {
    const known = knownEnvironments({ json: [], dotenv: [] });
    const system = { ...none, processEnv: (name: string) => (name === 'HOME' ? '/home/x' : undefined) };
    assert.equal(known.variables(undefined, { ...system, dialect: 'kulala' })('HOME'), '/home/x');
    assert.equal(known.variables(undefined, { ...system, dialect: 'httpyac' })('HOME'), undefined);
  });

  it('makes a system variable anew each time it stands in a request', () => {
    const known = knownEnvironments({ json: [], dotenv: [] });
    const text = 'POST https://a\n\n{{$guid}} {{$guid}}\n';
    const [first, second] =
      bodyText(read(text, { source: known.variables(undefined, none) }))?.split(' ') ?? [];
    assert.notEqual(first, second);
  });
});
