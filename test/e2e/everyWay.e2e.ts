import { after, before, describe, it } from 'node:test';
import { pictureFailures, type Session } from '../support/session.ts';
import { openSession } from './sharedSession.ts';

const tryWay = 'OAuth Explorer: Try a Way to a Token with the Demo Server';

describe('every way to a token, with what users install', () => {
  let session: Session;
  before(async () => {
    session = await openSession();
  });
  after(() => session.close());
  pictureFailures(() => session);

  it('proves itself with a private key', async () => {
    const { workbench } = session;
    await workbench.commandAndChoose(tryWay, 'machine with a private key');
    const token = await workbench.webview('Token: Demo: machine with a private key');
    await token.getByText('Signature valid', { exact: true }).waitFor();
  });

  it('waits for the decision on the telephone, and takes it', async () => {
    const { workbench } = session;
    const page = await workbench.browserPage(() =>
      workbench.commandAndChoose(tryWay, 'allowed on a telephone (CIBA)'),
    );
    await page.getByText('W4SCT').waitFor();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('Nothing is asked now').waitFor();
    await page.close();
    await workbench.webview('Token: Demo: allowed on a telephone (CIBA)');
  });

  it('starts from a refresh token', async () => {
    const { workbench } = session;
    await workbench.commandAndChoose(tryWay, 'start from a refresh token');
    await workbench.webview('Token: Demo: start from a refresh token');
  });

  it('gets a token of one server by a sign-in at another, shown as one flow', async () => {
    const { workbench } = session;
    const page = await workbench.browserPage(() =>
      workbench.commandAndChoose(tryWay, 'cross-app access (ID-JAG)'),
    );
    const back = page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/);
    void page
      .getByRole('button', { name: 'Allow' })
      .click()
      .catch(() => undefined);
    await back;
    await page.close();
    await workbench.webview('Token: Demo: cross-app access (ID-JAG)');
    await workbench.treeItem('Flows', 'Demo: cross-app access (ID-JAG)').first().click();
    const flow = await workbench.webview('Flow: Demo: cross-app access (ID-JAG)');
    await flow.getByText('Identity provider', { exact: true }).first().waitFor();
    await flow.getByText('Exchange the ID token for an assertion for the other server').first().waitFor();
  });
});
