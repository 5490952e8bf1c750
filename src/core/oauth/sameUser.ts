import { decodeJwt, type JWTPayload } from 'jose';
import { idTokenRefused } from './idTokenFailure.ts';
import { comparison } from './idTokenProblem.ts';

/**
 * Makes sure that the id_token of a refresh is of the same user and issuer as the one before it.
 *
 * @throws FailureError of kind `invalid_id_token`
 * @see OpenID Connect Core 1.0 section 12.2
 */
export function requireSameUser(renewed: string | undefined, previous: string | undefined): void {
  if (renewed === undefined || previous === undefined) return;
  const [now, before] = [claimsOf(renewed), claimsOf(previous)];
  for (const claim of ['iss', 'sub'] as const) {
    const expected = before[claim];
    if (expected === undefined || now[claim] === expected) continue;
    throw idTokenRefused(comparison(claim, now[claim], expected));
  }
}

/** Of one that is no JWT nothing is known: it was noted or refused when it came. */
function claimsOf(idToken: string): JWTPayload {
  try {
    return decodeJwt(idToken);
  } catch {
    return {};
  }
}

/** Whom a JWT is about; absent for a text that is none, or does not say it. */
export function subjectOf(token: string | undefined): string | undefined {
  const { sub }: { readonly sub?: unknown } = token === undefined ? {} : claimsOf(token);
  return typeof sub === 'string' ? sub : undefined;
}
