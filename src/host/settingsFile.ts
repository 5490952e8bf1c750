import * as vscode from 'vscode';
import type { ProfileSource } from '../core/profile/profileSource.ts';

/**
 * Where the user's settings are when this host runs where they are kept, as on the desktop; elsewhere no file is there. VS Code
 * does not tell, but its folder for what extensions keep stands beside them.
 */
export function userSettingsFile({
  globalStorageUri,
}: Pick<vscode.ExtensionContext, 'globalStorageUri'>): vscode.Uri {
  return vscode.Uri.joinPath(globalStorageUri, '..', '..', 'settings.json');
}

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

/**
 * Writes a settings file by `write`, and looks whether it is whole afterwards: VS Code also calls a file written of which a full
 * disk has taken only a part. Then the file is put back as it was; `isAsBefore` tells whether VS Code has read it again.
 *
 * @throws Error what `write` throws, or that the file was cut and what became of it.
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
  // A file that was malformed before is its user's to mend.
  if (!isCut(after) || isCut(before)) return;
  await putBack(file, before, isAsBefore);
  if (isSame(await bytesOf(file), before)) throw new CutError(true);
  await vscode.workspace.openTextDocument({ language: 'jsonc', content: textOf(before) });
  throw new CutError(false);
}

/** Again where VS Code does not notice: it may miss a change that follows another one at once. */
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
      // What is there then, says the look afterwards.
      return;
    }
    for (let waited = 0; waited < 1000; waited += 50) {
      if (isAsBefore()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A settings file of which the disk has taken only a part. */
export class CutError extends Error {
  /** Whether the file is again as it was. */
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
