import * as vscode from 'vscode';
import { curl } from '../../core/flowView/export/curl.ts';
import { flowView, type FlowViewOptions } from '../../core/flowView/flowView.ts';
import type { FlowReport } from '../../core/record/report.ts';
import type { LiveFlow } from '../../core/flow/liveFlow.ts';
import { redactFlow } from '../../core/flowView/redactFlow.ts';
import type { CommandName } from '../../shared/commands.ts';
import { readIntent } from '../../shared/intents.ts';
import { flowIntents, type FlowViewIntent, type FlowViewModel } from '../../shared/views/flowView.ts';
import { Panels, type TabContent } from './tabs.ts';
import { byHand } from '../byHand.ts';
import { dialogs } from '../dialogs.ts';
import { named } from '../profileArgument.ts';
import type { Services } from '../services.ts';

type Needed = Pick<Services, 'extensionUri' | 'flows' | 'run'>;

/** Intents that run a command on the shown run. */
const flowCommands = {
  copyUrl: 'copySignInUrl',
  copyCode: 'copyUserCode',
  pasteRedirect: 'pasteRedirect',
  cancel: 'cancelFlow',
  export: 'exportFlow',
  compare: 'compareFlows',
  showFailure: 'showFailure',
  runAgain: 'runFlowAgain',
} as const satisfies Partial<Record<FlowViewIntent['type'], CommandName>>;

interface OpenFlow extends TabContent<FlowViewIntent> {
  options: FlowViewOptions;
}

/** The flow views: one tab for each run; that of a running flow is redrawn as it goes on. */
export class FlowPanels extends Panels<Needed, FlowViewModel, FlowViewIntent, OpenFlow> {
  readonly #stop: () => void;

  constructor(services: Needed) {
    super(services, { name: 'flow', parse: (message) => readIntent(flowIntents, message) });
    this.#stop = services.flows.changes.on((entry) => {
      if (entry) this.#draw(entry.flow.id);
    });
  }

  /** Opens a run's tab, or brings it to the front. */
  show(flowId: string): void {
    if (this.tabs.reveal(flowId)) return;
    const entry = this.services.flows.get(flowId);
    if (!entry) return;
    this.tabs.open(flowId, vscode.l10n.t('Flow: {0}', entry.flow.profile.name), () => ({
      options: {},
      handle: (intent) => this.#handle(flowId, intent),
    }));
    this.#draw(flowId);
  }

  override dispose(): void {
    this.#stop();
    super.dispose();
  }

  #draw(flowId: string): void {
    const open = this.tabs.get(flowId);
    const entry = this.services.flows.get(flowId);
    if (open && entry) open.panel.show(flowView(entry, open.content.options));
  }

  #choose(flowId: string, options: FlowViewOptions): void {
    const content = this.tabs.get(flowId)?.content;
    if (!content) return;
    content.options = { ...content.options, ...options };
    this.#draw(flowId);
  }

  async #handle(flowId: string, intent: FlowViewIntent): Promise<void> {
    const entry = this.services.flows.get(flowId);
    if (!entry) return;
    const [flow, profile] = [byHand({ flow: flowId }), named(entry.flow.profile)];
    switch (intent.type) {
      case 'select':
        this.#choose(flowId, { selected: intent.step });
        return;
      case 'showVerifier':
        this.#choose(flowId, { showVerifier: intent.shown });
        return;
      case 'copyCurl':
        await this.#copyCurl(entry.flow, intent.step);
        return;
      case 'showToken':
        await this.services.run('showToken', profile);
        return;
      default:
        await this.services.run(flowCommands[intent.type], flow);
    }
  }

  async #copyCurl(flow: FlowReport | LiveFlow, step: number): Promise<void> {
    const exchange = redactFlow(flow).find(({ id }) => id === step);
    if (!exchange) return;
    await vscode.env.clipboard.writeText(curl(exchange, 'variables'));
    dialogs.done(vscode.l10n.t('curl command copied, secrets as variables'));
  }
}
