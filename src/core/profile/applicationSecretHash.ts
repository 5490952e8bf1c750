import { createHash } from 'node:crypto';

/** The hash that ERP.net's Trusted Applications store instead of the secret: its SHA-256 in base64. */
export function applicationSecretHash(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('base64');
}
