import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openFile } from '../support/editors.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { waitFor } from '../support/processes.ts';
import { startFedMcpServer, type FedMcpServer } from '../support/servers/fedMcp.ts';
import { startMcpSdkServer, type RunningMcpServer } from '../support/servers/mcpSdk.ts';
import { openSession } from './sharedSession.ts';

describe('an MCP server of mcp.json', () => {
  let session: Session;
  let good: RunningMcpServer;
  let faulty: RunningMcpServer;
  let fed: FedMcpServer;
  before(async () => {
    // Half of that the extension lets VS Code use a token.
    fed = await startFedMcpServer(20);
    good = await startMcpSdkServer();
    faulty = await startMcpSdkServer({ resource: 'https://elsewhere.example/mcp' });
    const servers = {
      weather: { type: 'http', url: good.url },
      broken: { type: 'http', url: faulty.url },
      local: { command: 'npx', args: ['some-server'] },
    };
    const machine = { grant: 'client_credentials', issuer: fed.issuer, clientId: 'machine' };
    const own = { ...machine, id: 'tides', name: 'Tides', tokenEndpoint: `${fed.issuer}/token` };
    session = await openSession({
      files: { '.vscode/mcp.json': JSON.stringify({ servers }, undefined, 2) },
      settings: { 'oauthExplorer.profiles': [{ ...own, mcpServer: fed.url }] },
      // VS Code has no MCP servers without it.
      userSettings: { 'chat.disableAIFeatures': false },
    });
    await session.keyring.store(`tides@${fed.issuer}`, fed.secret);
  });
  after(async () => {
    await session.close();
    await good.close();
    await faulty.close();
    await fed.close();
  });
  pictureFailures(() => session);

  it('is explored from the lens above its URL, signed in to, and tells its tools', async () => {
    const { workbench } = session;
    await openFile(session, '.vscode/mcp.json');
    const lenses = workbench.page.locator('.codelens-decoration');
    const explore = lenses.locator('a', { hasText: 'Can a client connect?' });
    await explore.nth(1).waitFor();
    assert.equal(await explore.count(), 2);
    await lenses.filter({ hasText: 'so OAuth is not involved' }).waitFor();
    await workbench.picture('mcp-lenses');
    await explore.first().click();
    const view = await workbench.webview(/^MCP: 127/);
    await view.getByText('Choose scopes and resource').waitFor();
    await workbench.picture('mcp-explored');
    const page = await workbench.browserPage(() => view.getByRole('button', { name: 'Sign in' }).click());
    await view.getByText('Connected: the server took the token and offers 1 tool.').waitFor();
    await page.close();
    await view.getByText('The weather of tomorrow').waitFor();
    await workbench.picture('mcp-connected');
    await workbench.showContainer('OAuth');
    await workbench.treeItem('Profiles', 'MCP: 127.0.0.1').waitFor();
    await workbench
      .treeItem('Flows', 'MCP: 127.0.0.1')
      .filter({ hasText: /MCP · checked/ })
      .waitFor();
    await workbench.closeEditors();
  });

  it('that is faulty is told what to change', async () => {
    const { workbench } = session;
    await openFile(session, '.vscode/mcp.json');
    const explore = workbench.page.locator('.codelens-decoration a', { hasText: 'Can a client connect?' });
    await explore.nth(1).click();
    const view = await workbench.webview(/^MCP: 127/);
    await view.getByText(/Clients that follow the specification cannot connect/).waitFor();
    await view.getByText('https://elsewhere.example/mcp').first().waitFor();
    await view
      .getByText(/Set resource to http:\/\/127\.0\.0\.1/)
      .first()
      .waitFor();
    await workbench.picture('mcp-faulty');
    await view.getByText('fails at step 2').first().waitFor();
    // From the walk to the checks: the plan first, then the report with what is wrong.
    await view.getByRole('button', { name: 'Check' }).click();
    const checks = await workbench.webview(/^Checks: 127/);
    await checks.getByRole('heading', { level: 1, name: 'MCP server checks' }).waitFor();
    await checks.getByRole('button', { name: /^Run/ }).click();
    await checks.getByText('The document’s resource is the URL of the server').first().waitFor();
    await checks
      .getByText(/The document is about another resource than the URL/)
      .first()
      .waitFor();
    await workbench.picture('mcp-checks');
  });

  it('that a profile feeds is started by VS Code with a token, and anew with another one when that ends', async () => {
    const { workbench, probe } = session;
    const id = 'oauth-explorer.oauth-explorer/Tides';
    /** As the chat does before it answers; nothing happens to a server that runs. */
    const start = () =>
      probe.run(({ vscode }, server) => {
        void vscode.commands.executeCommand('workbench.mcp.startServer', server);
        return vscode.lm.tools.map(({ name }) => name).filter((name) => name.includes('next_tide'));
      }, id);
    await start();
    await workbench.pressInNotification('VS Code will start the MCP server', 'Allow for This Session');
    await waitFor('the tool of the server', async () => ((await start()).length > 0 ? true : undefined));
    await waitFor('the first token', () => Promise.resolve(fed.served.length > 0 ? true : undefined));
    await waitFor('another token', async () => {
      await start();
      return fed.served.length > 1 ? true : undefined;
    });
    const kept = await workbench.page.evaluate(() => JSON.stringify(localStorage));
    assert.equal(fed.isIn(kept), false);
  });

  it('has a profile whose token another extension gets as a session, when VS Code’s question is answered', async () => {
    const { workbench, probe } = session;
    fed.live(3600);
    const ask = (silent: boolean) =>
      probe.run(async ({ vscode }, quiet) => {
        const options = quiet ? { silent: true } : { createIfNone: true };
        const found = await vscode.authentication.getSession('oauth-explorer', ['profile:tides'], options);
        return found && { token: found.accessToken, account: found.account.label, scopes: found.scopes };
      }, silent);
    assert.equal(await ask(true), undefined, 'Nobody has allowed it.');
    const asked = ask(false);
    await workbench.pressInDialog('Allow');
    const given = await asked;
    assert.ok(given);
    assert.ok(fed.isIn(given.token));
    assert.deepEqual([given.account, given.scopes], ['Tides (tides)', ['profile:tides']]);
    const again = await ask(true);
    assert.ok(again !== undefined && fed.isIn(again.token), 'It is allowed from now on.');
  });
});
