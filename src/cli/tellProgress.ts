import type { CheckWords } from '../core/checks/check.ts';
import type { PlanItem } from '../core/checks/plan.ts';
import type { ChecksProgress } from '../core/checks/runChecks.ts';

/** Tells each check that is tried as it starts; of those that mean nothing for this client nothing is to be waited for. */
export function progressTeller(
  items: readonly PlanItem<CheckWords>[],
  tell: (line: string) => void,
): (event: Pick<ChecksProgress, 'kind'> & { readonly check?: CheckWords }) => void {
  const tried = items.filter(({ notApplicable: why }) => why === undefined).map(({ check }) => check.id);
  return ({ kind, check }) => {
    const number = kind === 'started' && check !== undefined ? tried.indexOf(check.id) + 1 : 0;
    if (number > 0) tell(`${number}/${tried.length} ${check?.title ?? ''}`);
  };
}
