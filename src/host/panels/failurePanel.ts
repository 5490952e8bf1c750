import * as vscode from 'vscode';
import { FailureController } from '../../core/diagnose/failureController.ts';
import { parseFailureIntent } from '../../core/diagnose/fixIntent.ts';
import type { FlowReport } from '../../core/record/report.ts';
import type { FailureViewIntent, FailureViewModel } from '../../shared/views/failureView.ts';
import { explainRun, type ExplainDeps } from '../explainRun.ts';
import { hostFixes, type HostFixDeps } from '../hostFixes.ts';
import { named } from '../profileArgument.ts';
import { Tabs } from './tabs.ts';
import type { ViewPanel } from './viewPanel.ts';

export interface FailurePanelDeps extends HostFixDeps, ExplainDeps {
  readonly extensionUri: vscode.Uri;
}

/** The failure views: one tab for each profile, showing its last failure. */
export class FailurePanels implements vscode.Disposable {
  readonly #deps: FailurePanelDeps;
  readonly #tabs: Tabs<FailureViewModel, FailureViewIntent, FailureController>;

  constructor(deps: FailurePanelDeps) {
    this.#deps = deps;
    this.#tabs = new Tabs({ extensionUri: deps.extensionUri, name: 'failure', parse: parseFailureIntent });
  }

  /** Explains a run that failed, in its profile's tab; does nothing for one that gave a token. */
  async show(report: FlowReport): Promise<void> {
    const { profile } = report;
    const explanation = await explainRun(report, this.#deps);
    if (!explanation) return;
    const begin = (panel: ViewPanel<FailureViewModel>) =>
      new FailureController(report, explanation, {
        ...hostFixes(this.#deps),
        draw: (model) => panel.show(model),
        copy: (text) => vscode.env.clipboard.writeText(text),
        runAgain: async (of) => {
          await this.#deps.run('getToken', named(of));
        },
        showFlow: (flow) => this.#deps.run('showFlow', { flow }),
      });
    const title = vscode.l10n.t('Failure: {0}', profile.name);
    const open = this.#tabs.reveal(profile.id);
    if (open) {
      open.panel.title = title;
      open.content = begin(open.panel);
    } else this.#tabs.open(profile.id, title, begin);
  }

  /** Closes a profile's tab, as when a later run gave a token. */
  close(profile: string): void {
    this.#tabs.close(profile);
  }

  dispose(): void {
    this.#tabs.dispose();
  }
}
