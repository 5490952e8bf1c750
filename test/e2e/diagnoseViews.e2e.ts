import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seriousFindings } from '../webview/axe.ts';
import { startBrowser } from '../support/browser.ts';
import { openWebview, type Theme } from '../support/webviewPage.ts';
import { apiModel, failedRenewal, failureModel, pageModel, scopesModel } from '../webview/diagnoseSamples.ts';

const evil =
  '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202Egnp.exe\u0007 [x](javascript:alert(1))';
const challenge =
  'Bearer error="insufficient_scope", scope="orders.write", error_description="The token lacks a scope"';
const views = [
  ['failure', 'failure', failureModel()],
  ['failure', 'failure-page', pageModel('<!doctype html><title>Bad gateway</title><h1>502</h1>')],
  ['failure', 'failure-hostile', failureModel(evil, evil.repeat(40), 'javascript:alert(1)')],
  ['api', 'api-ok', apiModel()],
  ['api', 'api-403', apiModel(403, '{"error":"forbidden"}', challenge)],
  ['scopes', 'scopes-plan', scopesModel('plan')],
  ['scopes', 'scopes-running', scopesModel('running')],
  ['scopes', 'scopes-done', scopesModel('done')],
] as const;

/** Every view in dark and light; one of each kind in high contrast too. */
const themesFor = (title: string): readonly Theme[] =>
  ['failure', 'api-403', 'scopes-done'].includes(title)
    ? ['dark', 'light', 'hc-dark', 'hc-light']
    : ['dark', 'light'];

describe('the failure, API and scopes views', () => {
  let browser: Browser;
  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  const open = async (name: string, model: unknown, theme: Theme = 'dark', width = 900) => {
    const sent: unknown[] = [];
    const view = await openWebview(browser, {
      name,
      theme,
      width,
      onMessage: (message) => sent.push(message),
    });
    await view.page.waitForFunction(() => document.readyState === 'complete');
    await view.post({ type: 'show', model });
    await view.page.waitForSelector('main h1');
    return { ...view, sent, close: () => view.page.context().close() };
  };

  for (const [name, title, model] of views)
    it(`${title}: nothing serious for axe in any theme, no sideways scrolling at 320 px, no complaint`, async () => {
      for (const theme of themesFor(title)) {
        const view = await open(name, model, theme, theme === 'light' ? 320 : 900);
        await picture(view.page, `${title}-${theme}`);
        assert.deepEqual(await seriousFindings(view.page), [], theme);
        const overflow = await view.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${theme}: ${overflow} px too wide`);
        assert.deepEqual(view.complaints, []);
        await view.close();
      }
    });

  it('hostile words are text: no element, no link and no script comes of them', async () => {
    const view = await open('failure', failureModel(evil, evil, 'javascript:alert(1)'));
    const found = await view.page.evaluate(() => ({
      made: document.querySelectorAll('main img, main script, main iframe').length,
      links: [...document.querySelectorAll('a')]
        .map(({ href }) => href)
        .filter((href) => !href.startsWith('https://')),
      title: document.title,
      shown: document.querySelector('.words')?.textContent,
    }));
    assert.deepEqual([found.made, found.links, found.title], [0, [], 'View']);
    assert.match(found.shown ?? '', /<img src=x onerror=/);
    assert.match(found.shown ?? '', /U\+202E/);
    await view.close();
  });

  it('a quick fix, another run, the flow and the copy are one click each', async () => {
    const view = await open('failure', failureModel());
    await view.page.getByRole('button', { name: 'Remove scopes full, refresh_token' }).first().click();
    await view.page.getByRole('button', { name: 'Run again' }).click();
    await view.page.getByRole('button', { name: 'Show the flow' }).click();
    await view.page.getByRole('button', { name: 'Copy as Markdown' }).click();
    assert.deepEqual(view.sent.slice(1), [
      { type: 'intent', intent: { kind: 'fix', cause: 0, fix: 0 } },
      { type: 'intent', intent: { kind: 'runAgain' } },
      { type: 'intent', intent: { kind: 'showFlow' } },
      { type: 'intent', intent: { kind: 'copy' } },
    ]);
    await view.close();
  });

  it('why no new token came for an API call is one click away', async () => {
    const view = await open('api', apiModel(401, '', 'Bearer error="invalid_token"', failedRenewal));
    await picture(view.page, 'api-401');
    await view.page.getByRole('button', { name: 'Explain' }).click();
    assert.deepEqual(view.sent.slice(1), [{ type: 'intent', intent: { kind: 'explainRenewal' } }]);
    assert.deepEqual(await seriousFindings(view.page), []);
    await view.close();
  });

  it('scopes can be added by keyboard, removed, asked for and applied', async () => {
    const view = await open('scopes', scopesModel('done'));
    await view.page.getByLabel('More scopes to ask for').fill('orders.read orders.write');
    await view.page.keyboard.press('Enter');
    await view.page.getByRole('button', { name: 'Do not ask for full' }).click();
    await view.page.getByRole('button', { name: 'Use the 2 granted' }).click();
    await view.page.getByRole('button', { name: 'Ask again' }).click();
    assert.deepEqual(
      view.sent.slice(1).map((message) => (message as { intent: unknown }).intent),
      [
        { kind: 'add', scopes: 'orders.read orders.write' },
        { kind: 'remove', scope: 'full' },
        { kind: 'apply' },
        { kind: 'start' },
      ],
    );
    await view.close();
  });
});

/** Keeps a picture to look at when `OAUTH_EXPLORER_PICTURES` names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['OAUTH_EXPLORER_PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
