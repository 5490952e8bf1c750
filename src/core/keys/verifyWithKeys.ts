import { compactVerify, createLocalJWKSet, decodeProtectedHeader, errors, type JSONWebKeySet } from 'jose';
import { member } from '../../shared/json.ts';
import { publicMembers } from '../privateMembers.ts';

/** Asymmetric signatures only: a public key must never be taken for a shared secret. @see RFC 8725 section 3.1 */
export const signatureAlgorithms: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** What came of comparing a signature with a server's keys. */
export type KeysVerdict =
  | { readonly kind: 'valid' | 'invalid' }
  /** `keys`: how many public keys there are. */
  | { readonly kind: 'key_not_found'; readonly keys: number }
  | { readonly kind: 'not_checked'; readonly why: 'no_keys' | 'unsupported_crit' | 'malformed' };

const mostKeys = 100;

/**
 * Checks the signature of a JWT with whichever key of a set fits; whatever is wrong with token or keys is a result, never
 * thrown.
 *
 * @param jwks the set as it was fetched, hostile
 * @see RFC 7515 section 5.2, RFC 7517 section 5
 */
export async function verifyWithKeys(token: string, jwks: unknown): Promise<KeysVerdict> {
  const kid = kidOf(token);
  const set = keySet(jwks, kid);
  if (set === undefined) return { kind: 'not_checked', why: 'no_keys' };
  const keys = set.keys.length;
  try {
    await verifyWithAny(token, set);
    return { kind: 'valid' };
  } catch (error) {
    const verdict = verdictOf(error, keys);
    if (verdict.kind !== 'key_not_found' || typeof kid !== 'string') return verdict;
    return (await fitsNameless(token, set, kid)) ? { kind: 'valid' } : verdict;
  }
}

/** A key without a name may be the one that is meant: names are optional. One that does not fit shows nothing. @see RFC 7517 section 4.5 */
async function fitsNameless(token: string, { keys }: JSONWebKeySet, kid: string): Promise<boolean> {
  const nameless = keys.filter((key) => key.kid === undefined).map((key) => ({ ...key, kid }));
  if (nameless.length === 0) return false;
  try {
    await verifyWithAny(token, { keys: nameless });
    return true;
  } catch {
    return false;
  }
}

type Selector = ReturnType<typeof createLocalJWKSet>;

async function verifyWithAny(token: string, set: JSONWebKeySet): Promise<void> {
  const select: Selector = createLocalJWKSet(set);
  try {
    await compactVerify(token, select, { algorithms: [...signatureAlgorithms] });
  } catch (error) {
    // Several keys fit, such as when neither the token nor the set has a `kid`: any of them may be the one.
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    await verifyWithOne(token, error);
  }
}

async function verifyWithOne(token: string, candidates: errors.JWKSMultipleMatchingKeys): Promise<void> {
  let unusable: unknown;
  let compared = false;
  for await (const key of candidates)
    try {
      await compactVerify(token, key, { algorithms: [...signatureAlgorithms] });
      return;
    } catch (error) {
      // A broken key must not hide the good one beside it.
      if (error instanceof errors.JWSSignatureVerificationFailed) compared = true;
      else unusable = error;
    }
  throw compared ? new errors.JWSSignatureVerificationFailed() : unusable;
}

function verdictOf(error: unknown, keys: number): KeysVerdict {
  if (error instanceof errors.JWSSignatureVerificationFailed) return { kind: 'invalid' };
  if (error instanceof errors.JWKSNoMatchingKey) return { kind: 'key_not_found', keys };
  if (error instanceof errors.JOSENotSupported) return { kind: 'not_checked', why: 'unsupported_crit' };
  if (error instanceof errors.JWSInvalid) return { kind: 'not_checked', why: 'malformed' };
  // A key that fits by name but cannot be used, such as a truncated modulus: the set holds no usable key for it.
  return { kind: 'key_not_found', keys };
}

/** The keys that can be tried: where the token names one, those of that name first. */
function keySet(jwks: unknown, kid: unknown): JSONWebKeySet | undefined {
  const members = member(jwks, 'keys');
  if (!Array.isArray(members)) return undefined;
  const all = members.filter(isPublicKey);
  const named = all.filter((key) => kid !== undefined && key.kid === kid);
  const keys = (named.length > 0 ? named : all)
    .slice(0, mostKeys)
    .map((key) => publicMembers(key) as typeof key);
  return keys.length === 0 ? undefined : { keys };
}

function kidOf(token: string): unknown {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    return undefined; // The library says what is wrong with it.
  }
}

function isPublicKey(key: unknown): key is JSONWebKeySet['keys'][number] {
  const kind = member(key, 'kty');
  return typeof kind === 'string' && kind !== 'oct';
}
