/**
 * A text as its reader would understand it: UTF-16 code units after some number of decodings, each with the place in the
 * text it was made of. Blank and `+` count as the same, since forms write one as the other.
 */
export interface TextView {
  readonly codes: Uint16Array;
  /** For each code unit where it starts in the text, and at last where the text ends. */
  readonly starts: Uint32Array;
}

const percent = 37;
const ampersand = 38;
const plus = 43;
const backslash = 92;
const blank = 32;
/** Decodings of decodings: a URL in a parameter of a URL in JSON is three. */
const deepest = 3;

/** Which encodings a view is rid of: JSON's escapes, and the percent encodings and character references of URLs and pages. */
interface Decoding {
  readonly escapes: boolean;
  readonly others: boolean;
}

const everything: Decoding = { escapes: true, others: true };

/**
 * `text` as it stands and in the decodings of it that differ; each takes time linear in its length.
 *
 * @param apart whether a backslash, percent sign or ampersand may stand for itself beside others that do not: then kinds
 * of encodings are also decoded without each other.
 */
export function textViews(text: string, apart: boolean): readonly TextView[] {
  const raw = rawView(text);
  const escapes = text.includes('\\');
  const others = text.includes('%') || text.includes('&');
  if (!escapes && !others) return [raw];
  const views = [raw, ...decodings(raw, everything)];
  if (apart && escapes && others)
    views.push(
      ...decodings(raw, { escapes: false, others: true }),
      ...decodings(raw, { escapes: true, others: false }),
    );
  return views;
}

/** Whether `text` has characters that an encoding may begin with. */
export function mayBeEncoded(text: string): boolean {
  return /[%\\&]/.test(text);
}

/** What `text` is decoded to, once, twice, ... when it looks encoded itself. */
export function decodedTexts(text: string): readonly string[] {
  if (!mayBeEncoded(text)) return [];
  return decodings(rawView(text), everything).map(({ codes }) =>
    Buffer.from(codes.slice().buffer).toString('utf16le'),
  );
}

/** The code units of `text`, as views have them. */
export function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  // Copied as a whole, which is many times quicker than one by one.
  Buffer.from(codes.buffer).write(text, 'utf16le');
  for (let at = text.indexOf('+'); at >= 0; at = text.indexOf('+', at + 1)) codes[at] = blank;
  return codes;
}

function rawView(text: string): TextView {
  const starts = new Uint32Array(text.length + 1);
  for (let at = 0; at < starts.length; at++) starts[at] = at;
  return { codes: codesOf(text), starts };
}

function decodings(raw: TextView, kinds: Decoding): TextView[] {
  const views: TextView[] = [];
  for (let view = decoded(raw, kinds); view !== undefined; view = decoded(view, kinds)) {
    views.push(view);
    if (views.length === deepest) break;
  }
  return views;
}

/** One code unit, or two of a pair, and how many code units of the view it was made of. */
const found = { code: 0, low: 0, length: 0 };

/** The view with its encodings decoded once; undefined without any. */
function decoded({ codes, starts }: TextView, { escapes, others }: Decoding): TextView | undefined {
  const result = new Uint16Array(codes.length);
  const from = new Uint32Array(codes.length + 1);
  let length = 0;
  for (let at = 0; at < codes.length;) {
    const code = codes[at] ?? 0;
    const special = code === backslash ? escapes : others && (code === percent || code === ampersand);
    if (!special || !decodeAt(codes, at, code)) {
      result[length] = code;
      from[length++] = starts[at++] ?? 0;
      continue;
    }
    result[length] = sameBlank(found.code);
    from[length++] = starts[at] ?? 0;
    if (found.low !== 0) {
      result[length] = found.low;
      from[length++] = starts[at] ?? 0;
    }
    at += found.length;
  }
  if (length === codes.length) return undefined;
  from[length] = starts[codes.length] ?? 0;
  return { codes: result.subarray(0, length), starts: from.subarray(0, length + 1) };
}

function sameBlank(code: number): number {
  return code === plus ? blank : code;
}

/** Decodes what starts at `at` into `found`; false when nothing does. */
function decodeAt(codes: Uint16Array, at: number, code: number): boolean {
  if (code === percent) return decodePercent(codes, at);
  return code === ampersand ? decodeReference(codes, at) : decodeEscape(codes, at);
}

function decodePercent(codes: Uint16Array, at: number): boolean {
  const byte = byteAt(codes, at);
  if (byte < 0) return false;
  const more = byte < 0xc2 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : 0;
  let point = more === 0 ? byte : byte & (0x3f >> more);
  for (let index = 1; index <= more; index++) {
    const next = byteAt(codes, at + 3 * index);
    // No UTF-8: the byte stands for itself.
    if (next < 0x80 || next > 0xbf) return take(byte, 3);
    point = (point << 6) | (next & 0x3f);
  }
  return take(point, 3 * (more + 1));
}

function byteAt(codes: Uint16Array, at: number): number {
  return codes[at] === percent ? hexAt(codes, at + 1, 2) : -1;
}

/** The number that `digits` hexadecimal digits at `at` make; -1 where there are none. */
function hexAt(codes: Uint16Array, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const digit = digitOf(codes[index] ?? 0, 16);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function digitOf(code: number, base: 10 | 16): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return base === 16 && letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

const escapedControls: Readonly<Record<number, number>> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };

function decodeEscape(codes: Uint16Array, at: number): boolean {
  const next = codes[at + 1];
  if (next === undefined) return false;
  if (next === 117) {
    const unit = hexAt(codes, at + 2, 4);
    return unit >= 0 && takeUnit(unit, 6);
  }
  const control = escapedControls[next];
  if (control !== undefined) return takeUnit(control, 2);
  return !isAlphanumeric(next) && takeUnit(next, 2);
}

function isAlphanumeric(code: number): boolean {
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57);
}

const named: readonly (readonly [name: string, code: number])[] = [
  ['amp;', 38],
  ['lt;', 60],
  ['gt;', 62],
  ['quot;', 34],
  ['apos;', 39],
];
/** Characters that a numeric reference may have, the leading zeros included. */
const longestReference = 16;

function decodeReference(codes: Uint16Array, at: number): boolean {
  if (codes[at + 1] !== 35) {
    const known = named.find(([name]) => spells(codes, at + 1, name));
    return known !== undefined && takeUnit(known[1], known[0].length + 1);
  }
  const isHex = ((codes[at + 2] ?? 0) | 32) === 120;
  let index = at + (isHex ? 3 : 2);
  const first = index;
  let point = 0;
  for (; index < first + longestReference; index++) {
    const digit = digitOf(codes[index] ?? 0, isHex ? 16 : 10);
    if (digit < 0) break;
    point = Math.min(point * (isHex ? 16 : 10) + digit, 0x110000);
  }
  if (index === first || codes[index] !== 59 || point > 0x10ffff) return false;
  return take(point, index + 1 - at);
}

function spells(codes: Uint16Array, at: number, name: string): boolean {
  for (let index = 0; index < name.length; index++)
    if (codes[at + index] !== name.charCodeAt(index)) return false;
  return true;
}

function take(point: number, length: number): true {
  if (point < 0x10000) return takeUnit(point, length);
  takeUnit(0xd800 + ((point - 0x10000) >> 10), length);
  found.low = 0xdc00 + ((point - 0x10000) & 0x3ff);
  return true;
}

function takeUnit(code: number, length: number): true {
  found.code = code;
  found.low = 0;
  found.length = length;
  return true;
}
