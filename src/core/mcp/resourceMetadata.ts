import { compareResource, type ResourceComparison } from './compareResource.ts';
import type { McpContext } from './context.ts';
import { getDocument, hopProblem, silentOf, type FoundDocument } from './document.ts';
import type { McpFinding } from './finding.ts';
import { canonicalResource, resourceMetadataPlaces, type Place } from './serverUrl.ts';

/** A place where a document was looked for, and the result. */
export interface LookedAt<P> {
  readonly place: P;
  readonly found: FoundDocument;
}

/** What a server's protected-resource document tells its clients. @see RFC 9728 section 2 */
export interface ProtectedResource {
  readonly resource?: ResourceComparison;
  readonly authorizationServers: readonly string[];
  readonly scopesSupported?: readonly string[];
}

/** Where the document was looked for, the content of the first one found, and what is wrong with it. */
export interface FoundResource {
  readonly lookedAt: readonly LookedAt<Place>[];
  readonly resource?: ProtectedResource;
  readonly findings: readonly McpFinding[];
}

/** How many authorization servers and scopes of a document are read. */
const mostListed = 100;

/**
 * Finds the protected-resource document as a client does: the challenge's address, else the well-known ones.
 *
 * @throws FailureError of kind `cancelled`
 * @see RFC 9728 sections 3 and 5
 */
export async function findResource(
  url: URL,
  challenged: string | undefined,
  context: McpContext,
): Promise<FoundResource> {
  const lookedAt: LookedAt<Place>[] = [];
  for (const place of resourceMetadataPlaces(url, challenged)) {
    const found = await getDocument(place.url, url, context);
    lookedAt.push({ place, found });
    if (found.outcome === 'found') {
      const resource = readResource(found.members, url);
      return {
        lookedAt,
        resource,
        findings: [...placeFindings(lookedAt, url), ...documentFindings(resource, found, url)],
      };
    }
  }
  return { lookedAt, findings: [...placeFindings(lookedAt, url), nowhere(lookedAt)] };
}

function readResource(members: Readonly<Record<string, unknown>>, url: URL): ProtectedResource {
  const { resource, authorization_servers: servers, scopes_supported: scopes } = members;
  return {
    ...(typeof resource === 'string' && { resource: compareResource(resource, url) }),
    authorizationServers: texts(servers) ?? [],
    ...(texts(scopes) !== undefined && { scopesSupported: texts(scopes) ?? [] }),
  };
}

/** The client authentication methods that a server lists; some list a single one as a text. */
export function authenticationMethods(
  members: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  const { token_endpoint_auth_methods_supported: listed } = members;
  return typeof listed === 'string' ? [listed] : texts(listed);
}

/** The texts in an untrusted array; undefined when it is not an array. */
export function texts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value
    .slice(0, mostListed)
    .filter((item) => typeof item === 'string')
    .map((item) => item.slice(0, 2048));
}

/** Findings about each place without a usable document. */
function placeFindings(lookedAt: readonly LookedAt<Place>[], from: URL): readonly McpFinding[] {
  return lookedAt.flatMap(({ place, found }): readonly McpFinding[] => {
    if (found.outcome === 'found') return [];
    const isNamed = place.kind === 'challenge';
    if (found.outcome === 'absent' && !isNamed) return [];
    const reason = found.outcome === 'absent' ? `the status is ${found.status}` : found.reason;
    return [
      {
        code: isNamed ? 'challenge_metadata_unusable' : 'resource_metadata_unusable',
        severity: isNamed ? 'error' : 'warning',
        message: `${isNamed ? 'The document that the challenge names' : 'A well-known protected-resource document'} cannot be used: ${reason}.`,
        advice:
          hopProblem(from, place.url) === undefined
            ? 'Answer this address with 200, application/json and the document.'
            : 'Name the document by its whole https URL, without a password, where clients can reach it.',
        source: 'RFC 9728 section 3.2',
        compared: [{ label: 'Address', value: place.url.slice(0, 2048) }],
        ...silentOf(found),
      },
    ];
  });
}

function nowhere(lookedAt: readonly LookedAt<Place>[]): McpFinding {
  return {
    code: 'resource_metadata_missing',
    severity: 'error',
    message:
      'There is no protected-resource document, so that clients do not learn which authorization server to ask.',
    advice: 'Publish one at the well-known address and name it in the challenge.',
    source: 'RFC 9728 section 3, MCP authorization server discovery',
    compared: lookedAt.map(({ place }) => ({ label: 'Looked at', value: place.url.slice(0, 2048) })),
    ...silentOf(...lookedAt.map(({ found }) => found)),
  };
}

function documentFindings(
  { resource, authorizationServers, scopesSupported }: ProtectedResource,
  { contentType }: Extract<FoundDocument, { outcome: 'found' }>,
  url: URL,
): readonly McpFinding[] {
  const findings: McpFinding[] = [];
  if (contentType !== undefined)
    findings.push({
      code: 'resource_metadata_media_type',
      severity: 'warning',
      message: 'The protected-resource document is not sent as application/json.',
      advice: 'Send it as application/json.',
      source: 'RFC 9728 section 3.2',
      compared: [{ label: 'Content-Type', value: contentType.slice(0, 200) }],
    });
  if (resource === undefined)
    findings.push({
      code: 'resource_absent',
      severity: 'error',
      message: 'The protected-resource document has no resource.',
      advice: `Set resource to ${canonicalResource(url)}.`,
      source: 'RFC 9728 section 2',
    });
  else if (!resource.exact) findings.push(differs(resource, url));
  if (authorizationServers.length === 0)
    findings.push({
      code: 'authorization_servers_absent',
      severity: 'error',
      message: 'The protected-resource document names no authorization server.',
      advice: 'Set authorization_servers to a list with the issuer of the authorization server.',
      source: 'MCP authorization server discovery, RFC 9728 section 2',
    });
  if (scopesSupported?.includes('offline_access') === true)
    findings.push({
      code: 'offline_access_listed',
      severity: 'warning',
      message:
        'The document lists offline_access among its scopes: it is the authorization server’s to offer, and clients that ask for all scopes are refused.',
      advice: 'Remove offline_access from scopes_supported of the protected-resource document.',
      source: 'MCP authorization, scope selection',
    });
  return findings;
}

function differs(resource: ResourceComparison, url: URL): McpFinding {
  const { documented, connected, canonical, covers } = resource;
  return {
    code: canonical ? 'resource_slash' : 'resource_differs',
    severity: canonical || covers ? 'warning' : 'error',
    message: canonical
      ? 'The document’s resource and the URL differ by a slash at the end. Clients that compare exactly refuse it.'
      : covers
        ? 'The document’s resource is not the URL but a level above it. Clients that compare exactly refuse it.'
        : 'The document is about another resource than the URL, so clients must not use it.',
    advice: `Set resource to ${canonicalResource(url)}, or let users connect to the URL that it names.`,
    source: 'RFC 9728 section 3.3',
    compared: [
      { label: 'resource', value: documented },
      { label: 'URL', value: connected },
    ],
  };
}
