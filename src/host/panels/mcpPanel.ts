import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { McpController, type McpDeps } from '../../core/mcp/mcpController.ts';
import { mcpReport } from '../../core/mcp/mcpReport.ts';
import { parseMcpIntent } from '../../core/mcp/mcpView.ts';
import type { McpViewIntent, McpViewModel } from '../../shared/views/mcpView.ts';
import { dialogs } from '../dialogs.ts';
import { Tabs } from './tabs.ts';
import type { ViewPanel } from './viewPanel.ts';

export interface McpPanelDeps extends Omit<McpDeps, 'draw'> {
  readonly extensionUri: vscode.Uri;
  showFlow(id: string): Promise<void>;
  run(command: 'showToken' | 'editProfile', profile: string): Promise<unknown>;
  check(url: string): Promise<unknown>;
}

interface OpenServer {
  readonly controller: McpController;
  handle(intent: McpViewIntent): Promise<void>;
  dispose(): void;
}

/** The MCP views: one tab for each URL. */
export class McpPanels implements vscode.Disposable {
  readonly #deps: McpPanelDeps;
  readonly #tabs: Tabs<McpViewModel, McpViewIntent, OpenServer>;

  constructor(deps: McpPanelDeps) {
    this.#deps = deps;
    this.#tabs = new Tabs({ extensionUri: deps.extensionUri, name: 'mcp', parse: parseMcpIntent });
  }

  /** Shows what a client meets at this URL; asks the server at once, without any token. */
  show(url: URL): void {
    const tab =
      this.#tabs.reveal(url.href) ??
      this.#tabs.open(url.href, vscode.l10n.t('MCP: {0}', url.host), (panel) => this.#begin(url, panel));
    void tab.content.controller.explore();
  }

  dispose(): void {
    this.#tabs.dispose();
  }

  #begin(url: URL, panel: ViewPanel<McpViewModel>): OpenServer {
    const id = randomUUID();
    const controller = new McpController(url, id, { ...this.#deps, draw: (model) => panel.show(model) });
    return {
      controller,
      handle: async (intent) => {
        await controller.handle(intent);
        await this.#handle(intent, id, controller.model);
      },
      dispose: () => controller.dispose(),
    };
  }

  async #handle({ type }: McpViewIntent, id: string, model: McpViewModel): Promise<void> {
    if (type === 'showFlow') await this.#deps.showFlow(id);
    if ((type === 'showToken' || type === 'editProfile') && model.profile !== undefined)
      await this.#deps.run(type, model.profile);
    if (type === 'check') await this.#deps.check(model.url);
    if (type !== 'copyReport') return;
    await vscode.env.clipboard.writeText(mcpReport(model));
    dialogs.setStatusBarMessage(vscode.l10n.t('Report copied'), 3000);
  }
}
