import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pictureFailures } from '../support/session.ts';
import { startDemoSession, type DemoSession } from './demoSession.ts';

describe('the main job as a machine: client credentials', () => {
  let session: DemoSession;
  let account: string;
  before(async () => {
    session = await startDemoSession();
    account = `${session.demo.clients.machine.clientId}@${session.demo.issuer}`;
  });
  after(async () => {
    await session.close();
  });
  pictureFailures(() => session);

  it('asks for the secret once, keeps it in the OS keychain, and shows the decoded token', async () => {
    const { workbench, keyring, demo } = session;
    const { machine } = demo.clients;
    await workbench.showContainer('OAuth');
    await workbench.pressInline('Profiles', machine.name, /Get Token/);
    await workbench.answer(/Client secret/, machine.clientSecret ?? '');
    const view = await workbench.webview(/token/i);
    await view.getByText('orders.read').first().waitFor();
    await view
      .getByText(/signature/i)
      .first()
      .waitFor();
    assert.equal(await keyring?.lookup(account), machine.clientSecret);
    await workbench.screenshot('client-credentials-token');
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

  it('puts a bearer header into the request under the cursor that the demo API accepts', async () => {
    const { workbench, demo, workspace } = session;
    await workbench.openFile('orders.http');
    await workbench.commandAndChoose('OAuth Explorer: Insert Bearer Token', 'Literal');
    await workbench.page.locator('.view-line', { hasText: 'Authorization: Bearer' }).waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+KeyS');
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
    const saved = await readFile(join(workspace, 'orders.http'), 'utf8');
    const header = /^Authorization: (Bearer \S+)$/m.exec(saved)?.[1];
    assert.ok(header, saved);
    const answer = await fetch(`${demo.api}/orders`, { headers: { authorization: header } });
    assert.equal(answer.status, 200);
  });

  it('still has the token after the window was reloaded, without asking again', async () => {
    const { workbench, demo } = session;
    const { machine } = demo.clients;
    const before = await session.probe.run(
      ({ vscode }, profile) =>
        vscode.commands.executeCommand<string>('oauthExplorer.accessToken', { profile }),
      machine.clientId,
    );
    await workbench.reload();
    const after = await session.probe.run(
      ({ vscode }, profile) =>
        vscode.commands.executeCommand<string>('oauthExplorer.accessToken', { profile }),
      machine.clientId,
    );
    assert.equal(after, before);
    await workbench.showContainer('OAuth');
    await workbench.treeItem('Profiles', machine.name).waitFor();
    assert.equal(await workbench.treeItem('Flows', machine.name).count(), 0, 'no flow ran');
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
