import * as vscode from 'vscode';
import { secretRanges } from '../core/import/secretRanges.ts';

/**
 * Takes secrets out of files in one edit that can be undone; nothing else changes, and nothing is saved.
 *
 * @returns how many places were emptied.
 */
export async function removeImportedSecrets(
  files: readonly vscode.Uri[],
  secrets: readonly { readonly secret: string; readonly clientId?: string }[],
): Promise<number> {
  const edit = new vscode.WorkspaceEdit();
  let places = 0;
  const documents: vscode.TextDocument[] = [];
  for (const file of files) {
    const document = await vscode.workspace.openTextDocument(file);
    const ranges = secretRanges(document.getText(), secrets);
    for (const { start, end } of ranges)
      edit.delete(file, new vscode.Range(document.positionAt(start), document.positionAt(end)));
    places += ranges.length;
    if (ranges.length > 0) documents.push(document);
  }
  if (places === 0 || !(await vscode.workspace.applyEdit(edit))) return 0;
  for (const document of documents) await vscode.window.showTextDocument(document, { preview: false });
  return places;
}
