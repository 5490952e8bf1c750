import * as vscode from 'vscode';
import { setContext } from '../contextKeys.ts';
import { BearerLenses } from './bearerLenses.ts';
import { ParsedDocuments } from './documents.ts';
import { bearerActions } from './bearerActions.ts';
import { bearerHover } from './bearerHover.ts';
import { requestHighlight } from './requestHighlight.ts';
import type { EditorServices } from './tokenSource.ts';

/** All features in the text of requests. Lenses are positioned without `parts`; only visible ones need them. */
export class EditorFeatures implements vscode.Disposable {
  readonly #documents = new ParsedDocuments();
  readonly #parts: () => Promise<EditorServices>;
  readonly #lenses: BearerLenses;
  readonly #changed: () => void;
  readonly #subscriptions: vscode.Disposable[];
  readonly #markdown = new Set<string>();
  #listening = false;

  constructor(parts: () => Promise<EditorServices>, changed: () => void) {
    this.#parts = parts;
    this.#changed = changed;
    this.#lenses = new BearerLenses(this.#documents, async () => (await this.#ready()).source);
    this.#subscriptions = [
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (this.#lenses.isBeyond(textEditor)) changed();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('oauthExplorer.codeLens')) changed();
      }),
    ];
  }

  lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (document.uri.scheme === 'git') return [];
    const shown = vscode.workspace.getConfiguration('oauthExplorer', document).get<boolean>('codeLens', true);
    const lenses = this.#lenses.provide(document);
    if (document.languageId === 'markdown') this.#markRequests(document, lenses.length > 0);
    return shown ? lenses : [];
  }

  /** Lets the context menu know which Markdown documents contain requests. */
  #markRequests(document: vscode.TextDocument, holds: boolean): void {
    const uri = document.uri.toString();
    if (holds === this.#markdown.has(uri)) return;
    if (holds) this.#markdown.add(uri);
    else this.#markdown.delete(uri);
    void setContext('markdownWithRequests', [...this.#markdown]);
  }

  resolveLens(lens: vscode.CodeLens): Promise<vscode.CodeLens> {
    return this.#lenses.resolve(lens);
  }

  async hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const parsed = this.#documents.get(document);
    return parsed && bearerHover(document, parsed, position, () => this.#ready());
  }

  async actions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const parsed = this.#documents.get(document);
    return parsed ? bearerActions(document, parsed, range, () => this.#ready()) : [];
  }

  colours(document: vscode.TextDocument, range: vscode.Range): vscode.SemanticTokens | undefined {
    return requestHighlight(this.#documents, document, range);
  }

  async #ready(): Promise<EditorServices> {
    const parts = await this.#parts();
    if (!this.#listening) this.#subscriptions.push(parts.source.onDidChange(this.#changed));
    this.#listening = true;
    return parts;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
