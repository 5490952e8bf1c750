import * as vscode from 'vscode';
import type { ProfileLine } from '../../core/session/profilesTree.ts';
import { commands } from '../../shared/commands.ts';

/** An entry of the setting that is no profile. */
interface InvalidLine {
  readonly label: string;
  readonly problems: readonly string[];
  /** Where it stands, for the command that shows it there. */
  readonly entry: unknown;
}

export type ProfilesTreeItem =
  | { readonly kind: 'profile'; readonly line: ProfileLine }
  | { readonly kind: 'invalid'; readonly line: InvalidLine };

/** Shows profile lines as VS Code's tree; all that is said in them was decided in core. */
export class ProfilesTree implements vscode.TreeDataProvider<ProfilesTreeItem> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #read: () => Promise<readonly ProfilesTreeItem[]>;

  constructor(read: () => Promise<readonly ProfilesTreeItem[]>) {
    this.#read = read;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(parent?: ProfilesTreeItem): Promise<ProfilesTreeItem[]> {
    return parent ? [] : [...(await this.#read())];
  }

  getTreeItem(item: ProfilesTreeItem): vscode.TreeItem {
    return item.kind === 'profile' ? profileItem(item.line) : invalidItem(item.line);
  }
}

function profileItem(line: ProfileLine): vscode.TreeItem {
  const item = new vscode.TreeItem(line.label);
  item.id = line.id;
  item.description = line.description;
  item.tooltip = line.tooltip.join('\n');
  item.contextValue = line.context;
  item.iconPath = new vscode.ThemeIcon(
    line.icon.name,
    line.icon.colour === undefined ? undefined : new vscode.ThemeColor(line.icon.colour),
  );
  item.accessibilityInformation = { label: `${line.label}, ${line.description}` };
  item.command = {
    command: line.state === 'none' ? commands.editProfile : commands.showToken,
    title: '',
    arguments: [{ profile: line.id }],
  };
  return item;
}

function invalidItem(line: InvalidLine): vscode.TreeItem {
  const item = new vscode.TreeItem(line.label);
  item.description = line.problems[0] ?? '';
  item.tooltip = line.problems.join('\n');
  item.contextValue = 'invalid';
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  item.command = { command: commands.openProfileSettings, title: '', arguments: [line.entry] };
  return item;
}
