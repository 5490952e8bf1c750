import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { Configuration } from 'oidc-provider';
import { InvalidTarget } from 'oidc-provider/lib/helpers/errors.js';
import { findAccount } from './accounts.ts';
import type { DemoClient, DemoClients } from './clients.ts';
import type { Consents } from './consents.ts';
import { deviceFlow } from './devicePages.ts';
import { errorPage } from './pages.ts';
import { interactionPolicy } from './policy.ts';
import { registration } from './registration.ts';
import { signOut } from './signOutPages.ts';
import { memoryStorage } from './storage.ts';
import type { Telephone } from './telephone.ts';

export interface ConfigurationInput {
  readonly clients: DemoClients;
  /** The demo API's URL: the audience of access tokens with API scopes. */
  readonly api: string;
  /** The demo MCP server's URL: the audience of access tokens for it. */
  readonly mcp: string;
  /** Whether every token is issued for the API, as by a server that knows no resources, or codes live long. */
  isLax: (what: 'one-audience' | 'code-lifetime' | 'rotation') => boolean;
  readonly consents: Consents;
  readonly signingKey: JWK;
  /** Of the signing key. */
  readonly algorithm: 'RS256' | 'ES256';
  /** Challenges that have earned a code. */
  readonly spentChallenges: ReadonlySet<string>;
  readonly telephone: Telephone;
}

const apiScopes = ['orders.read', 'orders.write'];
/** What the demo MCP server wants. */
export const mcpScope = 'mcp:tools';
const allScopes = ['openid', 'profile', 'email', 'offline_access', ...apiScopes, mcpScope];

/**
 * oidc-provider, as strict as the specifications ask for: PKCE for every client, redirect URIs compared exactly and
 * never left out, refresh tokens rotated, one-time challenges.
 */
export function strictConfiguration(input: ConfigurationInput): Configuration {
  const { algorithm } = input;
  return {
    adapter: memoryStorage(),
    allowOmittingSingleRegisteredRedirectUri: false,
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    clientBasedCORS: () => false,
    clientDefaults: {
      id_token_signed_response_alg: algorithm,
      authorization_signed_response_alg: algorithm,
    },
    clients: Object.values(input.clients)
      .filter(({ grant }: DemoClient) => grant !== 'id_jag')
      .map((client: DemoClient) => registration(client, algorithm, allScopes)),
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    features: features(input),
    findAccount,
    interactions: {
      policy: interactionPolicy(input.spentChallenges),
      url: (_context, { uid }) => `/interaction/${uid}`,
    },
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    jwks: { keys: [input.signingKey] },
    loadExistingGrant: input.consents.loadGrant,
    pkce: { required: () => true },
    renderError(context, out) {
      context.type = 'html';
      context.body = errorPage(out.error, out.error_description);
    },
    // Not those of the client that is held to FAPI 2.0, section 5.3.2.1.
    rotateRefreshToken: ({ oidc: { client } }) =>
      client?.clientId !== input.clients.bound.clientId || input.isLax('rotation'),
    scopes: allScopes,
    ttl: lifetimes(input),
  };
}

function features(input: ConfigurationInput): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    deviceFlow,
    dPoP: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    requestObjects: { enabled: true },
    jwtResponseModes: { enabled: true },
    claimsParameter: { enabled: true },
    ...authorizationDetails,
    ciba: input.telephone.feature,
    introspection: forItsClient,
    revocation: forItsClient,
    clientCredentials: { enabled: true },
    // As MCP clients do that nobody knows yet.
    registration: { enabled: true },
    registrationManagement: { enabled: true },
    rpInitiatedLogout: signOut,
    resourceIndicators: resourceIndicators(input),
  };
}

/** A token is the business of the client that it was issued to. */
const forItsClient = {
  enabled: true,
  allowedPolicy: (
    _context: unknown,
    client: { readonly clientId: string },
    token: { readonly clientId?: string | undefined },
  ) => token.clientId === client.clientId,
};

function resourceIndicators(
  input: ConfigurationInput,
): NonNullable<Configuration['features']>['resourceIndicators'] {
  const { api, mcp, algorithm } = input;
  return {
    enabled: true,
    // Whoever asks for a scope of the API means the API, with or without `resource`.
    defaultResource: ({ oidc: { requestParamScopes: asked } }) =>
      apiScopes.some((scope) => asked.has(scope)) ? api : asked.has(mcpScope) ? mcp : [],
    useGrantedResource: () => true,
    getResourceServerInfo(_context, resource) {
      const audience = [api, mcp].find((one) => one === resource.replace(/\/$/, ''));
      if (audience === undefined) throw new InvalidTarget();
      return {
        scope: audience === mcp ? mcpScope : apiScopes.join(' '),
        audience: input.isLax('one-audience') ? api : audience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: 3600,
        jwt: { sign: { alg: algorithm } },
      };
    },
  };
}

/** Seconds. */
function lifetimes(input: ConfigurationInput): Configuration['ttl'] {
  const twoWeeks = 14 * 86_400;
  return {
    AccessToken: 3600,
    AuthorizationCode: () => (input.isLax('code-lifetime') ? 3600 : 60),
    BackchannelAuthenticationRequest: 600,
    ClientCredentials: 3600,
    DeviceCode: 600,
    Grant: twoWeeks,
    IdToken: 3600,
    Interaction: 3600,
    RefreshToken: twoWeeks,
    Session: twoWeeks,
  };
}

/** Grants what was asked for, to who allows the request. @see RFC 9396 */
const authorizationDetails: object = {
  richAuthorizationRequests: {
    enabled: true,
    types: { orders: { validate: () => undefined } },
    authorizationDetailsForGrantSource: ({
      oidc: { params },
    }: {
      readonly oidc: { readonly params: Readonly<Record<string, string | undefined>> };
    }): unknown => JSON.parse(params['authorization_details'] ?? '[]'),
    authorizationDetailsForAccessToken: (_: unknown, __: unknown, { rar }: Detailed) => rar,
    authorizationDetailsForIntrospection: (_: unknown, { rar }: Detailed) => rar,
  },
};

interface Detailed {
  readonly rar?: unknown;
}
