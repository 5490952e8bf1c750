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
  /** Of a model what its page draws first, or the model itself; the whole follows when the page is ready. */
  firstPage?: (model: Model) => Model;
  onMessage: (message: unknown) => Promise<void>;
  onDispose: () => void;
}

/** An editor tab that draws a view model it is sent and hands back what its page says; the same shell for every view. */
export class ViewPanel<Model> implements vscode.Disposable {
  readonly #options: ViewPanelOptions<Model>;
  readonly #panel: vscode.WebviewPanel;
  #model: Model | undefined;
  /** The model that the page brings with it. */
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
    // The page is thrown away when its tab is hidden; when it comes back, it is to draw at once what is to be seen then.
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

  /** Draws `model` now, or with the page: that is written with the first one, as it is when this turn of the event loop is over. */
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
