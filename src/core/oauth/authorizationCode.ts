import type { FlowContext } from '../flow/context.ts';
import type { TokenSet } from '../flow/report.ts';
import type { AuthorizationCodeProfile } from '../profile/profile.ts';

/**
 * Gets a token for a user who signs in with the browser.
 *
 * @throws FailureError
 * @see RFC 6749 section 4.1, RFC 7636, RFC 8252
 */
export async function authorizationCode(
  profile: AuthorizationCodeProfile,
  context: FlowContext,
): Promise<TokenSet> {
  context.trace.enter('discovery');
  return Promise.reject(new TypeError(`under construction: ${profile.id}`));
}
