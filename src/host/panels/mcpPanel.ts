import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { McpController, type McpDeps } from '../../core/mcp/mcpController.ts';
import { mcpReport } from '../../core/mcp/mcpReport.ts';
import { parseMcpIntent } from '../../core/mcp/mcpView.ts';
import type { McpViewIntent, McpViewModel } from '../../shared/views/mcpView.ts';
import { dialogs } from '../dialogs.ts';
import { ViewPanel } from './viewPanel.ts';

export interface McpPanelDeps extends Omit<McpDeps, 'draw'> {
  readonly extensionUri: vscode.Uri;
  showFlow(id: string): Promise<void>;
  run(command: 'showToken' | 'editProfile', profile: string): Promise<unknown>;
  check(url: string): Promise<unknown>;
}

/** The MCP views: one tab for each URL. */
export class McpPanels implements vscode.Disposable {
  readonly #deps: McpPanelDeps;
  readonly #open = new Map<string, { panel: ViewPanel<McpViewModel, unknown>; controller: McpController }>();

  constructor(deps: McpPanelDeps) {
    this.#deps = deps;
  }

  /** Shows what a client meets at this URL; asks the server at once, without any token. */
  show(url: URL): void {
    const open = this.#open.get(url.href);
    if (open) {
      open.panel.reveal();
      void open.controller.explore();
      return;
    }
    const id = randomUUID();
    const panel = new ViewPanel<McpViewModel, unknown>({
      extensionUri: this.#deps.extensionUri,
      name: 'mcp',
      title: vscode.l10n.t('MCP: {0}', url.host),
      icon: new vscode.ThemeIcon('plug'),
      onIntent: async (message) => {
        const intent = parseMcpIntent(message);
        if (intent === undefined) return;
        await controller.handle(intent);
        await this.#handle(intent, id, controller.model);
      },
      onDispose: () => {
        controller.dispose();
        this.#open.delete(url.href);
      },
    });
    const controller = new McpController(url, id, { ...this.#deps, draw: (model) => panel.show(model) });
    this.#open.set(url.href, { panel, controller });
    void controller.explore();
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  async #handle({ type }: McpViewIntent, id: string, model: McpViewModel): Promise<void> {
    if (type === 'showFlow') await this.#deps.showFlow(id);
    if ((type === 'showToken' || type === 'editProfile') && model.profile !== undefined)
      await this.#deps.run(type, model.profile);
    if (type === 'check') await this.#deps.check(model.url);
    if (type !== 'copyReport') return;
    await vscode.env.clipboard.writeText(mcpReport(model));
    dialogs.setStatusBarMessage(vscode.l10n.t('$(check) Report copied'), 3000);
  }
}
