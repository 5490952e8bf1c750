import { chooseChecks } from '../core/checks/chooseChecks.ts';
import type { PlanItem, PlanSubject } from '../core/checks/plan.ts';
import { unknownName } from '../core/profile/problem.ts';
import { Refusal } from './exit.ts';

/**
 * The checks that `--only` names; without it those that are chosen to begin with in the extension, too.
 *
 * @throws Refusal for a name that is none
 */
export function chosenChecks(only: readonly string[], subject: PlanSubject): readonly PlanItem[] {
  const chosen = chooseChecks(only, subject);
  if (chosen.kind === 'chosen') return chosen.items;
  throw new Refusal(`There is no check ${unknownName(chosen.name)}. ${chosen.known}`);
}
