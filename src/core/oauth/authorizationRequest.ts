import {
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
} from 'oauth4webapi';
import type { PkceRecord } from '../flow/report.ts';
import type { AuthorizationCodeProfile } from '../profile/profile.ts';

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
 * The URL of an authorization request. The endpoint's own query stays as it is; a blank is `%20`, which every server
 * reads; parameters of the profile come last and replace none of the protocol's.
 *
 * @see RFC 6749 section 4.1.1, RFC 7636 section 4.3, RFC 8707 section 2.1
 */
export function authorizationUrl(
  endpoint: string,
  profile: AuthorizationCodeProfile,
  redirectUri: string,
  { pkce, state, nonce }: RequestBinding,
): string {
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: profile.clientId,
    redirect_uri: redirectUri,
    ...(profile.scopes.length > 0 ? { scope: profile.scopes.join(' ') } : {}),
    state,
    ...(nonce === undefined ? {} : { nonce }),
    code_challenge: pkce.code_challenge,
    code_challenge_method: pkce.code_challenge_method,
    ...(profile.audience === undefined ? {} : { audience: profile.audience }),
  });
  for (const resource of profile.resource) parameters.append('resource', resource);
  for (const [name, value] of Object.entries(profile.authorizationParameters))
    if (!parameters.has(name)) parameters.append(name, value);
  const url = new URL(endpoint);
  url.hash = '';
  const separator = url.search === '' ? '?' : '&';
  return `${url.href.replace(/\?$/, '')}${separator}${parameters.toString().replaceAll('+', '%20')}`;
}
