import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertLooksRight } from './looks.ts';
import { connected, faulty, running, wantsClientId } from './mcpModels.ts';
import { useViews } from './view.ts';

const views = useViews();
describe('the MCP view', { concurrency: false }, () => {
  it('looks right in every theme and at 320 pixels', async () =>
    assertLooksRight(await views.open('mcp', faulty), 'mcp'));

  it('looks right once it is connected, while it asks, and where a client id is wanted', async () => {
    await assertLooksRight(await views.open('mcp', connected), 'mcp-connected', ['light']);
    await assertLooksRight(await views.open('mcp', running), 'mcp-running', ['dark']);
    await assertLooksRight(await views.open('mcp', wantsClientId), 'mcp-client-id', ['hc-dark']);
  });

  it('sends what is pressed and typed', async () => {
    const view = await views.open('mcp', connected);
    for (const name of ['Ask again', 'Show token', 'Edit profile', 'Show flow', 'Copy report'])
      await view.page.getByRole('button', { name }).click();
    await view.show({ ...faulty, needsClientId: true });
    await view.page.getByRole('textbox').fill(' by-hand ');
    await view.page.keyboard.press('Enter');
    await view.page.getByRole('button', { name: 'Sign in' }).click();
    assert.deepEqual(await view.intents(), [
      { type: 'again' },
      { type: 'showToken' },
      { type: 'editProfile' },
      { type: 'showFlow' },
      { type: 'copyReport' },
      { type: 'clientId', clientId: ' by-hand ' },
      { type: 'signIn' },
    ]);
  });

  it('shows what a hostile server says as text', async () => {
    const evil = '<img src=x onerror="document.title=1">\u202Egnp.exe';
    const view = await views.open('mcp', {
      ...connected,
      url: evil,
      tools: [{ name: evil, description: evil.repeat(60) }],
      steps: [{ title: evil, verdict: 'ok', facts: [{ label: evil, value: evil }], findings: [] }],
    });
    assert.equal(await view.page.locator('main img').count(), 0);
    assert.equal(await view.page.title(), 'mcp');
  });
});
