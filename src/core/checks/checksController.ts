import type { ChecksViewIntent, ChecksViewModel, ReportFormat } from '../../shared/views/checksView.ts';
import { FailureError } from '../record/failure.ts';
import type { FlowReport } from '../record/report.ts';
import type { QuickFix } from '../diagnose/quickFix.ts';
import type { Check, CheckWords } from './check.ts';
import { checksView, type ChecksState } from './checksView.ts';
import { evidenceFlow } from './evidence.ts';
import type { Tell } from './errorShown.ts';
import { signsIn, type PlanItem, type PlanSubject } from './plan.ts';
import type { ChecksReport } from './report.ts';
import { reportJson } from './reportJson.ts';
import { reportMarkdown } from './reportMarkdown.ts';
import { reportSarif } from './reportSarif.ts';
import type { ChecksChoice, ChecksProgress } from './runChecks.ts';

/** What the checks view needs from outside. */
export interface ChecksControllerDeps<C extends CheckWords = Check> {
  draw: (model: ChecksViewModel) => void;
  /** Runs the selected checks of the profile. Rejects with a `FailureError` when the run cannot begin. */
  run: (
    choice: ChecksChoice<C>,
    signal: AbortSignal,
    progress: (event: ChecksProgress) => void,
  ) => Promise<ChecksReport>;
  /** Keeps a report for the next run's differences. */
  keep: (report: ChecksReport) => void;
  /** The latest kept report of this profile. */
  previous: () => ChecksReport | undefined;
  /** Saves a file where the user chooses; returns a sentence about it, or undefined when the user declined. */
  save: (fileName: string, content: string) => Promise<string | undefined>;
  /** Opens the flow view. */
  showFlow: (flow: FlowReport) => unknown;
  /** Applies a fix to the profile; returns the result, or undefined when another view took over. */
  applyFix: (fix: QuickFix) => Promise<{ readonly text: string; readonly done: boolean } | undefined>;
  /** The present subject and plan, as a fix or the settings may have changed them; checks are selected as in a first plan. */
  renewed: () => { readonly subject: PlanSubject; readonly items: readonly PlanItem<C>[] } | undefined;
  copy: (text: string) => unknown;
  /** Version of the extension, for SARIF. */
  readonly version: string;
}

const extensions: Readonly<Record<ReportFormat, string>> = { markdown: 'md', json: 'json', sarif: 'sarif' };

/** The controller of one checks view: plan, run, report. */
export class ChecksController<C extends CheckWords = Check> {
  readonly #deps: ChecksControllerDeps<C>;
  #state: ChecksState<C>;
  #running: AbortController | undefined;
  #tell: Tell | undefined;

  constructor(subject: PlanSubject, items: readonly PlanItem<C>[], deps: ChecksControllerDeps<C>) {
    this.#deps = deps;
    this.#state = {
      subject,
      items,
      signIn: signsIn(subject.profile),
    };
    this.#show({});
  }

  async handle(intent: ChecksViewIntent): Promise<void> {
    switch (intent.type) {
      case 'choose':
        this.#choose((id) => (id === intent.id ? intent.chosen : undefined));
        return;
      case 'chooseArea':
        this.#choose((_id, area) => (area === intent.area ? intent.chosen : undefined));
        return;
      case 'signIn':
        if (this.#running === undefined) this.#show({ signIn: intent.wanted });
        return;
      case 'run':
        return this.#run();
      case 'cancel':
        this.#running?.abort();
        return;
      case 'shown':
        this.#tell?.(intent.shown);
        return;
      case 'plan':
        if (this.#running !== undefined) return;
        this.#renew();
        this.#toPlan();
        return;
      case 'export':
        return this.#export(intent.format);
      case 'evidence':
        await this.#evidence(intent.id);
        return;
      case 'fix':
        return this.#fix(intent.id, intent.index);
      case 'copyRegister':
        await this.#deps.copy(this.#state.report?.matching?.register ?? '');
    }
  }

  /** Cancels a running run. */
  dispose(): void {
    this.#running?.abort();
  }

  #show(change: Partial<ChecksState<C>>): void {
    this.#state = { ...this.#state, ...change };
    this.#deps.draw(checksView(this.#state));
  }

  #toPlan(): void {
    const { subject, items, signIn } = this.#state;
    this.#state = { subject, items, signIn };
    this.#show({});
  }

  /** Takes over the present profile; deselected checks stay deselected. */
  #renew(): void {
    const now = this.#deps.renewed();
    if (now === undefined) return;
    const before = new Map(this.#state.items.map((item) => [item.check.id, item]));
    const items = now.items.map((item) => {
      const was = before.get(item.check.id);
      const comparable = was && was.notApplicable === undefined && item.notApplicable === undefined;
      return comparable ? { ...item, chosen: was.chosen } : item;
    });
    this.#state = { ...this.#state, subject: now.subject, items };
  }

  #choose(wanted: (id: string, area: string) => boolean | undefined): void {
    if (this.#running !== undefined) return;
    const items = this.#state.items.map((item) => {
      if (item.notApplicable !== undefined) return item;
      return { ...item, chosen: wanted(item.check.id, item.check.area) ?? item.chosen };
    });
    this.#show({ items });
  }

  async #run(): Promise<void> {
    if (this.#running !== undefined) return;
    const stop = new AbortController();
    this.#running = stop;
    this.#renew();
    const { items, signIn } = this.#state;
    // Checks that do not apply are reported with the reason, so that the report is complete.
    const chosen = items.filter((item) => item.chosen || item.notApplicable !== undefined);
    const previous = this.#deps.previous();
    this.#toPlan();
    const total = chosen.filter((item) => item.notApplicable === undefined).length;
    this.#show({ progress: { done: 0, total, current: 'Looking for the server', inBrowser: false } });
    try {
      const choice = { items: chosen, signIn, ...(previous === undefined ? {} : { previous }) };
      const report = await this.#deps.run(choice, stop.signal, (event) => this.#progress(event, total));
      this.#toPlan();
      this.#deps.keep(report);
      this.#show({ report });
    } catch (thrown) {
      this.#toPlan();
      if (!(thrown instanceof FailureError)) throw thrown;
      const { message, advice } = thrown.failure;
      this.#show({ notice: { text: `${message} ${advice}`, failed: true } });
    } finally {
      this.#running = undefined;
    }
  }

  #progress(event: ChecksProgress, total: number): void {
    if (event.kind === 'ended') {
      this.#show({ results: [...(this.#state.results ?? []), event.result] });
      return;
    }
    if (event.kind === 'code') {
      const { progress } = this.#state;
      if (progress !== undefined) this.#show({ progress: { ...progress, current: event.text } });
      return;
    }
    if (event.kind !== 'started') {
      this.#tell = event.kind === 'away' ? event.tell : undefined;
      if (this.#state.progress === undefined) return;
      const { away: _, ...progress } = this.#state.progress;
      this.#show({ progress: event.kind === 'away' ? { ...progress, away: true } : progress });
      return;
    }
    const { title, needs } = event.check;
    const inBrowser = this.#state.signIn && needs.signIn !== undefined;
    const applicable = (this.#state.results ?? []).filter(({ verdict }) => verdict !== 'not_applicable');
    const done = Math.min(applicable.length, total);
    this.#show({ progress: { done, total, current: title, inBrowser } });
  }

  async #export(format: ReportFormat): Promise<void> {
    const { report } = this.#state;
    if (report === undefined) return;
    const content = write(report, format, this.#deps.version);
    const name = `oauth-checks-${report.profileId.replace(/[^\w.-]+/g, '-')}.${extensions[format]}`;
    const said = await this.#deps.save(name, content);
    if (said !== undefined) this.#show({ notice: { text: said, failed: false } });
  }

  async #evidence(id: string): Promise<void> {
    const result = [...(this.#state.report?.results ?? this.#state.results ?? [])].find(
      (one) => one.id === id,
    );
    if (result !== undefined) await this.#deps.showFlow(evidenceFlow(result, this.#state.subject.profile));
  }

  async #fix(id: string, index: number): Promise<void> {
    const fix = this.#state.report?.results.find((one) => one.id === id)?.fixes[index];
    if (fix === undefined) return;
    const came = await this.#deps.applyFix(fix);
    this.#renew();
    const again = came?.done === true ? { again: true as const } : {};
    this.#show(came === undefined ? {} : { notice: { text: came.text, failed: !came.done, ...again } });
  }
}

function write(report: ChecksReport, format: ReportFormat, version: string): string {
  switch (format) {
    case 'markdown':
      return reportMarkdown(report);
    case 'json':
      return reportJson(report);
    case 'sarif':
      return reportSarif(report, version);
  }
}
