import * as vscode from 'vscode';
import { byHand } from '../byHand.ts';

/** A quick fix that runs one of our commands. */
export function quickFix(title: string, command: string, argument: object): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  return Object.assign(action, { command: { command, title, arguments: [byHand(argument)] } });
}
