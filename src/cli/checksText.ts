import type { Verdict } from '../core/checks/check.ts';
import type { ChecksReport, CheckResult } from '../core/checks/report.ts';
import { byMeaning, summary } from '../core/checks/summary.ts';
import { verdictTitles } from '../core/checks/wording.ts';
import { oneLine } from '../core/http/plainText.ts';
import { wrap } from './help.ts';

/** ANSI colours, by their numbers. */
const colours: Readonly<Record<Verdict, number>> = {
  pass: 32,
  fail: 31,
  weakness: 33,
  not_determined: 35,
  not_applicable: 90,
};

const indent = ' '.repeat(16);

/** A run for people: what was found out first, a line for each check with what to know and to change; then why the others came to nothing. */
export function checksText(report: ChecksReport, coloured: boolean): string {
  const { profileName, clientId, server, results, refusal, matching } = report;
  const silent = byMeaning(results.filter(foundNothing)).filter(
    (alike) => alike.length > 1 || alike[0]?.verdict === 'not_applicable',
  );
  const told = new Set(silent.flat());
  return [
    oneLine(`${profileName} (${clientId}) at ${server}`),
    ...(refusal === undefined ? [] : ['', refusal]),
    '',
    ...results.filter((result) => !told.has(result)).flatMap((result) => resultLines([result], coloured)),
    ...silent.flatMap((alike) => resultLines(alike, coloured)),
    '',
    ...(matching === undefined
      ? []
      : [oneLine(matching.sentence), `Register: ${oneLine(matching.register)}`, '']),
    summary(report),
    '',
  ].join('\n');
}

/** Whether all there is to say is why nothing was found out. */
function foundNothing({ verdict, advice }: CheckResult): boolean {
  return verdict === 'not_applicable' || (verdict === 'not_determined' && advice === undefined);
}

/** The lines of one check, or of several that came to nothing for the same reason. */
function resultLines(alike: readonly CheckResult[], coloured: boolean): string[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { id, title, verdict, meaning, advice = '' } = first;
  const word = verdictTitles[verdict].padEnd(14);
  const shown = coloured ? `\u001b[${colours[verdict]}m${word}\u001b[0m` : word;
  if (alike.length > 1)
    return [
      `${shown}  ${alike.length} checks: ${oneLine(meaning)}`,
      ...wrap(alike.map((one) => one.id).join(', '), indent),
    ];
  const texts = verdict === 'pass' ? [] : [meaning, advice].filter(Boolean);
  return [`${shown}  ${title} (${id})`, ...texts.map((text) => indent + oneLine(text))];
}
