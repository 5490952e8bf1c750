import type * as vscode from 'vscode';

/** Builds the ports, creates the parts, registers them. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push();
}
