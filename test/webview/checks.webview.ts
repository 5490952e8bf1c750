import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { checksModels, type ChecksModels } from './checksModels.ts';
import { assertLooksRight } from './looks.ts';
import { useViews, wide, zoomed, type View } from './view.ts';

describe('the checks view', { concurrency: false }, () => {
  const views = useViews();
  let models: ChecksModels;
  before(async () => {
    models = await checksModels();
  });
  const open = (name: keyof ChecksModels): Promise<View> => views.open('checks', models[name]);

  for (const name of ['plan', 'faulty', 'refused'] as const)
    it(`looks right in every theme and at 320 pixels: ${name}`, async () =>
      assertLooksRight(await open(name), `checks-${name}`));

  for (const name of ['machinePlan', 'running', 'strict'] as const)
    it(`looks right in its other states: ${name}`, async () =>
      assertLooksRight(await open(name), `checks-${name}`, ['light']));

  it('shows what will be sent before anything is, and lets checks and areas be left out by keyboard', async () => {
    const view = await open('plan');
    const { page } = view;
    assert.match(
      await page.locator('.cost').innerText(),
      /69 checks, at most \d+ requests.*The browser opens and .* at most \d+ times/s,
    );
    const described = await page.locator('ul.plan').allInnerTexts();
    assert.match(described.join(), /\(1 request, 1 sign-in\)/);
    assert.doesNotMatch(described.join(), /\(\s*\)/);
    await page.getByRole('checkbox', { name: 'Trailing slash' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('checkbox', { name: /^PKCE 8 of 8/ }).click();
    await page.getByRole('checkbox', { name: /Let the browser open/ }).click();
    await page.getByRole('button', { name: 'Run 69 checks' }).click();
    assert.deepEqual(await view.intents(), [
      { type: 'choose', id: 'redirect.trailing-slash', chosen: false },
      { type: 'chooseArea', area: 'pkce', chosen: false },
      { type: 'signIn', wanted: false },
      { type: 'run' },
    ]);
  });

  it('cannot choose what does not apply, and says why', async () => {
    const { page } = await open('machinePlan');
    // What can be chosen is not lost among what cannot.
    assert.equal(await page.getByRole('checkbox', { name: 'Trailing slash' }).count(), 0);
    await page.locator('summary', { hasText: 'do not apply' }).first().focus();
    await page.keyboard.press('Enter');
    assert.ok(await page.getByRole('checkbox', { name: 'Trailing slash' }).isDisabled());
    assert.match(await page.locator('main').innerText(), /This profile has no redirect URI/);
  });

  it('warns before the one check that puts the secret into a URL, and leaves it out at first', async () => {
    const { page } = await open('machinePlan');
    const box = page.getByRole('checkbox', { name: 'A secret in the query is refused' });
    assert.equal(await box.isChecked(), false);
    assert.match(await page.locator('.caution').innerText(), /real client secret into a URL/);
  });

  it('shows the worst first, what changed, what to register, and opens the evidence', async () => {
    const view = await open('faulty');
    const { page } = view;
    const text = await page.locator('main').innerText();
    assert.match(text, /4 failed, 1 weakness, 59 passed$/m);
    assert.match(text, /Since the last run: 5 verdicts changed\.\n/);
    assert.match(text, /compares only their beginning/);
    assert.equal(await page.locator('tr[data-check]').first().getAttribute('data-verdict'), 'fail');
    const row = page.locator('tr[data-check="pkce.wrong-verifier"]');
    assert.match(await row.innerText(), /before: Pass/);
    await row.getByText('How it was tried').click();
    await row.getByRole('button', { name: /Show the \d+ exchanges/ }).click();
    await page
      .locator('tr[data-check="redirect.registered"]')
      .getByRole('button', { name: /Redirect to/ })
      .click();
    await page.getByRole('button', { name: 'Export SARIF' }).click();
    await page.getByRole('button', { name: 'Copy the redirect URI to register' }).click();
    assert.deepEqual(await view.intents(), [
      { type: 'evidence', id: 'pkce.wrong-verifier' },
      { type: 'fix', id: 'redirect.registered', index: 0 },
      { type: 'export', format: 'sarif' },
      { type: 'copyRegister' },
    ]);
  });

  it('says once, before all else, that the server refuses the credentials, and what to look at', async () => {
    const { page } = await open('refused');
    const notice = page.locator('.notice');
    assert.match(
      await notice.innerText(),
      /^The server refuses the profile’s credentials, so \d+ checks are not determined\. .*basicEncoding, or try client_secret_post\.$/,
    );
    assert.ok(await notice.evaluate((shown) => shown.nextElementSibling?.matches('[role=status]') === true));
  });

  it('lists what changed line by line, each leading to its check', async () => {
    const { page, resize } = await open('faulty');
    const lines = page.getByRole('list', { name: 'Since the last run' }).getByRole('listitem');
    await resize(zoomed);
    // A long title takes more than one line there: the colon stays with it.
    assert.doesNotMatch((await lines.allInnerTexts()).join('\n'), /^\s*:/m);
    await resize(wide);
    const texts = (await lines.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    assert.equal(texts.length, 5);
    assert.ok(texts.includes('A wrong verifier: Pass → Fail'), texts.join(' | '));
    await lines.getByRole('button', { name: 'A wrong verifier' }).press('Enter');
    const focused = await page.evaluate(() =>
      document.activeElement?.closest('tr')?.getAttribute('data-check'),
    );
    assert.equal(focused, 'pkce.wrong-verifier');
  });

  it('shows at once what is wrong, and folds what passed, a line for each, per area with its number', async () => {
    const { page } = await open('faulty');
    const shown = () =>
      page
        .locator('tr[data-check]')
        .filter({ visible: true })
        .evaluateAll((rows) => rows.map(({ dataset }) => dataset['verdict']));
    assert.deepEqual(await shown(), ['fail', 'fail', 'fail', 'fail', 'weakness']);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(height < 2000, `${height} pixels`);
    const redirect = page.getByRole('region', { name: 'Redirect URI' });
    const passed = redirect.locator('summary', { hasText: '15 passed in Redirect URI' });
    await passed.press('Enter');
    assert.equal((await shown()).filter((verdict) => verdict === 'pass').length, 15);
    const line = page.locator('tr[data-check="redirect.scheme"]');
    assert.ok(((await line.boundingBox())?.height ?? 0) < 40);
    await line.locator('summary').press('Enter');
    await line.getByText('A correct server:').waitFor();
    await page.locator('summary', { hasText: /^\s*Refresh tokens/ }).waitFor({ state: 'detached' });
    await page
      .locator('summary', { hasText: 'Authorization code' })
      .filter({ hasText: /\d passed\s*$/ })
      .waitFor();
  });

  it('keeps an area open over another run, and closed what was closed', async () => {
    const { page, show } = await open('faulty');
    const passed = page.locator('summary', { hasText: 'passed in Redirect URI' });
    const row = page.locator('tr[data-check="redirect.scheme"]');
    await passed.press('Enter');
    await row.waitFor();
    for (const model of [models.running, models.faulty]) {
      await show(model);
      await page.getByText(model.stage === 'running' ? '20 of 44 done' : '4 failed, 1 weakness').waitFor();
      assert.ok(await row.isVisible());
    }
    await passed.press('Enter');
    await row.waitFor({ state: 'hidden' });
    await show(models.strict);
    await page.locator('.fold > summary', { hasText: 'Redirect URI' }).waitFor();
    assert.ok(await row.isHidden());
  });

  it('a changed verdict leads to its check where that is folded', async () => {
    const { report, ...model } = models.faulty;
    assert.ok(report?.changes);
    const [verdict] = report.changes.verdicts;
    assert.ok(verdict);
    const mended = { ...verdict, id: 'redirect.scheme', title: 'http and https exchanged', now: 'pass' };
    const { page } = await views.open('checks', {
      ...{ ...model, report: { ...report, changes: { sentence: 'Changed.', verdicts: [mended] } } },
    });
    await page.getByRole('button', { name: 'http and https exchanged:' }).press('Enter');
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('data-check'));
    assert.equal(await focused(), 'redirect.scheme');
    assert.ok(await page.locator('tr[data-check="redirect.scheme"]').isVisible());
  });

  it('a fix that is done says so, and to run again is the main button beside it', async () => {
    const { report, ...model } = models.faulty;
    assert.ok(report);
    const areas = report.areas.map((area) => ({
      ...area,
      rows: area.rows.map((row) => ({ ...row, fixes: row.fixes.map((fix) => ({ ...fix, done: true })) })),
    }));
    const notice = {
      text: 'Redirect to http://127.0.0.1/: the profile was changed.',
      failed: false,
    } as const;
    const view = await views.open('checks', {
      ...{ ...model, report: { ...report, areas } },
      notice: { ...notice, again: true },
    });
    const { page } = view;
    const done = page.locator('button.button', { hasText: 'Done: Redirect to' }).first();
    assert.equal(await done.getAttribute('disabled'), '');
    const primary = page.locator('button.button:not(.secondary)');
    assert.deepEqual(
      (await primary.allInnerTexts()).map((text) => text.trim()),
      ['Run again'],
    );
    await page.locator('.notice').getByRole('button', { name: 'Run again' }).click();
    assert.deepEqual(await view.intents(), [{ type: 'run' }]);
    await assertLooksRight(view, 'checks-fixed', ['dark', 'hc-light']);
  });
});
