import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { FlowEntry } from '../../src/core/session/flowLog.ts';
import { seenQrCode } from '../support/readQrCode.ts';
import { deviceEntry, FlowHost, flowEntries, verifier, waitingEntry } from './flowSamples.ts';
import { themeNames } from './hostPage.ts';
import { assertLooksRight } from './looks.ts';
import { narrow, useViews, zoomed, type View } from './view.ts';

describe('the flow view', { concurrency: false }, () => {
  const views = useViews();

  /** The view with the host's answer to what is chosen in it. */
  async function open(entry: FlowEntry): Promise<View> {
    const host = new FlowHost(entry);
    const view: View = await views.open('flow', host.model, {
      onIntent: (intent) => {
        if (host.handle(intent)) void view.show(host.model);
      },
    });
    return view;
  }

  it('looks right in every theme and at 320 pixels: a sign-in with ignored requests', async () =>
    assertLooksRight(await open(flowEntries.success), 'flow-success'));

  it('looks right in every theme and at 320 pixels: waiting for the browser', async () =>
    assertLooksRight(await open(waitingEntry(42)), 'flow-waiting'));

  const page = 'https://login.example.com/device?user_code=WDJB-MJHT';

  it('looks right in every theme and at 320 pixels: waiting for a code, with a QR code', async () =>
    assertLooksRight(await open(deviceEntry(page)), 'flow-device'));

  it('has a QR code that a telephone reads in every theme, also at 320 pixels, and that is said in words', async () => {
    const view = await open(deviceEntry(page));
    const drawn = view.page.getByRole('img', { name: `QR code of ${page}` });
    for (const theme of themeNames) {
      await view.setTheme(theme);
      assert.equal(await seenQrCode(view.page, await drawn.screenshot()), page, theme);
    }
    await view.resize(narrow);
    assert.equal(await seenQrCode(view.page, await drawn.screenshot()), page);
    assert.equal(await view.page.locator('.qr code').innerText(), page);
  });

  it('has no QR code of another server’s page, and says why', async () => {
    const view = await open(deviceEntry('https://evil.example/device'));
    await view.page.getByText('No QR code is drawn: the page is at evil.example').waitFor();
    assert.equal(await view.page.getByRole('img', { name: /QR code/ }).count(), 0);
  });

  for (const name of ['failure', 'long', 'nothing'] as const)
    it(`looks right in its other states: ${name}`, async () =>
      assertLooksRight(await open(flowEntries[name]), `flow-${name}`, [
        name === 'failure' ? 'hc-light' : 'light',
      ]));

  it('breaks no parameter’s name beside the list of steps', async () => {
    const { page } = await open(waitingEntry(42));
    const lines = await page.locator('.detail dt').evaluateAll((names) =>
      names.map((name) => {
        const range = document.createRange();
        range.selectNodeContents(name);
        return [name.textContent.trim(), new Set([...range.getClientRects()].map(({ top }) => top)).size];
      }),
    );
    assert.ok(lines.some(([name]) => name === 'code_challenge_method'));
    assert.deepEqual(
      lines.filter(([, count]) => count !== 1),
      [],
    );
  });

  it('has every lane’s name inside its box, also at 320 pixels', async () => {
    const view = await open(flowEntries.success);
    await view.resize(narrow);
    const beyond = await view.page.evaluate(() =>
      [...document.querySelectorAll<SVGTextElement>('.lane-name')].flatMap((name) => {
        const boxes = [...document.querySelectorAll<SVGRectElement>('rect.lane')].map((one) => one.getBBox());
        const text = name.getBBox();
        const fits = boxes.some(({ x, width }) => text.x >= x && text.x + text.width <= x + width);
        return fits ? [] : [name.textContent];
      }),
    );
    assert.deepEqual(beyond, []);
  });

  it('draws what happened first above what happened later: an answer held back below what was done meanwhile', async () => {
    const { page } = await open(flowEntries.success);
    const drawn = await page.evaluate(() =>
      [...document.querySelectorAll<SVGLineElement>('.diagram .arrow')]
        .map((arrow) => ({
          y: arrow.y1.baseVal.value,
          what: `${arrow.closest<SVGElement>('.step')?.dataset['step'] ?? ''}${arrow.classList.contains('back') ? '<' : '>'}`,
        }))
        .sort((one, two) => one.y - two.y)
        .map(({ what }) => what)
        .join(' '),
    );
    assert.equal(drawn, '1> 1< 2> 3> 3< 4> 4< 5> 6> 6< 7> 7< 5<');
  });

  it('shows an ignored step and its reason when its arrow is clicked', async () => {
    const { page, intents } = await open(flowEntries.success);
    const detail = page.locator('.detail');
    assert.match(await detail.innerText(), /Exchange the code for tokens/);
    await page.getByRole('option', { name: /^3 GET \/favicon\.ico 404 .*Ignored/ }).click();
    await detail.getByText('GET http://127.0.0.1:51234/favicon.ico').waitFor();
    const text = await detail.innerText();
    assert.match(text, /Expected the path \/callback\./);
    assert.match(text, /Received \/favicon\.ico\./);
    assert.match(text, /404 Not Found/);
    assert.deepEqual(await intents(), [{ type: 'select', step: 3 }]);
  });

  it('shows the request and the response of a step chosen by keyboard, in the diagram and in the list', async () => {
    const { page, intents } = await open(flowEntries.success);
    const drawn = page.getByRole('listbox', { name: 'Sequence diagram' });
    const listed = page.getByRole('listbox', { name: 'Steps' });
    await page.getByRole('button', { name: 'Compare with…' }).focus();
    await page.keyboard.press('Tab');
    assert.match(await focused(page), /^6 POST .* Exchange the code for tokens/);
    await page.keyboard.press('Home');
    await page.locator('.detail h3', { hasText: /^1\./ }).waitFor();
    await page.keyboard.press('ArrowDown');
    const detail = page.locator('.detail');
    await detail.getByText('Ask the user to sign in').waitFor();
    const challenge = detail.locator('.key-value', { hasText: 'code_challenge' }).first();
    assert.match(await challenge.innerText(), /RFC 7636 section 4\.2/);
    assert.match(await focused(page), /^2 GET .* Ask the user to sign in/);
    assert.equal(await drawn.getByRole('option', { selected: true }).getAttribute('data-step'), '2');
    await page.keyboard.press('Tab');
    assert.equal(await listed.getByRole('option', { selected: true }).getAttribute('data-step'), '2');
    await page.keyboard.press('End');
    await page.locator('.detail h3', { hasText: /^7\./ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await detail.getByText('The response lacks Cache-Control').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual(await intents(), [
      { type: 'select', step: 1 },
      { type: 'select', step: 2 },
      { type: 'select', step: 7 },
      { type: 'select', step: 6 },
      { type: 'copyCurl', step: 6 },
    ]);
  });

  it('says in words what the diagram shows: who talks to whom, the answer and how long it took', async () => {
    const { page } = await open(flowEntries.success);
    const spoken = await page
      .getByRole('listbox', { name: 'Sequence diagram' })
      .getByRole('option')
      .evaluateAll((arrows) => arrows.map((arrow) => arrow.getAttribute('aria-label')));
    assert.equal(spoken.length, 7);
    assert.equal(
      spoken[5],
      '6 POST /realms/orders/protocol/openid-connect/token 200 OK · 87 ms. Exchange the code for tokens: OAuth Explorer to Token endpoint.',
    );
  });

  it('masks the verifier until it is asked for, and hides it again', async () => {
    const { page, intents } = await open(flowEntries.success);
    assert.ok(!(await page.content()).includes(verifier));
    const row = page
      .locator('.key-value', {
        has: page.locator('dt', { hasText: /^\s*code_verifier\s*$/ }),
      })
      .last();
    await row.getByRole('button', { name: 'Show' }).click();
    await row.getByText(verifier).waitFor();
    await row.getByRole('button', { name: 'Hide' }).click();
    await row.getByRole('button', { name: 'Show' }).waitFor();
    assert.ok(!(await page.content()).includes(verifier));
    assert.deepEqual(await intents(), [
      { type: 'showVerifier', shown: true },
      { type: 'showVerifier', shown: false },
    ]);
  });

  it('does not offer the verifier while the code can still be used', async () => {
    const { page } = await open(waitingEntry(3));
    const section = page.getByRole('region', { name: 'PKCE' });
    assert.equal(await section.getByRole('button').count(), 0);
    assert.ok(!(await page.content()).includes(verifier));
  });

  it('counts the seconds of waiting, and offers the address, pasting and cancelling', async () => {
    const { page, intents } = await open(waitingEntry(42));
    const waiting = page.locator('.waiting');
    const text = await waiting.innerText();
    assert.match(text, /Waiting for the redirect to http:\/\/127\.0\.0\.1:51234\/callback/);
    assert.match(text, /4[23] s/);
    assert.match(text, /error about the redirect URI, register exactly the one above/);
    await page.waitForFunction(
      (before) => document.querySelector<HTMLElement>('.waiting')?.innerText !== before,
      text,
    );
    await waiting.getByRole('button', { name: 'Copy sign-in URL' }).click();
    await waiting.getByRole('button', { name: 'Paste redirected URL…' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(await intents(), [{ type: 'copyUrl' }, { type: 'pasteRedirect' }, { type: 'cancel' }]);
  });

  it('leads on from a run that has ended', async () => {
    const { page, intents } = await open(flowEntries.success);
    for (const name of ['Show token', 'Run again', 'Export…', 'Compare with…'])
      await page.getByRole('button', { name }).click();
    assert.deepEqual(await intents(), [
      { type: 'showToken' },
      { type: 'runAgain' },
      { type: 'export' },
      { type: 'compare' },
    ]);
    const failed = await open(flowEntries.failure);
    await page.getByRole('button', { name: 'Explain' }).click();
    assert.deepEqual(await failed.intents(), [{ type: 'showFailure' }]);
  });

  it('shows what servers said as text, shortened, with no element made of it', async () => {
    const { page } = await open(flowEntries.long);
    await page
      .locator('.steps')
      .getByRole('option', { name: /Call the API/ })
      .click();
    await page.getByRole('region', { name: 'Response body' }).waitFor();
    assert.equal(await page.locator('main script').count(), 0);
    assert.equal(await page.title(), 'flow');
  });

  it('keeps the chosen step in sight when there is less room, and shows more than one beside it', async () => {
    const view = await open(flowEntries.success);
    const { page } = view;
    assert.equal(await page.locator('.steps [aria-selected=true]').count(), 1);
    await view.resize(zoomed);
    await page.waitForFunction(() => {
      const [box, step] = ['.steps', '.steps [aria-selected=true]'].map((selector) =>
        document.querySelector(selector)?.getBoundingClientRect(),
      );
      // A box scrolls by whole pixels.
      const inSight = box && step && step.top >= box.top - 1 && step.bottom <= box.bottom + 1;
      return inSight && box.height >= 2 * step.height;
    });
  });

  it('draws 200 exchanges, each with its arrow and its place in the list', async () => {
    const { page } = await open(flowEntries.many);
    assert.equal(await page.locator('.step').count(), 200);
    assert.equal(await page.locator('.steps [role=option]').count(), 200);
    await page.locator('.steps [aria-selected=true]').press('End');
    await page.locator('.detail h3', { hasText: /^200\./ }).waitFor();
    await page.waitForFunction(() => (document.querySelector('.diagram')?.scrollTop ?? 0) > 1000);
    const arrow = page.locator('.diagram [data-step="200"]');
    assert.equal(await arrow.getAttribute('aria-selected'), 'true');
  });
});

/** What a screen reader says of the element in focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
}
