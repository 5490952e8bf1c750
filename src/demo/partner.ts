import { randomBytes } from 'node:crypto';
import { jwtVerify, type JWK, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { InvalidGrant } from 'oidc-provider/lib/helpers/errors.js';
import { Provider } from 'oidc-provider/lib/provider.js';
import type { DemoClients } from './clients.ts';
import { reasonOf, times, wanted } from './extraGrants.ts';
import { grantTypes, registration } from './registration.ts';
import { memoryStorage } from './storage.ts';

interface PartnerServer {
  readonly issuer: string;
  /** Whose assertions it takes. */
  readonly trusted: string;
  /** The audience of its tokens. */
  readonly api: string;
  /** Of the trusted server. */
  readonly keys: JWTVerifyGetKey;
  readonly signingKey: JWK;
  readonly algorithm: 'RS256' | 'ES256';
  readonly clients: DemoClients;
  sign: (claims: JWTPayload, typ: string) => Promise<string>;
}

/**
 * The authorization server of another product: it signs nobody in, and takes the assertions of the server it trusts, each once.
 *
 * @see draft-ietf-oauth-identity-assertion-authz-grant section 4.4
 */
export function partnerServer({
  issuer,
  trusted,
  api,
  ...parts
}: PartnerServer): ReturnType<Provider['callback']> {
  const provider = new Provider(issuer, {
    adapter: memoryStorage(),
    clients: [registration(parts.clients.crossApp, parts.algorithm, ['orders.read', 'orders.write'])],
    clientDefaults: { id_token_signed_response_alg: parts.algorithm },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    features: { devInteractions: { enabled: false } },
    jwks: { keys: [parts.signingKey] },
    scopes: ['orders.read', 'orders.write'],
  });
  const used = new Set<string>();
  provider.registerGrantType(
    grantTypes.id_jag[0] ?? '',
    async (context) => {
      const { assertion = '', scope: asked } = context.oidc.params as {
        readonly assertion?: string;
        readonly scope?: string;
      };
      const { clientId } = context.oidc.client;
      const { payload } = await jwtVerify(assertion, parts.keys, {
        ...{ issuer: trusted, audience: issuer, typ: 'oauth-id-jag+jwt' },
        requiredClaims: ['sub', 'exp', 'jti', 'client_id'],
      }).catch((error: unknown) => {
        throw new InvalidGrant(`assertion: ${reasonOf(error)}`);
      });
      if (payload['client_id'] !== clientId) throw new InvalidGrant('assertion: it is for another client');
      const { jti = '', sub = '' } = payload;
      if (used.has(jti)) throw new InvalidGrant('assertion: it was used before');
      used.add(jti);
      const scope = wanted(asked, payload['scope']);
      const claims = { ...{ iss: issuer, sub, aud: api, client_id: clientId, scope }, ...times() };
      const token = await parts.sign(claims, 'at+jwt');
      context.body = { access_token: token, token_type: 'Bearer', expires_in: 600, scope };
    },
    ['assertion', 'scope'],
  );
  return provider.callback();
}
