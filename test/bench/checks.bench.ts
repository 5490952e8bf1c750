// All checks against the strict demo server in a process of its own: those that need no sign-in, and all of them with a
// headless Chromium that is signed in already. Each has to come to what it should, so that nothing is measured that did not run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser as Chromium } from 'playwright-core';
import { checks } from '../../src/core/checks/all.ts';
import type { Check } from '../../src/core/checks/check.ts';
import type { ChecksContext } from '../../src/core/checks/runChecks.ts';
import type { Browser } from '../../src/core/ports.ts';
import type { DemoClients } from '../../src/demo/clients.ts';
import { trial } from '../core/checks/support.ts';
import { startBrowser } from '../support/browser.ts';
import { median, result } from './statistics.ts';

interface Target {
  readonly issuer: string;
  readonly clients: DemoClients;
}

type Progress = Parameters<NonNullable<ChecksContext['progress']>>[0];

const rounds = 3;
/** They wait for minutes at any server. */
const waiting = ['code.lifetime', 'par.expired'];
const all = checks.filter(({ id }) => !waiting.includes(id));
const nonInteractive = all.filter(({ needs }) => needs.signIn !== 'always');
/** The most that may stay open with a browser that is signed in. */
const mostOpen = 2;

/** Runs the checks once. @throws Error when one finds a fault or too many come to nothing */
async function run({ issuer, clients }: Target, chosen: readonly Check[], tab?: Tab): Promise<number> {
  const { native, web } = clients;
  const options = { issuer, client: web, other: native, checks: chosen };
  const started = performance.now();
  const { results } = await trial({
    ...options,
    ...(tab === undefined
      ? { signIn: false }
      : { context: { browser: tab.port, progress: (event) => void tellOf(event, tab) } }),
  });
  const milliseconds = performance.now() - started;
  // What the strict demo lacks on purpose is a weakness of each of its runs.
  const bad = results.filter(({ verdict }) => verdict === 'fail');
  const open = tab === undefined ? [] : results.filter(({ verdict }) => verdict === 'not_determined');
  if (results.length !== chosen.length || bad.length > 0 || open.length > mostOpen)
    throw new Error(
      `${results.length} of ${chosen.length}: ${[...bad, ...open].map(({ id, meaning }) => `${id} (${meaning})`).join(', ')}`,
    );
  return milliseconds;
}

interface Tab {
  readonly port: Browser;
  readonly signIns: () => number;
  /** Whether an error page is shown, once the page is there. */
  readonly showsError: () => Promise<boolean>;
}

/** What a user says of a page that does not lead back. */
async function tellOf(event: Progress, tab: Tab): Promise<void> {
  if (event.kind !== 'away') return;
  if (await tab.showsError()) event.tell('error');
}

/** A browser port that leads one tab of Chromium; the sign-in page is confirmed when there is one. */
async function tabOf(chromium: Chromium): Promise<Tab> {
  const page = await (await chromium.newContext()).newPage();
  let signIns = 0;
  let went: Promise<boolean> = Promise.resolve(false);
  page.on('load', () => {
    if (!new URL(page.url()).pathname.startsWith('/interaction/')) return;
    signIns++;
    void page.getByRole('button', { name: 'Allow' }).click();
  });
  const open = (url: string) => {
    went = page.goto(url).then(
      (response) => (response?.status() ?? 0) >= 400,
      () => false,
    );
    return Promise.resolve(true);
  };
  return { port: { open }, signIns: () => signIns, showsError: () => went };
}

async function measure(times: number, action: () => Promise<number>): Promise<number> {
  const measured: number[] = [];
  for (let round = 0; round < times; round++) measured.push(await action());
  return median(measured);
}

const child = fork(join(import.meta.dirname, 'servers/checks.ts'), {
  execArgv: ['--import', 'tsx'],
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
const [target] = (await once(child, 'message')) as [Target];
const chromium = await startBrowser({ lasting: true });
try {
  await run(target, nonInteractive);
  result('checks_noninteractive_ms', await measure(rounds, () => run(target, nonInteractive)), 'ms');
  const tab = await tabOf(chromium);
  await run(target, all, tab);
  const before = tab.signIns();
  result('checks_interactive', all.length, 'checks');
  result('checks_interactive_ms', await measure(rounds, () => run(target, all, tab)), 'ms');
  if (tab.signIns() !== before) throw new Error('The browser was not logged in.');
} finally {
  await chromium.close();
  child.disconnect();
}
