import { execFile } from 'node:child_process';
import { dirname, posix } from 'node:path';
import * as vscode from 'vscode';

/**
 * What git does with a file; `unknown` where there is no git or no repository, `unasked` in a workspace that is not trusted, where
 * git is not run.
 */
export type GitState = 'ignored' | 'tracked' | 'unignored' | 'unknown' | 'unasked';

/** Asks git, without letting a repository's configuration run anything. */
export async function gitState(file: vscode.Uri): Promise<GitState> {
  if (file.scheme !== 'file') return 'unknown';
  if (!vscode.workspace.isTrusted) return 'unasked';
  const folder = vscode.Uri.joinPath(file, '..').fsPath;
  if ((await git(folder, 'ls-files', '--error-unmatch', '--', file.fsPath)) === 0) return 'tracked';
  const ignored = await git(folder, 'check-ignore', '--quiet', '--', file.fsPath);
  return ignored === 0 ? 'ignored' : ignored === 1 ? 'unignored' : 'unknown';
}

/** The exit code, or -1 when git could not be run. */
function git(folder: string, ...parameters: readonly string[]): Promise<number> {
  const safe = ['-C', folder, '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...parameters];
  // Windows looks for a program in the working folder first: that must not be one where a workspace can leave a git.exe.
  const cwd = dirname(process.execPath);
  return new Promise((resolve) => {
    execFile('git', safe, { cwd, timeout: 5000 }, (error) => {
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

/** A file's text; empty when there is none. */
export async function readText(file: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
  if (open) return open.getText();
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return '';
    throw error;
  }
}
