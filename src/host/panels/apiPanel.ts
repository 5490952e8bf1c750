import * as vscode from 'vscode';
import { ApiController } from '../../core/api/apiController.ts';
import { parseApiIntent } from '../../core/api/apiIntent.ts';
import type { ApiCall } from '../../core/api/callApi.ts';
import { tokenFacts } from '../../core/diagnose/tokenFacts.ts';
import type { ApiViewModel } from '../../shared/views/apiView.ts';
import { explainRun, type ExplainDeps } from '../explainRun.ts';
import { hostFixes, type HostFixDeps } from '../hostFixes.ts';
import { ViewPanel } from './viewPanel.ts';

export interface ApiPanelDeps extends HostFixDeps, ExplainDeps {
  readonly extensionUri: vscode.Uri;
  /** Opens a text in an editor. */
  open(name: string, text: string): Promise<void>;
  /** Sends the request of a call again; the new call is shown with `ApiPanels.show`. */
  sendAgain(call: ApiCall): Promise<unknown>;
}

/** The API views: one tab beside the editor for each profile, showing its last call. */
export class ApiPanels implements vscode.Disposable {
  readonly #deps: ApiPanelDeps;
  readonly #open = new Map<string, Page>();

  constructor(deps: ApiPanelDeps) {
    this.#deps = deps;
  }

  /** Shows what came of a call, with an explanation when it did not succeed. */
  async show(call: ApiCall): Promise<void> {
    const { report, tokens } = call;
    const explanation = await explainRun(report, this.#deps, tokenFacts(tokens));
    const key = report.profile.id;
    const page = this.#open.get(key) ?? this.#create(key);
    page.panel.title =
      `${call.request.method} ${URL.canParse(call.url) ? new URL(call.url).pathname : call.url}`.slice(0, 60);
    if (page.controller) page.controller.show(call, explanation);
    else
      page.controller = new ApiController(call, explanation, {
        ...hostFixes(this.#deps),
        draw: (model) => page.panel.show(model),
        open: (name, text) => this.#deps.open(name, text),
        saveBody,
        copy: (text) => vscode.env.clipboard.writeText(text),
        sendAgain: (sent) => this.#deps.sendAgain(sent),
        showFlow: (flow) => this.#deps.run('showFlow', { flow }),
        explain: (flow) => this.#deps.run('showFailure', { flow }),
      });
    page.panel.reveal();
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #create(key: string): Page {
    const page: Page = {
      panel: new ViewPanel<ApiViewModel, unknown>({
        extensionUri: this.#deps.extensionUri,
        name: 'api',
        title: vscode.l10n.t('Response'),
        icon: new vscode.ThemeIcon('send'),
        column: vscode.ViewColumn.Beside,
        onIntent: (message) => {
          const intent = parseApiIntent(message);
          return intent && page.controller?.handle(intent);
        },
        onDispose: () => this.#open.delete(key),
      }),
    };
    this.#open.set(key, page);
    return page;
  }
}

/** Asks where, and writes it there. */
async function saveBody(fileName: string, text: string): Promise<ApiViewModel['notice']> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the body'),
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
  });
  if (uri === undefined) return undefined;
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch {
    return { text: vscode.l10n.t('The body could not be written to {0}.', uri.fsPath), done: false };
  }
  return { text: vscode.l10n.t('The body is in {0}.', uri.fsPath), done: true };
}

interface Page {
  readonly panel: ViewPanel<ApiViewModel, unknown>;
  controller?: ApiController;
}
