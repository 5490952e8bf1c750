import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { waitFor } from '../support/processes.ts';
import { becomes } from '../support/becomes.ts';
import { pictureFailures } from '../support/session.ts';
import { startDemoSession, type DemoSession } from './demoSession.ts';

/** Gets the machine's token by the tree's inline action; `secret` is typed when it is asked for. */
async function getToken({ workbench, demo }: DemoSession, secret: string): Promise<void> {
  const { name } = demo.clients.machine;
  await workbench.showContainer('OAuth');
  await workbench.pressInline('Profiles', name, /Get Token/);
  await workbench.answer(/Client secret/, secret);
  await workbench
    .treeItem('Profiles', name)
    .filter({ hasText: /\d (?:h|min|s)/ })
    .waitFor();
}

describe('secrets in the keychain', () => {
  let session: DemoSession;
  before(async () => {
    session = await startDemoSession();
  });
  after(async () => {
    await session.keyring.unlock();
    await session.close();
  });
  pictureFailures(() => session);

  it('are not there for a profile whose server was changed, which asks; its invalid neighbour is listed with a link to its line', async () => {
    const { workbench, demo, workspace, keyring } = session;
    const { name, clientId, clientSecret = '' } = demo.clients.machine;
    await getToken(session, clientSecret);
    const file = join(workspace, '.vscode', 'settings.json');
    const text = await readFile(file, 'utf8');
    const settings = JSON.parse(text) as Record<string, Record<string, unknown>[]>;
    const profiles = settings['oauthExplorer.profiles'] ?? [];
    const changed = profiles.map((profile) =>
      profile['id'] === clientId
        ? { ...profile, issuer: undefined, tokenEndpoint: 'https://localhost:1/token' }
        : profile,
    );
    const invalid = { id: 'broken', name: 'Broken one', grant: 'password' };
    await writeFile(
      file,
      JSON.stringify({ ...settings, 'oauthExplorer.profiles': [...changed, invalid] }, undefined, 2),
    );
    await workbench.treeItem('Profiles', 'Broken one').waitFor();
    await workbench.treeItem('Profiles', name).filter({ hasText: 'no token' }).waitFor();
    await workbench.pressInline('Profiles', name, /Get Token/);
    await workbench.page
      .locator('.quick-input-widget:visible')
      .filter({ hasText: /sent to https:\/\/localhost:1 only/ })
      .waitFor();
    await workbench.page.keyboard.press('Escape');
    assert.equal(await keyring.lookup(`${clientId}@https://localhost:1`), undefined);
    await workbench.openRow('Profiles', 'Broken one');
    await workbench.page.locator('.tab.active').filter({ hasText: 'settings.json' }).waitFor();
    await workbench.page.locator('.view-line', { hasText: '"password"' }).waitFor();
    await workbench.picture('invalid-profile');
    // With its server as it was, it has its secret again.
    await writeFile(file, text);
    await workbench.treeItem('Profiles', 'Broken one').waitFor({ state: 'detached' });
    await workbench.pressInline('Profiles', name, /Get Token/);
    await workbench
      .treeItem('Profiles', name)
      .filter({ hasText: /\d (?:h|min|s)/ })
      .waitFor();
  });

  it('go with the profile when it is deleted, its tokens too', async () => {
    const { workbench, demo, keyring } = session;
    const { name, clientId, clientSecret } = demo.clients.machine;
    const account = `${clientId}@${demo.issuer}`;
    await waitFor('the token in the keychain', async () =>
      (await keyring.accounts()).some((one) => one.startsWith(`${account}/token/`)) ? true : undefined,
    );
    assert.equal(await keyring.lookup(account), clientSecret);
    await workbench.pressInMenu('Profiles', name, /Delete Profile/);
    await workbench.pressInDialog('Delete');
    await workbench.treeItem('Profiles', name).waitFor({ state: 'detached' });
    await becomes(() => keyring.accounts(), []);
  });

  it('are kept in VS Code’s secret storage once the keychain is locked, and the user is told why', async () => {
    const { workbench, demo, keyring } = session;
    const { name, clientSecret = '' } = demo.clients.web;
    await keyring.lock();
    await workbench.reload();
    await workbench.showContainer('OAuth');
    await workbench.expectNotification(
      /The system keychain could not store an entry: .*locked.* kept in VS Code’s own secret storage/,
    );
    await workbench.picture('locked-keychain');
    await workbench.pressInMenu('Profiles', name, /Set Client Secret/);
    await workbench.answer(/Client secret/, clientSecret);
    await workbench.pressInMenu('Profiles', name, /Edit Profile/);
    const form = await workbench.webview(`Profile: ${name}`);
    await form.getByText(`A secret for ${demo.issuer} is stored.`).waitFor();
    assert.deepEqual(await keyring.accounts(), []);
  });
});

describe('an untrusted workspace where no keychain answers', () => {
  let session: DemoSession;
  before(async () => {
    session = await startDemoSession({
      keyring: false,
      userSettings: { 'security.workspace.trust.enabled': true },
    });
  });
  after(async () => {
    await session.close();
  });
  pictureFailures(() => session);

  it('brings no profile of its own until it is trusted', async () => {
    const { workbench, demo } = session;
    await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.showContainer('OAuth');
    await workbench
      .view('Profiles')
      .getByText(/ignored until you trust this workspace/)
      .waitFor();
    await workbench.picture('untrusted');
    assert.equal(await workbench.treeItem('Profiles', demo.clients.machine.name).count(), 0);
    await workbench.command('Workspaces: Manage Workspace Trust');
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.page
      .locator('.statusbar-item', { hasText: 'Restricted Mode' })
      .waitFor({ state: 'detached' });
    await workbench.page
      .locator('.monaco-modal-editor-block')
      .getByRole('button', { name: /^Close/ })
      .click();
    await workbench.treeItem('Profiles', demo.clients.machine.name).waitFor();
  });

  it('keeps secrets in VS Code’s secret storage, and tells the user why, once', async () => {
    const { workbench, demo } = session;
    await workbench.expectNotification(
      /The system keychain could not .* kept in VS Code’s own secret storage instead/,
    );
    await workbench.picture('no-keychain');
    await getToken(session, demo.clients.machine.clientSecret ?? '');
    // Whoever asks while a token is still on its way shares it; and a row that has news is drawn anew, and loses what is pressed.
    await workbench
      .treeItem('Flows', demo.clients.machine.name)
      .filter({ hasText: /· token/ })
      .waitFor();
    await workbench
      .treeItem('Profiles', demo.clients.machine.name)
      .filter({ hasText: /\d (?:h|min|s)/ })
      .waitFor();
    await workbench.pressInline('Profiles', demo.clients.machine.name, /Get Token/);
    await workbench.treeItem('Flows', demo.clients.machine.name).nth(1).waitFor();
  });
});
