import * as oauth from 'oauth4webapi';
import type { Fetch } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import { loopbackToo } from './libraryFetch.ts';

/** One parameter of a request; their order is kept. */
export type Parameter = readonly [name: string, value: string];

/** A request to the token endpoint as plain data, so that a check can change it before it is sent. */
export interface TokenRequest {
  /** As the profile or the metadata has it; a fragment is not sent. @see RFC 6749 section 3.2 */
  readonly endpoint: string;
  /** The audience of a client assertion. */
  readonly issuer: string;
  readonly clientId: string;
  /** Header fields besides those of every token request. */
  readonly headers: Readonly<Record<string, string>>;
  /** The form without what the client authentication adds, `grant_type` included. */
  readonly form: readonly Parameter[];
  readonly authentication: oauth.ClientAuth;
  /** Makes the DPoP proof and learns the server's nonces. @see RFC 9449 */
  readonly dpop?: oauth.DPoPHandle;
}

/** What a token request needs besides the profile. */
export interface TokenRequestParts {
  readonly endpoint: string;
  readonly issuer: string;
  readonly authentication: oauth.ClientAuth;
  /** The grant's own parameters, `grant_type` among them. */
  readonly parameters: readonly Parameter[];
}

/**
 * The token request of a profile: first the grant's parameters, then each `resource`, then the user's own. Of those, any that
 * the request already has is left out, so that the profile's fields always win.
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

/** Adds the user's own parameters, which replace none of the others. */
export function withTyped(
  parameters: readonly Parameter[],
  typed: Readonly<Record<string, string>>,
): readonly Parameter[] {
  const taken = new Set(parameters.map(([name]) => name));
  return [...parameters, ...Object.entries(typed).filter(([name]) => !taken.has(name))];
}

/**
 * Sends the request with the protocol library, and returns the response untouched.
 *
 * @param fetch gets the body as text
 */
export function sendTokenRequest(request: TokenRequest, fetch: Fetch): Promise<Response> {
  const { issuer, clientId, authentication, headers, dpop } = request;
  const form = formOf(request.form);
  // The library sets `grant_type` itself.
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

/** The parameters as a form or a query. */
export function formOf(parameters: readonly Parameter[]): URLSearchParams {
  return new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
}
