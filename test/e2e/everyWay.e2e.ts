import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import type { Page } from 'playwright-core';
import { newSigningKey } from '../../src/core/authentication/newSigningKey.ts';
import { publicJwk } from '../../src/core/authentication/privateKey.ts';
import { newCertificate } from '../../src/core/authentication/newCertificate.ts';
import { freePort } from '../../src/demo/listen.ts';
import { startProvider } from '../core/oauth/support/provider.ts';
import { issuedCertificate, selfSignedCertificate } from '../support/certificate.ts';
import { becomes } from '../support/becomes.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';
import {
  pemOf,
  serverCertificate,
  startCertificateProvider,
} from '../support/servers/certificateProvider.ts';
import { startStepUpServer } from '../support/servers/stepUpServer.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { openSession } from './sharedSession.ts';

const name = 'Client Root';
const authority = { ...selfSignedCertificate({ name, authority: true }), name };
const certificates = {
  tls_client_auth: pemOf(issuedCertificate({ name: 'orders' }, authority)),
  self_signed_tls_client_auth: newCertificate(Date.now()),
};
const workload = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const tryWay = 'OAuth Explorer: Try Another Way to Get a Token (Demo Server)…';

describe('every way to a token, with what users install', () => {
  let session: Session;
  let issuer = '';
  let folder = '';
  let assertionFile = '';
  let redirectUri = '';
  let clientKey = '';
  let stepped: Awaited<ReturnType<typeof startStepUpServer>>;
  const ends: (() => Promise<unknown>)[] = [];
  const context = { after: (end: () => Promise<void>) => ends.push(end) };
  before(async () => {
    clientKey = await newSigningKey();
    folder = await temporaryFolder('assertion');
    assertionFile = join(folder, 'assertion.jwt');
    redirectUri = `https://127.0.0.1:${await freePort()}/callback`;
    const key = { ...workload.publicKey.export({ format: 'jwk' }), alg: 'ES256' };
    ({ issuer } = await startCertificateProvider(context, {
      ...{ authority: authority.cert, own: certificates.self_signed_tls_client_auth },
      more: [{ client_id: 'workload', token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } }],
    }));
    const browserClient = { client_id: 'secure', token_endpoint_auth_method: 'none' } as const;
    const signIn = await startProvider(context, {
      clients: [{ ...browserClient, redirect_uris: [redirectUri], grant_types: ['authorization_code'] }],
    });
    stepped = await startStepUpServer(context, [publicJwk(clientKey)]);
    const how = { loginHint: 'ada', prompt: 'login', maxAge: 3600, acrValues: 'bronze' };
    const machine = {
      ...{ grant: 'client_credentials', issuer, scopes: ['orders.read'] },
      trustedCertificate: serverCertificate.fingerprint,
    };
    const workloads = { ...machine, clientId: 'workload', clientAuthentication: 'federated_assertion' };
    const profiles = [
      {
        ...machine,
        id: 'tls_client_auth',
        clientId: 'machine-client',
        clientAuthentication: 'tls_client_auth',
      },
      {
        ...{ ...machine, id: 'self_signed_tls_client_auth', clientId: 'own' },
        clientAuthentication: 'self_signed_tls_client_auth',
      },
      { ...workloads, id: 'file', assertionFile },
      {
        ...{ id: 'https', grant: 'authorization_code', issuer: signIn, clientId: 'secure', redirectUri },
        ...{ clientAuthentication: 'none', scopes: ['openid'] },
      },
      {
        ...{
          id: 'step-up',
          grant: 'authorization_code',
          issuer: stepped.issuer,
          clientId: 'stepped',
          ...how,
        },
        ...{ clientAuthentication: 'private_key_jwt', signAuthorizationRequest: true },
        ...{ scopes: ['openid', 'orders.read'], resource: [stepped.api] },
        redirectUri: 'http://127.0.0.1/callback',
      },
      { ...workloads, id: 'command', assertionCommand: `cat "${assertionFile}"` },
    ].map((profile) => ({ ...profile, name: `Way: ${profile.id}` }));
    session = await openSession({
      files: { 'pay.http': `GET ${stepped.api}/pay\n` },
      userSettings: { 'oauthExplorer.profiles': profiles },
    });
  });
  after(async () => {
    await session.close();
    await Promise.all(ends.map((end) => end()));
    await removeFolder(folder);
  });
  pictureFailures(() => session);

  for (const way of ['machine with a key', 'machine, secret JWT'])
    it(`proves itself: ${way}`, async () => {
      const { workbench } = session;
      await workbench.commandAndChoose(tryWay, way);
      const token = await workbench.webview(`Token: Demo: ${way}`);
      await token.getByText('Signature valid', { exact: true }).waitFor();
    });

  it('waits for the decision on the telephone, and takes it', async () => {
    const { workbench } = session;
    const page = await workbench.browserPage(() => workbench.commandAndChoose(tryWay, 'phone (CIBA)'));
    await page.getByText('W4SCT').waitFor();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('Nothing is asked now').waitFor();
    await page.close();
    await workbench.webview('Token: Demo: phone (CIBA)');
  });

  it('stops waiting when the user cancels, in the notification or in the flow view', async () => {
    const { workbench } = session;
    const waits = workbench.page.locator('.statusbar-item', { hasText: /waiting for/ });
    const page = await workbench.browserPage(() => workbench.commandAndChoose(tryWay, 'phone (CIBA)'));
    await waits.filter({ hasText: 'Demo: phone (CIBA) · waiting for a decision' }).waitFor();
    await workbench.pressInNotification(/on the other device \(W4SCT\)/, 'Cancel');
    await waits.waitFor({ state: 'detached' });
    await page.close();
    await workbench.commandAndChoose(tryWay, 'device with a code');
    // A click on what waits shows it.
    await waits.filter({ hasText: 'Demo: device with a code · waiting for the code' }).click();
    const flow = await workbench.webview('Flow: Demo: device with a code');
    await flow.getByRole('button', { name: 'Cancel' }).click();
    await flow.getByText('Cancelled', { exact: true }).first().waitFor();
    await waits.waitFor({ state: 'detached' });
    await workbench.showContainer('OAuth');
    const ended = workbench.treeItem('Flows', /cancelled/i);
    await becomes(() => ended.count(), 2);
  });

  it('starts from a refresh token', async () => {
    const { workbench } = session;
    await workbench.commandAndChoose(tryWay, 'from refresh token');
    await workbench.webview('Token: Demo: from refresh token');
  });

  it('names the user by the ID token of another profile, and says why a server does not take that of another client', async () => {
    const { workbench } = session;
    const name = 'Demo: phone (CIBA)';
    const change = (hint: Readonly<Record<string, string>>) =>
      session.probe.run(
        async ({ vscode }, { changed, by }) => {
          const settings = vscode.workspace.getConfiguration('oauthExplorer');
          const hints = ['loginHint', 'subjectProfile'];
          const before = settings.get<readonly Readonly<Record<string, unknown>>[]>('profiles', []);
          const after = before.map((one) =>
            one['name'] === changed
              ? {
                  ...Object.fromEntries(Object.entries(one).filter(([field]) => !hints.includes(field))),
                  ...by,
                }
              : one,
          );
          await settings.update('profiles', after, vscode.ConfigurationTarget.Global);
          return null;
        },
        { changed: name, by: hint },
      );
    await change({ subjectProfile: 'demo-renewal' });
    await workbench.commandAndChoose('OAuth Explorer: Get Token', name);
    const failure = await workbench.webview(`Failure: ${name}`);
    await failure.getByText('The server does not take the token that names the user.').first().waitFor();
    await failure.getByRole('button', { name: 'Show the flow' }).click();
    const flow = await workbench.webview(`Flow: ${name}`);
    await flow.getByText('id_token_hint').first().waitFor();
    await change({ loginHint: 'Ada' });
  });

  it('does with a token what its server offers: introspects it, asks who the user is, compares, signs out, revokes', async () => {
    const { workbench } = session;
    const [own, other] = ['Demo: from refresh token', 'Demo: phone (CIBA)'];
    // Each has a tab of its own with the same title: which one is in front is seen only by what it says.
    const says = (profile: string, said: RegExp) =>
      becomes(async () => {
        const flow = await workbench.webview(`Flow: ${profile}`);
        return flow
          .getByText(said)
          .first()
          .isVisible()
          .catch(() => false);
      }, true);
    await workbench.commandAndChoose('OAuth Explorer: Introspect Token', own);
    await says(own, /says that the token is active/);
    await workbench.commandAndChoose('OAuth Explorer: Show User Info', own);
    await says(own, /The user is /);
    await workbench.commandAndChoose('OAuth Explorer: Compare Tokens…', own, other);
    await workbench.page.getByRole('tab', { name: `${own} ↔ ${other}` }).waitFor();
    const page = await workbench.browserPage(() =>
      workbench.commandAndChoose('OAuth Explorer: Sign Out at the Server', other),
    );
    // A page that has just been opened is not there yet.
    await page.waitForURL(({ protocol }) => protocol === 'http:');
    await page.close();
    await says(other, /sign-out page of the server/);
    await workbench.commandAndChoose('OAuth Explorer: Revoke Token', own);
    await says(own, /The server took back .*not active/);
  });

  it('gets a token of one server by a sign-in at another, shown as one flow', async () => {
    const { workbench } = session;
    const page = await workbench.browserPage(() => workbench.commandAndChoose(tryWay, 'cross-app (ID-JAG)'));
    await allow(page);
    await workbench.webview('Token: Demo: cross-app (ID-JAG)');
    await workbench.openRow('Flows', 'Demo: cross-app (ID-JAG)');
    const flow = await workbench.webview('Flow: Demo: cross-app (ID-JAG)');
    await flow.getByText('Identity provider', { exact: true }).first().waitFor();
    await flow.getByText('Exchange the ID token for an assertion for the other server').first().waitFor();
  });

  it('asks for whom, how and for what a sign-in is, and shows what was granted of it', async () => {
    const { workbench } = session;
    const name = 'Demo: all signed (FAPI)';
    await allow(await workbench.browserPage(() => workbench.commandAndChoose(tryWay, 'all signed (FAPI)')));
    await workbench.webview(`Token: ${name}`);
    await session.probe.run(async ({ vscode }, changed) => {
      const settings = vscode.workspace.getConfiguration('oauthExplorer');
      const claims = { id_token: { email: { essential: true }, phone_number: null } };
      const how = {
        ...{ loginHint: 'ada', prompt: 'login consent', maxAge: 60, acrValues: 'phr', claims },
        uiLocales: 'de en',
      };
      const before = settings.get<readonly { readonly name: string }[]>('profiles', []);
      const after = before.map((one) => (one.name === changed ? { ...one, ...how } : one));
      await settings.update('profiles', after, vscode.ConfigurationTarget.Global);
      return null;
    }, name);
    await allow(
      await workbench.browserPage(() => workbench.commandAndChoose('OAuth Explorer: Get Token', name)),
    );
    const token = await workbench.webview(`Token: ${name}`);
    for (const said of [
      'The authorization details were granted as they were asked for.',
      /acr_values=phr was asked for, but the id_token has no acr/,
      'The token is bound to a DPoP key.',
      // What the sign-in asked for, parameter by parameter.
      /^The user signed in on .* before the token was issued \(auth_time\)\.$/,
      'Cannot be seen in the answer: no token has acr.',
      'Cannot be seen in the answer: it is about the pages that were shown.',
    ])
      await token.getByText(said).first().waitFor();
    await token.getByRole('tab', { name: /ID token/ }).click();
    await token.getByText('Asked for and not in the ID token: “phone_number”.').first().waitFor();
    await workbench.picture('asked-and-granted');
    await workbench.openRow('Flows', name);
    const flow = await workbench.webview(`Flow: ${name}`);
    await flow.getByText('Push the authorization request').first().waitFor();
  });

  /** Allows what a page of the demo asks, and closes it when the browser is back. */
  async function allow(page: Page): Promise<void> {
    const back = page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/);
    void page
      .getByRole('button', { name: 'Allow' })
      .click()
      .catch(() => undefined);
    await back;
    await page.close();
  }

  it('signs an assertion of its own with the client’s key', async () => {
    const { workbench } = session;
    await workbench.commandAndChoose(tryWay, 'JWT assertion');
    const token = await workbench.webview('Token: Demo: JWT assertion');
    await token.getByText('Signature valid', { exact: true }).waitFor();
  });

  it('hands in a SAML assertion that is pasted', async () => {
    const { workbench } = session;
    const page = await workbench.browserPage(() => workbench.commandAndChoose(tryWay, 'SAML assertion'));
    const assertion = await page.locator('code').innerText();
    await page.close();
    await workbench.choose('Paste It');
    await workbench.answer('SAML assertion of “Demo: SAML assertion”', assertion);
    await workbench
      .notification(/The SAML assertion is good until .*, for the audience .*and the recipient/)
      .waitFor();
    const token = await workbench.webview('Token: Demo: SAML assertion');
    await token.getByText('Signature valid', { exact: true }).waitFor();
    await workbench.openRow('Flows', 'Demo: SAML assertion');
    const flow = await workbench.webview('Flow: Demo: SAML assertion');
    await flow.getByText('Hand in the SAML assertion').first().click();
    await flow.getByText('SAML in assertion').first().waitFor();
    await workbench.picture('saml-flow');
  });

  it('exchanges the token of another profile, and one that is pasted', async () => {
    const { workbench } = session;
    const name = 'Demo: token exchange';
    await allow(await workbench.browserPage(() => workbench.commandAndChoose(tryWay, 'token exchange')));
    const token = await workbench.webview(`Token: ${name}`);
    await token.getByText('demo-exchange', { exact: false }).first().waitFor();
    await session.probe.run(async ({ vscode }, changed) => {
      const settings = vscode.workspace.getConfiguration('oauthExplorer');
      const before = settings.get<readonly Readonly<Record<string, unknown>>[]>('profiles', []);
      const after = before.map((one) =>
        one['name'] === changed
          ? Object.fromEntries(Object.entries(one).filter(([field]) => field !== 'subjectProfile'))
          : one,
      );
      await settings.update('profiles', after, vscode.ConfigurationTarget.Global);
      return null;
    }, name);
    await workbench.commandAndChoose('OAuth Explorer: Copy Access Token', 'Demo: public app (PKCE)');
    const subject = await workbench.copied('the subject token', (text) => text.startsWith('ey'));
    await getToken('demo-exchange');
    await workbench.choose('Paste It');
    await workbench.answer(`Subject token of “${name}”`, subject);
    await workbench.openRow('Flows', name);
    const flow = await workbench.webview(`Flow: ${name}`);
    await flow.getByText('Exchange the token').first().waitFor();
    assert.equal(await workbench.treeItem('Flows', name).count(), 2);
  });

  /** Asks for the token of a profile of the settings, without waiting for its end. */
  const getToken = (profile: string) =>
    session.probe.run(({ vscode }, id) => {
      void vscode.commands.executeCommand('oauthExplorer.getToken', { profile: id });
    }, profile);

  for (const method of ['tls_client_auth', 'self_signed_tls_client_auth'] as const)
    it(`shows a client certificate to a server that asks for one (${method})`, async () => {
      const { workbench } = session;
      await getToken(method);
      await workbench.choose('Paste It');
      // The box has one line: the breaks of the PEM text are lost, as they are for whoever pastes it.
      await workbench.answer(`Client certificate of “Way: ${method}”`, certificates[method]);
      const token = await workbench.webview(`Token: Way: ${method}`);
      await token.getByText('x5t#S256').first().waitFor();
    });

  for (const way of ['file', 'command'])
    it(`proves itself with what another program has issued, from a ${way}`, async () => {
      const { workbench } = session;
      await writeAssertion();
      await getToken(way);
      const token = await workbench.webview(`Token: Way: ${way}`);
      await token.getByText('Signature valid', { exact: true }).waitFor();
      // Read anew for each token: gone, none is sent.
      await rm(assertionFile);
      await getToken(way);
      await (
        await workbench.webview(/^Failure: /)
      )
        .getByText(/Nothing was sent/)
        .first()
        .waitFor();
    });

  async function writeAssertion(): Promise<void> {
    const signed = new SignJWT({ jti: crypto.randomUUID() }).setProtectedHeader({ alg: 'ES256' });
    const claims = signed.setIssuer('workload').setSubject('workload').setAudience(issuer);
    await writeFile(
      assertionFile,
      await claims.setIssuedAt().setExpirationTime('1h').sign(workload.privateKey),
    );
  }

  it('signs the request (JAR), and all that it holds arrives: whom, how, how long ago, how strongly and for what', async () => {
    const { workbench } = session;
    await comesBack(
      await workbench.browserPage(async () => {
        await getToken('step-up');
        await workbench.choose('Paste It');
        await workbench.answer('Private key of “Way: step-up”', clientKey);
      }),
    );
    const { address, parameters } = stepped.asked.at(-1) ?? assert.fail('nothing was asked');
    assert.deepEqual(address, ['client_id', 'request']);
    const { login_hint, prompt, max_age, acr_values, resource } = parameters;
    const arrived = { login_hint, prompt, max_age, acr_values, resource };
    const sent = { login_hint: 'ada', prompt: 'login', max_age: '3600', acr_values: 'bronze' };
    assert.deepEqual(arrived, { ...sent, resource: stepped.api });
    const token = await workbench.webview('Token: Way: step-up');
    await token.getByText(stepped.api).first().waitFor();
    await workbench.picture('jar-token');
    await workbench.openRow('Flows', 'Way: step-up');
    const flow = await workbench.webview('Flow: Way: step-up');
    await flow.getByText('Hand the browser over to the server').first().waitFor();
    await workbench.picture('jar-flow');
  });

  it('signs in again as strongly as an API wants, and sends the request again', async () => {
    const { workbench } = session;
    await session.probe.run(({ vscode }) => {
      const uri = vscode.Uri.joinPath(
        vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/'),
        'pay.http',
      );
      void vscode.commands.executeCommand('oauthExplorer.callApi', {
        ...{ profile: 'step-up', uri: uri.toString(), line: 0 },
      });
    }, null);
    await workbench.pressInNotification(
      'wants to send requests with the access token of',
      'Allow for This Session',
    );
    const answer = await workbench.webview('GET /pay');
    await answer.getByText('Wanted acr_values: gold').waitFor();
    await workbench.picture('step-up-wanted');
    assert.equal(await answer.getByText(/No new token came|answered 401 to the first try/).count(), 0);
    const again = answer.getByRole('button', { name: 'Sign in again with acr_values=gold, max_age=300' });
    await comesBack(await workbench.browserPage(() => again.click()));
    await answer.getByText('"paid"').waitFor();
    await workbench.picture('step-up-done');
    const { parameters } = stepped.asked.at(-1) ?? assert.fail('nothing was asked');
    assert.deepEqual([parameters['acr_values'], parameters['max_age']], ['gold', '300']);
    assert.equal(parameters['login_hint'], 'ada');
  });

  /** Waits until a page that asks nothing is back at the extension, and closes it. */
  async function comesBack(page: Page): Promise<void> {
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/);
    await page.close();
  }

  it('takes the redirect over TLS, once the browser’s user trusts this computer', async () => {
    const { workbench } = session;
    const { host } = new URL(redirectUri);
    const refused = session.context.waitForEvent(
      'requestfailed',
      (request) => new URL(request.url()).host === host,
    );
    const page = await workbench.browserPage(() => getToken('https'));
    const request = await refused;
    assert.match(request.failure()?.errorText ?? '', /CERT/);
    // As a person does who goes on from the browser's warning.
    const browser = await session.context.newCDPSession(page);
    await browser.send('Security.setIgnoreCertificateErrors', { ignore: true });
    await page.goto(request.url());
    await page.locator('[name="login"]').fill('Ada');
    await page.locator('[name="password"]').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    const back = page.waitForURL(new RegExp(`^https://${host.replaceAll('.', '[.]')}/[\\w-]{20,}$`));
    void page
      .getByRole('button', { name: 'Continue' })
      .click()
      .catch(() => undefined);
    await back;
    await page.close();
    await workbench.webview('Token: Way: https');
  });
});
