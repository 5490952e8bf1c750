import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { firstPage } from '../../src/core/token/firstPage.ts';
import { viewPage } from '../../src/host/panels/viewPage.ts';
import { pageText } from './hostPage.ts';
import { tokenSamples } from './tokenSamples.ts';
import { useViews } from './view.ts';

const hostile = '</script><script>window.bad = true</script><!--<script>';

interface Drawn {
  readonly drawn: readonly string[];
  readonly there: () => readonly string[];
  readonly drawnRows: number;
  readonly rows: () => number;
  readonly filter: string | undefined;
}

/**
 * The headings of a page with a large token, and how many scopes it shows: when its script is through, and in the end. `state` is
 * what VS Code kept of its tab; with `answered` another model is sent as soon as the page is ready.
 */
async function headings(context: BrowserContext, state: unknown, answered = false) {
  const { many } = await tokenSamples();
  assert.ok(many);
  const body = await pageText('token', 'dark', state === undefined ? firstPage(many) : many);
  const page = await context.newPage();
  try {
    await page.addInitScript(
      ({ kept, next }: { kept?: unknown; next?: unknown }) => {
        const there = () =>
          [...document.querySelectorAll('h2')].map((heading) =>
            heading.textContent.trim().replace(/\s+\d+$/, ''),
          );
        const answer = () => next !== undefined && dispatchEvent(new MessageEvent('message', { data: next }));
        const api = { postMessage: answer, setState: () => undefined, getState: () => kept };
        const rows = () => document.querySelectorAll('.scopes tbody tr').length;
        document.addEventListener('DOMContentLoaded', () => {
          const filter = document.querySelector('input')?.placeholder;
          Object.assign(globalThis, { drawn: there(), drawnRows: rows(), filter });
        });
        Object.assign(globalThis, { there, rows, acquireVsCodeApi: () => api });
      },
      { kept: state, ...(answered && { next: { type: 'show', model: { ...many, title: 'Another' } } }) },
    );
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto('http://127.0.0.1/');
    await page.getByText('Encoded token').waitFor();
    return await page.evaluate(() => {
      const { drawn, there, drawnRows, rows, filter } = globalThis as unknown as Drawn;
      const title = document.querySelector('h1')?.textContent;
      return { title, drawn, later: there(), drawnRows, laterRows: rows(), filter };
    });
  } finally {
    await page.close();
  }
}

describe('the page of a view', { concurrency: false }, () => {
  const views = useViews();

  it('draws the model it brings with it before anything is sent', async () => {
    const { user } = await tokenSamples();
    const { page } = await views.open('token', user, { inPage: true });
    assert.match(await page.locator('h1').innerText(), /\w/);
    assert.equal(await page.evaluate(() => document.fonts.check('16px codicon')), true);
  });

  it('draws what is sent instead of it', async () => {
    const { user, nothing } = await tokenSamples();
    const view = await views.open('token', user, { inPage: true });
    await view.show(nothing);
    await view.page.getByText('No token to show').waitFor();
  });

  it('draws what fills the first screen before the rest, and a page that comes back at once', async () => {
    const { page: any } = await views.open('token');
    const first = await headings(any.context(), undefined);
    assert.deepEqual(first.drawn, ['Scopes']);
    assert.deepEqual(first.later, [
      'Scopes',
      'Claims',
      'Signature',
      'Header',
      'Payload as JSON',
      'Encoded token',
    ]);
    assert.ok(first.drawnRows < first.laterRows, 'Of a long list, first what the screen has room for.');
    assert.equal(first.filter, 'Filter 200 scopes', 'The first drawing knows how many there are.');
    const answered = await headings(any.context(), undefined, true);
    assert.deepEqual([answered.title, answered.drawn], ['Another', first.drawn]);
    const back = await headings(any.context(), true);
    assert.deepEqual(back.drawn, first.later);
    assert.deepEqual([back.drawnRows, back.laterRows], [15, 15]);
  });

  it('lets nothing run or style it but what it came with, and asks nobody for anything', async () => {
    const { page: first } = await views.open('token');
    // A page of its own, as what its policy refuses is no fault here.
    const page = await first.context().newPage();
    try {
      const script = `window.ran = JSON.parse(document.querySelector('#model').textContent).text;
        try { eval('window.bad = true'); } catch { window.ran += ' and compiled nothing'; }`;
      const icons = 'h1 { color: rgb(1, 2, 3); }';
      await page.setContent(
        viewPage({ title: hostile, script, icons, model: { text: hostile } }).replace(
          '<body>',
          `<body><h1 style="margin: 7px">A</h1><img src="/x.png" onerror="window.bad = true"><style>h1 { padding: 7px; }</style>
            <script>window.bad = true</script>
            <script type="module">window.bad = true</script>`,
        ),
      );
      const seen = await page.evaluate(async () => {
        const element = document.createElement('script');
        element.textContent = 'window.bad = true';
        document.body.append(element);
        const { color, margin, padding } = getComputedStyle(document.querySelector('h1') ?? document.body);
        return {
          ran: 'ran' in window ? window.ran : undefined,
          bad: 'bad' in window,
          scripts: document.scripts.length,
          style: [color, margin === '7px', padding === '7px'],
          fetched: await fetch('data:text/plain,a').then(
            () => true,
            () => false,
          ),
        };
      });
      assert.deepEqual(seen, {
        ...{ ran: `${hostile} and compiled nothing`, bad: false, scripts: 5 },
        ...{ style: ['rgb(1, 2, 3)', false, false], fetched: false },
      });
    } finally {
      await page.close();
    }
  });

  it('has another nonce each time, and no way around it in its policy', () => {
    const policies = [1, 2].map(() => {
      const page = viewPage({ title: 'A', script: '', icons: '' });
      return /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    });
    const nonces = policies.map((policy) => /'nonce-([^']{22,})'/.exec(policy)?.[1]);
    assert.ok(nonces[0]);
    assert.notEqual(nonces[0], nonces[1]);
    assert.equal(
      policies[0]?.replaceAll(nonces[0], 'N'),
      `default-src 'none'; script-src 'nonce-N'; style-src 'nonce-N'; font-src data:; base-uri 'none'; form-action 'none'`,
    );
  });
});
