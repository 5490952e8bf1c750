import { errorName } from '../http/plainText.ts';

/** What an authorization response has instead of a code: an error, tokens of the implicit grant, or nothing. */
export type InsteadOfCode = { readonly error: string } | 'access token' | 'nothing';

/** Reads an authorization response without a code. @see RFC 6749 section 4.1.2.1 */
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

/** Whether it means that codes are not available here, or not for this client. @see RFC 6749 section 4.1.2.1 */
export function lacksCodeGrant(came: InsteadOfCode): boolean {
  return typeof came === 'object' ? /^un(?:supported|authorized)_/.test(came.error) : came === 'access token';
}
