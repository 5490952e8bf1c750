import { originOf } from '../http/urlHost.ts';
import type { TokenSlot } from '../../shared/views/tokenView.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import type { TokenReading } from './reading.ts';
import type { SignatureProgress } from './signatureView.ts';
import { cannotCheck } from './verify.ts';

/** Whose keys a signature is checked with, and whether the user must agree first. */
export type KeyPlan =
  | { readonly kind: 'fetch'; readonly issuer: string }
  /** The profile itself names the address of the keys. */
  | { readonly kind: 'fetch_at'; readonly jwksUri: string }
  /** Nothing is fetched, at least not yet: the view shows this instead. */
  | { readonly kind: 'show'; readonly progress: SignatureProgress };

/**
 * Decides where the keys for a token come from. A profile's own issuer is asked at once; the `iss` of a pasted token is
 * untrusted: it is asked only after `allowed`, and only over https or loopback. `jku` and `x5u` are never followed.
 *
 * @see RFC 8725 section 3.10
 */
export function keyPlan(reading: TokenReading, slot: TokenSlot, allowed: boolean): KeyPlan {
  const token = reading.tokens[slot];
  const obstacle = token === undefined ? 'malformed' : cannotCheck(token);
  if (obstacle !== undefined) return notChecked(obstacle);
  const iss = token?.payload?.json?.['iss'];
  if (reading.source.kind === 'profile') {
    const { issuer, jwksUri, tokenEndpoint } = reading.source.profile;
    if (jwksUri !== undefined) return { kind: 'fetch_at', jwksUri };
    if (issuer !== undefined) return { kind: 'fetch', issuer };
    if (typeof iss === 'string' && tokenEndpoint !== undefined && originOf(iss) === originOf(tokenEndpoint))
      return { kind: 'fetch', issuer: iss };
  }
  if (typeof iss !== 'string') return notChecked('no_issuer');
  if (!isSafe(iss)) return notChecked('unsafe_issuer');
  return allowed
    ? { kind: 'fetch', issuer: iss }
    : { kind: 'show', progress: { kind: 'can_check', issuer: iss } };
}

function notChecked(why: ReturnType<typeof cannotCheck> & string): KeyPlan {
  return { kind: 'show', progress: { kind: 'not_checked', why } };
}

function isSafe(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { protocol, hostname, username } = new URL(issuer);
  if (username !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}
