import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startBrowser } from '../support/browser.ts';
import { removeFolder, root, temporaryFolder } from '../support/folders.ts';
import { start, usersNode, waitFor, type Running } from '../support/processes.ts';
import { openContext, Workbench } from '../support/workbench.ts';
import { assertEndsCleanly } from './endsCleanly.ts';

describe('npm start', () => {
  let demo: Running;
  let scratch: string;
  before(async () => {
    scratch = await temporaryFolder('start');
    demo = start(usersNode, [join(root, 'test', 'demo', 'start.mjs')], {
      cwd: root,
      env: { ...process.env, OAUTH_EXPLORER_OPEN: '0', TMPDIR: scratch },
    });
  });
  after(async () => {
    await demo.close();
    await removeFolder(scratch);
  });

  const said = (pattern: RegExp) =>
    waitFor(
      `npm start to say ${String(pattern)}`,
      () => {
        const found = pattern.exec(demo.output())?.[1];
        if (found === undefined && demo.process.exitCode !== null) throw new Error(demo.output());
        return found;
      },
      120_000,
    );

  it('starts the demo servers and serves VS Code on the demo workspace with four ready profiles', async () => {
    const url = new URL(await said(/VS Code with the demo workspace: (\S+)/));
    const issuer = await said(/authorization server runs at (http:\S+),/);
    const metadata = await fetch(`${issuer}/.well-known/openid-configuration`);
    assert.equal(metadata.status, 200);
    const browser = await startBrowser();
    try {
      const workbench = await Workbench.open(
        await openContext(browser, url.origin),
        url.origin,
        url.searchParams.get('folder') ?? '',
      );
      await workbench.showContainer('OAuth');
      for (const name of [
        'Demo: machine to machine',
        'Demo: public app (PKCE)',
        'Demo: web app with secret',
        'Demo: device with a code',
      ])
        await workbench.treeItem('Profiles', name).waitFor();
      await workbench.picture('start');
    } finally {
      await browser.close();
    }
  });

  it('ends cleanly on Ctrl+C and leaves no process and no file behind', () =>
    assertEndsCleanly(demo, scratch, 1));
});
