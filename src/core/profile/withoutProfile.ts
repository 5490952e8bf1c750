import { writtenUrl } from './writtenUrl.ts';
import type { AuthorizationCodeProfile } from './profile.ts';

/** What stands for the profile of a server that has none. @param issuer of its authorization server, once that is known */
export function withoutProfile(url: string, issuer?: string): AuthorizationCodeProfile {
  const { host, origin } = new URL(url);
  return {
    // As it stands in a contract.
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
