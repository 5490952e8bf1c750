import * as vscode from 'vscode';
import { FailureController } from '../../core/diagnose/failureController.ts';
import { parseFailureIntent } from '../../core/diagnose/fixIntent.ts';
import type { FlowReport } from '../../core/record/report.ts';
import type { FailureViewModel } from '../../shared/views/failureView.ts';
import { explainRun, type ExplainDeps } from '../explainRun.ts';
import { hostFixes, type HostFixDeps } from '../hostFixes.ts';
import { ViewPanel } from './viewPanel.ts';

export interface FailurePanelDeps extends HostFixDeps, ExplainDeps {
  readonly extensionUri: vscode.Uri;
}

/** The failure views: one tab for each profile, showing its last failure. */
export class FailurePanels implements vscode.Disposable {
  readonly #deps: FailurePanelDeps;
  readonly #open = new Map<string, Page>();

  constructor(deps: FailurePanelDeps) {
    this.#deps = deps;
  }

  /** Explains a run that failed, in its profile's tab; does nothing for one that gave a token. */
  async show(report: FlowReport): Promise<void> {
    const { profile } = report;
    const explanation = await explainRun(report, this.#deps);
    if (!explanation) return;
    const page = this.#open.get(profile.id) ?? this.#create(profile.id);
    page.panel.title = vscode.l10n.t('Failure: {0}', profile.name);
    page.controller = new FailureController(report, explanation, {
      ...hostFixes(this.#deps),
      draw: (model) => page.panel.show(model),
      copy: (text) => vscode.env.clipboard.writeText(text),
      runAgain: async (id) => {
        await this.#deps.run('getToken', { profile: id });
      },
      showFlow: (flow) => this.#deps.run('showFlow', { flow }),
    });
    page.panel.reveal();
  }

  /** Closes a profile's tab, as when a later run gave a token. */
  close(profile: string): void {
    this.#open.get(profile)?.panel.dispose();
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #create(profile: string): Page {
    const page: Page = {
      panel: new ViewPanel<FailureViewModel, unknown>({
        extensionUri: this.#deps.extensionUri,
        name: 'failure',
        title: vscode.l10n.t('Failure'),
        icon: new vscode.ThemeIcon('error'),
        onIntent: (message) => {
          const intent = parseFailureIntent(message);
          return intent && page.controller?.handle(intent);
        },
        onDispose: () => this.#open.delete(profile),
      }),
    };
    this.#open.set(profile, page);
    return page;
  }
}

interface Page {
  readonly panel: ViewPanel<FailureViewModel, unknown>;
  controller?: FailureController;
}
