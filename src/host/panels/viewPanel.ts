import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { viewChunks } from './viewChunks.ts';
import type { FromView, ToView } from '../../shared/messages.ts';

export interface ViewPanelOptions {
  readonly extensionUri: vscode.Uri;
  /** Name of the webview entry (`webview/<name>.entry.ts`); the view type is `oauthExplorer.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly column?: vscode.ViewColumn;
  onMessage(message: unknown): Promise<void>;
  onDispose(): void;
}

/** An editor tab that draws a view model it is sent and hands back what its page says; the same shell for every view. */
export class ViewPanel<Model> implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  #model: Model | undefined;
  #ready = false;

  constructor(options: ViewPanelOptions) {
    const root = vscode.Uri.joinPath(options.extensionUri, 'dist', 'webview');
    this.#panel = vscode.window.createWebviewPanel(
      `oauthExplorer.${options.name}`,
      options.title,
      { viewColumn: options.column ?? vscode.ViewColumn.Active },
      { enableScripts: true, localResourceRoots: [root], enableFindWidget: true },
    );
    const { webview } = this.#panel;
    webview.onDidReceiveMessage(async (message: FromView<unknown>) => {
      if (message.type === 'ready') this.#post();
      else await options.onMessage(message.intent);
    });
    this.#panel.onDidDispose(() => options.onDispose());
    // The page is thrown away when its tab is hidden; it says `ready` again when it comes back.
    webview.html = page(webview, root, options.name, options.title);
  }

  get title(): string {
    return this.#panel.title;
  }

  set title(title: string) {
    this.#panel.title = title;
  }

  /** Draws `model` now, or as soon as the page is ready. */
  show(model: Model): void {
    this.#model = model;
    if (this.#ready) this.#post();
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #post(): void {
    this.#ready = true;
    if (this.#model === undefined) return;
    const message: ToView<Model> = { type: 'show', model: this.#model };
    void this.#panel.webview.postMessage(message);
  }
}

function page(webview: vscode.Webview, root: vscode.Uri, name: string, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const resource = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
  // Styles: lit adopts constructed sheets, which no policy governs; codicon.css is ours. Scripts: the entry and its chunks.
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replace(/[<&]/g, '')}</title>
<link rel="stylesheet" href="${resource('codicon.css')}" id="vscode-codicon-stylesheet">
${viewChunks(name)
  .map((file) => `<link rel="modulepreload" href="${resource(file)}">`)
  .join('\n')}
<script type="module" nonce="${nonce}" src="${resource(`${name}.js`)}"></script>
</head>
<body></body>
</html>`;
}
