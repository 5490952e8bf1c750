import type { IntentOf } from '../intents.ts';
import type { SourceView } from './finding.ts';

/** How a check ended. */
export type VerdictView = 'pass' | 'fail' | 'weakness' | 'not_determined' | 'not_applicable';

/** One check that can be chosen. */
export interface PlannedCheckView {
  readonly id: string;
  readonly title: string;
  /** What it tries, one sentence. */
  readonly tries: string;
  readonly chosen: boolean;
  /** Why it cannot be chosen; absent when it can. */
  readonly notApplicable?: string;
  /** What to know before choosing it. */
  readonly caution?: string;
  /** Such as `2 requests, 1 sign-in`. */
  readonly cost: string;
}

export interface PlannedAreaView {
  readonly id: string;
  readonly title: string;
  /** Such as `15 of 17`. */
  readonly chosen: string;
  /** All that can be chosen are. */
  readonly all: boolean;
  readonly some: boolean;
  readonly checks: readonly PlannedCheckView[];
}

/** What will be done, before anything is sent. */
export interface ChecksPlanView {
  readonly areas: readonly PlannedAreaView[];
  /** Whether the browser may open; absent when no chosen check would use it. */
  readonly signIn?: boolean;
  readonly checks: number;
  /** What the choice costs at most, in sentences. */
  readonly cost: string;
}

/** How far a run is. */
export interface ChecksProgressView {
  readonly done: number;
  readonly total: number;
  /** The check under way. */
  readonly current: string;
  /** Whether the browser is being waited for. */
  readonly inBrowser: boolean;
  /** It stays away so long that the user may say what it shows. */
  readonly away?: true;
}

interface CheckFixView {
  readonly label: string;
  /** Whether it would change nothing any more. */
  readonly done: boolean;
}

/** A verdict that is another one than in the run before. */
interface ChangedVerdictView {
  /** Of the check. */
  readonly id: string;
  readonly title: string;
  readonly before: VerdictView;
  readonly now: VerdictView;
}

/** What came of one check. Meanings may hold words of the server, which are hostile. */
export interface CheckRowView {
  readonly id: string;
  readonly title: string;
  readonly verdict: VerdictView;
  readonly meaning: string;
  /** What to change on the server. */
  readonly advice?: string;
  readonly tries: string;
  readonly expects: string;
  readonly sources: readonly SourceView[];
  /** Verdict of the run before, when it was another. */
  readonly before?: VerdictView;
  readonly fixes: readonly CheckFixView[];
  /** Exchanges that can be looked at. */
  readonly exchanges: number;
}

export interface CheckAreaView {
  readonly title: string;
  /** Such as `2 failed, 15 passed`. */
  readonly counts: string;
  readonly rows: readonly CheckRowView[];
}

export interface ChecksReportView {
  /** The result in one sentence. */
  readonly summary: string;
  readonly tone: 'good' | 'warn' | 'bad';
  /** What to look at where the server refuses the profile's own credentials. */
  readonly refusal?: string;
  readonly matching?: { readonly sentence: string; readonly register: string };
  /** What changed since the run before, in a sentence and verdict by verdict; absent for the first run. */
  readonly changes?: { readonly sentence: string; readonly verdicts: readonly ChangedVerdictView[] };
  readonly areas: readonly CheckAreaView[];
}

export interface ChecksNoticeView {
  readonly text: string;
  readonly failed: boolean;
  /** Set after a fix: to run again is the next step. */
  readonly again?: true;
}

/** The checks view: first the plan, then the run with the results as they come, then the report. */
export interface ChecksViewModel {
  readonly title: string;
  readonly profile: string;
  readonly server: string;
  readonly stage: 'plan' | 'running' | 'report';
  readonly plan?: ChecksPlanView;
  readonly progress?: ChecksProgressView;
  readonly report?: ChecksReportView;
  /** Why the run could not begin, or what became of the last thing asked for. */
  readonly notice?: ChecksNoticeView;
}

const reportFormats = ['markdown', 'json', 'sarif'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const checksIntents = {
  choose: { id: 'text', chosen: 'flag' },
  chooseArea: { area: 'text', chosen: 'flag' },
  signIn: { wanted: 'flag' },
  run: {},
  cancel: {},
  /** What the browser shows that does not come back. */
  shown: { shown: ['error', 'other'] },
  /** Back to the plan. */
  plan: {},
  export: { format: reportFormats },
  evidence: { id: 'text' },
  fix: { id: 'text', index: 'count' },
  copyRegister: {},
} as const;
export type ChecksViewIntent = IntentOf<typeof checksIntents>;
