import { execFile } from 'node:child_process';
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * What git does with a file; `outside` where no folder above it is a repository, `unknown` where git could not tell, `unasked`
 * in a workspace that is not trusted, where git is not run.
 */
export type GitState = 'ignored' | 'outside' | 'tracked' | 'unignored' | 'unknown' | 'unasked';

/**
 * Asks git about the file that is really written, without letting a repository's configuration run anything.
 *
 * @param program git, asked for only where there is a repository
 */
export async function gitStateOf(
  path: string,
  program: () => Promise<string>,
): Promise<Exclude<GitState, 'unasked'>> {
  const target = await realFile(path);
  if (target === undefined) return 'unknown';
  const state = await stateOf(target, program);
  return state !== 'tracked' && (await hasOtherNames(target)) ? 'unknown' : state;
}

/** Whether the file has other names (hard links), of which one may be where git takes it. */
async function hasOtherNames(target: string): Promise<boolean> {
  return lstat(target).then(
    ({ nlink }) => nlink > 1,
    () => false,
  );
}

async function stateOf(
  target: string,
  program: () => Promise<string>,
): Promise<Exclude<GitState, 'unasked'>> {
  const folder = dirname(target);
  // Jujutsu has a repository of git within its own, of which git itself knows nothing.
  if (!(await isBelow(folder, '.git'))) return (await isBelow(folder, '.jj')) ? 'unknown' : 'outside';
  const git = await program();
  if ((await run(git, folder, 'ls-files', '--error-unmatch', '--', target)) === 0) return 'tracked';
  const ignored = await run(git, folder, 'check-ignore', '--quiet', '--', target);
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

/** Whether a folder, or one above it, has an entry of this name. */
async function isBelow(folder: string, name: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await lstat(join(at, name)).then(
      () => true,
      () => false,
    );
    if (found || dirname(at) === at) return found;
  }
}

/** The exit code, or -1 when git could not be run. */
function run(program: string, folder: string, ...parameters: readonly string[]): Promise<number> {
  const safe = ['-C', folder, '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...parameters];
  // Windows looks for a program in the working folder first: that must not be one where a workspace can leave a git.exe.
  const cwd = dirname(process.execPath);
  return new Promise((resolve) => {
    execFile(program, safe, { cwd, env: ownEnvironment(), timeout: 5000 }, (error) => {
      if (!error) resolve(0);
      else resolve(typeof error.code === 'number' ? error.code : -1);
    });
  });
}

/**
 * Without what speaks of another repository or index, as where VS Code was started by a hook of git; the user's own settings stay.
 * What is missing is not fetched: a partial clone names the program for that.
 */
function ownEnvironment(): NodeJS.ProcessEnv {
  const speaksOfAnother = /^GIT_(?!CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)$|EXEC_PATH$)/i;
  const own = Object.entries(process.env).filter(([name]) => !speaksOfAnother.test(name));
  // The first came with git 2.45; before, no protocol is allowed.
  return { ...Object.fromEntries(own), GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };
}
