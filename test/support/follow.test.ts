import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

const follow = pathToFileURL(join(import.meta.dirname, 'follow.mjs')).href;

describe('what tests begin', () => {
  const folder = mkdtempSync(join(tmpdir(), 'follow-'));
  after(() => rmSync(folder, { recursive: true }));

  /** Runs a file of tests in a process of its own, with `before` ahead of all; gives what it prints. */
  function printed(tests: string, before = ''): string {
    const [first, file] = [join(folder, 'first.mjs'), join(folder, 'a.test.mjs')];
    writeFileSync(first, before);
    writeFileSync(file, `import { after, describe, it } from 'node:test';\n${tests}`);
    const env = { ...process.env, NODE_TEST_CONTEXT: '', NODE_V8_COVERAGE: '' };
    const imports = [pathToFileURL(first).href, follow].map((url) => `--import=${url}`);
    const { stdout, stderr } = spawnSync(process.execPath, [...imports, '--test-reporter=tap', file], {
      ...{ env, encoding: 'utf8', timeout: 60_000 },
    });
    return stdout + stderr;
  }

  it('is followed without an account of every promise’s end, by node:test alone', () => {
    const told = printed(
      `import hooks from 'node:async_hooks'; it('a', async () => {}); hooks.createHook({ destroy() {} });`,
      `import hooks from 'node:async_hooks';
      const { createHook } = hooks;
      hooks.createHook = (made) => (console.log('asks for', Object.keys(made).join()), createHook(made));`,
    );
    assert.deepEqual(told.match(/asks for .*/g), ['asks for init', 'asks for destroy']);
  });

  it('fails the test that began it, however late and from where it throws, and no other', () => {
    const told = printed(`
      const nap = () => new Promise((resolve) => setTimeout(resolve, 5));
      it('good before', nap);
      it('bad callback', async () => {
        await nap();
        setTimeout(() => { throw new Error('late'); }, 5);
        await new Promise(() => setTimeout(() => {}, 200));
      });
      it('bad promise', async () => { await nap(); void nap().then(() => { throw new Error('lost'); }); await nap(); await nap(); await nap(); });
      it('good after', nap);`);
    assert.deepEqual(told.match(/^(?:not )?ok .*/gm), [
      'ok 1 - good before',
      'not ok 2 - bad callback',
      'not ok 3 - bad promise',
      'ok 4 - good after',
    ]);
  });

  it('belongs to the suite or the test that it stands in, also behind a wait', () => {
    const told = printed(`
      describe('outer', async () => {
        await 0;
        it('inner', async () => {
          await 0;
          after(() => console.log('inner is over'));
        });
        it('next', () => console.log('next begins'));
      });`);
    assert.match(told, /# Subtest: outer\n {4}# Subtest: inner\n/);
    assert.ok(told.indexOf('inner is over') < told.indexOf('next begins'), told);
  });
});
