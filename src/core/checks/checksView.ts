import type {
  CheckAreaView,
  CheckRowView,
  ChecksNoticeView,
  ChecksProgressView,
  ChecksReportView,
  ChecksViewModel,
} from '../../shared/views/checksView.ts';
import { isUseful } from '../diagnose/quickFix.ts';
import { quickFixLabel } from '../diagnose/quickFixLabel.ts';
import type { Profile } from '../profile/profile.ts';
import { allAreas, type CheckWords } from './check.ts';
import type { PlanItem, PlanSubject } from './plan.ts';
import { planView } from './planView.ts';
import { tally, type ChecksReport, type CheckResult, type Difference } from './report.ts';
import { verdicts } from './summary.ts';
import { areaTitles, titleOf } from './wording.ts';

/** The state of the checks view, held by its controller. */
export interface ChecksState<C extends CheckWords = CheckWords> {
  readonly subject: PlanSubject;
  readonly items: readonly PlanItem<C>[];
  readonly signIn: boolean;
  readonly progress?: ChecksProgressView;
  /** The results so far, during a run. */
  readonly results?: readonly CheckResult[];
  readonly report?: ChecksReport;
  readonly notice?: ChecksNoticeView;
}

/** Makes the view model of the checks view. Pure. */
export function checksView(state: ChecksState): ChecksViewModel {
  const { subject, items, signIn, progress, results, report, notice } = state;
  const { profile } = subject;
  const common = {
    title: titleOf(items.map(({ check }) => check.area)),
    profile: profile.name,
    server: profile.issuer ?? profile.tokenEndpoint ?? '',
    ...(notice === undefined ? {} : { notice }),
  };
  if (progress !== undefined)
    return { ...common, stage: 'running', progress, report: reportView({ results: results ?? [] }, profile) };
  if (report !== undefined)
    return { ...common, stage: 'report', report: worstAreasFirst(reportView(report, profile)) };
  return { ...common, stage: 'plan', plan: planView(items, subject, signIn) };
}

type Shown = Pick<ChecksReport, 'results'> & Partial<ChecksReport>;

function reportView(shown: Shown, profile: Profile): ChecksReportView {
  const { results, refusal, matching, differences, cancelled = false } = shown;
  const counts = tally(results);
  const before = new Map((differences ?? []).map((difference) => [difference.id, difference]));
  return {
    summary: `${verdicts(results)}${cancelled ? '; stopped before its end' : ''}`,
    tone: counts.fail > 0 ? 'bad' : counts.weakness > 0 ? 'warn' : 'good',
    ...(refusal !== undefined && { refusal }),
    ...(matching === undefined ? {} : { matching }),
    ...(differences === undefined ? {} : { changes: changes(differences) }),
    areas: allAreas.flatMap((area): CheckAreaView[] => {
      const rows = results.filter((result) => result.area === area);
      if (rows.length === 0) return [];
      return [
        {
          title: areaTitles[area],
          counts: verdicts(rows),
          rows: [...rows].sort(worstFirst).map((row) => rowView(row, before.get(row.id), profile)),
        },
      ];
    }),
  };
}

/** Sorts the areas of a finished report, with those that need action first; until then, nothing moves while the user reads. */
function worstAreasFirst(view: ChecksReportView): ChecksReportView {
  const worst = ({ rows }: CheckAreaView) =>
    Math.min(2, ...rows.map(({ verdict }) => order.indexOf(verdict)));
  return { ...view, areas: view.areas.toSorted((one, other) => worst(one) - worst(other)) };
}

const order = ['fail', 'weakness', 'not_determined', 'pass', 'not_applicable'] as const;

function worstFirst(one: CheckResult, other: CheckResult): number {
  return order.indexOf(one.verdict) - order.indexOf(other.verdict);
}

function rowView(result: CheckResult, difference: Difference | undefined, profile: Profile): CheckRowView {
  const { id, title, verdict, meaning, advice, tries, expects, sources, fixes, evidence } = result;
  return {
    ...{ id, title, verdict, meaning, tries, expects, sources },
    ...(advice === undefined ? {} : { advice }),
    ...(difference?.before === undefined ? {} : { before: difference.before }),
    fixes: fixes.map((fix) => ({ label: quickFixLabel(fix), done: !isUseful(profile, fix) })),
    exchanges: evidence.length,
  };
}

function changes(differences: readonly Difference[]): NonNullable<ChecksReportView['changes']> {
  const verdicts = differences.flatMap(({ id, title, before, now }) =>
    before === undefined ? [] : [{ id, title, before, now }],
  );
  if (differences.length === 0) return { sentence: 'Nothing changed since the last run.', verdicts };
  const added = differences.length - verdicts.length;
  const parts = [
    verdicts.length > 0 ? `${verdicts.length} ${verdicts.length === 1 ? 'verdict' : 'verdicts'} changed` : '',
    added > 0 ? `${added} ${added === 1 ? 'check' : 'checks'} ran for the first time` : '',
  ].filter((part) => part !== '');
  return { sentence: `Since the last run: ${parts.join(', ')}.`, verdicts };
}
