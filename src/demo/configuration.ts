import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { ClientMetadata, Configuration } from 'oidc-provider';
import { InvalidTarget } from 'oidc-provider/lib/helpers/errors.js';
import { findAccount } from './accounts.ts';
import type { DemoClient, DemoClients } from './clients.ts';
import type { Consents } from './consents.ts';
import { deviceFlow } from './devicePages.ts';
import { errorPage } from './pages.ts';
import { interactionPolicy } from './policy.ts';
import { memoryStorage } from './storage.ts';

export interface ConfigurationInput {
  readonly clients: DemoClients;
  /** The demo API's URL: the audience of access tokens with API scopes. */
  readonly api: string;
  /** The demo MCP server's URL: the audience of access tokens for it. */
  readonly mcp: string;
  /** Whether every token is issued for the API, as by a server that knows no resources, or codes live long. */
  isLax(what: 'one-audience' | 'code-lifetime'): boolean;
  readonly consents: Consents;
  readonly signingKey: JWK;
  /** Of the signing key. */
  readonly algorithm: 'RS256' | 'ES256';
  /** Challenges that have earned a code. */
  readonly spentChallenges: ReadonlySet<string>;
}

const apiScopes = ['orders.read', 'orders.write'];
/** What the demo MCP server wants. */
export const mcpScope = 'mcp:tools';

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
    clientDefaults: { id_token_signed_response_alg: algorithm },
    clients: Object.values(input.clients).map((client: DemoClient) => registration(client, algorithm)),
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    features: {
      devInteractions: { enabled: false },
      deviceFlow,
      dPoP: { enabled: false },
      introspection: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      clientCredentials: { enabled: true },
      // As MCP clients do that nobody knows yet.
      registration: { enabled: true },
      registrationManagement: { enabled: true },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        // Whoever asks for a scope of the API means the API, with or without `resource`.
        defaultResource: ({ oidc: { requestParamScopes: asked } }) =>
          apiScopes.some((scope) => asked.has(scope)) ? input.api : asked.has(mcpScope) ? input.mcp : [],
        useGrantedResource: () => true,
        getResourceServerInfo(_context, resource) {
          const audience = [input.api, input.mcp].find((one) => one === resource.replace(/\/$/, ''));
          if (audience === undefined) throw new InvalidTarget();
          return {
            scope: audience === input.mcp ? mcpScope : apiScopes.join(' '),
            audience: input.isLax('one-audience') ? input.api : audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 3600,
            jwt: { sign: { alg: algorithm } },
          };
        },
      },
    },
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
    rotateRefreshToken: true,
    scopes: ['openid', 'profile', 'email', 'offline_access', ...apiScopes, mcpScope],
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: () => (input.isLax('code-lifetime') ? 3600 : 60),
      ClientCredentials: 3600,
      DeviceCode: 600,
      Grant: 14 * 86_400,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 14 * 86_400,
      Session: 14 * 86_400,
    },
  };
}

function registration(client: DemoClient, algorithm: 'RS256' | 'ES256'): ClientMetadata {
  const common = {
    client_id: client.clientId,
    id_token_signed_response_alg: algorithm,
    client_name: client.name,
    token_endpoint_auth_method: client.clientAuthentication,
    scope: ['openid', 'profile', 'email', 'offline_access', ...apiScopes, mcpScope].join(' '),
    ...(client.clientSecret === undefined ? {} : { client_secret: client.clientSecret }),
  };
  if (client.redirectUri === undefined) {
    const grant_types =
      client.grant === 'device_code'
        ? ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token']
        : ['client_credentials'];
    return { ...common, application_type: 'native', grant_types, response_types: [], redirect_uris: [] };
  }
  return {
    ...common,
    application_type: new URL(client.redirectUri).port === '' ? 'native' : 'web',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [client.redirectUri],
  };
}
