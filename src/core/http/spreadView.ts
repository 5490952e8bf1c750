import type { TextView } from './textView.ts';

/** The view without blanks, line ends and signs that have no width, which a text may be folded or broken with; undefined without any. */
export function withoutGaps(view: TextView): TextView | undefined {
  const { codes } = view;
  let length = 0;
  while (length < codes.length && !isGap(codes[length] ?? 0)) length++;
  if (length === codes.length) return undefined;
  const kept = codes.slice();
  for (let at = length; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (!isGap(code)) kept[length++] = code;
  }
  const places = () => placesOf(codes, isKept);
  return { codes: kept.subarray(0, length), starts: view.starts, places, isHalfDecoded: false };
}

/** Makes views of hexadecimal digits, but only of those in which the end of one of some words is. */
export class HexDigits {
  readonly #ends = new Uint8Array(slots);

  /** @param words hexadecimal digits in lower case, eight at least of each */
  constructor(words: Iterable<string>) {
    for (const word of words) this.#ends[slotOf(Number.parseInt(word.slice(-8), 16) | 0)] = 1;
  }

  /** Only the hexadecimal digits of the view, in lower case, whatever stands between bytes; undefined where no word can be. */
  of(view: TextView): TextView | undefined {
    const { codes } = view;
    const ends = this.#ends;
    let last = 0;
    for (let at = 0; at < codes.length; at++) {
      const code = codes[at] ?? 0;
      if (code < 48 || code > 102 || !isDigit(codes, at)) continue;
      last = (last << 4) | ((code & 15) + (code < 58 ? 0 : 9));
      if (ends[slotOf(last)] === 1) return digitsOf(view);
    }
    return undefined;
  }
}

const slots = 1 << 16;

function slotOf(digits: number): number {
  return (digits ^ (digits >>> 16)) & (slots - 1);
}

function digitsOf({ codes, starts }: TextView): TextView {
  const kept = new Uint16Array(codes.length);
  let length = 0;
  for (let at = 0; at < codes.length; at++) if (isDigit(codes, at)) kept[length++] = (codes[at] ?? 0) | 32;
  const places = () => placesOf(codes, isDigit);
  return { codes: kept.subarray(0, length), starts, places, isHalfDecoded: false };
}

function placesOf(codes: Uint16Array, isPart: (codes: Uint16Array, at: number) => boolean): Uint32Array {
  const places = new Uint32Array(codes.length);
  let length = 0;
  for (let at = 0; at < codes.length; at++) if (isPart(codes, at)) places[length++] = at;
  return places;
}

function isKept(codes: Uint16Array, at: number): boolean {
  return !isGap(codes[at] ?? 0);
}

/** Not the 0 of 0x71. */
function isDigit(codes: Uint16Array, at: number): boolean {
  const code = codes[at] ?? 0;
  if (code < 48 || code > 102) return false;
  if (code < 58) return code !== 48 || ((codes[at + 1] ?? 0) | 32) !== 120;
  return (code > 64 && code < 71) || code > 96;
}

function isGap(code: number): boolean {
  if (code < 127) return code <= 32;
  if (code < 0x2000)
    return code <= 160 || code === 173 || code === 0x34f || code === 0x61c || code === 0x180e;
  if (code < 0x2070) return code <= 0x200f || (code >= 0x2028 && code <= 0x202f) || code >= 0x205f;
  return code === 0x3000 || code === 0xfeff || (code >= 0xfe00 && code <= 0xfe0f);
}

const plus = 43;

/** `text` as `withoutGaps` has it: `+` counts as a blank. */
export function closedUp(text: string): string {
  let result = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== plus && !isGap(code)) continue;
    result += text.slice(from, at);
    from = at + 1;
  }
  return from === 0 ? text : result + text.slice(from);
}
