import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { startDemoServers, type DemoServers } from '../demo/demoServers.ts';
import { startSession, type Session } from '../support/session.ts';

describe('the profile editor in a workbench', () => {
  let session: Session;
  let demo: DemoServers;
  before(async () => {
    demo = await startDemoServers({ authorizationPort: 0, apiPort: 0 });
    session = await startSession();
  });
  after(async () => {
    await session.close();
    await demo.close();
  });

  const fill = async (view: Frame, name: string, text: string) => {
    await view.locator(`[id="${name}"] input`).fill(text);
  };
  const userSettings = () =>
    readFile(join(session.server.dataFolder, 'data', 'User', 'settings.json'), 'utf8');

  it('offers to add a profile, to import and to start the demo server while there is none', async () => {
    const { workbench } = session;
    await workbench.showContainer('OAuth');
    for (const action of ['Add Profile', 'Import Profiles', 'Start Demo Server'])
      await workbench.view('Profiles').getByRole('button', { name: action }).waitFor();
    await workbench.screenshot('welcome');
  });

  it('makes a profile of an issuer: discovered, secret in the keychain, token in one go', async () => {
    const { workbench, keyring } = session;
    const { machine } = demo.clients;
    await workbench.view('Profiles').getByRole('button', { name: 'Add Profile' }).click();
    const view = await workbench.webview(/Profile/);
    await view.locator('[data-provider=generic]').waitFor();
    await workbench.screenshot('profile-provider');
    await view.locator('[data-provider=generic]').click();
    await fill(view, 'name', 'Orders machine');
    await fill(view, 'issuer', demo.issuer);
    await view.locator('.discovery.found').waitFor();
    assert.match(await view.locator('[id=tokenEndpoint] input').inputValue(), /^http:\/\/127\.0\.0\.1:\d+\//);
    await fill(view, 'clientId', machine.clientId);
    await view.getByRole('button', { name: 'Set client secret…' }).click();
    await workbench.answer(/Client secret of “Orders machine”/, machine.clientSecret ?? '');
    await view.getByText('A secret was typed. It is stored when you save.').waitFor();
    await view.locator('input#scopes').fill('orders.read ');
    await view.locator('.chip', { hasText: 'orders.read' }).waitFor();
    await workbench.screenshot('profile-form');
    await view.getByRole('button', { name: 'Save and get token' }).click();
    await workbench
      .treeItem('Profiles', 'Orders machine')
      .filter({ hasText: /min|hour| h| s/ })
      .waitFor();
    assert.equal(await keyring?.lookup(`orders-machine@${demo.issuer}`), machine.clientSecret);
    const settings = await userSettings();
    assert.match(settings, /"Orders machine"/);
    assert.ok(!settings.includes(machine.clientSecret ?? '?'));
    await workbench.screenshot('profile-token');
  });

  it('opens an existing profile, keeps what was typed when its tab is hidden, and offers it when it was closed', async () => {
    const { workbench } = session;
    await workbench.command('View: Close All Editors');
    await workbench.command('OAuth Explorer: Edit Profile…');
    const first = await workbench.webview(/Orders machine/);
    await first.getByText('is stored.').waitFor();
    await fill(first, 'audience', 'https://api.example.com');
    await workbench.openFile('README.md');
    await workbench.page.locator('.tab', { hasText: 'Profile: Orders machine' }).click();
    const again = await workbench.webview(/Orders machine/);
    await again.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#audience')?.value === 'https://api.example.com',
    );
    await workbench.command('View: Close Editor');
    await workbench.pressInNotification(/closed without being saved/, 'Continue Editing');
    const restored = await workbench.webview(/Orders machine/);
    await restored.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#audience')?.value === 'https://api.example.com',
    );
    await fill(restored, 'audience', '');
    await restored.getByRole('button', { name: 'Save', exact: true }).click();
    await restored.getByText('Saved to user settings.').waitFor();
  });

  it('imports a curl command from the clipboard: profile to the settings, secret to the keychain', async () => {
    const { workbench, keyring } = session;
    const { machinePost } = demo.clients;
    const curl = `curl ${demo.issuer}/token -d grant_type=client_credentials -d client_id=${machinePost.clientId} -d client_secret=${machinePost.clientSecret ?? ''} -d scope=orders.read`;
    await session.probe.run(({ vscode }, text) => vscode.env.clipboard.writeText(text), curl);
    await workbench.command('OAuth Explorer: Import Profiles…');
    await workbench.choose(/From the Clipboard/);
    await workbench.page.locator('.quick-input-list').getByText('secret goes to the keychain').waitFor();
    await workbench.screenshot('import-preview');
    await workbench.page.keyboard.press('Enter');
    await workbench.expectNotification(/One profile was imported/);
    const host = new URL(demo.issuer).host;
    await workbench.treeItem('Profiles', host).first().waitFor();
    const id = host.replace(/[^a-z0-9]+/g, '-');
    assert.equal(await keyring?.lookup(`${id}@${demo.issuer}`), machinePost.clientSecret);
    assert.ok(!(await userSettings()).includes(machinePost.clientSecret ?? '?'));
  });

  it('has a walkthrough of four steps with the demo server', async () => {
    const { workbench } = session;
    await session.probe.run(
      ({ vscode }) =>
        vscode.commands.executeCommand(
          'workbench.action.openWalkthrough',
          'oauth-explorer.oauth-explorer#start',
        ),
      undefined,
    );
    for (const title of ['Start the demo server', 'Get a token', 'Look inside it', 'Put it into a request'])
      await workbench.page.locator('.gettingStartedContainer').getByText(title, { exact: true }).waitFor();
    await workbench.page.waitForTimeout(500);
    await workbench.screenshot('walkthrough-1');
    for (const [index, title] of ['Get a token', 'Look inside it', 'Put it into a request'].entries()) {
      await workbench.page.locator('.gettingStartedContainer').getByText(title, { exact: true }).click();
      await workbench.page.waitForTimeout(500);
      await workbench.screenshot(`walkthrough-${index + 2}`);
    }
  });
});
