import { createHash } from 'node:crypto';
import { compactDecrypt, decodeProtectedHeader, importJWK, type CryptoKey, type JWK } from 'jose';
import { authenticationOf } from '../authentication/all.ts';
import { secretsOf, type Material } from '../authentication/authentication.ts';
import { newSigningKey, requestObjectKey } from '../authentication/newSigningKey.ts';
import { keptJwk, privateParts } from '../authentication/privateKey.ts';
import { plainText } from '../http/plainText.ts';
import type { Profile } from '../profile/profile.ts';
import type { DecoratedFlow } from './decorator.ts';

/** The decrypted text, or why it could not be decrypted, to follow a colon. */
export type Opened = { readonly text: string } | { readonly closed: string };

/**
 * The algorithms that are decrypted, with the kind of key; `oct` is derived from the client secret. RSA1_5 is left out: with
 * enough tries an attacker can read what was encrypted with it.
 *
 * @see RFC 7518 section 4.1, RFC 8725 section 3.2
 */
const keyKinds: ReadonlyMap<string, 'RSA' | 'EC' | 'oct'> = new Map([
  ...['RSA-OAEP', 'RSA-OAEP-256'].map((alg) => [alg, 'RSA'] as const),
  ...['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'].map((alg) => [alg, 'EC'] as const),
  ...['dir', 'A128KW', 'A192KW', 'A256KW'].map((alg) => [alg, 'oct'] as const),
]);

/** Bits of the symmetric key that each algorithm takes. @see RFC 7518 sections 4.4 and 5.1 */
const keyBits: ReadonlyMap<string, number> = new Map([
  ...([
    ['A128KW', 128],
    ['A192KW', 192],
    ['A256KW', 256],
  ] as const),
  ...([
    ['A128GCM', 128],
    ['A192GCM', 192],
    ['A256GCM', 256],
  ] as const),
  ...([
    ['A128CBC-HS256', 256],
    ['A192CBC-HS384', 384],
    ['A256CBC-HS512', 512],
  ] as const),
]);

const kindWords = { RSA: 'RSA key', EC: 'EC key of that curve', oct: 'client secret' } as const;

/**
 * Decrypts what the server encrypted for the client: with the private key or the client secret that it authenticates with, or
 * with the key that signs its requests.
 *
 * @see RFC 7516 section 5.2, OpenID Connect Core 1.0 section 10.2
 */
export async function openEncrypted(
  token: string,
  profile: Profile,
  context: DecoratedFlow['context'],
): Promise<Opened> {
  const { alg, enc, crv } = headerOf(token);
  if (alg === undefined) return { closed: 'it is encrypted, and its header cannot be read' };
  const how = plainText(`${alg} with ${enc}`, 80);
  const kind = keyKinds.get(alg);
  if (kind === undefined || enc.endsWith('KW') || !keyBits.has(enc))
    return { closed: `it is encrypted in a way that is not opened here (${how})` };
  const keys = await keysFor({ alg, enc, crv, kind }, profile, context);
  for (const key of keys) {
    const text = await decrypted(token, key, alg, enc);
    if (text === undefined) continue;
    context.trace.useSecret(text);
    return { text };
  }
  return {
    closed:
      keys.length === 0
        ? `it is encrypted (${how}), and the profile has no ${kindWords[kind]} to open it with`
        : `it is encrypted (${how}) for another ${kindWords[kind]} than the profile’s`,
  };
}

interface Wanted {
  readonly alg: string;
  readonly enc: string;
  /** The curve of the ephemeral key. */
  readonly crv: unknown;
  readonly kind: 'RSA' | 'EC' | 'oct';
}

function headerOf(token: string): {
  readonly alg: string | undefined;
  readonly enc: string;
  readonly crv: unknown;
} {
  try {
    const { alg, enc, epk } = decodeProtectedHeader(token);
    const { crv } = (epk ?? {}) as { readonly crv?: unknown };
    return { alg: typeof alg === 'string' ? alg : undefined, enc: String(enc), crv };
  } catch {
    return { alg: undefined, enc: '', crv: undefined };
  }
}

async function keysFor(
  wanted: Wanted,
  profile: Profile,
  context: DecoratedFlow['context'],
): Promise<readonly (CryptoKey | Uint8Array)[]> {
  const { needs } = authenticationOf(profile);
  const own = needs === 'nothing' || needs === 'file' ? undefined : await context.material(needs);
  for (const secret of own === undefined ? [] : secretsOf(own)) context.trace.useSecret(secret);
  if (wanted.kind === 'oct') return own?.kind === 'password' ? [keyOfSecret(own.secret, bitsOf(wanted))] : [];
  const made =
    profile.signAuthorizationRequest === true && needs !== 'key'
      ? await context.made?.(requestObjectKey, () => newSigningKey())
      : undefined;
  for (const part of made === undefined ? [] : privateParts(made)) context.trace.useSecret(part);
  const jwks = [keyIn(own), made].flatMap((text) => (text === undefined ? [] : (jwkOf(text) ?? [])));
  const fitting = jwks.filter(({ kty, crv }) => kty === wanted.kind && (kty === 'RSA' || crv === wanted.crv));
  return Promise.all(fitting.map((jwk) => importJWK(jwk, wanted.alg)));
}

function keyIn(material: Material | undefined): string | undefined {
  return material?.kind === 'key' || material?.kind === 'certificate' ? material.key : undefined;
}

/** The key without its `alg`, which is that of signatures. */
function jwkOf(text: string): JWK | undefined {
  const jwk = keptJwk(text);
  delete jwk?.alg;
  return jwk;
}

function bitsOf({ alg, enc }: Wanted): number {
  return keyBits.get(alg === 'dir' ? enc : alg) ?? 0;
}

/** @see OpenID Connect Core 1.0 section 10.2 */
function keyOfSecret(secret: string, bits: number): Uint8Array {
  const hash = bits <= 256 ? 'sha256' : bits <= 384 ? 'sha384' : 'sha512';
  return new Uint8Array(
    createHash(hash)
      .update(secret)
      .digest()
      .subarray(0, bits / 8),
  );
}

/** Undefined when this is not the key. */
async function decrypted(
  token: string,
  key: CryptoKey | Uint8Array,
  alg: string,
  enc: string,
): Promise<string | undefined> {
  try {
    const options = { keyManagementAlgorithms: [alg], contentEncryptionAlgorithms: [enc] };
    const { plaintext } = await compactDecrypt(token, key, options);
    return new TextDecoder().decode(plaintext);
  } catch {
    return undefined;
  }
}
