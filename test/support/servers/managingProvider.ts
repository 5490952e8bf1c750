import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { JWK } from 'jose';
import { decodeJwt } from 'jose';
import type Provider from 'oidc-provider';
import type { ClientMetadata, TokenEndpointGrantContext } from 'oidc-provider';
import { startProvider } from '../../core/oauth/support/provider.ts';
import { listenOn } from '../../core/oauth/support/serve.ts';

const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';

interface Managing {
  readonly issuer: string;
  /** Takes tokens bound to a key, each proof with the last nonce it gave. */
  readonly api: string;
  /** A client that registered itself, and is known by the key that was set last. */
  readonly own: { readonly clientId: string; readonly setKey: (key: JWK) => Promise<void> };
  /** What the exchanges handed in. */
  readonly exchanged: Readonly<Record<string, unknown>>[];
}

/**
 * An `oidc-provider` that registers whoever comes (RFC 7591, 7592), wants a nonce in each proof (RFC 9449 section 8) and exchanges
 * tokens; and an API that wants nonces of its own.
 */
export async function startManagingProvider(
  context: { after: (end: () => Promise<void>) => void },
  clients: readonly ClientMetadata[],
): Promise<Managing> {
  const exchanged: Record<string, unknown>[] = [];
  const service = {
    ...{ client_id: 'service', client_secret: 'of-the-service', scope: 'orders.read' },
    ...{ grant_types: ['client_credentials', exchange], redirect_uris: [], response_types: [] },
  };
  const issuer = await startProvider(
    context,
    {
      clients: [...clients, service],
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: true },
        registration: { enabled: true },
        registrationManagement: { enabled: true },
        encryption: { enabled: true },
        jwtUserinfo: { enabled: true },
        dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 1), requireNonce: () => true },
      },
    },
    (provider) => addExchange(provider, exchanged),
  );
  const api = await listenOn(context, createServer(boundApi()), 'http');
  return { issuer, api, own: await registered(issuer), exchanged };
}

/** @see RFC 7591 section 3, RFC 7592 section 2.2 */
async function registered(issuer: string): Promise<Managing['own']> {
  const metadata = {
    ...{ token_endpoint_auth_method: 'private_key_jwt', grant_types: ['client_credentials'] },
    ...{ redirect_uris: [], response_types: [], scope: 'orders.read' },
  };
  const ask = async (method: string, url: string, key: JWK, more: object, token?: string) => {
    const response = await fetch(url, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ ...metadata, ...more, jwks: { keys: [key] } }),
    });
    const body = await response.text();
    assert.ok(response.ok, body);
    return JSON.parse(body) as Record<
      'client_id' | 'registration_access_token' | 'registration_client_uri',
      string
    >;
  };
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const first = publicKey.export({ format: 'jwk' }) as JWK;
  const {
    client_id: clientId,
    registration_client_uri: uri,
    ...given
  } = await ask('POST', `${issuer}/reg`, first, {});
  let token = given.registration_access_token;
  return {
    clientId,
    async setKey(key) {
      ({ registration_access_token: token } = await ask('PUT', uri, key, { client_id: clientId }, token));
    },
  };
}

function addExchange(provider: Provider, exchanged: Record<string, unknown>[]): void {
  const names = ['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type', 'scope'];
  const answer = async (context: TokenEndpointGrantContext): Promise<void> => {
    exchanged.push({ ...context.oidc.params });
    const token = new provider.ClientCredentials({ client: context.oidc.client, scope: 'orders.read' });
    context.body = {
      ...{ access_token: await token.save(), token_type: 'Bearer', expires_in: 600 },
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    };
  };
  provider.registerGrantType(exchange, answer, names);
}

function boundApi(): (request: IncomingMessage, response: ServerResponse) => void {
  let count = 0;
  return ({ headers }, response) => {
    const proof = String(headers['dpop'] ?? '');
    const { nonce } = proof === '' ? {} : decodeJwt(proof);
    const holds = headers.authorization?.startsWith('DPoP ') === true && nonce === `api-${count}`;
    response.setHeader('dpop-nonce', `api-${++count}`);
    if (!holds) response.setHeader('www-authenticate', 'DPoP error="use_dpop_nonce"');
    response.writeHead(holds ? 200 : 401).end(holds ? '{"orders":"bound"}' : '');
  };
}
