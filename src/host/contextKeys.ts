import * as vscode from 'vscode';
import type { ContextKey, Milestone } from '../shared/contextKeys.ts';

/** Tells VS Code what our menus, commands and the walkthrough depend on. */
export function setContext(key: ContextKey, value: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', `oauthExplorer.${key}`, value);
}

/**
 * Ticks the walkthrough's step that waits for this key, by making it true for a moment: VS Code never ticks a step whose key
 * was already true when the walkthrough was first opened.
 */
export async function reach(milestone: Milestone): Promise<void> {
  await setContext(milestone, true);
  await setContext(milestone, false);
}
