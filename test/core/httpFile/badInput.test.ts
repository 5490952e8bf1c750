import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseHttpFile } from '../../../src/core/httpFile/document.ts';
import { knownEnvironments } from '../../../src/core/httpFile/environmentVariables.ts';
import { highlight } from '../../../src/core/httpFile/highlight.ts';
import { insertBearer } from '../../../src/core/httpFile/insertBearer.ts';
import { readRequest } from '../../../src/core/httpFile/readRequest.ts';
import { applyEdits } from '../../../src/core/httpFile/textEdit.ts';
import { findLeaks } from '../../../src/core/leaks/findLeaks.ts';

const bearer = { way: 'literal', token: 'NEW' } as const;

/** Everything that is done with a file: found, coloured, read, changed and looked at for secrets. */
function all(text: string, offset = text.length) {
  const file = parseHttpFile(text);
  const [block] = file.blocks;
  assert.ok(block);
  highlight(text, file, 0, Math.min(text.length, 100_000));
  findLeaks(text);
  const last = block.requests.at(-1);
  const read = last?.kind === 'http' ? readRequest(text, block, last) : undefined;
  const edit = insertBearer(text, file, offset, bearer, { replace: true, which: 0 });
  return { requests: block.requests, read, edit };
}

describe('an .http file', () => {
  // That the time grows with the length is measured in `core/pump` and as `http_parse_linearity` of the bench.
  it('of 10 MB is read and changed', { timeout: 60_000 }, () => {
    const once =
      '### Orders\n# @name orders\nPOST https://api.example.com/orders?x={{id}}\nContent-Type: application/json\n\n{ "a": "b" }\n\n';
    const large = once.repeat(Math.ceil(10_000_000 / once.length));
    assert.ok(large.length >= 10_000_000);
    const { requests, edit } = all(large);
    assert.equal(requests.length, large.length / once.length);
    assert.ok(edit.kind === 'edits');
    assert.equal(applyEdits(large, edit.edits).length, large.length + 'Authorization: Bearer NEW\n'.length);
  });

  const long = 1 << 20;
  const lines: Readonly<Record<string, string>> = {
    'the URL': `GET https://a/?${'a=1&'.repeat(long / 4)}\n`,
    'a header': `GET https://a/\nX-Long: ${'a b '.repeat(long / 4)}\n`,
    'the Authorization header': `GET https://a/\nAuthorization: Bearer ${'a'.repeat(long)}\n`,
    'a comment': `# ${'x '.repeat(long / 2)}\nGET https://a/\n`,
    'the body': `POST https://a/\n\n{"a":"${'x'.repeat(long)}"}`,
    'a variable': `@v = ${'x'.repeat(long)}\nGET https://a/{{v}}\n`,
    braces: `POST https://a/\n\n${'{{a}}'.repeat(long / 5)}\n`,
    'base64 like a JWT': `POST https://a/\n\n${'eyJ'.repeat(long / 3)}\n`,
  };
  for (const [where, text] of Object.entries(lines))
    it(`with one line of 1 MiB (${where}) is read and changed`, { timeout: 30_000 }, () => {
      const { requests, read, edit } = all(text);
      assert.deepEqual([requests.length, edit.kind], [1, 'edits']);
      assert.match(read?.url ?? '', /^https:\/\/a\//);
      assert.ok(edit.kind === 'edits');
      // Where a long one stood it is replaced, else it is put below the URL; all else stays.
      const known = text.indexOf('Authorization');
      const at = known < 0 ? text.indexOf('\n', text.search(/^(?:GET|POST)/m)) + 1 : known;
      const rest = known < 0 ? at : text.indexOf('\n', known) + 1;
      const after = `${text.slice(0, at)}Authorization: Bearer NEW\n${text.slice(rest)}`;
      assert.ok(applyEdits(text, edit.edits) === after);
    });

  const strange: Readonly<Record<string, string>> = {
    'NEL, LS and PS': 'DELETE https://a/?x=1\u20282\nX: 1\u00852\u2029\n\n\u2028body\u0085\n',
    tabs: '\tDELETE\thttps://a/\t\n\tX:\t1\t\n\t\n\tbody\n',
    'line endings of all kinds': '@v = 1\r\nDELETE https://a/{{v}}\nX: 1\r\nY: 2\n\r\nbody\n\r\nmore\r',
    'no final line ending': 'DELETE https://a/\nX: 1',
    'no final line ending behind carriage returns': '\r\nDELETE https://a/',
  };
  for (const [what, text] of Object.entries(strange))
    it(`with ${what} is read, and changed nowhere else`, () => {
      const { requests, read, edit } = all(text);
      assert.deepEqual([requests.length, read?.method], [1, 'DELETE']);
      assert.match(read?.url ?? '', /^https:\/\/a\//);
      assert.ok(edit.kind === 'edits');
      const after = applyEdits(text, edit.edits);
      const [{ start } = { start: 0 }] = edit.edits;
      const inserted = after.length - text.length;
      assert.equal(after.slice(0, start) + after.slice(start + inserted), text);
      assert.match(after.slice(start, start + inserted), /^(?:\r?\n)?Authorization: Bearer NEW(?:\r?\n)?$/);
      assert.equal(all(after).requests[0]?.authorizations.length, 1);
      assert.equal(all(after).read?.method, 'DELETE');
    });

  const header = 'Authorization: Bearer NEW';
  // What a line feed does not end goes on, as httpYac reads it; VS Code itself ends lines there before anything is read.
  const returns: readonly (readonly [text: string, after: string | undefined, read?: object])[] = [
    [
      'GET https://a/\rX: 1\r\rbody\r',
      `GET https://a/\rX: 1\r\rbody\r\n${header}`,
      { url: 'https://a/\rX: 1\r\rbody', headers: [], body: undefined },
    ],
    [
      'GET https://a/\nX: 1\rY: 2\n\nbody\r\n',
      `GET https://a/\n${header}\nX: 1\rY: 2\n\nbody\r\n`,
      { url: 'https://a/', headers: [['X', '1\rY: 2']], body: [{ kind: 'text', text: 'body' }] },
    ],
    [
      '\r\r\rGET https://a/\n',
      `\r\r\rGET https://a/\n${header}\n`,
      { url: 'https://a/', headers: [], body: undefined },
    ],
    [
      'POST https://a/\r\r\nX: 1\r\r\n\r\r\n{"a":\r1}',
      `POST https://a/\r\r\n${header}\r\nX: 1\r\r\n\r\r\n{"a":\r1}`,
      { url: 'https://a/', headers: [['X', '1']], body: [{ kind: 'text', text: '{"a":\r1}' }] },
    ],
    ['@v = 1\rGET https://a/{{v}}\r', undefined],
  ];
  for (const [text, after, expected] of returns)
    it(`with lone carriage returns: ${JSON.stringify(text)}`, () => {
      for (let offset = 0; offset <= text.length; offset++) {
        const { edit, read } = all(text, offset);
        if (after === undefined || read === undefined) {
          assert.deepEqual(
            [after, read, edit.kind === 'refusal' && edit.reason],
            [undefined, undefined, 'no_request'],
          );
          continue;
        }
        assert.ok(edit.kind === 'edits');
        assert.equal(applyEdits(text, edit.edits), after);
        const { url, headers, body } = read;
        assert.deepEqual({ url, headers, body }, expected);
      }
    });
});

describe('an environment file', () => {
  const system = { clock: { now: () => 0 }, processEnv: () => undefined };
  const shared = (...texts: readonly string[]) =>
    texts.map((text) => ({ text, kind: 'shared', folder: 0 }) as const);
  const values = (json: string) =>
    knownEnvironments({ json: shared(json), dotenv: [] }).variables('dev', system);

  it('that was read while it was written is empty or cut, and the other one counts', () => {
    const whole = '{"dev":{"a":"1","b":"2"}}';
    for (let length = 0; length <= whole.length; length++) {
      const cut = whole.slice(0, length);
      const known = knownEnvironments({
        json: shared(cut, '{"dev":{"b":"other"}}'),
        dotenv: [{ text: 'A=1\nB' }],
      });
      const values = known.variables('dev', system);
      assert.deepEqual(['a', 'b', 'A'].map(values), [
        ...(cut === whole ? ['1', '2'] : [undefined, 'other']),
        '1',
      ]);
    }
  });

  it('nested without end, with keys twice and of the wrong kinds gives what can be read', () => {
    assert.equal(values(`{"dev":${'{"a":'.repeat(50_000)}`)('a'), undefined);
    assert.equal(values('{"dev":{"a":"1","a":"2"}}')('a'), '2');
    assert.equal(values('{"dev":{"a":null,"b":[1],"c":{"d":1},"e":1.5}}')('e'), '1.5');
    assert.equal(values('\uFEFF{"dev":{"a":"1"}}')('a'), '1');
  });
});
