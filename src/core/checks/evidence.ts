import type { FlowReport } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import type { CheckResult } from './report.ts';
import { verdictTitles } from './wording.ts';

/** A check's exchanges as a flow, to open in the flow view. */
export function evidenceFlow(result: CheckResult, profile: Profile): FlowReport {
  const { title, verdict, meaning, startedAt, endedAt, evidence } = result;
  return {
    // The same id each time, so that opening it again takes no more room among the kept runs.
    id: `check-${profile.id}-${result.id}-${startedAt}`,
    kind: 'check',
    profile,
    startedAt,
    endedAt,
    exchanges: evidence,
    outcome: { kind: 'checked', title, verdict: verdictTitles[verdict], meaning },
  };
}
