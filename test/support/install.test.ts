import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';

/** What is said where a clone wants `wanted` and has `have`, and how the program ends. */
function said(folder: string) {
  const module = pathToFileURL(join(import.meta.dirname, 'install.mjs')).href;
  const program = `(await import('${module}')).requireDependencies(${JSON.stringify(folder)})`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  return { status, stderr };
}

it('whoever builds after a pull with other dependencies is told to run npm ci', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oe-install-'));
  const lock = (version: string) => JSON.stringify({ packages: { 'node_modules/lit': { version } } });
  const told = {
    status: 1,
    stderr: 'The npm dependencies are missing, or are not those of package-lock.json: run npm ci.\n',
  };
  try {
    await writeFile(join(folder, 'package-lock.json'), lock('2.0.0'));
    assert.deepEqual(said(folder), told);
    await mkdir(join(folder, 'node_modules'));
    await writeFile(join(folder, 'node_modules', '.package-lock.json'), lock('1.0.0'));
    assert.deepEqual(said(folder), told);
    await writeFile(join(folder, 'node_modules', '.package-lock.json'), lock('2.0.0'));
    assert.deepEqual(said(folder), { status: 0, stderr: '' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
