import type { McpContext } from './context.ts';
import { getDocument, hopProblem, silentOf } from './document.ts';
import type { McpFinding } from './finding.ts';
import type { LookedAt } from './resourceMetadata.ts';
import { serverMetadataPlaces, type MetadataPlace } from './serverUrl.ts';

/** Metadata that its issuer publishes at the right place, and that names this issuer. @see RFC 8414 section 3.3 */
export interface UsableMetadata {
  readonly issuer: string;
  /** As published; every value comes from the server and is untrusted. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** One authorization server as an exploration found it. */
export interface ExploredServer {
  /** The issuer in the protected-resource document. */
  readonly issuer: string;
  readonly lookedAt: readonly LookedAt<MetadataPlace>[];
  readonly metadata?: UsableMetadata;
  readonly findings: readonly McpFinding[];
}

/**
 * Looks for an authorization server's metadata in the order of an MCP client, and uses the first document whose `issuer` is the
 * one asked for.
 *
 * @param from the MCP server that named the issuer
 * @throws FailureError of kind `cancelled`
 * @see RFC 8414 sections 3.1 and 3.3, OpenID Connect Discovery 1.0 section 4
 */
export async function exploreServer(issuer: string, from: URL, context: McpContext): Promise<ExploredServer> {
  const refused = hopProblem(from, issuer);
  if (refused !== undefined) return { issuer, lookedAt: [], findings: [notAsked(issuer, refused)] };
  const lookedAt: LookedAt<MetadataPlace>[] = [];
  const findings: McpFinding[] = [];
  for (const place of serverMetadataPlaces(new URL(issuer))) {
    const found = await getDocument(place.url, from, context);
    lookedAt.push({ place, found });
    if (found.outcome !== 'found') {
      if (found.outcome === 'unusable')
        findings.push({ ...unusable(place, found.reason), ...silentOf(found) });
      continue;
    }
    const named = found.members['issuer'];
    if (named !== issuer) {
      findings.push(otherIssuer(issuer, named, place));
      continue;
    }
    const published: UsableMetadata = { issuer, members: found.members };
    const problems = metadataFindings(published, from);
    return { issuer, lookedAt, metadata: published, findings: [...findings, ...problems] };
  }
  return { issuer, lookedAt, findings: [...findings, nowhere(issuer, lookedAt)] };
}

function notAsked(issuer: string, reason: string): McpFinding {
  return {
    code: 'authorization_server_refused',
    severity: 'error',
    message: `The authorization server that the document names was not asked: ${reason}.`,
    advice: 'Name the issuer of the authorization server, an https URL that its clients can reach.',
    source: 'RFC 9728 section 7.6, RFC 8414 section 2',
    compared: [{ label: 'authorization_servers', value: issuer.slice(0, 2048) }],
  };
}

function unusable(place: MetadataPlace, reason: string): McpFinding {
  return {
    code: 'server_metadata_unusable',
    severity: 'warning',
    message: `What is at a well-known address of the authorization server cannot be used: ${reason}.`,
    advice: 'Answer this address with the metadata, or with 404 when it is published at another one.',
    source: 'RFC 8414 section 3.2',
    compared: [{ label: 'Address', value: place.url.slice(0, 2048) }],
  };
}

function otherIssuer(expected: string, named: unknown, place: MetadataPlace): McpFinding {
  const received = typeof named === 'string' ? named.slice(0, 2048) : '(none)';
  return {
    code: 'issuer_differs',
    severity: 'error',
    message:
      'The metadata names another issuer than the protected-resource document: clients must not use it.',
    advice: 'Let authorization_servers and issuer be the same text, slash at the end included.',
    source: 'RFC 8414 section 3.3',
    compared: [
      { label: 'authorization_servers', value: expected.slice(0, 2048) },
      { label: 'issuer', value: received },
      { label: 'Address', value: place.url.slice(0, 2048) },
    ],
  };
}

function nowhere(issuer: string, lookedAt: readonly LookedAt<MetadataPlace>[]): McpFinding {
  return {
    code: 'server_metadata_missing',
    severity: 'error',
    message: `The authorization server ${issuer.slice(0, 300)} publishes no metadata that can be used.`,
    advice: 'Publish RFC 8414 or OpenID Connect metadata at one of these addresses.',
    source: 'MCP authorization server discovery, RFC 8414 section 3',
    compared: lookedAt.map(({ place }) => ({ label: 'Looked at', value: place.url.slice(0, 2048) })),
    ...silentOf(...lookedAt.map(({ found }) => found)),
  };
}

/** The endpoints without which nobody can sign in. */
const endpoints = ['authorization_endpoint', 'token_endpoint'] as const;
/** The endpoints that are used only if they exist. */
const optionalEndpoints = ['registration_endpoint'] as const;

function metadataFindings({ members }: UsableMetadata, from: URL): readonly McpFinding[] {
  const findings: McpFinding[] = [];
  for (const name of [...endpoints, ...optionalEndpoints]) {
    const value = members[name];
    if (value === undefined && name === 'registration_endpoint') continue;
    const problem = typeof value === 'string' ? hopProblem(from, value) : 'it is missing';
    if (problem !== undefined)
      findings.push({
        code: 'endpoint_unusable',
        severity: name === 'registration_endpoint' ? 'warning' : 'error',
        message: `The metadata’s ${name} cannot be used: ${problem}.`,
        advice: `Publish ${name} as an https URL.`,
        source: 'RFC 8414 section 2',
        ...(typeof value === 'string' && { compared: [{ label: name, value: value.slice(0, 2048) }] }),
      });
  }
  return [...findings, ...pkceFindings(members), ...issFindings(members)];
}

function pkceFindings(members: Readonly<Record<string, unknown>>): readonly McpFinding[] {
  const methods: unknown = members['code_challenge_methods_supported'];
  if (Array.isArray(methods) && methods.includes('S256')) return [];
  const listed = Array.isArray(methods)
    ? methods.filter((item) => typeof item === 'string').join(', ')
    : '(none)';
  return [
    {
      code: 'pkce_not_advertised',
      severity: 'error',
      message:
        'The metadata does not say that PKCE with S256 is supported: MCP clients must refuse to go on.',
      advice: 'Add "code_challenge_methods_supported": ["S256"] to the metadata.',
      source: 'MCP authorization, authorization code protection; RFC 8414 section 2',
      compared: [{ label: 'code_challenge_methods_supported', value: listed.slice(0, 500) }],
    },
  ];
}

function issFindings(members: Readonly<Record<string, unknown>>): readonly McpFinding[] {
  if (members['authorization_response_iss_parameter_supported'] === true) return [];
  return [
    {
      code: 'iss_not_advertised',
      severity: 'note',
      message:
        'The metadata does not promise iss in redirects: a client of several servers cannot tell whose code came back.',
      advice:
        'Send iss in authorization responses and advertise authorization_response_iss_parameter_supported.',
      source: 'RFC 9207 sections 2 and 3',
    },
  ];
}
