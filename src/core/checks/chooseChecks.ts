import { planChecks, type PlanItem, type PlanSubject } from './plan.ts';
import { areas, type Check } from './check.ts';
import { nearNames } from '../profile/names.ts';
import { oneOf } from '../profile/problem.ts';

/** The checks that were named, or the first name that is none, with a sentence that lists what there is. */
export type ChosenChecks =
  | { readonly kind: 'chosen'; readonly items: readonly PlanItem[] }
  | { readonly kind: 'unknown'; readonly name: string; readonly known: string };

/** The checks of these names, one by one or by area; without names those that are chosen to begin with. */
export function chooseChecks(names: readonly string[], subject: PlanSubject): ChosenChecks {
  const plan = planChecks(subject);
  if (names.length === 0)
    return {
      kind: 'chosen',
      items: plan.filter((item) => item.chosen || item.notApplicable !== undefined),
    };
  const unknown = names.find((name) => !plan.some(({ check }) => isCalled(check, name)));
  if (unknown !== undefined) {
    const near = nearNames(unknown, [...areas, ...plan.map(({ check }) => check.id)]);
    const meant = near.length === 0 ? '' : ` Did you mean ${oneOf(near)}?`;
    const known = `The areas are ${oneOf(areas).replace(' or ', ' and ')}; of checks there are ${plan.map(({ check }) => check.id).join(', ')}.${meant}`;
    return { kind: 'unknown', name: unknown, known };
  }
  return {
    kind: 'chosen',
    items: plan.filter(({ check }) => names.some((name) => isCalled(check, name))),
  };
}

function isCalled({ id, area }: Check, name: string): boolean {
  return name === id || name === area || id.startsWith(`${name}.`);
}
