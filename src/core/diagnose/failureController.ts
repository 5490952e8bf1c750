import type { FlowReport } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import type { FailureViewIntent, FailureViewModel } from '../../shared/views/failureView.ts';
import type { Explanation } from './explanation.ts';
import { explanationMarkdown } from './explanationMarkdown.ts';
import { failureView, type FailureViewState } from './failureView.ts';
import { applyQuickFix, type HostFix, type QuickFix } from './quickFix.ts';
import { quickFixDone } from './quickFixLabel.ts';

/** What quick fixes need of the host. */
export interface FixDeps {
  /** The profile of a run as it is now, in the run's own environment; absent when it was deleted. */
  profile: (of: Profile) => Profile | undefined;
  /** Saves a changed profile; `false` when it could not be. */
  save: (profile: Profile) => Promise<boolean>;
  /** Does what only the host can; `false` when the user declined or it did not work. */
  host: (fix: HostFix, profile: Profile) => Promise<boolean>;
}

export interface FailureDeps extends FixDeps {
  draw: (model: FailureViewModel) => void;
  copy: (text: string) => void | PromiseLike<void>;
  /** Runs the flow of the profile again. */
  runAgain: (profile: Profile) => Promise<unknown>;
  showFlow: (flow: string) => unknown;
}

/** One page of the failure view: holds its state, does what its buttons ask for. */
export class FailureController {
  readonly #deps: FailureDeps;
  readonly #report: FlowReport;
  readonly #explanation: Explanation;
  #state: FailureViewState = { busy: false };

  constructor(report: FlowReport, explanation: Explanation, deps: FailureDeps) {
    this.#report = report;
    this.#explanation = explanation;
    this.#deps = deps;
    this.#draw();
  }

  async handle(intent: FailureViewIntent): Promise<void> {
    const { profile, id } = this.#report;
    switch (intent.type) {
      case 'fix':
        return this.#fix(intent.cause, this.#explanation.causes[intent.cause]?.fixes[intent.fix]);
      case 'runAgain':
        return this.#busy(async () => {
          await this.#deps.runAgain(profile);
          return undefined;
        });
      case 'showFlow':
        await this.#deps.showFlow(id);
        return;
      case 'copy':
        await this.#deps.copy(explanationMarkdown(this.#explanation, this.#report));
    }
  }

  async #fix(cause: number, fix: QuickFix | undefined): Promise<void> {
    if (!fix || this.#state.busy) return;
    await this.#busy(async () => {
      const came = await applyFix(fix, this.#report.failedAt ?? this.#report.profile, this.#deps);
      if (came?.done === true && isOfSecret(fix))
        this.#state = { ...this.#state, trimmed: fix.kind === 'trim_secret' };
      return came && { ...came, cause };
    });
  }

  async #busy(work: () => Promise<FailureViewState['notice']>): Promise<void> {
    this.#state = { ...this.#state, busy: true };
    this.#draw();
    try {
      const notice = await work();
      this.#state = { ...this.#state, busy: false, ...(notice && { notice }) };
    } catch (thrown) {
      this.#state = { ...this.#state, busy: false };
      throw thrown;
    } finally {
      this.#draw();
    }
  }

  #draw(): void {
    const now = this.#deps.profile(this.#report.failedAt ?? this.#report.profile);
    this.#deps.draw(
      failureView(this.#explanation, this.#report, { ...this.#state, ...(now ? { now } : { gone: true }) }),
    );
  }
}

function isOfSecret({ kind }: QuickFix): boolean {
  return kind === 'trim_secret' || kind === 'enter_secret';
}

/** Applies a quick fix to the profile as it is now, and says what came of it; nothing when there is nothing to say. */
export async function applyFix(
  fix: QuickFix,
  of: Profile,
  deps: FixDeps,
): Promise<{ readonly text: string; readonly done: boolean } | undefined> {
  const profile = deps.profile(of);
  if (!profile) return { text: 'The profile does not exist any more.', done: false };
  const applied = applyQuickFix(profile, fix);
  if (applied.kind === 'profile') {
    if (!(await deps.save(applied.profile))) return { text: 'The profile could not be saved.', done: false };
    if (fix.kind !== 'sign_in_with' || (await deps.host({ kind: 'sign_in' }, applied.profile)))
      return { text: quickFixDone(fix), done: true };
    // The token there was is that of the profile as it was.
    await deps.save(profile);
    return { text: 'No token came: the profile is as it was.', done: false };
  }
  const done = await deps.host(applied.fix, profile);
  const told = [
    ...['trim_secret', 'enter_secret', 'trust_certificate', 'ask_audience'],
    ...['start_demo', 'remove_demo'],
  ].includes(applied.fix.kind);
  return done && told ? { text: quickFixDone(fix), done: true } : undefined;
}
