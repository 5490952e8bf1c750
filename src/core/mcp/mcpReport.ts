import type { McpFactView, McpStepVerdict, McpViewModel } from '../../shared/views/mcpView.ts';

const marks: Readonly<Record<McpStepVerdict, string>> = {
  ok: '✅',
  note: 'ℹ️',
  warning: '⚠️',
  error: '❌',
  open: '◻️',
};

/** The walk as Markdown, for an issue at whoever runs the server; text from outside stands in code spans only. */
export function mcpReport({ url, headline, steps, tools }: McpViewModel): string {
  const lines = [`# MCP authorization of ${code(url)}`, '', escaped(headline.text)];
  for (const [index, { title, verdict, facts, findings }] of steps.entries()) {
    lines.push('', `## ${index + 1}. ${marks[verdict]} ${escaped(title)}`, '');
    lines.push(...facts.map(item));
    for (const { severity, message, advice, source, compared } of findings)
      lines.push(
        '',
        `**${severity[0]?.toUpperCase() ?? ''}${severity.slice(1)}:** ${escaped(message)} (${source})`,
        '',
        ...compared.map(item),
        `- What to do: ${escaped(advice)}`,
      );
  }
  if (tools !== undefined && tools.length > 0)
    lines.push('', '## Tools', '', ...tools.map(({ name }) => `- ${code(name)}`));
  return `${lines.join('\n')}\n`;
}

function item({ label, value }: McpFactView): string {
  return `- ${escaped(label)}: ${code(value)}`;
}

/** A code span that nothing in the text can end. @see CommonMark section 6.1 */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  let fence = '`';
  while (line.includes(fence)) fence += '`';
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return line === '' ? '(empty)' : `${fence}${pad}${line}${pad}${fence}`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|!~]/g, '\\$&').replace(/\s+/g, ' ');
}
