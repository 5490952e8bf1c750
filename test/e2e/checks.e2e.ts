import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { waitFor } from '../support/processes.ts';
import { assertSarif } from '../support/sarif.ts';
import { pictureFailures } from '../support/session.ts';
import { assertFree } from '../support/assertFree.ts';
import { startDemoSession, type DemoSession } from './demoSession.ts';

const command = 'OAuth Explorer: Check Redirect and PKCE…';
/** Milliseconds for a run of all checks on a busy machine. */
const runLimit = 600_000;

describe('the redirect and PKCE checks as a user', () => {
  let session: DemoSession;
  let view: FrameLocator;
  before(async () => {
    session = await startDemoSession({ viewport: { width: 1400, height: 1000 } });
    const { web } = session.demo.clients;
    await session.keyring.store(`${web.clientId}@${session.demo.issuer}`, web.clientSecret ?? '');
    await session.workbench.showContainer('OAuth');
  });
  after(() => session.close());
  pictureFailures(() => session);

  const openPlan = async (profile: string): Promise<FrameLocator> => {
    await session.workbench.commandAndChoose(command, profile);
    const opened = await session.workbench.webview(`Checks: ${profile}`);
    await opened.locator('.cost').waitFor();
    return opened;
  };
  const press = (name: string | RegExp) => view.getByRole('button', { name }).first().click();
  const runIntoBrowser = (button: string | RegExp): Promise<Page> =>
    session.workbench.browserPage(() => press(button));
  const reported = () => view.getByRole('button', { name: 'Run again' }).waitFor({ timeout: runLimit });
  /** How many checks are left when one was left out. */
  let planned = 0;
  const row = (id: string) => view.locator(`tr[data-check="${id}"]`);
  const verdicts = () =>
    view
      .locator('tr[data-check]')
      .evaluateAll((rows) => rows.map((one) => one.getAttribute('data-verdict') ?? ''));

  it('shows what will be done before anything is sent, and lets one check be left out', async () => {
    view = await openPlan(session.demo.clients.native.name);
    const cost = view.locator('.cost');
    const said = /^(\d+) checks, at most \d+ requests.*browser opens/s.exec(await cost.innerText());
    planned = Number(said?.[1]) - 1;
    assert.ok(planned >= 40, await cost.innerText());
    await session.workbench.picture('checks-plan');
    await view.getByRole('checkbox', { name: 'Trailing slash' }).click();
    await view.getByText(new RegExp(`^${planned} checks`)).waitFor();
    await view.getByRole('button', { name: `Run ${planned} checks` }).waitFor();
  });

  it('runs them with one sign-in in the browser and leaves nothing undetermined', async () => {
    const page = await runIntoBrowser(`Run ${planned} checks`);
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    await view.getByText(/sign in, do so once/).waitFor();
    await session.workbench.picture('checks-progress');
    await page.getByRole('button', { name: 'Allow' }).click();
    await reported();
    await page.getByRole('heading', { name: 'All checks are done' }).waitFor();
    await page.close();
    const found = await verdicts();
    // The demo is at plain http, and takes requests that were not pushed.
    const nothing = [
      'response.tls-version',
      'response.hsts',
      'par.used-twice',
      'par.other-client',
      'par.outside',
    ];
    for (const id of nothing) assert.equal(await row(id).getAttribute('data-verdict'), 'not_applicable');
    assert.equal(found.filter((verdict) => verdict === 'pass').length, planned - nothing.length);
    assert.deepEqual([...new Set(found)].sort(), ['not_applicable', 'pass']);
    assert.equal(await row('redirect.trailing-slash').count(), 0);
    await view.getByText(/seems to compare redirect URIs exactly/).waitFor();
    await session.workbench.picture('checks-report');
  });

  it('finds a fault in the next run, says what changed, and asks nobody to sign in again', async () => {
    session.demo.setFaults(['wrong-verifier-accepted']);
    const page = await runIntoBrowser('Run again');
    await reported();
    assert.equal(await page.getByRole('button', { name: 'Allow' }).count(), 0);
    await page.close();
    assert.equal(await row('pkce.wrong-verifier').getAttribute('data-verdict'), 'fail');
    assert.match(await row('pkce.wrong-verifier').innerText(), /before: Pass/);
    const changed = view.getByRole('list', { name: 'Since the last run: 1 verdict changed.' });
    await changed
      .getByRole('listitem')
      .filter({ hasText: /A wrong verifier:\s+Pass → Fail/ })
      .waitFor();
    assert.equal((await verdicts()).filter((verdict) => verdict === 'fail').length, 1);
    await session.workbench.picture('checks-fault');
  });

  it('exports the report as Markdown, JSON and SARIF 2.1.0', async () => {
    const saved = async (button: string, extension: string) => {
      await press(button);
      await session.workbench.page.locator('.quick-input-widget:visible').waitFor();
      const input = session.workbench.quickInput();
      const name = `oauth-checks-${session.demo.clients.native.clientId}.${extension}`;
      const path = join(session.workspace, name);
      // VS Code offers the path a moment after it shows the box.
      await waitFor('the path', async () => (await input.inputValue()) === path || undefined);
      await session.workbench.page.keyboard.press('Enter');
      await view.getByText(`The report is in ${path}.`).waitFor();
      return waitFor('the report', () => readFile(path, 'utf8').catch(() => undefined));
    };
    const markdown = await saved('Export Markdown', 'md');
    assert.match(markdown, /^# Redirect and PKCE checks: Demo: public app \(PKCE\)$/m);
    assert.match(markdown, /^\| A wrong verifier \| Fail \|/m);
    assert.match(markdown, /^- A wrong verifier: Pass → Fail$/m);

    const json = JSON.parse(await saved('Export JSON', 'json')) as {
      counts: Record<string, number>;
      results: { id: string; verdict: string; exchanges: unknown[] }[];
    };
    assert.equal(json.counts['fail'], 1);
    const failed = json.results.find(({ verdict }) => verdict === 'fail');
    assert.equal(failed?.id, 'pkce.wrong-verifier');
    assert.ok(failed.exchanges.length > 0);

    const sarif = JSON.parse(await saved('Export SARIF', 'sarif')) as {
      runs: { results: { ruleId: string; level: string }[] }[];
    };
    assertSarif(sarif);
    const errors = sarif.runs[0]?.results.filter(({ level }) => level === 'error');
    assert.deepEqual(
      errors?.map(({ ruleId }) => ruleId),
      ['pkce.wrong-verifier'],
    );
  });

  it('opens the evidence of a verdict in the flow view', async () => {
    await row('pkce.wrong-verifier').getByText('How it was tried').click();
    await row('pkce.wrong-verifier')
      .getByRole('button', { name: /Show the \d+ exchanges/ })
      .click();
    const flow = await session.workbench.webview(/flow|wrong verifier/i);
    await flow
      .getByText(/A wrong verifier/)
      .first()
      .waitFor();
    await flow
      .getByText(/code_verifier/)
      .first()
      .waitFor();
    await session.workbench.picture('checks-evidence');
  });

  it('ends everything when it is cancelled in the middle, and frees the port', async () => {
    session.demo.setFaults([]);
    view = await openPlan(session.demo.clients.web.name);
    const page = await runIntoBrowser(/^Run \d+ checks/);
    await page.getByRole('button', { name: 'Allow' }).waitFor();
    await press('Cancel');
    await reported();
    await view.getByText(/stopped before its end/).waitFor();
    await page.close();
    await assertFree(Number(new URL(session.demo.clients.web.redirectUri ?? '').port));
  });
});
