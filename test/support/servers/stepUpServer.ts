import { createServer, type IncomingMessage } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type Provider from 'oidc-provider';
import type { ClientMetadata, Configuration } from 'oidc-provider';
import { member } from '../../../src/shared/json.ts';
import { startProvider } from '../../core/oauth/support/provider.ts';
import { listenOn } from '../../core/oauth/support/serve.ts';

/** What one authorization request was, and what it came to. */
interface Asked {
  /** The names in the browser's address. */
  readonly address: readonly string[];
  /** What the provider took the request for: with what its request object holds. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface StepUpServer {
  readonly issuer: string;
  readonly api: string;
  /** The authorization requests so far, the last one at the end. */
  readonly asked: readonly Asked[];
}

/**
 * An `oidc-provider` that takes signed authorization requests only, whose user is who the login hint says and signs in by
 * coming, as strongly as is asked for; and an API that wants the class `gold`.
 *
 * @param keys of the client `stepped`, for its request objects and its assertions
 * @see RFC 9470
 */
export async function startStepUpServer(
  context: { after: (end: () => Promise<void>) => void },
  keys: NonNullable<ClientMetadata['jwks']>['keys'],
): Promise<StepUpServer> {
  const asked: Asked[] = [];
  const issuer = await startProvider(context, configuration(keys), (provider) =>
    signsInByComing(provider, asked),
  );
  const keySet = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  /** The class of a token that the provider has issued for this API. */
  const classOf = async ({ headers }: IncomingMessage, audience: string): Promise<unknown> => {
    const [, token = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    return (await jwtVerify(token, keySet, { issuer, audience })).payload['acr'];
  };
  const server = createServer((request, response) => {
    void classOf(request, api).then((found) => {
      if (found === 'gold') return response.end('{"paid":true}');
      const challenge = 'Bearer error="insufficient_user_authentication", acr_values="gold", max_age="300"';
      return response.writeHead(401, { 'WWW-Authenticate': challenge }).end();
    });
  });
  const api = await listenOn(context, server, 'http');
  return { issuer, api, asked };
}

function configuration(keys: NonNullable<ClientMetadata['jwks']>['keys']): Partial<Configuration> {
  return {
    clients: [
      {
        ...{ client_id: 'stepped', application_type: 'native', grant_types: ['authorization_code'] },
        ...{ redirect_uris: ['http://127.0.0.1/callback'], response_types: ['code'] },
        ...{ token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256' },
        ...{ require_signed_request_object: true, jwks: { keys } },
      },
    ],
    features: {
      devInteractions: { enabled: false },
      requestObjects: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, audience) => ({
          ...{ scope: 'orders.read', audience, accessTokenFormat: 'jwt' },
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    acrValues: ['bronze', 'gold'],
    extraTokenClaims: ({ oidc: { entities } }) => {
      const code: unknown = entities.AuthorizationCode;
      return { acr: member(code, 'acr') };
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  };
}

/** Stands in for the user: whoever comes is signed in and allows all that is asked. */
function signsInByComing(provider: Provider, asked: Asked[]): void {
  let address: readonly string[] = [];
  provider.use(async (context, next) => {
    if (context.path === '/auth') address = Object.keys(context.query);
    if (!context.path.startsWith('/interaction/')) {
      await next();
      return;
    }
    const { params } = await provider.interactionDetails(context.req, context.res);
    asked.push({ address, parameters: params });
    const accountId = String(params['login_hint']);
    const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope']));
    grant.addResourceScope(String(params['resource']), 'orders.read');
    const login = { accountId, acr: String(params['acr_values']) };
    const consent = { grantId: await grant.save() };
    context.respond = false;
    await provider.interactionFinished(context.req, context.res, { login, consent });
  });
}
