import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { close, listen } from '../../src/demo/listen.ts';
import { defaultApiPort, defaultAuthorizationPort } from '../../src/demo/demoServers.ts';
import { becomes } from '../support/becomes.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { showFirstMinute, type FirstMinute } from './firstMinute.ts';
import { openSession } from './sharedSession.ts';

describe('the first minute with what users install', () => {
  let session: Session;
  const takers = [createServer(), createServer()] as const;
  before(async () => {
    // A bad day: the demo's own ports are taken by somebody else, or by these.
    await listen(takers[0], defaultAuthorizationPort);
    await listen(takers[1], defaultApiPort);
    session = await openSession();
  });
  after(async () => {
    await session.close();
    await Promise.all(takers.map((taker) => close(taker)));
  });
  pictureFailures(() => session);

  it('says what to open when there is no request for a button to use', async () => {
    const { workbench } = session;
    await workbench.closeEditors();
    await workbench.command('OAuth Explorer: Insert Bearer Token');
    await workbench.expectNotification(/Open an \.http or \.rest file/);
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('goes from the walkthrough to the API’s 200 with the token view’s button', async () => {
    const minute: FirstMinute = await showFirstMinute(session);
    assert.equal(minute.secondsToLive, 3600);
    assert.equal(minute.clicks, 4);
    console.log(`The first minute took ${minute.clicks} clicks and ${minute.seconds.toFixed(1)} s.`);
  });

  it('gets a token at a server of one’s own with three typed texts: issuer, client id and secret', async () => {
    const { workbench, keyring, probe } = session;
    const [demo] = await probe.run(
      ({ vscode }) =>
        vscode.workspace
          .getConfiguration('oauthExplorer')
          .get<readonly { readonly issuer: string; readonly clientId: string }[]>('profiles', []),
      null,
    );
    assert.ok(demo);
    const { issuer, clientId } = demo;
    const secret = (await keyring.lookup(`${clientId}@${issuer}`)) ?? '';
    assert.notEqual(secret, '');
    const done = { typed: 0, clicks: 0 };
    const type = async (typing: Promise<void>) => (await typing, done.typed++);
    const click = async (clicking: Promise<void>) => (await clicking, done.clicks++);
    await click(workbench.pressInTitle('Profiles', 'Add Profile'));
    const form = await workbench.webview('New Profile');
    await click(form.locator('[data-provider=generic]').click());
    await type(form.locator('input#issuer').fill(issuer));
    await form.locator('.discovery.found').waitFor();
    await type(form.locator('input#clientId').fill(clientId));
    await click(form.getByRole('button', { name: 'Add scope orders.read' }).click());
    await click(form.getByRole('button', { name: 'Set client secret…' }).click());
    await type(workbench.answer(/Client secret/, secret));
    await click(form.getByRole('button', { name: 'Save and get token' }).click());
    const token = await workbench.webview(`Token: ${new URL(issuer).host}`);
    await token.getByText('Signature valid', { exact: true }).waitFor();
    assert.deepEqual(done, { typed: 3, clicks: 5 });
  });

  it('is gone again with the keyboard alone: tree, token view, request, answer', async () => {
    const { workbench } = session;
    const { page } = workbench;
    const { keyboard } = page;
    /** Waits until a view has the focus, and goes by Tab to what has this text. */
    const tabTo = async (view: RegExp, text: string) => {
      // VS Code may draw a view anew at any time.
      const frame = () => workbench.frame(view);
      const isThere = async () => (await frame()).evaluate(() => document.hasFocus()).catch(() => false);
      await becomes(isThere, true);
      const focused = async () => (await frame()).evaluate(() => document.activeElement?.textContent.trim());
      for (let turnsLeft = 40; (await focused()) !== text; turnsLeft--) {
        assert.ok(turnsLeft > 0, `${text} cannot be reached by Tab`);
        await keyboard.press('Tab');
      }
    };
    await workbench.commandByKeyboard('Focus on Profiles View');
    // The row may be marked from before: keys go to the tree only once it has the focus.
    const tree = workbench.view('Profiles').locator('.monaco-list');
    await tree.and(page.locator(':focus')).waitFor();
    await tree.press('Home');
    await workbench.treeItem('Profiles', 'Demo: machine to machine').and(page.locator('.focused')).waitFor();
    await tree.press('Enter');
    await tabTo(/^Token: Demo: machine/, 'Insert bearer token');
    await keyboard.press('Enter');
    const request = page.locator('.editor-group-container.active .view-line');
    await request.filter({ hasText: 'Authorization: Bearer' }).waitFor();
    await workbench.commandByKeyboard('OAuth Explorer: Send Request with Token');
    await tabTo(/^GET /, 'Show the flow');
    const answer = await workbench.webview(/^GET /);
    await answer.getByText('200').first().waitFor();
  });

  it('signs a user of the demo in with PKCE', async () => {
    const { workbench } = session;
    await workbench.showContainer('OAuth');
    const profile = 'Demo: public app (PKCE)';
    const page = await workbench.browserPage(() => workbench.pressInline('Profiles', profile, /Get Token/));
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/);
    await page.close();
    const view = await workbench.webview(`Token: ${profile}`);
    await view
      .getByText(/id token/i)
      .first()
      .waitFor();
  });
});
