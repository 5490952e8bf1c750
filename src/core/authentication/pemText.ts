import { createHash, X509Certificate, type KeyObject } from 'node:crypto';

/** PEM or a JWK that is in base64 once more, as in Kubernetes' secrets and variables of CI, is what it stands for. */
export function withoutBase64(text: string): string {
  const decoded = (base64: string) => Buffer.from(base64, 'base64').toString();
  // What “-----BEGIN”, “{"” and “{” before a line break begin with.
  if (/^(?:LS0tLS1CRUdJT|eyJ|ewo|ew0K)[\w+/=\s-]+$/.test(text)) return decoded(text);
  return text.replace(/LS0tLS1CRUdJT[\w+/=-]+/g, decoded);
}

/** Base64 without its line breaks, also where they are written out, even twice: `\\n`, `\\r\\n`. */
export function withoutBreaks(text: string): string {
  return text.replace(/\\[nr]|[\\\s]/g, '');
}

/** The certificates of a text, at most ten, in DER. @see RFC 7468 section 5 */
export function certificatesIn(text: string): readonly Buffer[] {
  const blocks = text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g);
  return [...blocks].slice(0, 10).map(([, body = '']) => Buffer.from(withoutBreaks(body), 'base64'));
}

/** The thumbprint of a certificate. @param der as it was issued. @see RFC 7515 section 4.1.8 (x5t#S256) */
export function thumbprintOf(der: Buffer): string {
  return createHash('sha256').update(der).digest('base64url');
}

/** The thumbprint of the first of some certificates that belongs to a key; absent where none does. @param certificates DER */
export function thumbprintFor(key: KeyObject, certificates: readonly Buffer[]): string | undefined {
  const own = certificates.find((der) => {
    try {
      return new X509Certificate(der).checkPrivateKey(key);
    } catch {
      return false; // It is not a certificate.
    }
  });
  return own && thumbprintOf(own);
}
