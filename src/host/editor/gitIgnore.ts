import { lstat } from 'node:fs/promises';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import { gitStateOf, type GitState } from '../../adapters/gitState.ts';
import { decodeText } from '../../core/import/decodeText.ts';
import { readForeignFile, unreadable } from '../readForeignFile.ts';

/** How git treats a file that is about to be written. */
export async function gitState(file: vscode.Uri): Promise<GitState> {
  if (file.scheme !== 'file') return 'unknown';
  if (!vscode.workspace.isTrusted) return 'unasked';
  return gitStateOf(file.fsPath, gitProgram);
}

/** The git that VS Code's own extension found, which honours the setting `git.path`; else the one on the PATH. */
async function gitProgram(): Promise<string> {
  try {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    return (await extension?.activate())?.getAPI(1).git.path ?? 'git';
  } catch {
    return 'git';
  }
}

/** What we use of the git extension's API. @see https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts */
interface GitExtension {
  getAPI: (version: 1) => { readonly git: { readonly path: string } };
}

/** Adds the file to the `.gitignore` beside it, which is created if need be. */
export async function addToGitIgnore(file: vscode.Uri): Promise<void> {
  const ignore = vscode.Uri.joinPath(file, '..', '.gitignore');
  const before = await readText(ignore, true);
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const gap = before === '' || before.endsWith('\n') ? '' : eol;
  await vscode.workspace.fs.writeFile(
    ignore,
    Buffer.from(`${before}${gap}${posix.basename(file.path)}${eol}`),
  );
}

/** Whether anything with this name exists, even unreadable, such as a link to itself. */
async function isThere(file: vscode.Uri): Promise<boolean> {
  const look: PromiseLike<unknown> =
    file.scheme === 'file' ? lstat(file.fsPath) : vscode.workspace.fs.stat(file);
  return look.then(
    () => true,
    () => false,
  );
}

/** Most bytes of an environment file or a `.gitignore`. */
const longestText = 1_048_576;

/** A file of the workspace that is not read; its message is for the user. */
export class UnreadableFile extends Error {}

/**
 * A file's text; empty when there is no file.
 *
 * @param toChange whether it will be written back: it must be UTF-8 then
 * @throws UnreadableFile when it has no end, is too large, leads out of an untrusted workspace, or could not be written back
 */
export async function readText(file: vscode.Uri, toChange = false): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
  if (open) return open.getText();
  const found = await readForeignFile(file, longestText);
  if (found.kind === 'read') {
    const text = found.bytes.toString('utf8');
    if (!toChange) return decodeText(found.bytes);
    if (Buffer.from(text).equals(found.bytes)) return text;
    const name = vscode.workspace.asRelativePath(file);
    throw new UnreadableFile(
      vscode.l10n.t('{0} is not written in UTF-8, so it cannot be changed here.', name),
    );
  }
  if (found.kind === 'missing' && !(await isThere(file))) return '';
  throw new UnreadableFile(unreadable(vscode.workspace.asRelativePath(file), found.kind, longestText));
}
