import * as oauth from 'oauth4webapi';
import type { Fetch } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import { loopbackToo } from './libraryFetch.ts';

/** One parameter of a request, in its place. */
export type Parameter = readonly [name: string, value: string];

/** One request to the token endpoint, as plain data: what a flow sends, and what a check changes. */
export interface TokenRequest {
  /** As the profile or the metadata write it; a fragment is not sent. @see RFC 6749 section 3.2 */
  readonly endpoint: string;
  /** Whom a client assertion is for. */
  readonly issuer: string;
  readonly clientId: string;
  /** Beyond those of every token request. */
  readonly headers: Readonly<Record<string, string>>;
  /** All of the form but what the client authentication adds, `grant_type` among it. */
  readonly form: readonly Parameter[];
  readonly authentication: oauth.ClientAuth;
  /** Proves possession of a key, and learns the server's nonces. @see RFC 9449 */
  readonly dpop?: oauth.DPoPHandle;
}

/** What a request is made of besides the profile. */
export interface TokenRequestParts {
  readonly endpoint: string;
  readonly issuer: string;
  readonly authentication: oauth.ClientAuth;
  /** The grant's own parameters, `grant_type` among them. */
  readonly parameters: readonly Parameter[];
}

/**
 * The token request of a profile. Its own parameters come first, then each `resource`, then what the user typed; a typed
 * parameter that the request has already is left out, so that the profile's fields win everywhere.
 *
 * @see RFC 6749 section 3.2, RFC 8707 section 2.2
 */
export function tokenRequest(
  profile: Profile,
  { endpoint, issuer, authentication, parameters }: TokenRequestParts,
): TokenRequest {
  const resources = profile.resource.map((resource) => ['resource', resource] as const);
  return {
    endpoint,
    issuer,
    clientId: profile.clientId,
    headers: {},
    form: withTyped([...parameters, ...resources], profile.tokenParameters),
    authentication,
  };
}

/** The parameters of a request and those the user typed, which replace none of them. */
export function withTyped(
  parameters: readonly Parameter[],
  typed: Readonly<Record<string, string>>,
): readonly Parameter[] {
  const taken = new Set(parameters.map(([name]) => name));
  return [...parameters, ...Object.entries(typed).filter(([name]) => !taken.has(name))];
}

/**
 * Sends it as the protocol library does, and hands back what `fetch` got, untouched.
 *
 * @param fetch gets the body as text
 */
export function sendTokenRequest(request: TokenRequest, fetch: Fetch): Promise<Response> {
  const { issuer, clientId, authentication, headers, dpop } = request;
  const form = formOf(request.form);
  // The library sets it where it stands.
  const grantType = form.get('grant_type') ?? '';
  const [endpoint = ''] = request.endpoint.split('#', 1);
  const server = { issuer, token_endpoint: endpoint };
  return oauth.genericTokenEndpointRequest(server, { client_id: clientId }, authentication, grantType, form, {
    ...loopbackToo,
    headers: { ...headers },
    ...(dpop === undefined ? {} : { DPoP: dpop }),
    [oauth.customFetch]: (url, { headers: sent, method, body }) =>
      fetch(url, { headers: sent, method, body: String(body) }),
  });
}

/** Parameters as a form or a query. */
export function formOf(parameters: readonly Parameter[]): URLSearchParams {
  return new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
}
