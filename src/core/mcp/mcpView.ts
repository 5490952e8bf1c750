import type {
  McpClientView,
  McpFactView,
  McpFindingView,
  McpStepVerdict,
  McpStepView,
  McpViewModel,
} from '../../shared/views/mcpView.ts';
import { evaluateClients, type ClientOutcome, type ClientVerdict } from './clients/evaluate.ts';
import type { McpExploration, SignInPlan } from './explore.ts';
import type { McpFinding } from './finding.ts';
import { resourceToSend } from './mcpProfile.ts';
import { secretEndpoints } from '../oauth/clientAuthentication.ts';
import type { LookedAt } from './resourceMetadata.ts';
import type { McpSession } from './session.ts';
import { withoutSlash } from '../http/ends.ts';

/** Everything that is known of a server so far. */
export interface McpState {
  readonly url: string;
  readonly running: boolean;
  readonly exploration?: McpExploration;
  /** Why the exploration or the sign-in ended early. */
  readonly failure?: { readonly message: string; readonly advice: string };
  /** The session after signing in. */
  readonly session?: McpSession;
  readonly sessionFindings: readonly McpFinding[];
  /** The access token's audience, once there is a token: its `aud`, empty when it cannot be read. */
  readonly audience?: readonly string[];
  readonly signedIn: boolean;
  /** Name of the profile that was created. */
  readonly profile?: string;
  readonly clientId?: string;
}

/** Makes the view's model of an exploration. */
export function mcpView(state: McpState): McpViewModel {
  const { url, exploration, session, profile } = state;
  const plan = exploration?.plan;
  const needsClientId = plan?.registration.way === 'ask';
  return {
    url,
    state: stateOf(state),
    headline: headlineOf(state),
    steps: exploration === undefined ? [] : stepsOf(state, exploration),
    ...(exploration?.plan !== undefined && !needsClientId && { plan: planOf(exploration.plan, exploration) }),
    needsClientId,
    ...(exploration !== undefined && { clients: evaluateClients(exploration).map(clientView) }),
    ...(session !== undefined && { tools: session.tools }),
    ...(profile !== undefined && { profile }),
  };
}

function stateOf({ running, failure, session }: McpState): McpViewModel['state'] {
  if (running) return 'running';
  if (failure !== undefined) return 'failed';
  return session === undefined ? 'explored' : 'connected';
}

function headlineOf(state: McpState): McpViewModel['headline'] {
  const { running, exploration, failure, session } = state;
  if (running) return { tone: 'info', text: 'Asking the server what a client must do …' };
  if (failure !== undefined) return { tone: 'bad', text: `${failure.message} ${failure.advice}` };
  if (session !== undefined) {
    const { length } = session.tools;
    return {
      tone: 'good',
      text: `Connected: the server took the token and offers ${length} ${length === 1 ? 'tool' : 'tools'}.`,
    };
  }
  if (exploration === undefined) return { tone: 'info', text: 'Nothing was asked yet.' };
  return explored(exploration);
}

/** The result of an exploration, in one sentence. */
export function explored(exploration: McpExploration): McpViewModel['headline'] {
  const { answer, findings, plan } = exploration;
  if (answer.kind === 'open')
    return {
      tone: 'info',
      text: 'This server serves without a token: there is no OAuth to set up, and anybody who reaches it can use it.',
    };
  if (answer.kind === 'not_mcp')
    return {
      tone: answer.older ? 'warn' : 'bad',
      text: findings[0]?.message ?? 'This is not an MCP server.',
    };
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (plan === undefined && !answersWithOAuth(exploration))
    return {
      tone: 'warn',
      text: 'The server wants credentials but does not mention OAuth. If it takes an API key, put that into headers of mcp.json, from an input of type promptString with password: true.',
    };
  if (first !== undefined)
    return {
      tone: 'bad',
      text: `Clients that follow the specification cannot connect. ${first.message}`,
    };
  const others = findings.filter(({ severity }) => severity === 'warning').length;
  if (others > 0)
    return {
      tone: 'warn',
      text: `Clients can begin to sign in; ${others} ${others === 1 ? 'thing keeps' : 'things keep'} some of them out.`,
    };
  return { tone: 'good', text: 'Everything that a client needs before the sign-in is there.' };
}

function answersWithOAuth({ answer, resource, servers }: McpExploration): boolean {
  const bearer =
    answer.kind === 'challenge' || answer.kind === 'refused' ? answer.challenged.bearer : undefined;
  return bearer !== undefined || resource !== undefined || servers.length > 0;
}

const ofFirstRequest = /^(?:challenge_|not_401$|page_instead_of_401$|not_mcp$|older_transport$|redirected$)/;

function stepsOf(state: McpState, exploration: McpExploration): readonly McpStepView[] {
  const { answer, findings, servers, plan } = exploration;
  const first = findings.filter(({ code }) => ofFirstRequest.test(code));
  const steps = [step('Ask without a token', firstFacts(exploration), first)];
  if (answer.kind === 'open' || answer.kind === 'not_mcp') return steps;
  const ofServers = servers.flatMap((server) => server.findings);
  const ofPlan = plan?.registration.findings ?? [];
  const rest = findings.filter((one) => ![...first, ...ofServers, ...ofPlan].includes(one));
  steps.push(step('Read the protected-resource document', resourceFacts(exploration), rest));
  for (const server of servers)
    steps.push(
      step(
        `Read the metadata of ${server.issuer.slice(0, 200)}`,
        server.lookedAt.map(lookedAtFact),
        server.findings,
      ),
    );
  if (plan === undefined) return steps;
  steps.push(
    step('Get a client ID', registrationFacts(plan, state.clientId), ofPlan),
    step('Choose scopes and resource', chosenFacts(plan, exploration), []),
  );
  return [...steps, ...signInSteps(state, exploration)];
}

function signInSteps(state: McpState, exploration: McpExploration): readonly McpStepView[] {
  const { session, signedIn, sessionFindings, audience } = state;
  const signIn: McpStepView = {
    ...step(
      'Sign in with PKCE',
      audienceFacts(audience, resourceToSend(exploration)),
      audienceFindings(audience, exploration),
    ),
    ...(signedIn ? {} : { verdict: 'open' as const, facts: [], findings: [] }),
  };
  const facts =
    session === undefined
      ? []
      : [
          { label: 'Server', value: `${session.serverName} ${session.serverVersion}`.trim() },
          { label: 'Protocol', value: session.protocolVersion },
          { label: 'Tools', value: String(session.tools.length) },
        ];
  const open = session === undefined && sessionFindings.length === 0;
  const use = step('Use the token: initialize, tools/list', facts, sessionFindings);
  return [signIn, open ? { ...use, verdict: 'open' } : use];
}

function step(title: string, facts: readonly McpFactView[], findings: readonly McpFinding[]): McpStepView {
  return { title, verdict: worst(findings), facts, findings: findings.map(findingView) };
}

function worst(findings: readonly McpFinding[]): McpStepVerdict {
  for (const severity of ['error', 'warning', 'note'] as const)
    if (findings.some((one) => one.severity === severity)) return severity;
  return 'ok';
}

function findingView({ severity, message, advice, source, compared = [] }: McpFinding): McpFindingView {
  return { severity, message, advice, source, compared };
}

function firstFacts({ url, answer }: McpExploration): readonly McpFactView[] {
  const asked = { label: 'Asked', value: url };
  switch (answer.kind) {
    case 'open':
      return [asked, { label: 'Answer', value: 'a session, without any token' }];
    case 'not_mcp':
    case 'refused':
      return [asked, { label: 'Status', value: String(answer.status) }];
    case 'challenge':
      return [
        asked,
        { label: 'Status', value: '401' },
        ...(answer.challenged.field === undefined
          ? []
          : [{ label: 'WWW-Authenticate', value: answer.challenged.field.slice(0, 2000) }]),
      ];
  }
}

function resourceFacts({ lookedAt, resource }: McpExploration): readonly McpFactView[] {
  return [
    ...lookedAt.map(lookedAtFact),
    ...(resource?.resource === undefined ? [] : [{ label: 'resource', value: resource.resource.documented }]),
    ...(resource?.authorizationServers ?? []).map((value) => ({ label: 'authorization_servers', value })),
  ];
}

function lookedAtFact({ place, found }: LookedAt<{ readonly url: string }>): McpFactView {
  const what = { found: 'Found', unusable: 'Not usable', absent: 'Not there' }[found.outcome];
  return { label: found.outcome === 'absent' ? `${what} (${found.status})` : what, value: place.url };
}

function registrationFacts(
  { registration }: SignInPlan,
  clientId: string | undefined,
): readonly McpFactView[] {
  const ways = {
    pre_registered: 'with the client ID that you have',
    client_id_metadata_document: 'with a Client ID Metadata Document',
    dynamic: 'by dynamic registration',
    ask: 'none: a client must be registered by hand',
  };
  return [
    { label: 'How', value: ways[registration.way] },
    ...(clientId === undefined ? [] : [{ label: 'client_id', value: clientId }]),
    ...(registration.registrationEndpoint === undefined
      ? []
      : [{ label: 'registration_endpoint', value: registration.registrationEndpoint }]),
    {
      label: 'Metadata documents',
      value: registration.documentSupported ? 'supported' : 'not supported',
    },
  ];
}

function chosenFacts({ scopes }: SignInPlan, exploration: McpExploration): readonly McpFactView[] {
  const from = {
    challenge: 'as the challenge says',
    resource_metadata: 'all that the document lists',
    nobody: 'nobody says which',
  }[scopes.from];
  return [
    {
      label: 'scope',
      value: scopes.scopes.length === 0 ? `none (${from})` : `${scopes.scopes.join(' ')} (${from})`,
    },
    { label: 'resource', value: resourceToSend(exploration) },
  ];
}

function planOf(
  { server, registration, scopes }: SignInPlan,
  exploration: McpExploration,
): readonly string[] {
  const host = hostOf(server.issuer);
  const secretTo = new Set([host, ...secretEndpoints(server.metadata?.members ?? {}).map(hostOf)]);
  return [
    registration.way === 'dynamic'
      ? `Registers a client named OAuth Explorer at ${host}, for a redirect to this computer only; a secret that it gets is sent to ${[...secretTo].join(' and ')} only.`
      : 'Uses the client ID that is there.',
    `Opens the browser at ${host} to sign in with PKCE${scopes.scopes.length === 0 ? '' : `, asking for ${scopes.scopes.join(' ').slice(0, 300)}`}, for ${resourceToSend(exploration)}.`,
    'Keeps it as a profile; its token and any client secret go to the keychain.',
    `Sends the token to ${hostOf(exploration.url)} only: initialize, then tools/list.`,
  ];
}

function audienceFacts(audience: readonly string[] | undefined, resource: string): readonly McpFactView[] {
  return [
    { label: 'resource', value: resource },
    {
      label: 'aud of the token',
      value: audience === undefined ? 'cannot be read: the token is opaque' : audience.join(', ') || '(none)',
    },
  ];
}

function audienceFindings(
  audience: readonly string[] | undefined,
  exploration: McpExploration,
): readonly McpFinding[] {
  const resource = resourceToSend(exploration);
  if (audience === undefined || audience.some((one) => withoutSlash(one) === withoutSlash(resource)))
    return [];
  return [
    {
      code: 'audience_differs',
      severity: 'warning',
      message:
        'The token is not issued for this server: its aud does not hold the resource that was asked for.',
      advice:
        'Let the authorization server put the resource of the request into aud, and the MCP server refuse other tokens.',
      source: 'RFC 8707 section 2, MCP authorization, access token usage',
      compared: [
        { label: 'resource', value: resource },
        { label: 'aud', value: audience.join(', ') || '(none)' },
      ],
    },
  ];
}

const clientVerdicts: Readonly<Record<ClientVerdict, McpStepVerdict>> = {
  connects: 'ok',
  connects_if: 'note',
  fails: 'error',
  not_determined: 'open',
};

const stepNames = ['the first request', 'the document', 'the metadata', 'the client ID', 'the scopes'];

function clientView({ name, verdict, step: at, because, change, facts }: ClientOutcome): McpClientView {
  const words = {
    connects: 'connects',
    connects_if: 'connects under a condition',
    fails: `fails at step ${at ?? 1}, ${stepNames[(at ?? 1) - 1] ?? ''}`,
    not_determined: 'not determined',
  };
  return {
    ...{ name, because },
    verdict: clientVerdicts[verdict],
    outcome: words[verdict],
    ...(change !== undefined && { change }),
    facts: facts.map(({ says, source, date }) => ({ says, source, date })),
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url.slice(0, 100);
}
