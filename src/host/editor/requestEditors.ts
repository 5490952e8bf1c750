import * as vscode from 'vscode';
import { httpLanguage } from './documents.ts';
import { dialogs } from '../dialogs.ts';

/** A place in a document. */
export interface Target {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
}

/**
 * Knows which request the user means when clicking outside of the text: while a webview has the focus, VS Code has no active
 * text editor, and a tab behind the view is not visible.
 */
export class RequestEditors implements vscode.Disposable {
  #last: Target | undefined;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    this.#note(vscode.window.activeTextEditor);
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#note(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#note(textEditor)),
    ];
  }

  /**
   * The cursor's place in the active editor, else in the last active editor with requests, else in the only open one, else in
   * the one that the user chooses; a tab in the background is brought to the front.
   *
   * @returns undefined when there is none, or the user chose none
   */
  async find(): Promise<Target | undefined> {
    const active = vscode.window.activeTextEditor;
    // The output panel counts as an active editor, too, but is never meant.
    if (active && active.document.uri.scheme !== 'output') return cursorOf(active);
    const last = this.#last;
    if (last && isOpen(last.document)) return show(last.document, last.position);
    const open = requestTabs();
    const uri = open.length > 1 ? await ask(open) : open[0];
    return uri && show(await vscode.workspace.openTextDocument(uri));
  }

  /** Whether the active editor, or the last one with requests that is still open, contains requests. */
  hasRequests(): boolean {
    const active = vscode.window.activeTextEditor;
    if (active && active.document.uri.scheme !== 'output') return httpLanguage(active.document) === 'http';
    const last = this.#last?.document;
    return last !== undefined && isOpen(last) && httpLanguage(last) === 'http';
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #note(editor: vscode.TextEditor | undefined): void {
    if (!editor || editor !== vscode.window.activeTextEditor || !httpLanguage(editor.document)) return;
    this.#last = cursorOf(editor);
  }
}

function cursorOf({ document, selection }: vscode.TextEditor): Target {
  return { document, position: selection.active };
}

/** Brings the document to the front where it is, with its cursor where it was. */
async function show(document: vscode.TextDocument, position?: vscode.Position): Promise<Target> {
  const seen = vscode.window.visibleTextEditors.find((one) => one.document === document);
  const column = seen?.viewColumn ?? tabOf(document.uri)?.group.viewColumn;
  const editor = await vscode.window.showTextDocument(document, {
    preview: false,
    ...(column !== undefined && { viewColumn: column }),
    ...(!seen && position && { selection: emptyAt(document.validatePosition(position)) }),
  });
  return cursorOf(editor);
}

function emptyAt(position: vscode.Position): vscode.Range {
  return new vscode.Range(position, position);
}

async function ask(open: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  const items = open.map((uri) => {
    const path = vscode.workspace.asRelativePath(uri);
    return { uri, label: path.slice(path.lastIndexOf('/') + 1), description: path };
  });
  const title = vscode.l10n.t('Which file holds the request?');
  return (await dialogs.showQuickPick(items, { title, ignoreFocusOut: true }))?.uri;
}

function isOpen(document: vscode.TextDocument): boolean {
  return !document.isClosed && tabOf(document.uri) !== undefined;
}

function tabOf(uri: vscode.Uri): vscode.Tab | undefined {
  return tabs().find((tab) => uriOf(tab)?.toString() === uri.toString());
}

/** The open tabs with requests, by their names or as known from before. */
function requestTabs(): vscode.Uri[] {
  const found = new Map<string, vscode.Uri>();
  for (const tab of tabs()) {
    const uri = uriOf(tab);
    if (!uri) continue;
    const loaded = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    const holds = loaded ? httpLanguage(loaded) === 'http' : /\.(?:http|rest)$/i.test(uri.path);
    if (holds) found.set(uri.toString(), uri);
  }
  return [...found.values()];
}

function tabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

function uriOf({ input }: vscode.Tab): vscode.Uri | undefined {
  return input instanceof vscode.TabInputText ? input.uri : undefined;
}
