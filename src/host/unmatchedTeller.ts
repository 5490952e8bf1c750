import * as vscode from 'vscode';
import { unmatchedOf } from '../core/flow/liveFlow.ts';
import type { FlowEntry } from '../core/session/flowLog.ts';
import { commands } from '../shared/commands.ts';
import { dialogs } from './dialogs.ts';

/**
 * Tells, at once and each only once, of redirects that cannot be tied to a sign-in that waits. Any web page could have sent them,
 * so the sign-in goes on until the user ends it.
 *
 * @param cancel ends the sign-in
 */
export function unmatchedTeller(cancel: () => void): (entry: FlowEntry) => void {
  const told = new Set<string>();
  return (entry) => {
    if (entry.state !== 'running' || !entry.flow.waiting) return;
    for (const sentence of unmatchedOf(entry.flow.waiting)) {
      if (told.has(sentence)) continue;
      told.add(sentence);
      void tell(sentence, entry.flow.id, cancel);
    }
  };
}

async function tell(sentence: string, flow: string, cancel: () => void): Promise<void> {
  const show = vscode.l10n.t('Show Flow');
  const end = vscode.l10n.t('Cancel Sign-in');
  const text = vscode.l10n.t('{0} The sign-in still waits for its own.', sentence);
  const answer = await dialogs.showWarningMessage(text, show, end);
  if (answer === show) await vscode.commands.executeCommand(commands.showFlow, { flow });
  if (answer === end) cancel();
}
