import * as vscode from 'vscode';
import type { ProfileSource } from '../core/profile/parseProfiles.ts';

/** The file of these settings where its place is known; that of the user's is not, it depends on VS Code's profile and host. */
export function settingsFile(source: ProfileSource): vscode.Uri | undefined {
  if (source.scope === 'user') return undefined;
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  if (source.scope === 'workspace' && workspaceFile)
    return workspaceFile.scheme === 'untitled' ? undefined : workspaceFile;
  const folder = source.scope === 'folder' ? vscode.Uri.parse(source.folder) : workspaceFolders?.[0]?.uri;
  return folder && vscode.Uri.joinPath(folder, '.vscode', 'settings.json');
}

/**
 * Changes the setting in its file's text where that holds comments in the setting, which VS Code's own way of writing would lose.
 *
 * @returns `false` when there is nothing to spare, or the file is unsaved or malformed: VS Code's own way then writes or refuses.
 * @throws Error when the file cannot be saved; the change then waits in VS Code, unsaved.
 */
export async function editInPlace(
  file: vscode.Uri,
  change: (value: unknown) => readonly unknown[],
): Promise<boolean> {
  const document = await open(file);
  if (!document || document.isDirty) return false;
  const { editText, hasComments } = await import('../core/profile/editText.ts');
  if (!hasComments(document.getText())) return false;
  const text = document.getText();
  const edited = editText(text, change);
  if (edited === undefined) return false;
  const edit = new vscode.WorkspaceEdit();
  const { from, to, replacement } = difference(text, edited);
  edit.replace(file, new vscode.Range(document.positionAt(from), document.positionAt(to)), replacement);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save()))
    throw new Error(vscode.l10n.t('{0} could not be saved.', vscode.workspace.asRelativePath(file)));
  return true;
}

async function open(file: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(file);
  } catch {
    // It is not there yet: VS Code's own way makes it.
    return undefined;
  }
}

/** What differs between two texts, so that cursors and folds outside of it stay. */
function difference(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return {
    from: start,
    to: before.length - end,
    replacement: after.slice(start, after.length - end),
  };
}
