import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SignJWT, type JWK } from 'jose';
import type { Page } from 'playwright-core';
import { publicJwk } from '../../src/core/authentication/privateKey.ts';
import { listenOn } from '../core/oauth/support/serve.ts';
import { becomes } from '../support/becomes.ts';
import { issuedCertificate, selfSignedCertificate } from '../support/certificate.ts';
import { pfxOf } from '../support/certificateFiles.ts';
import { waitFor } from '../support/processes.ts';
import { serverCertificate, startCertificateProvider } from '../support/servers/certificateProvider.ts';
import { startManagingProvider } from '../support/servers/managingProvider.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { openSession } from './sharedSession.ts';

const passphrase = 'a pass phrase';
const pasted = 'https://app.example.com/callback';
// The scheme that belongs to the VS Code of these tests.
const editors = 'code-oss://oauth-explorer.oauth-explorer/callback';
const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const encrypted = signer
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
  .toString();
const authority = {
  ...selfSignedCertificate({ name: 'Client Root', authority: true }),
  name: 'Client Root',
};
const pfx = pfxOf(issuedCertificate({ name: 'orders' }, authority), passphrase).toString('base64');

describe('keys, addresses and registrations of one’s own, with what users install', () => {
  let session: Session;
  let server: Awaited<ReturnType<typeof startManagingProvider>>;
  let document = '';
  const ends: (() => Promise<unknown>)[] = [];
  const context = { after: (end: () => Promise<void>) => ends.push(end) };
  before(async () => {
    const keyed = { token_endpoint_auth_method: 'private_key_jwt', response_types: [] } as const;
    const app = { token_endpoint_auth_method: 'none', grant_types: ['authorization_code'] } as const;
    server = await startManagingProvider(context, [
      {
        ...{ ...keyed, client_id: 'brought', redirect_uris: [], grant_types: ['client_credentials'] },
        jwks: { keys: [publicJwk(encryptedJwk())] },
      },
      {
        ...{ ...keyed, client_id: 'sealed', response_types: ['code'], application_type: 'native' },
        ...{ grant_types: ['authorization_code'], redirect_uris: ['http://127.0.0.1/callback'] },
        ...{ id_token_encrypted_response_alg: 'ECDH-ES', id_token_encrypted_response_enc: 'A256GCM' },
        ...{ userinfo_signed_response_alg: 'RS256', userinfo_encrypted_response_alg: 'ECDH-ES' },
        jwks: { keys: [createPublicKey(signer).export({ format: 'jwk' })] },
      },
      { ...app, client_id: 'pasted', redirect_uris: [pasted] },
      { ...app, client_id: 'editor', redirect_uris: [editors], application_type: 'native' },
      {
        ...app,
        client_id: 'bound',
        redirect_uris: ['http://127.0.0.1/callback'],
        application_type: 'native',
      },
    ]);
    const certificates = await startCertificateProvider(context, {
      ...{ authority: authority.cert, own: serverCertificate.cert },
    });
    const wrong = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"client_id":"another"}'),
    );
    document = `${await listenOn(context, wrong, 'http')}/client.json`;
    const { issuer } = server;
    const machine = { issuer, grant: 'client_credentials', clientAuthentication: 'private_key_jwt' };
    const user = { issuer, grant: 'authorization_code', scopes: ['openid'] };
    const service = { clientId: 'service', clientAuthentication: 'client_secret_basic' };
    const profiles = [
      { ...machine, id: 'brought', clientId: 'brought' },
      { ...machine, id: 'made', clientId: server.own.clientId },
      {
        ...{
          id: 'pfx',
          grant: 'client_credentials',
          issuer: certificates.issuer,
          clientId: 'machine-client',
        },
        ...{ clientAuthentication: 'tls_client_auth', scopes: ['orders.read'] },
        trustedCertificate: serverCertificate.fingerprint,
      },
      { ...user, id: 'pasted', clientId: 'pasted', redirectUri: pasted },
      { ...user, id: 'editor', clientId: 'editor', redirectUri: editors },
      { ...user, id: 'bound', clientId: 'bound', redirectUri: 'http://127.0.0.1/callback', dpop: true },
      {
        ...{ ...user, id: 'sealed', clientId: 'sealed', clientAuthentication: 'private_key_jwt' },
        redirectUri: 'http://127.0.0.1/callback',
      },
      { ...machine, ...service, id: 'service' },
      {
        ...service,
        id: 'acting',
        issuer,
        grant: 'token_exchange',
        subjectProfile: 'made',
        actorProfile: 'service',
      },
      {
        ...{ ...service, id: 'acting-pasted', issuer, grant: 'token_exchange', subjectProfile: 'made' },
        actorTokenType: 'urn:ietf:params:oauth:token-type:saml2',
      },
      { id: 'handed-in', issuer, grant: 'jwt_bearer', clientId: 'bound', clientAuthentication: 'none' },
    ].map((profile) => ({ ...profile, name: `Own: ${profile.id}` }));
    session = await openSession({
      files: { 'bound.http': `GET ${server.api}/orders\n` },
      userSettings: { 'oauthExplorer.profiles': profiles },
    });
  });
  after(async () => {
    await session.close();
    await Promise.all(ends.map((end) => end()));
  });
  pictureFailures(() => session);

  function encryptedJwk(): string {
    return JSON.stringify(signer.export({ format: 'jwk' }));
  }

  /** Asks for the token of a profile of the settings, without waiting for its end. */
  const getToken = (profile: string) =>
    session.probe.run(({ vscode }, id) => {
      void vscode.commands.executeCommand('oauthExplorer.getToken', { profile: id });
    }, profile);

  it('reads an encrypted PEM key whose line breaks were lost, and asks for its passphrase again when it was wrong', async () => {
    const { workbench } = session;
    for (const typed of ['another', passphrase]) {
      await getToken('brought');
      await workbench.choose('Paste It');
      await workbench.answer('Private key of “Own: brought”', encrypted);
      await workbench.answer('Passphrase of the private key', typed);
      if (typed === 'another') await workbench.expectNotification(/passphrase/i);
    }
    await workbench.webview('Token: Own: brought');
  });

  it('shows a certificate out of a PFX with a password to a server that asks for one', async () => {
    const { workbench } = session;
    await getToken('pfx');
    await workbench.choose('Paste It');
    await workbench.answer('Client certificate of “Own: pfx”', pfx);
    await workbench.answer('Passphrase of the client certificate', passphrase);
    const token = await workbench.webview('Token: Own: pfx');
    await token.getByText('x5t#S256').first().waitFor();
  });

  it('makes a key whose public half is copied, and rotates it with one press', async () => {
    const { workbench } = session;
    const copiedKey = async (): Promise<JWK> =>
      JSON.parse(await workbench.copied('the public key', (text) => text.includes('"kty"'))) as JWK;
    await workbench.commandAndChoose('OAuth Explorer: Set Client Secret…', 'Own: made', 'Make One Here');
    await workbench.page.locator('.statusbar-item', { hasText: 'The private key is stored' }).waitFor();
    await workbench.commandAndChoose('OAuth Explorer: Copy Public Key', 'Own: made');
    const first = await copiedKey();
    assert.equal('d' in first, false);
    await server.own.setKey(first);
    await getToken('made');
    await workbench.webview('Token: Own: made');
    await workbench.copy('nothing');
    await workbench.commandAndChoose('OAuth Explorer: Rotate Key', 'Own: made');
    const second = await copiedKey();
    assert.notEqual(second.x, first.x);
    await server.own.setKey(second);
    await workbench.pressInDialog('Use the New Key');
    await workbench.closeEditors();
    await getToken('made');
    await workbench.webview('Token: Own: made');
  });

  it('names who acts for the subject by the token of another profile', async () => {
    const { workbench } = session;
    await getToken('acting');
    for (const secret of ['Own: acting', 'Own: service'])
      await workbench.answer(`Client secret of “${secret}”`, 'of-the-service');
    await workbench.webview('Token: Own: acting');
    const { actor_token: actor, subject_token: subject, ...sent } = server.exchanged[0] ?? {};
    assert.ok(typeof actor === 'string' && typeof subject === 'string' && actor !== subject);
    assert.equal(sent['actor_token_type'], 'urn:ietf:params:oauth:token-type:access_token');
    await getToken('acting-pasted');
    await workbench.answer('Client secret of “Own: acting-pasted”', 'of-the-service');
    await workbench.choose('Paste It');
    await workbench.answer('Actor token of “Own: acting-pasted”', 'an-assertion-of-the-actor');
    await workbench.webview('Token: Own: acting-pasted');
    const { actor_token: given, actor_token_type: type } = server.exchanged[1] ?? {};
    assert.deepEqual([given, type], ['an-assertion-of-the-actor', 'urn:ietf:params:oauth:token-type:saml2']);
  });

  it('reads out what an assertion of others says, before it is sent', async () => {
    const { workbench } = session;
    const claims = new SignJWT({ scope: 'orders.read' }).setProtectedHeader({ alg: 'ES256' });
    const jwt = await claims
      .setIssuer('them')
      .setSubject('ada')
      .setAudience('you')
      .setExpirationTime('1h')
      .sign(signer);
    await getToken('handed-in');
    await workbench.choose('Paste It');
    await workbench.answer('Private key or assertion of “Own: handed-in”', jwt);
    await workbench.expectNotification(
      /The assertion says scope orders\.read, iss them, sub ada, aud you, and is good until /,
    );
    await (
      await workbench.webview('Failure: Own: handed-in')
    )
      .getByText('unsupported_grant_type')
      .first()
      .waitFor();
  });

  /** Signs in on the provider's pages, as somebody does who was never there before. */
  async function signIn(profile: string): Promise<Page> {
    await session.context.clearCookies({ name: /^_(?:session|interaction)/ });
    const page = await session.workbench.browserPage(() => getToken(profile));
    await page.locator('[name="login"]').fill('Ada');
    await page.locator('[name="password"]').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    return page;
  }

  const goOn = (page: Page) =>
    void page
      .getByRole('button', { name: 'Continue' })
      .click()
      .catch(() => undefined);

  /** Signs in; where the browser is sent at last, it does not arrive. */
  async function addressAfter(profile: string, begins: string): Promise<string> {
    const page = await signIn(profile);
    const sent = page.waitForResponse(
      (response) => response.headers()['location']?.startsWith(begins) === true,
    );
    goOn(page);
    const { location = '' } = (await sent).headers();
    await page.close();
    return location;
  }

  it('takes an address that nothing here listens at, pasted; a wrong one is said in the box', async () => {
    const { workbench } = session;
    const address = await addressAfter('pasted', pasted);
    await workbench.command('OAuth Explorer: Paste Redirected URL…');
    await workbench.answer('Paste the address', `${pasted}?code=x&state=y`);
    await becomes(async () => (await workbench.quickInputText()).includes('found another state'), true);
    await workbench.answer('Paste the address', address);
    await workbench.webview('Token: Own: pasted');
  });

  it('opens an id_token and a userinfo answer that are encrypted for the client’s key', async () => {
    const { workbench } = session;
    await workbench.commandAndChoose('OAuth Explorer: Set Client Secret…', 'Own: sealed', 'Paste It');
    await workbench.answer('Private key of “Own: sealed”', encryptedJwk());
    await workbench.page.locator('.statusbar-item', { hasText: 'The private key is stored' }).waitFor();
    const page = await signIn('sealed');
    const back = page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/);
    goOn(page);
    await back;
    await page.close();
    const token = await workbench.webview('Token: Own: sealed');
    await token.getByRole('tab', { name: /ID token/ }).click();
    await token.getByText('Ada', { exact: true }).first().waitFor();
    await session.probe.run(({ vscode }) => {
      void vscode.commands.executeCommand('oauthExplorer.userInfo', { profile: 'sealed' });
    }, null);
    const flow = await workbench.webview('Flow: Own: sealed');
    await flow
      .getByText(/The user is Ada.*It is the one of the id_token/)
      .first()
      .waitFor();
  });

  it('proves its key with the nonces of the server and of the API, at the userinfo endpoint, too', async () => {
    const { workbench } = session;
    const page = await signIn('bound');
    const back = page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}$/);
    goOn(page);
    await back;
    await page.close();
    await workbench.webview('Token: Own: bound');
    await session.probe.run(({ vscode }) => {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
      const uri = vscode.Uri.joinPath(folder, 'bound.http').toString();
      void vscode.commands.executeCommand('oauthExplorer.callApi', { profile: 'bound', uri, line: 0 });
    }, null);
    await workbench.pressInNotification(
      'wants to send requests with the access token of',
      'Allow for This Session',
    );
    await workbench.pressInDialog('Send Token');
    const answer = await workbench.webview('GET /orders');
    await answer.getByText('"bound"').first().waitFor();
    await session.probe.run(({ vscode }) => {
      void vscode.commands.executeCommand('oauthExplorer.userInfo', { profile: 'bound' });
    }, null);
    const flow = await workbench.webview('Flow: Own: bound');
    await flow
      .getByText(/The user is Ada/)
      .first()
      .waitFor();
  });

  it('registers a client, shows and changes its registration, and deletes it', async () => {
    const { workbench } = session;
    const { host } = new URL(server.issuer);
    await workbench.command('OAuth Explorer: Register a Client at a Server…');
    await workbench.answer('The issuer', server.issuer);
    await workbench.answer('The redirect URI to register', 'http://127.0.0.1/callback');
    await workbench.expectNotification('The client is registered');
    const manage = (choice: RegExp) =>
      workbench.commandAndChoose('OAuth Explorer: Registration…', host, choice);
    await manage(/Show the registration/);
    await workbench.expectNotification(/It fits the profile/);
    await session.probe.run(async ({ vscode }, name) => {
      const settings = vscode.workspace.getConfiguration('oauthExplorer');
      const before = settings.get<readonly { readonly name: string }[]>('profiles', []);
      const after = before.map((one) =>
        one.name === name ? { ...one, redirectUri: 'http://127.0.0.1/other' } : one,
      );
      await settings.update('profiles', after, vscode.ConfigurationTarget.Global);
      return null;
    }, host);
    await manage(/Change it/);
    await workbench.expectNotification(/The server took over what the profile wants/);
    await manage(/Delete the client/);
    await workbench.pressInDialog('Delete Client');
    await workbench.expectNotification(/The server deleted the client/);
    await workbench.commandAndChoose('OAuth Explorer: Registration…', host);
    await workbench.expectNotification(/no registration access token/);
  });

  it('makes a Client ID Metadata Document, and says what is wrong with one at an address', async () => {
    const { workbench } = session;
    await workbench.commandAndChoose(
      'OAuth Explorer: Client ID Metadata Document…',
      'Make One from a Profile',
    );
    await workbench.choose('Own: bound');
    await workbench.answer('Where it will be published', 'https://app.example.com/client.json');
    const path = join(session.workspace, 'client.json');
    await waitFor('the path', async () => (await workbench.quickInput().inputValue()) === path || undefined);
    await workbench.page.keyboard.press('Enter');
    const text = await waitFor('the document', () => readFile(path, 'utf8').catch(() => undefined));
    const made = JSON.parse(text) as Record<string, unknown>;
    assert.equal(made['client_id'], 'https://app.example.com/client.json');
    await workbench.commandAndChoose(
      'OAuth Explorer: Client ID Metadata Document…',
      'Check the One at an Address',
    );
    await workbench.answer('Where it is published', document);
    await becomes(
      async () => (await workbench.editorLines()).join(' ').includes('Its client_id is another'),
      true,
    );
  });

  it('names what is decoded and is not an access token: a logout token, an event, an assertion for another server', async () => {
    const { workbench } = session;
    for (const [typ, claims, name] of [
      [
        'logout+jwt',
        { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
        /a logout token/,
      ],
      ['secevent+jwt', { events: { 'urn:example:event': {} } }, /a security event token/],
      ['oauth-id-jag+jwt', { client_id: 'c' }, /an identity assertion for cross-app access/],
    ] as const) {
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ })
        .setIssuer('https://as.example.com')
        .setAudience('c')
        .setIssuedAt()
        .sign(signer);
      await workbench.copy(token);
      await workbench.command('OAuth Explorer: Decode Token…');
      await (await workbench.webview('Decoded token')).getByText(name).first().waitFor();
      await workbench.closeEditors();
    }
  });

  it('reads an SD-JWT, and names what it discloses', async () => {
    const { workbench } = session;
    const disclosure = Buffer.from('["salt","given_name","Augusta"]').toString('base64url');
    const credential = new SignJWT({
      ...{ vct: 'https://credentials.example.com/identity', _sd_alg: 'sha-256' },
      _sd: [createHash('sha256').update(disclosure).digest('base64url')],
    });
    const issued = await credential
      .setProtectedHeader({ alg: 'ES256', typ: 'dc+sd-jwt' })
      .setIssuer('https://as.example.com')
      .sign(signer);
    await workbench.copy(`${issued}~${disclosure}~`);
    await workbench.command('OAuth Explorer: Decode Token…');
    const view = await workbench.webview('Decoded token');
    for (const said of [/discloses 1 of the hidden values \(“given_name”\)/, /a verifiable credential/])
      await view.getByText(said).first().waitFor();
    assert.equal(await view.getByText('Augusta').count(), 0);
    await workbench.picture('sd-jwt');
    await workbench.closeEditors();
  });

  it('takes the redirect that VS Code itself is handed, and one of nobody is told', async () => {
    const { workbench } = session;
    const address = await addressAfter('editor', editors);
    const handOver = async (uri: string) => {
      // What VS Code in a browser has in the place of the system's handler: a page of its own.
      const external = await session.probe.run(
        async ({ vscode }, text) =>
          (await vscode.env.asExternalUri(vscode.Uri.parse(text, true))).toString(true),
        uri,
      );
      const page = await session.context.newPage();
      await page.goto(external);
      await page.close();
    };
    await handOver(address);
    await workbench.webview('Token: Own: editor');
    await handOver(`${editors}?code=x&state=y`);
    await workbench.expectNotification(/A redirect reached the editor for a sign-in that is not waiting/);
  });
});
