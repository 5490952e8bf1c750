import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, SignJWT, type JWK, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { TokenEndpointGrantContext } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { InvalidGrant, InvalidRequest, InvalidTarget } from 'oidc-provider/lib/helpers/errors.js';
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
  /** The server that assertions are made for, and the ID of the client there. */
  readonly partner: { readonly issuer: string; readonly clientId: string };
}

type Form = Readonly<Record<string, string | undefined>>;

const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
const idToken = 'urn:ietf:params:oauth:token-type:id_token';
const idJag = 'urn:ietf:params:oauth:token-type:id-jag';
const apiScopes = ['orders.read', 'orders.write'];

/** Adds token exchange, JWT bearer and SAML bearer to the server. @see RFC 8693, RFC 7523, RFC 7522 */
export function addGrants(provider: Provider, parts: ExtraGrants): void {
  const add = (
    grant: 'token_exchange' | 'jwt_bearer' | 'saml2_bearer',
    parameters: readonly string[],
    claimsOf: (form: Form, context: TokenEndpointGrantContext) => Promise<JWTPayload>,
  ) => {
    provider.registerGrantType(
      grantTypes[grant][0] ?? '',
      async (context) => {
        const form = context.oidc.params as Form;
        const claims = await claimsOf(form, context).catch((error: unknown) => {
          throw error instanceof InvalidRequest || error instanceof InvalidTarget
            ? error
            : new InvalidGrant(reasonOf(error));
        });
        const scope = wanted(form['scope'], claims['scope']);
        const crosses = form['requested_token_type'] === idJag;
        const own = crosses
          ? { aud: parts.partner.issuer, client_id: parts.partner.clientId }
          : { aud: parts.api, client_id: context.oidc.client.clientId };
        const token = { ...claims, ...own, iss: provider.issuer, ...times(), scope };
        context.body = {
          access_token: await parts.sign(token, crosses ? 'oauth-id-jag+jwt' : 'at+jwt'),
          token_type: crosses ? 'N_A' : 'Bearer',
          ...{ expires_in: 600, scope },
          ...(grant === 'token_exchange' && { issued_token_type: crosses ? idJag : accessToken }),
        };
      },
      [...parameters, 'scope'],
    );
  };
  add(
    'token_exchange',
    ['subject_token', 'subject_token_type', 'requested_token_type', 'audience'],
    async (form, { oidc: { client } }) => {
      if (form['requested_token_type'] === idJag) return forPartner(form, client.clientId);
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
  /** Who signed in with this very client, for the server that trusts this one. @see draft-ietf-oauth-identity-assertion-authz-grant section 4.3 */
  async function forPartner(form: Form, clientId: string): Promise<JWTPayload> {
    if (form['subject_token_type'] !== idToken)
      throw new InvalidRequest('only an id_token gets an assertion');
    if (form['audience'] !== parts.partner.issuer) throw new InvalidTarget('unknown audience');
    const { payload } = await jwtVerify(form['subject_token'] ?? '', parts.keys, {
      ...{ issuer: provider.issuer, audience: clientId },
    }).catch((error: unknown) => {
      throw new InvalidRequest(`subject_token: ${reasonOf(error)}`);
    });
    return { sub: String(payload.sub) };
  }
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
export function times(): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return { iat: now, exp: now + 600, jti: randomUUID() };
}

/** What was asked for, as far as the subject has it and there is. */
export function wanted(asked: string | undefined, held: unknown): string {
  const has = typeof held === 'string' ? held.split(' ') : apiScopes;
  const asks = asked?.split(' ') ?? has;
  return asks.filter((scope) => has.includes(scope) && apiScopes.includes(scope)).join(' ');
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/[^ -~]|["\\]/g, "'") : 'refused';
}

/** Signs as the server does. */
export function signerOf(
  key: Parameters<SignJWT['sign']>[0],
  alg: string,
): (claims: JWTPayload, typ: string) => Promise<string> {
  return (claims, typ) => new SignJWT(claims).setProtectedHeader({ alg, typ, kid: 'demo' }).sign(key);
}
