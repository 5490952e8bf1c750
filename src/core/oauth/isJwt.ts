/** Whether a text has the shape of a signed JWT: three parts in base64url. @see RFC 7519 section 3 */
export function isJwt(text: string): boolean {
  return text.startsWith('ey') && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/** Whether a text has the shape of an encrypted JWT: five parts. @see RFC 7516 section 7.1 */
export function isEncrypted(text: string): boolean {
  return text.split('.', 6).length === 5;
}

/** Advice for a response that no key of the profile decrypts. @param member of its registration */
export function withoutEncryption(member: string): string {
  return `Register the client without ${member}, or have the server encrypt for the key or the secret of this profile.`;
}
