import { idTokenRefused } from './idTokenFailure.ts';
import { comparison } from './idTokenProblem.ts';
import { claimsOf } from './jwtClaims.ts';

/**
 * Makes sure that the id_token of a refresh has the issuer and the user of the one before.
 *
 * @throws FailureError of kind `invalid_id_token`
 * @see OpenID Connect Core 1.0 section 12.2
 */
export function requireSameUser(renewed: string | undefined, previous: string | undefined): void {
  if (renewed === undefined || previous === undefined) return;
  // One that cannot be decoded was noted or refused when it came.
  const [now, before] = [claimsOf(renewed), claimsOf(previous)];
  for (const claim of ['iss', 'sub'] as const) {
    const expected = before[claim];
    if (expected === undefined || now[claim] === expected) continue;
    throw idTokenRefused(comparison(claim, now[claim], expected));
  }
}

/** The `sub` of a JWT; undefined for a text that is none, or has no `sub`. */
export function subjectOf(token: string | undefined): string | undefined {
  const { sub }: { readonly sub?: unknown } = token === undefined ? {} : claimsOf(token);
  return typeof sub === 'string' ? sub : undefined;
}
