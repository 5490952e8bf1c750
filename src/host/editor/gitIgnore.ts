import { execFile } from 'node:child_process';
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import * as vscode from 'vscode';
import { readForeignFile, unreadable } from '../readForeignFile.ts';

/**
 * What git does with a file; `outside` where no folder above it is a repository, `unknown` where git could not tell, `unasked`
 * in a workspace that is not trusted, where git is not run.
 */
export type GitState = 'ignored' | 'outside' | 'tracked' | 'unignored' | 'unknown' | 'unasked';

/** Asks git about the file that is really written, without letting a repository's configuration run anything. */
export async function gitState(file: vscode.Uri): Promise<GitState> {
  if (file.scheme !== 'file') return 'unknown';
  if (!vscode.workspace.isTrusted) return 'unasked';
  const target = await realFile(file.fsPath);
  if (target === undefined) return 'unknown';
  const folder = dirname(target);
  if (!(await isInRepository(folder))) return 'outside';
  const program = await gitProgram();
  if ((await git(program, folder, 'ls-files', '--error-unmatch', '--', target)) === 0) return 'tracked';
  const ignored = await git(program, folder, 'check-ignore', '--quiet', '--', target);
  return ignored === 0 ? 'ignored' : ignored === 1 ? 'unignored' : 'unknown';
}

/** Where a path leads when its links are followed, the file's own too; `undefined` when that cannot be found out. */
async function realFile(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    try {
      // A link to nothing would be written through: only what is not there at all is a new file.
      await lstat(path);
      return undefined;
    } catch {
      return realpath(dirname(path)).then(
        (folder) => join(folder, basename(path)),
        () => undefined,
      );
    }
  }
}

async function isInRepository(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await lstat(join(at, '.git')).then(
      () => true,
      () => false,
    );
    if (found || dirname(at) === at) return found;
  }
}

/** The git that VS Code's own extension found, which knows the setting `git.path`; else the one on the path. */
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
  getAPI(version: 1): { readonly git: { readonly path: string } };
}

/** The exit code, or -1 when git could not be run. */
function git(program: string, folder: string, ...parameters: readonly string[]): Promise<number> {
  const safe = ['-C', folder, '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...parameters];
  // Windows looks for a program in the working folder first: that must not be one where a workspace can leave a git.exe.
  const cwd = dirname(process.execPath);
  return new Promise((resolve) => {
    execFile(program, safe, { cwd, timeout: 5000 }, (error) => {
      if (!error) resolve(0);
      else resolve(typeof error.code === 'number' ? error.code : -1);
    });
  });
}

/** Adds the file to the `.gitignore` beside it, which is made when it is not there. */
export async function addToGitIgnore(file: vscode.Uri): Promise<void> {
  const ignore = vscode.Uri.joinPath(file, '..', '.gitignore');
  const before = await readText(ignore);
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const gap = before === '' || before.endsWith('\n') ? '' : eol;
  await vscode.workspace.fs.writeFile(
    ignore,
    Buffer.from(`${before}${gap}${posix.basename(file.path)}${eol}`),
  );
}

/** Most bytes of an environment file or a `.gitignore`. */
const longestText = 1_048_576;

/** A file of the workspace that is not read: what its words say is for the user. */
export class UnreadableFile extends Error {}

/**
 * A file's text; empty when there is none.
 *
 * @throws UnreadableFile when it has no end, is too large, or leads out of a workspace that is not trusted
 */
export async function readText(file: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
  if (open) return open.getText();
  const found = await readForeignFile(file, longestText);
  if (found.kind === 'read') return found.bytes.toString('utf8');
  if (found.kind === 'missing') return '';
  throw new UnreadableFile(unreadable(vscode.workspace.asRelativePath(file), found.kind, longestText));
}
