import { networkFetch } from '../adapters/network.ts';
import { systemClock } from '../adapters/clock.ts';
import { Trace } from '../core/flow/trace.ts';
import { oneLine } from '../core/http/plainText.ts';
import { recordingFetch } from '../core/http/recordingFetch.ts';
import { exploreMcpServer, type McpExploration } from '../core/mcp/explore.ts';
import type { McpFinding, McpSeverity } from '../core/mcp/finding.ts';
import type { RegistrationWay } from '../core/mcp/registration.ts';
import { endingStreams } from '../core/mcp/transport.ts';
import type { Arguments } from './command.ts';
import { Refusal, type ExitCode } from './exit.ts';
import { milliseconds } from './options.ts';
import { jsonText } from './outputText.ts';
import type { Terminal } from './terminal.ts';

/** Explores an MCP server and prints what a client meets there. */
export async function exploreMcp(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const url = addressOf(args.operand ?? '');
  const { signal, tell, version } = terminal;
  const trace = new Trace();
  const options = { fetch: endingStreams(networkFetch), clock: systemClock, trace, signal };
  const fetch = recordingFetch({ ...options, timeout: milliseconds(args, 'timeout', 30) });
  const clientId = args.value('client-id');
  tell(`Exploring ${url.origin}${url.pathname}.`);
  const explored = await exploreMcpServer(
    url,
    { version, ...(clientId === undefined ? {} : { clientId }) },
    { trace, fetch, clock: systemClock, signal },
  );
  await terminal.print(args.has('json') ? jsonText(asJson(explored)) : asText(explored));
  const failing = severitiesFrom(args.value('fail-on'));
  return explored.findings.some(({ severity }) => failing.has(severity)) ? 1 : 0;
}

function addressOf(text: string): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Refusal('The url must be the address of an MCP server, such as https://mcp.example.com/mcp.');
  return new URL(text);
}

function severitiesFrom(least = 'error'): ReadonlySet<McpSeverity> {
  const order: readonly McpSeverity[] = ['error', 'warning', 'note'];
  return new Set(order.slice(0, order.findIndex((one) => one === least) + 1));
}

function asJson({ url, answer, resource, servers, plan, findings, resourceIndicator }: McpExploration) {
  return {
    url,
    resourceIndicator,
    answer: answer.kind,
    resource: resource?.resource?.documented,
    authorizationServers: servers.map(({ issuer, metadata }) => ({
      issuer,
      metadata: metadata !== undefined,
    })),
    signIn: plan && {
      issuer: plan.server.issuer,
      registration: plan.registration.way,
      scopes: plan.scopes.scopes,
      scopesFrom: plan.scopes.from,
    },
    findings: findings.map(({ code, severity, message, advice, source, compared }) => ({
      ...{ code, severity, message, advice, source, compared },
    })),
  };
}

const answers: Readonly<Record<McpExploration['answer']['kind'], string>> = {
  challenge: 'It wants a token, and says so with 401.',
  open: 'It works without a token.',
  refused: 'It refuses, in a way from which no client learns where to sign in.',
  not_mcp: 'It answers, but is no MCP server with streamable HTTP.',
};

const ways: Readonly<Record<RegistrationWay, string>> = {
  pre_registered: 'the client that was named',
  client_id_metadata_document: 'a Client ID Metadata Document',
  dynamic: 'clients register themselves',
  ask: 'by hand: the user must bring a client id',
};

function asText(explored: McpExploration): string {
  const { url, answer, resource, plan, findings } = explored;
  const documented = resource?.resource?.documented;
  return [
    url,
    answers[answer.kind],
    ...(documented === undefined ? [] : [`Resource: ${documented}`]),
    ...(plan === undefined
      ? []
      : [
          `Authorization server: ${plan.server.issuer}`,
          `Registration: ${ways[plan.registration.way]}`,
          `Scopes: ${plan.scopes.scopes.join(' ') || 'none'} (${plan.scopes.from})`,
        ]),
    '',
    ...(findings.length === 0 ? ['Nothing is in the way.'] : findings.flatMap(findingLines)),
  ]
    .map((line) => `${line.startsWith('  ') ? '  ' : ''}${oneLine(line)}\n`)
    .join('');
}

function findingLines({ severity, message, advice, source, compared = [] }: McpFinding): string[] {
  return [
    `${severity}: ${message} ${advice} (${source})`,
    ...compared.map(({ label, value }) => `  ${label}: ${value}`),
  ];
}
