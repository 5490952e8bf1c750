import { execFile } from 'node:child_process';
import { lstat, opendir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/**
 * How git treats a file; `outside`: no folder above it is a repository; `unknown`: git could not tell; `unasked`: git is not
 * run in an untrusted workspace.
 */
export type GitState = 'ignored' | 'outside' | 'tracked' | 'unignored' | 'unknown' | 'unasked';

/**
 * Asks git about the file that will really be written, without letting the repository's configuration run anything.
 *
 * @param program the path of git, asked for only where there is a repository
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

/** Whether the file has hard links, one of which git may track elsewhere. */
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

/** Resolves all links of a path, the file's own included; undefined when that fails. */
async function realFile(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    try {
      // Writing through a dangling link would create its target: only a path with nothing at all is a new file.
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

/** Folders of other version control systems. Git knows nothing of them, nor of the git repository inside Jujutsu's. */
const otherKeepers = ['.hg', '.svn', '.fslckout', '_FOSSIL_', '.bzr', '.pijul', '.sl', '_darcs', 'CVS'];

/** Whether git has a folder (by the nearest `.git`), and whether another system has it there or nearer. */
async function keepersOf(folder: string): Promise<{ readonly own: boolean; readonly others: boolean }> {
  let others = false;
  for (let at = folder; ; at = dirname(at)) {
    const has = (name: string) => isThere(join(at, name));
    const own = await has('.git');
    // A bare repository may itself say what it ignores, and that its work tree is here.
    others ||= !own && (await has('HEAD')) && (await has('objects'));
    // With git beside it, Jujutsu follows git's ignore rules.
    others ||= (!own && (await has('.jj'))) || (await Promise.all(otherKeepers.map(has))).includes(true);
    if (own || dirname(at) === at) return { own, others };
  }
}

/** Where dotfile managers keep bare repositories with the folder as work tree. */
const dotfiles = [join('.local', 'share', 'yadm', 'repo.git'), join('.config', 'vcsh', 'repo.d')];

/** How many sibling folders of one above are looked into; with more of them it would take too long. */
const mostFolders = 2000;
/** How many entries of a folder are read to find them. */
const mostEntries = 50_000;

/**
 * Whether a repository elsewhere may have the folder as its work tree: one named by the environment, a dotfile manager's bare
 * repository in a folder above, or one with `core.worktree`. Other bare repositories, such as mirrors, can be told by their
 * names.
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

/** The subfolders of a folder; undefined when there are too many to look into. */
async function foldersIn(folder: string): Promise<readonly string[] | undefined> {
  const names: string[] = [];
  let entries = 0;
  try {
    for await (const entry of await opendir(folder, { bufferSize: 1000 })) {
      if (entry.isDirectory()) names.push(entry.name);
      if (names.length > mostFolders || ++entries > mostEntries) return undefined;
    }
  } catch {
    // Nobody keeps dotfiles in a folder that may not be read.
  }
  return names;
}

/** Most bytes of a repository's configuration. */
const longestConfig = 1_048_576;

async function isOfDotfiles(path: string): Promise<boolean> {
  if (!(await isThere(join(path, 'HEAD'))) || !(await isThere(join(path, 'objects')))) return false;
  if (basename(path).startsWith('.')) return true;
  const config = await configOf(path);
  return config === undefined || /worktree|showUntrackedFiles/i.test(config);
}

/**
 * Whether the work tree of a repository elsewhere contains `folder`, as that of `~/.dotfiles/.git` is `~`. @see git-config,
 * core.worktree
 */
async function keepsFilesOf(repository: string, folder: string): Promise<boolean> {
  const config = await configOf(repository);
  if (config === undefined) return true;
  const worktree = /^[ \t]{0,40}worktree[ \t]{0,40}=(.*)$/im.exec(config)?.[1]?.trim();
  if (worktree === undefined) return false;
  const files = resolve(repository, worktree);
  const way = relative(await realpath(files).catch(() => files), folder);
  // Git has its own rules for paths that are quoted or begin with `~`.
  return /["\\~]/.test(worktree) || !(isAbsolute(way) || /^\.\.(?:[\\/]|$)/.test(way));
}

/** A repository's configuration; undefined when it is too long, empty when there is none. */
async function configOf(repository: string): Promise<string | undefined> {
  const path = join(repository, 'config');
  const found = await lstat(path).catch(() => undefined);
  // A pipe, or a link to something endless, would block.
  if (found?.isFile() !== true) return '';
  return found.size > longestConfig ? undefined : readFile(path, 'utf8').catch(() => '');
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** The exit code; -1 when git could not be run. */
function run(program: string, folder: string, ...parameters: readonly string[]): Promise<number> {
  const safe = ['-C', folder, '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...parameters];
  // Windows looks for a program in the working folder first: not one in which a workspace can place a git.exe.
  const cwd = dirname(process.execPath);
  return new Promise((resolve) => {
    execFile(program, safe, { cwd, env: ownEnvironment(), timeout: 5000 }, (error) => {
      if (!error) resolve(0);
      else resolve(typeof error.code === 'number' ? error.code : -1);
    });
  });
}

/**
 * The environment without variables that point git to another repository or index, as when VS Code was started from a git hook;
 * the user's own settings stay. Nothing is fetched: a partial clone's configuration names a program for that.
 */
function ownEnvironment(): NodeJS.ProcessEnv {
  const speaksOfAnother = /^GIT_(?!CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)$|EXEC_PATH$)/i;
  const own = Object.entries(process.env).filter(([name]) => !speaksOfAnother.test(name));
  // The first variable exists since git 2.45; for earlier versions, no protocol is allowed.
  return { ...Object.fromEntries(own), GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };
}
