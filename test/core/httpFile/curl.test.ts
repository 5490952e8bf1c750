import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HttpDialect } from '../../../src/core/httpFile/dialect.ts';
import { recogniseDialect } from '../../../src/core/httpFile/dialect.ts';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { type Bearer, insertBearer } from '../../../src/core/httpFile/insertBearer.ts';
import { bearerPlace } from '../../../src/core/httpFile/place.ts';
import { type ReadOptions, readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { applyEdits } from '../../../src/core/httpFile/textEdit.ts';

function read(text: string, options: ReadOptions = {}, index = 0) {
  const [block] = parseHttpFile(text).blocks;
  const request = block?.requests.at(index);
  assert.ok(block && request);
  return readRequest(text, block, request, options);
}

const literal: Bearer = { way: 'literal', token: 'NEW' };

function inserted(text: string, bearer = literal, answers = {}): string {
  const edit = insertBearer(text, parseHttpFile(text), 0, bearer, answers);
  if (edit.kind === 'edits') return applyEdits(text, edit.edits);
  return edit.kind === 'refusal' ? edit.reason : edit.kind;
}

describe('a curl command', () => {
  it('is what only REST Client reads', () => {
    assert.equal(recogniseDialect('curl https://a\n'), 'rest_client');
  });

  it('below another one is a request of its own', () => {
    const text = 'curl https://a \\\n  -d x\ncurl https://b\n';
    assert.deepEqual([read(text).url, read(text, {}, 1).url], ['https://a', 'https://b']);
    assert.deepEqual(
      read(text).notes.map(({ line }) => line),
      [2],
    );
  });

  it('of thousands of options that stop it is told of twenty, and of one that does', () => {
    const notes = (options: string) => read(`curl https://a${options}`).notes;
    assert.equal(notes(' -F a=b'.repeat(5000)).length, 20);
    const late = notes(`${' --unknown'.repeat(5000)}${' -H @file'.repeat(5000)}`);
    assert.deepEqual([late.length, late.at(-1)?.stops], [21, true]);
  });

  it('is sent with the token in the place of every credential', () => {
    const replaced = ['authorization'];
    for (const credentials of [
      '-u {{user}}:x',
      "-H 'Authorization: Bearer {{login.response.body.t}}'",
      '--oauth2-bearer {{t}}',
    ]) {
      const { headers, unresolved } = read(`curl https://a ${credentials} -H 'A: 1'\n`, { replaced });
      assert.deepEqual([headers, unresolved], [[['A', '1']], []], credentials);
    }
  });

  it('fills in variables with blanks and quotes in them, wherever they stand', () => {
    const source = (name: string) => ({ 'a b': 'x y', "$dotenv 'K'": `it's "k"` })[name];
    for (const dialect of ['rest_client', 'kulala'] as const) {
      const { headers, body } = read(
        `curl https://a -H 'X: {{a b}}' -H "Y: {{$dotenv 'K'}}" -d {{ a b }}\n`,
        { source, dialect },
      );
      assert.deepEqual(headers.slice(0, 2), [
        ['X', 'x y'],
        ['Y', `it's "k"`],
      ]);
      assert.deepEqual(body, [{ kind: 'text', text: 'x y' }]);
    }
  });
});

describe('of a curl command it is said before sending, with the line,', () => {
  const said: readonly (readonly [
    title: string,
    dialect: HttpDialect,
    text: string,
    lines: readonly (readonly [number, boolean])[],
  ])[] = [
    ['nothing where nothing is lost', 'rest_client', 'curl -sS -L https://a --compressed -o x -d a\n', []],
    ['a certificate that is not checked', 'rest_client', 'curl https://a \\\n  -k\n', [[1, false]]],
    ['the same in one word', 'rest_client', 'curl -sk https://a\n', [[0, false]]],
    ['a proxy', 'rest_client', 'curl https://a \\\n -x http://b\n', [[1, false]]],
    ['a client certificate', 'rest_client', 'curl https://a --cert a.pem\n', [[0, false]]],
    ['a form of several parts', 'rest_client', 'curl https://a \\\n -F a=@b\n', [[1, true]]],
    ['a file that is uploaded', 'rest_client', 'curl -T a.txt https://a\n', [[0, true]]],
    ['an address of another machine', 'rest_client', 'curl --connect-to ::b:1 https://a\n', [[0, true]]],
    ['headers in a file', 'rest_client', 'curl https://a -H @h.txt\n', [[0, true]]],
    ['cookies in a file', 'rest_client', 'curl https://a -b jar.txt\n', [[0, false]]],
    ['what REST Client does not know', 'rest_client', 'curl -G https://a \\\n -d x=1\n', [[0, false]]],
    [
      'headers in two spellings',
      'rest_client',
      "curl https://a \\\n -H 'A: 1' \\\n --header 'B: 2'\n",
      [[2, false]],
    ],
    ['a second kind of body', 'rest_client', 'curl https://a -d x=1 \\\n--data-raw y=2\n', [[1, false]]],
    ['what nobody here knows', 'rest_client', 'curl https://a --haproxy-protocol\n', [[0, false]]],
    [
      'a condition of time, and another request',
      'rest_client',
      'curl https://a -z x \\\n --next\n',
      [
        [0, false],
        [1, false],
      ],
    ],
    ['no address', 'rest_client', 'curl -d x\n', [[0, true]]],
    ['several addresses', 'rest_client', 'curl https://a https://b\n', [[0, false]]],
    ['the body of a GET: nothing', 'rest_client', 'curl -X GET https://a -d x\n', []],
    ['that a tool reads no such command', 'jetbrains', 'curl https://a\n', [[0, false]]],
    [
      'line ends of a file',
      'kulala',
      'curl https://a -d @b\n',
      [
        [0, false],
        [0, false],
      ],
    ],
    [
      'that it is disabled',
      'httpyac',
      '# @disabled\ncurl https://a\n',
      [
        [0, true],
        [1, false],
      ],
    ],
  ];
  for (const [title, dialect, text, lines] of said)
    it(title, () =>
      assert.deepEqual(
        read(text, { dialect }).notes.map(({ line, stops = false }) => [line, stops]),
        lines,
      ),
    );
});

describe('into a curl command the token goes', () => {
  it('as a header right behind its name, and nothing else is touched', () => {
    for (const text of [
      'curl https://a\n',
      "curl \\\r\n  -X POST 'https://a' \\\r\n  -d '{\"a\": 1}'\r\n\r\n###\r\nGET https://b\r\n",
      "CURL https://a -H 'X: Authorization: y' # it's\n# don't\n",
      'curl https://a -d "{\\"a\\": \\"b c\\"}"\n',
    ]) {
      const result = inserted(text);
      assert.equal(result, text.replace(/^curl/i, "$& -H 'Authorization: Bearer NEW'"), text);
      const options = { dialect: 'kulala' } as const;
      const [before, after] = [read(text, options), read(result, options)];
      const others = after.headers.filter(([name]) => name !== 'Authorization');
      assert.deepEqual({ ...after, fill: before.fill, headers: others }, before);
      assert.equal(inserted(result), result);
    }
  });

  it('in the place of the one that is there', () => {
    for (const [before, after] of [
      ["-H 'Authorization: Bearer OLD'", "-H 'Authorization: Bearer NEW'"],
      ['-H "authorization:Bearer OLD"', '-H "authorization:Bearer NEW"'],
      ['-sH "Authorization: Bearer $TOKEN" -k', '-sH "Authorization: Bearer NEW" -k'],
      ['--oauth2-bearer OLD', "-H 'Authorization: Bearer NEW'"],
    ] as const)
      assert.equal(inserted(`curl https://a ${before}\n`), `curl https://a ${after}\n`);
  });

  it('with quotes, where a value without them could not hold it', () => {
    for (const option of ['--header=Authorization:x', '-HAuthorization:x', '-H Authorization:x'])
      assert.equal(
        inserted(`curl https://a ${option} -k\n`, literal, { replace: true }),
        "curl https://a -H 'Authorization: Bearer NEW' -k\n",
      );
    assert.equal(inserted('curl https://a -sH Authorization:x\n'), 'curl');
  });

  it('in the place of a name and password only when asked', () => {
    for (const user of ['-u ada:pass', "-u 'ada:pa ss'", '--user "ada:pass"', '-uada:pass']) {
      const text = `curl ${user} https://a\n`;
      assert.equal(inserted(text), 'replace', user);
      assert.equal(
        inserted(text, literal, { replace: true }),
        "curl -H 'Authorization: Bearer NEW' https://a\n",
      );
    }
    const both = "curl -u a:b https://a -H 'Authorization: Bearer OLD'\n";
    assert.equal(inserted(both), 'which');
  });

  it('in the header that the profile names', () => {
    const header = { name: 'X-Access-Token', prefix: '' };
    assert.equal(
      inserted("curl https://a -u a:b -H 'x-access-token: OLD'\n", { ...literal, header }),
      "curl https://a -u a:b -H 'x-access-token: NEW'\n",
    );
  });

  it('as a variable or a reference, which is found again', () => {
    const text = inserted('curl https://a\n', { way: 'fileVariable', token: 'NEW', name: 't' });
    assert.equal(text, "@t = NEW\n\ncurl -H 'Authorization: Bearer {{t}}' https://a\n");
    const [block] = parseHttpFile(text).blocks;
    const request = block?.requests[0];
    assert.ok(block && request);
    assert.deepEqual(bearerPlace(text, block, request), {
      ...{ way: 'fileVariable', name: 't', token: 'NEW', line: 2 },
    });
    const value = 'Bearer {{$auth.token("a")}}';
    assert.equal(
      inserted('curl https://a\n', { way: 'reference', value }),
      `curl -H 'Authorization: ${value}' https://a\n`,
    );
  });

  it('never where quotes are not understood', () => {
    for (const text of [
      'curl ^"https://a^" ^\n  -H ^"A: 1^"\n',
      'curl https://a `\n  -H "A: 1"\n',
      "curl https://a -H $'Authorization: Bearer \\x41'\n",
      'curl https://a -d "say \\"hi" -H "Authorization: Bearer OLD"\n',
      "curl https://a -d 'it'\\''s' -H 'Authorization: Bearer OLD'\n",
    ])
      assert.equal(inserted(text), 'curl', text);
    assert.equal(inserted('curl https://a\n', { way: 'reference', value: "a'b" }), 'unusable_token');
  });
});
