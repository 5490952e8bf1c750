import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openDesk, type Desk } from './desk.ts';
import { run } from './program.ts';

describe('what the command line writes into files', () => {
  let desk: Desk;
  let folder: string;
  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.close());

  const environment = () => ({ OAUTH_EXPLORER_SECRET: desk.demo.clients.web.clientSecret ?? '' });
  const inDesk = (args: readonly string[], more: Parameters<typeof run>[1] = {}) =>
    run(['check', 'demo-native', '--only', 'redirect.scheme', '--no-sign-in', ...args], {
      folder: desk.folder,
      environment: environment(),
      ...more,
    });
  const inFolder = async (name: string) => {
    folder = join(desk.folder, name);
    await mkdir(folder);
    return (file: string) => join(folder, file);
  };

  it('is whole, with nothing beside it, and keeps permissions and links', async () => {
    const at = await inFolder('whole');
    await writeFile(at('out.sarif'), 'x'.repeat(1_000_000));
    await chmod(at('out.sarif'), 0o640);
    await writeFile(at('real.xml'), 'old');
    await symlink('real.xml', at('out.xml'));
    const { code, stderr } = await inDesk(['--sarif', 'whole/out.sarif', '--junit', 'whole/out.xml']);
    assert.equal(code, 0, stderr);
    assert.ok(JSON.parse(await readFile(at('out.sarif'), 'utf8')));
    assert.equal((await stat(at('out.sarif'))).mode & 0o777, 0o640);
    assert.match(await readFile(at('real.xml'), 'utf8'), /^<\?xml[^]*<\/testsuites>\s*$/);
    assert.deepEqual((await readdir(folder)).sort(), ['out.sarif', 'out.xml', 'real.xml']);
  });

  it('goes to a device as it is', async () => {
    assert.equal((await inDesk(['--sarif', '/dev/null', '--junit', '/dev/null'])).code, 0);
    assert.ok(!(await stat('/dev/null')).isFile());
  });

  it('is refused before the run where it could not be written', async () => {
    const at = await inFolder('refused');
    await mkdir(at('folder'));
    await writeFile(at('c.json'), '{ "profiles": { "demo-native": { "checks": { "redirect": "pass" } } } }');
    await symlink('../.vscode/settings.json', at('link'));
    const settings = await readFile(join(desk.folder, '.vscode', 'settings.json'), 'utf8');
    for (const [args, sentence] of [
      [['--sarif', 'refused/folder'], /^“refused\/folder” cannot be written: it is a folder\.\n$/],
      [['--junit', 'refused/none/x'], /^“refused\/none\/x” cannot be written: there is no such folder\.\n$/],
      [['--junit', '/proc/x.xml'], /^“\/proc\/x\.xml” cannot be written: /],
      [['--sarif', 'a', '--junit', './a'], /^“\.\/a” is named twice/],
      [['--write-contract', '--contract-file', 'a', '--sarif', 'a'], /^“a” is named twice/],
      // What the run itself reads.
      [['--sarif', '.vscode/settings.json'], /^“\.vscode\/settings\.json” holds what this run reads: /],
      [['--junit', 'refused/link'], /^“refused\/link” holds what this run reads: /],
      [['--contract-file', 'refused/c.json', '--junit', 'refused/../refused/c.json'], /holds what this run/],
      [
        ['--write-contract', '--contract-file', '.vscode/settings.json'],
        /^“\.vscode\/settings\.json” holds what this run reads: /,
      ],
      [['--profiles', 'refused/../.vscode/settings.json', '--sarif', 'refused/link'], /holds what this run/],
    ] as const) {
      const { code, stdout, stderr } = await inDesk(args);
      // What /proc takes is known only when it is tried.
      if (args[1] !== '/proc/x.xml') assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.equal(code, 2);
      if (args[1] !== '/proc/x.xml') assert.match(stderr, sentence);
      else assert.match(stderr, /“\/proc\/x\.xml” cannot be written: /);
    }
    assert.deepEqual((await readdir(folder)).sort(), ['c.json', 'folder', 'link']);
    assert.equal(await readFile(join(desk.folder, '.vscode', 'settings.json'), 'utf8'), settings);
  });

  for (const [signal, expected] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    it(`is what was there, where ${signal} ends the run`, async () => {
      const at = await inFolder(signal);
      await writeFile(at('out.sarif'), 'old');
      const args = ['--sarif', `${signal}/out.sarif`, '--junit', `${signal}/out.xml`, '--write-contract'];
      const contract = ['--contract-file', `${signal}/c.json`];
      const all = ['check', 'demo-web', '--sign-in', ...args, ...contract];
      const { code, stderr } = await run(all, {
        folder: desk.folder,
        environment: { ...environment(), BROWSER: desk.seenBy.browser },
        interrupt: { after: 'A wrong verifier', signal },
      });
      assert.equal(code, expected, stderr);
      assert.match(stderr, /out\.sarif” and “.*out\.xml” were not written: the run was interrupted\./);
      assert.deepEqual(await readdir(folder), ['out.sarif']);
      assert.equal(await readFile(at('out.sarif'), 'utf8'), 'old');
    });

  it('is nothing where the disk takes nothing', async () => {
    const { code, stderr } = await inDesk(['--sarif', '/dev/full']);
    assert.equal(code, 2);
    assert.match(stderr, /“\/dev\/full” cannot be written: the disk is full\.\n$/);
  });
});
