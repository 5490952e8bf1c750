import type { TextView } from './textView.ts';

/**
 * The view without blanks, line ends and signs that have no width, which a text may be folded or broken with; undefined without any.
 *
 * @param marked whether tags and comments of a page and colours of a terminal go, too; undefined then where there are none
 */
export function withoutGaps(view: TextView, marked = false): TextView | undefined {
  const { codes } = view;
  if (marked && !codes.includes(less) && !codes.includes(escape)) return undefined;
  let length = 0;
  while (length < codes.length && gapEnd(codes, length, marked) === length) length++;
  if (length === codes.length) return undefined;
  const kept = codes.slice();
  for (let at = length; at < codes.length;) {
    const end = gapEnd(codes, at, marked);
    if (end === at) kept[length++] = codes[at++] ?? 0;
    else at = end;
  }
  const places = () => placesOf(codes, marked);
  return { codes: kept.subarray(0, length), starts: view.starts, places, isHalfDecoded: false };
}

function placesOf(codes: Uint16Array, marked: boolean): Uint32Array {
  const places = new Uint32Array(codes.length);
  let length = 0;
  for (let at = 0; at < codes.length;) {
    const end = gapEnd(codes, at, marked);
    if (end === at) places[length++] = at++;
    else at = end;
  }
  return places;
}

const escape = 27;
const less = 60;
/** Code units of a tag or a comment that is left out. */
const longestMark = 256;

/** Where a gap at `at` ends; `at` when none begins there. */
function gapEnd(codes: Uint16Array, at: number, marked: boolean): number {
  const code = codes[at] ?? 0;
  if (marked && code === less) return tagEnd(codes, at);
  if (!isGap(code)) return at;
  if (!marked || code !== escape || codes[at + 1] !== 91) return at + 1;
  let end = at + 2;
  // Numbers and what stands between them.
  while (end < at + 16 && (codes[end] ?? 0) >= 48 && (codes[end] ?? 0) <= 59) end++;
  return end + 1;
}

/** Ends at the first `>`; another `<` before it says that it is not a tag, so that each code unit is looked at twice at most. */
function tagEnd(codes: Uint16Array, at: number): number {
  const end = Math.min(codes.length, at + longestMark);
  for (let index = at + 1; index < end && codes[index] !== less; index++)
    if (codes[index] === 62) return index + 1;
  return at;
}

function isGap(code: number): boolean {
  if (code < 127) return code <= 32;
  if (code < 0x2000)
    return code <= 160 || code === 173 || code === 0x34f || code === 0x61c || code === 0x180e;
  if (code < 0x2070) return code <= 0x200f || (code >= 0x2028 && code <= 0x202f) || code >= 0x205f;
  if (code === 0x3000 || code === 0x3164 || code === 0x2800) return true;
  // Also the first half of tags and of the variation selectors of plane 14.
  return code === 0xdb40 || code === 0xfeff || code === 0xffa0 || (code >= 0xfe00 && code <= 0xfe0f);
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
