import type { FlowReport } from '../record/report.ts';
import { visibleText } from '../../shared/visibleText.ts';
import { markdownText } from '../markdownText.ts';
import type { Explanation } from './explanation.ts';

/** An explanation as Markdown for an issue or a colleague: what the server said stands in code blocks, as it came. */
export function explanationMarkdown(
  explanation: Explanation,
  { profile }: Partial<Pick<FlowReport, 'profile'>>,
): string {
  const { server, causes, meaning, failure } = explanation;
  const words = server
    ? [
        ...(server.status === undefined ? [] : [`status: ${server.status}`]),
        ...(['error', 'error_description', 'error_uri', 'body'] as const).flatMap((name) => {
          const value = server[name];
          return value === undefined ? [] : [`${name}: ${value}`];
        }),
        ...(server.challenges ?? []).map((challenge) => `WWW-Authenticate: ${challenge}`),
      ]
    : [];
  return [
    `# ${text(explanation.title)}`,
    [
      text(failure.message),
      ...(profile
        ? [`(${text(profile.grant)}, ${text(profile.issuer ?? profile.tokenEndpoint ?? '')})`]
        : []),
    ].join(' '),
    ...(causes.length > 0 ? ['## Causes, the most likely first'] : []),
    ...causes.map(({ title, evidence, steps }) =>
      [`### ${text(title)}`, list(evidence), steps.length > 0 ? `To fix it:\n\n${list(steps)}` : '']
        .filter(Boolean)
        .join('\n\n'),
    ),
    `## What it means\n\n${text(meaning.text)}${meaning.source ? ` (${meaning.source.text})` : ''}`,
    ...(words.length > 0 ? [`## The server’s words\n\n${fenced(words)}`] : []),
  ].join('\n\n');
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${text(line)}`).join('\n');
}

/** One line without markup, with what is invisible shown. */
function text(line: string): string {
  return markdownText(visibleText(line));
}

/** A code block whose fence is longer than any in its content. */
function fenced(lines: readonly string[]): string {
  const content = lines.map((line) => visibleText(line.replaceAll('\r\n', '\n'))).join('\n');
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${content}\n${fence}`;
}
