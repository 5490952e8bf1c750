import * as vscode from 'vscode';
import type { FlowLine } from '../../core/session/flowsTree.ts';
import { commands } from '../../shared/commands.ts';
import { LineTree } from './lineTree.ts';

/** Shows flow lines as VS Code's tree, the newest first. */
export class FlowsTree extends LineTree<FlowLine> {
  protected draw(line: FlowLine): vscode.TreeItem {
    const item = new vscode.TreeItem(line.label);
    item.description = line.description;
    item.tooltip = line.tooltip.join('\n');
    item.contextValue = line.context;
    item.iconPath = new vscode.ThemeIcon(line.icon);
    item.accessibilityInformation = { label: `${line.label}, ${line.description}` };
    item.command = { command: commands.showFlow, title: '', arguments: [{ flow: line.id }] };
    return item;
  }
}
