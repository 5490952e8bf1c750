import * as vscode from 'vscode';

/** Asks where to save a file and writes it there; a sentence about it, or nothing when the user declined. */
export async function saveReport(fileName: string, content: string): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the report'),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
  });
  if (uri === undefined) return undefined;
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  } catch {
    return vscode.l10n.t('The report could not be written to {0}.', uri.fsPath);
  }
  return vscode.l10n.t('The report is in {0}.', uri.fsPath);
}
