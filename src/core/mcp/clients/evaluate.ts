import { isLoopbackHost } from '../../profile/loopbackHost.ts';
import type { ResourceComparison } from '../compareResource.ts';
import type { McpExploration } from '../explore.ts';
import { texts } from '../resourceMetadata.ts';
import { mcpClients } from './all.ts';
import type { ClientFact, McpClientFacts } from './client.ts';

/** Whether a client connects, by what was seen of the server and what is published of the client. */
export type ClientVerdict = 'connects' | 'connects_if' | 'fails' | 'not_determined';

/** What is said of one client. */
export interface ClientOutcome {
  readonly name: string;
  readonly verdict: ClientVerdict;
  /** The step of the walk at which it stops, from 1; absent when it does not. */
  readonly step?: number;
  /** Why, one or more plain sentences. */
  readonly because: string;
  /** What to change on the server; absent when nothing is. */
  readonly change?: string;
  /** What it rests on besides what was seen. */
  readonly facts: readonly ClientFact<unknown>[];
}

/** The steps of the walk, as the view numbers them. */
const steps = { ask: 1, document: 2, metadata: 3, register: 4, scopes: 5 } as const;

type Stop = Omit<ClientOutcome, 'name' | 'facts'> & { readonly fact?: ClientFact<unknown> };

/** Which of the known clients can connect. Pure. */
export function evaluateClients(
  exploration: McpExploration,
  clients: readonly McpClientFacts[] = mcpClients,
): readonly ClientOutcome[] {
  return clients.map((client) => evaluate(client, exploration));
}

function evaluate(client: McpClientFacts, exploration: McpExploration): ClientOutcome {
  const { name } = client;
  const rules = [reach, answer, document, metadata, pkce, registration];
  for (const rule of rules) {
    const stop = rule(client, exploration);
    if (stop === undefined) continue;
    const { fact, ...said } = stop;
    return { name, ...said, facts: fact === undefined ? [] : [fact] };
  }
  return goesOn(client, exploration);
}

/** What must hold besides, that nobody can see without registering as this client. */
function goesOn(client: McpClientFacts, exploration: McpExploration): ClientOutcome {
  const { name, redirectUris, asksAllScopes, changesResource } = client;
  if (exploration.answer.kind === 'open')
    return { name, verdict: 'connects', because: 'The server serves without a token.', facts: [] };
  const facts: ClientFact<unknown>[] = [redirectUris];
  const conditions = [`the authorization server takes ${redirectUris.value.join(', ')}`];
  const scopes = exploration.resource?.scopesSupported ?? [];
  if (asksAllScopes !== undefined && scopes.length > 0) {
    conditions.push(`it grants all of ${scopes.join(' ').slice(0, 200)} together`);
    facts.push(asksAllScopes);
  }
  const documented = exploration.resource?.resource?.documented;
  if (changesResource !== undefined && documented !== undefined && isBareHost(documented)) {
    conditions.push(`it takes ${documented}/ as resource, with the slash that this client adds`);
    facts.push(changesResource);
  }
  return {
    name,
    verdict: 'connects_if',
    because: `It gets as far as the sign-in. It connects if ${conditions.join('; ')}.`,
    facts,
  };
}

function reach({ hosted }: McpClientFacts, { url }: McpExploration): Stop | undefined {
  const { hostname, protocol } = new URL(url);
  if (hosted === undefined || (protocol === 'https:' && !isLoopbackHost(hostname))) return undefined;
  return {
    verdict: 'fails',
    step: steps.ask,
    because: 'It connects from its maker’s servers, which do not reach this computer.',
    change: 'Publish the server at an https address, or reach it through a tunnel.',
    fact: hosted,
  };
}

function answer(_client: McpClientFacts, { answer: first, findings }: McpExploration): Stop | undefined {
  if (first.kind === 'open' || first.kind === 'challenge') return undefined;
  const finding = findings[0];
  if (first.kind === 'not_mcp' && first.older)
    return { verdict: 'not_determined', because: 'The server speaks only the transport of 2024.' };
  return {
    verdict: 'fails',
    step: steps.ask,
    because: finding?.message ?? 'The first answer is not a 401, so that no client begins to sign in.',
    change: finding?.advice ?? 'Answer requests without a token with 401 and a Bearer challenge.',
  };
}

function document(client: McpClientFacts, exploration: McpExploration): Stop | undefined {
  const { answer: first, resource, findings } = exploration;
  if (first.kind === 'open') return undefined;
  const advice = (code: string) => findings.find((one) => one.code.startsWith(code))?.advice;
  if (resource === undefined)
    return {
      verdict: 'not_determined',
      step: steps.document,
      because: 'There is no protected-resource document; what this client does then is not published.',
      change: advice('resource_metadata_missing') ?? 'Publish a protected-resource document.',
    };
  if (resource.authorizationServers.length === 0)
    return {
      verdict: 'fails',
      step: steps.document,
      because: 'The protected-resource document names no authorization server.',
      change: advice('authorization_servers_absent') ?? 'Name one.',
    };
  const { resource: compared } = resource;
  const rule = client.comparesResource;
  if (compared === undefined || rule === undefined) return undefined;
  const passes = rule.value === 'parsed' ? compared.parsed : coversAsSdk(compared);
  if (passes) return undefined;
  return {
    verdict: 'fails',
    step: steps.document,
    because: `It refuses the document: resource is ${compared.documented.slice(0, 300)} and the URL ${compared.connected.slice(0, 300)}.`,
    change: `Set resource to ${compared.connected.slice(0, 300)}.`,
    fact: rule,
  };
}

function metadata(client: McpClientFacts, exploration: McpExploration): Stop | undefined {
  if (exploration.answer.kind === 'open' || usableMembers(client, exploration) !== undefined)
    return undefined;
  const { findings } = exploration;
  const codes = ['issuer_differs', 'authorization_server_refused', 'server_metadata_missing'];
  const finding = codes.flatMap((code) => findings.find((one) => one.code === code) ?? [])[0];
  return {
    verdict: 'fails',
    step: steps.metadata,
    because: finding?.message ?? 'No metadata of the authorization server was found that can be used.',
    change: finding?.advice ?? 'Publish metadata of the authorization server.',
  };
}

/** The metadata that this client goes on with: whoever compares no issuer takes any that is there. */
function usableMembers(
  { ignoresIssuer }: McpClientFacts,
  { servers }: McpExploration,
): Readonly<Record<string, unknown>> | undefined {
  for (const { metadata: usable, lookedAt } of servers) {
    if (usable !== undefined) return usable.members;
    if (ignoresIssuer === undefined) continue;
    for (const { found } of lookedAt) if (found.outcome === 'found') return found.members;
  }
  return undefined;
}

function pkce(client: McpClientFacts, exploration: McpExploration): Stop | undefined {
  const rule = client.wantsPkce;
  const members = usableMembers(client, exploration);
  if (rule === undefined || members === undefined) return undefined;
  const methods = texts(members['code_challenge_methods_supported']);
  if (methods?.includes('S256') === true || (methods === undefined && rule.value === 'not_excluded'))
    return undefined;
  return {
    verdict: 'fails',
    step: steps.metadata,
    because: 'The metadata does not say that PKCE with S256 is supported.',
    change: 'Add "code_challenge_methods_supported": ["S256"] to the metadata.',
    fact: rule,
  };
}

function registration(client: McpClientFacts, exploration: McpExploration): Stop | undefined {
  const members = usableMembers(client, exploration);
  if (members === undefined) return undefined;
  const { registers } = client;
  const offered = {
    client_id_metadata_document: members['client_id_metadata_document_supported'] === true,
    dynamic: typeof members['registration_endpoint'] === 'string',
    pre_registered: false,
  };
  if (registers.value.some((way) => offered[way])) return undefined;
  const byHand = registers.value.includes('pre_registered');
  return {
    verdict: byHand ? 'connects_if' : 'fails',
    step: steps.register,
    because: byHand
      ? 'It cannot register itself here. It connects if a client is registered by hand and its client ID is typed in.'
      : 'It cannot register itself here, and takes no client ID.',
    change: `Support ${registers.value.includes('client_id_metadata_document') ? 'Client ID Metadata Documents, or ' : ''}dynamic registration.`,
    fact: registers,
  };
}

/** The SDK takes no path that is longer than the URL's, be it by a slash. */
function coversAsSdk({ covers, documented, connected }: ResourceComparison): boolean {
  return covers && new URL(documented).pathname.length <= new URL(connected).pathname.length;
}

/** Whether an identifier is a host alone, to which `URL` adds a slash. */
function isBareHost(identifier: string): boolean {
  return URL.canParse(identifier) && new URL(identifier).href === `${identifier}/`;
}
