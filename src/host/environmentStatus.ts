import * as vscode from 'vscode';
import { withoutIcons } from '../core/session/statusLine.ts';
import { commands } from '../shared/commands.ts';
import type { Environments } from './environments.ts';

/** The status bar item with the environment in force, which a click switches; absent while the settings have no environments. */
export class EnvironmentStatus implements vscode.Disposable {
  #item: vscode.StatusBarItem | undefined;

  show(environments: Pick<Environments, 'active' | 'list'>): void {
    if (environments.list().environments.length === 0) {
      this.dispose();
      return;
    }
    this.#item ??= newItem();
    const { active } = environments;
    this.#item.text = `$(layers) ${active === undefined ? vscode.l10n.t('No environment') : withoutIcons(active)}`;
    this.#item.backgroundColor =
      active === undefined ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  dispose(): void {
    this.#item?.dispose();
    this.#item = undefined;
  }
}

function newItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(
    'oauthExplorer.environment',
    vscode.StatusBarAlignment.Right,
    91,
  );
  item.name = vscode.l10n.t('OAuth Explorer: Environment');
  item.command = commands.switchEnvironment;
  item.tooltip = vscode.l10n.t('The environment of profiles with variables. Click to switch.');
  return item;
}
