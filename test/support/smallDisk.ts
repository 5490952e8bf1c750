import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes: ample for the files of the in-host tests, and soon full. */
const size = 8 * 1024 * 1024;

/** Name of the variable that tells the in-host tests that settings are on small disks. */
export const smallDisksVariable = 'OAUTH_EXPLORER_SMALL_DISKS';

/**
 * Puts a small file system of its own at `folder`, since only a real one is full as a disk is; the function it gives takes it
 * away. Gives nothing where the machine does not let us: not Linux, not root, or a container without that right.
 */
export function mountSmallDisk(folder: string): (() => void) | undefined {
  if (process.platform !== 'linux') return undefined;
  const options = ['-t', 'tmpfs', '-o', `size=${size}`, 'oauth-explorer-tests', folder];
  if (spawnSync('mount', options).status !== 0) return undefined;
  // Lazily: a program that is about to end may hold a file of it open.
  return () => void execFileSync('umount', ['--lazy', folder]);
}

/** Takes all that is left of the small disk at `folder`; the function it gives frees it again. */
export function fillDisk(folder: string): () => void {
  if (statfsSync(folder).blocks * statfsSync(folder).bsize > size)
    throw new Error(`${folder} is not on a small disk.`);
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
  return () => {
    rmSync(path);
  };
}
