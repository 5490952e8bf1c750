import type { ClientMetadata } from 'oidc-provider';
import type { DemoClient } from './clients.ts';

const prefix = 'urn:ietf:params:oauth:grant-type:';

/** The `grant_type` of each grant, as clients are registered with it. */
export const grantTypes: Readonly<Record<DemoClient['grant'], readonly string[]>> = {
  client_credentials: ['client_credentials'],
  authorization_code: ['authorization_code', 'refresh_token'],
  device_code: [`${prefix}device_code`, 'refresh_token'],
  token_exchange: [`${prefix}token-exchange`],
  jwt_bearer: [`${prefix}jwt-bearer`],
  saml2_bearer: [`${prefix}saml2-bearer`],
  id_jag: [`${prefix}jwt-bearer`],
  ciba: ['urn:openid:params:grant-type:ciba', 'refresh_token'],
  refresh_token: ['refresh_token'],
};

/** A client as the server knows it. @see RFC 7591 section 2 */
export function registration(
  client: DemoClient,
  algorithm: 'RS256' | 'ES256',
  scopes: readonly string[],
): ClientMetadata {
  const { clientId, clientSecret, clientAuthentication, grant, redirectUri } = client;
  const common: ClientMetadata = {
    client_id: clientId,
    id_token_signed_response_alg: algorithm,
    authorization_signed_response_alg: algorithm,
    client_name: client.name,
    token_endpoint_auth_method: clientAuthentication,
    scope: scopes.join(' '),
    grant_types: [...grantTypes[grant], ...(client.exchanges ? grantTypes.token_exchange : [])],
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
    ...(client.key === undefined ? {} : { jwks: { keys: [publicHalf(client.key)] } }),
    ...(clientAuthentication === 'private_key_jwt' && { token_endpoint_auth_signing_alg: 'ES256' }),
    ...(grant === 'ciba' && { backchannel_token_delivery_mode: 'poll' }),
    ...(client.fields?.['dpop'] === true && {
      ...{ dpop_bound_access_tokens: true, require_pushed_authorization_requests: true },
      ...{ request_object_signing_alg: 'ES256', authorization_details_types: ['orders'] },
    }),
  };
  if (redirectUri === undefined)
    return { ...common, application_type: 'native', response_types: [], redirect_uris: [] };
  return {
    ...common,
    application_type: new URL(redirectUri).port === '' ? 'native' : 'web',
    response_types: ['code'],
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [signedOut(redirectUri)],
  };
}

/** Where the browser comes back to after the sign-out, registered beside each redirect URI. */
function signedOut(redirectUri: string): string {
  return redirectUri.replace(/callback$/, 'signed-out');
}

function publicHalf(key: string) {
  const { d, ...half } = JSON.parse(key) as { readonly kty: string; readonly d: string };
  void d;
  return half;
}
