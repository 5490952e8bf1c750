import { isUtf8 } from 'node:buffer';
import * as vscode from 'vscode';
import { dialogs } from './dialogs.ts';
import { readForeignFile } from './readForeignFile.ts';

/**
 * The text of what the user chooses, such as a private key; what is too large to be one is refused with a sentence. DER, such as
 * a PFX, comes as base64.
 *
 * @param longest most bytes
 * @param several files that belong together may be chosen: they come one after the other
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
      ? vscode.l10n.t('The file has more than {0} bytes: it is no {1}.', longest, noun)
      : vscode.l10n.t('The file cannot be read.'),
  );
  return undefined;
}

/** DER begins with a SEQUENCE, whose first byte is the digit 0 of a text; what follows tells them apart. */
function asText(bytes: Buffer): string {
  return bytes[0] === 0x30 && !isUtf8(bytes)
    ? bytes.toString('base64')
    : new TextDecoder().decode(bytes).trim();
}
