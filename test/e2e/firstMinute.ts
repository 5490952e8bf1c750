import type { Locator } from 'playwright-core';
import type { Session } from '../support/session.ts';

/** What the way from an empty window to an API's answer took, and led to. */
export interface FirstMinute {
  readonly clicks: number;
  readonly seconds: number;
  /** From the token's issue to its end, in seconds, as the token itself says. */
  readonly secondsToLive: number;
}

/** What is worth a picture on the way, in the order it is seen in. */
type FirstMinutePicture = 'walkthrough' | 'demo-started' | 'token-view' | 'inserted' | 'http-file';

/** Goes the way of a new user, by mouse alone; `look` is called at what is worth a picture. */
export async function showFirstMinute(
  { workbench, probe }: Session,
  look: (what: FirstMinutePicture) => Promise<void> = () => Promise.resolve(),
): Promise<FirstMinute> {
  const profile = 'Demo: machine to machine';
  let clicks = 0;
  const click = async (what: Locator) => {
    await what.click();
    clicks++;
  };
  await workbench.showContainer('OAuth');
  // VS Code on the desktop opens it by itself when the extension was installed: the way begins here.
  await workbench.view('Profiles').getByText('Take the tour').click();
  const walkthrough = workbench.page.locator('.gettingStartedContainer');
  await walkthrough.getByRole('button', { name: 'Start Demo Server' }).first().waitFor();
  await look('walkthrough');
  const started = Date.now();

  await click(walkthrough.getByRole('button', { name: 'Start Demo Server' }).first());
  await workbench.treeItem('Profiles', profile).first().waitFor();
  await workbench.page.locator('.view-line', { hasText: '/orders' }).first().waitFor();

  await look('demo-started');

  await workbench.pressInline('Profiles', profile, /Get Token/);
  clicks++;
  const token = await workbench.webview(`Token: ${profile}`);
  await token.getByText('Signature valid', { exact: true }).waitFor();
  await look('token-view');

  await click(token.getByRole('button', { name: 'Insert bearer token' }));
  await workbench.page.locator('.view-line', { hasText: 'Authorization: Bearer' }).waitFor();
  await look('inserted');
  // The lens above the request that the header went into: it has the time that is left, too.
  const lens = workbench.page.locator('.codelens-decoration', { hasText: profile });
  await click(lens.locator('a', { hasText: 'Send with token' }));
  const answer = await workbench.webview(/^GET /);
  await answer.getByText('200').first().waitFor();
  const seconds = (Date.now() - started) / 1000;
  await look('http-file');

  const jwt = await probe.run(
    ({ vscode }) =>
      vscode.workspace.textDocuments
        .map((document) => /^Authorization: Bearer (\S+)$/m.exec(document.getText())?.[1])
        .find((found) => found !== undefined) ?? '',
    null,
  );
  const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as {
    exp: number;
    iat: number;
  };
  return { clicks, seconds, secondsToLive: claims.exp - claims.iat };
}
