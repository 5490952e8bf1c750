import { writtenUrl } from './writtenUrl.ts';
import type { AuthorizationCodeProfile } from './profile.ts';

/** A stand-in for the profile of a server that has none. @param issuer of its authorization server, once that is known */
export function withoutProfile(url: string, issuer?: string): AuthorizationCodeProfile {
  const { host, origin } = new URL(url);
  return {
    // As contracts name it.
    id: writtenUrl(url),
    name: `MCP: ${host}`,
    grant: 'authorization_code',
    issuer: issuer ?? origin,
    clientId: '',
    clientAuthentication: 'none',
    scopes: [],
    redirectUri: '',
    resource: [url],
    authorizationParameters: {},
    tokenParameters: {},
  };
}
