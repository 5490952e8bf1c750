import { createHash } from 'node:crypto';

/** What ERP.net's Trusted Applications hold in the place of the secret: base64 of its SHA-256. */
export function applicationSecretHash(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('base64');
}
