import type { Verdict } from '../core/checks/check.ts';
import type { ChecksReport, CheckResult } from '../core/checks/report.ts';
import { summary } from '../core/checks/summary.ts';
import { verdictTitles } from '../core/checks/wording.ts';
import { oneLine } from '../core/http/plainText.ts';

/** ANSI colours, by their numbers. */
const colours: Readonly<Record<Verdict, number>> = {
  pass: 32,
  fail: 31,
  weakness: 33,
  not_determined: 35,
  not_applicable: 90,
};

/** A run for people: a line for each check, what to know and to change below those that did not pass, and the sum. */
export function checksText(report: ChecksReport, coloured: boolean): string {
  const { profileName, clientId, server, results, refusal, matching } = report;
  return [
    oneLine(`${profileName} (${clientId}) at ${server}`),
    ...(refusal === undefined ? [] : ['', refusal]),
    '',
    ...results.flatMap((result) => resultLines(result, coloured)),
    '',
    ...(matching === undefined
      ? []
      : [oneLine(matching.sentence), `Register: ${oneLine(matching.register)}`, '']),
    summary(report),
    '',
  ].join('\n');
}

function resultLines({ id, title, verdict, meaning, advice }: CheckResult, coloured: boolean): string[] {
  const word = verdictTitles[verdict].padEnd(14);
  const shown = coloured ? `\u001b[${colours[verdict]}m${word}\u001b[0m` : word;
  const line = `${shown}  ${title} (${id})`;
  if (verdict === 'pass' || verdict === 'not_applicable') return [line];
  return [line, ...[meaning, advice ?? ''].filter(Boolean).map((text) => `                ${oneLine(text)}`)];
}
