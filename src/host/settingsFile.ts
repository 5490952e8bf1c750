import * as vscode from 'vscode';
import type { ProfileSource } from '../core/profile/profileSource.ts';

/**
 * The probable file of the user's settings. VS Code does not tell it, but it is beside the folder for extensions' storage;
 * where the extension host runs on another machine, there is no such file.
 */
export function userSettingsFile({
  globalStorageUri,
}: Pick<vscode.ExtensionContext, 'globalStorageUri'>): vscode.Uri {
  return vscode.Uri.joinPath(globalStorageUri, '..', '..', 'settings.json');
}

/** The file of these settings, where it is known; that of the user's depends on VS Code's profile and host. */
export function settingsFile(source: ProfileSource): vscode.Uri | undefined {
  if (source.scope === 'user') return undefined;
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  if (source.scope === 'workspace' && workspaceFile)
    return workspaceFile.scheme === 'untitled' ? undefined : workspaceFile;
  const folder = source.scope === 'folder' ? vscode.Uri.parse(source.folder) : workspaceFolders?.[0]?.uri;
  return folder && vscode.Uri.joinPath(folder, '.vscode', 'settings.json');
}

/**
 * Changes the setting in the text of its file if it contains comments, which VS Code's own way of writing would lose.
 *
 * @returns `false` when it has none, or the file is unsaved or malformed: VS Code is then left to write or to refuse
 * @throws Error when the file cannot be saved; VS Code then keeps the change as an unsaved edit
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

/**
 * Writes a settings file with `write`, and checks that it is complete afterwards: on a full disk VS Code reports success even
 * when only part of the file was written. A file that was cut short is restored.
 *
 * @param isAsBefore whether VS Code has read the restored file
 * @throws Error that `write` throws, or `CutError`
 */
export async function writeWhole(
  file: vscode.Uri | undefined,
  write: () => PromiseLike<void>,
  isAsBefore: () => boolean,
): Promise<void> {
  if (!file) return write();
  const before = await bytesOf(file);
  await write();
  const after = await bytesOf(file);
  const { isWhole } = await import('../core/profile/editText.ts');
  const isCut = (bytes: Uint8Array | undefined) => bytes !== undefined && !isWhole(textOf(bytes));
  // A file that was malformed before is left for its user to mend.
  if (!isCut(after) || isCut(before)) return;
  await putBack(file, before, isAsBefore);
  if (isSame(await bytesOf(file), before)) throw new CutError(true);
  await vscode.workspace.openTextDocument({ language: 'jsonc', content: textOf(before) });
  throw new CutError(false);
}

/** Restores a file, and does so again until VS Code notices: it may miss a change right after another one. */
async function putBack(
  file: vscode.Uri,
  before: Uint8Array | undefined,
  isAsBefore: () => boolean,
): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    try {
      if (before === undefined) await vscode.workspace.fs.delete(file);
      else await vscode.workspace.fs.writeFile(file, before);
    } catch {
      // The caller checks what the file contains then.
      return;
    }
    for (let waited = 0; waited < 1000; waited += 50) {
      if (isAsBefore()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Only part of a settings file was written. */
export class CutError extends Error {
  /** Whether the file was restored. */
  readonly restored: boolean;

  constructor(restored: boolean) {
    super(
      vscode.l10n.t(
        'Only part of the file was written. The disk may be full: free some space, and try again.',
      ),
    );
    this.restored = restored;
  }
}

async function bytesOf(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}

async function open(file: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(file);
  } catch {
    // The file does not exist yet: VS Code creates it.
    return undefined;
  }
}

/** The range in which two texts differ, so that cursors and folds outside of it stay. */
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
