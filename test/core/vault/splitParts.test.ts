import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cut, formatHead, parseHead, partKey, partOf, placeKey } from '../../../src/core/vault/splitParts.ts';

const hash = 'h'.repeat(43);
const head = { name: 'bX9_-', count: 12, hash };
const written = `oauth-explorer-parts:1:bX9_-:12:${hash}`;

describe('the entry of a long value', () => {
  it('is read as it was written', () => {
    assert.equal(formatHead(head), written);
    assert.deepEqual(parseHead(written), head);
    assert.deepEqual(parseHead(`oauth-explorer-parts:1:a:1:${hash}`), { name: 'a', count: 1, hash });
  });

  it('is nothing else', () => {
    for (const other of [
      undefined,
      '',
      `x${written}`,
      `${written}x`,
      `${written}\n`,
      written.replace(':1:', ':2:'),
      written.replace('bX9_-', 'iX9_-'),
      written.replace('bX9_-', ''),
      written.replace('bX9_-', `b${'x'.repeat(17)}`),
      written.replace('bX9_-', 'b.'),
      written.replace(':12:', ':12345:'),
      written.replace(':12:', '::'),
      written.replace(':12:', ':x:'),
      written.slice(0, -1),
      written.replace('h', '+'),
    ])
      assert.equal(parseHead(other), undefined, other);
    assert.equal(parseHead(written.replace('bX9_-', `b${'x'.repeat(16)}`))?.name.length, 17);
  });

  it('has accounts of its own for what it announces and for its parts', () => {
    assert.equal(placeKey('k', 'bX9_-'), 'k/part/b');
    assert.equal(partKey('k', 'bX9_-', 0), 'k/part/bX9_-/0');
    assert.equal(partKey('k', 'bX9_-', 11), 'k/part/bX9_-/11');
    assert.deepEqual(partOf('k/part/b'), { key: 'k' });
    assert.deepEqual(partOf('k/part/bX9_-/11'), { key: 'k', name: 'bX9_-' });
    for (const other of ['k', 'k/part/', 'k/part/i', 'k/part/b/', 'k/part/b/x', '/part/b', '\nk/part/b'])
      assert.equal(partOf(other), undefined, other);
  });
});

describe('a long value', () => {
  it('is cut where its bytes end, and never within a character', () => {
    assert.deepEqual(cut('', 4), []);
    assert.deepEqual(cut('abcd', 4), ['abcd']);
    assert.deepEqual(cut('abcde', 4), ['abcd', 'e']);
    assert.deepEqual(cut('abcdefgh', 4), ['abcd', 'efgh']);
    assert.deepEqual(cut('äöüß', 4), ['äö', 'üß']);
    assert.deepEqual(cut('aäöü', 4), ['aä', 'öü']);
    assert.deepEqual(cut('abcä', 4), ['abc', 'ä']);
    assert.deepEqual(cut('🔑🔑', 4), ['🔑', '🔑']);
    assert.deepEqual(cut('a🔑🔑', 5), ['a🔑', '🔑']);
    assert.deepEqual(cut('a🔑b🔑', 7), ['a🔑b', '🔑']);
  });

  it('is the same again when its parts are put together', () => {
    const text = 'aä€🔑'.repeat(50);
    for (let limit = 4; limit < 60; limit++) {
      const parts = cut(text, limit);
      assert.equal(parts.join(''), text);
      assert.ok(parts.every((part) => Buffer.byteLength(part) <= limit && part !== ''));
    }
  });
});
