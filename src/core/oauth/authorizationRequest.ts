import {
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
} from 'oauth4webapi';
import type { PkceRecord } from '../record/report.ts';
import type { AuthorizationCodeProfile } from '../profile/profile.ts';
import type { AuthorizationRequest } from './decorator.ts';
import { signInParameters } from './signInParameters.ts';
import { formOf, withTyped, type Parameter } from './tokenRequest.ts';
import { audienceParameter, detailsParameter, scopeParameter } from './tokenParameters.ts';

/** What binds one authorization request to its response: fresh for each flow. */
export interface RequestBinding {
  readonly pkce: PkceRecord;
  readonly state: string;
  /** Only with `openid`. */
  readonly nonce?: string;
}

/**
 * Makes verifier and challenge, `state`, and with `openid` a `nonce`: 256 random bits each.
 *
 * @see RFC 7636 sections 4.1 and 4.2, RFC 6749 section 10.12, OpenID Connect Core 1.0 section 3.1.2.1
 */
export async function bindRequest(profile: AuthorizationCodeProfile): Promise<RequestBinding> {
  return {
    pkce: await pkceOf(generateRandomCodeVerifier()),
    state: generateRandomState(),
    ...(profile.scopes.includes('openid') ? { nonce: generateRandomNonce() } : {}),
  };
}

/** The S256 challenge for a verifier. @see RFC 7636 section 4.2 */
export async function pkceOf(verifier: string): Promise<PkceRecord> {
  return {
    code_verifier: verifier,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
}

/**
 * The authorization request of a profile. The user's own parameters come last, and replace neither the protocol's nor those
 * that the profile's fields set.
 *
 * @see RFC 6749 section 4.1.1, RFC 7636 section 4.3, RFC 8707 section 2.1
 */
export function authorizationRequest(
  endpoint: string,
  profile: AuthorizationCodeProfile,
  redirectUri: string,
  { pkce, state, nonce }: RequestBinding,
): AuthorizationRequest {
  const { clientId, scopes, audience, resource, authorizationParameters } = profile;
  const parameters: Parameter[] = [
    ['response_type', 'code'],
    ['client_id', clientId],
    ['redirect_uri', redirectUri],
    ...scopeParameter(scopes),
    ['state', state],
    ...(nonce === undefined ? [] : [['nonce', nonce] as const]),
    ['code_challenge', pkce.code_challenge],
    ['code_challenge_method', pkce.code_challenge_method],
    ...audienceParameter(audience),
    ...resource.map((one) => ['resource', one] as const),
    ...detailsParameter(profile.authorizationDetails),
    ...signInParameters(profile),
  ];
  return { endpoint, parameters: withTyped(parameters, authorizationParameters) };
}

/**
 * The URL of an authorization request. The endpoint keeps its query and loses its fragment; a space becomes `%20`, which every
 * server decodes.
 */
export function authorizationUrl({ endpoint, parameters }: AuthorizationRequest): string {
  const [url = ''] = new URL(endpoint).href.split('#', 1);
  const query = formOf(parameters).toString();
  const separator = new URL(url).search === '' ? '?' : '&';
  return `${url.replace(/\?$/, '')}${separator}${query.replaceAll('+', '%20')}`;
}
