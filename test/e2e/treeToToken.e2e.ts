import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { demoClients } from '../../src/demo/clients.ts';
import { demoProfile } from '../../src/demo/workspace.ts';
import { seenQrCode } from '../support/readQrCode.ts';
import { pictureFailures } from '../support/session.ts';
import { startDemoSession, type DemoSession } from './demoSession.ts';

/** The profile that exchanges tokens, as the demo describes it; it has no secret in it. */
const exchangeAt = (issuer: string) => demoProfile(issuer, demoClients('no matter which').exchange);

describe('from the tree to the token view, in ways beyond the first two', () => {
  let session: DemoSession;
  before(async () => {
    session = await startDemoSession({}, (profiles) => {
      const issuer = String(profiles[0]?.['issuer']);
      const native = profiles.find(({ id }) => id === 'demo-native') ?? {};
      return [
        ...profiles,
        { ...native, id: 'bound', name: 'Bound to a key', dpop: true },
        { ...native, id: 'pushed', name: 'Pushed before', pushAuthorizationRequest: true },
        exchangeAt(issuer),
      ];
    });
    const { exchange } = session.demo.clients;
    await session.keyring.store(`${exchange.clientId}@${session.demo.issuer}`, exchange.clientSecret ?? '');
    await session.workbench.showContainer('OAuth');
  });
  after(() => session.close());
  pictureFailures(() => session);

  /** Presses Get Token in the tree, and signs in in the browser where it is asked; who allowed this client before is not. */
  async function signIn(profile: string): Promise<void> {
    const { workbench } = session;
    const page = await workbench.browserPage(() => workbench.pressInline('Profiles', profile, /Get Token/));
    const back = page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/);
    void page
      .getByRole('button', { name: 'Allow' })
      .click()
      .catch(() => undefined);
    await back;
    await page.close();
  }

  it('device: the QR code in the flow view opens the page, and the code allowed there brings the token', async () => {
    const { workbench, demo } = session;
    const { name } = demo.clients.device;
    await workbench.pressInline('Profiles', name, /Get Token/);
    await workbench.openRow('Flows', new RegExp(`waiting for the code.*${name}`));
    const flow = await workbench.webview(`Flow: ${name}`);
    const drawn = flow.getByRole('img', { name: /^QR code of / });
    await drawn.waitFor();
    const address = (await seenQrCode(workbench.page, await drawn.screenshot())) ?? '';
    assert.equal(await drawn.getAttribute('aria-label'), `QR code of ${address}`);
    assert.equal(new URL(address).origin, demo.issuer);
    const page = await workbench.page.context().newPage();
    await page.goto(address);
    await page.getByRole('button', { name: 'Yes, continue' }).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('it has the token in a few seconds').waitFor();
    await page.close();
    const token = await workbench.webview(`Token: ${name}`);
    await token.getByText('orders.read').first().waitFor();
  });

  it('DPoP: the token names the key it is bound to', async () => {
    await signIn('Bound to a key');
    const token = await session.workbench.webview('Token: Bound to a key');
    await token.getByText('cnf', { exact: true }).first().waitFor();
  });

  it('PAR: the request is handed in before the browser is opened, and the flow view says so', async () => {
    await signIn('Pushed before');
    const token = await session.workbench.webview('Token: Pushed before');
    await token.getByText('orders.read').first().waitFor();
    await session.workbench.openRow('Flows', 'Pushed before');
    const flow = await session.workbench.webview('Flow: Pushed before');
    await flow.getByText('Push the authorization request').first().waitFor();
  });

  it('token exchange: the token of one profile becomes another for less', async () => {
    const { workbench, demo } = session;
    await signIn(demo.clients.native.name);
    await workbench.webview(`Token: ${demo.clients.native.name}`);
    await workbench.pressInline('Profiles', demo.clients.exchange.name, /Get Token/);
    const token = await workbench.webview(`Token: ${demo.clients.exchange.name}`);
    await token.getByText('act', { exact: true }).first().waitFor();
  });
});
