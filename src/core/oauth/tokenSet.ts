import { isTime } from '../isTime.ts';
import type { TokenSet } from '../record/report.ts';
import { claimsOf } from './jwtClaims.ts';
import type { TokenBody } from './tokenBody.ts';

/**
 * A token response in the form in which it is kept.
 *
 * @param receivedAt milliseconds since the epoch
 * @see RFC 6749 section 5.1
 */
export function tokenSet(body: TokenBody, requestedScopes: readonly string[], receivedAt: number): TokenSet {
  const { access_token, token_type, expires_in, refresh_token, id_token, scope, ...extra } = body;
  const expiresAt = expires_in === undefined ? jwtExpiry(access_token) : receivedAt + expires_in * 1000;
  return {
    access_token,
    token_type,
    ...(refresh_token === undefined ? {} : { refresh_token }),
    ...(id_token === undefined ? {} : { id_token }),
    ...(scope === undefined ? {} : { scope }),
    received_at: receivedAt,
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
    requested_scopes: requestedScopes,
    extra,
  };
}

function jwtExpiry(token: string): number | undefined {
  // Of an opaque token, only the server knows when it expires.
  const { exp } = claimsOf(token);
  return typeof exp === 'number' && isTime(exp * 1000) ? exp * 1000 : undefined;
}
