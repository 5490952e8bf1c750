import { exploreServer, type ExploredServer } from './authorizationServer.ts';
import type { BearerChallenge } from './challenge.ts';
import type { McpContext } from './context.ts';
import type { McpFinding } from './finding.ts';
import { firstRequest, type FirstAnswer } from './firstRequest.ts';
import { legacyServer } from './legacyServer.ts';
import { planRegistration, type RegistrationPlan } from './registration.ts';
import { findResource, texts, type LookedAt, type ProtectedResource } from './resourceMetadata.ts';
import { chooseScopes, type ChosenScopes } from './scopes.ts';
import { canonicalResource, type Place } from './serverUrl.ts';

/** How many authorization servers of one document are explored. */
const mostServers = 5;

/** What the user has got already. */
export interface ExploreOptions {
  /** The extension's version, with which it introduces itself. */
  readonly version: string;
  /** A client ID that is registered at the authorization server. */
  readonly clientId?: string;
  /** The https address of a Client ID Metadata Document. */
  readonly documentUrl?: string;
}

/** What a client learns about an MCP server before any user signs in. */
export interface McpExploration {
  /** The URL as the user has it. */
  readonly url: string;
  /** What a client sends as `resource`. */
  readonly resourceIndicator: string;
  readonly answer: FirstAnswer;
  readonly lookedAt: readonly LookedAt<Place>[];
  readonly resource?: ProtectedResource;
  readonly servers: readonly ExploredServer[];
  /** How to sign in; absent where nobody could. */
  readonly plan?: SignInPlan;
  /** All deviations, in the order in which a client encounters them. */
  readonly findings: readonly McpFinding[];
}

/** How the user would sign in from here. */
export interface SignInPlan {
  readonly server: ExploredServer;
  readonly registration: RegistrationPlan;
  readonly scopes: ChosenScopes;
  /** Whether the authorization server was found as in the protocol's first revision, which has no protected-resource document. */
  readonly legacy: boolean;
}

/**
 * Goes through what an MCP client must do with a server's URL, up to the moment before the browser opens. Every request is
 * recorded in the context's trace; problems are findings, not thrown.
 *
 * @throws FailureError when the server itself cannot be reached, or of kind `cancelled`
 * @see MCP authorization; RFC 9728, RFC 8414
 */
export async function exploreMcpServer(
  url: URL,
  options: ExploreOptions,
  context: McpContext,
): Promise<McpExploration> {
  const first = await firstRequest(url, options.version, context);
  const common = { url: url.href, resourceIndicator: canonicalResource(url), answer: first.answer };
  if (first.answer.kind === 'open' || first.answer.kind === 'not_mcp')
    return { ...common, lookedAt: [], servers: [], findings: first.findings };
  const { bearer, field } = first.answer.challenged;
  const found = await findResource(url, bearer?.resourceMetadata, context);
  const findings = [...first.findings, ...found.findings];
  const walked = { ...common, lookedAt: found.lookedAt };
  if (found.resource === undefined) {
    const legacy = await legacyServer(url, context, field !== undefined && bearer === undefined);
    if (legacy === undefined) return { ...walked, servers: [], findings };
    const plan = planFor(legacy, true, bearer, undefined, options);
    return {
      ...walked,
      servers: [legacy],
      ...plan.found,
      findings: [...findings, ...legacy.findings, ...plan.findings],
    };
  }
  const servers: ExploredServer[] = [];
  for (const issuer of found.resource.authorizationServers.slice(0, mostServers))
    servers.push(await exploreServer(issuer, url, context));
  // A document about another resource is not for this server, whatever it names. @see RFC 9728 section 3.3
  const isOurs = found.resource.resource === undefined || found.resource.resource.covers;
  const usable = isOurs ? servers.find(canSignIn) : undefined;
  const plan = planFor(usable, false, bearer, found.resource, options);
  return {
    ...walked,
    resource: found.resource,
    servers,
    ...plan.found,
    findings: [...findings, ...servers.flatMap((server) => server.findings), ...plan.findings],
  };
}

/** Whether there is a place to sign in: endpoints that a client may use. */
function canSignIn({ metadata, findings }: ExploredServer): boolean {
  return (
    metadata !== undefined &&
    !findings.some(({ code, severity }) => code === 'endpoint_unusable' && severity === 'error')
  );
}

interface FoundPlan {
  readonly found: { readonly plan?: SignInPlan };
  readonly findings: readonly McpFinding[];
}

function planFor(
  server: ExploredServer | undefined,
  legacy: boolean,
  challenge: BearerChallenge | undefined,
  resource: ProtectedResource | undefined,
  { clientId, documentUrl }: ExploreOptions,
): FoundPlan {
  if (server?.metadata === undefined) return { found: {}, findings: [] };
  const registration = planRegistration(server.metadata, clientId, documentUrl);
  const supported = texts(server.metadata.members['scopes_supported']);
  const scopes = chooseScopes(challenge, resource, supported);
  return { found: { plan: { server, registration, scopes, legacy } }, findings: registration.findings };
}
