import { visibleText } from '../../shared/visibleText.ts';
import type { ChecksReport, CheckResult } from './report.ts';
import { areaTitles, verdictTitles } from './wording.ts';

/** Whether a result counts as a failure. */
type Fails = (result: CheckResult) => boolean;

/**
 * A run as JUnit XML, which CI systems show as tests: one suite, with a case for each check. Undetermined and inapplicable
 * checks count as skipped. Contains no exchange and no secret.
 *
 * @param fails whether a result counts as a failure
 * @see https://github.com/testmoapp/junitxml, for what CI systems read
 */
export function reportJunit(report: ChecksReport, fails: Fails): string {
  return reportJunitOf([{ report, fails }]);
}

/** The same for runs of several profiles, with a suite for each. */
export function reportJunitOf(
  runs: readonly { readonly report: ChecksReport; readonly fails: Fails }[],
): string {
  const all = runs.flatMap(({ report, fails }) => report.results.map((result) => ({ result, fails })));
  const time = runs.reduce((sum, { report }) => sum + Math.max(0, report.endedAt - report.startedAt), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="OAuth Explorer" ${counts(all, time)}>`,
    ...runs.flatMap(({ report, fails }) => suite(report, fails)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(report: ChecksReport, fails: Fails): readonly string[] {
  const { results, startedAt, endedAt, server, clientId, profileId, refusal } = report;
  const counted = counts(
    results.map((result) => ({ result, fails })),
    endedAt - startedAt,
  );
  return [
    `  <testsuite name="${attribute(profileId)}" timestamp="${new Date(startedAt).toISOString().slice(0, 19)}" ${counted}>`,
    '    <properties>',
    `      <property name="server" value="${attribute(server)}"/>`,
    `      <property name="client" value="${attribute(clientId)}"/>`,
    '    </properties>',
    ...results.flatMap((result) => testCase(profileId, result, fails)),
    ...(refusal === undefined ? [] : [`    <system-out>${text(refusal)}</system-out>`]),
    '  </testsuite>',
  ];
}

function counts(
  all: readonly { readonly result: CheckResult; readonly fails: Fails }[],
  milliseconds: number,
): string {
  const failures = all.filter(({ result, fails }) => fails(result)).length;
  const skipped = all.filter(({ result, fails }) => isSkipped(result, fails)).length;
  return `tests="${all.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds(0, milliseconds)}"`;
}

function testCase(profileId: string, result: CheckResult, fails: Fails): readonly string[] {
  const { id, area, title, startedAt, endedAt, meaning } = result;
  const name = `classname="${attribute(`${profileId}.${area}`)}" name="${attribute(`${areaTitles[area]}: ${title} (${id})`)}"`;
  const start = `    <testcase ${name} time="${seconds(startedAt, endedAt)}"`;
  const said = outcome(result, fails);
  return said === undefined
    ? [`${start}/>`]
    : [
        `${start}>`,
        `      <${said} message="${attribute(meaning)}"${bodyOf(said, result)}`,
        '    </testcase>',
      ];
}

function outcome(result: CheckResult, fails: Fails): 'failure' | 'skipped' | undefined {
  if (fails(result)) return 'failure';
  return isSkipped(result, fails) ? 'skipped' : undefined;
}

function isSkipped(result: CheckResult, fails: Fails): boolean {
  const { verdict } = result;
  return !fails(result) && (verdict === 'not_determined' || verdict === 'not_applicable');
}

/** The content of the element: for a failure, what a correct server does and the source. */
function bodyOf(element: 'failure' | 'skipped', { verdict, expects, advice, sources }: CheckResult): string {
  if (element === 'skipped') return '/>';
  const lines = [
    `${verdictTitles[verdict]}. What a correct server does: ${expects}`,
    ...(advice === undefined ? [] : [advice]),
    ...sources.map(({ text, url }) => `${text}: ${url}`),
  ];
  return ` type="${verdict}">${text(lines.join('\n'))}</failure>`;
}

function seconds(from: number, to: number): string {
  return (Math.max(0, to - from) / 1000).toFixed(3);
}

/** Untrusted text for XML 1.0, in which most control characters cannot even be escaped. */
function text(value: string): string {
  return visibleText(value)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** As `text`, on one line. */
function attribute(value: string): string {
  return text(value.replace(/\s+/g, ' '));
}
