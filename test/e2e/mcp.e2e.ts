import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pictureFailures, type Session } from '../support/session.ts';
import { startMcpSdkServer, type RunningMcpServer } from '../support/servers/mcpSdk.ts';
import { openSession } from './sharedSession.ts';

describe('an MCP server of mcp.json', () => {
  let session: Session;
  let good: RunningMcpServer;
  let faulty: RunningMcpServer;
  before(async () => {
    good = await startMcpSdkServer();
    faulty = await startMcpSdkServer({ resource: 'https://elsewhere.example/mcp' });
    const servers = {
      weather: { type: 'http', url: good.url },
      broken: { type: 'http', url: faulty.url },
      local: { command: 'npx', args: ['some-server'] },
    };
    session = await openSession({ files: { '.vscode/mcp.json': JSON.stringify({ servers }, undefined, 2) } });
  });
  after(async () => {
    await session.close();
    await good.close();
    await faulty.close();
  });
  pictureFailures(() => session);

  it('is explored from the lens above its URL, signed in to, and tells its tools', async () => {
    const { workbench } = session;
    await workbench.openFile('mcp.json');
    const lenses = workbench.page.locator('.codelens-decoration');
    const explore = lenses.locator('a', { hasText: 'Can a client connect?' });
    await explore.nth(1).waitFor();
    assert.equal(await explore.count(), 2);
    await lenses.filter({ hasText: 'OAuth has no part in it' }).waitFor();
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
    await workbench.command('View: Close All Editors');
  });

  it('that is faulty is told what to change', async () => {
    const { workbench } = session;
    await workbench.openFile('mcp.json');
    const explore = workbench.page.locator('.codelens-decoration a', { hasText: 'Can a client connect?' });
    await explore.nth(1).click();
    const view = await workbench.webview(/^MCP: 127/);
    await view.getByText(/Clients cannot connect as the specification wants/).waitFor();
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
});
