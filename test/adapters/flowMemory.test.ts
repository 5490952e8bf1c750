import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { FlowMemory } from '../../src/adapters/flowMemory.ts';
import { FlowLog } from '../../src/core/session/flowLog.ts';
import { exchanges, pkce, report, secrets } from '../core/flowView/samples.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder('flows');
  try {
    await body(folder);
  } finally {
    await removeFolder(folder);
  }
}

/** One window of the folder: what it has in memory, and what it keeps. */
function openWindow(folder: string, { wanted = (): boolean => true, version = '1' } = {}) {
  const flows = new FlowLog();
  const said: string[] = [];
  const file = join(folder, 'storage', 'flows.json');
  const memory = new FlowMemory({ flows, file, version, wanted, log: (line) => said.push(line) });
  return { flows, said, file, memory, ids: () => flows.entries.map(({ flow }) => flow.id) };
}

const ended = (id: string) => ({ state: 'ended', flow: { ...report({ exchanges, pkce }), id } }) as const;

describe('flows of a window', () => {
  it('are there in the next one, behind its own, and no secret is on the disk', () =>
    inFolder(async (folder) => {
      const first = openWindow(folder);
      first.flows.put(ended('one'));
      first.flows.put(ended('two'));
      await first.memory.save();
      const text = await readFile(first.file, 'utf8');
      for (const secret of secrets) assert.ok(!text.includes(secret), secret);

      const next = openWindow(folder);
      next.flows.put(ended('three'));
      // Written before it was read: what was kept must not go.
      await next.memory.save();
      assert.deepEqual(next.ids(), ['three', 'two', 'one']);
      const last = openWindow(folder);
      await last.memory.restore();
      assert.deepEqual(last.ids(), ['three', 'two', 'one']);
    }));

  it('are in a file of this user alone, written whole, once for many changes', () =>
    inFolder(async (folder) => {
      const { flows, memory, file } = openWindow(folder);
      const writes = Array.from({ length: 20 }, (_, at) => {
        flows.put(ended(String(at)));
        return memory.save();
      });
      assert.equal(new Set(writes).size, 1);
      await Promise.all(writes);
      assert.deepEqual(await readdir(dirname(file)), ['flows.json']);
      if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
    }));

  it('are removed from the disk when the setting is turned off, and when the last one is deleted', () =>
    inFolder(async (folder) => {
      let wanted = true;
      const { flows, memory, file } = openWindow(folder, { wanted: () => wanted });
      flows.put(ended('one'));
      await memory.save();
      wanted = false;
      await memory.save();
      await assert.rejects(stat(file));
      assert.equal(flows.entries.length, 1, 'the window goes on showing it');
      wanted = true;
      await memory.save();
      flows.clear();
      await memory.save();
      await assert.rejects(stat(file));
    }));

  it('that cannot be read are none: another version, a broken file, a folder in its place', () =>
    inFolder(async (folder) => {
      const first = openWindow(folder);
      first.flows.put(ended('one'));
      await first.memory.save();
      const newer = openWindow(folder, { version: '2' });
      await newer.memory.restore();
      assert.deepEqual(newer.ids(), []);
      await writeFile(first.file, '{"version":"1","flows":[{"id":');
      const broken = openWindow(folder);
      await broken.memory.restore();
      assert.deepEqual(broken.ids(), []);
    }));

  it('that cannot be written cost nothing but a line in the log', () =>
    inFolder(async (folder) => {
      const { flows, memory, file, said } = openWindow(folder);
      await mkdir(file, { recursive: true });
      flows.put(ended('one'));
      await memory.save();
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', /^Flows could not be kept/);
      assert.equal(flows.entries.length, 1);
    }));
});
