/**
 * A text as its reader would understand it: UTF-16 code units after some number of decodings, each with the place in the
 * text it was made of. Blank and `+` count as the same, since forms write one as the other.
 */
export interface TextView {
  readonly codes: Uint16Array;
  /** For each code unit where it starts in the text, and at last where the text ends; undefined for the text itself. */
  readonly starts: Uint32Array | undefined;
  /** Where characters between others are left out: of each code unit its index in `starts`. */
  readonly places: (() => Uint32Array) | undefined;
  /** Whether another view is decoded further: in this one nothing is looked for but whole. */
  readonly isHalfDecoded: boolean;
}

const percent = 37;
const ampersand = 38;
const plus = 43;
const backslash = 92;
const blank = 32;
const equals = 61;
const semicolon = 59;
const letterU = 117;
const letterX = 120;
/** Longer texts are not searched for secrets that are broken into lines or by blanks, or in encodings that are rare: that takes too long. */
export const longestSpread = 512 * 1024;
/** Decodings of decodings: a URL in a parameter of a URL in JSON is three. */
const deepest = 5;

/** Which encodings a view is rid of: escapes as of JSON, the percent encodings and character references of URLs and pages, those of mail, or those of style sheets. */
interface Decoding {
  readonly escapes?: boolean;
  readonly others?: boolean;
  readonly quoted?: boolean;
  readonly css?: boolean;
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
  const views = [raw];
  if (escapes || others) views.push(...decodings(raw, everything));
  if (apart && escapes && others)
    views.push(...decodings(raw, { others: true }), ...decodings(raw, { escapes: true }));
  const mail = /=(?:[\dA-F]{2}|\r?\n)/.test(text) ? decoded(raw, { quoted: true }) : undefined;
  if (text.length > longestSpread) return mail ? [...views, mail] : views;
  const css = escapes && /\\[\dA-Fa-f]/.test(text) ? decoded(raw, { css: true }) : undefined;
  return [...views, ...[mail, css, ofUtf7(text)].filter((view) => view !== undefined)];
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
  if (text.length < 200) {
    for (let at = 0; at < text.length; at++) codes[at] = sameBlank(text.charCodeAt(at));
    return codes;
  }
  // Copied as a whole, which is many times quicker for what is long.
  Buffer.from(codes.buffer).write(text, 'utf16le');
  for (let at = text.indexOf('+'); at >= 0; at = text.indexOf('+', at + 1)) codes[at] = blank;
  if (/[\uff01-\uff5e]/.test(text))
    for (let at = 0; at < codes.length; at++) codes[at] = sameBlank(codes[at] ?? 0);
  return codes;
}

function rawView(text: string): TextView {
  return { codes: codesOf(text), starts: undefined, places: undefined, isHalfDecoded: false };
}

function decodings(raw: TextView, kinds: Decoding): TextView[] {
  const views: TextView[] = [];
  for (let view = decoded(raw, kinds); view !== undefined; view = decoded(view, kinds)) {
    views.push(view);
    if (views.length === deepest) break;
  }
  return views.map(({ codes, starts, places }, at) => ({
    codes,
    starts,
    places,
    isHalfDecoded: at < views.length - 1,
  }));
}

/** One code unit, or two of a pair, and how many code units of the view it was made of. */
const found = { code: 0, low: 0, length: 0 };

/** The view with its encodings decoded once; undefined without any. */
function decoded(
  { codes, starts = ownPlaces(codes.length + 1) }: TextView,
  { escapes = false, others = false, quoted = false, css = false }: Decoding,
): TextView | undefined {
  const result = new Uint16Array(codes.length);
  const from = new Uint32Array(codes.length + 1);
  let length = 0;
  for (let at = 0; at < codes.length;) {
    const code = codes[at] ?? 0;
    const special =
      (code === backslash && (escapes || css)) ||
      (code === equals && quoted) ||
      ((code === percent || code === ampersand) && others);
    if (!special || !(css ? decodeStyle(codes, at) : decodeAt(codes, at, code))) {
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
  return {
    codes: result.subarray(0, length),
    starts: from.subarray(0, length + 1),
    places: undefined,
    isHalfDecoded: false,
  };
}

function ownPlaces(length: number): Uint32Array {
  const places = new Uint32Array(length);
  for (let at = 0; at < length; at++) places[at] = at;
  return places;
}

/** What the character counts as: `+` as a blank, a full-width letter or sign as the usual one. */
function sameBlank(code: number): number {
  const usual = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
  return usual === plus ? blank : usual;
}

/** Decodes what starts at `at` into `found`; false when nothing does. */
function decodeAt(codes: Uint16Array, at: number, code: number): boolean {
  if (code === percent) return codes[at + 1] === letterU ? decodeUnit(codes, at) : decodeBytes(codes, at, 3);
  if (code === equals) return decodeBytes(codes, at, 3) || decodeSoftBreak(codes, at);
  return code === ampersand ? decodeReference(codes, at) : decodeEscape(codes, at);
}

/** Bytes of UTF-8 in digits. @param step code units of each: `%`, `=` or `\x` and two hexadecimal, or a backslash and three octal ones */
function decodeBytes(codes: Uint16Array, at: number, step: 3 | 4): boolean {
  const byte = byteAt(codes, at, at, step);
  if (byte < 0) return false;
  if (byte < 0x80) return takeUnit(byte, step);
  const more = byte < 0xc2 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : 0;
  let point = more === 0 ? byte : byte & (0x3f >> more);
  for (let index = 1; index <= more; index++) {
    const next = byteAt(codes, at, at + step * index, step);
    // No UTF-8: the byte stands for itself.
    if (next < 0x80 || next > 0xbf) return take(byte, step);
    point = (point << 6) | (next & 0x3f);
  }
  return take(point, step * (more + 1));
}

/** The byte at `at`, begun as the one at `first` is; -1 where there is none. */
function byteAt(codes: Uint16Array, first: number, at: number, step: 3 | 4): number {
  if (codes[at] !== codes[first]) return -1;
  if (step === 3 || codes[at + 1] === letterX) {
    const left = digitOf(codes[at + step - 2] ?? 0, 16);
    const right = digitOf(codes[at + step - 1] ?? 0, 16);
    return left < 0 || right < 0 ? -1 : left * 16 + right;
  }
  const high = digitOf(codes[at + 1] ?? 0, 4);
  const low = high < 0 ? -1 : digitOf(codes[at + 2] ?? 0, 8);
  const last = low < 0 ? -1 : digitOf(codes[at + 3] ?? 0, 8);
  return last < 0 ? -1 : high * 64 + low * 8 + last;
}

/** `\u0071` and `%u0071`. */
function decodeUnit(codes: Uint16Array, at: number): boolean {
  const unit = hexAt(codes, at + 2, 4);
  return unit >= 0 && takeUnit(unit, 6);
}

/** A line that goes on. @see RFC 2045 section 6.7 */
function decodeSoftBreak(codes: Uint16Array, at: number): boolean {
  const length = codes[at + 1] === 13 ? 3 : 2;
  return codes[at + length - 1] === 10 && takeUnit(10, length);
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

/** What each character is as a hexadecimal digit; -1 for those that are none. */
const digitValues = Int8Array.from({ length: 128 }, (_, code) =>
  '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()),
);

function digitOf(code: number, base: 4 | 8 | 10 | 16): number {
  const digit = code < 128 ? (digitValues[code] ?? -1) : -1;
  return digit < base ? digit : -1;
}

const escapedControls: Readonly<Record<number, number>> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };

function decodeEscape(codes: Uint16Array, at: number): boolean {
  const next = codes[at + 1];
  if (next === undefined) return false;
  if (next === letterU) return decodeUnit(codes, at) || decodePoint(codes, at);
  if (next === letterX || (next >= 48 && next <= 51)) return decodeBytes(codes, at, 4);
  if (next === 85) return decodeLong(codes, at);
  const control = escapedControls[next];
  if (control !== undefined) return takeUnit(control, 2);
  return !isAlphanumeric(next) && takeUnit(next, 2);
}

/** `\u{71}`: at most as many digits as the longest code point has. */
function decodePoint(codes: Uint16Array, at: number): boolean {
  if (codes[at + 2] !== 123) return false;
  for (let digits = 1; digits <= 6; digits++) {
    if (codes[at + 3 + digits] !== 125) continue;
    const point = hexAt(codes, at + 3, digits);
    return point >= 0 && point <= 0x10ffff && take(point, digits + 4);
  }
  return false;
}

/** `\U0001F600`. */
function decodeLong(codes: Uint16Array, at: number): boolean {
  const point = hexAt(codes, at + 2, 8);
  return point >= 0 && point <= 0x10ffff && take(point, 10);
}

/** `\71 ` or `\000071` of a style sheet. @see https://www.w3.org/TR/css-syntax-3/#consume-escaped-code-point */
function decodeStyle(codes: Uint16Array, at: number): boolean {
  let digits = 0;
  while (digits < 6 && digitOf(codes[at + 1 + digits] ?? 0, 16) >= 0) digits++;
  const point = digits === 0 ? -1 : hexAt(codes, at + 1, digits);
  if (point < 0 || point > 0x10ffff) return false;
  return take(point, digits + (codes[at + 1 + digits] === blank ? 2 : 1));
}

/** UTF-7: base64 of UTF-16 between `+` and, mostly, `-`, and `+-` for `+` itself; undefined without any. @see RFC 2152 */
function ofUtf7(text: string): TextView | undefined {
  if (!/\+(?:-|[A-Za-z\d/+]{3})/.test(text)) return undefined;
  const codes = new Uint16Array(text.length);
  const starts = new Uint32Array(text.length + 1);
  let length = 0;
  for (let at = 0; at < text.length;) {
    const start = at++;
    const isShift = text.charCodeAt(start) === plus;
    while (isShift && base64Digit(text.charCodeAt(at)) >= 0) at++;
    for (let bit = 0; bit + 16 <= (at - start - 1) * 6; bit += 16) {
      const first = start + 1 + Math.floor(bit / 6);
      let bits = 0;
      for (let index = first; index < first + 4; index++)
        bits = (bits << 6) | Math.max(0, base64Digit(text.charCodeAt(index)));
      codes[length] = sameBlank((bits >>> (8 - (bit % 6))) & 0xffff);
      starts[length++] = bit === 0 ? start : first;
    }
    if (at === start + 1) {
      codes[length] = sameBlank(text.charCodeAt(start));
      starts[length++] = start;
    }
    if (isShift && text.charCodeAt(at) === 45) at++;
  }
  starts[length] = text.length;
  return {
    codes: codes.subarray(0, length),
    starts: starts.subarray(0, length + 1),
    places: undefined,
    isHalfDecoded: false,
  };
}

function base64Digit(code: number): number {
  if (code >= 97) return code <= 122 ? code - 71 : -1;
  if (code >= 65) return code <= 90 ? code - 65 : -1;
  if (code >= 48) return code <= 57 ? code + 4 : -1;
  return code === plus ? 62 : code === 47 ? 63 : -1;
}

function isAlphanumeric(code: number): boolean {
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57);
}

/** Names of characters, with what a password may hold of them; a name that is not here stays as it is. */
const named: Readonly<Record<string, number>> = {
  ...{ amp: 38, AMP: 38, lt: 60, LT: 60, gt: 62, GT: 62, quot: 34, QUOT: 34, apos: 39, nbsp: 160, shy: 173 },
  ...{ zwj: 0x200d, zwnj: 0x200c, lrm: 0x200e, rlm: 0x200f, NoBreak: 0x2060, ZeroWidthSpace: 0x200b },
  ...{
    sol: 47,
    bsol: 92,
    plus: 43,
    equals: 61,
    percnt: 37,
    quest: 63,
    num: 35,
    colon: 58,
    semi: 59,
    comma: 44,
  },
  ...{
    period: 46,
    commat: 64,
    lowbar: 95,
    excl: 33,
    ast: 42,
    lpar: 40,
    rpar: 41,
    lsqb: 91,
    rsqb: 93,
    lcub: 123,
  },
  ...{ rcub: 125, verbar: 124, dollar: 36, Hat: 94, grave: 96, Tab: 9, NewLine: 10 },
};
const longestName = 14;
/** Characters that a numeric reference may have, the leading zeros included. */
const longestReference = 16;

function decodeReference(codes: Uint16Array, at: number): boolean {
  if (codes[at + 1] !== 35) {
    let name = '';
    let end = at + 1;
    for (; codes[end] !== semicolon; end++) {
      const letter = codes[end] ?? 0;
      if (end > at + longestName || !isAlphanumeric(letter)) return false;
      name += String.fromCharCode(letter);
    }
    const known = Object.hasOwn(named, name) ? named[name] : undefined;
    return known !== undefined && takeUnit(known, end + 1 - at);
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
  if (index === first || point > 0x10ffff) return false;
  return take(point, index + (codes[index] === semicolon ? 1 : 0) - at);
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
