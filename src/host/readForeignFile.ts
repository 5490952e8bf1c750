import * as vscode from 'vscode';
import { readBounded, type BoundedFile } from '../adapters/boundedFile.ts';

/**
 * Reads a file that a workspace names or contains: at most `most` bytes, and only a regular file; in an untrusted workspace
 * only one inside it, after links are resolved.
 *
 * @param chosen whether the user chose the file, which may then be anywhere
 */
export async function readForeignFile(file: vscode.Uri, most: number, chosen = false): Promise<BoundedFile> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const isTrusted = chosen || vscode.workspace.isTrusted;
  if (file.scheme === 'file')
    return readBounded(file.fsPath, most, isTrusted ? undefined : folders.map(({ uri }) => uri.fsPath));
  if (!isTrusted && !vscode.workspace.getWorkspaceFolder(file)) return { kind: 'outside' };
  try {
    const { type, size } = await vscode.workspace.fs.stat(file);
    if ((type & vscode.FileType.File) === 0) return { kind: 'no_file' };
    if (!isTrusted && (type & vscode.FileType.SymbolicLink) !== 0) return { kind: 'outside' };
    if (size > most) return { kind: 'too_large' };
    const bytes = Buffer.from(await vscode.workspace.fs.readFile(file));
    return bytes.length > most ? { kind: 'too_large' } : { kind: 'read', bytes };
  } catch {
    return { kind: 'missing' };
  }
}

/** Why a file could not be read, in a sentence that names it. */
export function unreadable(name: string, kind: Exclude<BoundedFile['kind'], 'read'>, most: number): string {
  const size = most >= 1_048_576 ? `${most / 1_048_576} MiB` : `${most / 1024} KiB`;
  switch (kind) {
    case 'missing':
      return vscode.l10n.t('{0} is not there, or may not be read.', name);
    case 'no_file':
      return vscode.l10n.t('{0} is not a regular file.', name);
    case 'too_large':
      return vscode.l10n.t('{0} is larger than {1}.', name, size);
    case 'changing':
      return vscode.l10n.t('{0} is being changed by something else.', name);
    case 'outside':
      return vscode.l10n.t('{0} leads outside of this workspace, which is not trusted.', name);
  }
}
