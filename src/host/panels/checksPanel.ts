import * as vscode from 'vscode';
import { ChecksController } from '../../core/checks/checksController.ts';
import { parseChecksIntent } from '../../core/checks/checksIntent.ts';
import type { LastReports } from '../../core/checks/lastReports.ts';
import { planChecks } from '../../core/checks/plan.ts';
import type { ChecksReport } from '../../core/checks/report.ts';
import type { ChecksChoice, ChecksProgress } from '../../core/checks/runChecks.ts';
import type { QuickFix } from '../../core/diagnose/quickFix.ts';
import type { FlowReport } from '../../core/flow/report.ts';
import type { AuthorizationCodeProfile, Profile } from '../../core/profile/profile.ts';
import type { ChecksViewModel } from '../../shared/views/checksView.ts';
import { saveReport } from '../saveReport.ts';
import { ViewPanel } from './viewPanel.ts';

export interface ChecksPanelDeps {
  readonly extensionUri: vscode.Uri;
  /** Version of the extension. */
  readonly version: string;
  /** Runs the chosen checks. @throws FailureError when the server of the profile cannot be found */
  run(
    profile: Profile,
    other: AuthorizationCodeProfile | undefined,
    choice: ChecksChoice,
    signal: AbortSignal,
    progress: (event: ChecksProgress) => void,
  ): Promise<ChecksReport>;
  /** To compare the next run with. */
  readonly reports: LastReports;
  /** Keeps the flow and opens it in the flow view. */
  showFlow(flow: FlowReport): unknown;
  /** Applies a quick fix to the profile; a sentence about it, or nothing when something else took over. */
  applyFix(profile: Profile, fix: QuickFix): Promise<string | undefined>;
}

/** The checks views: one tab for each profile. */
export class ChecksPanels implements vscode.Disposable {
  readonly #deps: ChecksPanelDeps;
  /** By profile id, with the profile as it was when the tab was opened. */
  readonly #open = new Map<string, { panel: ViewPanel<ChecksViewModel, unknown>; profile: string }>();

  constructor(deps: ChecksPanelDeps) {
    this.#deps = deps;
  }

  /**
   * Shows the plan for a profile; nothing is sent before the user starts it.
   *
   * @param other another authorization code profile of the same server, when there is one
   */
  show(profile: Profile, other: AuthorizationCodeProfile | undefined): void {
    const key = JSON.stringify([profile, other]);
    const open = this.#open.get(profile.id);
    if (open?.profile === key) {
      open.panel.reveal();
      return;
    }
    // The profile was changed since: its tab starts anew.
    open?.panel.dispose();
    const panel = new ViewPanel<ChecksViewModel, unknown>({
      extensionUri: this.#deps.extensionUri,
      name: 'checks',
      title: vscode.l10n.t('Checks: {0}', profile.name),
      icon: new vscode.ThemeIcon('beaker'),
      onIntent: (message) => {
        const intent = parseChecksIntent(message);
        return intent && controller.handle(intent);
      },
      onDispose: () => {
        controller.dispose();
        this.#open.delete(profile.id);
      },
    });
    const controller = this.#controller(profile, other, panel);
    this.#open.set(profile.id, { panel, profile: key });
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #controller(
    profile: Profile,
    other: AuthorizationCodeProfile | undefined,
    panel: ViewPanel<ChecksViewModel, unknown>,
  ): ChecksController {
    const deps = this.#deps;
    const subject = { profile, hasOtherClient: other !== undefined };
    return new ChecksController(subject, planChecks(subject), {
      draw: (model) => panel.show(model),
      run: (choice, signal, progress) => deps.run(profile, other, choice, signal, progress),
      keep: (report) => deps.reports.keep(report),
      previous: () => deps.reports.get(profile.id),
      save: saveReport,
      showFlow: (flow) => deps.showFlow(flow),
      applyFix: (fix) => deps.applyFix(profile, fix),
      copy: (text) => vscode.env.clipboard.writeText(text),
      version: deps.version,
    });
  }
}
