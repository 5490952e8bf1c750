import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { visiblePieces, visibleText } from '../../src/shared/visibleText.ts';

describe('making hidden characters visible', () => {
  it('leaves an ordinary text in one piece', () => {
    assert.deepEqual(visiblePieces('Zoë 山田 read:orders\n\tok'), [{ text: 'Zoë 山田 read:orders\n\tok' }]);
  });

  it('names a character that turns the direction of a text', () => {
    assert.deepEqual(visiblePieces('admin\u202eresu'), [
      { text: 'admin' },
      { mark: 'U+202E', title: 'right-to-left override' },
      { text: 'resu' },
    ]);
  });

  it('marks controls, no-break blanks, zero-width characters, tags and lone surrogates', () => {
    assert.equal(
      visibleText('a\u0000b\u001b[31mc\u200bd\u00a0e\u{e0041}f\ud800'),
      'a⟨U+0000⟩b⟨U+001B⟩[31mc⟨U+200B⟩d⟨U+00A0⟩e⟨U+E0041⟩f⟨U+D800⟩',
    );
  });

  it('takes the line end of Windows for a line end, and a carriage return alone for a mark', () => {
    assert.equal(visibleText('a\r\nb\rc'), 'a\r\nb⟨U+000D⟩c');
  });

  it('loses no character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const back = visiblePieces(text)
          .map((piece) =>
            'text' in piece ? piece.text : String.fromCodePoint(Number.parseInt(piece.mark.slice(2), 16)),
          )
          .join('');
        assert.equal(back, text);
      }),
    );
  });
});
