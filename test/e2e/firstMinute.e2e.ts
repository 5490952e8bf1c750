import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { close, listen } from '../../src/demo/listen.ts';
import { defaultApiPort, defaultAuthorizationPort } from '../../src/demo/demoServers.ts';
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
    await workbench.pressInTitle('Profiles', 'Add Profile');
    const form = await workbench.webview('New Profile');
    await form.locator('[data-provider=generic]').click();
    await form.locator('#issuer input').fill(issuer);
    await form.locator('.discovery.found').waitFor();
    await form.locator('#clientId input').fill(clientId);
    await form.getByRole('button', { name: 'Add scope orders.read' }).click();
    await form.getByRole('button', { name: 'Set client secret…' }).click();
    await workbench.answer(/Client secret/, secret);
    await form.getByRole('button', { name: 'Save and get token' }).click();
    const token = await workbench.webview(`Token: ${new URL(issuer).host}`);
    await token.getByText('Signature valid', { exact: true }).waitFor();
  });

  it('signs a user of the demo in with PKCE', async () => {
    const { workbench } = session;
    await workbench.showContainer('OAuth');
    const profile = 'Demo: public app with PKCE';
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
