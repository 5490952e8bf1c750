import * as oauth from 'oauth4webapi';
import { membersIn } from '../http/jsonDepth.ts';
import { loopbackToo } from '../oauth/libraryFetch.ts';
import { clientOfRequest } from './clientOfRequest.ts';
import type { Bench } from './bench.ts';

/** What the server says about a token; absent members were not in the response. */
export interface Introspected {
  readonly active: boolean;
  readonly scope?: string;
}

/**
 * Asks the server about a token, as the profile's client; undefined when there is no such endpoint or it does not answer this
 * client.
 *
 * @see RFC 7662 section 2
 */
export async function introspect(bench: Bench, token: string): Promise<Introspected | undefined> {
  const { introspectionEndpoint } = bench.server;
  if (introspectionEndpoint === undefined) return undefined;
  const { issuer, client, authentication, shown } = await clientOfRequest(bench);
  const server = { issuer, introspection_endpoint: introspectionEndpoint };
  const response = await oauth.introspectionRequest(server, client, authentication, token, {
    ...loopbackToo,
    [oauth.customFetch]: (url, { headers, method, body }) =>
      bench.send('introspection', url, { headers, method, body: String(body), ...shown }),
  });
  return response.status === 200 ? read(await response.text()) : undefined;
}

function read(text: string): Introspected | undefined {
  const { active, scope } = membersIn(text);
  if (typeof active !== 'boolean') return undefined;
  return { active, ...(typeof scope === 'string' ? { scope } : {}) };
}
