// A new token by the whole getToken command against the bare request, in pairs; and the way from command to painted token view.
import { startOwnDemoServers } from '../demo/demoServers.ts';
import { demoProfiles } from '../../src/demo/workspace.ts';
import { startSession, type Session } from '../support/session.ts';
import { median, result } from './statistics.ts';

const rounds = 40;
const warmUp = 8;
const views = 14;
/** The first ones are cold: VS Code’s and the browser’s code for webviews has not run yet. */
const coldViews = 4;

interface Pair {
  readonly command: number;
  readonly bare: number;
}

const demo = await startOwnDemoServers();
const { machine } = demo.clients;
const session = await startSession({
  lasting: true,
  settings: { 'oauthExplorer.profiles': demoProfiles(demo) },
  keybindings: [
    { key: 'f9', command: 'oauthExplorer.showToken', args: { profile: machine.clientId } },
    { key: 'f10', command: 'workbench.action.closeActiveEditor' },
  ],
});

async function pairs(): Promise<readonly Pair[]> {
  const form = { grant_type: 'client_credentials', scope: machine.scopes.join(' ') };
  return session.probe.run(
    async ({ vscode }, { profile, url, authorization, body, count }) => {
      const getToken = async () => {
        const done = await vscode.commands.executeCommand<{
          outcome: string;
          flow?: string;
        }>('oauthExplorer.getToken', { profile });
        if (done.outcome !== 'token' || done.flow === undefined)
          throw new Error(`No new token: ${JSON.stringify(done)}`);
      };
      const fetchBare = async () => {
        const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
        const response = await fetch(url, { method: 'POST', headers, body });
        if (((await response.json()) as { access_token?: string }).access_token === undefined)
          throw new Error('The bare request got no token.');
      };
      const time = async (action: () => Promise<void>) => {
        const started = performance.now();
        await action();
        return performance.now() - started;
      };
      const measured: { command: number; bare: number }[] = [];
      for (let round = 0; round < count; round++)
        measured.push({ bare: await time(fetchBare), command: await time(getToken) });
      return measured;
    },
    {
      profile: machine.clientId,
      url: `${demo.issuer}/token`,
      authorization: `Basic ${btoa(`${machine.clientId}:${machine.clientSecret ?? ''}`)}`,
      body: new URLSearchParams(form).toString(),
      count: rounds,
    },
  );
}

/** Milliseconds from the key press to the first painted content of the token view. */
async function paintedView({ workbench }: Session): Promise<number> {
  const pressed = Date.now();
  await workbench.page.keyboard.press('F9');
  const view = await workbench.frame(/Token|Demo/);
  await view.locator('h1, h2').first().waitFor();
  // The browser notes the paint a little after it.
  const paint = await view.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  const painted =
    (await view.evaluate(() => performance.timeOrigin)) + ((await paint.jsonValue()) ?? Number.NaN);
  await workbench.page.keyboard.press('F10');
  await workbench.page.locator('.webview.ready').waitFor({ state: 'detached' });
  return painted - pressed;
}

try {
  await session.keyring.store(`${machine.clientId}@${demo.issuer}`, machine.clientSecret ?? '');
  const measured = (await pairs()).slice(warmUp);
  result('token_command_ms', median(measured.map(({ command }) => command)), 'ms');
  result('token_command_ratio', median(measured.map(({ command, bare }) => command / bare)), 'ratio');
  const times: number[] = [];
  for (let view = 0; view < views; view++) times.push(await paintedView(session));
  result('token_view_ms', median(times.slice(coldViews)), 'ms');
} finally {
  await session.close();
  await demo.close();
}
