import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { removeFolder, root, temporaryFolder } from '../support/folders.ts';
import { start, usersNode, waitFor, type Running } from '../support/processes.ts';
import { assertEndsCleanly } from './endsCleanly.ts';

describe('npm start with `code` on the PATH', () => {
  let demo: Running;
  let scratch: string;
  let bin: string;
  before(async () => {
    scratch = await temporaryFolder('start');
    bin = join(scratch, 'bin');
    await mkdir(bin);
    // Stands in for VS Code's launcher: notes how it was called, and waits as `code --wait` does, with a child as VS Code has.
    await writeFile(
      join(bin, 'code'),
      `#!/bin/sh\nprintf '%s\\n' "$@" > '${bin}/arguments.part'\nmv '${bin}/arguments.part' '${bin}/arguments'\nsleep 600 &\nwait\n`,
    );
    await chmod(join(bin, 'code'), 0o755);
    demo = start(usersNode, [join(root, 'test', 'demo', 'start.mjs')], {
      cwd: root,
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, TMPDIR: scratch },
    });
  });
  after(async () => {
    await demo.close();
    await removeFolder(scratch);
  });

  it('opens a desktop window for extension development on the demo workspace', async () => {
    const text = await waitFor(
      '`code` to be started',
      async () => {
        if (demo.process.exitCode !== null) throw new Error(demo.output());
        return readFile(join(bin, 'arguments'), 'utf8').catch(() => undefined);
      },
      120_000,
    );
    const given = text.trim().split('\n');
    const workspace = given.at(-1) ?? '';
    for (const wanted of ['--wait', '--new-window']) assert.ok(given.includes(wanted), wanted);
    // What users install, not the sources.
    const extension = given.find((one) => one.startsWith('--extensionDevelopmentPath='))?.split('=')[1] ?? '';
    assert.notEqual(extension, root);
    assert.deepEqual(
      (await readdir(extension)).filter((name) => /^(src|test|node_modules)$/.test(name)),
      [],
    );
    assert.ok((await readdir(join(extension, 'dist'))).includes('extension.cjs'));
    // Neither the user's settings nor the user's extensions are touched.
    for (const own of ['--user-data-dir=', '--extensions-dir='])
      assert.ok(
        given.some((one) => one.startsWith(`${own}${scratch}`)),
        own,
      );
    const settings = JSON.parse(await readFile(join(workspace, '.vscode', 'settings.json'), 'utf8')) as {
      readonly 'oauthExplorer.profiles': readonly { readonly id: string; readonly issuer: string }[];
    };
    const profiles = settings['oauthExplorer.profiles'];
    assert.deepEqual(
      profiles.map(({ id }) => id),
      ['demo-machine', 'demo-native', 'demo-web', 'demo-device'],
    );
    const metadata = await fetch(`${profiles[0]?.issuer ?? ''}/.well-known/openid-configuration`);
    assert.equal(metadata.status, 200);
    assert.doesNotMatch(demo.output(), /VS Code server/);
  });

  it('ends cleanly on Ctrl+C and leaves no process and no file behind', () =>
    assertEndsCleanly(demo, scratch, 2));
});
