import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, SignJWT, type JWK, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { InvalidGrant, InvalidRequest } from 'oidc-provider/lib/helpers/errors.js';
import { grantTypes } from './registration.ts';
import type { SamlAssertions } from './samlAssertions.ts';

/** What the grants that hand something in work with. */
export interface ExtraGrants {
  /** The audience of the tokens. */
  readonly api: string;
  /** Of the server's own tokens. */
  readonly keys: JWTVerifyGetKey;
  readonly assertions: SamlAssertions;
  sign(claims: JWTPayload, typ: string): Promise<string>;
}

const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
const apiScopes = ['orders.read', 'orders.write'];

/** Adds token exchange, JWT bearer and SAML bearer to the server. @see RFC 8693, RFC 7523, RFC 7522 */
export function addGrants(provider: Provider, parts: ExtraGrants): void {
  const add = (
    grant: 'token_exchange' | 'jwt_bearer' | 'saml2_bearer',
    parameters: readonly string[],
    claimsOf: (
      form: Readonly<Record<string, string | undefined>>,
      context: TokenEndpointGrantContext,
    ) => Promise<JWTPayload>,
  ) => {
    provider.registerGrantType(
      grantTypes[grant][0] ?? '',
      async (context) => {
        const form = context.oidc.params as Readonly<Record<string, string | undefined>>;
        const claims = await claimsOf(form, context).catch((error: unknown) => {
          throw error instanceof InvalidRequest ? error : new InvalidGrant(reasonOf(error));
        });
        const scope = wanted(form['scope'], claims['scope']);
        const own = { iss: provider.issuer, aud: parts.api, client_id: context.oidc.client.clientId };
        const token = { ...claims, ...own, ...times(), scope };
        context.body = {
          ...{
            access_token: await parts.sign(token, 'at+jwt'),
            token_type: 'Bearer',
            expires_in: 600,
            scope,
          },
          ...(grant === 'token_exchange' && { issued_token_type: accessToken }),
        };
      },
      [...parameters, 'scope'],
    );
  };
  add(
    'token_exchange',
    ['subject_token', 'subject_token_type', 'requested_token_type', 'audience'],
    async (form, { oidc: { client } }) => {
      if (form['subject_token_type'] !== accessToken)
        throw new InvalidRequest('only access tokens are exchanged here');
      const { issuer } = provider;
      const verified = await jwtVerify(form['subject_token'] ?? '', parts.keys, {
        issuer,
        typ: 'at+jwt',
      }).catch((error: unknown) => {
        throw new InvalidRequest(`subject_token: ${reasonOf(error)}`);
      });
      const { sub, scope } = verified.payload;
      return { sub: String(sub), scope, act: { sub: client.clientId } };
    },
  );
  add('jwt_bearer', ['assertion'], async ({ assertion = '' }, { oidc: { client } }) => {
    const { keys = [] } = client.jwks ?? {};
    const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys: keys as JWK[] }), {
      ...{ issuer: client.clientId, audience: [provider.issuer, `${provider.issuer}/token`] },
      requiredClaims: ['sub', 'exp'],
    });
    return { sub: String(payload.sub) };
  });
  add('saml2_bearer', ['assertion'], ({ assertion = '' }) =>
    Promise.resolve(Buffer.from(assertion, 'base64url').toString('utf8')).then((xml) => ({
      sub: parts.assertions.use(xml),
    })),
  );
}

/** Seconds. */
function times(): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return { iat: now, exp: now + 600, jti: randomUUID() };
}

/** What was asked for, as far as the subject has it and there is. */
function wanted(asked: string | undefined, held: unknown): string {
  const has = typeof held === 'string' ? held.split(' ') : apiScopes;
  const asks = asked?.split(' ') ?? has;
  return asks.filter((scope) => has.includes(scope) && apiScopes.includes(scope)).join(' ');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/[^ -~]|["\\]/g, "'") : 'refused';
}

/** Signs as the server does. */
export function signerOf(
  key: Parameters<SignJWT['sign']>[0],
  alg: string,
): (claims: JWTPayload, typ: string) => Promise<string> {
  return (claims, typ) => new SignJWT(claims).setProtectedHeader({ alg, typ, kid: 'demo' }).sign(key);
}
