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

/** The most authorization servers of one document that are looked at. */
const mostServers = 5;

/** What the user has already. */
export interface ExploreOptions {
  /** The version of this extension, which introduces itself with it. */
  readonly version: string;
  /** A client id that is registered at the authorization server. */
  readonly clientId?: string;
  /** The https address of a Client ID Metadata Document. */
  readonly documentUrl?: string;
}

/** What a client learns of an MCP server before any user signs in. */
export interface McpExploration {
  /** As the user has it. */
  readonly url: string;
  /** What a client sends as `resource`. */
  readonly resourceIndicator: string;
  readonly answer: FirstAnswer;
  readonly lookedAt: readonly LookedAt<Place>[];
  readonly resource?: ProtectedResource;
  readonly servers: readonly ExploredServer[];
  /** How one would sign in; absent where nobody could. */
  readonly plan?: SignInPlan;
  /** Everything that is not as it should be, in the order in which a client meets it. */
  readonly findings: readonly McpFinding[];
}

/** What happens when the user goes on. */
export interface SignInPlan {
  readonly server: ExploredServer;
  readonly registration: RegistrationPlan;
  readonly scopes: ChosenScopes;
  /** The authorization server was found in the way of the protocol's first revision, which has no protected-resource document. */
  readonly legacy: boolean;
}

/**
 * Walks what an MCP client must do with a server's URL, up to the moment before the browser opens. Every request is an
 * exchange of the context's trace; what is wrong is found, not thrown.
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

/** Whether there is somewhere to sign in: the endpoints are where a client may go. */
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
