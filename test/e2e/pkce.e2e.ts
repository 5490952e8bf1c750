import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { pictureFailures } from '../support/session.ts';
import { assertFree } from '../support/assertFree.ts';
import { startDemoSession, type DemoSession } from './demoSession.ts';

describe('the main job as a user: authorization code with PKCE', () => {
  let session: DemoSession;
  before(async () => {
    session = await startDemoSession();
    const { web } = session.demo.clients;
    await session.keyring?.store(`${web.clientId}@${session.demo.issuer}`, web.clientSecret ?? '');
    await session.workbench.showContainer('OAuth');
  });
  after(async () => {
    await session.close();
  });
  pictureFailures(() => session);

  const webRedirectPort = () => Number(new URL(session.demo.clients.web.redirectUri ?? '').port);
  const signInPage = async (profile: string): Promise<Page> => {
    const page = await session.workbench.browserPage(() =>
      session.workbench.pressInline('Profiles', profile, /Get Token/),
    );
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    return page;
  };

  /** Starts a sign-in whose tab is closed at once; the shortest time there is for it runs while other tests do. */
  const leaveSignIn = async () => {
    const limit = (seconds: number | null) =>
      session.probe.run(
        ({ vscode }, value) =>
          vscode.workspace
            .getConfiguration('oauthExplorer')
            .update('signInTimeout', value ?? undefined, vscode.ConfigurationTarget.Global)
            .then(() => null),
        seconds,
      );
    await limit(10);
    const page = await signInPage(session.demo.clients.web.name);
    await page.close();
    await limit(null);
  };

  it('signs a user in through the browser and shows the token beside the id token', async () => {
    const { workbench, demo } = session;
    await leaveSignIn();
    const page = await signInPage(demo.clients.native.name);
    const asked = new URL(page.url());
    assert.equal(asked.origin, demo.issuer);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('heading').first().waitFor();
    assert.match(page.url(), /^http:\/\/127\.0\.0\.1:\d+\/callback/);
    assert.match(await page.locator('body').innerText(), /signed in|success|close this|return to/i);
    await page.close();
    const view = await workbench.webview(/token/i);
    await view.getByText('orders.read').first().waitFor();
    await view
      .getByText(/id token/i)
      .first()
      .waitFor();
    await workbench.screenshot('pkce-token');
  });

  it('gives a new token by the refresh token, without the browser', async () => {
    const { probe, demo, workbench } = session;
    const pages = workbench.context.pages().length;
    const done = await probe.run(
      async ({ vscode }, profile) =>
        vscode.commands.executeCommand<{ outcome: string }>('oauthExplorer.refreshToken', { profile }),
      demo.clients.native.clientId,
    );
    assert.equal(done.outcome, 'token');
    assert.equal(workbench.context.pages().length, pages);
  });

  it('ends with a sentence when the tab was closed and the time to sign in is over', async () => {
    const { name, redirectUri = '' } = session.demo.clients.web;
    await session.workbench.expectNotification(`${name}: No redirect to ${redirectUri} came within 10 s`);
    await assertFree(webRedirectPort());
  });

  it('ends with a sentence when the user denies, and frees the port', async () => {
    const { workbench, demo } = session;
    const page = await signInPage(demo.clients.web.name);
    await page.getByRole('button', { name: 'Deny' }).click();
    await workbench.expectNotification(/denied/i);
    await page.close();
    await assertFree(webRedirectPort());
  });

  it('ends with a sentence when the user cancels, and frees the port', async () => {
    const { workbench, demo } = session;
    const page = await signInPage(demo.clients.web.name);
    await workbench.pressInNotification(/Getting a token/, 'Cancel');
    await workbench
      .treeItem('Flows', demo.clients.web.name)
      .filter({ hasText: /cancel/i })
      .first()
      .waitFor();
    await page.close();
    await assertFree(webRedirectPort());
  });

  it('says that the port is busy before the browser opens', async () => {
    const { workbench, demo } = session;
    const other = createServer().listen(webRedirectPort(), '127.0.0.1');
    try {
      const pages = workbench.context.pages().length;
      await workbench.pressInline('Profiles', demo.clients.web.name, /Get Token/);
      await workbench.expectNotification(new RegExp(`port ${webRedirectPort()}`, 'i'));
      assert.equal(workbench.context.pages().length, pages);
    } finally {
      other.close();
    }
  });

  it('ends with a sentence when the window is reloaded in the middle, and frees the port', async () => {
    const { workbench, demo } = session;
    const page = await signInPage(demo.clients.web.name);
    await workbench.kept('flows.waiting');
    await workbench.reload();
    await workbench.showContainer('OAuth');
    await workbench.expectNotification(
      new RegExp(`The sign-in for “${demo.clients.web.name}” ended when the window was reloaded`),
    );
    await workbench.screenshot('reloaded-in-mid-flow');
    await page.close();
    await assertFree(webRedirectPort());
  });

  it('opens the browser again for a user who closed the tab and asks again', async () => {
    const { workbench, demo } = session;
    const { name } = demo.clients.web;
    const closed = await workbench.browserPage(() =>
      workbench.pressInNotification(/ended when the window was reloaded/, 'Get Token'),
    );
    await closed.getByRole('button', { name: 'Allow' }).waitFor();
    await closed.close();
    const page = await signInPage(name);
    assert.equal(new URL(page.url()).origin, demo.issuer);
    assert.equal(await workbench.treeItem('Flows', name).count(), 1, 'one flow still waits');
    await page.close();
    await workbench.pressInline('Flows', name, /Cancel Flow/);
    await workbench
      .treeItem('Flows', name)
      .filter({ hasText: /cancel/i })
      .waitFor();
    await assertFree(webRedirectPort());
  });

  it('gets a token for a confidential client at its one exact redirect URI', async () => {
    const { workbench, demo } = session;
    const page = await signInPage(demo.clients.web.name);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(`${demo.clients.web.redirectUri ?? ''}**`);
    await workbench
      .treeItem('Profiles', demo.clients.web.name)
      .filter({ hasText: /\d+ (s|min|h)|minute|hour/ })
      .waitFor();
    await page.close();
  });
});
