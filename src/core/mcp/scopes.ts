import type { BearerChallenge } from './challenge.ts';
import type { ProtectedResource } from './resourceMetadata.ts';

/** The scopes that a client asks for, and who named them. */
export interface ChosenScopes {
  /** In order, without duplicates; when empty, `scope` is not sent. */
  readonly scopes: readonly string[];
  readonly from: 'challenge' | 'resource_metadata' | 'nobody';
}

/**
 * The scopes to ask for first: those of the challenge, else all of the document, else none. `offline_access` is added only if
 * the authorization server lists it.
 *
 * @param serverScopes the authorization server's `scopes_supported`
 * @see MCP authorization, scope selection strategy
 */
export function chooseScopes(
  challenge: BearerChallenge | undefined,
  resource: ProtectedResource | undefined,
  serverScopes: readonly string[] | undefined,
): ChosenScopes {
  const chosen: ChosenScopes =
    challenge?.scopes !== undefined
      ? { scopes: challenge.scopes, from: 'challenge' }
      : resource?.scopesSupported !== undefined
        ? { scopes: resource.scopesSupported, from: 'resource_metadata' }
        : { scopes: [], from: 'nobody' };
  const wanted = chosen.scopes.filter((scope) => scope !== 'offline_access');
  const offline = serverScopes?.includes('offline_access') === true ? ['offline_access'] : [];
  return { scopes: [...new Set([...wanted, ...offline])], from: chosen.from };
}

/**
 * The scopes to ask for after a 403 `insufficient_scope`: the earlier ones and those of the challenge.
 *
 * @see MCP authorization, step-up; RFC 6750 section 3.1
 */
export function widenScopes(
  asked: readonly string[],
  challenge: BearerChallenge | undefined,
): readonly string[] {
  return [...new Set([...asked, ...(challenge?.scopes ?? [])])];
}
