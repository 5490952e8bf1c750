import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose';
import type { DecodedToken } from './decode.ts';
import { isForGraph } from './microsoftGraph.ts';

/** Why a signature was not looked at. */
export type NotChecked =
  | 'opaque'
  | 'malformed'
  | 'encrypted'
  | 'microsoft_graph'
  | 'alg_none'
  | 'symmetric'
  | 'unsupported_alg'
  | 'unsupported_crit'
  | 'no_issuer'
  | 'unsafe_issuer'
  | 'no_jwks_uri'
  | 'no_keys'
  | 'fetch_failed';

/** What came of checking a signature; `alg` and `kid` are the token's and hostile. */
export type SignatureCheck =
  | { readonly kind: 'valid' | 'invalid'; readonly alg: string; readonly kid?: string; readonly from: string }
  | {
      readonly kind: 'key_not_found';
      readonly alg: string;
      readonly kid?: string;
      readonly from: string;
      readonly keys: number;
    }
  | { readonly kind: 'not_checked'; readonly why: NotChecked; readonly detail?: string };

/** A server's keys as they were fetched (hostile), or why there are none. */
export type SigningKeys =
  | { readonly kind: 'keys'; readonly jwks: unknown; readonly from: string }
  | {
      readonly kind: 'none';
      readonly why: Extract<NotChecked, 'no_issuer' | 'unsafe_issuer' | 'no_jwks_uri' | 'fetch_failed'>;
      readonly detail?: string;
    };

/** Asymmetric signatures only: a public key must never be taken for a shared secret. @see RFC 8725 section 3.1 */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const mostKeys = 100;

/** Why the signature of `token` cannot be checked with a server's public keys, before any are fetched. */
export function cannotCheck(token: DecodedToken): NotChecked | undefined {
  if (token.kind === 'opaque' || token.kind === 'malformed') return token.kind;
  if (token.kind === 'jwe') return 'encrypted';
  const alg = token.header?.json?.['alg'];
  if (typeof alg !== 'string') return 'malformed';
  if (alg.toLowerCase() === 'none') return 'alg_none';
  if (/^HS\d+$/.test(alg)) return 'symmetric';
  // Graph hashes this nonce before it signs: the signature fits no text that anybody else has.
  if (typeof token.header?.json?.['nonce'] === 'string' && isForGraph(token.payload?.json ?? {}))
    return 'microsoft_graph';
  return algorithms.includes(alg) ? undefined : 'unsupported_alg';
}

/**
 * Checks the signature of a decoded token against a server's keys; whatever is wrong with token or keys is a result, never
 * thrown. Only the signature: issuer, audience and times are findings of their own.
 *
 * @see RFC 7515 section 5.2
 */
export async function verifySignature(token: DecodedToken, keys: SigningKeys): Promise<SignatureCheck> {
  const obstacle = cannotCheck(token);
  if (obstacle !== undefined) return { kind: 'not_checked', why: obstacle };
  if (keys.kind === 'none')
    return { kind: 'not_checked', why: keys.why, ...(keys.detail !== undefined && { detail: keys.detail }) };
  const set = keySet(keys.jwks);
  if (set === undefined) return { kind: 'not_checked', why: 'no_keys' };
  const { alg, kid } = token.header?.json ?? {};
  const about = { alg: String(alg), ...(typeof kid === 'string' && { kid }), from: keys.from };
  try {
    await verifyWithAny(token.token, set);
    return { kind: 'valid', ...about };
  } catch (error) {
    return resultOf(error, about, set.keys.length);
  }
}

type Selector = ReturnType<typeof createLocalJWKSet>;

async function verifyWithAny(token: string, set: JSONWebKeySet): Promise<void> {
  const select: Selector = createLocalJWKSet(set);
  try {
    await compactVerify(token, select, { algorithms });
  } catch (error) {
    // Several keys fit, such as when neither the token nor the set has a `kid`: any of them may be the one.
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    await verifyWithOne(token, error);
  }
}

async function verifyWithOne(token: string, candidates: errors.JWKSMultipleMatchingKeys): Promise<void> {
  for await (const key of candidates)
    try {
      await compactVerify(token, key, { algorithms });
      return;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  throw new errors.JWSSignatureVerificationFailed();
}

type About = Omit<Extract<SignatureCheck, { kind: 'valid' | 'invalid' }>, 'kind'>;

function resultOf(error: unknown, about: About, keys: number): SignatureCheck {
  if (error instanceof errors.JWSSignatureVerificationFailed) return { kind: 'invalid', ...about };
  if (error instanceof errors.JWKSNoMatchingKey) return { kind: 'key_not_found', ...about, keys };
  if (error instanceof errors.JOSENotSupported) return { kind: 'not_checked', why: 'unsupported_crit' };
  if (error instanceof errors.JWSInvalid) return { kind: 'not_checked', why: 'malformed' };
  // A key that fits by name but cannot be used, such as a truncated modulus: the set holds no usable key for it.
  return { kind: 'key_not_found', ...about, keys };
}

function keySet(jwks: unknown): JSONWebKeySet | undefined {
  if (typeof jwks !== 'object' || jwks === null || !('keys' in jwks) || !Array.isArray(jwks.keys))
    return undefined;
  const keys = jwks.keys.slice(0, mostKeys).filter(isPublicKey);
  return keys.length === 0 ? undefined : { keys };
}

function isPublicKey(key: unknown): key is JSONWebKeySet['keys'][number] {
  return (
    typeof key === 'object' &&
    key !== null &&
    'kty' in key &&
    typeof key.kty === 'string' &&
    key.kty !== 'oct'
  );
}
