import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HttpDialect } from '../../../src/core/httpFile/dialect.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { knownEnvironments } from '../../../src/core/httpFile/environmentVariables.ts';
import { type Bearer, insertBearer } from '../../../src/core/httpFile/insertBearer.ts';
import { readRequest, type ReadOptions } from '../../../src/core/httpFile/readRequest.ts';
import { systemVariable } from '../../../src/core/httpFile/systemVariables.ts';
import { applyEdits } from '../../../src/core/httpFile/textEdit.ts';
import { judge } from './judge.ts';

// What was found in the field, by its number, with texts of the same kinds that nobody reported. asItsToolSends has more of each.

function read(text: string, options: ReadOptions = {}, index = 0) {
  const [block] = parseHttpFile(text).blocks;
  const request = block?.requests.at(index);
  assert.ok(block && request, text);
  const found = readRequest(text, block, request, options);
  const body = (found.body ?? [])
    .map((part) => (part.kind === 'text' ? part.text : `<${part.path}>`))
    .join('');
  return { ...found, parts: found.body, body };
}

/** All that httpYac would send, and what is read here. */
async function asHttpyac(text: string): Promise<void> {
  const judged = await judge(text, 'x.http');
  assert.ok(judged.length > 0, text);
  const { requests = [] } = parseHttpFile(text).blocks[0] ?? {};
  assert.deepEqual(
    requests.map((_, index) => {
      const { method, url, headers, body } = read(text, { dialect: 'httpyac' }, index);
      return { method, url, headers: headers.filter(([name]) => name !== 'Authorization'), body };
    }),
    judged.map(({ method, url, headers, body }) => ({ method, url, headers, body })),
  );
}

/** The text after a token was put in at the first request. */
function inserted(text: string, bearer: Bearer, offset = 0): string {
  const edit = insertBearer(text, parseHttpFile(text), offset, bearer);
  assert.equal(edit.kind, 'edits', JSON.stringify(edit));
  return applyEdits(text, edit.edits);
}

const dialects: readonly HttpDialect[] = ['rest_client', 'httpyac', 'jetbrains', 'visual_studio', 'kulala'];

describe('what was found in the field stays right', () => {
  it('H1: what stands in a header that is about to be replaced does not matter', () => {
    for (const value of [
      'Bearer {{login.response.body.access_token}}',
      '{{$auth.token("a")}}',
      'Token {{t}}',
    ])
      for (const dialect of dialects)
        assert.deepEqual(
          read(`GET https://a/p\nAUTHORIZATION: ${value}\nA: 1\n`, { dialect, replaced: ['authorization'] })
            .unresolved,
          [],
          `${dialect} ${value}`,
        );
  });

  it('H2: a script right below the URL or the headers is not part of them', async () => {
    await asHttpyac('POST https://a/p\nA: 1\n\n{"a":1}\n> {%\n  client.test("x", () => {});\n%}\n');
    await asHttpyac('DELETE https://a/p\nA: 1\n{{\n  console.log(1)\n}}\n');
    for (const dialect of ['jetbrains', 'kulala'] as const)
      for (const head of ['DELETE https://a/p\n', 'PUT https://a/p\nA: 1\n']) {
        const { headers, body } = read(`${head}> {%\n  client.log("A: 2")\n%}\n`, { dialect });
        assert.deepEqual([headers, body], [head.includes('A: 1') ? [['A', '1']] : [], ''], dialect);
      }
  });

  it('H3: a file that is sent has its variables filled in, in its encoding', () => {
    for (const [line, encoding] of [
      ['<@latin1 ./b.json', 'latin1'],
      ['<@utf16le ./b.json', 'utf16le'],
      ['<@ ./b.json', undefined],
    ] as const) {
      const { parts, fill } = read(`@v = 1\nPOST https://a/p\n\n${line}\n`);
      assert.deepEqual(parts, [
        { kind: 'file', path: './b.json', resolveVariables: true, ...(encoding && { encoding }) },
      ]);
      assert.deepEqual(fill('{{v}}{{w}}'), { text: '1{{w}}', unresolved: ['w'] });
    }
  });

  it('H4: a line at the beginning that is no header begins the body, as httpYac has it', async () => {
    for (const body of ['[\n  1\n]', '<a>\n</a>', 'a=1&b=2', '"text"'])
      await asHttpyac(`POST https://a/p\nContent-Type: text/plain\n${body}\n`);
  });

  it('H5: a GraphQL body is sent as JSON by httpYac, and needs the header in REST Client', () => {
    const query = 'mutation Add($n: Int) {\n  add(n: $n)\n}';
    const text = `POST https://a/g\nContent-Type: application/json\n\n${query}\n\n{"n": 2}\n`;
    const sent: unknown = JSON.parse(read(text, { dialect: 'httpyac' }).body);
    assert.deepEqual(sent, { query, operationName: 'Add', variables: { n: 2 } });
    assert.ok(read(text, { dialect: 'rest_client' }).body.startsWith(query));
    const asked = text.replace('Content-Type', 'X-Request-Type: GraphQL\nContent-Type');
    assert.deepEqual(JSON.parse(read(asked, { dialect: 'rest_client' }).body), {
      query,
      operationName: 'Add',
      variables: { n: 2 },
    });
  });

  it('H6: what is not done here is said with its line, and what is disabled is not sent', () => {
    for (const [above, below] of [
      ['# @ref login\n', ''],
      ['# @loop for 3\n', ''],
      ['{{\n  exports.x = 1;\n}}\n', ''],
      ['', '...common\n'],
    ] as const) {
      const { notes } = read(`${above}GET https://a/p\n${below}A: 1\n`, { dialect: 'httpyac' });
      assert.deepEqual(
        notes.map(({ line, stops }) => [line, stops ?? false]),
        [[above === '' ? 1 : 0, false]],
        above + below,
      );
    }
    const { notes } = read('# @disabled\nGET https://a/p\n', { dialect: 'httpyac' });
    assert.ok(notes.some(({ stops }) => stops));
  });

  it('H7: .env as dotenv, and environments as their tools read them', () => {
    const clock = { now: () => 0 };
    const known = knownEnvironments({
      json: [
        { text: '{"dev":{"host":"mine"}}', kind: 'user', folder: 0 },
        { text: '{"dev":{"host":"all","n":1.5,"b":false}}', kind: 'shared', folder: 0 },
      ],
      settings: { $shared: { region: 'eu' }, dev: { tier: 'gold' } },
      dotenv: [
        { text: 'A=\'x # y\' # z\nB=1\nB=2\nexport C=3\nD="a\\tb"\n#E=5\n' },
        { environment: 'dev', text: 'B=of dev' },
      ],
    });
    const dev = known.variables('dev', { clock, processEnv: () => undefined });
    assert.deepEqual(
      ['host', 'n', 'b', 'region', 'tier', 'A', 'B', 'C', 'E'].map((name) => dev(name)),
      ['mine', '1.5', 'false', 'eu', 'gold', 'x # y', 'of dev', '3', undefined],
    );
  });

  it('H8: bodies go out as their tools send them', async () => {
    await asHttpyac('POST https://a/_bulk\nContent-Type: application/x-ndjson\n\n{"index":{}}\n{"a":1}\n');
    await asHttpyac('POST https://a/p\nContent-Type: text/plain\n\n# Title\n\n> said\n\n- item\n');
    const form =
      'POST https://a/p\nContent-Type: application/x-www-form-urlencoded\n\nq=zwölf Töne&c=a%20b\n';
    for (const dialect of ['rest_client', 'visual_studio'] as const)
      assert.equal(read(form, { dialect }).body, 'q=zw%C3%B6lf%20T%C3%B6ne&c=a%20b', dialect);
  });

  it('H9: a system variable is fresh wherever it stands, in every spelling', () => {
    let turn = 0;
    const values = { dotenv: () => 'D', processEnv: () => 'P', clock: { now: () => turn++ } };
    const source = (name: string) => systemVariable(name, values);
    const { body } = read('POST https://a/p\n\n{{$guid}} {{$uuid}} {{$guid}}\n', { source });
    assert.equal(new Set(body.trim().split(' ')).size, 3, body);
    for (const name of [
      '$timeStamp',
      '$timestamp -1 d',
      '$datetime iso8601',
      '$random.integer(5, 6)',
      '$dotEnv X',
    ])
      assert.notEqual(source(name), undefined, name);
    assert.equal(source('$random.integer(5, 6)'), '5');
  });

  it('H10: what stands indented below a header and does not go on with it stays', () => {
    for (const below of [
      '  {{\n    x()\n  }}',
      '\t> {%\n\t%}',
      '  ...more',
      '  {"a": 1}',
      '  @v = 1',
      '  < ./b',
    ])
      for (const eol of ['\n', '\r\n']) {
        const text = `DELETE https://a/j\nAuthorization: Bearer old\n${below}\n`.replaceAll('\n', eol);
        assert.equal(inserted(text, { way: 'literal', token: 'NEW' }), text.replace('old', 'NEW'));
      }
  });

  it('H11: a file variable is seen by every request, as httpYac reads regions', async () => {
    for (const text of [
      '@a = 1\nGET https://a/1\n\n###\nGET https://a/2\n',
      '# about\n@a = 1\n@b = 2\n\n# @name x\nGET https://a/1\n\n### two\nGET https://a/2\n',
    ]) {
      const after = inserted(text, { way: 'fileVariable', token: 'T', name: 't' }, text.indexOf('/2'));
      const [first, second] = await judge(after, 'x.http');
      assert.deepEqual([first?.url, second?.url], ['https://a/1', 'https://a/2']);
      assert.match(after, /@t = T\n\n###\n/);
      assert.equal(read(after, { dialect: 'httpyac' }, 1).unresolved.length, 0);
    }
  });

  it('H12: Host, relative targets, operation names and saved responses', async () => {
    const { notes } = read('GET https://a.example/p\nHost: b.example\n');
    assert.deepEqual(
      notes.map(({ line }) => line),
      [1],
    );
    assert.equal(
      read('@host = https://a.example\n\nGET /p?x=1\n', { dialect: 'httpyac' }).url,
      'https://a.example/p?x=1',
    );
    await asHttpyac('GET https://a/1\n\nHTTP/2 204 No Content\nA: 1\n\nGET https://a/2\nB: 2\n');
    const text = 'POST https://a/g\nX-Request-Type: GraphQL\n\nsubscription Seen {\n  seen\n}\n';
    assert.equal((JSON.parse(read(text).body) as { operationName?: string }).operationName, 'Seen');
  });
});
