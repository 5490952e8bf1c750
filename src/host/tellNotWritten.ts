import * as vscode from 'vscode';
import { commands } from '../shared/commands.ts';
import { dialogs } from './dialogs.ts';
import type { SettingsWriteError } from './profileSettings.ts';

/** Tells the user why the settings could not be written, with a button that opens them; does not wait for the answer. */
export function tellNotWritten({ message }: SettingsWriteError): void {
  const open = vscode.l10n.t('Open Settings');
  void dialogs
    .showErrorMessage(message, open)
    .then((answer) => answer === open && vscode.commands.executeCommand(commands.openProfileSettings));
}
