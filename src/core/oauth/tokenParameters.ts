import type { Profile } from '../profile/profile.ts';
import type { Parameter } from './tokenRequest.ts';

/** `scope`, left out where nothing is asked for. @see RFC 6749 section 3.3 */
export function scopeParameter(scopes: readonly string[]): readonly Parameter[] {
  return scopes.length === 0 ? [] : [['scope', scopes.join(' ')]];
}

/** `audience`, left out where the profile has none. @see RFC 8693 section 2.1 */
export function audienceParameter(audience: string | undefined): readonly Parameter[] {
  return audience === undefined ? [] : [['audience', audience]];
}

/** `authorization_details`, left out where the profile has none. @see RFC 9396 section 2 */
export function detailsParameter(details: object | undefined): readonly Parameter[] {
  return details === undefined ? [] : [['authorization_details', JSON.stringify(details)]];
}

/** What asks for a device code, but for what the user typed. @see RFC 8628 section 3.1 */
export function deviceParameters({
  scopes,
  audience,
  authorizationDetails,
  resource,
}: Pick<Profile, 'scopes' | 'audience' | 'authorizationDetails' | 'resource'>): Parameter[] {
  return [
    ...scopeParameter(scopes),
    ...audienceParameter(audience),
    ...detailsParameter(authorizationDetails),
    ...resource.map((one) => ['resource', one] as const),
  ];
}

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
  authorizationDetails,
}: {
  readonly scopes: readonly string[];
  readonly audience?: string | undefined;
  readonly authorizationDetails?: object | undefined;
}): Parameter[] {
  return [
    ['grant_type', 'client_credentials'],
    ...scopeParameter(scopes),
    ...audienceParameter(audience),
    ...detailsParameter(authorizationDetails),
  ];
}

/** What renews a token; without `scope` the same scopes are wanted. @see RFC 6749 section 6 */
export function refreshParameters(refreshToken: string): Parameter[] {
  return [
    ['refresh_token', refreshToken],
    ['grant_type', 'refresh_token'],
  ];
}
