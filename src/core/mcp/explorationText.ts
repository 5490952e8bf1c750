import { oneLine } from '../http/plainText.ts';
import type { McpExploration } from './explore.ts';
import type { McpFinding } from './finding.ts';
import type { RegistrationWay } from './registration.ts';

const answers: Readonly<Record<McpExploration['answer']['kind'], string>> = {
  challenge: 'It wants a token, and says so with 401.',
  open: 'It works without a token.',
  refused: 'It refuses, but in a way that tells no client where to sign in.',
  not_mcp: 'It answers, but is not an MCP server with streamable HTTP.',
};

const ways: Readonly<Record<RegistrationWay, string>> = {
  pre_registered: 'the client that was named',
  client_id_metadata_document: 'a Client ID Metadata Document',
  dynamic: 'clients register themselves',
  ask: 'by hand: the user must bring a client ID',
};

/** The result of an exploration, in plain lines. */
export function explorationText(explored: McpExploration): string {
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
