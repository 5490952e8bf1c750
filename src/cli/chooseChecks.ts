import { areas, type Check } from '../core/checks/check.ts';
import { planChecks, type PlanItem, type PlanSubject } from '../core/checks/plan.ts';
import { oneOf, quoted } from '../core/profile/problem.ts';
import { Refusal } from './exit.ts';

/**
 * The checks that `--only` names, one by one or by area; without it those that are chosen to begin with in the extension, too.
 *
 * @throws Refusal for a name that is none
 */
export function chooseChecks(only: readonly string[], subject: PlanSubject): readonly PlanItem[] {
  const plan = planChecks(subject);
  if (only.length === 0) return plan.filter((item) => item.chosen || item.notApplicable !== undefined);
  for (const name of only)
    if (!plan.some(({ check }) => isCalled(check, name)))
      throw new Refusal(
        `There is no check ${quoted(name)}. The areas are ${oneOf(areas).replace(' or ', ' and ')}; of checks there are ` +
          `${plan.map(({ check }) => check.id).join(', ')}.`,
      );
  return plan.filter(({ check }) => only.some((name) => isCalled(check, name)));
}

function isCalled({ id, area }: Check, name: string): boolean {
  return name === id || name === area;
}
