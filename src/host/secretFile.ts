import * as vscode from 'vscode';
import { dialogs } from './dialogs.ts';
import { readForeignFile } from './readForeignFile.ts';

/**
 * The text of a file that the user chooses, such as a private key; what is too large to be one is refused with a sentence.
 *
 * @param longest most bytes
 */
export async function secretFile(noun: string, longest: number): Promise<string | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose the {0}', noun),
      canSelectMany: false,
    })) ?? [];
  if (file === undefined) return undefined;
  const found = await readForeignFile(file, longest, true);
  if (found.kind === 'read') return new TextDecoder().decode(found.bytes).trim();
  void dialogs.showErrorMessage(
    found.kind === 'too_large'
      ? vscode.l10n.t('The file has more than {0} bytes: it is no {1}.', longest, noun)
      : vscode.l10n.t('The file cannot be read.'),
  );
  return undefined;
}
