import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mediaTypeOf } from '../../../src/core/http/mediaType.ts';
import { oneLine, plainText, shorten } from '../../../src/core/http/plainText.ts';

describe('text from outside as one line', () => {
  const rows: readonly (readonly [text: string, line: string])[] = [
    ['plain', 'plain'],
    ['', ''],
    [' a \r\n\t b ', 'a b'],
    ['a\u0000\u001b\u0085b', 'a b'],
    ['a\u2028b\u2029c', 'a b c'],
    ['a\u00a0\u3000b', 'a b'],
    ['a\u202eb\u200b\u2066c', 'abc'],
    ['a\ud800\ue000\uffffb', 'ab'],
    ['\u200b a', 'a'],
    ['é 😀', 'é 😀'],
  ];
  for (const [text, line] of rows)
    it(`is ${line}: ${JSON.stringify(text)}`, () => {
      assert.equal(oneLine(text), line);
      assert.equal(plainText(text), line);
    });

  it('is cut at a limit, with an ellipsis', () => {
    assert.equal(shorten('abcd', 4), 'abcd');
    assert.equal(shorten('abcde', 4), 'abc…');
    assert.equal(plainText(' ab\ncde ', 4), 'ab …');
    assert.equal(plainText('a'.repeat(300)).length, 300);
    assert.equal(plainText('a'.repeat(301)), `${'a'.repeat(299)}…`);
  });

  it('is the media type of a field', () => {
    for (const type of ['application/json', ' Application/JSON ; charset=utf-8', 'application/json;a;b'])
      assert.equal(mediaTypeOf(type), 'application/json');
    assert.equal(mediaTypeOf(''), '');
    for (const none of [null, undefined]) assert.equal(mediaTypeOf(none), undefined);
  });
});
