import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, describe, it } from 'node:test';
import { aloneIn } from '../../src/adapters/aloneIn.ts';
import { removeFolder, root, temporaryFolder } from '../support/folders.ts';

const folder = await temporaryFolder('alone');
after(() => removeFolder(folder));

/** Ends a process as a crash does, and waits until it is gone. */
async function killed(child: ReturnType<typeof spawn>): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** A process that runs `code` with the lock of a folder as `alone`. */
function started(at: string, code: string): ReturnType<typeof spawn> {
  const adapter = JSON.stringify(pathToFileURL(join(root, 'src/adapters/aloneIn.ts')).href);
  const program = `import { aloneIn } from ${adapter};
import { readFile, writeFile } from 'node:fs/promises';
const [at, file] = ${JSON.stringify([at, join(at, 'count')])};
const alone = aloneIn(at);
${code}`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    ...{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  });
}

/** A folder of its own, with what is counted in it. */
async function place(name: string): Promise<string> {
  const at = join(folder, name);
  await mkdir(at);
  await writeFile(join(at, 'count'), '0');
  return at;
}

const counts = `for (let left = 25; left > 0; left--)
  await alone(async () => {
    const before = Number(await readFile(file, 'utf8'));
    await writeFile(file, String(before + 1));
  });`;

describe('a lock between processes', () => {
  it('lets no other come between, and leaves nothing behind', async () => {
    const at = await place('three');
    const ended = [1, 2, 3].map(() => once(started(at, counts), 'exit'));
    assert.deepEqual(
      await Promise.all(ended),
      [1, 2, 3].map(() => [0, null]),
    );
    assert.equal(await readFile(join(at, 'count'), 'utf8'), '75');
    assert.deepEqual(await readdir(at), ['count']);
  });

  it('goes to those who wait when its owner dies, to one at a time', async () => {
    const at = await place('dead');
    const owner = started(
      at,
      `await alone(() => (console.log('mine'), new Promise((end) => setTimeout(end, 600_000))));`,
    );
    assert.ok(owner.stdout);
    await once(owner.stdout, 'data');
    const waiting = [1, 2].map(() => once(started(at, counts), 'exit'));
    await killed(owner);
    assert.deepEqual(
      await Promise.all(waiting),
      [1, 2].map(() => [0, null]),
    );
    assert.equal(await readFile(join(at, 'count'), 'utf8'), '50');
  });

  it('keeps the tasks of one process in their order, and gives what they give', async () => {
    const alone = aloneIn(await place('one'));
    const done: number[] = [];
    const tasks = [1, 2, 3].map((task) =>
      alone(async () => {
        await Promise.resolve();
        done.push(task);
        if (task === 2) throw new Error('the second');
        return task;
      }),
    );
    const [first, second, third] = await Promise.allSettled(tasks);
    assert.deepEqual(done, [1, 2, 3]);
    assert.deepEqual(
      [first, third],
      [1, 3].map((value) => ({ status: 'fulfilled', value })),
    );
    assert.equal(second?.status, 'rejected');
  });

  it('is not waited for without an end where its owner neither goes on nor dies, and not again', async () => {
    const at = await place('stuck');
    const owner = started(
      at,
      `await alone(() => (console.log('mine'), new Promise((end) => setTimeout(end, 600_000))));`,
    );
    assert.ok(owner.stdout);
    await once(owner.stdout, 'data');
    const alone = aloneIn(at, 20);
    assert.equal(await alone(() => Promise.resolve('done')), 'done');
    // Longer than the test may take.
    assert.equal(await aloneIn(at, 86_400_000)(() => Promise.resolve('again')), 'again');
    await killed(owner);
    await alone(async () => assert.equal((await readdir(join(at, 'vault.lock'))).length, 1));
    assert.deepEqual(await readdir(at), ['count']);
  });

  it('is done without where there is no folder to have it in', async () => {
    const file = join(await place('none'), 'count');
    assert.equal(await aloneIn(join(file, 'below'))(() => Promise.resolve('done')), 'done');
  });
});
