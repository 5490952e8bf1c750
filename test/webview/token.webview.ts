import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../support/browser.ts';
import { root } from '../support/folders.ts';
import { seriousFindings } from './axe.ts';
import { tokenSamples } from './tokenSamples.ts';
import { openView, themeNames, type OpenedView, type ThemeName } from './view.ts';

const pictures = join(root, 'out', 'screenshots');
const wide = { width: 1000, height: 900 };
const narrow = { width: 320, height: 700 };

describe('the token view', { concurrency: false }, () => {
  let browser: Browser;
  let samples: Awaited<ReturnType<typeof tokenSamples>>;
  before(async () => {
    [browser, samples] = await Promise.all([startBrowser(), tokenSamples()]);
    await mkdir(pictures, { recursive: true });
  });
  after(() => browser.close());

  async function withView(
    name: string,
    theme: ThemeName,
    size: typeof wide,
    look: (view: OpenedView) => Promise<void>,
  ) {
    const view = await openView(browser, 'token', samples[name], theme, size);
    try {
      await look(view);
      assert.deepEqual(view.problems, []);
    } finally {
      await view.page.context().close();
    }
  }

  const looks = [
    ...themeNames.map((theme) => ['user', theme] as const),
    ['hostile', 'light'],
    ['hostile', 'hc-dark'],
    ['response', 'dark'],
  ] as const;
  for (const [name, theme] of looks)
    it(`has no serious or critical accessibility finding: ${name}, ${theme}`, () =>
      withView(name, theme, wide, async ({ page }) => {
        for (const fold of await page.locator('details.fold > summary').all()) await fold.click();
        assert.deepEqual(await seriousFindings(page), []);
        await page.screenshot({ path: join(pictures, `token-${name}-${theme}.png`), fullPage: true });
      }));

  for (const name of ['id', 'opaque', 'unsigned', 'encrypted', 'malformed', 'nothing', 'checking', 'pasted'])
    it(`has none in its other states: ${name}`, () =>
      withView(name, 'dark', wide, async ({ page }) => assert.deepEqual(await seriousFindings(page), [])));

  for (const name of ['user', 'hostile', 'response', 'malformed'])
    it(`fits 320 pixels without scrolling sideways: ${name}`, () =>
      withView(name, 'light', narrow, async ({ page }) => {
        for (const fold of await page.locator('details.fold > summary').all()) await fold.click();
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), narrow.width);
        assert.deepEqual(await seriousFindings(page), []);
        await page.screenshot({ path: join(pictures, `token-${name}-narrow.png`), fullPage: true });
      }));

  it('shows hostile claims as text: no markup, marks for characters nobody sees, long values shortened', () =>
    withView('hostile', 'dark', wide, async ({ page }) => {
      assert.equal(await page.locator('main img, main script').count(), 0);
      assert.equal(await page.title(), 'token');
      const name = page
        .locator('.key-value', { has: page.locator('dt', { hasText: /^\s*name\s*$/ }) })
        .locator('dd');
      const text = (await name.innerText()).replace(/\s+/g, ' ');
      assert.match(text, /<img src=x onerror="document.title=1">U\+202EevilU\+0000/);
      const more = page.getByText(/Show all [\d,]+ characters/);
      await more.click();
      assert.equal(await page.getByText('Show less').isVisible(), true);
    }));

  it('counts down while it is shown', () =>
    withView('user', 'dark', wide, async ({ page }) => {
      const badge = page.locator('.badge oe-time').first();
      const first = await badge.innerText();
      assert.match(first, /^Expires in \d+ min( \d+ s)?$/);
      await page.waitForFunction(
        (before) => document.querySelector('.badge oe-time')?.textContent !== before,
        first,
      );
    }));

  it('shows the times in the reader’s own time zone', () =>
    withView('user', 'dark', wide, async ({ page }) => {
      const expires = page
        .locator('.key-value', { has: page.locator('dt', { hasText: /^\s*exp\s*$/ }) })
        .locator('time');
      const shown = await expires.innerText();
      const exact = new Date((await expires.getAttribute('datetime')) ?? '');
      const berlin = exact.toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' });
      assert.ok(shown.includes(berlin), `${shown} should say ${berlin}`);
    }));

  it('can be used with the keyboard alone: tabs by arrows, claims copied, actions run', () =>
    withView('user', 'dark', wide, async ({ page, intents }) => {
      await page.getByRole('tab', { name: /Access token/ }).focus();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('button', { name: 'Copy the value of sub' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Insert bearer token' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Copy access token' }).focus();
      await page.keyboard.press(' ');
      assert.deepEqual(await intents(), [
        { type: 'tab', tab: 'id' },
        { type: 'copyClaim', slot: 'access', part: 'payload', name: 'sub' },
        { type: 'run', action: 'insertBearer' },
        { type: 'copyToken', slot: 'access' },
      ]);
      assert.equal(await page.getByRole('status').innerText(), 'Copied the value of sub.');
    }));

  it('says of each scope whether it was asked for, granted and in the token', () =>
    withView('user', 'dark', wide, async ({ page }) => {
      const dropped = page.locator('tr[data-verdict=dropped]');
      assert.match((await dropped.allInnerTexts()).join(), /orders\.write/);
      assert.equal(await dropped.locator('[title="asked for"]').count(), 1);
      assert.equal(await dropped.locator('[title="not granted"]').count(), 1);
      assert.equal(await dropped.locator('[title="not in the token"]').count(), 1);
    }));

  it('asks for the check of a pasted token’s signature only when told to', () =>
    withView('pasted', 'dark', wide, async ({ page, intents }) => {
      assert.deepEqual(await intents(), []);
      await page.getByRole('button', { name: 'Check signature' }).click();
      assert.deepEqual(await intents(), [{ type: 'checkSignature', slot: 'access' }]);
    }));

  it('keeps what is unfolded when it is drawn again', () =>
    withView('user', 'dark', wide, async ({ page, show }) => {
      await page.locator('details.fold > summary').last().click();
      await show(samples['checking']);
      await page.getByText('Checking the signature…').first().waitFor();
      assert.equal(await page.locator('details.fold[open]').count(), 1);
    }));
});
