import { createHash, randomBytes } from 'node:crypto';
import type { AuthorizationCodeProfile } from '../profile/profile.ts';

/** How a request differs from the profile's own. */
export interface Change {
  readonly set?: Readonly<Record<string, string>>;
  readonly omit?: readonly string[];
  readonly append?: readonly (readonly [name: string, value: string])[];
}

/** The authorization request of a profile, changed. @see RFC 6749 section 4.1.1, RFC 7636 section 4.3 */
export function authorizationUrl(
  endpoint: string,
  client: AuthorizationCodeProfile,
  change: Change,
  fresh: { readonly state: string; readonly challenge: string },
): string {
  const url = new URL(endpoint);
  const parameters = new Map<string, string>([
    ['response_type', 'code'],
    ['client_id', client.clientId],
    ['redirect_uri', client.redirectUri],
    ['state', fresh.state],
    ['code_challenge', fresh.challenge],
    ['code_challenge_method', 'S256'],
    ...(client.scopes.length > 0 ? [['scope', client.scopes.join(' ')] as const] : []),
    ...(client.scopes.includes('openid') ? [['nonce', random()] as const] : []),
    ...(client.audience === undefined ? [] : [['audience', client.audience] as const]),
    // The checks read the answer from the redirect itself.
    ...Object.entries(client.authorizationParameters).filter(([name]) => name !== 'response_mode'),
    ...Object.entries(change.set ?? {}),
  ]);
  for (const name of change.omit ?? []) parameters.delete(name);
  for (const [name, value] of parameters) url.searchParams.set(name, value);
  for (const resource of client.resource) url.searchParams.append('resource', resource);
  for (const [name, value] of change.append ?? []) url.searchParams.append(name, value);
  return url.href;
}

/** 256 random bits in the alphabet of a code verifier. */
export function random(): string {
  return randomBytes(32).toString('base64url');
}

/** @see RFC 7636 section 4.2 */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
