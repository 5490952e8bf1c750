import { requestAgain } from './requestAgain.ts';
import type { FlowReport } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';

/**
 * Whether a run can be done once more: its profile is still there, and of a request its body is known as it was sent.
 *
 * @param latest the profile of the run as it is now, in the run's own environment
 */
export function canRunAgain(flow: FlowReport, latest: (profile: Profile) => unknown): boolean {
  if (flow.kind === 'mcp') return flow.exchanges.length > 0;
  if (latest(flow.profile) === undefined) return false;
  return flow.kind !== 'api_call' || requestAgain(flow) !== undefined;
}
