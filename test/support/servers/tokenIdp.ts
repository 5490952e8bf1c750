import { SignJWT, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import {
  bearerOf,
  startStandIn,
  type Answer,
  type SeenRequest,
  type StandIn,
  type StandInOptions,
} from './standIn.ts';

/** An application registered at TokenIDP. */
export interface TokenIdpApplication {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly active: boolean;
  readonly confidential: boolean;
  readonly grants: readonly string[];
  readonly scopes: readonly string[];
}

export interface TokenIdpServer extends StandIn {
  readonly applications: Map<string, TokenIdpApplication>;
  /** Makes every access token issued so far answer 401 at the API. */
  expireTokens: () => void;
}

const kid = '2026-03-16';

/**
 * Starts TokenIDP and an orders API as its document describes them: the token endpoint takes one JSON object in
 * camelCase and answers in an envelope. Of failures the document says only `isSuccess: false`; a message is added.
 */
export async function startTokenIdp(
  applications: readonly TokenIdpApplication[],
  options: StandInOptions = {},
): Promise<TokenIdpServer> {
  const known = new Map(applications.map((application) => [application.clientId, application]));
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
  let generation = 0;

  const issue = async (application: TokenIdpApplication, scopes: readonly string[], issuer: string) => {
    const claims = { client_id: application.clientId, scope: scopes.join(' '), generation };
    const accessToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid })
      .setIssuer(issuer)
      .setAudience('orders')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
    return {
      status: 200,
      body: { isSuccess: true, data: { accessToken, tokenType: 'Bearer', expiresIn: 3600 } },
    };
  };

  const token = async (request: SeenRequest, origin: string): Promise<Answer> => {
    const sent = jsonOf(request);
    if (!sent) return rejected(415, 'The body must be JSON.');
    const { grantType, clientId, clientSecret, scope } = sent;
    if (typeof clientId !== 'string' || typeof clientSecret !== 'string')
      return rejected(400, 'clientId and clientSecret are required.');
    const application = known.get(clientId);
    if (application?.clientSecret !== clientSecret) return rejected(401, 'Unknown client or wrong secret.');
    if (!application.active) return rejected(400, 'The application is not active.');
    if (
      grantType !== 'client_credentials' ||
      !application.confidential ||
      !application.grants.includes(grantType)
    )
      return rejected(400, 'The application is not allowed to use this grant.');
    const scopes = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
    if (scopes.some((one) => !application.scopes.includes(one)))
      return rejected(400, 'A requested scope was not granted to the application.');
    return issue(application, scopes, origin);
  };

  const orders = async (request: SeenRequest): Promise<Answer> => {
    const wanted = request.method === 'GET' ? 'orders.read' : 'orders.write';
    try {
      const { payload } = await jwtVerify(bearerOf(request) ?? '', publicKey, { audience: 'orders' });
      if (payload['generation'] !== generation) return unauthorized('The access token expired');
      if (!String(payload['scope']).split(' ').includes(wanted)) return forbidden(wanted);
      return { status: 200, body: [{ id: 1, item: 'Teapot' }] };
    } catch {
      return unauthorized('The access token is invalid');
    }
  };

  const standIn = await startStandIn((request, origin) => {
    if (request.method === 'POST' && request.path === '/token') return token(request, origin);
    if (request.path === '/orders') return orders(request);
    if (request.path === '/jwks') return { status: 200, body: { keys: [jwk] } };
    return { status: 404, body: 'Not found' };
  }, options);
  const expireTokens = () => {
    generation += 1;
  };
  return { ...standIn, applications: known, expireTokens };
}

function jsonOf({ headers, body }: SeenRequest): Record<string, unknown> | undefined {
  if (headers['content-type']?.split(';')[0] !== 'application/json') return undefined;
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function rejected(status: number, message: string): Answer {
  return { status, body: { isSuccess: false, message } };
}

function unauthorized(description: string): Answer {
  const challenge = `Bearer error="invalid_token", error_description="${description}"`;
  return { status: 401, headers: { 'www-authenticate': challenge }, body: '' };
}

function forbidden(scope: string): Answer {
  const challenge = `Bearer error="insufficient_scope", scope="${scope}"`;
  return { status: 403, headers: { 'www-authenticate': challenge }, body: '' };
}
