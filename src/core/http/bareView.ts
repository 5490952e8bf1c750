import type { TextView } from './textView.ts';

/** Shorter words are not looked for among letters and digits alone: they might come together by chance. */
const shortestBare = 16;
/** The same where letters and digits are mixed. */
const shortestMixed = 12;

/** Code units by which a beginning is told. */
const beginning = 8;

/** For each letter and digit bits that look random, so that eight of them tell a beginning. */
const bits = Int32Array.from({ length: 128 }, (_, code) => Math.imul(code + 1, 0x9e3779b1));

/**
 * Makes views of nothing but letters, in lower case, and digits, whatever stands between them: quotes and signs of a text in pieces,
 * of an array, of a dump. Only of texts in which the beginning of a word is.
 */
export class BareText {
  readonly #beginnings: Uint8Array;
  readonly #unused: number;

  /** @param words as `bareText` makes them, which are `isBareEnough` */
  constructor(words: ReadonlyMap<string, unknown>) {
    // Many words would make beginnings of everything in a small table.
    const size = words.size < 500 ? 16 : 20;
    this.#beginnings = new Uint8Array(1 << size);
    this.#unused = 32 - size;
    for (const word of words.keys()) {
      let hash = 0;
      for (let at = 0; at < beginning; at++) hash = ((hash << 4) + (bits[word.charCodeAt(at)] ?? 0)) | 0;
      this.#beginnings[hash >>> this.#unused] = 1;
    }
  }

  /** The view's letters and digits; undefined where no word can be. */
  of(view: TextView): TextView | undefined {
    const { codes } = view;
    const beginnings = this.#beginnings;
    const unused = this.#unused;
    let hash = 0;
    for (let at = 0; at < codes.length; at++) {
      const code = keptAt(codes, at);
      if (code === 0) continue;
      hash = ((hash << 4) + (bits[code] ?? 0)) | 0;
      if (beginnings[hash >>> unused] === 1) return bareView(view);
    }
    return undefined;
  }
}

/** Whether bare `text` is worth looking for: long, or so mixed that it is not words of a sentence. */
export function isBareEnough(text: string): boolean {
  return (
    text.length >= shortestBare || (text.length >= shortestMixed && /\d/.test(text) && /[a-z]/.test(text))
  );
}

/** `text` as `BareText` has it. */
export function bareText(text: string): string {
  return text.toLowerCase().replace(/0x|%u|u(?=[ +]0)|[^a-z\d]/g, '');
}

function bareView({ codes, starts }: TextView): TextView {
  const kept = new Uint16Array(codes.length);
  const from = new Uint32Array(codes.length);
  let length = 0;
  for (let at = 0; at < codes.length; at++) {
    const code = keptAt(codes, at);
    if (code === 0) continue;
    from[length] = at;
    kept[length++] = code;
  }
  return { codes: kept.subarray(0, length), starts, places: () => from, isHalfDecoded: false };
}

/** The letter, in lower case, or digit at `at`; 0 for all else, and for the 0x of 0x71 and the U of U+0071 and %U0071. */
function keptAt(codes: Uint16Array, at: number): number {
  const code = codes[at] ?? 0;
  if (code < 48) return 0;
  if (code < 58) return code === 48 && ((codes[at + 1] ?? 0) | 32) === 120 ? 0 : code;
  const letter = code | 32;
  if (letter < 97 || letter > 122) return 0;
  if (letter === 117 && (codes[at - 1] === 37 || (codes[at + 1] === 32 && codes[at + 2] === 48))) return 0;
  return letter === 120 && codes[at - 1] === 48 ? 0 : letter;
}
