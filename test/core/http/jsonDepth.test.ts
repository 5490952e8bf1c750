import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { membersIn, parseShallow, stringEnd, tooDeepAt } from '../../../src/core/http/jsonDepth.ts';
import { responseBody } from '../../../src/core/http/responseBody.ts';

const nested = (depth: number) => '{"a":['.repeat(depth) + '"]}"' + ']}'.repeat(depth);

describe('JSON that is nested without end', () => {
  it('loses only what is deep: a token beside it arrives, and can be written again', () => {
    for (const depth of [150, 5000, 100_000]) {
      const text = `{"access_token":"t","deep":${nested(depth)},"expires_in":60}`;
      const body = responseBody(text, 'application/json');
      assert.ok(body.format === 'json');
      assert.equal(body.members['access_token'], 't');
      assert.equal(body.members['expires_in'], 60);
      assert.ok(JSON.stringify(body.members));
    }
  });

  it('is told from what only has many brackets', () => {
    const rows: readonly (readonly [text: string, most: number, at: number | undefined])[] = [
      ['[{[', 2, 2],
      ['[[{}]]', 2, 2],
      ['[{}]', 2, undefined],
      ['[]{}[]{}', 1, undefined],
      ['["[[[{{{",[]]', 2, undefined],
      ['["a\\"[[[",{}', 2, undefined],
      ['["[[[[', 1, undefined],
      ['', 0, undefined],
      ['[', 0, 0],
    ];
    for (const [text, most, at] of rows) assert.equal(tooDeepAt(text, most), at, text);
  });

  it('has strings that end at the first quote without an escape', () => {
    assert.deepEqual(
      ['"a"b"', '"a\\"b"', '"a\\\\"b"', '"ab', '"a\\', '""'].map((text) => stringEnd(text, 0)),
      [2, 5, 4, 3, 3, 1],
    );
    assert.equal(stringEnd('{"a":"b"}', 5), 7);
  });

  it('is null from 200 brackets on, and nothing else is lost', () => {
    const text = (inner: string) => `${'['.repeat(199)}${inner}${']'.repeat(199)}`;
    for (const [inner, read] of [
      ['{"a":["]"],"b":{"c":1},"d":"[}\\"{"}', '{"a":null,"b":null,"d":"[}\\"{"}'],
      ['[[[1],2],{},3]', '[null,null,3]'],
      ['{"a":1}', '{"a":1}'],
    ] as const)
      assert.equal(JSON.stringify(parseShallow(text(inner))), text(read));
  });

  it('has no members where it is no object', () => {
    assert.deepEqual(
      [membersIn('{"a":1}'), membersIn('[1]'), membersIn('{'), membersIn('')],
      [...[{ a: 1 }, {}, {}, {}]],
    );
  });

  it('is read as ever up to there', () => {
    const text = nested(100);
    assert.equal(JSON.stringify(parseShallow(text)), text);
    assert.throws(() => parseShallow(`${'['.repeat(1000)}x`), SyntaxError);
  });
});
