import { programFetch } from '../adapters/network.ts';
import { systemClock } from '../adapters/clock.ts';
import { explorationText } from '../core/mcp/explorationText.ts';
import { exploreMcpServer, type McpExploration } from '../core/mcp/explore.ts';
import type { McpSeverity } from '../core/mcp/finding.ts';
import { mcpContext } from '../core/mcp/transport.ts';
import type { Arguments } from './command.ts';
import { Refusal, type ExitCode } from './exit.ts';
import { milliseconds, profileOptions, secretOptions, signInOptions } from './options.ts';
import { jsonText } from './outputText.ts';
import type { Terminal } from './terminal.ts';

/** What only the checks take. */
const ofChecks = [
  ...['register', 'token-env', 'sarif', 'contract', 'contract-file', 'write-contract'],
  ...[...profileOptions, ...secretOptions, ...signInOptions].map(({ name }) => name),
  'profile',
];

/** Explores an MCP server and prints what a client meets there. */
export async function exploreMcp(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const url = addressOf(args.operand ?? '');
  for (const name of ofChecks)
    if (args.has(name) || args.value(name) !== undefined)
      throw new Refusal(`--${name} goes with --check only.`);
  const { signal, tell, version } = terminal;
  const fetch = programFetch(terminal.environment);
  const context = mcpContext({
    fetch,
    clock: systemClock,
    signal,
    timeout: milliseconds(args, 'timeout', 30),
  });
  const clientId = args.value('client-id');
  tell(`Exploring ${url.origin}${url.pathname}.`);
  const explored = await exploreMcpServer(
    url,
    { version, ...(clientId === undefined ? {} : { clientId }) },
    context,
  );
  await terminal.print(args.has('json') ? jsonText(asJson(explored)) : explorationText(explored));
  const failing = severitiesFrom(args.value('fail-on'));
  return explored.findings.some(({ severity }) => failing.has(severity)) ? 1 : 0;
}

/** @throws Refusal for a text that is not an http address */
export function addressOf(text: string): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Refusal('The URL must be that of an MCP server, such as https://mcp.example.com/mcp.');
  return new URL(text);
}

function severitiesFrom(least = 'error'): ReadonlySet<McpSeverity> {
  const order: readonly McpSeverity[] = ['error', 'warning', 'note'];
  if (least === 'fail' || least === 'weakness')
    throw new Refusal(`--fail-on ${least} goes with --check only.`);
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
