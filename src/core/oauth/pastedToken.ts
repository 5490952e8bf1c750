/**
 * A pasted token without what was copied along: header name, scheme, quotes. Text of several words, such as a PEM key, stays as
 * it is.
 *
 * @see RFC 6750 section 2.1, RFC 9449 section 7.1
 */
export function pastedToken(text: string): string {
  const value = unquoted(text.trim()).replace(/^authorization\s{0,8}:\s{0,8}/i, '');
  const bare = unquoted(value.replace(/^(?:bearer|dpop)\s{1,8}/i, ''));
  return bare === '' || /\s/.test(bare) ? text : bare;
}

function unquoted(text: string): string {
  const [first = ''] = text;
  return text.length > 2 && /["'`]/.test(first) && text.endsWith(first) ? text.slice(1, -1) : text;
}
