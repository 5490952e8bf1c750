import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import type { JWK, JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
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
  sign: (claims: JWTPayload, typ: string) => Promise<string>;
  /** The server that assertions are made for, and the ID of the client there. */
  readonly partner: { readonly issuer: string; readonly clientId: string };
}

type Form = Readonly<Record<string, string | undefined>>;

const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
const idToken = 'urn:ietf:params:oauth:token-type:id_token';
const idJag = 'urn:ietf:params:oauth:token-type:id-jag';
const apiScopes = ['orders.read', 'orders.write'];

/** A grant of the server's own. */
interface ExtraGrant {
  readonly id: 'token_exchange' | 'jwt_bearer' | 'saml2_bearer';
  readonly parameters: readonly string[];
  /** Whom the token is for, and the scopes they have; throws what the client is to be told. */
  claims: (form: Form, context: TokenEndpointGrantContext) => Promise<JWTPayload>;
}

/** Adds token exchange, JWT bearer and SAML bearer to the server. @see RFC 8693, RFC 7523, RFC 7522 */
export function addGrants(provider: Provider, parts: ExtraGrants): void {
  for (const grant of [tokenExchange(provider, parts), jwtBearer(provider), samlBearer(parts)])
    provider.registerGrantType(
      grantTypes[grant.id][0] ?? '',
      async (context) => {
        const form = context.oidc.params as Form;
        const claims = await grant.claims(form, context).catch((error: unknown) => {
          throw error instanceof InvalidRequest || error instanceof InvalidTarget
            ? error
            : new InvalidGrant(reasonOf(error));
        });
        const { clientId } = context.oidc.client;
        context.body = await answerOf({ provider, parts, grant, form, claims, clientId });
      },
      [...grant.parameters, 'scope'],
    );
}

interface Granted {
  readonly provider: Provider;
  readonly parts: ExtraGrants;
  readonly grant: ExtraGrant;
  readonly form: Form;
  readonly claims: JWTPayload;
  readonly clientId: string;
}

async function answerOf({ provider, parts, grant, form, claims, clientId }: Granted): Promise<object> {
  const scope = wanted(form['scope'], claims['scope']);
  const crosses = form['requested_token_type'] === idJag;
  const own = crosses
    ? { aud: parts.partner.issuer, client_id: parts.partner.clientId }
    : { aud: parts.api, client_id: clientId };
  const token = { ...claims, ...own, iss: provider.issuer, ...times(), scope };
  return {
    access_token: await parts.sign(token, crosses ? 'oauth-id-jag+jwt' : 'at+jwt'),
    token_type: crosses ? 'N_A' : 'Bearer',
    ...{ expires_in: 600, scope },
    ...(grant.id === 'token_exchange' && { issued_token_type: crosses ? idJag : accessToken }),
  };
}

function tokenExchange(provider: Provider, { keys, partner }: ExtraGrants): ExtraGrant {
  const { issuer } = provider;
  const verified = async (token = '', options: JWTVerifyOptions): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(token, keys, { issuer, ...options }).catch((error: unknown) => {
      throw new InvalidRequest(`subject_token: ${reasonOf(error)}`);
    });
    return payload;
  };
  /** Who signed in with this very client, for the server that trusts this one. @see draft-ietf-oauth-identity-assertion-authz-grant section 4.3 */
  const forPartner = async (form: Form, clientId: string): Promise<JWTPayload> => {
    if (form['subject_token_type'] !== idToken)
      throw new InvalidRequest('only an id_token gets an assertion');
    if (form['audience'] !== partner.issuer) throw new InvalidTarget('unknown audience');
    const { sub } = await verified(form['subject_token'], { audience: clientId });
    return { sub: String(sub) };
  };
  return {
    id: 'token_exchange',
    parameters: ['subject_token', 'subject_token_type', 'requested_token_type', 'audience'],
    async claims(form, { oidc: { client } }) {
      if (form['requested_token_type'] === idJag) return forPartner(form, client.clientId);
      if (form['subject_token_type'] !== accessToken)
        throw new InvalidRequest('only access tokens are exchanged here');
      const { sub, scope } = await verified(form['subject_token'], { typ: 'at+jwt' });
      return { sub: String(sub), scope, act: { sub: client.clientId } };
    },
  };
}

function jwtBearer({ issuer }: Provider): ExtraGrant {
  return {
    id: 'jwt_bearer',
    parameters: ['assertion'],
    async claims({ assertion = '' }, { oidc: { client } }) {
      const { keys = [] } = client.jwks ?? {};
      const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys: keys as JWK[] }), {
        ...{ issuer: client.clientId, audience: [issuer, `${issuer}/token`] },
        requiredClaims: ['sub', 'exp'],
      });
      return { sub: String(payload.sub) };
    },
  };
}

function samlBearer({ assertions }: ExtraGrants): ExtraGrant {
  return {
    id: 'saml2_bearer',
    parameters: ['assertion'],
    claims: ({ assertion = '' }) =>
      Promise.resolve(Buffer.from(assertion, 'base64url').toString('utf8')).then((xml) => ({
        sub: assertions.use(xml),
      })),
  };
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
