/**
 * Text from outside as one short line: control, bidi and invisible characters out, white space run together.
 *
 * @param limit the most characters it may have
 */
export function plainText(text: string, limit = 300): string {
  return shorten(oneLine(text), limit);
}

/** Text from outside as one line without control, bidi and invisible characters. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu, '')
    .trim();
}

/** Whether something is a text that can be read: blanks and characters that nobody sees say nothing. */
export function isReadable(value: unknown): value is string {
  return typeof value === 'string' && /[^\p{C}\p{Z}\s]/u.test(value);
}

/** The name of an error that came from outside, for a sentence. */
export function errorName(error: string | null, limit = 60): string {
  return plainText(error ?? '', limit) || 'an error without a name';
}

/** At most `limit` characters of a text, with an ellipsis for the rest. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
