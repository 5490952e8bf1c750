import { Trace } from '../core/flow/trace.ts';
import { pinnedFetch } from '../core/http/pinnedFetch.ts';
import { recordingFetch } from '../core/http/recordingFetch.ts';
import { discover } from '../core/oauth/discovery.ts';
import type { Discovered } from '../core/oauth/metadataCache.ts';
import type { DiscoverRequest } from '../core/profileForm/formPorts.ts';
import type { ServerFacts } from '../core/profileForm/serverFacts.ts';
import { networkFetch } from './network.ts';
import type { Parts } from './parts.ts';
import { setting } from './settings.ts';

/**
 * Reads a server's metadata anew: whoever edits a profile may just have changed the server.
 *
 * @throws FailureError
 */
export async function readServer({ clock, runner }: Parts, request: DiscoverRequest): Promise<ServerFacts> {
  const { issuer, signal, trustedCertificate } = request;
  const trace = new Trace();
  const timeout = setting('requestTimeout') * 1000;
  const network =
    trustedCertificate === undefined ? networkFetch : pinnedFetch(trustedCertificate, networkFetch);
  const fetch = recordingFetch({ fetch: network, clock, trace, signal, timeout });
  runner.metadata.clear(issuer);
  const discovered = await discover(issuer, { trace, fetch, clock, metadata: runner.metadata });
  return factsOf(discovered, trace.exchanges.at(-1)?.request.url ?? issuer);
}

function factsOf({ kind, server }: Discovered, document: string): ServerFacts {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;
  const facts = {
    tokenEndpoint: text(server.token_endpoint),
    authorizationEndpoint: text(server.authorization_endpoint),
    scopes: texts(server.scopes_supported),
    authenticationMethods: texts(server.token_endpoint_auth_methods_supported),
    grants: texts(server.grant_types_supported),
    challengeMethods: texts(server.code_challenge_methods_supported),
  };
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return { document, kind: kind === 'openid' ? 'openid' : 'oauth', issuer: server.issuer, ...known };
}
