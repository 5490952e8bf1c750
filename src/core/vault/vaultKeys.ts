import { createHash } from 'node:crypto';
import { secretPlace, type Profile, type SecretPlace } from '../profile/profile.ts';

/** The keychain's service of every entry. */
export const vaultService = 'oauth-explorer';

/** The account of a profile's client secret: `<profile id>@<origin>`, so that it never follows a profile to another server. */
export function secretKey({ id, origin }: SecretPlace): string {
  return `${id}@${origin}`;
}

/** The account of the token of exactly this set-up. */
export function tokenKey(profile: Profile): string {
  return `${secretKey(secretPlace(profile))}/token/${setupHash(profile)}`;
}

/** The account of the list of a profile's accounts. */
export function indexKey(profileId: string): string {
  return `${profileId}/accounts`;
}

/**
 * A hash (32 hexadecimal digits) of everything that shapes a profile's token: another server, client, grant, scope, audience,
 * resource, parameter or dialect is another set-up. The order of scopes, resources and parameters does not matter, nor does what
 * only says how to reach the server (name, redirect URI, client authentication).
 */
export function setupHash(profile: Profile): string {
  const code = profile.grant === 'authorization_code' ? profile : undefined;
  const shape = [
    profile.id,
    profile.issuer ?? null,
    profile.tokenEndpoint ?? null,
    code?.authorizationEndpoint ?? null,
    profile.grant,
    profile.clientId,
    [...profile.scopes].sort(),
    profile.audience ?? null,
    [...profile.resource].sort(),
    sorted(profile.tokenParameters),
    sorted(code?.authorizationParameters ?? {}),
    profile.tokenDialect ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 32);
}

function sorted(parameters: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
}
