// A new token by the whole getToken command against the bare request, in pairs; the way from command to painted token view; and that of
// a token of 500 claims and 200 scopes against an empty webview of another extension, in pairs in the same window.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** A JWT as large as they come: what is measured reads it and asks nobody whether its signature holds. */
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const scope = Array.from({ length: 200 }, (_, index) => `api.part${index}.read`).join(' ');
const claims = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [`claim_${index}`, `value ${index}`]),
);
const header = { alg: 'RS256', typ: 'at+jwt', kid: 'key' };
const payload = { iss: 'https://as.example.com', exp: 4_102_444_800, scope, ...claims };
const access_token = `${part(header)}.${part(payload)}.${Buffer.alloc(256, 1).toString('base64url')}`;
const large = createServer((request, response) => {
  request.resume().once('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const token = { access_token, token_type: 'Bearer', expires_in: 3600, scope };
    response.end(JSON.stringify(request.method === 'POST' ? token : { issuer, token_endpoint: issuer }));
  });
});
await new Promise<void>((resolve) => large.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${(large.address() as AddressInfo).port}`;
const largeProfile = {
  ...{ id: 'large', name: 'Large token', grant: 'client_credentials', clientId: 'large' },
  ...{ clientAuthentication: 'client_secret_basic', scopes: [], issuer },
};

const demo = await startOwnDemoServers();
const { machine } = demo.clients;
const session = await startSession({
  lasting: true,
  settings: { 'oauthExplorer.profiles': [...demoProfiles(demo), largeProfile] },
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

/** Milliseconds from asking VS Code for a webview to its first painted content: that of the large token, or one that is empty. */
async function paintedWebview({ probe, workbench }: Session, empty: boolean): Promise<number> {
  const asked = await probe.run(
    ({ vscode }, { isEmpty, profile }) => {
      const now = Date.now();
      if (isEmpty) {
        const panel = vscode.window.createWebviewPanel('empty', 'Empty', vscode.ViewColumn.One, {
          enableScripts: true,
        });
        panel.webview.html = '<!doctype html><title>Empty</title><h1>Empty</h1>';
      } else void vscode.commands.executeCommand('oauthExplorer.showToken', { profile });
      return now;
    },
    { isEmpty: empty, profile: largeProfile.id },
  );
  const view = await workbench.frame(empty ? 'Empty' : /Token|Large/);
  await view.locator('h1').first().waitFor();
  const paint = await view.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  const painted =
    (await view.evaluate(() => performance.timeOrigin)) + ((await paint.jsonValue()) ?? Number.NaN);
  await probe.run(
    ({ vscode }) => vscode.commands.executeCommand('workbench.action.closeAllEditors').then(() => true),
    undefined,
  );
  await workbench.page.locator('.webview.ready').waitFor({ state: 'detached' });
  return painted - asked;
}

async function tokenViewRatio(): Promise<number> {
  await session.keyring.store(`${largeProfile.id}@${issuer}`, 's3cret');
  const done = await session.probe.run(
    ({ vscode }, profile) =>
      vscode.commands.executeCommand<{ outcome: string }>('oauthExplorer.getToken', { profile }),
    largeProfile.id,
  );
  if (done.outcome !== 'token') throw new Error(`No large token: ${JSON.stringify(done)}`);
  const ratios: number[] = [];
  for (let view = 0; view < views; view++) {
    const empty = await paintedWebview(session, true);
    ratios.push((await paintedWebview(session, false)) / empty);
  }
  return median(ratios.slice(coldViews));
}

try {
  await session.keyring.store(`${machine.clientId}@${demo.issuer}`, machine.clientSecret ?? '');
  const measured = (await pairs()).slice(warmUp);
  result('token_command_ms', median(measured.map(({ command }) => command)), 'ms');
  result('token_command_ratio', median(measured.map(({ command, bare }) => command / bare)), 'ratio');
  const times: number[] = [];
  for (let view = 0; view < views; view++) times.push(await paintedView(session));
  result('token_view_ms', median(times.slice(coldViews)), 'ms');
  result('token_view_ratio', await tokenViewRatio(), 'ratio');
} finally {
  await session.close();
  await demo.close();
  large.close();
}
