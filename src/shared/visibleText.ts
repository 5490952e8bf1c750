/** A piece of a text from outside: shown as it is, or as a mark that names a character nobody could see. */
export type TextPiece = { readonly text: string } | { readonly mark: string; readonly title: string };

/**
 * Characters that nobody sees, that reorder what stands around them, or that pass for another blank: controls (but tab
 * and line end), formats, private use, lone surrogates, separators, everything a font may ignore.
 */
export const hidden =
  /(?![\t\n ]|\r\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Zs}\p{Default_Ignorable_Code_Point}]/gu;

const names: Readonly<Record<string, string>> = {
  '0000': 'null character',
  '001B': 'escape',
  '00A0': 'no-break space',
  '00AD': 'soft hyphen',
  '061C': 'Arabic letter mark',
  '200B': 'zero width space',
  '200C': 'zero width non-joiner',
  '200D': 'zero width joiner',
  '200E': 'left-to-right mark',
  '200F': 'right-to-left mark',
  '2028': 'line separator',
  '2029': 'paragraph separator',
  '202A': 'left-to-right embedding',
  '202B': 'right-to-left embedding',
  '202C': 'pop directional formatting',
  '202D': 'left-to-right override',
  '202E': 'right-to-left override',
  '2066': 'left-to-right isolate',
  '2067': 'right-to-left isolate',
  '2068': 'first strong isolate',
  '2069': 'pop directional isolate',
  FEFF: 'byte order mark',
};

/** Splits a text from outside into what can be read and what hides; linear in its length. */
export function visiblePieces(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(hidden)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    from = match.index + match[0].length;
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    pieces.push({ mark: `U+${code}`, title: names[code] ?? 'a character nobody can see' });
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The same as plain text, for places that take no markup: `a⟨U+202E⟩b`. */
export function visibleText(text: string): string {
  // Most texts are plain, and the pattern is one that takes long to make.
  if (!/[^\t\n\x20-\x7e]/.test(text)) return text;
  return text.replace(
    hidden,
    (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
