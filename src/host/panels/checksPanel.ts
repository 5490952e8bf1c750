import * as vscode from 'vscode';
import type { ApiBench } from '../../core/checks/apiBench.ts';
import type { ApiTarget } from '../../core/checks/apiTarget.ts';
import type { Check, CheckWords } from '../../core/checks/check.ts';
import { planApiChecks } from '../../core/checks/runApiChecks.ts';
import { ChecksController, type ChecksControllerDeps } from '../../core/checks/checksController.ts';
import { parseChecksIntent } from '../../core/checks/checksIntent.ts';
import type { LastReports } from '../../core/checks/lastReports.ts';
import { planChecks } from '../../core/checks/plan.ts';
import type { ChecksReport } from '../../core/checks/report.ts';
import type { ChecksChoice, ChecksProgress } from '../../core/checks/runChecks.ts';
import type { QuickFix } from '../../core/diagnose/quickFix.ts';
import type { FlowReport } from '../../core/record/report.ts';
import type { AuthorizationCodeProfile, Profile } from '../../core/profile/profile.ts';
import { withoutProfile } from '../../core/profile/withoutProfile.ts';
import type { ChecksViewIntent, ChecksViewModel } from '../../shared/views/checksView.ts';
import { saveReport } from '../saveReport.ts';
import { Tabs } from './tabs.ts';

export interface ChecksPanelDeps {
  readonly extensionUri: vscode.Uri;
  /** Version of the extension. */
  readonly version: string;
  /** Runs the chosen checks. @throws FailureError when the server of the profile cannot be found */
  run(
    profile: Profile,
    others: readonly AuthorizationCodeProfile[],
    choice: ChecksChoice,
    signal: AbortSignal,
    progress: (event: ChecksProgress) => void,
  ): Promise<ChecksReport>;
  /** Runs the chosen checks of an API. @throws FailureError when the user lets no token go there */
  runApi(
    target: ApiTarget,
    choice: ChecksChoice<Check<ApiBench>>,
    signal: AbortSignal,
    progress: (event: ChecksProgress) => void,
  ): Promise<ChecksReport>;
  /** To compare the next run with. */
  readonly reports: LastReports;
  /** Keeps the flow and opens it in the flow view. */
  showFlow(flow: FlowReport): unknown;
  /** Applies a quick fix to the profile; what came of it, or nothing when something else took over. */
  applyFix(profile: Profile, fix: QuickFix): ReturnType<ChecksControllerDeps['applyFix']>;
  /** The profile as it is now; absent when it was deleted. */
  latest(profile: Profile): Profile | undefined;
}

/** What a tab checks: `key` is how that was when the tab was opened, or was last run. */
interface OpenChecks extends Pick<ChecksController, 'dispose' | 'handle'> {
  key(): string;
}

type Draw = (model: ChecksViewModel) => void;

/** The checks views: one tab for each profile, and for each API. */
export class ChecksPanels implements vscode.Disposable {
  readonly #deps: ChecksPanelDeps;
  readonly #tabs: Tabs<ChecksViewModel, ChecksViewIntent, OpenChecks>;

  constructor(deps: ChecksPanelDeps) {
    this.#deps = deps;
    this.#tabs = new Tabs({ extensionUri: deps.extensionUri, name: 'checks', parse: parseChecksIntent });
  }

  /**
   * Shows the plan for a profile; nothing is sent before the user starts it.
   *
   * @param others authorization code profiles of the same server
   */
  show(profile: Profile, others: readonly AuthorizationCodeProfile[]): void {
    const title = vscode.l10n.t('Checks: {0}', profile.name);
    let now = profile;
    const planned = () => {
      const subject = { profile: now, hasOtherClient: others.length > 0 };
      return { subject, items: planChecks(subject) };
    };
    const key = () => JSON.stringify([now, others]);
    this.#show(profile.id, key, title, (draw) => {
      const { subject, items } = planned();
      return new ChecksController(subject, items, {
        ...this.#common<Check>(profile, draw),
        run: (choice, signal, progress) => this.#deps.run(now, others, choice, signal, progress),
        renewed: () => {
          now = this.#deps.latest(profile) ?? now;
          return planned();
        },
      });
    });
  }

  /** Shows the plan for an API, an MCP server among them; nothing is sent before the user starts it. */
  showApi(target: ApiTarget): void {
    const { request, mcp } = target;
    const { host, pathname } = new URL(request.url);
    const named = mcp ? `MCP: ${host}` : `${request.method} ${host}${pathname}`;
    const profile = { ...(target.profile ?? withoutProfile(request.url)), name: named };
    const key = () => JSON.stringify([target.profile, request.method, request.url, request.headers]);
    const title = vscode.l10n.t('Checks: {0}', mcp ? host : pathname);
    const withTarget = vscode.l10n.t('{0}, and what leads there', host);
    const subject = { profile, hasOtherClient: false, target: mcp ? withTarget : host };
    const items = planApiChecks(mcp !== undefined, target.profile !== undefined);
    this.#show(`api ${request.method} ${request.url}`, key, title, (draw) => {
      return new ChecksController(subject, items, {
        ...this.#common<Check<ApiBench>>(profile, draw),
        run: (choice, signal, progress) => this.#deps.runApi(target, choice, signal, progress),
        renewed: () => undefined,
      });
    });
  }

  dispose(): void {
    this.#tabs.dispose();
  }

  /** @param key of what is checked: when it is another than that of the open tab, the tab starts anew. */
  #show(id: string, key: () => string, title: string, begin: (draw: Draw) => Omit<OpenChecks, 'key'>): void {
    if (this.#tabs.get(id)?.content.key() === key()) {
      this.#tabs.reveal(id);
      return;
    }
    this.#tabs.open(id, title, (panel) => {
      const controller = begin((model) => panel.show(model));
      return {
        key,
        handle: (intent) => controller.handle(intent),
        dispose: () => controller.dispose(),
      };
    });
  }

  #common<C extends CheckWords>(
    profile: Profile,
    draw: Draw,
  ): Omit<ChecksControllerDeps<C>, 'renewed' | 'run'> {
    const deps = this.#deps;
    return {
      draw,
      keep: (report) => deps.reports.keep(report),
      previous: () => deps.reports.get(profile.id),
      save: saveReport,
      showFlow: (flow) => deps.showFlow(flow),
      applyFix: (fix) => deps.applyFix(profile, fix),
      copy: (text) => vscode.env.clipboard.writeText(text),
      version: deps.version,
    };
  }
}
