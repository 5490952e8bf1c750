import type { ReadSecret } from '../profile/traits.ts';
import { binaryOf } from './clientCertificate.ts';
import { readDerKey } from './derKey.ts';
import { thumbprintFor } from './pemText.ts';
import { readPfx } from './pfx.ts';
import { keptKey, readPrivateKey } from './privateKey.ts';

/**
 * Reads a private key in any of its forms: what `readPrivateKey` reads, and DER or PFX as base64.
 *
 * @see RFC 5958, RFC 7292
 */
export async function readAnyPrivateKey(text: string, passphrase?: string): Promise<ReadSecret> {
  const bytes = text.length > 128 * 1024 ? undefined : binaryOf(text.replaceAll('\uFEFF', ''));
  if (bytes === undefined) return readPrivateKey(text, passphrase);
  const key = readDerKey(bytes, passphrase);
  if (key !== undefined) return keptKey(key);
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
    case 'read': {
      const [{ key: own, certificates }] = read.identities;
      return keptKey({ kind: 'found', key: own, thumbprint: thumbprintFor(own, certificates) });
    }
  }
}
