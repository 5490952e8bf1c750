import { createServer, type RequestListener } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';
import { listenOn } from './serve.ts';

export const secret = 'a secret: with/reserved+characters & blanks';

/** A plain `oidc-provider` with one client for each way to authenticate; returns its issuer. */
export async function startProvider(
  context: { after: (fn: () => Promise<void>) => void },
  over: Partial<Configuration> = {},
  setUp: (provider: Provider) => void = () => undefined,
): Promise<string> {
  let answer: RequestListener = () => undefined;
  const server = createServer((request, response) => answer(request, response));
  const issuer = await listenOn(context, server, 'http');
  const provider = new Provider(issuer, {
    clients: [
      machine('machine/basic', 'client_secret_basic'),
      machine('machine/post', 'client_secret_post'),
      {
        client_id: 'native',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback', 'http://[::1]/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => [],
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({
          scope: 'orders.read orders.write',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    scopes: ['openid', 'offline_access', 'orders.read', 'orders.write'],
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    pkce: { required: () => true },
    ...over,
  });
  setUp(provider);
  const callback = provider.callback();
  answer = (request, response) => void callback(request, response);
  return issuer;
}

function machine(id: string, method: 'client_secret_basic' | 'client_secret_post') {
  return {
    client_id: id,
    client_secret: secret,
    token_endpoint_auth_method: method,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope: 'orders.read orders.write',
  };
}
