import * as vscode from 'vscode';
import { viewPage } from './viewPage.ts';
import { viewParts } from './viewParts.ts';
import type { FromView, ToView } from '../../shared/messages.ts';

export interface ViewPanelOptions<Model> {
  readonly extensionUri: vscode.Uri;
  /** Name of the webview entry (`webview/<name>.entry.ts`); the view type is `oauthExplorer.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly column?: vscode.ViewColumn;
  /** Reduces a model to what the page draws first; the whole model follows when the page is ready. */
  firstPage?: (model: Model) => Model;
  onMessage: (message: unknown) => Promise<void>;
  onDispose: () => void;
}

/** An editor tab that draws the view models it is given and passes on the messages of its page; every view uses it. */
export class ViewPanel<Model> implements vscode.Disposable {
  readonly #options: ViewPanelOptions<Model>;
  readonly #panel: vscode.WebviewPanel;
  #model: Model | undefined;
  /** The model that is written into the page. */
  #written: Model | undefined;
  #writing: NodeJS.Immediate | undefined;
  #ready = false;

  constructor(options: ViewPanelOptions<Model>) {
    this.#options = options;
    this.#panel = vscode.window.createWebviewPanel(
      `oauthExplorer.${options.name}`,
      options.title,
      { viewColumn: options.column ?? vscode.ViewColumn.Active },
      { enableScripts: true, localResourceRoots: [], enableFindWidget: true },
    );
    const { webview } = this.#panel;
    webview.onDidReceiveMessage(async (message: FromView<unknown>) => {
      if (message.type !== 'ready') await options.onMessage(message.intent);
      else {
        this.#ready = true;
        if (this.#model !== this.#written) this.#post();
      }
    });
    this.#panel.onDidDispose(() => {
      clearImmediate(this.#writing);
      options.onDispose();
    });
    // VS Code discards the page of a hidden tab: with the present model in it, the page draws that at once when it returns.
    this.#panel.onDidChangeViewState(() => {
      if (!this.#panel.visible && this.#model !== this.#written) this.#write(this.#model);
    });
  }

  get title(): string {
    return this.#panel.title;
  }

  set title(title: string) {
    this.#panel.title = title;
  }

  /** Draws a model. Until the page is ready, the latest one is written into it, at the end of this turn of the event loop. */
  show(model: Model): void {
    this.#model = model;
    if (this.#ready) this.#post();
    else
      this.#writing ??= setImmediate(() => {
        const first =
          this.#model === undefined ? undefined : (this.#options.firstPage?.(this.#model) ?? this.#model);
        if (first !== this.#written) this.#write(first);
      });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #post(): void {
    if (this.#model === undefined) return;
    const message: ToView<Model> = { type: 'show', model: this.#model };
    void this.#panel.webview.postMessage(message);
  }

  #write(model: Model | undefined): void {
    const { extensionUri, name } = this.#options;
    this.#written = model;
    this.#panel.webview.html = viewPage({
      ...{ title: this.title, model },
      ...viewParts(extensionUri, name),
    });
  }
}
