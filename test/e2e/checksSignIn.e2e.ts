import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { noBound, noTls, profileOf, trial } from '../core/checks/support.ts';
import { planChecks } from '../../src/core/checks/plan.ts';
import type { DemoServers } from '../../src/demo/demoServers.ts';
import { startBrowser } from '../support/browser.ts';
import { startPackagedDemo } from './packagedDemo.ts';

describe('the checks with a real browser', () => {
  let demo: DemoServers;
  let browser: Browser;
  let page: Page;
  before(async () => {
    [demo, browser] = await Promise.all([startPackagedDemo(), startBrowser()]);
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });
  beforeEach(async () => {
    page = await (await browser.newContext()).newPage();
  });

  /** Opens the address the checks ask for, allows the sign-in, and from then on does nothing. */
  const allowOnce = async (url: string) => {
    await page.goto(url);
    await page.getByRole('button', { name: 'Allow' }).click();
  };

  for (const name of ['native', 'web'] as const)
    it(`ask the user of the client "${name}" once, and then go through all sign-ins by themselves`, async () => {
      const client = demo.clients[name];
      const other = demo.clients[name === 'native' ? 'web' : 'native'];
      const asked: string[] = [];
      page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (request.method() === 'GET' && pathname.startsWith('/interaction/')) asked.push(pathname);
      });
      let opened = 0;
      const browserPort = {
        open(url: string) {
          opened++;
          void allowOnce(url);
          return Promise.resolve(true);
        },
      };
      const { results } = await trial({
        issuer: demo.issuer,
        client,
        other,
        context: { browser: browserPort },
      });
      const open = results.filter(({ verdict }) => verdict === 'not_determined');
      assert.deepEqual(
        open.map(({ id, meaning }) => [id, meaning]),
        [],
      );
      assert.equal(opened, 1);
      assert.equal(asked.length, 1, 'The server shows one sign-in page in the whole run.');
      const subject = { profile: profileOf(demo.issuer, client), hasOtherClient: true };
      const chosen = planChecks(subject).filter((item) => item.chosen);
      assert.deepEqual(
        chosen
          .map(({ check }) => results.find(({ id }) => id === check.id))
          .filter((result) => result?.verdict !== 'pass')
          .map((result) => [result?.id, result?.verdict])
          .sort(),
        Object.entries({ ...noTls, ...noBound })
          .filter(([id]) => chosen.some(({ check }) => check.id === id))
          .sort(),
      );
      await page.getByRole('heading', { name: 'All checks are done' }).waitFor();
    });
});
