import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { newCertificate } from '../../src/core/authentication/newCertificate.ts';
import { freePort } from '../../src/demo/listen.ts';
import { startProvider } from '../core/oauth/support/provider.ts';
import { issuedCertificate, selfSignedCertificate } from '../support/certificate.ts';
import { removeFolder, temporaryFolder } from '../support/folders.ts';
import {
  pemOf,
  serverCertificate,
  startCertificateProvider,
} from '../support/servers/certificateProvider.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { openSession } from './sharedSession.ts';

const name = 'Client Root';
const authority = { ...selfSignedCertificate({ name, authority: true }), name };
const certificates = {
  tls_client_auth: pemOf(issuedCertificate({ name: 'orders' }, authority)),
  self_signed_tls_client_auth: newCertificate(Date.now()),
};
const workload = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const tryWay = 'OAuth Explorer: Try a Way to a Token with the Demo Server…';

describe('every way to a token, with what users install', () => {
  let session: Session;
  let issuer = '';
  let folder = '';
  let assertionFile = '';
  let redirectUri = '';
  const ends: (() => Promise<unknown>)[] = [];
  const context = { after: (end: () => Promise<void>) => ends.push(end) };
  before(async () => {
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
      { ...workloads, id: 'command', assertionCommand: `cat "${assertionFile}"` },
    ].map((profile) => ({ ...profile, name: `Way: ${profile.id}` }));
    session = await openSession({ userSettings: { 'oauthExplorer.profiles': profiles } });
  });
  after(async () => {
    await session.close();
    await Promise.all(ends.map((end) => end()));
    await removeFolder(folder);
  });
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

  it('does with a token what its server offers: introspects it, asks who the user is, compares, signs out, revokes', async () => {
    const { workbench } = session;
    const [own, other] = ['Demo: start from a refresh token', 'Demo: allowed on a telephone (CIBA)'];
    for (const [command, said] of [
      ['Introspect Token', /says that the token is active/],
      ['Show User Info', /The user is /],
    ] as const) {
      await workbench.commandAndChoose(`OAuth Explorer: ${command}`, own);
      const flow = await workbench.webview(`Flow: ${own}`);
      await flow.getByText(said).first().waitFor();
    }
    await workbench.commandAndChoose('OAuth Explorer: Compare Tokens…', own);
    await workbench.choose(other);
    await workbench.page.getByRole('tab', { name: `${own} ↔ ${other}` }).waitFor();
    const page = await workbench.browserPage(() =>
      workbench.commandAndChoose('OAuth Explorer: Sign Out at the Server', other),
    );
    assert.ok(new URL(page.url()).searchParams.has('id_token_hint'));
    await page.close();
    await (
      await workbench.webview(`Flow: ${other}`)
    )
      .getByText(/sign-out page of the server/)
      .first()
      .waitFor();
    await workbench.commandAndChoose('OAuth Explorer: Revoke Token', own);
    const flow = await workbench.webview(`Flow: ${own}`);
    await flow
      .getByText(/The server took back .*not active/)
      .first()
      .waitFor();
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
    await workbench.openRow('Flows', 'Demo: cross-app access (ID-JAG)');
    const flow = await workbench.webview('Flow: Demo: cross-app access (ID-JAG)');
    await flow.getByText('Identity provider', { exact: true }).first().waitFor();
    await flow.getByText('Exchange the ID token for an assertion for the other server').first().waitFor();
  });

  it('signs an assertion of its own with the client’s key', async () => {
    const { workbench } = session;
    await workbench.commandAndChoose(tryWay, 'JWT bearer assertion');
    const token = await workbench.webview('Token: Demo: JWT bearer assertion');
    await token.getByText('Signature valid', { exact: true }).waitFor();
  });

  it('hands in a SAML assertion that is pasted', async () => {
    const { workbench } = session;
    const page = await workbench.browserPage(() => workbench.commandAndChoose(tryWay, 'SAML assertion'));
    const assertion = await page.locator('code').innerText();
    await page.close();
    await workbench.choose('Paste It');
    await workbench.answer('SAML assertion of “Demo: SAML assertion”', assertion);
    const token = await workbench.webview('Token: Demo: SAML assertion');
    await token.getByText('Signature valid', { exact: true }).waitFor();
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
