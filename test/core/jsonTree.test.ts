import assert from 'node:assert/strict';
import { it } from 'node:test';
import { getNodeValue, parseTree } from 'jsonc-parser';
import fc from 'fast-check';
import { editText, hasComments, isWhole } from '../../src/core/profile/editText.ts';
import { locateEntry } from '../../src/core/profile/locateEntry.ts';
import { jsonTree } from '../../src/core/jsonTree.ts';

const blanks = ' '.repeat(1500);

it('long rows of blanks change nothing: places, texts, comments and the first error stay', () => {
  const piece = fc.constantFrom(
    ...['{', '}', '[', ']', ':', ',', '"', '\\', '"a"', '1', '/', '*', '/*', '*/', '//', '\n', '\r\n'],
    ...[blanks, '\t'.repeat(1024), ' '.repeat(1023), ' '],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const errors: Parameters<typeof parseTree>[1] = [];
      const root = parseTree(text, errors, { allowTrailingComma: true });
      const read = jsonTree(text);
      assert.deepEqual(read.error?.error, errors[0]?.error);
      assert.equal(read.root?.offset, root?.offset);
      assert.equal(read.root?.length, root?.length);
      assert.deepEqual(read.root && getNodeValue(read.root), root && getNodeValue(root));
    }),
    { numRuns: 3000 },
  );
  const text = `{"a": /* " */ "${blanks}"${blanks}, // "${blanks}\n"b": ${blanks}2}`;
  assert.deepEqual({ ...getNodeValue(jsonTree(text).root ?? assert.fail()) }, { a: blanks, b: 2 });
});

it('what is nested too deep is not read at all, and throws nowhere', () => {
  for (const deep of [
    '['.repeat(100_000),
    '{"a":'.repeat(100_000),
    `{"b": ${'['.repeat(300)}${']'.repeat(300)}}`,
  ]) {
    assert.equal(jsonTree(deep).root, undefined);
    assert.equal(jsonTree(deep).tooDeep, true);
    assert.equal(hasComments(deep), false);
    assert.equal(isWhole(deep), false);
    assert.equal(
      editText(deep, () => []),
      undefined,
    );
    assert.equal(locateEntry(deep, 0), undefined);
  }
  assert.ok(jsonTree(`${'['.repeat(200)}${']'.repeat(200)}`).root);
});

it('a long text that is cut off is refused as a short one is, at the same place; a whole one says what it said', () => {
  const long = '\\"a\\\\'.repeat(1500);
  for (const [before, after] of [
    ['{"a": ', ''],
    ['[1, ', '\n, {"b": 2}]'],
    ['', '\r\n'],
  ] as const) {
    const [cut, short] = [`${before}"${long}${after}`, `${before}"${after}`].map((text) => jsonTree(text));
    assert.ok(cut && short);
    assert.equal(cut.error?.error, short.error?.error);
    assert.equal(cut.error?.offset, before.length);
  }
  const whole = jsonTree(`{"a": "${long}", "b": "x\\\\"}`);
  assert.equal(whole.error, undefined);
  assert.ok(whole.root);
  // The parser's objects have no prototype.
  assert.equal(
    JSON.stringify(getNodeValue(whole.root)),
    JSON.stringify({ a: '"a\\'.repeat(1500), b: 'x\\' }),
  );
});
