import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { becomes } from '../support/becomes.ts';
import { openFile } from '../support/editors.ts';
import { pictureFailures } from '../support/session.ts';
import { assertFree } from '../support/assertFree.ts';
import { startDemoSession, type DemoSession } from './demoSession.ts';

describe('the main job', () => {
  let session: DemoSession;
  before(async () => {
    session = await startDemoSession();
    const { web } = session.demo.clients;
    await session.keyring.store(`${web.clientId}@${session.demo.issuer}`, web.clientSecret ?? '');
  });
  after(async () => {
    await session.close();
  });
  pictureFailures(() => session);

  it('begins in the activity bar, with the Profiles and Flows views', async () => {
    const { workbench } = session;
    await workbench.showContainer('OAuth');
    await workbench.view('Profiles').waitFor();
    await workbench.view('Flows').waitFor();
    await workbench.picture('container');
    assert.deepEqual(await workbench.notifications(), []);
  });

  describe('as a machine: client credentials', () => {
    it('asks for the secret once, keeps it in the OS keychain, and shows the decoded token', async () => {
      const { workbench, keyring, demo } = session;
      const { machine } = demo.clients;
      await workbench.pressInline('Profiles', machine.name, /Get Token/);
      await workbench.answer(/Client secret/, machine.clientSecret ?? '');
      const view = await workbench.webview(`Token: ${machine.name}`);
      await view.getByText('orders.read').first().waitFor();
      await view
        .getByText(/signature/i)
        .first()
        .waitFor();
      await becomes(async () => keyring.lookup(`${machine.clientId}@${demo.issuer}`), machine.clientSecret);
      await workbench.picture('client-credentials-token');
    });

    it('says in the tree how long the token still lives', async () => {
      const { workbench, demo } = session;
      await workbench
        .treeItem('Profiles', demo.clients.machine.name)
        .filter({ hasText: /\d+ (s|min|h)|minute|hour/ })
        .waitFor();
    });

    it('lists the run in the Flows tree', async () => {
      await session.workbench.treeItem('Flows', session.demo.clients.machine.name).first().waitFor();
    });

    for (const [format, shows] of [
      ['curl', /^curl /m],
      ['HAR', /"version": "1\.2"/],
      ['Markdown', /```mermaid\nsequenceDiagram/],
    ] as const)
      it(`copies it as ${format}, with no secret in it`, async () => {
        const { workbench, demo } = session;
        await workbench.copy('');
        await workbench.pressInMenu('Flows', demo.clients.machine.name, /^Export/);
        await workbench.choose(format);
        await workbench.choose('Redacted');
        await workbench.choose('Copy to the clipboard');
        const copied = await workbench.copied('the export', (text) => text !== '');
        assert.match(copied, shows);
        assert.ok(copied.includes(`${demo.issuer}/token`));
        const { clientSecret = '' } = demo.clients.machine;
        assert.ok(!copied.includes(clientSecret) && !copied.includes(encodeURIComponent(clientSecret)));
        assert.doesNotMatch(copied, /eyJ[\w-]{20,}\.[\w-]{20,}\./);
      });

    it('puts a bearer header into the request under the cursor that the demo API accepts', async () => {
      const { workbench, demo, workspace } = session;
      await openFile(session, 'orders.http');
      const { name } = demo.clients.machine;
      await workbench.commandAndChoose('OAuth Explorer: Insert Bearer Token', name, 'Literal');
      await workbench.page.locator('.view-line', { hasText: 'Authorization: Bearer' }).waitFor();
      await workbench.page.keyboard.press('ControlOrMeta+KeyS');
      await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
      const saved = await readFile(join(workspace, 'orders.http'), 'utf8');
      const header = /^Authorization: (Bearer \S+)$/m.exec(saved)?.[1];
      assert.ok(header, saved);
      const answer = await fetch(`${demo.api}/orders`, { headers: { authorization: header } });
      assert.equal(answer.status, 200);
    });

    it('offers what can be done with it by a click on the status bar', async () => {
      const { workbench, demo } = session;
      await workbench.page.locator('.statusbar-item', { hasText: demo.clients.machine.name }).click();
      await workbench.page.locator('.quick-input-widget').getByText('Choose Another Profile…').waitFor();
      await workbench.picture('profile-menu');
      await workbench.choose('Show Token');
      await workbench.webview(`Token: ${demo.clients.machine.name}`);
    });

    it('shows in a tab that was hidden what changed meanwhile', async () => {
      const { workbench, demo, probe } = session;
      const { clientId, name } = demo.clients.machine;
      const rename = (to: string) =>
        probe.run(
          async ({ vscode }, { id, named }) => {
            const settings = vscode.workspace.getConfiguration('oauthExplorer');
            const profiles = settings.get<readonly { readonly id: string }[]>('profiles', []);
            const renamed = profiles.map((one) => (one.id === id ? { ...one, name: named } : one));
            await settings.update('profiles', renamed, vscode.ConfigurationTarget.Workspace);
            return true;
          },
          { id: clientId, named: to },
        );
      await openFile(session, 'orders.http');
      await rename('Renamed while hidden');
      await workbench.page.locator('.tab', { hasText: 'Token: Renamed while hidden' }).click();
      // The page keeps the title that it was begun with.
      const token = await workbench.webview(`Token: ${name}`);
      const shown = (title: string) =>
        token.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      await shown('Renamed while hidden');
      await rename(name);
      await shown(name);
    });

    it('writes no secret into a settings file', async () => {
      const { server, workspace, demo } = session;
      for (const file of [
        join(workspace, '.vscode', 'settings.json'),
        join(server.dataFolder, 'data', 'User', 'settings.json'),
      ])
        assert.ok(!(await readFile(file, 'utf8')).includes(demo.clients.machine.clientSecret ?? '?'), file);
    });
  });

  describe('as a user: authorization code with PKCE', () => {
    /** What the machine has before the window is reloaded. */
    let machineToken: string;
    const accessToken = async (id: string) => {
      const token = session.probe.run(
        ({ vscode }, profile) =>
          vscode.commands.executeCommand<string>('oauthExplorer.accessToken', { profile }),
        id,
      );
      await session.workbench.pressInNotification('wants the access token of', 'Allow for This Session');
      return token;
    };
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
      // The code is gone from the address bar.
      await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/);
      assert.match(await page.locator('body').innerText(), /signed in|success|close this|return to/i);
      await page.close();
      const view = await workbench.webview(`Token: ${demo.clients.native.name}`);
      await view.getByText('orders.read').first().waitFor();
      await view
        .getByText(/id token/i)
        .first()
        .waitFor();
      await workbench.picture('pkce-token');
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
      // The words there are the server's: nothing of our own page for the browser, nor its status.
      const failure = await workbench.webview(/failure/i);
      await failure.getByText('access_denied').first().waitFor();
      const said = await failure.locator('.words').innerText();
      assert.doesNotMatch(said, /doctype|<html|<style|You can close/i);
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
      machineToken = await accessToken(demo.clients.machine.clientId);
      await workbench.kept('flows.waiting');
      await workbench.reload();
      await workbench.showContainer('OAuth');
      await workbench.expectNotification(
        new RegExp(`The sign-in for “${demo.clients.web.name}” ended when the window was reloaded`),
      );
      await workbench.picture('reloaded-in-mid-flow');
      await page.close();
      await assertFree(webRedirectPort());
    });

    it('still has the token of before the reload, without asking again', async () => {
      const { workbench, demo } = session;
      const { name, clientId } = demo.clients.machine;
      assert.equal(await accessToken(clientId), machineToken);
      await workbench
        .treeItem('Profiles', name)
        .filter({ hasText: /\d (?:h|min|s)/ })
        .waitFor();
    });

    it('still lists the flows of before the reload, none twice, and shows what was sent', async () => {
      const { workbench, demo } = session;
      const { name } = demo.clients.machine;
      await becomes(() => workbench.treeItem('Flows', name).count(), 1);
      await workbench.openRow('Flows', name);
      const view = await workbench.webview(`Flow: ${name}`);
      await view.getByText(`${demo.issuer}/token`).first().waitFor();
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
      // Those of before the reload have ended.
      const runs = /waiting for the browser|running/i;
      const waiting = workbench.treeItem('Flows', name).filter({ hasText: runs });
      await becomes(() => waiting.count(), 1);
      await page.close();
      await workbench.pressInline('Flows', runs, /Cancel Flow/);
      await becomes(() => waiting.count(), 0);
      await assertFree(webRedirectPort());
    });

    it('gets a token for a confidential client at its one exact redirect URI', async () => {
      const { workbench, demo } = session;
      const page = await signInPage(demo.clients.web.name);
      await page.getByRole('button', { name: 'Allow' }).click();
      const { origin } = new URL(demo.clients.web.redirectUri ?? '');
      await page.waitForURL((url) => url.origin === origin && url.search === '');
      await workbench
        .treeItem('Profiles', demo.clients.web.name)
        .filter({ hasText: /\d+ (s|min|h)|minute|hour/ })
        .waitFor();
      await page.close();
    });
  });
});
