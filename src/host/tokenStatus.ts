import * as vscode from 'vscode';
import type { StatusLine } from '../core/session/statusLine.ts';
import { commands } from '../shared/commands.ts';

/**
 * The status bar item with the active profile and the time its token has left; hidden while there is no profile. A click opens
 * the profile's menu. While a flow waits for the user, the item shows that flow instead, and a click opens it.
 */
export class TokenStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem(
    'oauthExplorer.token',
    vscode.StatusBarAlignment.Right,
    90,
  );

  constructor() {
    this.#item.name = 'OAuth Explorer';
  }

  show(line: StatusLine | undefined): void {
    if (!line) {
      this.#item.hide();
      return;
    }
    this.#item.text = line.text;
    this.#item.tooltip = line.tooltip;
    this.#item.command =
      line.flow === undefined
        ? commands.profileMenu
        : { title: '', command: commands.showFlow, arguments: [{ flow: line.flow }] };
    this.#item.backgroundColor = line.warning
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.accessibilityInformation = { label: `OAuth Explorer, ${line.tooltip}` };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
