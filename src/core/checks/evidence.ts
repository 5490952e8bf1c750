import { randomUUID } from 'node:crypto';
import type { FlowReport } from '../flow/report.ts';
import type { Profile } from '../profile/profile.ts';
import type { CheckResult } from './report.ts';
import { verdictTitles } from './wording.ts';

/** A check's exchanges as a flow, to be opened in the flow view. */
export function evidenceFlow(result: CheckResult, profile: Profile): FlowReport {
  const { title, verdict, meaning, startedAt, endedAt, evidence } = result;
  return {
    id: randomUUID(),
    kind: 'check',
    profile,
    startedAt,
    endedAt,
    exchanges: evidence,
    outcome: { kind: 'checked', title, verdict: verdictTitles[verdict], meaning },
  };
}
