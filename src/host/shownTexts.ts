import * as vscode from 'vscode';

const scheme = 'oauth-explorer-text';

/** Texts kept for the editors that show them. */
const most = 20;

/** Texts that are shown in editors to be read: with VS Code's colours, search and folding, and nothing to save when one is closed. */
export class ShownTexts implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #provider: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ query }) =>
        this.#texts.get(query) ?? vscode.l10n.t('This text is no longer available.'),
    });
  }

  /** Opens a text; the end of its name says what it is written in. */
  async show(name: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.keep(name, text));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Keeps a text, and says under which address VS Code can open it. */
  keep(name: string, text: string): vscode.Uri {
    const key = String((this.#count += 1));
    this.#texts.set(key, text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > most && oldest !== undefined) this.#texts.delete(oldest);
    return vscode.Uri.from({ scheme, path: `/${name.replace(/[\\/?#\s]+/g, ' ')}`, query: key });
  }

  dispose(): void {
    this.#texts.clear();
    this.#provider.dispose();
  }
}
