import { randomBytes } from 'node:crypto';
import { authorizationRequest } from '../oauth/authorizationRequest.ts';
import type { AuthorizationRequest } from '../oauth/decorator.ts';
import type { Parameter } from '../oauth/tokenRequest.ts';
import type { AuthorizationCodeProfile } from '../profile/profile.ts';
import { s256 } from '../s256.ts';

/** How a request differs from the profile's own. */
export interface Change {
  readonly set?: Readonly<Record<string, string>>;
  readonly omit?: readonly string[];
  readonly append?: readonly Parameter[];
}

/** The changed parameters of a request: values in `set` replace the existing ones. */
export function changed(
  parameters: readonly Parameter[],
  { set = {}, omit = [], append = [] }: Change,
): Parameter[] {
  const left = new Map(Object.entries(set));
  const result: Parameter[] = [];
  for (const [name, value] of parameters) {
    const wanted = Object.hasOwn(set, name) ? left.get(name) : value;
    left.delete(name);
    if (wanted !== undefined && !omit.includes(name)) result.push([name, wanted]);
  }
  return [...result, ...[...left].filter(([name]) => !omit.includes(name)), ...append];
}

/** The changed authorization request of a profile. @see RFC 6749 section 4.1.1, RFC 7636 section 4.3 */
export function changedRequest(
  endpoint: string,
  client: AuthorizationCodeProfile,
  change: Change,
  fresh: { readonly state: string; readonly verifier: string },
): AuthorizationRequest {
  const pkce = {
    code_verifier: fresh.verifier,
    code_challenge: s256(fresh.verifier),
    code_challenge_method: 'S256',
  } as const;
  const nonce = client.scopes.includes('openid') ? { nonce: random() } : {};
  const binding = { pkce, state: fresh.state, ...nonce };
  const request = authorizationRequest(endpoint, client, client.redirectUri, binding);
  // The checks read the answer from the redirect itself.
  const readable = changed(request.parameters, { omit: ['response_mode'] });
  return { endpoint, parameters: changed(readable, change) };
}

/** 256 random bits in the alphabet of a code verifier. */
export function random(): string {
  return randomBytes(32).toString('base64url');
}
