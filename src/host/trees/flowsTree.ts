import * as vscode from 'vscode';
import type { FlowLine } from '../../core/session/flowsTree.ts';
import { commands } from '../../shared/commands.ts';

/** Shows flow lines as VS Code's tree, the newest first. */
export class FlowsTree implements vscode.TreeDataProvider<FlowLine> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #read: () => Promise<readonly FlowLine[]>;

  constructor(read: () => Promise<readonly FlowLine[]>) {
    this.#read = read;
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(parent?: FlowLine): Promise<FlowLine[]> {
    return parent ? [] : [...(await this.#read())];
  }

  getTreeItem(line: FlowLine): vscode.TreeItem {
    const item = new vscode.TreeItem(line.label);
    item.id = line.id;
    item.description = line.description;
    item.tooltip = line.tooltip.join('\n');
    item.contextValue = line.context;
    item.iconPath = new vscode.ThemeIcon(line.icon);
    item.accessibilityInformation = { label: `${line.label}, ${line.description}` };
    item.command = { command: commands.showFlow, title: '', arguments: [{ flow: line.id }] };
    return item;
  }
}
