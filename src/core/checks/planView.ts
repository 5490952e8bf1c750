import type { ChecksPlanView, PlannedAreaView, PlannedCheckView } from '../../shared/views/checksView.ts';
import { allAreas, type Area, type CheckWords } from './check.ts';
import { needsSignIn, planCost, signsIn, type PlanItem, type PlanSubject } from './plan.ts';
import { areaTitles } from './wording.ts';

/** The view's model of a plan. */
export function planView(
  items: readonly PlanItem<CheckWords>[],
  subject: PlanSubject,
  signIn: boolean,
): ChecksPlanView {
  const chosen = items.filter((item) => item.chosen).map(({ check }) => check);
  const offersSignIn = signsIn(subject.profile) && chosen.some(needsSignIn);
  return {
    areas: allAreas.flatMap((area) =>
      areaView(
        area,
        items.filter(({ check }) => check.area === area),
      ),
    ),
    ...(offersSignIn ? { signIn } : {}),
    checks: chosen.length,
    cost: costSentence(chosen, subject, signIn),
  };
}

function areaView(area: Area, items: readonly PlanItem<CheckWords>[]): PlannedAreaView[] {
  if (items.length === 0) return [];
  const usable = items.filter((item) => item.notApplicable === undefined);
  const chosen = usable.filter((item) => item.chosen).length;
  return [
    {
      id: area,
      title: areaTitles[area],
      chosen: usable.length === 0 ? 'not applicable' : `${chosen} of ${usable.length}`,
      all: usable.length > 0 && chosen === usable.length,
      some: chosen > 0,
      checks: items.map(checkView),
    },
  ];
}

function checkView({ check, chosen, notApplicable }: PlanItem<CheckWords>): PlannedCheckView {
  const { id, title, tries, caution } = check;
  return {
    id,
    title,
    tries,
    chosen,
    ...(notApplicable === undefined ? {} : { notApplicable }),
    ...(caution === undefined ? {} : { caution }),
    cost: [counted(check.requests, 'request'), counted(check.signIns, 'sign-in')].filter(Boolean).join(', '),
  };
}

function costSentence(chosen: readonly CheckWords[], subject: PlanSubject, signIn: boolean): string {
  if (chosen.length === 0) return 'Nothing is chosen, so nothing will be sent.';
  const { checks, requests, signIns, browserOpenings } = planCost(chosen, subject, signIn);
  const sent = `${counted(checks, 'check')}, at most ${counted(requests, 'request')}, all to ${subject.target ?? 'the server of this profile'}.`;
  if (browserOpenings === 0) {
    const open = chosen.filter((check) => check.needs.signIn === 'always').length;
    const rest = open > 0 ? ` ${counted(open, 'check')} will stay undetermined without a sign-in.` : '';
    return `${sent} The browser does not open.${rest}`;
  }
  return `${sent} The browser opens and goes through the sign-in at most ${signIns} times, by itself after the first; it opens again wherever the server shows a page of its own.`;
}

function counted(count: number, thing: string): string {
  return count === 0 ? '' : `${count} ${thing}${count === 1 ? '' : 's'}`;
}
