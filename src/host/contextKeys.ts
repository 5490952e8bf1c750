import * as vscode from 'vscode';
import type { ContextKey } from '../shared/contextKeys.ts';

/** Tells VS Code what our menus, commands and the walkthrough depend on. */
export function setContext(key: ContextKey, value: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', `oauthExplorer.${key}`, value);
}
