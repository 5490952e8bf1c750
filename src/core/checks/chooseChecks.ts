import { planChecks, type PlanItem, type PlanSubject } from './plan.ts';
import { areas, type Check } from './check.ts';
import { nearNames } from '../profile/names.ts';
import { oneOf } from '../profile/problem.ts';

/** The named checks, or the first unknown name, with a sentence that lists the known ones. */
export type ChosenChecks =
  | { readonly kind: 'chosen'; readonly items: readonly PlanItem[] }
  | { readonly kind: 'unknown'; readonly name: string; readonly known: string };

/** The checks with these names, of checks or areas; without names, those that are selected by default. */
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
