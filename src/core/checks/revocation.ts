import * as oauth from 'oauth4webapi';
import { loopbackToo } from '../oauth/libraryFetch.ts';
import { clientOfRequest } from './clientOfRequest.ts';
import type { Bench } from './bench.ts';
import type { Credentials } from './credentials.ts';
import { Undetermined } from './undetermined.ts';

/**
 * Asks the server to take a token back, as the profile's client or another one.
 *
 * @returns the status
 * @throws Undetermined when there is no such endpoint
 * @see RFC 7009 section 2.1
 */
export async function revoke(bench: Bench, token: string, as?: Credentials): Promise<number> {
  const { revocationEndpoint } = bench.server;
  if (revocationEndpoint === undefined) throw new Undetermined('The server names no revocation endpoint.');
  const { issuer, client, authentication, shown } = await clientOfRequest(bench, as);
  const server = { issuer, revocation_endpoint: revocationEndpoint };
  const response = await oauth.revocationRequest(server, client, authentication, token, {
    ...loopbackToo,
    [oauth.customFetch]: (url, { headers, method, body }) =>
      bench.send('revocation', url, { headers, method, body: String(body), ...shown }),
  });
  return response.status;
}
