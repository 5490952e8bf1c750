import { originOf } from '../http/urlHost.ts';
import { exploreServer, type ExploredServer } from './authorizationServer.ts';
import type { McpContext } from './context.ts';
import type { McpFinding } from './finding.ts';

/**
 * Finds the authorization server of a server without a protected-resource document: the one at its own host, by its metadata,
 * else by the default addresses of the protocol's first revision.
 *
 * @param wantsOther whether the server wants other credentials: no defaults are assumed then
 * @returns undefined when nothing there answers like an authorization server
 * @throws FailureError of kind `cancelled`
 * @see MCP 2025-03-26, authorization, sections 2.3.1 to 2.3.3
 */
export async function legacyServer(
  url: URL,
  context: McpContext,
  wantsOther: boolean,
): Promise<ExploredServer | undefined> {
  const issuer = url.origin;
  const published = await exploreServer(issuer, url, context);
  if (published.metadata !== undefined)
    return { ...published, findings: [firstRevision(issuer), ...published.findings] };
  const [ofThisHost] = published.lookedAt.flatMap(({ found }) =>
    found.outcome === 'found' && staysAt(issuer, found.members) ? { issuer, members: found.members } : [],
  );
  if (ofThisHost !== undefined)
    return { ...published, metadata: ofThisHost, findings: [firstRevision(issuer), ...published.findings] };
  const isMeant = published.lookedAt.every(({ found }) => found.outcome === 'absent');
  if (!isMeant || wantsOther) return undefined;
  return {
    issuer,
    lookedAt: published.lookedAt,
    metadata: {
      issuer,
      members: {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        registration_endpoint: `${issuer}/register`,
        code_challenge_methods_supported: ['S256'],
      },
    },
    findings: [assumed(issuer)],
  };
}

/** Whether both endpoints are at the server's own origin. As that revision compares no issuer, only those are safe. */
function staysAt(origin: string, members: Readonly<Record<string, unknown>>): boolean {
  return ['authorization_endpoint', 'token_endpoint'].every((name) => {
    const value = members[name];
    return typeof value === 'string' && originOf(value) === origin;
  });
}

function firstRevision(issuer: string): McpFinding {
  return {
    code: 'first_revision',
    severity: 'warning',
    message: `Only clients that still follow the revision of March 2025 find the authorization server: it is taken to be ${issuer}.`,
    advice: 'Publish a protected-resource document that names the authorization server.',
    source: 'MCP 2025-03-26, authorization, section 2.3.2',
  };
}

function assumed(issuer: string): McpFinding {
  return {
    code: 'endpoints_assumed',
    severity: 'warning',
    message: `Nothing says where to sign in. Clients of the revision of March 2025 try ${issuer}/authorize, /token and /register; others give up.`,
    advice:
      'Publish a protected-resource document, and metadata of the authorization server. If the server takes an API key, put that into headers of mcp.json.',
    source: 'MCP 2025-03-26, authorization, section 2.3.3',
  };
}
