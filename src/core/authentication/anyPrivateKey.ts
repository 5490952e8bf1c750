import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { ReadSecret } from '../profile/traits.ts';
import { binaryOf } from './clientCertificate.ts';
import { readPfx } from './pfx.ts';
import { readPrivateKey } from './privateKey.ts';

/**
 * Reads a private key in any of its forms: what `readPrivateKey` reads, and DER (PKCS #8, PKCS #1, SEC 1) or PFX as base64.
 *
 * @see RFC 5958, RFC 7292
 */
export async function readAnyPrivateKey(text: string, passphrase?: string): Promise<ReadSecret> {
  const bytes = text.length > 128 * 1024 ? undefined : binaryOf(text.replaceAll('\uFEFF', ''));
  if (bytes === undefined) return readPrivateKey(text, passphrase);
  const plain = fromDer(bytes);
  if (plain !== undefined) return asPem(plain);
  const read = await readPfx(bytes, passphrase ?? '');
  switch (read.kind) {
    case 'none':
      return readPrivateKey(text, passphrase);
    case 'wrong_password':
      return passphrase === undefined
        ? { kind: 'encrypted' }
        : { kind: 'problem', problem: 'The password of the PFX file is wrong.' };
    case 'problem':
      return read;
    case 'read':
      return asPem(read.key);
  }
}

function asPem(key: KeyObject): ReadSecret {
  return readPrivateKey(String(key.export({ type: 'pkcs8', format: 'pem' })));
}

function fromDer(key: Buffer): KeyObject | undefined {
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const)
    try {
      return createPrivateKey({ key, format: 'der', type });
    } catch {
      // Another one of them, or none.
    }
  return undefined;
}
