// `npm run tour`: drives the main job unattended and takes the README's pictures, in dark and in light, and an animation of the first
// minute. `--theme NAME` and `--narrow` take them in another theme or at 320 px, into out/screenshots instead of media.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../support/folders.ts';
import type { Session } from '../support/session.ts';
import { animate } from './animate.ts';
import { startDemoSession, type DemoSession } from './demoSession.ts';
import { showFirstMinute } from './firstMinute.ts';
import { closeShared, openSession } from './sharedSession.ts';

const { values } = parseArgs({ options: { theme: { type: 'string' }, narrow: { type: 'boolean' } } });
const forReadme = values.theme === undefined && values.narrow !== true;
const media = join(import.meta.dirname, '..', '..', 'media');

/** One run of the tour: in which theme, and what the names of its pictures end with. */
interface Take {
  readonly theme?: string;
  readonly suffix: string;
}

const takes: readonly Take[] = forReadme
  ? [{ suffix: '' }, { theme: 'Default Light Modern', suffix: '-light' }]
  : [
      {
        ...(values.theme !== undefined && { theme: values.theme }),
        suffix: `${values.theme === undefined ? '' : `-${values.theme.replace(/\W+/g, '-').toLowerCase()}`}${values.narrow === true ? '-narrow' : ''}`,
      },
    ];

/** Pictures that are only in the animation. */
const animated = ['walkthrough', 'demo-started', 'inserted'];

try {
  for (const take of takes) await run(take);
} finally {
  await closeShared();
}

async function run(take: Take): Promise<void> {
  const options = {
    viewport: values.narrow === true ? { width: 680, height: 900 } : { width: 1400, height: 900 },
    userSettings: {
      // A desktop VS Code forwards no port of its own computer, and tells of none.
      'remote.autoForwardPorts': false,
      ...(take.theme !== undefined && { 'workbench.colorTheme': take.theme }),
    },
  };
  await film(
    () => openSession(options),
    (session) => firstMinute(session, take),
  );
  // One profile whose secret was pasted with a blank, so that there is a failure to explain.
  await film(
    () =>
      startDemoSession(options, (profiles) => [
        ...profiles,
        { ...profiles[0], id: 'demo-pasted', name: 'Demo: pasted secret' },
      ]),
    (session) => tour(session, take),
  );
}

/** Runs one part of the tour in a window of its own. */
async function film<Window extends Session>(
  open: () => Promise<Window>,
  part: (window: Window) => Promise<void>,
): Promise<void> {
  const session = await open();
  try {
    await part(session);
  } catch (error) {
    console.error(`tour: see ${await session.workbench.screenshot('tour-failed')}`);
    throw error;
  } finally {
    await session.close();
  }
}

/** What the test of the first minute does, seen. */
async function firstMinute(session: Session, take: Take): Promise<void> {
  say('the first minute: the demo server, a token, a request with it, the API’s answer');
  const frames: string[] = [];
  const { clicks, seconds } = await showFirstMinute(session, async (what) => {
    frames.push(await picture(session, what, take));
  });
  say(`that took ${clicks} clicks and ${seconds.toFixed(1)} s, pictures included`);
  const pngs = await Promise.all(frames.map((path) => readFile(path)));
  const animation = animate(pngs.map((png) => ({ png, milliseconds: 2500 })));
  const folder = forReadme ? media : join(root, 'out', 'screenshots');
  await writeFile(join(folder, `first-minute${take.suffix}.png`), animation);
}

async function tour(session: DemoSession, take: Take): Promise<void> {
  const { workbench, demo, keyring } = session;
  const { native, web } = demo.clients;
  const secret = demo.clients.machine.clientSecret ?? '';
  await workbench.showContainer('OAuth');

  say('a sign-in with PKCE, and its flow');
  await workbench.showContainer('OAuth');
  const page = await workbench.browserPage(() => workbench.pressInline('Profiles', native.name, /Get Token/));
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('heading').first().waitFor();
  await page.close();
  await workbench.webview(/token/i);
  await workbench.openRow('Flows', native.name);
  const flow = await workbench.webview(/flow/i);
  await flow.getByRole('heading', { name: /Exchange the code for tokens/ }).waitFor();
  await picture(session, 'flow-view', take);

  say('a failure, explained');
  await keyring.store(`demo-pasted@${demo.issuer}`, `${secret} `);
  await workbench.pressInline('Profiles', 'Demo: pasted secret', /Get Token/);
  const failure = await workbench.webview(/failure/i);
  await failure.getByText('invalid_client').first().waitFor();
  await picture(session, 'failure-view', take);

  say('the redirect and PKCE checks, of a server with a fault');
  // Some checks want another client of the server.
  await keyring.store(`${web.clientId}@${demo.issuer}`, web.clientSecret ?? '');
  demo.setFaults(['wrong-verifier-accepted']);
  await workbench.commandAndChoose('OAuth Explorer: Check Redirect and PKCE…', native.name);
  const checks = await workbench.webview(/^Checks/);
  const run = checks.getByRole('button', { name: /^Run \d+ checks/ });
  await run.waitFor();
  const through = await workbench.browserPage(() => run.click());
  await checks.getByRole('button', { name: 'Run again' }).waitFor({ timeout: 120_000 });
  await through.close();
  demo.setFaults([]);
  await picture(session, 'checks-report', take);
}

/** Takes a picture; gives the path of its file. */
async function picture({ workbench }: Session, name: string, { suffix }: Take): Promise<string> {
  if (name !== 'demo-started') await workbench.clearNotifications();
  await workbench.page.mouse.move(700, 895);
  // The status bar's message and tooltips of the last step fade within this time.
  await workbench.page.waitForTimeout(800);
  const path = await workbench.screenshot(`tour-${name}${suffix}`);
  if (forReadme && !animated.includes(name)) await copyFile(path, join(media, `${name}${suffix}.png`));
  return path;
}

function say(what: string): void {
  console.log(`tour: ${what}`);
}
