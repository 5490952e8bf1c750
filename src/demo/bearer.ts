import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeJwt, decodeProtectedHeader, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { requireProof } from './boundToken.ts';
import type { Laxity } from './faults/fault.ts';

/** What a server that takes bearer tokens looks for in them. */
export interface BearerRules {
  readonly issuer: string;
  /** Further servers whose tokens are good. */
  readonly others?: readonly string[];
  /** What the token must name in `aud`. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  /** What it does not look at; nothing in the strict mode. */
  readonly lax: ReadonlySet<Laxity>;
  /** Parameters of every challenge. */
  readonly challenge: Readonly<Record<string, string>>;
}

/**
 * The claims of a request's access token, or nothing when the request was answered with a refusal.
 *
 * @see RFC 6750 section 3, RFC 9068 section 4
 */
export async function authorizeBearer(
  request: IncomingMessage,
  response: ServerResponse,
  rules: BearerRules,
  scope: string,
): Promise<JWTPayload | undefined> {
  const token = tokenOf(request, rules.lax);
  if (token === undefined) {
    refuse(response, 401, rules.challenge, 'A bearer token is needed.');
    return undefined;
  }
  try {
    const claims = await claimsOf(token, rules);
    await requireProof(request, token, claims);
    if (rules.lax.has('scope') || String(claims['scope']).split(' ').includes(scope)) return claims;
    const lacks = { ...rules.challenge, error: 'insufficient_scope', scope };
    refuse(response, 403, lacks, `The token lacks the scope ${scope}.`);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/["\\]/g, "'") : 'unusable';
    refuse(response, 401, { ...rules.challenge, error: 'invalid_token', error_description: why }, why);
  }
  return undefined;
}

function tokenOf({ headers, url = '' }: IncomingMessage, lax: ReadonlySet<Laxity>): string | undefined {
  const inHeader = /^(?:Bearer|DPoP) ([\w.~+/-]+=*)$/i.exec(headers.authorization ?? '')?.[1];
  if (inHeader !== undefined || !lax.has('query')) return inHeader;
  return new URL(url, 'http://127.0.0.1').searchParams.get('access_token') ?? undefined;
}

async function claimsOf(
  token: string,
  { issuer, others = [], audience, keys, lax }: BearerRules,
): Promise<JWTPayload> {
  const { alg, typ } = decodeProtectedHeader(token);
  // What is left of the checks when one of them was forgotten.
  if (lax.has('algorithm') && alg === 'none') return decodeJwt(token);
  if (lax.has('signature') && alg !== 'none') return inTime(decodeJwt(token), audience);
  const isOtherKind = lax.has('kind') && typ !== 'at+jwt';
  const { payload } = await jwtVerify(token, keys, {
    issuer: [issuer, ...others],
    algorithms: ['RS256', 'ES256'],
    ...(isOtherKind ? {} : { typ: 'at+jwt' }),
    ...(isOtherKind || lax.has('audience') || lax.has('one-audience') ? {} : { audience }),
    ...(lax.has('expiry') ? { clockTolerance: 10 * 365 * 86_400 } : {}),
  });
  return isOtherKind ? { scope: 'orders.read orders.write mcp:tools', ...payload } : payload;
}

function inTime(claims: JWTPayload, audience: string): JWTPayload {
  if (claims.aud !== audience || (claims.exp ?? 0) * 1000 < Date.now())
    throw new Error('The token is for another API, or has ended.');
  return claims;
}

function refuse(
  response: ServerResponse,
  status: number,
  parameters: Readonly<Record<string, string>>,
  error: string,
): void {
  const challenge = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`);
  sendJson(response, status, { error }, { 'WWW-Authenticate': `Bearer ${challenge.join(', ')}` });
}

/** Answers with a JSON document. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  // Set one by one: what goes along with writeHead is not seen by the layers of the faults.
  for (const [name, value] of Object.entries({ 'Content-Type': 'application/json', ...headers }))
    response.setHeader(name, value);
  response.writeHead(status).end(JSON.stringify(body));
}

const largestBody = 64 * 1024;

/** The body of a request. @throws RangeError when it is larger than 64 KiB */
export async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > largestBody) throw new RangeError('The body is too large.');
  }
  return text;
}
