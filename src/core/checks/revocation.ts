import * as oauth from 'oauth4webapi';
import { loopbackToo } from '../oauth/libraryFetch.ts';
import { clientOfRequest } from './clientOfRequest.ts';
import type { Bench } from './bench.ts';
import type { Credentials } from './credentials.ts';
import { membersSaid, says, saysNothing } from './heard.ts';
import { Undetermined } from './undetermined.ts';

/** How the server answered a revocation request. */
export interface Revocation {
  readonly status: number;
  readonly error?: unknown;
  /** Whether it reports the token as revoked. */
  readonly done: boolean;
}

/** How to ask for a revocation. */
interface Asking {
  /** The client, if not the profile's. */
  readonly as?: Credentials;
  /** The kind of token: servers must search all kinds, but some find a refresh token only with this. */
  readonly hint?: 'refresh_token';
}

/**
 * Asks the server to revoke a token, as the profile's client or another one.
 *
 * @throws Undetermined when there is no such endpoint, or its answer tells nothing
 * @see RFC 7009 section 2.1
 */
export async function revoke(bench: Bench, token: string, { as, hint }: Asking = {}): Promise<Revocation> {
  const { revocationEndpoint } = bench.server;
  if (revocationEndpoint === undefined) throw new Undetermined('The server names no revocation endpoint.');
  const { issuer, client, authentication, shown } = await clientOfRequest(bench, as);
  const server = { issuer, revocation_endpoint: revocationEndpoint };
  const response = await oauth.revocationRequest(server, client, authentication, token, {
    ...loopbackToo,
    ...(hint && { additionalParameters: { token_type_hint: hint } }),
    [oauth.customFetch]: (url, { headers, method, body }) =>
      bench.send('revocation', url, { headers, method, body: String(body), ...shown }),
  });
  const { status, headers } = response;
  const body = await response.text();
  // A success has no body. @see RFC 7009 section 2.2
  const said = status === 200 && body.trim() === '' ? 'served' : says({ status, headers, body });
  if (said === 'nothing') throw new Undetermined(saysNothing('revocation', status));
  const { error } = membersSaid(body.trim());
  return { status, done: said === 'served', ...(error !== undefined && { error }) };
}
