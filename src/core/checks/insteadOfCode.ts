import { errorName } from '../http/plainText.ts';

/** What an authorization response has in the place of a code: an error, tokens of the implicit grant, or nothing. */
export type InsteadOfCode = { readonly error: string } | 'access token' | 'nothing';

/** What an authorization response without a code has. @see RFC 6749 section 4.1.2.1 */
export function insteadOfCode(parameters: URLSearchParams): InsteadOfCode {
  const error = parameters.get('error');
  if (error !== null) return { error };
  return parameters.has('access_token') ? 'access token' : 'nothing';
}

/** The same in a few words, for a sentence. */
export function saysInstead(came: InsteadOfCode): string {
  if (typeof came === 'object') return errorName(came.error);
  return came === 'nothing' ? 'no code' : 'an access token in place of a code';
}

/** Whether it says that there are no codes here, or none for this client. @see RFC 6749 section 4.1.2.1 */
export function lacksCodeGrant(came: InsteadOfCode): boolean {
  return typeof came === 'object' ? /^un(?:supported|authorized)_/.test(came.error) : came === 'access token';
}
