// A token of 500 claims and 200 scopes against a webview with one word in it, in pairs: from the command to the first painted content.
import { SignJWT } from 'jose';
import type { Frame } from 'playwright-core';
import { startSession } from '../support/session.ts';
import { median, result } from './statistics.ts';

const rounds = 16;
/** The first ones are cold: VS Code’s and the browser’s code for webviews has not run yet. */
const coldRounds = 4;
const claims = 500;
const scopes = 200;

const token = await new SignJWT({
  ...Object.fromEntries(
    Array.from({ length: claims - 1 }, (_, index) => [`claim_${index}`, `value ${index}`]),
  ),
  scope: Array.from({ length: scopes }, (_, index) => `api.part${index}.read`).join(' '),
})
  .setProtectedHeader({ alg: 'HS256' })
  .sign(new TextEncoder().encode('a key of this bench only, of 32 bytes'));
const session = await startSession({ lasting: true, files: { 'token.txt': token } });
const { probe, workbench } = session;

/** Each opens its view and says when it was asked to, in milliseconds since 1970. */
const opens = {
  empty: () =>
    probe.run(({ vscode }) => {
      const asked = Date.now();
      const panel = vscode.window.createWebviewPanel('empty', 'Empty', vscode.ViewColumn.Active, {
        enableScripts: true,
      });
      panel.webview.html =
        '<!DOCTYPE html><html><head><title>Empty</title></head><body><p>Empty</p></body></html>';
      return asked;
    }, undefined),
  token: () =>
    probe.run(async ({ vscode }) => {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      if (folder === undefined) throw new Error('No folder is open.');
      const { uri } = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'token.txt'));
      const asked = Date.now();
      await vscode.commands.executeCommand('oauthExplorer.decodeToken', {
        ...{ uri: uri.toString(), line: 0, character: 0 },
      });
      return asked;
    }, undefined),
};

/** When the frame first painted content, in milliseconds since 1970. The browser notes it a little later. */
async function paintedAt(frame: Frame): Promise<number> {
  const paint = await frame.waitForFunction(() => {
    const [entry] = performance.getEntriesByName('first-contentful-paint');
    return entry && performance.timeOrigin + entry.startTime;
  });
  return (await paint.jsonValue()) ?? Number.NaN;
}

async function milliseconds(open: () => Promise<number>, title: RegExp): Promise<number> {
  const [asked, frame] = await Promise.all([open(), workbench.frame(title)]);
  const taken = (await paintedAt(frame)) - asked;
  await probe.run(
    ({ vscode }) => vscode.commands.executeCommand('workbench.action.closeActiveEditor'),
    undefined,
  );
  await workbench.page.locator('.webview.ready').waitFor({ state: 'detached' });
  return taken;
}

try {
  const pairs: { readonly empty: number; readonly token: number }[] = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({
      empty: await milliseconds(opens.empty, /^Empty$/),
      token: await milliseconds(opens.token, /token/i),
    });
  const warm = pairs.slice(coldRounds);
  result('empty_view_ms', median(warm.map(({ empty }) => empty)), 'ms');
  result('token_view_500_claims_ms', median(warm.map(({ token: large }) => large)), 'ms');
  result(
    'token_view_500_claims_ratio',
    median(warm.map(({ token: large, empty }) => large / empty)),
    'ratio',
  );
} finally {
  await session.close();
}
