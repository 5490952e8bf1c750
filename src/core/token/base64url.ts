import { isUtf8 } from 'node:buffer';

/** A decoded part, or why it cannot be decoded; `at` counts characters (decoded bytes for `utf8`) from 1. */
export type DecodedPart =
  | { readonly kind: 'text'; readonly text: string; readonly plainBase64: boolean }
  | { readonly kind: 'alphabet'; readonly at: number; readonly character: string }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'utf8'; readonly at: number };

/**
 * Decodes base64url to text. Plain base64 (`+`, `/`, padding) is accepted, and marked as such.
 *
 * @see RFC 7515 section 2
 */
export function decodeBase64url(part: string): DecodedPart {
  const bare = part.replace(/={1,2}$/, '');
  const at = bare.search(/[^A-Za-z0-9_\-+/]/);
  if (at >= 0)
    return { kind: 'alphabet', at: at + 1, character: String.fromCodePoint(bare.codePointAt(at) ?? 0) };
  if (bare.length % 4 === 1) return { kind: 'length', length: bare.length };
  const bytes = Buffer.from(bare, 'base64');
  const text = bytes.toString('utf8');
  if (!isUtf8(bytes))
    return { kind: 'utf8', at: Buffer.byteLength(text.slice(0, text.indexOf('\ufffd'))) + 1 };
  return { kind: 'text', text, plainBase64: bare !== part || /[+/]/.test(bare) };
}
