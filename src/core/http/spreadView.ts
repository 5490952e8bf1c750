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
  const places = () => placesOf(codes);
  return { codes: kept.subarray(0, length), starts: view.starts, places, isHalfDecoded: false };
}

function placesOf(codes: Uint16Array): Uint32Array {
  const places = new Uint32Array(codes.length);
  let length = 0;
  for (let at = 0; at < codes.length; at++) if (!isGap(codes[at] ?? 0)) places[length++] = at;
  return places;
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
