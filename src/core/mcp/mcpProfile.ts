import { sendsSecret } from '../authentication/all.ts';
import { hasRedirect, type AuthorizationCodeProfile, type Profile } from '../profile/profile.ts';
import type { RegisteredClient } from '../oauth/registerClient.ts';
import type { McpExploration, SignInPlan } from './explore.ts';
import { tokenEndpointAuthMethod } from './registration.ts';
import { withoutSlash } from '../http/ends.ts';

/** The client that signs in. */
export interface McpClient {
  /** Unique among all profiles. */
  readonly id: string;
  readonly name: string;
  readonly redirectUri: string;
  readonly client: Pick<RegisteredClient, 'clientId' | 'clientSecret' | 'tokenEndpointAuthMethod'>;
}

/**
 * The profile with which a user signs in to an MCP server: with PKCE, and with the server as the `resource` of both requests.
 *
 * @see MCP authorization, resource parameter implementation; RFC 8707 section 2
 */
export function mcpProfile(
  exploration: McpExploration,
  { server, scopes, legacy }: SignInPlan,
  { id, name, redirectUri, client }: McpClient,
): AuthorizationCodeProfile {
  return {
    id,
    name,
    grant: 'authorization_code',
    ...(legacy ? endpointsOf(server.metadata?.members ?? {}) : { issuer: server.issuer }),
    clientId: client.clientId,
    clientAuthentication: authenticationOf(server, client),
    scopes: scopes.scopes,
    redirectUri,
    resource: [resourceToSend(exploration)],
    authorizationParameters: {},
    tokenParameters: {},
  };
}

/**
 * The `resource` to send: the document's where it covers the server, as the authorization server knows that one; else the
 * URL's.
 */
export function resourceToSend({ resource, resourceIndicator }: McpExploration): string {
  const documented = resource?.resource;
  if (documented === undefined || documented.canonical || !documented.covers) return resourceIndicator;
  return documented.documented;
}

/** Whether a profile signs in to this MCP server, as one made here does. */
export function isMcpProfile(profile: Profile, resource: string): profile is AuthorizationCodeProfile {
  return hasRedirect(profile) && withoutSlash(profile.resource[0] ?? '') === resource;
}

function authenticationOf(
  { metadata }: SignInPlan['server'],
  { clientSecret, tokenEndpointAuthMethod: decided }: McpClient['client'],
): AuthorizationCodeProfile['clientAuthentication'] {
  if (clientSecret === undefined) return 'none';
  if (sendsSecret(decided)) return decided;
  return metadata === undefined ? 'client_secret_basic' : tokenEndpointAuthMethod(metadata);
}

function endpointsOf(members: Readonly<Record<string, unknown>>) {
  const { authorization_endpoint: authorization, token_endpoint: token } = members;
  return {
    ...(typeof authorization === 'string' && { authorizationEndpoint: authorization }),
    ...(typeof token === 'string' && { tokenEndpoint: token }),
  };
}
