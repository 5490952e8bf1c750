import type { Parameter } from './tokenRequest.ts';

/** What exchanges a code. @see RFC 6749 section 4.1.3, RFC 7636 section 4.5 */
export function codeParameters(code: string, redirectUri: string, verifier: string): Parameter[] {
  return [
    ['grant_type', 'authorization_code'],
    ['code', code],
    ['redirect_uri', redirectUri],
    ['code_verifier', verifier],
  ];
}

/** What gets a client a token for itself. @see RFC 6749 section 4.4.2 */
export function clientParameters({
  scopes,
  audience,
}: {
  readonly scopes: readonly string[];
  readonly audience?: string | undefined;
}): Parameter[] {
  return [
    ['grant_type', 'client_credentials'],
    ...(scopes.length > 0 ? [['scope', scopes.join(' ')] as const] : []),
    ...(audience === undefined ? [] : [['audience', audience] as const]),
  ];
}

/** What renews a token, without `scope`: the same scopes are wanted. @see RFC 6749 section 6 */
export function refreshParameters(refreshToken: string): Parameter[] {
  return [
    ['refresh_token', refreshToken],
    ['grant_type', 'refresh_token'],
  ];
}
