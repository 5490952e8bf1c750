import { applyEdits, modify } from 'jsonc-parser';
import type { ChecksReport } from '../checks/report.ts';

const day = 86_400_000;
/** Days for which what is found wrong is put up with, unless somebody writes another day. */
const grace = 90;

/**
 * The text of a contract with what a run has found as the promise of its profile; comments and other profiles stay.
 *
 * @param text the contract so far; absent when there is none
 * @param now milliseconds since the epoch
 */
export function writeContract(text: string | undefined, report: ChecksReport, now: number): string {
  const until = new Date(now + grace * day).toISOString().slice(0, 10);
  const exception = { reason: 'Found when this contract was written.', until };
  const found = report.results.flatMap(({ id, verdict }): [string, unknown][] => {
    if (verdict === 'pass') return [[id, verdict]];
    return verdict === 'fail' || verdict === 'weakness' ? [[id, { verdict, ...exception }]] : [];
  });
  const promised = {
    checks: Object.fromEntries(found),
    ...(report.matching === undefined ? {} : { register: report.matching.register }),
  };
  const before = text === undefined || text.trim() === '' ? '{}\n' : text;
  return applyEdits(
    before,
    modify(before, ['profiles', report.profileId], promised, {
      formattingOptions: { insertSpaces: true, tabSize: 2, eol: before.includes('\r\n') ? '\r\n' : '\n' },
    }),
  );
}
