import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { becomes } from '../support/becomes.ts';
import { openFile, saveAndCloseAll } from '../support/editors.ts';
import { waitFor } from '../support/processes.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { startDemoSession, type DemoSession } from './demoSession.ts';
import { openSession } from './sharedSession.ts';

const get = 'GET http://127.0.0.1:1/first\n';
const fence = '# Notes\n\n```http\nGET http://127.0.0.1:1/fenced\n```\n';
const withBearer = (text: string) => text.replaceAll(/Bearer \S+/g, 'Bearer …');

describe('the button of the token view on a bad day', () => {
  let session: DemoSession;
  before(async () => {
    session = await startDemoSession({
      files: { 'first.http': get, 'second.http': get, 'notes.md': fence, 'locked.http': get },
      settings: { 'files.readonlyInclude': { '**/locked.http': true } },
      userSettings: { 'oauthExplorer.insertBearerAs': 'literal' },
    });
    const { machine } = session.demo.clients;
    await session.keyring.store(`${machine.clientId}@${session.demo.issuer}`, machine.clientSecret ?? '');
    await session.workbench.showContainer('OAuth');
  });
  after(async () => {
    await session.close();
  });
  pictureFailures(() => session);

  const press = async () => {
    const { workbench, demo } = session;
    await workbench.pressInline('Profiles', demo.clients.machine.name, /Get Token/);
    const token = await workbench.webview(`Token: ${demo.clients.machine.name}`);
    await token.getByRole('button', { name: 'Insert bearer token' }).click();
  };
  /** The text of each document that is open, by the end of its path. */
  const texts = () =>
    session.probe.run(
      ({ vscode }) =>
        Object.fromEntries(
          vscode.workspace.textDocuments.map((document) => [
            document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1),
            document.getText(),
          ]),
        ),
      null,
    );
  const got = (name: string) =>
    waitFor(`the header in ${name}`, async () => {
      const text = (await texts())[name] ?? '';
      return text.includes('Authorization: Bearer ') ? withBearer(text) : undefined;
    });

  it('uses the editor that was used last of two side by side', async () => {
    const { workbench } = session;
    await openFile(session, 'first.http');
    await workbench.command('View: Split Editor Right');
    await openFile(session, 'second.http');
    await press();
    assert.equal(await got('second.http'), `${get}Authorization: Bearer …\n`);
    assert.equal((await texts())['first.http'] ?? get, get);
    await saveAndCloseAll(session);
  });

  it('uses a request in a Markdown file', async () => {
    await openFile(session, 'notes.md');
    await session.probe.run(({ vscode }) => {
      const active = vscode.window.activeTextEditor;
      if (active) active.selection = new vscode.Selection(3, 0, 3, 0);
      return null;
    }, null);
    await press();
    assert.equal(await got('notes.md'), fence.replace('/fenced\n', '/fenced\nAuthorization: Bearer …\n'));
    await saveAndCloseAll(session);
  });

  it('says that a file is read-only, and leaves it as it is', async () => {
    await openFile(session, 'locked.http');
    await press();
    await session.workbench.expectNotification(/locked\.http cannot be changed: it is read-only/);
    assert.equal((await texts())['locked.http'], get);
    await session.workbench.command('Notifications: Clear All Notifications');
    await saveAndCloseAll(session);
  });
});

describe('a demo server that is stopped while a sign-in waits for it', () => {
  let session: Session;
  before(async () => {
    session = await openSession();
  });
  after(async () => {
    await session.close();
  });
  pictureFailures(() => session);

  it('ends the sign-in, says so, and takes its profiles away when asked', async () => {
    const { workbench } = session;
    const profile = 'Demo: public app (PKCE)';
    await workbench.showContainer('OAuth');
    await workbench.command('OAuth Explorer: Start Demo Server');
    await workbench.treeItem('Profiles', profile).waitFor();
    const page = await workbench.browserPage(() => workbench.pressInline('Profiles', profile, /Get Token/));
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    await workbench.command('OAuth Explorer: Stop Demo Server');
    await workbench.expectNotification(
      /The demo server has stopped, and flows that were waiting for it have ended\./,
    );
    await workbench
      .treeItem('Flows', profile)
      .filter({ hasText: /cancelled/ })
      .waitFor();
    await page.close();
    await workbench.picture('demo-stopped');
    await workbench.pressInNotification(/The demo server has stopped/, 'Remove');
    await becomes(() => workbench.treeItem('Profiles', /Demo/).count(), 0);
  });

  it('explains that nobody listens to who asks a demo server that is gone', async () => {
    const { workbench } = session;
    const profile = 'Demo: machine to machine';
    await workbench.command('OAuth Explorer: Start Demo Server');
    await workbench.treeItem('Profiles', profile).waitFor();
    await workbench.command('OAuth Explorer: Stop Demo Server');
    await workbench.expectNotification(/The demo server has stopped\. Remove its profiles too/);
    await workbench.pressInline('Profiles', profile, /Get Token/);
    const failure = await workbench.webview(/failure/i);
    await failure.getByText('The demo server that made this profile has stopped.').first().waitFor();
    await workbench.picture('demo-gone');
  });
});
