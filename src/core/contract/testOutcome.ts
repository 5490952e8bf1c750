import type { ChecksReport, CheckResult } from '../checks/report.ts';
import type { ProfileContract } from './contract.ts';
import { holdContract } from './holdContract.ts';

/** What a test of one check comes to. */
export type TestOutcome =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** What a correct server does. */
      readonly expected: string;
      readonly actual: string;
      /** The name in the contract whose promise is broken. */
      readonly promise?: string;
    }
  | { readonly kind: 'skipped'; readonly why: string };

/**
 * A verdict as a test's outcome, without what was secret in its exchanges: by the contract where that promises something of the check, else a weakness as the setting says.
 *
 * @param now milliseconds since the epoch, for exceptions that end
 */
export function testOutcome(
  result: CheckResult,
  profile: { readonly id: string; readonly name: string; readonly clientId: string },
  {
    contract,
    weaknessFails,
    now,
  }: {
    readonly contract: ProfileContract | undefined;
    readonly weaknessFails: boolean;
    readonly now: number;
  },
): TestOutcome {
  const { verdict, expects, meaning, advice } = result;
  const held =
    contract && holdContract(contract, reportOf(result, profile), now).find(({ id }) => id === result.id);
  const said = [meaning, advice].filter(Boolean).join(' ');
  if (verdict === 'not_determined' || verdict === 'not_applicable') return { kind: 'skipped', why: said };
  const broken = held?.keeping === 'broken';
  const isBad = held === undefined ? verdict === 'fail' || (verdict === 'weakness' && weaknessFails) : broken;
  if (!isBad) return { kind: 'passed' };
  return {
    kind: 'failed',
    message: broken ? `${held.sentence} ${said}` : said,
    expected: expects,
    actual: meaning,
    ...(broken && { promise: held.promise }),
  };
}

function reportOf(
  result: CheckResult,
  { id, name, clientId }: { readonly id: string; readonly name: string; readonly clientId: string },
): ChecksReport {
  const { startedAt, endedAt } = result;
  return {
    ...{ profileId: id, profileName: name, clientId, server: '', startedAt, endedAt, cancelled: false },
    results: [result],
  };
}
