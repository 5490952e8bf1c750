import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { startProvider } from '../core/oauth/support/provider.ts';
import { becomes } from '../support/becomes.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { openSession } from './sharedSession.ts';

const loopback = 'http://127.0.0.1/callback';
const page = 'https://app.example.com/callback';
const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/**
 * The window of these tests is one that VS Code itself calls remote: the extension runs on a server, and its user is in a browser,
 * whose own loopback address is another one. Both are on one machine here, so the browser is kept from the listener.
 */
describe('a remote window, with what users install', () => {
  let session: Session;
  const ends: (() => Promise<void>)[] = [];
  before(async () => {
    const app = { application_type: 'native', grant_types: ['authorization_code'] } as const;
    const issuer = await startProvider(
      { after: (end) => ends.push(end) },
      {
        clients: [
          {
            ...{ ...app, client_id: 'loopback', token_endpoint_auth_method: 'none' },
            redirect_uris: [loopback],
          },
          {
            ...{
              client_id: 'sealed',
              token_endpoint_auth_method: 'private_key_jwt',
              application_type: 'web',
            },
            ...{ grant_types: ['authorization_code'], redirect_uris: [page] },
            ...{ authorization_encrypted_response_alg: 'ECDH-ES' },
            ...{
              authorization_encrypted_response_enc: 'A256GCM',
              authorization_signed_response_alg: 'RS256',
            },
            jwks: { keys: [createPublicKey(signer).export({ format: 'jwk' })] },
          },
        ] as never,
        enabledJWA: { authorizationEncryptionAlgValues: ['ECDH-ES'] },
        features: {
          devInteractions: { enabled: true },
          encryption: { enabled: true },
          jwtResponseModes: { enabled: true },
        },
      },
    );
    const user = { issuer, grant: 'authorization_code', scopes: ['openid'] };
    const profiles = [
      { ...user, id: 'loopback', clientId: 'loopback', redirectUri: loopback },
      {
        ...{ ...user, id: 'sealed', clientId: 'sealed', clientAuthentication: 'private_key_jwt' },
        ...{ redirectUri: page, authorizationParameters: { response_mode: 'jwt' } },
      },
    ].map((profile) => ({ ...profile, name: `Remote: ${profile.id}` }));
    session = await openSession({ userSettings: { 'oauthExplorer.profiles': profiles } });
  });
  after(async () => {
    await session.close();
    await Promise.all(ends.map((end) => end()));
  });
  pictureFailures(() => session);

  const openForm = async (provider: string): Promise<FrameLocator> => {
    const { workbench } = session;
    await workbench.closeEditors();
    await workbench.command('OAuth Explorer: Add Profile…');
    const form = await workbench.webview('New Profile');
    await form.locator(`[data-provider=${provider}]`).click();
    return form;
  };

  it('says in the form which string to register for each address, and how it comes back to this window', async () => {
    const scheme = await session.probe.run(({ vscode }) => {
      const { remoteName, uriScheme } = vscode.env;
      return remoteName === undefined ? 'not remote' : uriScheme;
    }, null);
    const editors = `${scheme}://oauth-explorer.oauth-explorer/callback`;
    const form = await openForm('generic');
    await form.locator('#grant-authorization_code').click();
    await form.getByText('another machine, whose loopback address').waitFor();
    await becomes(() => form.locator('#register-value').innerText(), loopback);
    for (const [uri, said] of [
      [loopback.replace('127.0.0.1', '127.0.0.1:8123'), `use ${editors}, or the device grant.`],
      ['https://localhost:8443/callback', 'The browser is shown a certificate'],
      [editors, 'in remote windows and containers, too.'],
      ['other://oauth-explorer.oauth-explorer/callback', `register ${editors}.`],
      [page, 'copy it from the address bar and choose Paste Redirected URL.'],
      ['com.example.app:/callback', 'An application that owns this scheme opens instead'],
    ] as const) {
      await form.locator('input#redirectUri').fill(uri);
      await becomes(() => form.locator('#register-value').innerText(), uri);
      await form.getByText(said).waitFor();
    }
    await session.workbench.picture('profile-remote-redirect');
  });

  it('begins with an address that the provider takes, where it takes none of any machine’s own', async () => {
    const form = await openForm('apple');
    await becomes(() => form.locator('input#redirectUri').inputValue(), 'https://');
    await form.getByText('Apple takes only https with a domain name').waitFor();
    await form.locator('input#redirectUri').fill('http://localhost:8484/callback');
    await form.getByText('Apple takes only https with a domain name').waitFor();
    await form.locator('#register-value').waitFor({ state: 'detached' });
    await form.locator('input#redirectUri').fill(page);
    await becomes(() => form.locator('#register-value').innerText(), page);
    await session.workbench.picture('profile-apple-redirect');
    await session.workbench.closeEditors();
  });

  /** Begins a sign-in, and carries its address to a browser that reaches the server and nothing of where the extension runs. */
  async function elsewhere(profile: string): Promise<Page> {
    const { workbench, context } = session;
    await context.clearCookies({ name: /^_(?:session|interaction)/ });
    const here = await workbench.browserPage(() =>
      session.probe.run(({ vscode }, id) => {
        void vscode.commands.executeCommand('oauthExplorer.getToken', { profile: id });
      }, profile),
    );
    await here.close();
    await workbench.command('OAuth Explorer: Copy Sign-in URL');
    const url = await workbench.copied('the sign-in', (text) => text.includes(`client_id=${profile}&`));
    const browser = await context.newPage();
    await browser.goto(url);
    await browser.locator('[name="login"]').fill('Ada');
    await browser.locator('[name="password"]').fill('any');
    await browser.getByRole('button', { name: 'Sign-in' }).click();
    await browser.getByRole('button', { name: 'Continue' }).waitFor();
    return browser;
  }

  /** Where the browser is sent at last, where it does not get. */
  async function unreached(browser: Page, begins: RegExp): Promise<string> {
    const devtools = await session.context.newCDPSession(browser);
    devtools.on('Fetch.requestPaused', ({ requestId }) => {
      // The page may be closed by then.
      void devtools
        .send('Fetch.failRequest', { requestId, errorReason: 'ConnectionRefused' })
        .catch(() => undefined);
    });
    await devtools.send('Fetch.enable', { patterns: [{ urlPattern: '*/callback?*' }] });
    const sent = browser.waitForResponse((response) => begins.test(response.headers()['location'] ?? ''));
    void browser
      .getByRole('button', { name: 'Continue' })
      .click()
      .catch(() => undefined);
    const { location = '' } = (await sent).headers();
    await browser.close();
    return location;
  }

  it('takes the loopback address that the browser did not reach, pasted, after a sign-in in another browser', async () => {
    const { workbench } = session;
    const browser = await elsewhere('loopback');
    const address = await unreached(browser, /^http:\/\/127\.0\.0\.1:\d+\/callback\?code=/);
    await workbench.command('OAuth Explorer: Paste Redirected URL…');
    await workbench.answer('Paste the address', address);
    await workbench.webview('Token: Remote: loopback');
    await workbench.closeEditors();
  });

  it('opens an encrypted response whose address is pasted', async () => {
    const { workbench } = session;
    // Of the two only this one keeps something: nobody has to choose.
    await workbench.command('OAuth Explorer: Set Client Secret…');
    await workbench.choose('Paste It');
    await workbench.answer(
      'Private key of “Remote: sealed”',
      JSON.stringify(signer.export({ format: 'jwk' })),
    );
    await workbench.page.locator('.statusbar-item', { hasText: 'The private key is stored' }).waitFor();
    const browser = await elsewhere('sealed');
    const address = await unreached(browser, /^https:\/\/app\.example\.com\/callback\?/);
    assert.equal(new URL(address).searchParams.get('response')?.split('.').length, 5);
    await workbench.command('OAuth Explorer: Paste Redirected URL…');
    await workbench.answer('Paste the address', address);
    await workbench.webview('Token: Remote: sealed');
    await workbench.closeEditors();
  });
});
