import { isList, textsOf } from '../../shared/json.ts';
import { Trace } from '../record/trace.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { secretEndpoints } from '../oauth/clientAuthentication.ts';
import { discover } from '../oauth/discovery.ts';
import { MetadataCache, type Discovered } from '../oauth/metadataCache.ts';
import type { Clock, Fetch } from '../ports.ts';
import { productLists } from '../productLists.ts';
import type { ServerFacts } from './serverFacts.ts';

/** Most items taken of a list in metadata, and most characters of each. */
const most = { items: 1000, length: 300 };

export interface DiscoverFactsPorts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

/**
 * Reads the metadata `issuer` publishes, always anew, by OpenID Connect Discovery or RFC 8414.
 *
 * @throws FailureError of step `discovery`
 * @see OpenID Connect Discovery 1.0 section 4, RFC 8414 section 3
 */
export async function discoverFacts(
  issuer: string,
  { fetch, clock, timeout }: DiscoverFactsPorts,
  signal: AbortSignal,
): Promise<ServerFacts> {
  const trace = new Trace();
  const recorded = recordingFetch({ fetch, clock, trace, signal, timeout });
  const discovered = await discover(issuer, { trace, clock, fetch: recorded, metadata: new MetadataCache() });
  const document = trace.exchanges.at(-1)?.request.url ?? issuer;
  return factsFrom(discovered, document);
}

const endpoints = productLists.fields.flatMap((field) =>
  'metadata' in field ? [{ name: field.name, metadata: field.metadata }] : [],
);

/** What a profile needs of metadata; members of another type than they must have are left out. */
function factsFrom({ kind, server }: Discovered, document: string): ServerFacts {
  const url = (name: string, value: unknown) =>
    typeof value === 'string' && URL.canParse(value) ? { [name]: value.slice(0, 2048) } : {};
  return {
    document,
    kind: kind === 'openid' ? 'openid' : 'oauth',
    issuer: server.issuer,
    ...Object.fromEntries(
      endpoints.flatMap(({ name, metadata }) => Object.entries(url(name, server[metadata]))),
    ),
    ...texts('secretEndpoints', secretEndpoints(server)),
    ...texts('scopes', server.scopes_supported),
    ...texts('authenticationMethods', server.token_endpoint_auth_methods_supported),
    ...texts('grants', server.grant_types_supported),
    ...texts('challengeMethods', server.code_challenge_methods_supported),
  };
}

function texts(name: string, value: unknown): Record<string, readonly string[]> {
  if (!isList(value)) return {};
  const list = textsOf(value).filter((item) => item.length <= most.length);
  return { [name]: [...new Set(list)].slice(0, most.items) };
}
