import { inSequence } from '../../../shared/sequence.ts';
import type { FlowStepView, FlowViewModel, MessageView } from '../../../shared/views/flowView.ts';
import { markdownText } from '../../markdownText.ts';

/** A run as Markdown: a mermaid sequence diagram, then each exchange with its parameters. */
export function flowMarkdown(flow: FlowViewModel): string {
  return [
    `# ${markdownText(flow.title)}: ${markdownText(flow.subtitle)}`,
    '',
    markdownText(flow.summary),
    '',
    '```mermaid',
    mermaid(flow),
    '```',
    '',
    ...flow.steps.flatMap(stepMarkdown),
  ].join('\n');
}

/** The sequence diagram in mermaid's words. */
export function mermaid({ lanes, steps }: Pick<FlowViewModel, 'lanes' | 'steps'>): string {
  const lines = ['sequenceDiagram'];
  for (const { id, label, detail } of lanes)
    lines.push(`  participant ${id} as ${word(label)}${detail === '' ? '' : ` (${word(detail)})`}`);
  for (const { step, kind } of inSequence(steps))
    lines.push(
      kind === 'request'
        ? `  ${step.from}->>${step.to}: ${word(step.requestLabel)}`
        : `  ${step.to}-->>${step.from}: ${word(step.responseLabel ?? '')}`,
    );
  return lines.join('\n');
}

function stepMarkdown(step: FlowStepView): string[] {
  return [
    `## ${step.id}. ${markdownText(step.title)}`,
    '',
    ...message(step.request),
    ...(step.response ? message(step.response) : []),
    ...step.notes.flatMap((note) => [`> ${markdownText(note)}`, '']),
  ];
}

function message({ line, groups, body }: MessageView): string[] {
  const tables = groups.flatMap(({ title, parameters }) => [
    `| ${title} | Value | Meaning |`,
    '| - | - | - |',
    ...parameters.map(
      ({ name, value, meaning = '', source }) =>
        `| ${cell(name)} | ${cell(value)} | ${markdownText(meaning)}${source === undefined ? '' : ` (${markdownText(source)})`} |`,
    ),
    '',
  ]);
  return [`**${cell(line)}**`, '', ...tables, ...(body === undefined ? [] : fenced(body))];
}

/** A fence longer than any run of backticks inside. */
function fenced(body: string): string[] {
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, body, fence, ''];
}

function cell(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return line === '' ? '' : `${fence} ${line} ${fence}`.replace(/^` ([^`]*) `$/, '`$1`');
}

/** A name or message of a diagram, in which nothing ends it; mermaid wants at least something there. */
function word(text: string): string {
  const line = text.replace(/[\s;#:]+/g, (run) => (run.includes(':') ? ':' : ' ')).replace(/[<>"]/g, '');
  return line.trim() === '' ? '-' : line;
}
