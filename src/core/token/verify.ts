import { signatureAlgorithms } from '../keys/signatureFit.ts';
import { verifyWithKeys } from '../keys/verifyWithKeys.ts';
import type { DecodedToken } from './decode.ts';
import { isForGraph } from './microsoftGraph.ts';

/** Why a signature was not checked. */
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

/**
 * The result of checking a signature; `alg` and `kid` are the token's, and untrusted. A valid one has no `kid` when the key has
 * none.
 */
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

/** A server's keys as fetched (untrusted), or why there are none. */
export type SigningKeys =
  | { readonly kind: 'keys'; readonly jwks: unknown; readonly from: string }
  | {
      readonly kind: 'none';
      readonly why: Extract<NotChecked, 'no_issuer' | 'unsafe_issuer' | 'no_jwks_uri' | 'fetch_failed'>;
      readonly detail?: string;
    };

/** Why the signature of `token` cannot be checked with a server's public keys, before any are fetched. */
export function cannotCheck(token: DecodedToken): NotChecked | undefined {
  if (token.kind === 'opaque' || token.kind === 'malformed') return token.kind;
  if (token.kind === 'jwe') return 'encrypted';
  const alg = token.header?.json?.['alg'];
  if (typeof alg !== 'string') return 'malformed';
  if (alg.toLowerCase() === 'none') return 'alg_none';
  if (/^HS\d+$/.test(alg)) return 'symmetric';
  // Graph signs a header with a hash of this nonce instead, so the token as it is does not verify.
  if (typeof token.header?.json?.['nonce'] === 'string' && isForGraph(token.payload?.json ?? {}))
    return 'microsoft_graph';
  return signatureAlgorithms.includes(alg) ? undefined : 'unsupported_alg';
}

/**
 * Checks the signature of a decoded token with a server's keys; problems of token or keys are results, never thrown. Only the
 * signature: issuer, audience and times have their own findings.
 *
 * @see RFC 7515 section 5.2
 */
export function verifySignature(token: DecodedToken, keys: SigningKeys): SignatureCheck {
  const obstacle = cannotCheck(token);
  if (obstacle !== undefined) return { kind: 'not_checked', why: obstacle };
  if (keys.kind === 'none')
    return { kind: 'not_checked', why: keys.why, ...(keys.detail !== undefined && { detail: keys.detail }) };
  const { alg, kid } = token.header?.json ?? {};
  const about = { alg: String(alg), ...(typeof kid === 'string' && { kid }), from: keys.from };
  const result = verifyWithKeys(token.parts.join('.'), keys.jwks);
  switch (result.kind) {
    case 'valid':
      return result.nameless
        ? { kind: 'valid', alg: about.alg, from: keys.from }
        : { kind: 'valid', ...about };
    case 'invalid':
      return { kind: 'invalid', ...about };
    case 'key_not_found':
      return { kind: 'key_not_found', ...about, keys: result.keys };
    case 'not_checked':
      return result;
  }
}
