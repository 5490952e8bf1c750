import { requestAgain } from './requestAgain.ts';
import type { FlowReport } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';

/**
 * Whether a run can be repeated: its profile still exists, and the body of a request is known as it was sent.
 *
 * @param latest the present version of the run's profile, in the run's own environment
 */
export function canRunAgain(flow: FlowReport, latest: (profile: Profile) => unknown): boolean {
  if (flow.kind === 'mcp') return flow.exchanges.length > 0;
  if (latest(flow.profile) === undefined) return false;
  return flow.kind !== 'api_call' || requestAgain(flow) !== undefined;
}
