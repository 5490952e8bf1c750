import assert from 'node:assert/strict';
import { mkdir, readFile, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator, Keyboard, Page } from 'playwright-core';
import type { DemoServers } from '../../src/demo/demoServers.ts';
import { waitFor } from '../support/processes.ts';
import { becomes } from '../support/becomes.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { startPackagedDemo } from './packagedDemo.ts';
import { openSession } from './sharedSession.ts';

const redirectUri = 'http://127.0.0.1:8123/callback';

describe('profiles in the workbench', () => {
  let session: Session;
  let demo: DemoServers;
  before(async () => {
    demo = await startPackagedDemo();
    session = await openSession();
  });
  after(async () => {
    await session.close();
    await demo.close();
  });
  pictureFailures(() => session);

  const settingsFile = (scope: 'user' | 'workspace') =>
    scope === 'user'
      ? join(session.server.dataFolder, 'data', 'User', 'settings.json')
      : join(session.workspace, '.vscode', 'settings.json');
  const written = async (scope: 'user' | 'workspace'): Promise<Record<string, unknown>[]> => {
    const text = await readFile(settingsFile(scope), 'utf8').catch(() => '{}');
    return (JSON.parse(text) as Record<string, Record<string, unknown>[]>)['oauthExplorer.profiles'] ?? [];
  };
  /** Waits until the settings are as wanted: VS Code writes them a moment after it was asked to. */
  const profile = (scope: 'user' | 'workspace', id: string) =>
    waitFor(`${id} in the ${scope} settings`, async () =>
      (await written(scope)).find((one) => one['id'] === id),
    );
  const row = (text: string | RegExp) => session.workbench.treeItem('Profiles', text);
  const fromMenu = (text: string | RegExp, action: RegExp) =>
    session.workbench.pressInMenu('Profiles', text, action);

  it('an empty tree offers to add one, to import, and to start the demo server', async () => {
    const { workbench } = session;
    await workbench.showContainer('OAuth');
    const view = workbench.view('Profiles');
    for (const name of ['Add Profile', 'Import Profiles', 'Start Demo Server'])
      await view.locator('.welcome-view').getByRole('button', { name, exact: true }).waitFor();
    await workbench.picture('profiles-empty');
  });

  it('a profile is added with the keyboard alone', async () => {
    const { workbench } = session;
    const { keyboard } = workbench.page;
    await workbench.commandByKeyboard('OAuth Explorer: Add Profile');
    const form = await workbench.webview('New Profile');
    await form.locator('[data-provider=generic]').waitFor();
    await workbench.picture('profile-providers');
    await tabTo(form, 'generic');
    await keyboard.press('Enter');
    await tabTo(form, 'name');
    await keyboard.type('Orders app');
    await tabTo(form, 'grant-client_credentials');
    await keyboard.press('ArrowDown');
    await tabTo(form, 'issuer');
    // What portals show to copy is the address of the document.
    await keyboard.type(`${demo.issuer}/.well-known/openid-configuration`);
    await form.locator('.discovery.found').waitFor();
    await becomes(() => form.locator('input#issuer').inputValue(), demo.issuer);
    for (const name of ['authorizationEndpoint', 'tokenEndpoint'])
      await becomes(
        async () => (await form.locator(`input#${name}`).inputValue()).startsWith(demo.issuer),
        true,
      );
    await tabTo(form, 'clientId');
    await keyboard.type('orders-app');
    await tabTo(form, 'redirectUri');
    // Not Ctrl+A: VS Code passes it on and selects once more, a moment later.
    await selectLine(keyboard);
    await keyboard.type('http://shop.example.com/callback');
    await waitFor('the problem in sight', async () =>
      (await inSight(form, '#redirectUri-problem')) ? true : undefined,
    );
    await workbench.picture('profile-problem');
    await selectLine(keyboard);
    await keyboard.type(redirectUri);
    await form.locator('#redirectUri-problem').waitFor({ state: 'detached' });
    await form.locator('#register-value', { hasText: redirectUri }).waitFor();
    await tabTo(form, 'Copy redirect URI');
    await keyboard.press('Enter');
    await workbench.copied('the redirect URI', (text) => text === redirectUri);
    await tabTo(form, 'scopes');
    await keyboard.type('orders.r');
    await form.locator('.suggestion', { hasText: 'orders.read' }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await form.locator('.chip', { hasText: 'orders.read' }).waitFor();
    await tabTo(form, 'target-user');
    await keyboard.press('ArrowRight');
    await keyboard.press('Control+s');
    await form.getByText('Saved to workspace settings.').waitFor();
    await row('Orders app').waitFor();
    await workbench.picture('profile-added');
    const entry = await profile('workspace', 'orders-app');
    assert.deepEqual(entry['scopes'], ['openid', 'orders.read']);
    assert.equal(entry['redirectUri'], redirectUri);
    assert.equal(entry['issuer'], demo.issuer);
    assert.deepEqual(await written('user'), []);
  });

  it('says of a provider what it has not, before the first try', async () => {
    const { workbench } = session;
    // The only view there is: the form that another one was must not be taken for it.
    await workbench.closeEditors();
    await workbench.command('OAuth Explorer: Add Profile…');
    const form = await workbench.webview('New Profile');
    await form.locator('[data-provider=github]').click();
    for (const said of [
      'Every client has a secret here, with PKCE, too.',
      'There is no introspection endpoint here: “Introspect Token” has nobody to ask.',
      'The token endpoint answers no page in a browser (CORS): what works here fails there.',
    ])
      await form.getByText(said).waitFor();
    await workbench.picture('profile-lacks');
    await workbench.closeEditors();
  });

  it('its secret is typed into VS Code’s password box and is never in the form or the settings', async () => {
    const { workbench, keyring } = session;
    const { machine } = demo.clients;
    const secret = machine.clientSecret ?? '';
    await workbench.closeEditors();
    await workbench.pressInTitle('Profiles', 'Add Profile');
    const form = await workbench.webview('New Profile');
    await form.locator('[data-provider=generic]').click();
    const fill = (name: string, text: string) => form.locator(`input#${name}`).fill(text);
    await fill('name', 'Nightly job');
    await fill('issuer', demo.issuer);
    await fill('clientId', machine.clientId);
    await form.locator('.discovery.found').waitFor();
    await form.getByRole('button', { name: 'Add scope orders.read' }).click();
    await form.getByRole('button', { name: 'Set client secret…' }).click();
    await workbench.page.locator('.quick-input-widget:visible', { hasText: 'Client secret' }).waitFor();
    await becomes(() => workbench.quickInput().getAttribute('type'), 'password');
    await workbench.answer(/sent to http:\/\/127\.0\.0\.1:\d+ only/, secret);
    await form.getByText('A secret was typed. It is stored when you save.').waitFor();
    await form.getByRole('button', { name: 'Save and get token' }).click();
    const token = await workbench.webview('Token: Nightly job');
    await token.getByText('Signature valid', { exact: true }).waitFor();
    await becomes(async () => keyring.lookup(`nightly-job@${demo.issuer}`), secret);
    await profile('user', 'nightly-job');
    assert.ok(!(await readFile(settingsFile('user'), 'utf8')).includes(secret));
    for (const frame of workbench.page.frames())
      assert.ok(!(await frame.content().catch(() => '')).includes(secret), frame.url());
  });

  it('a profile is edited, renamed, duplicated, and deleted after a confirmation', async () => {
    const { workbench, keyring } = session;
    await workbench.closeEditors();
    await fromMenu('Nightly job', /Edit Profile/);
    const form = await workbench.webview('Profile: Nightly job');
    await form.locator('input#audience').fill('https://api.example.com');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await form.getByText('Saved to user settings.').waitFor();
    assert.equal((await profile('user', 'nightly-job'))['audience'], 'https://api.example.com');

    await fromMenu('Nightly job', /Rename Profile/);
    await workbench.answer('Rename “Nightly job”', 'Nightly export');
    await row('Nightly export').waitFor();
    await form.getByRole('heading', { level: 1, name: 'Nightly export' }).waitFor();
    await workbench.page.locator('.tab.active', { hasText: 'Profile: Nightly export' }).waitFor();

    await fromMenu('Nightly export', /Duplicate Profile/);
    await row('Nightly export (copy)').waitFor();
    await workbench.webview('Profile: Nightly export (copy)');
    assert.equal(await keyring.lookup(`nightly-job-copy@${demo.issuer}`), undefined);

    await fromMenu('Nightly export (copy)', /Delete Profile/);
    await workbench.page.locator('.monaco-dialog-box').waitFor();
    await workbench.picture('profile-delete');
    await workbench.pressInDialog('Cancel');
    await row('Nightly export (copy)').waitFor();
    await fromMenu('Nightly export (copy)', /Delete Profile/);
    await workbench.pressInDialog('Delete');
    await row('Nightly export (copy)').waitFor({ state: 'detached' });
    await becomes(async () => (await written('user')).map(({ id }) => id), ['nightly-job']);
  });

  it('settings that cannot be written lose nothing: the form says why, and saves when they can be', async () => {
    const { workbench, workspace } = session;
    await workbench.closeEditors();
    await fromMenu('Orders app', /Edit Profile/);
    const form = await workbench.webview('Profile: Orders app');
    const file = settingsFile('workspace');
    // First: a form without changes ends when VS Code notices that its profile is in no settings any more.
    await form.locator('input#clientId').fill('orders-app-2');
    await form.getByText('Changes are not saved yet.').first().waitFor();
    await rename(file, join(workspace, 'kept.json'));
    // Refused to everyone, root included, as a full or a read-only disk is.
    await mkdir(file);
    // Whether VS Code has noticed by then or not.
    await form.getByRole('button', { name: /^(Save|Add profile)$/ }).click();
    await form.getByText(/The workspace settings could not be written/).waitFor();
    await workbench.picture('profile-not-written');
    assert.equal(await form.locator('input#clientId').inputValue(), 'orders-app-2');
    await rmdir(file);
    await rename(join(workspace, 'kept.json'), file);
    await session.probe.run(async ({ vscode }, path) => {
      await vscode.window.showTextDocument(vscode.Uri.file(path));
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      return null;
    }, file);
    // The other editor was in front for a moment: VS Code has drawn the form anew.
    const again = await workbench.webview('Profile: Orders app');
    await becomes(() => again.locator('input#clientId').inputValue(), 'orders-app-2');
    await again.getByRole('button', { name: 'Save', exact: true }).click();
    await again.getByText('Saved to workspace settings.').waitFor();
    assert.equal((await profile('workspace', 'orders-app'))['clientId'], 'orders-app-2');
  });

  const imports = [
    [
      'a curl command',
      'curl-client',
      "curl -u 'curl-client:imported/secret 1' -d 'grant_type=client_credentials&scope=a+b' https://curl.example.com/token",
      'imported/secret 1',
    ],
    [
      'a Postman collection',
      'postman-client',
      JSON.stringify({
        info: {
          name: 'Shop',
          schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
        },
        auth: {
          type: 'oauth2',
          oauth2: Object.entries({
            grant_type: 'client_credentials',
            accessTokenUrl: 'https://postman.example.com/token',
            clientId: 'postman-client',
            clientSecret: 'imported/secret 2',
            scope: 'a',
            tokenName: 'Shop',
          }).map(([key, value]) => ({ key, value, type: 'string' })),
        },
        item: [],
      }),
      'imported/secret 2',
    ],
    [
      'http-client.env.json',
      'jetbrains-client',
      JSON.stringify({
        dev: {
          Security: {
            Auth: {
              worker: {
                Type: 'OAuth2',
                'Grant Type': 'Client Credentials',
                'Token URL': 'https://jetbrains.example.com/token',
                'Client ID': 'jetbrains-client',
                'Client Secret': 'imported/secret 3',
              },
            },
          },
        },
      }),
      'imported/secret 3',
    ],
  ] as const;
  for (const [what, clientId, text, secret] of imports)
    it(`${what} on the clipboard becomes a profile, its secret goes to the keychain`, async () => {
      const { workbench, keyring } = session;
      await workbench.copy(text);
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.commandAndChoose('OAuth Explorer: Import Profiles…', 'From the Clipboard');
      await workbench.page
        .locator('.quick-input-widget:visible')
        .filter({ hasText: 'secret goes to the keychain and to' })
        .waitFor();
      if (clientId === 'curl-client') await workbench.picture('import-preview');
      // Pressed in the box itself: the form behind it may have taken the focus back.
      await workbench.quickInput().press('Enter');
      await workbench.expectNotification('One profile was imported. Its secret is in the keychain');
      const entry = await waitFor('the profile', async () =>
        (await written('user')).find((one) => one['clientId'] === clientId),
      );
      await row(String(entry['name'])).waitFor();
      const origin = new URL(String(entry['tokenEndpoint'])).origin;
      await becomes(async () => keyring.lookup(`${String(entry['id'])}@${origin}`), secret);
      assert.ok(!(await readFile(settingsFile('user'), 'utf8')).includes('imported/secret'));
    });

  /** Presses Enter in VS Code's own box for files, as a browser has it, until it has taken this path: it looks it up first. */
  const taken = async (path: string) => {
    const box = session.workbench.quickInput();
    const shown = () => box.inputValue({ timeout: 1000 }).catch(() => '');
    await becomes(shown, path);
    await waitFor(`${path} to be taken`, async () => {
      if ((await shown()) !== path) return true;
      await box.press('Enter', { timeout: 1000 }).catch(() => undefined);
      return undefined;
    });
  };

  const waysOut = [
    ['Copy as JSON', 'From the Clipboard'],
    ['Copy as Link-Free Text', 'From the Clipboard'],
    ['Save to a File…', 'From a File…'],
  ] as const;
  for (const [out, back] of waysOut)
    it(`“${out}” gives a profile away without its secret, and “${back}” takes it back`, async () => {
      const { workbench, keyring, workspace } = session;
      const secret = demo.clients.machine.clientSecret ?? '';
      assert.equal(await keyring.lookup(`nightly-job@${demo.issuer}`), secret);
      const [file, argument] = [join(workspace, 'oauth-profiles.json'), { profile: 'nightly-job' }];
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.copy('');
      // By its id: what was taken back before has the same name.
      await session.probe.run(({ vscode }, argument) => {
        void vscode.commands.executeCommand('oauthExplorer.exportProfiles', argument);
        return null;
      }, argument);
      await workbench.choose(out);
      let text: string;
      if (back === 'From a File…') {
        await taken(file);
        await workbench.expectNotification(`The profiles are in ${file}`);
        text = await readFile(file, 'utf8');
      } else text = await workbench.copied('the export', (copied) => copied.includes('Nightly export'));
      assert.ok(!text.includes(secret) && !text.includes(encodeURIComponent(secret)), text);
      assert.equal(/https?:\/\//.test(text), out !== 'Copy as Link-Free Text', text);
      const before = (await written('user')).map(({ id }) => id);
      await workbench.commandAndChoose('OAuth Explorer: Import Profiles…', back);
      // Chosen in the list: a path that is typed falls back to the folder where Enter comes before it is looked up.
      if (back === 'From a File…') await workbench.choose('oauth-profiles.json');
      const preview = workbench.page.locator('.quick-input-widget:visible', { hasText: 'Import from: ' });
      await preview.waitFor();
      await workbench.picture(`import-back-${back}`);
      // It is there already, as it is: chosen all the same, another one stands beside it.
      await preview.locator('.monaco-list-row').first().click();
      await workbench.quickInput().press('Enter');
      await workbench.pressInDialog('Keep Both');
      await workbench.expectNotification('One profile was imported');
      const entry = await waitFor('the profile', async () =>
        (await written('user')).find(({ id }) => !before.includes(id)),
      );
      const [first] = (await written('user')).filter(({ id }) => id === 'nightly-job');
      assert.deepEqual({ ...entry, id: 'nightly-job', name: first?.['name'] }, first);
    });

  it('the walkthrough has five steps; its buttons start the demo server and get a token', async () => {
    const { workbench } = session;
    const { page } = workbench;
    await session.probe.run(
      ({ vscode }) =>
        vscode.commands
          .executeCommand('workbench.action.openWalkthrough', 'oauth-explorer.oauth-explorer#start')
          .then(() => null),
      null,
    );
    const steps = page.locator('.gettingStartedContainer .getting-started-step');
    await becomes(() => steps.count(), 5);
    await workbench.picture('walkthrough');
    await steps.getByRole('button', { name: 'Start Demo Server' }).click();
    await row('Demo: machine to machine').waitFor();
    await workbench.expectNotification(/The demo server runs at http:\/\/127\.0\.0\.1:\d+/);
    await page.locator('.tab', { hasText: 'Welcome' }).click();
    assert.notEqual(await pictureColour(workbench.page), 'rgb(0, 0, 0)', 'the picture follows the theme');
    await workbench.picture('walkthrough-started');
    const done = () => steps.getByRole('checkbox', { checked: true }).count();
    await becomes(done, 1);
    await steps.nth(1).click();
    await steps.getByRole('button', { name: 'Get Token' }).click();
    // Closed without a choice, there is no token, and no tick.
    await page.locator('.quick-input-widget').getByText('Demo: machine to machine').waitFor();
    await page.keyboard.press('Escape');
    await workbench.quickInput().waitFor({ state: 'hidden' });
    assert.equal(await done(), 1);
    await workbench.commandAndChoose('OAuth Explorer: Get Token', 'Demo: machine to machine');
    const token = await workbench.webview('Token: Demo: machine to machine');
    await token.getByText('Signature valid', { exact: true }).waitFor();
    await workbench.pressInNotification(/The demo server runs at/, 'Show Walkthrough');
    await becomes(done, 3);
    await steps.nth(3).click();
    await steps.getByRole('button', { name: 'Insert Bearer Token' }).click();
    await workbench.choose('Demo: machine to machine');
    await page.locator('.view-line', { hasText: 'Authorization: Bearer' }).waitFor();
    await page.locator('.tab', { hasText: 'Welcome' }).click();
    await becomes(done, 4);
    // The notice of the run ends with it.
    await workbench.notification(/Getting a token/).waitFor({ state: 'detached' });
    await workbench.picture('walkthrough-done');
  });
});

/** The colour of the largest area in the walkthrough’s picture. */
function pictureColour(page: Page): Promise<string> {
  return waitFor('the picture of the step', async () => {
    for (const frame of page.frames()) {
      const area = frame.locator('svg[viewBox="0 0 520 340"] rect').first();
      if ((await area.count().catch(() => 0)) > 0)
        return area.evaluate((element) => getComputedStyle(element).fill);
    }
    return undefined;
  });
}

async function selectLine(keyboard: Keyboard): Promise<void> {
  await keyboard.press('End');
  await keyboard.press('Shift+Home');
}

/** Whether nothing lies over the element, and it is within the window. */
function inSight(form: FrameLocator, selector: string): Promise<boolean> {
  return form.locator(selector).evaluate((element) => {
    const { left, top, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + 4, top + height / 2));
  });
}

/** Presses Tab until the element with this id, provider or label has the focus, as a keyboard user does. */
async function tabTo(form: FrameLocator, wanted: string): Promise<void> {
  const seen: string[] = [];
  for (let count = 0; count < 60; count++) {
    const focused = await form.locator('body').evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return [];
      return [
        element.id,
        element.dataset['provider'] ?? '',
        element.getAttribute('aria-label') ?? '',
        element.title,
      ];
    });
    if (focused.includes(wanted)) return;
    seen.push(focused.join(' '));
    await form.owner().page().keyboard.press('Tab');
  }
  assert.fail(`${wanted} cannot be reached by Tab; these can: ${[...new Set(seen)].join(', ')}`);
}
