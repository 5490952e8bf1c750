import { withUrlCredentials } from '../api/urlCredentials.ts';
import { writtenUrl } from '../profile/writtenUrl.ts';
import { ApiBench, type ApiBenchOptions } from './apiBench.ts';
import type { Memo } from './checkRecord.ts';
import { apiChecks } from './apiChecks.ts';
import type { Check } from './check.ts';
import type { PlanItem } from './plan.ts';
import { differences, type ChecksReport, type CheckResult } from './report.ts';
import type { ChecksProgress } from './runChecks.ts';
import { runOne } from './runOne.ts';

/** Plans the checks for an API. Nothing is sent. @param hasToken whether a profile has tokens for it */
export function planApiChecks(
  isMcp: boolean,
  hasToken: boolean,
  checks: readonly Check<ApiBench>[] = apiChecks,
): readonly PlanItem<Check<ApiBench>>[] {
  return checks.flatMap((check) => {
    if (check.area === 'mcp' && !isMcp) return [];
    const why =
      check.area === 'resource' && check.id !== 'resource.no-token' && !hasToken
        ? 'There is no profile whose token is for this server: sign in first.'
        : undefined;
    const notApplicable = why === undefined ? {} : { notApplicable: why, unmet: true as const };
    return [
      {
        check,
        ...notApplicable,
        chosen: why === undefined && check.caution === undefined,
      },
    ];
  });
}

/** The names in a report about an API. */
export interface ApiReportNames {
  /** The id of the profile whose tokens are tried, else one made from the URL. */
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
}

/**
 * Runs the selected checks of an API one after another, for a report like that of a profile. Cancelling ends the run with a
 * report of the checks until then.
 */
export async function runApiChecks(
  given: ApiBenchOptions,
  names: ApiReportNames,
  choice: {
    readonly items: readonly PlanItem<Check<ApiBench>>[];
    readonly previous?: ChecksReport;
  },
  progress?: (event: ChecksProgress) => void,
): Promise<ChecksReport> {
  const { clock, signal } = given;
  const request = { ...given.request, ...withUrlCredentials(given.request) };
  const options = { ...given, request };
  const { items, previous } = choice;
  const startedAt = clock.now();
  const memo: Memo = new Map();
  const results: CheckResult[] = [];
  for (const [index, item] of items.entries()) {
    if (signal.aborted) break;
    const place = { number: index + 1, total: items.length };
    progress?.({ kind: 'started', check: item.check, ...place });
    const result = await runOne(item, new ApiBench(options, memo), options);
    if (result === undefined) break;
    results.push(result);
    progress?.({ kind: 'ended', result, ...place });
  }
  return {
    profileId: names.id,
    profileName: names.name,
    clientId: names.clientId,
    server: options.mcp === undefined ? new URL(request.url).origin : writtenUrl(options.mcp.href),
    startedAt,
    endedAt: clock.now(),
    cancelled: signal.aborted,
    results,
    ...(previous === undefined ? {} : { differences: differences(previous, results) }),
  };
}
