import type { McpFactView, McpStepVerdict, McpViewModel } from '../../shared/views/mcpView.ts';
import { markdownCode, markdownText } from '../markdownText.ts';

const marks: Readonly<Record<McpStepVerdict, string>> = {
  ok: '✅',
  note: 'ℹ️',
  warning: '⚠️',
  error: '❌',
  open: '◻️',
};

/** The exploration as Markdown, for reporting to whoever runs the server; untrusted text cannot become markup. */
export function mcpReport({ url, headline, steps, tools, clients = [] }: McpViewModel): string {
  const lines = [`# MCP authorization of ${code(url)}`, '', markdownText(headline.text)];
  for (const [index, { title, verdict, facts, findings }] of steps.entries()) {
    lines.push('', `## ${index + 1}. ${marks[verdict]} ${markdownText(title)}`, '');
    lines.push(...facts.map(item));
    for (const { severity, message, advice, source, compared } of findings)
      lines.push(
        '',
        `**${severity[0]?.toUpperCase() ?? ''}${severity.slice(1)}:** ${markdownText(message)} (${source})`,
        '',
        ...compared.map(item),
        `- What to do: ${markdownText(advice)}`,
      );
  }
  if (clients.length > 0) lines.push('', '## Which client can connect?', '');
  for (const { name, verdict, outcome, because, change, facts } of clients) {
    lines.push(`- ${marks[verdict]} **${markdownText(name)}** ${outcome}: ${markdownText(because)}`);
    if (change !== undefined) lines.push(`  - What to change: ${markdownText(change)}`);
    lines.push(...facts.map(({ says, source, date }) => `  - ${markdownText(says)} (<${source}>, ${date})`));
  }
  if (tools !== undefined && tools.length > 0)
    lines.push('', '## Tools', '', ...tools.map(({ name }) => `- ${code(name)}`));
  return `${lines.join('\n')}\n`;
}

function item({ label, value }: McpFactView): string {
  return `- ${markdownText(label)}: ${code(value)}`;
}

function code(text: string): string {
  const line = text.trim();
  return line === '' ? '(empty)' : markdownCode(line);
}
