import { FailureError } from '../flow/failure.ts';
import { Trace } from '../flow/trace.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import { discover } from '../oauth/discovery.ts';
import type { MetadataCache } from '../oauth/metadataCache.ts';
import type { Clock, Fetch } from '../ports.ts';
import type { SigningKeys } from './verify.ts';

export interface KeyPorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly metadata: MetadataCache;
  /** Milliseconds for each request. */
  readonly timeout: number;
}

/**
 * Fetches the keys `issuer` signs with: its metadata, then its `jwks_uri`; https or loopback only, limited in size and
 * time. What fails is a result, not thrown.
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
        detail: 'Its jwks_uri points to this computer, though the server is elsewhere.',
      };
    const response = await fetch('jwks', 'jwks')(from, {
      headers: { accept: 'application/jwk-set+json, application/json' },
    });
    if (response.status !== 200)
      return {
        kind: 'none',
        why: 'fetch_failed',
        detail: `${from} answered with status ${response.status}.`,
      };
    return { kind: 'keys', jwks: jsonOf(await response.text()), from };
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    const { failure } = thrown;
    if (failure.kind === 'insecure_url') return { kind: 'none', why: 'unsafe_issuer' };
    return { kind: 'none', why: 'fetch_failed', detail: failure.message };
  }
}

/** Whether metadata from elsewhere sends us to this computer, where other programs listen. */
function leadsHome(issuer: string, keys: string): boolean {
  const isLocal = (url: string) => URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
  return isLocal(keys) && !isLocal(issuer);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No JSON, no keys: the check says so.
  }
}
