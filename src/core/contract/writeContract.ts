import { applyEdits, modify } from 'jsonc-parser';
import type { ChecksReport } from '../checks/report.ts';
import { isServerKey, tokenKinds, type CheckPromise } from './contract.ts';
import { issuedTokens } from './issuedTokens.ts';
import { parseContract } from './parseContract.ts';

const day = 86_400_000;
/** Days for which what is found wrong is put up with, unless somebody writes another day. */
const grace = 90;

/**
 * The text of a contract with what a run has found as the promise of its profile or server; comments, other profiles and other checks stay.
 *
 * @param text the contract so far; absent when there is none
 * @param now milliseconds since the epoch
 */
export function writeContract(text: string | undefined, report: ChecksReport, now: number): string {
  const { profileId: id } = report;
  const before = text === undefined || text.trim() === '' ? '{}\n' : text;
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: before.includes('\r\n') ? '\r\n' : '\n' };
  const earlier = parseContract(before).contract.get(id)?.checks ?? new Map<string, CheckPromise>();
  // Of a server without a profile only checks are promised.
  const lifetimes = isServerKey(id) ? [] : lifetimesFound(report);
  const promised: readonly (readonly [string, unknown])[] = [
    ['checks', checksFound(report, earlier, now)],
    ...(report.matching === undefined ? [] : [['register', report.matching.register] as const]),
    ...(lifetimes.length === 0 ? [] : [['lifetimes', Object.fromEntries(lifetimes)] as const]),
  ];
  return promised.reduce((written, [name, value]) => {
    const path = [isServerKey(id) ? 'servers' : 'profiles', id, name];
    return applyEdits(written, modify(written, path, value, { formattingOptions }));
  }, before);
}

/** What a run found of each check, with what was promised before of those that it decided nothing of. */
function checksFound(
  report: ChecksReport,
  earlier: ReadonlyMap<string, CheckPromise>,
  now: number,
): Readonly<Record<string, unknown>> {
  const until = new Date(now + grace * day).toISOString().slice(0, 10);
  const exception = { reason: 'Found when this contract was written.', until };
  const found = report.results.flatMap(({ id: check, verdict }): [string, unknown][] => {
    if (verdict === 'pass') return [[check, verdict]];
    if (verdict !== 'fail' && verdict !== 'weakness') return [];
    // What somebody has given a reason for stays as they wrote it.
    const known = earlier.get(check);
    return [[check, known?.verdict === verdict ? known : { verdict, ...exception }]];
  });
  const kept = [...earlier]
    .filter(([check]) => !found.some(([id]) => id === check))
    .map(([check, promise]) => [check, promise.reason === undefined ? promise.verdict : promise] as const);
  return Object.fromEntries<unknown>([...kept, ...found]);
}

/** The longest life that a token of each kind was issued with, in whole seconds. */
function lifetimesFound(report: ChecksReport): readonly (readonly [string, number])[] {
  const issued = issuedTokens(report);
  return tokenKinds.flatMap((kind): [string, number][] => {
    const seen = issued.flatMap((one) => one.lifetimes[kind] ?? []);
    return seen.length === 0 ? [] : [[kind, Math.ceil(Math.max(...seen))]];
  });
}
