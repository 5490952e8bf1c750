import { areas } from './check.ts';
import type { ChecksReport, CheckResult, Difference } from './report.ts';
import { summary } from './summary.ts';
import { areaTitles, verdictTitles } from './wording.ts';

/** A run as Markdown: a table by area, then what to change. Holds no secret, no code and no token. */
export function reportMarkdown(report: ChecksReport): string {
  const { profileName, clientId, server, startedAt, matching } = report;
  return [
    `# Redirect and PKCE checks: ${text(profileName)}`,
    '',
    `- Server: ${code(server)}`,
    `- Client: ${code(clientId)}`,
    `- Run: ${new Date(startedAt).toISOString()}`,
    `- Result: ${summary(report)}`,
    ...(matching === undefined
      ? []
      : ['', text(matching.sentence), '', `Register: ${code(matching.register)}`]),
    ...(report.differences === undefined ? [] : differencesSection(report.differences)),
    ...areas.flatMap((area) =>
      areaSection(
        areaTitles[area],
        report.results.filter((result) => result.area === area),
      ),
    ),
    '',
  ].join('\n');
}

function areaSection(title: string, results: readonly CheckResult[]): string[] {
  if (results.length === 0) return [];
  const rows = results.map(({ title: check, verdict, meaning, advice, sources }) => {
    const change = advice === undefined ? '' : text(advice);
    const source = sources.map((one) => `[${one.text}](${one.url})`).join(', ');
    return `| ${text(check)} | ${verdictTitles[verdict]} | ${text(meaning)} | ${change} | ${source} |`;
  });
  return [
    '',
    `## ${title}`,
    '',
    '| Check | Verdict | What it means for this client | What to change on the server | Source |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

function differencesSection(differences: readonly Difference[]): string[] {
  if (differences.length === 0) return ['', '## Since the last run', '', 'Nothing changed.'];
  const lines = differences.map(({ title, before, now }) => {
    const was = before === undefined ? 'did not run' : verdictTitles[before];
    return `- ${text(title)}: ${was} → ${verdictTitles[now]}`;
  });
  return ['', '## Since the last run', '', ...lines];
}

/** Text that stays text: what came from outside cannot make Markdown or HTML. */
function text(value: string): string {
  return value.replace(/[\\`*_[\]<>|#~&]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');
}

function code(value: string): string {
  const line = value.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const fence = '`'.repeat(Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return `${fence}${line.startsWith('`') ? ' ' : ''}${line}${line.endsWith('`') ? ' ' : ''}${fence}`;
}
