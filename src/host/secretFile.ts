import { isUtf8 } from 'node:buffer';
import * as vscode from 'vscode';
import { dialogs } from './dialogs.ts';
import { readForeignFile } from './readForeignFile.ts';

/**
 * Lets the user choose a file with a secret, such as a private key, and returns its text; a file that is too large is refused
 * with a message. DER, such as a PFX, is returned as base64.
 *
 * @param longest most bytes of a file
 * @param several whether files that belong together may be chosen; their texts are joined
 */
export async function secretFile(
  noun: string,
  longest: number,
  several: boolean,
): Promise<string | undefined> {
  const files =
    (await vscode.window.showOpenDialog({
      title: several
        ? vscode.l10n.t('Choose the {0}: a PFX, or certificate and key together', noun)
        : vscode.l10n.t('Choose the {0}', noun),
      canSelectMany: several,
    })) ?? [];
  const texts: string[] = [];
  for (const file of files.slice(0, 5)) {
    const text = await textOf(file, noun, longest);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

async function textOf(file: vscode.Uri, noun: string, longest: number): Promise<string | undefined> {
  const found = await readForeignFile(file, longest, true);
  if (found.kind === 'read') return asText(found.bytes);
  void dialogs.showErrorMessage(
    found.kind === 'too_large'
      ? vscode.l10n.t('The file has more than {0} bytes: it is not a usable {1}.', longest, noun)
      : vscode.l10n.t('The file cannot be read.'),
  );
  return undefined;
}

/** Tells DER from text: DER begins with a SEQUENCE (0x30), the byte of the digit 0, but is not valid UTF-8. */
function asText(bytes: Buffer): string {
  return bytes[0] === 0x30 && !isUtf8(bytes)
    ? bytes.toString('base64')
    : new TextDecoder().decode(bytes).trim();
}
