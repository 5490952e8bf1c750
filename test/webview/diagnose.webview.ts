import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiModel, failedRenewal, failureModel, pageModel, scopesModel } from './diagnoseSamples.ts';
import { assertLooksRight } from './looks.ts';
import { themeNames } from './hostPage.ts';
import { useViews } from './view.ts';

const views = useViews();

const evil =
  '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202Egnp.exe\u0007 [x](javascript:alert(1))';

describe('the failure view', { concurrency: false }, () => {
  it('looks right in every theme and at 320 pixels', async () =>
    assertLooksRight(await views.open('failure', failureModel()), 'failure'));

  it('looks right when a page came in the place of a token, and when the server is hostile', async () => {
    const page = pageModel('<!doctype html><title>Bad gateway</title><h1>502</h1>');
    await assertLooksRight(await views.open('failure', page), 'failure-page', ['light']);
    const hostile = failureModel(evil, evil.repeat(40), 'javascript:alert(1)');
    await assertLooksRight(await views.open('failure', hostile), 'failure-hostile', ['hc-dark']);
  });

  it('says first what went wrong and what to do, in words, and last what the server said', async () => {
    const model = failureModel();
    const { page } = await views.open('failure', model);
    const text = await page.locator('main').innerText();
    const order = [
      model.causes[0]?.title ?? '',
      'Very likely cause of invalid_grant at the token endpoint',
      'Why, and what to do',
      'Remove scopes full, refresh_token',
      'What the server said',
      'What it means:',
    ];
    const places = order.map((words) => text.indexOf(words));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(places.every((place) => place >= 0));
    assert.equal(text.split(model.title).length, 2, 'the cause is told once');
    // Of what is no more than possible, the title says what the error means, once.
    const possible = { ...model, titled: false, title: model.meaning.text };
    const shown = await views.open('failure', possible);
    const words = await shown.page.locator('main').innerText();
    assert.equal(words.split(model.meaning.text).length, 2);
    assert.match(words, /^\W*The server does not[^]*RFC 6749 section 5\.2/);
  });

  it('hostile words are text: no element, no link and no script comes of them', async () => {
    const view = await views.open('failure', failureModel(evil, evil, 'javascript:alert(1)'));
    const found = await view.page.evaluate(() => ({
      made: document.querySelectorAll('main img, main script, main iframe').length,
      links: [...document.querySelectorAll('a')]
        .map(({ href }) => href)
        .filter((href) => !href.startsWith('https://')),
      title: document.title,
      shown: document.querySelector('.words')?.textContent,
    }));
    assert.deepEqual([found.made, found.links, found.title], [0, [], 'failure']);
    assert.match(found.shown ?? '', /<img src=x onerror=/);
    assert.match(found.shown ?? '', /U\+202E/);
  });

  it('several steps are numbered; a single one has no number and starts where the words above it do', async () => {
    const model = failureModel();
    const [first] = model.causes;
    assert.ok(first);
    const { page } = await views.open('failure', {
      ...model,
      causes: [['Trim it.'], ['Trim it.', 'Run again.']].map((steps) => ({ ...first, steps })),
    });
    const shown = await page.locator('.cause').evaluateAll((causes) =>
      causes.map((cause) => {
        const left = (selector: string) => cause.querySelector(selector)?.getBoundingClientRect().left ?? NaN;
        return {
          numbered: [...cause.querySelectorAll('.steps li')].map(
            (step) => getComputedStyle(step).display === 'list-item',
          ),
          indented: left('.steps li') > left('.evidence'),
        };
      }),
    );
    assert.deepEqual(shown, [
      { numbered: [false], indented: false },
      { numbered: [true, true], indented: true },
    ]);
  });

  it('a fix that is done says so, cannot be pressed again, and is not the main button any more', async () => {
    const model = failureModel();
    const [first, ...others] = model.causes;
    assert.ok(first);
    const { page } = await views.open('failure', {
      ...model,
      causes: [{ ...first, done: [0] }, ...others],
      notice: { text: 'The profile was changed.', done: true },
    });
    const done = page.locator('button.button', { hasText: `Done: ${first.fixes[0] ?? ''}` });
    await done.waitFor();
    assert.equal(await done.getAttribute('disabled'), '');
    const primary = page.locator('button.button:not(.secondary)');
    assert.deepEqual(
      (await primary.allInnerTexts()).map((text) => text.trim()),
      ['Run again'],
    );
  });

  it('offers to run again beside the cause whose fix was made, and nowhere else', async () => {
    const model = failureModel();
    const last = model.causes.length - 1;
    assert.ok(last > 0);
    const notice = { text: 'The profile was changed.', done: true, cause: last };
    const view = await views.open('failure', { ...model, notice });
    const again = view.page.getByRole('button', { name: 'Run again' });
    assert.equal(await again.count(), 1);
    const cause = view.page.locator('.cause').nth(last);
    await cause.getByRole('button', { name: 'Run again' }).click();
    assert.match(await cause.getByRole('status').innerText(), /The profile was changed/);
    assert.deepEqual(await view.intents(), [{ type: 'runAgain' }]);
    await assertLooksRight(view, 'failure-fixed', ['light', 'hc-dark']);
  });

  it('draws lines between the server’s words that can be seen, in every theme', async () => {
    const view = await views.open('failure', failureModel());
    for (const theme of themeNames) {
      await view.setTheme(theme);
      const [line, ground] = await view.page.evaluate(() => {
        const paint = new OffscreenCanvas(1, 1).getContext('2d');
        const [words, row] = [document.querySelector('.words'), document.querySelector('.words .key-value')];
        if (!paint || !words || !row) throw new Error('There are no words.');
        const painted = (...colours: readonly string[]) => {
          for (const colour of colours) {
            paint.fillStyle = colour;
            paint.fillRect(0, 0, 1, 1);
          }
          return [...paint.getImageData(0, 0, 1, 1).data.slice(0, 3)].reduce((sum, one) => sum + one);
        };
        const under = [
          getComputedStyle(document.documentElement).backgroundColor,
          getComputedStyle(words).backgroundColor,
        ];
        return [painted(...under, getComputedStyle(row).borderBottomColor), painted(...under)] as const;
      });
      assert.ok(Math.abs(line - ground) > 45, `${theme}: ${line} on ${ground}`);
    }
  });

  it('says a message once', async () => {
    const { server: _, ...model } = failureModel();
    const { page } = await views.open('failure', { ...model, title: 'It broke.', message: 'It broke.' });
    await page.locator('h1').waitFor();
    assert.equal((await page.locator('main').innerText()).split('It broke.').length, 2);
  });

  it('a quick fix, another run, the flow and the copy are one click each', async () => {
    const view = await views.open('failure', failureModel());
    await view.page.getByRole('button', { name: 'Remove scopes full, refresh_token' }).first().click();
    await view.page.getByRole('button', { name: 'Run again' }).click();
    await view.page.getByRole('button', { name: 'Show the flow' }).click();
    await view.page.getByRole('button', { name: 'Copy as Markdown' }).click();
    assert.deepEqual(await view.intents(), [
      { type: 'fix', cause: 0, fix: 0 },
      { type: 'runAgain' },
      { type: 'showFlow' },
      { type: 'copy' },
    ]);
  });
});

const challenge =
  'Bearer error="insufficient_scope", scope="orders.write", error_description="The token lacks a scope"';

describe('the API view', { concurrency: false }, () => {
  it('looks right in every theme and at 320 pixels', async () =>
    assertLooksRight(await views.open('api', apiModel(403, '{"error":"forbidden"}', challenge)), 'api-403'));

  it('looks right when the call worked', async () =>
    assertLooksRight(await views.open('api', apiModel()), 'api-ok', ['light']));

  it('says once that there is no body, and offers to save only what is no text', async () => {
    for (const [body, words, buttons] of [
      ['', 'No body, after 180 ms', []],
      ['\uFFFDPNG\0\0\0', 'The body is not text: save it', ['Save the body…']],
    ] as const) {
      const { page } = await views.open('api', apiModel(200, body));
      const section = page.locator('section[aria-labelledby=s-body]');
      assert.ok((await section.innerText()).includes(words), words);
      const names = await section
        .getByRole('button')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
      assert.deepEqual(names, buttons);
    }
  });

  it('offers to send again beside the cause whose fix was made; that is the main button then', async () => {
    const model = apiModel(403, '{"error":"forbidden"}', challenge);
    const notice = { text: 'The profile was changed.', done: true, cause: 0 };
    const view = await views.open('api', { ...model, notice });
    const again = view.page.locator('button.button', { hasText: 'Send again' });
    assert.equal(await again.count(), 1);
    await view.page.locator('.cause').first().getByRole('button', { name: 'Send again' }).click();
    assert.deepEqual(await view.intents(), [{ type: 'sendAgain' }]);
    const primary = view.page.locator('button.button:not(.secondary)');
    assert.deepEqual(
      (await primary.allInnerTexts()).map((text) => text.trim()),
      ['Send again'],
    );
    // What became of the body is no fix: sending again stays where it was.
    await view.show({ ...model, notice: { text: 'The body is in a.txt.', done: true } });
    await view.page.locator('header').getByRole('button', { name: 'Send again' }).waitFor();
  });

  it('tells why no new token came for a call, one click away', async () => {
    const model = apiModel(401, '', 'Bearer error="invalid_token"', failedRenewal);
    const view = await views.open('api', model);
    await view.page.getByRole('button', { name: 'Explain' }).click();
    assert.deepEqual(await view.intents(), [{ type: 'explainRenewal' }]);
    await assertLooksRight(view, 'api-401', ['hc-light']);
  });
});

describe('the scopes view', { concurrency: false }, () => {
  it('looks right in every theme and at 320 pixels', async () =>
    assertLooksRight(await views.open('scopes', scopesModel('done')), 'scopes-done'));

  for (const state of ['plan', 'running'] as const)
    it(`looks right in its other states: ${state}`, async () =>
      assertLooksRight(await views.open('scopes', scopesModel(state)), `scopes-${state}`, ['light']));

  it('draws how far it is in the theme’s colours, not with a bar of the browser’s', async () => {
    const { page } = await views.open('scopes', scopesModel('running'));
    const bar = page.getByRole('progressbar', { name: 'Requests answered' });
    assert.equal(await bar.evaluate((drawn) => getComputedStyle(drawn).appearance), 'none');
  });

  it('scopes can be added by keyboard, removed, asked for and applied', async () => {
    const view = await views.open('scopes', scopesModel('done'));
    await view.page.getByLabel('More scopes to ask for').fill('orders.read orders.write');
    await view.page.keyboard.press('Enter');
    await view.page.getByRole('button', { name: 'Do not ask for full' }).click();
    await view.page.getByRole('button', { name: 'Use the 2 granted' }).click();
    await view.page.getByRole('button', { name: 'Ask again' }).click();
    assert.deepEqual(await view.intents(), [
      { type: 'add', scopes: 'orders.read orders.write' },
      { type: 'remove', scope: 'full' },
      { type: 'apply' },
      { type: 'start' },
    ]);
  });
});
