/**
 * Text from outside as one short line: control, bidi and invisible characters out, white space run together.
 *
 * @param limit the most characters it may have
 */
export function plainText(text: string, limit = 300): string {
  const line = text
    .slice(0, limit * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu, '')
    .trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
