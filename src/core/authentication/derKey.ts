import { createPrivateKey } from 'node:crypto';
import { children, type Value } from './der.ts';
import { whyUnread } from './oldCiphers.ts';
import type { FoundKey } from './privateKey.ts';

/**
 * Reads a private key in DER: PKCS #8, also encrypted, PKCS #1 or SEC 1; undefined for what is none of them.
 *
 * @see RFC 5958, RFC 8017 appendix A.1.2, RFC 5915
 */
export function readDerKey(bytes: Buffer, passphrase?: string): FoundKey | undefined {
  if (!isEncrypted(bytes)) return plainKey(bytes);
  if (passphrase === undefined) return { kind: 'encrypted' };
  try {
    const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8', passphrase });
    return { kind: 'found', key };
  } catch {
    return { kind: 'problem', problem: whyUnread(bytes, 'der') };
  }
}

function plainKey(key: Buffer): FoundKey | undefined {
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const)
    try {
      return { kind: 'found', key: createPrivateKey({ key, format: 'der', type }) };
    } catch {
      // Another one of them, or none.
    }
  return undefined;
}

/** EncryptedPrivateKeyInfo: how it is encrypted, which begins with an object identifier, and the octets. @see RFC 5958 section 3 */
function isEncrypted(bytes: Buffer): boolean {
  const tags = (values: readonly Value[]) => values.map(({ tag }) => tag).join(' ');
  const [outer] = children(bytes);
  const parts = children(outer?.content);
  return tags(parts) === '48 4' && children(parts[0]?.content)[0]?.tag === 0x06;
}
