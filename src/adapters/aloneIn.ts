import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TaskQueue } from '../core/taskQueue.ts';
import type { Alone } from '../core/vault/alone.ts';
import { isAlive } from '../core/vault/partNames.ts';

/** Milliseconds between two looks. */
const pause = 10;

/** Owners that were waited for in vain: the id may be another process's by now. */
const givenUp = new Set<string>();

/**
 * Runs tasks alone among all processes that share `folder`. The lock is a directory that holds one file, called as nobody else's
 * is: it is moved to its place whole, which fails where one with a file is. So whoever finds that its owner died can remove that
 * file without harm to the next owner. Who cannot have the lock goes on without it, at the latest after `patience` milliseconds.
 */
export function aloneIn(folder: string, patience = 5000): Alone {
  const lock = join(folder, 'vault.lock');
  const queue = new TaskQueue();
  return (act) =>
    queue.run(lock, async () => {
      const name = `${process.pid}-${randomUUID()}`;
      const own = join(folder, name);
      try {
        await take(lock, own, name, patience).catch(() => undefined);
        return await act();
      } finally {
        await tried(unlink(join(lock, name)));
        await tried(rmdir(lock));
        await tried(rm(own, { recursive: true, force: true }));
      }
    });
}

async function take(lock: string, own: string, name: string, patience: number): Promise<void> {
  await mkdir(own, { recursive: true });
  await writeFile(join(own, name), '');
  const end = Date.now() + patience;
  while (!(await tried(rename(own, lock)))) {
    const [owner = ''] = await readdir(lock).catch(() => []);
    // On Windows an empty directory is in the way, too.
    if (owner === '') await tried(rmdir(lock));
    else if (!isAlive(Number.parseInt(owner))) await tried(unlink(join(lock, owner)));
    else if (givenUp.has(owner)) return;
    if (Date.now() > end) return void givenUp.add(owner);
    await sleep(pause);
  }
}

function tried(done: Promise<unknown>): Promise<boolean> {
  return done.then(
    () => true,
    () => false,
  );
}
