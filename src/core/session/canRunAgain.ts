import type { FlowReport } from '../record/report.ts';

/**
 * Whether a run can be done once more: its profile is still there, and of a request its body is known as it was sent.
 *
 * @param profileIds the profiles there are now
 */
export function canRunAgain(
  { kind, profile, exchanges, restored }: FlowReport,
  profileIds: readonly string[],
): boolean {
  if (kind === 'mcp') return exchanges.length > 0;
  if (!profileIds.includes(profile.id)) return false;
  if (kind !== 'api_call') return true;
  const sent = exchanges.at(-1)?.request;
  return sent !== undefined && !restored && sent.binary === undefined && sent.omitted === undefined;
}
