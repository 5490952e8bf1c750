import * as vscode from 'vscode';
import { FailureController } from '../../core/diagnose/failureController.ts';
import type { FlowReport } from '../../core/record/report.ts';
import { readIntent } from '../../shared/intents.ts';
import {
  failureIntents,
  type FailureViewIntent,
  type FailureViewModel,
} from '../../shared/views/failureView.ts';
import { explainRun, type ToExplain } from '../explainRun.ts';
import { hostFixes, type ToFix } from '../hostFixes.ts';
import { named } from '../profileArgument.ts';
import type { Services } from '../services.ts';
import { Panels } from './tabs.ts';
import type { ViewPanel } from './viewPanel.ts';

type Needed = ToFix & ToExplain & Pick<Services, 'extensionUri'>;

/** The failure views: one tab for each profile, showing its last failure. */
export class FailurePanels extends Panels<Needed, FailureViewModel, FailureViewIntent, FailureController> {
  constructor(services: Needed) {
    super(services, { name: 'failure', parse: (message) => readIntent(failureIntents, message) });
  }

  /** Explains a failed run in its profile's tab; does nothing for one that gave a token. */
  async show(report: FlowReport): Promise<void> {
    const { profile } = report;
    const explanation = await explainRun(this.services, report);
    if (!explanation) return;
    const begin = (panel: ViewPanel<FailureViewModel>) =>
      new FailureController(report, explanation, {
        ...hostFixes(this.services),
        draw: (model) => panel.show(model),
        copy: (text) => vscode.env.clipboard.writeText(text),
        runAgain: async (of) => {
          await this.services.run('getToken', named(of));
        },
        showFlow: (flow) => this.services.run('showFlow', { flow }),
      });
    const title = vscode.l10n.t('Failure: {0}', profile.name);
    const open = this.tabs.reveal(profile.id);
    if (open) {
      open.panel.title = title;
      open.content = begin(open.panel);
    } else this.tabs.open(profile.id, title, begin);
  }
}
