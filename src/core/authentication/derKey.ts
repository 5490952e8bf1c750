import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { ReadSecret } from '../profile/traits.ts';
import { children, type Value } from './der.ts';
import { whyUnread } from './oldCiphers.ts';
import { isTooSlow, tooSlow } from './slowDerivation.ts';

/** A private key of any kind, with what its JWK calls it, or why there is none. */
export type FoundKey =
  | {
      readonly kind: 'found';
      readonly key: KeyObject;
      readonly kid?: unknown;
      readonly alg?: unknown;
      /** Of the certificate that came with it. @see RFC 7515 section 4.1.8 */
      readonly thumbprint?: unknown;
    }
  | Exclude<ReadSecret, { readonly kind: 'read' }>;

/**
 * Reads a private key in DER: PKCS #8, also encrypted, PKCS #1 or SEC 1; undefined for what is none of them.
 *
 * @see RFC 5958, RFC 8017 appendix A.1.2, RFC 5915
 */
export function readDerKey(bytes: Buffer, passphrase?: string): FoundKey | undefined {
  if (!isEncrypted(bytes)) return plainKey(bytes);
  if (isTooSlow(bytes)) return { kind: 'problem', problem: tooSlow };
  if (passphrase === undefined) return { kind: 'encrypted' };
  try {
    const key = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8', passphrase });
    return { kind: 'found', key };
  } catch (thrown) {
    return { kind: 'problem', problem: whyUnread(bytes, 'der', thrown) };
  }
}

function plainKey(key: Buffer): FoundKey | undefined {
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const)
    try {
      return { kind: 'found', key: createPrivateKey({ key, format: 'der', type }) };
    } catch {
      // Another one of them, none, or of a kind that is not read here.
    }
  const pss = pssKey(key);
  if (pss) return { kind: 'found', ...pss };
  const kind = otherKind(key);
  return kind === undefined ? undefined : { kind: 'problem', problem: signsNothing(kind) };
}

/** What to say of a key whose kind is none that servers take. */
export function signsNothing(kind: string): string {
  return `A key of this kind (${kind}) signs nothing that servers take. RSA, P-256, P-384, P-521 and Ed25519 do.`;
}

/**
 * An RSA key that is for PSS alone: its numbers are those of any other, and its algorithm is named; undefined for any other key.
 * BoringSSL, which VS Code has, reads it not otherwise.
 *
 * @param pkcs8 DER
 * @see RFC 4055 sections 1.2 and 3.1
 */
export function pssKey(pkcs8: Buffer): { readonly key: KeyObject; readonly alg: string } | undefined {
  const [, algorithm, numbers] = children(children(pkcs8)[0]?.content);
  const [id, parameters] = children(algorithm?.content);
  if (id?.content.toString('hex') !== ids.pss || numbers === undefined) return undefined;
  const hash = children(parameters?.content).find(({ tag }) => tag === 0xa0);
  const name = children(children(hash?.content)[0]?.content)[0]?.content.toString('hex') ?? '';
  const bits = /^60864801650304020([123])$/.exec(name)?.[1] ?? '1';
  try {
    const key = createPrivateKey({ key: numbers.content, format: 'der', type: 'pkcs1' });
    return { key, alg: ['PS256', 'PS384', 'PS512'][Number(bits) - 1] ?? '' };
  } catch {
    return undefined;
  }
}

/** Object identifiers of kinds of keys and of curves. */
const ids = { pss: '2a864886f70d01010a', 'ec, secp256k1': '2b8104000a', ed448: '2b6571' } as const;

/** Of keys that are read, where they are whole: RSA, EC, Ed25519, P-256, P-384, P-521. */
const read: ReadonlySet<string> = new Set([
  ...[ids.pss, '2a864886f70d010101', '2a8648ce3d0201', '2b6570'],
  ...['2a8648ce3d030107', '2b81040022', '2b81040023'],
]);

/** What a whole key in PKCS #8 or SEC 1 is called that is none of those which are read; undefined for those, and for what is not a key. */
function otherKind(bytes: Buffer): string | undefined {
  const [version, second, third] = children(children(bytes)[0]?.content);
  const tags = [version, second, third].map((part) => part?.tag).join(' ');
  // PKCS #8 and SEC 1.
  const algorithm = tags === '2 48 4' ? second : tags === '2 4 160' ? third : undefined;
  const id = children(algorithm?.content)
    .findLast(({ tag }) => tag === 0x06)
    ?.content.toString('hex');
  if (id === undefined || read.has(id)) return undefined;
  return Object.entries(ids).find(([, known]) => known === id)?.[0] ?? 'unknown';
}

/** EncryptedPrivateKeyInfo: how it is encrypted, which begins with an object identifier, and the octets. @see RFC 5958 section 3 */
function isEncrypted(bytes: Buffer): boolean {
  const tags = (values: readonly Value[]) => values.map(({ tag }) => tag).join(' ');
  const [outer] = children(bytes);
  const parts = children(outer?.content);
  return tags(parts) === '48 4' && children(parts[0]?.content)[0]?.tag === 0x06;
}
