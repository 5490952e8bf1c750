import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { isObject, member } from '../../shared/json.ts';
import { publicMembers } from '../privateMembers.ts';
import { unfit } from './missingKey.ts';
import { signatureAlgorithms, signatureFit } from './signatureFit.ts';

/** What came of comparing a signature with a server's keys. */
export type KeysVerdict =
  /** `nameless`: the token names a key, and the one that fits has no name. */
  | { readonly kind: 'valid'; readonly nameless?: true }
  | { readonly kind: 'invalid' }
  /** `keys`: how many public keys there are. */
  | { readonly kind: 'key_not_found'; readonly keys: number }
  | {
      readonly kind: 'not_checked';
      readonly why: 'no_keys' | 'unsupported_alg' | 'unsupported_crit' | 'malformed';
    };

/** Of the slowest kind one takes 30 milliseconds. */
const mostKeys = 30;

/**
 * Checks the signature of a JWT with whichever key of a set fits: one of the name that the token has, where it has one, and then
 * one without a name, since names are optional. Whatever is wrong with token or keys is a result, never thrown.
 *
 * @param jwks the set as it was fetched, hostile
 * @see RFC 7515 section 5.2, RFC 7517 sections 4.5 and 5
 */
export function verifyWithKeys(token: string, jwks: unknown): KeysVerdict {
  const members = member(jwks, 'keys');
  const all = Array.isArray(members) ? members.filter(isPublicKey) : [];
  if (all.length === 0) return { kind: 'not_checked', why: 'no_keys' };
  const header = headerOf(token);
  if (typeof header === 'string') return { kind: 'not_checked', why: header };
  const { alg, kid } = header;
  const able = all.filter((key) => unfit(key, alg) === undefined);
  const tried = (keys: readonly Members[]) =>
    new Set(keys.slice(0, mostKeys).map((key) => signatureFit(token, alg, publicMembers(key))));
  const named = tried(kid === undefined ? able : able.filter((key) => key['kid'] === kid));
  if (named.has('fits')) return { kind: 'valid' };
  if (named.has('unknown')) return { kind: 'not_checked', why: 'unsupported_alg' };
  if (named.has('differs')) return { kind: 'invalid' };
  // One without a name that does not fit shows nothing.
  const nameless = kid === undefined ? new Set() : tried(able.filter((key) => (key['kid'] ?? null) === null));
  if (nameless.has('fits')) return { kind: 'valid', nameless: true };
  if (nameless.has('unknown')) return { kind: 'not_checked', why: 'unsupported_alg' };
  return { kind: 'key_not_found', keys: all.length };
}

type Members = Readonly<Record<string, unknown>>;

/** What chooses the key, or why none is chosen. */
function headerOf(
  token: string,
):
  | (ProtectedHeaderParameters & { readonly alg: string })
  | 'malformed'
  | 'unsupported_alg'
  | 'unsupported_crit' {
  if (!/^[\w-]+\.[\w-]*\.[\w-]*$/.test(token)) return 'malformed';
  try {
    const { alg, crit, ...header } = decodeProtectedHeader(token);
    if (typeof alg !== 'string') return 'malformed';
    if (crit !== undefined) return 'unsupported_crit';
    return signatureAlgorithms.includes(alg) ? { ...header, alg } : 'unsupported_alg';
  } catch {
    return 'malformed';
  }
}

function isPublicKey(key: unknown): key is Members {
  return isObject(key) && typeof key['kty'] === 'string' && key['kty'] !== 'oct';
}
