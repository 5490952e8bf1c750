import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The checkout. */
export const root = join(import.meta.dirname, '..', '..');

/** Where heavy downloads are kept, outside the checkout: `$XDG_CACHE_HOME/oauth-explorer`, else `~/.cache/oauth-explorer`. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'oauth-explorer');
}

/** A new folder of our own under the system's temporary folder; the caller removes it. */
export async function temporaryFolder(purpose: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `oauth-explorer-${purpose}-`));
}

/** Removes a folder and what is in it, also when something in it has only just been closed. */
export async function removeFolder(folder: string): Promise<void> {
  // Few tries: they multiply with each level, and a file system mounted inside would keep it busy for hours.
  await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
}

/**
 * The folder `name` of the cache; when it is not there, `build` fills a temporary folder beside it that is then renamed,
 * so that a broken download or a second process never leaves or sees half a folder.
 */
export async function cached(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder(), name);
  if (await exists(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const unfinished = await mkdtemp(join(cacheFolder(), '.unfinished-'));
  try {
    await build(unfinished);
    await rename(unfinished, folder).catch(async (error: unknown) => {
      // Another process was faster: its folder is as good as ours.
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await removeFolder(unfinished);
  }
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
