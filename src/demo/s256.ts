import { createHash } from 'node:crypto';

/** SHA-256 of a text, in base64url: a code challenge of PKCE, or what a DPoP proof says of its token. @see RFC 7636 section 4.2, RFC 9449 section 4.2 */
export function s256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
