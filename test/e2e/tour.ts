// `npm run tour`: drives the main job unattended and takes the README's pictures. `--theme NAME` and `--narrow` take
// them in another theme or at 320 px, into out/screenshots instead of media.
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDemoSession, type DemoSession } from './demoSession.ts';
import { closeShared } from './sharedSession.ts';

const { values } = parseArgs({ options: { theme: { type: 'string' }, narrow: { type: 'boolean' } } });
const forReadme = values.theme === undefined && values.narrow !== true;
const media = join(import.meta.dirname, '..', '..', 'media');
const suffix = `${values.theme === undefined ? '' : `-${values.theme.replace(/\W+/g, '-').toLowerCase()}`}${values.narrow === true ? '-narrow' : ''}`;

const session = await startDemoSession(
  {
    viewport: values.narrow === true ? { width: 680, height: 900 } : { width: 1400, height: 900 },
    userSettings: values.theme === undefined ? {} : { 'workbench.colorTheme': values.theme },
  },
  // One profile whose secret was pasted with a blank, so that there is a failure to explain.
  (profiles) => [...profiles, { ...profiles[0], id: 'demo-pasted', name: 'Demo: pasted secret' }],
);
try {
  await tour(session);
} catch (error) {
  console.error(`tour: see ${await session.workbench.screenshot('tour-failed')}`);
  throw error;
} finally {
  await session.close();
  await closeShared();
}

async function tour({ workbench, demo, keyring }: DemoSession): Promise<void> {
  const { machine, native } = demo.clients;
  const secret = machine.clientSecret ?? '';
  await workbench.showContainer('OAuth');

  say('a token by client credentials');
  await workbench.pressInline('Profiles', machine.name, /Get Token/);
  await workbench.answer(/Client secret/, secret);
  const token = await workbench.webview(/token/i);
  await token.getByText('Signature valid', { exact: true }).waitFor();
  await picture('token-view');

  say('the bearer header in a request, and the answer of the API');
  await workbench.openFile('orders.http');
  const lens = workbench.page.locator('.codelens-decoration');
  await lens.filter({ hasText: 'Insert bearer token' }).first().waitFor();
  await workbench.commandAndChoose('OAuth Explorer: Insert Bearer Token', /header|literal/i);
  await workbench.page.locator('.view-line', { hasText: 'Authorization: Bearer' }).waitFor();
  // An unsaved file would ask before it is closed.
  await workbench.command('File: Save');
  await workbench.command('OAuth Explorer: Send Request with Token…');
  const answer = await workbench.webview(/response/i);
  await answer.getByText('200').first().waitFor();
  await lens.filter({ hasText: machine.name }).waitFor();
  await picture('http-file');
  await workbench.command('View: Close All Editors');

  say('a sign-in with PKCE, and its flow');
  await workbench.showContainer('OAuth');
  const page = await workbench.browserPage(() => workbench.pressInline('Profiles', native.name, /Get Token/));
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('heading').first().waitFor();
  await page.close();
  await workbench.webview(/token/i);
  await workbench.treeItem('Flows', native.name).first().click();
  const flow = await workbench.webview(/flow/i);
  await flow.getByRole('heading', { name: /Exchange the code for tokens/ }).waitFor();
  await picture('flow-view');

  say('a failure, explained');
  await keyring.store(`demo-pasted@${demo.issuer}`, `${secret} `);
  await workbench.pressInline('Profiles', 'Demo: pasted secret', /Get Token/);
  const failure = await workbench.webview(/failure/i);
  await failure.getByText('invalid_client').first().waitFor();
  await workbench.command('Notifications: Clear All Notifications');
  await picture('failure-view');

  say('the redirect and PKCE checks, of a server with a fault');
  demo.setFaults(['wrong-verifier-accepted']);
  await workbench.commandAndChoose('OAuth Explorer: Check Redirect and PKCE…', native.name);
  const checks = await workbench.webview(/^Checks/);
  const run = checks.getByRole('button', { name: /^Run \d+ checks/ });
  await run.waitFor();
  const through = await workbench.browserPage(() => run.click());
  await checks.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 120_000 });
  await through.close();
  demo.setFaults([]);
  await picture('checks-report');

  async function picture(name: string): Promise<void> {
    await workbench.page.mouse.move(700, 895);
    // The status bar's message and tooltips of the last step fade within this time.
    await workbench.page.waitForTimeout(800);
    const path = await workbench.screenshot(`tour-${name}${suffix}`);
    if (forReadme) await copyFile(path, join(media, `${name}.png`));
  }
}

function say(what: string): void {
  console.log(`tour: ${what}`);
}
