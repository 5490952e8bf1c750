/** Whether a text has the shape of a signed JWT: three parts in base64url. @see RFC 7519 section 3 */
export function isJwt(text: string): boolean {
  return text.startsWith('ey') && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}
