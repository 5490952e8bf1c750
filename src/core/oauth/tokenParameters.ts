import type { Profile } from '../profile/profile.ts';
import type { Parameter } from './tokenRequest.ts';

/** The `scope` parameter; none when nothing is asked for. @see RFC 6749 section 3.3 */
export function scopeParameter(scopes: readonly string[]): readonly Parameter[] {
  return scopes.length === 0 ? [] : [['scope', scopes.join(' ')]];
}

/** The `audience` parameter; none where the profile has no audience. @see RFC 8693 section 2.1 */
export function audienceParameter(audience: string | undefined): readonly Parameter[] {
  return audience === undefined ? [] : [['audience', audience]];
}

/** The `authorization_details` parameter; none where the profile has no details. @see RFC 9396 section 2 */
export function detailsParameter(details: object | undefined): readonly Parameter[] {
  return details === undefined ? [] : [['authorization_details', JSON.stringify(details)]];
}

/** The parameters of a device authorization request, without the user's own. @see RFC 8628 section 3.1 */
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

/** The parameters that exchange a code. @see RFC 6749 section 4.1.3, RFC 7636 section 4.5 */
export function codeParameters(code: string, redirectUri: string, verifier: string): Parameter[] {
  return [
    ['grant_type', 'authorization_code'],
    ['code', code],
    ['redirect_uri', redirectUri],
    ['code_verifier', verifier],
  ];
}

/** The parameters of a client credentials request. @see RFC 6749 section 4.4.2 */
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

/** The parameters of a refresh; without `scope` the scopes stay the same. @see RFC 6749 section 6 */
export function refreshParameters(refreshToken: string): Parameter[] {
  return [
    ['refresh_token', refreshToken],
    ['grant_type', 'refresh_token'],
  ];
}
