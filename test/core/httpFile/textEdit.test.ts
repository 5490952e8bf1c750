import fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, offsetAfter, type TextEdit } from '../../../src/core/httpFile/textEdit.ts';
import { invertEdits } from './invertEdits.ts';

const text = 'GET http://a\nBody\n';
const header: TextEdit = { start: 13, end: 13, text: 'A: 1\n' };

describe('text edits', () => {
  it('keep a cursor with the text it stands in', () => {
    assert.deepEqual(
      [0, 12, 13, 17].map((offset) => offsetAfter([header], offset)),
      [0, 12, 18, 22],
    );
    assert.equal(offsetAfter([{ start: 18, end: 18, text: '\nA: 1' }], 18), 18);
    assert.equal(offsetAfter([{ start: 4, end: 12, text: 'x' }], 10), 5);
    assert.equal(offsetAfter([{ start: 4, end: 12, text: 'x' }], 13), 6);
    assert.equal(applyEdits(text, [header]), 'GET http://a\nA: 1\nBody\n');
  });

  it('are taken back by their inverse', () => {
    const sets = fc.array(fc.tuple(fc.nat(5), fc.nat(3), fc.string()), { maxLength: 4 });
    fc.assert(
      fc.property(fc.string({ minLength: 40, maxLength: 60 }), sets, (original, drafts) => {
        let at = 0;
        const edits = drafts.map(([gap, length, inserted]) => {
          const start = at + gap + 1;
          at = start + length;
          return { start, end: at, text: inserted };
        });
        assert.equal(applyEdits(applyEdits(original, edits), invertEdits(original, edits)), original);
      }),
    );
  });
});
