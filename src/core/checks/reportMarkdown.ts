import { allAreas } from './check.ts';
import type { ChecksReport, CheckResult, Difference } from './report.ts';
import { byMeaning, summary } from './summary.ts';
import { areaTitles, titleOf, verdictTitles } from './wording.ts';
import { markdownCode, markdownText } from '../markdownText.ts';

/** A run as Markdown: a table for each area, then what does not apply. Contains no secret, code or token. */
export function reportMarkdown(report: ChecksReport): string {
  const { profileName, clientId, server, startedAt, refusal, matching } = report;
  return [
    `# ${titleOf(report.results.map(({ area }) => area))}: ${markdownText(profileName)}`,
    '',
    `- Server: ${code(server)}`,
    `- Client: ${code(clientId)}`,
    `- Run: ${new Date(startedAt).toISOString()}`,
    `- Result: ${summary(report)}`,
    ...(refusal === undefined ? [] : ['', markdownText(refusal)]),
    ...(matching === undefined
      ? []
      : ['', markdownText(matching.sentence), '', `Register: ${code(matching.register)}`]),
    ...(report.differences === undefined ? [] : differencesSection(report.differences)),
    ...allAreas.flatMap((area) =>
      areaSection(
        areaTitles[area],
        report.results.filter((result) => result.area === area && result.verdict !== 'not_applicable'),
      ),
    ),
    ...notApplicableSection(report.results),
    '',
  ].join('\n');
}

function areaSection(title: string, results: readonly CheckResult[]): string[] {
  if (results.length === 0) return [];
  const rows = results.map(({ title: check, verdict, meaning, advice, sources }) => {
    const change = advice === undefined ? '' : markdownText(advice);
    const source = sources.map((one) => `[${one.text}](${one.url})`).join(', ');
    return `| ${markdownText(check)} | ${verdictTitles[verdict]} | ${markdownText(meaning)} | ${change} | ${source} |`;
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

/** One line per reason, as most such checks are for other kinds of clients. */
function notApplicableSection(results: readonly CheckResult[]): string[] {
  const reasons = byMeaning(results.filter(({ verdict }) => verdict === 'not_applicable'));
  if (reasons.length === 0) return [];
  const lines = reasons.map(
    (alike) =>
      `- ${markdownText(alike[0]?.meaning ?? '')} (${alike.length}: ${alike.map(({ title }) => markdownText(title)).join('; ')})`,
  );
  return ['', `## ${verdictTitles.not_applicable}`, '', ...lines];
}

function differencesSection(differences: readonly Difference[]): string[] {
  if (differences.length === 0) return ['', '## Since the last run', '', 'Nothing changed.'];
  const lines = differences.map(({ title, before, now }) => {
    const was = before === undefined ? 'did not run' : verdictTitles[before];
    return `- ${markdownText(title)}: ${was} → ${verdictTitles[now]}`;
  });
  return ['', '## Since the last run', '', ...lines];
}

/** Code that is safe in a table cell, too. @see GitHub Flavored Markdown section 4.10 */
function code(value: string): string {
  return markdownCode(value.replaceAll('|', '\\|'));
}
