import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { becomes } from '../support/becomes.ts';
import { themeNames } from './hostPage.ts';
import { assertLooksRight } from './looks.ts';
import { tokenSamples } from './tokenSamples.ts';
import { useViews, zoomed, type View } from './view.ts';

describe('the token view', { concurrency: false }, () => {
  const views = useViews();
  let samples: Awaited<ReturnType<typeof tokenSamples>>;
  before(async () => {
    samples = await tokenSamples();
  });
  const open = (name: string): Promise<View> => views.open('token', samples[name]);

  it('has one button that weighs more than the others, in high contrast, too', async () => {
    const { page, setTheme } = await open('user');
    for (const theme of themeNames) {
      await setTheme(theme);
      const [first, ...others] = await page
        .locator('.actions > .button')
        .evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).backgroundColor));
      assert.match(first ?? '', /^rgb\(/, `${theme}: the first is filled`);
      assert.ok(others.length > 0 && !others.includes(first ?? ''), `${theme}: ${first}, ${others.join()}`);
    }
  });

  it('looks right in every theme and at 320 pixels', async () =>
    assertLooksRight(await open('user'), 'token-user'));

  for (const name of [
    'id',
    'response',
    'checking',
    'asked',
    'opaque',
    'hostile',
    'pasted',
    'unsigned',
    'encrypted',
    'malformed',
    'nothing',
    'many',
  ])
    it(`looks right in its other states: ${name}`, async () =>
      assertLooksRight(await open(name), `token-${name}`, [name === 'hostile' ? 'hc-dark' : 'light']));

  it('compares what the server said with the token, claim by claim', async () => {
    const view = await open('answered');
    const notes = (await view.page.locator('main').innerText()).replace(/\s+/g, ' ');
    for (const words of ['As in the token.', 'Not in the token.', 'Differs: the token says'])
      assert.ok(notes.includes(words), words);
    assert.equal(await view.page.locator('main img').count(), 0);
    await assertLooksRight(view, 'token-answered');
  });

  it('shows hostile claims as text: no markup, marks for characters nobody sees, long values shortened', async () => {
    const { page } = await open('hostile');
    assert.equal(await page.locator('main img, main script').count(), 0);
    assert.equal(await page.title(), 'token');
    const name = page
      .locator('.key-value', { has: page.locator('dt', { hasText: /^\s*name\s*$/ }) })
      .locator('dd');
    const text = (await name.innerText()).replace(/\s+/g, ' ');
    assert.match(text, /<img src=x onerror="document.title=1">U\+202EevilU\+0000/);
    const audience = page.locator('.key-value', { has: page.locator('dt', { hasText: /^\s*aud\s*$/ }) });
    assert.equal((await audience.locator('.claim-value').innerText()).trim(), '(empty)');
    const more = page.getByText(/Show all [\d,]+ characters/);
    await more.click();
    assert.equal(await page.getByText('Show less').isVisible(), true);
  });

  it('breaks the lines of a long scope between its parts where there is little room', async () => {
    const model = structuredClone(samples['user']);
    const long = 'https://api.example.com/orders.line-items.read_all';
    const scopes = { ...model?.scopes, rows: model?.scopes?.rows.map((row) => ({ ...row, scope: long })) };
    const { page } = await views.open('token', { ...model, scopes }, { size: zoomed });
    const lines = await page
      .locator('table.scopes tbody code')
      .first()
      .evaluate((code) => {
        const [found, walk] = [[] as string[], document.createTreeWalker(code, NodeFilter.SHOW_TEXT)];
        let last = Number.NaN;
        for (let node = walk.nextNode(); node !== null; node = walk.nextNode())
          for (let at = 0; at < (node.nodeValue ?? '').length; at++) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const { top } = range.getBoundingClientRect();
            if (Math.abs(top - last) < 2) found.push(`${found.pop() ?? ''}${range.toString()}`);
            else found.push(range.toString());
            last = top;
          }
        return found;
      });
    assert.equal(lines.join(''), long);
    assert.ok(lines.length > 2, `It has room: ${lines.join(' ')}`);
    for (const line of lines.slice(0, -1)) assert.match(line, /[.:/_-]$/, lines.join(' | '));
  });

  it('has its icons on the line that they belong to', async () => {
    const { page } = await open('user');
    const off = await page.evaluate(() =>
      [...document.querySelectorAll('.finding, .scopes td .verdict')].map((one) => {
        const icon = one.querySelector('.codicon');
        const words = one.querySelector('.finding-message .foreign, :scope > span:last-child');
        const line = words === null ? undefined : document.createRange();
        if (icon === null || words === null || line === undefined) return Number.NaN;
        // Its box may be as high as all its words; the picture is in its first line.
        const middle = icon.getBoundingClientRect().top + parseFloat(getComputedStyle(icon).lineHeight) / 2;
        line.selectNodeContents(words);
        const first = [...line.getClientRects()].find(({ height, width }) => height > 4 && width > 4);
        return first === undefined ? Number.NaN : Math.abs(middle - (first.top + first.bottom) / 2);
      }),
    );
    assert.ok(off.length > 5);
    for (const one of off) assert.ok(one < 2, off.map((pixels) => pixels.toFixed(1)).join());
  });

  it('counts down while it is shown', async () => {
    const { page } = await open('user');
    const badge = page.locator('.badge oe-time').first();
    const first = await badge.innerText();
    assert.match(first, /^Expires in \d+ min( \d+ s)?$/);
    await page.waitForFunction(
      (before) => document.querySelector('.badge oe-time')?.textContent !== before,
      first,
    );
  });

  it('draws nothing between two seconds, and nothing turns for readers who want no motion', async () => {
    const { page } = await open('user');
    const transitions = await page.evaluate(
      () =>
        new Promise((resolve) => {
          let count = 0;
          document.addEventListener('transitionrun', () => count++);
          setTimeout(() => resolve(count), 1200);
        }),
    );
    assert.equal(transitions, 0);
    const checking = (await open('checking')).page;
    const turning = () => checking.evaluate(() => document.getAnimations().length);
    assert.ok((await turning()) > 0, 'an icon turns');
    await checking.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
    assert.equal(await turning(), 0);
    await checking.evaluate(() => document.body.classList.remove('vscode-reduce-motion'));
    await checking.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await turning(), 0);
    await checking.emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('shows the times in the reader’s own time zone', async () => {
    const { page } = await open('user');
    const expires = page
      .locator('.key-value', { has: page.locator('dt', { hasText: /^\s*exp\s*$/ }) })
      .locator('time');
    const shown = await expires.innerText();
    const exact = new Date((await expires.getAttribute('datetime')) ?? '');
    const berlin = exact.toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' });
    assert.ok(shown.includes(berlin), `${shown} should say ${berlin}`);
  });

  it('can be used with the keyboard alone: tabs by arrows, claims copied, actions run', async () => {
    const { page, intents } = await open('user');
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
  });

  it('says of each scope whether it was asked for, granted and in the token', async () => {
    const { page } = await open('user');
    const dropped = page.locator('tr[data-verdict=dropped]');
    assert.match((await dropped.allInnerTexts()).join(), /orders\.write/);
    assert.equal(await dropped.locator('[title="asked for"]').count(), 1);
    assert.equal(await dropped.locator('[title="not granted"]').count(), 1);
    assert.equal(await dropped.locator('[title="not in the token"]').count(), 1);
  });

  it('says of each parameter of the sign-in what can be seen of it', async () => {
    const { page } = await open('asked');
    const rows = page.locator('section[aria-labelledby=s-sign-in] .key-value');
    const texts = (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    assert.deepEqual(texts.slice(0, 2), [
      'login_hint bob@example.com The user who signed in has email “zoe@example.com”.',
      'prompt select_account Cannot be seen in the answer: no claim says which pages were shown.',
    ]);
    assert.match(texts[2] ?? '', /^max_age 60 The user signed in on .*, 30 s before the token was issued/);
    assert.match(texts[3] ?? '', /^acr_values urn:example:<b>phr<\/b> Cannot be seen/);
    assert.match(texts[4] ?? '', /^ui_locales de en Cannot be seen in the answer: it is about the pages/);
  });

  it('folds long tables, filters them, and has badges that lead to what they speak of', async () => {
    const { page, intents } = await open('many');
    const claims = page.locator('section[aria-labelledby=s-claims]');
    const rows = claims.locator('.key-value');
    assert.equal(await rows.count(), 15);
    assert.equal(await page.locator('table.scopes tbody tr').count(), 15);
    await claims.getByRole('searchbox', { name: 'Filter claims' }).fill('CLAIM_417');
    await becomes(() => rows.count(), 1);
    assert.match(await page.getByRole('status').innerText(), /^1 of 51\d claims\.$/);
    await claims.getByRole('button', { name: 'Copy the path of claim_417' }).click();
    await claims.getByRole('searchbox').fill('');
    await claims.getByRole('button', { name: /^Show all 51\d claims$/ }).click();
    await becomes(async () => (await rows.count()) > 500, true);
    await page.getByRole('button', { name: /Signature valid/ }).click();
    await becomes(() => page.evaluate(() => document.activeElement?.id ?? ''), 's-signature');
    assert.equal(await page.locator('#s-signature').isVisible(), true);
    const more = page.locator('summary', { hasText: 'More actions' });
    await more.focus();
    await page.keyboard.press('Enter');
    assert.match(
      await page.getByRole('group', { name: 'More actions' }).ariaSnapshot(),
      /button "Copy as curl"/,
    );
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByRole('button', { name: 'Open the payload of the Access token in an editor' }).click();
    assert.deepEqual(await intents(), [
      { type: 'copyPath', name: 'claim_417' },
      { type: 'copyCurl' },
      { type: 'openPart', slot: 'access', part: 'payload' },
    ]);
  });

  it('asks for the check of a pasted token’s signature only when told to', async () => {
    const { page, intents } = await open('pasted');
    assert.deepEqual(await intents(), []);
    await page.getByRole('button', { name: 'Check signature' }).click();
    assert.deepEqual(await intents(), [{ type: 'checkSignature', slot: 'access' }]);
  });

  it('keeps what is unfolded when it is drawn again', async () => {
    const { page, show } = await open('user');
    await page.locator('details.fold > summary').last().click();
    await show(samples['checking']);
    await page.getByText('Checking the signature…').first().waitFor();
    assert.equal(await page.locator('details.fold[open]').count(), 1);
  });
});
