import * as vscode from 'vscode';
import type { ProfileLine } from '../../core/session/profilesTree.ts';
import { commands } from '../../shared/commands.ts';
import type { ProfileWord } from '../../shared/trees.ts';
import { LineTree } from './lineTree.ts';

/** An invalid entry of the setting. */
interface InvalidLine {
  /** An id of its own: invalid entries may have none, or that of another. */
  readonly id: string;
  readonly label: string;
  readonly problems: readonly string[];
  readonly children?: undefined;
  /** Its place in the settings, for the command that shows it there. */
  readonly entry: unknown;
}

/** A group of profiles. */
interface GroupLine {
  /** An id that no profile has. */
  readonly id: string;
  readonly label: string;
  readonly children: readonly ProfilesTreeLine[];
}

export type ProfilesTreeLine = (ProfileLine & { readonly children?: undefined }) | InvalidLine | GroupLine;

/** Shows profile lines as VS Code's tree; core makes their texts. */
export class ProfilesTree extends LineTree<ProfilesTreeLine> {
  protected draw(line: ProfilesTreeLine): vscode.TreeItem {
    if (line.children) return new vscode.TreeItem(line.label);
    return 'problems' in line ? invalidItem(line) : profileItem(line);
  }
}

function profileItem(line: ProfileLine): vscode.TreeItem {
  const item = new vscode.TreeItem(line.label);
  item.description = line.description;
  item.tooltip = line.tooltip.join('\n');
  item.contextValue = line.context;
  item.iconPath = new vscode.ThemeIcon(
    line.icon.name,
    line.icon.colour === undefined ? undefined : new vscode.ThemeColor(line.icon.colour),
  );
  item.accessibilityInformation = { label: `${line.label}, ${line.said}` };
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
  // Otherwise a screen reader reads the tooltip only, and nobody hears which entry it is about.
  item.accessibilityInformation = { label: `${line.label}: ${line.problems.join(' ')}` };
  item.contextValue = 'invalid' satisfies ProfileWord;
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground'));
  item.command = { command: commands.openProfileSettings, title: '', arguments: [line.entry] };
  return item;
}
