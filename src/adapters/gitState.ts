import { execFile } from 'node:child_process';
import { lstat, opendir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

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
  const { own, others } = await keepersOf(folder);
  if (!own) return others || (await hasRepositoryElsewhere(folder)) ? 'unknown' : 'outside';
  const git = await program();
  if ((await run(git, folder, 'ls-files', '--error-unmatch', '--', target)) === 0) return 'tracked';
  const ignored = await run(git, folder, 'check-ignore', '--quiet', '--', target);
  return ignored === 1 ? 'unignored' : ignored === 0 && !others ? 'ignored' : 'unknown';
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

/** What other tools than git keep their versions by; git knows nothing of them, nor of the one of git that Jujutsu has inside. */
const otherKeepers = ['.hg', '.svn', '.fslckout', '_FOSSIL_', '.bzr', '.pijul', '.sl', '_darcs', 'CVS'];

/** Who keeps the versions of a folder: git, by the nearest `.git`, and whether others do there or nearer. */
async function keepersOf(folder: string): Promise<{ readonly own: boolean; readonly others: boolean }> {
  let others = false;
  for (let at = folder; ; at = dirname(at)) {
    const has = (name: string) => isThere(join(at, name));
    const own = await has('.git');
    // What git takes for a repository without files may say of itself what it ignores, and that its files are here.
    others ||= !own && (await has('HEAD')) && (await has('objects'));
    // Beside git, Jujutsu heeds what git ignores.
    others ||= (!own && (await has('.jj'))) || (await Promise.all(otherKeepers.map(has))).includes(true);
    if (own || dirname(at) === at) return { own, others };
  }
}

/** Where tools for dotfiles keep repositories whose files are those of the folder. */
const dotfiles = [join('.local', 'share', 'yadm', 'repo.git'), join('.config', 'vcsh', 'repo.d')];

/** Folders beside one above that are looked into; where there are more, nobody waits for all of them. */
const mostFolders = 2000;
/** Entries of one folder that are read to find those. */
const mostEntries = 50_000;

/**
 * Whether a repository that lies elsewhere may have the files of a folder for its own: one that the environment names, or one without
 * files, of dotfiles, in a folder above, or whose files are said to be there. One of another kind, such as a mirror, has a name that
 * shows.
 */
async function hasRepositoryElsewhere(folder: string): Promise<boolean> {
  if (process.env['GIT_DIR'] !== undefined || process.env['GIT_WORK_TREE'] !== undefined) return true;
  for (let at = folder; ; at = dirname(at)) {
    for (const path of dotfiles) if (await isThere(join(at, path))) return true;
    const names = await foldersIn(at);
    if (names === undefined) return true;
    const found = names.map(async (name) => {
      const path = join(at, name);
      return (await isOfDotfiles(path)) || (await keepsFilesOf(join(path, '.git'), folder));
    });
    if ((await Promise.all(found)).includes(true)) return true;
    if (dirname(at) === at) return false;
  }
}

/** The names of the folders in a folder; absent where there are too many to look into. */
async function foldersIn(folder: string): Promise<readonly string[] | undefined> {
  const names: string[] = [];
  let entries = 0;
  try {
    for await (const entry of await opendir(folder, { bufferSize: 1000 })) {
      if (entry.isDirectory()) names.push(entry.name);
      if (names.length > mostFolders || ++entries > mostEntries) return undefined;
    }
  } catch {
    // What may not be read is no one's who keeps dotfiles there.
  }
  return names;
}

/** Most bytes of the settings of a repository. */
const longestConfig = 1_048_576;

async function isOfDotfiles(path: string): Promise<boolean> {
  if (!(await isThere(join(path, 'HEAD'))) || !(await isThere(join(path, 'objects')))) return false;
  if (basename(path).startsWith('.')) return true;
  const config = await configOf(path);
  return config === undefined || /worktree|showUntrackedFiles/i.test(config);
}

/** Whether a repository says that its files are those of another folder, in which `folder` is: `~/.dotfiles/.git` of `~`. @see git-config, core.worktree */
async function keepsFilesOf(repository: string, folder: string): Promise<boolean> {
  const config = await configOf(repository);
  if (config === undefined) return true;
  const worktree = /^[ \t]{0,40}worktree[ \t]{0,40}=(.*)$/im.exec(config)?.[1]?.trim();
  if (worktree === undefined) return false;
  const files = resolve(repository, worktree);
  const way = relative(await realpath(files).catch(() => files), folder);
  // What is quoted, or begins at home, git reads in ways of its own.
  return /["\\~]/.test(worktree) || !(isAbsolute(way) || /^\.\.(?:[\\/]|$)/.test(way));
}

/** The settings of a repository; absent where they are too long to be any, empty where there are none. */
async function configOf(repository: string): Promise<string | undefined> {
  const path = join(repository, 'config');
  const found = await lstat(path).catch(() => undefined);
  // A pipe, or a link to what has no end, would be waited for.
  if (found?.isFile() !== true) return '';
  return found.size > longestConfig ? undefined : readFile(path, 'utf8').catch(() => '');
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
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
