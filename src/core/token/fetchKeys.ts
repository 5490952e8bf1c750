import { FailureError } from '../record/failure.ts';
import { Trace } from '../record/trace.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { discover } from '../oauth/discovery.ts';
import { leadsHome } from '../oauth/leadsHome.ts';
import type { MetadataCache } from '../oauth/metadataCache.ts';
import type { Clock, Fetch } from '../ports.ts';
import { fetchKeySet } from '../keys/keySet.ts';
import type { SigningKeys } from './verify.ts';

export interface KeyPorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly metadata: MetadataCache;
  /** Milliseconds for each request. */
  readonly timeout: number;
}

/**
 * Fetches the keys that `issuer` signs with: its metadata, then its `jwks_uri`; over https or loopback only, limited in size
 * and time. A failure is a result, not thrown.
 *
 * @see RFC 8414 section 2, RFC 7517 section 5
 */
export async function fetchKeys(
  issuer: string | undefined,
  ports: KeyPorts,
  signal: AbortSignal,
): Promise<SigningKeys> {
  if (issuer === undefined) return { kind: 'none', why: 'no_issuer' };
  const trace = new Trace();
  const fetch = recordingFetch({ ...ports, trace, signal });
  try {
    const { server } = await discover(issuer, { ...ports, trace, fetch });
    const from = server.jwks_uri;
    if (typeof from !== 'string') return { kind: 'none', why: 'no_jwks_uri' };
    if (leadsHome(issuer, from))
      return {
        kind: 'none',
        why: 'fetch_failed',
        detail: 'Its jwks_uri points to this computer or its network, though the server is elsewhere.',
      };
    return await keysAt(from, fetch('jwks', 'jwks'));
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { failure } = thrown;
    if (failure.kind === 'insecure_url') return { kind: 'none', why: 'unsafe_issuer' };
    return { kind: 'none', why: 'fetch_failed', detail: failure.message };
  }
}

/** Fetches the keys from the address in the profile. A failure is a result, not thrown. */
export async function fetchKeysAt(
  jwksUri: string,
  ports: KeyPorts,
  signal: AbortSignal,
): Promise<SigningKeys> {
  const fetch = recordingFetch({ ...ports, trace: new Trace(), signal });
  try {
    return await keysAt(jwksUri, fetch('jwks', 'jwks'));
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    return { kind: 'none', why: 'fetch_failed', detail: thrown.failure.message };
  }
}

async function keysAt(from: string, fetch: Fetch): Promise<SigningKeys> {
  const set = await fetchKeySet(from, fetch);
  if (set.kind === 'keys') return set;
  // Without a key set there are no keys, which the check reports.
  if (set.unreadable === true) return { kind: 'keys', jwks: undefined, from };
  return { kind: 'none', why: 'fetch_failed', detail: set.why };
}
