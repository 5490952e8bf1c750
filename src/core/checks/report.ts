import type { SourceView } from '../../shared/views/finding.ts';
import type { QuickFix } from '../diagnose/quickFix.ts';
import type { Exchange } from '../record/exchange.ts';
import type { Area, RedirectFact, Verdict } from './check.ts';
import type { InsteadOfCode } from './insteadOfCode.ts';

/** The result of one check. */
export interface CheckResult {
  readonly id: string;
  readonly area: Area;
  readonly title: string;
  readonly tries: string;
  readonly expects: string;
  readonly sources: readonly SourceView[];
  readonly verdict: Verdict;
  readonly meaning: string;
  /** Set for `not_applicable` when the check would apply but something that it needs is missing. */
  readonly unmet?: true;
  /** As `Judgement.clientRefused`. */
  readonly clientRefused?: true;
  /** As `Judgement.requestRefused`. */
  readonly requestRefused?: true;
  /** As `Judgement.noCode`. */
  readonly noCode?: InsteadOfCode;
  readonly advice?: string;
  readonly fixes: readonly QuickFix[];
  readonly facts: Readonly<Partial<Record<RedirectFact, boolean>>>;
  /** Everything that was sent and received for it, unredacted, in memory only. */
  readonly evidence: readonly Exchange[];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
}

/** How the server compares redirect URIs, and what to register there. */
export interface RedirectMatching {
  /** One sentence. */
  readonly sentence: string;
  /** The string to register, character by character. */
  readonly register: string;
}

/** A verdict that changed since the last run. */
export interface Difference {
  readonly id: string;
  readonly title: string;
  /** Absent when the check did not run last time. */
  readonly before?: Verdict;
  readonly now: Verdict;
}

/** One run of the checks of a profile. */
export interface ChecksReport {
  readonly profileId: string;
  readonly profileName: string;
  readonly clientId: string;
  /** The issuer, else the token endpoint. */
  readonly server: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
  /** Whether the user stopped it, so that checks are missing. */
  readonly cancelled: boolean;
  readonly results: readonly CheckResult[];
  /** Set when the server refuses the profile's own credentials; shown once. */
  readonly refusal?: string;
  readonly matching?: RedirectMatching;
  /** Differences to the run before, if there was one in this session. */
  readonly differences?: readonly Difference[];
}

/** The changed verdicts between two runs; a check that only now ran counts as changed. */
export function differences(before: ChecksReport, now: readonly CheckResult[]): readonly Difference[] {
  const earlier = new Map(before.results.map(({ id, verdict }) => [id, verdict]));
  return now.flatMap(({ id, title, verdict }) => {
    const old = earlier.get(id);
    if (old === verdict) return [];
    return [{ id, title, now: verdict, ...(old === undefined ? {} : { before: old }) }];
  });
}

/** A report completed with results of an earlier one for checks that did not run this time. */
export function withEarlier(report: ChecksReport, earlier: ChecksReport): ChecksReport {
  const ran = new Set(report.results.map(({ id }) => id));
  return { ...report, results: [...report.results, ...earlier.results.filter(({ id }) => !ran.has(id))] };
}

/** How many results have each verdict. */
export function tally(results: readonly CheckResult[]): Readonly<Record<Verdict, number>> {
  const counts = { pass: 0, fail: 0, weakness: 0, not_determined: 0, not_applicable: 0 };
  for (const { verdict } of results) counts[verdict]++;
  return counts;
}
