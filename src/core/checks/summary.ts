import { tally, type CheckResult, type ChecksReport } from './report.ts';

/** The result of a run in one sentence. */
export function summary({ results, cancelled }: Pick<ChecksReport, 'results' | 'cancelled'>): string {
  return `${verdicts(results)}.${cancelled ? ' The run was stopped before its end.' : ''}`;
}

/** How many verdicts of each kind there are, worst first: words of a label, not a sentence. */
export function verdicts(results: ChecksReport['results']): string {
  const { pass, fail, weakness, not_determined: open } = tally(results);
  const parts = [
    fail > 0 ? `${fail} failed` : '',
    weakness > 0 ? `${weakness} ${weakness === 1 ? 'weakness' : 'weaknesses'}` : '',
    `${pass} passed`,
    open > 0 ? `${open} not determined` : '',
  ].filter((part) => part !== '');
  return parts.join(', ');
}

/** The results that came to the same verdict with the same words. */
export function byMeaning(results: readonly CheckResult[]): readonly (readonly CheckResult[])[] {
  const found = new Map<string, CheckResult[]>();
  for (const result of results) {
    const key = `${result.verdict} ${result.meaning}`;
    found.set(key, [...(found.get(key) ?? []), result]);
  }
  return [...found.values()];
}
