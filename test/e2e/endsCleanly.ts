import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { alive, descendants, waitFor, type Running } from '../support/processes.ts';

/**
 * Presses Ctrl+C: `npm start` ends with success, its processes (at least `processes`) are gone, and so are its files in `scratch`,
 * its temporary folder.
 */
export async function assertEndsCleanly(demo: Running, scratch: string, processes: number): Promise<void> {
  const { pid } = demo.process;
  assert.ok(pid);
  const started = descendants(pid);
  assert.ok(started.length >= processes, `${processes} should run, not ${started.length}`);
  process.kill(pid, 'SIGINT');
  await waitFor('npm start to end', () => demo.process.exitCode ?? undefined);
  assert.equal(demo.process.exitCode, 0, demo.output());
  assert.deepEqual(started.filter(alive), []);
  const left = (await readdir(scratch)).filter((name) => name.startsWith('oauth-explorer'));
  assert.deepEqual(left, []);
}
