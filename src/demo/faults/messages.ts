import type { DemoClient, DemoClients } from '../clients.ts';
import type { FaultLayer, FaultRequest, FaultResponse } from './fault.ts';

/** Whether this is an authorization request (not its continuation after the sign-in). */
export const isAuthorization = (request: FaultRequest): boolean => request.path === '/auth';

/** Whether this is a token request, with this grant when one is named. */
export const isToken = (request: FaultRequest, grant?: string): boolean =>
  request.path === '/token' && (grant === undefined || request.form.get('grant_type') === grant);

/** Whether this asks for a token to be taken back. @see RFC 7009 */
export const isRevocation = (request: FaultRequest): boolean => request.path === '/token/revocation';

export const isUserinfo = (request: FaultRequest): boolean => request.path === '/me';

/** The token in the Authorization header. */
export function bearerOf({ headers }: FaultRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
}

/** The tokens of a token response by kind; none for any other. */
export function issuedTokens(
  request: FaultRequest,
  response: FaultResponse,
): Partial<Record<'accessToken' | 'refreshToken' | 'idToken', string>> {
  if (!isToken(request) || response.status !== 200) return {};
  const { access_token: access, refresh_token: refresh, id_token: id } = members(response);
  return {
    ...(typeof access === 'string' ? { accessToken: access } : {}),
    ...(typeof refresh === 'string' ? { refreshToken: refresh } : {}),
    ...(typeof id === 'string' ? { idToken: id } : {}),
  };
}

/** Changes members of token responses and nothing else. */
export function onTokens(
  change: (was: Record<string, unknown>) => Record<string, unknown>,
): () => FaultLayer {
  return () => async (request, next) => {
    const response = await next(request);
    return isToken(request) && response.status === 200
      ? withMembers(response, change(members(response)))
      : response;
  };
}

/** A copy with changed query parameters; `undefined` removes one. */
export function withQuery(request: FaultRequest, change: Record<string, string | undefined>): FaultRequest {
  return { ...request, query: changed(request.query, change) };
}

/** A copy with changed form fields; `undefined` removes one. */
export function withForm(request: FaultRequest, change: Record<string, string | undefined>): FaultRequest {
  return { ...request, form: changed(request.form, change) };
}

function changed(parameters: URLSearchParams, change: Record<string, string | undefined>): URLSearchParams {
  const copy = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(change))
    if (value === undefined) copy.delete(name);
    else copy.set(name, value);
  return copy;
}

/** The authorization response a response carries in its `Location`, if it carries one. */
export function authorizationResponse(response: FaultResponse): URL | undefined {
  const { location } = response.headers;
  if (typeof location !== 'string' || !URL.canParse(location)) return undefined;
  const url = new URL(location);
  return url.searchParams.has('code') || url.searchParams.has('error') ? url : undefined;
}

/** Changes authorization responses on their way back and nothing else. */
export function onAuthorizationResponse(change: (url: URL) => void): () => FaultLayer {
  return () => async (request, next) => {
    const response = await next(request);
    const url = authorizationResponse(response);
    if (url === undefined) return response;
    change(url);
    return { ...response, headers: { ...response.headers, location: url.href } };
  };
}

/** An error of the token endpoint. @see RFC 6749 section 5.2 */
export function tokenError(error: string): FaultResponse {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return {
    status: 400,
    headers,
    body: JSON.stringify({ error, error_description: 'refused by the demo server' }),
  };
}

/** The members of a JSON body; empty when it is none. */
export function members(response: FaultResponse): Record<string, unknown> {
  try {
    return JSON.parse(response.body) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** A copy of a token response with changed members. */
export function withMembers(response: FaultResponse, change: Record<string, unknown>): FaultResponse {
  return { ...response, body: JSON.stringify({ ...members(response), ...change }) };
}

/** The client a request names, in whatever way. */
export function clientOf(request: FaultRequest, clients: DemoClients): DemoClient | undefined {
  const basic = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  const [fromBasic] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString('utf8').split(':');
  const id = fromBasic ?? request.form.get('client_id') ?? request.query.get('client_id');
  return Object.values(clients).find((client: DemoClient) => client.clientId === id) as
    | DemoClient
    | undefined;
}

/** A copy of a token request in which `client` authenticates as it should. */
export function authenticatedAs(request: FaultRequest, client: DemoClient): FaultRequest {
  const { clientId, clientSecret = '', clientAuthentication } = client;
  const bare = withQuery(withForm(request, { client_id: undefined, client_secret: undefined }), {
    client_id: undefined,
    client_secret: undefined,
  });
  const headers: Record<string, string> = { ...bare.headers };
  Reflect.deleteProperty(headers, 'authorization');
  if (clientAuthentication === 'client_secret_basic') {
    headers['authorization'] = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    return { ...bare, headers };
  }
  const secret = clientAuthentication === 'client_secret_post' ? { client_secret: clientSecret } : {};
  return withForm({ ...bare, headers }, { client_id: clientId, ...secret });
}

/** Remembers something of each authorization request until its code is seen, then by code. */
export class ByCode<T> {
  readonly #byState = new Map<string, T>();
  readonly #byCode = new Map<string, T>();

  /** Before the strict server: keeps `value` for the request's state. */
  keep(request: FaultRequest, value: T): void {
    this.#byState.set(request.query.get('state') ?? '', value);
  }

  /** After it: moves what was kept to the code that was issued. */
  note(response: FaultResponse): void {
    const parameters = authorizationResponse(response)?.searchParams;
    const value = this.#byState.get(parameters?.get('state') ?? '');
    const code = parameters?.get('code') ?? undefined;
    if (value !== undefined && code !== undefined) this.#byCode.set(code, value);
  }

  /** What was kept for the code of a token request. */
  get(request: FaultRequest): T | undefined {
    return this.#byCode.get(request.form.get('code') ?? '');
  }
}
