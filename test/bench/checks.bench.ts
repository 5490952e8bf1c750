// The redirect and PKCE checks against the strict demo server in a process of its own: all that need no sign-in, and all
// with a headless Chromium that is signed in already. Every check has to pass, so that nothing is measured that did not run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser as Chromium } from 'playwright-core';
import { checks } from '../../src/core/checks/all.ts';
import type { Check } from '../../src/core/checks/check.ts';
import type { Browser } from '../../src/core/ports.ts';
import type { DemoClients } from '../../src/demo/clients.ts';
import { trial } from '../core/checks/support.ts';
import { startBrowser } from '../support/browser.ts';
import { median, result } from './statistics.ts';

interface Target {
  readonly issuer: string;
  readonly clients: DemoClients;
}

const rounds = 5;
const nonInteractive = checks.filter(({ needs }) => needs.signIn !== 'always');
const interactive = checks.filter(({ needs }) => needs.signIn !== undefined);

/** Runs the checks once. @throws Error when one comes to nothing */
async function run(
  { issuer, clients }: Target,
  chosen: readonly Check[],
  browser?: Browser,
): Promise<number> {
  const { native, web } = clients;
  const options = { issuer, client: web, other: native, checks: chosen };
  const started = performance.now();
  const { results } = await trial({
    ...options,
    ...(browser === undefined ? { signIn: false } : { context: { browser } }),
  });
  const milliseconds = performance.now() - started;
  // Without a sign-in some checks can only say that one is needed.
  const good = browser === undefined ? ['pass', 'not_determined'] : ['pass'];
  const bad = results.filter(({ verdict }) => !good.includes(verdict));
  if (results.length !== chosen.length || bad.length > 0)
    throw new Error(`Not passed: ${bad.map(({ id, meaning }) => `${id} (${meaning})`).join(', ')}`);
  return milliseconds;
}

/** A browser port that leads one tab of Chromium; the sign-in page is confirmed when there is one. */
async function tabOf(
  chromium: Chromium,
): Promise<{ readonly port: Browser; readonly signIns: () => number }> {
  const page = await (await chromium.newContext()).newPage();
  let signIns = 0;
  page.on('load', () => {
    if (!new URL(page.url()).pathname.startsWith('/interaction/')) return;
    signIns++;
    void page.getByRole('button', { name: 'Allow' }).click();
  });
  const open = (url: string) => {
    void page.goto(url).catch(() => undefined);
    return Promise.resolve(true);
  };
  return { port: { open }, signIns: () => signIns };
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
  const { port, signIns } = await tabOf(chromium);
  await run(target, interactive, port);
  const before = signIns();
  result('checks_interactive_ms', await measure(rounds, () => run(target, interactive, port)), 'ms');
  if (signIns() !== before) throw new Error('The browser was not logged in.');
} finally {
  await chromium.close();
  child.disconnect();
}
