import * as vscode from 'vscode';

const scheme = 'oauth-explorer-text';

/** Most texts that are kept for editors. */
const most = 20;

/** Shows texts in read-only editors, with VS Code's colours, search and folding, and without a question on closing. */
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

  /** Opens a text; the extension of its name tells the language. */
  async show(name: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.keep(name, text));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Keeps a text, and returns the address at which VS Code can open it. */
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
