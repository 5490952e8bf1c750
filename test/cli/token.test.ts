import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'node:test';
import { systemClock } from '../../src/adapters/clock.ts';
import { runFlow } from '../../src/core/flow/runFlow.ts';
import { MetadataCache } from '../../src/core/oauth/metadataCache.ts';
import { demoProfile } from '../../src/demo/workspace.ts';
import { profileOf } from '../core/checks/support.ts';
import { JarBrowser } from '../demo/jarBrowser.ts';
import { exportPKCS8, generateKeyPair } from 'jose';
import { freePort } from '../../src/demo/listen.ts';
import { startKeyring, type Keyring } from '../support/keyring.ts';
import { assertNowhere } from './assertNowhere.ts';
import { openDesk, type Desk } from './desk.ts';
import { run, type Ran, type RunOptions } from './program.ts';

const secretOf = (desk: Desk, client: 'machine' | 'web') => desk.demo.clients[client].clientSecret ?? '';

const accessTokenIn = (json: string) => (JSON.parse(json) as { readonly access_token: string }).access_token;

/** A refresh token of the demo's native client, as another tool would have got it. */
async function freshRefreshToken({ demo }: Desk): Promise<string> {
  const { outcome } = await runFlow('authorization_code', profileOf(demo.issuer, demo.clients.native), {
    fetch,
    clock: systemClock,
    metadata: new MetadataCache(),
    secret: () => Promise.resolve(undefined),
    browser: { open: async (url) => (await new JarBrowser().visit(url)).status === 200 },
  });
  assert.ok(outcome.kind === 'token');
  return outcome.tokens.refresh_token ?? '';
}

describe('oauth-explorer token', () => {
  let desk: Desk;
  let machine: string;

  before(async () => {
    desk = await openDesk();
    machine = secretOf(desk, 'machine');
  });
  after(() => desk.close());

  const inDesk = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
    run(args, { folder: desk.folder, ...options });
  const withSecret = () => ({ environment: { OAUTH_EXPLORER_SECRET: machine } });

  async function orders(authorization: string): Promise<number> {
    return (await fetch(`${desk.demo.api}/orders`, { headers: { authorization } })).status;
  }

  it('takes the values of the environment that is named, and guesses none', async () => {
    const file = join(desk.folder, 'environments.json');
    const { host } = new URL(desk.demo.issuer);
    const settings = {
      'oauthExplorer.environments': {
        here: { host, client: desk.demo.clients.machine.clientId },
        gone: { host: '127.0.0.1:9', client_secret: 'never-said' },
      },
      'oauthExplorer.profiles': [
        {
          ...{
            ...profileOf('', desk.demo.clients.machine),
            id: 'orders',
            name: 'Orders',
            clientId: '${client}',
          },
          issuer: desk.demo.issuer.replace(host, '${host}'),
        },
      ],
    };
    await writeFile(file, JSON.stringify(settings));
    const get = (...more: string[]) => inDesk(['token', 'orders', '--profiles', file, ...more], withSecret());
    const here = await get('--environment', 'here');
    assert.equal(here.code, 0, here.stderr);
    assert.match(here.stderr, /“Orders \(here\)”/);
    assert.equal(await orders(`Bearer ${here.stdout.trim()}`), 200);
    const none = await get();
    assert.equal(none.code, 2);
    assert.match(none.stderr, /choose an environment \(“here” or “gone”\)/);
    const gone = await get('--environment', 'gone');
    assert.match(gone.stderr, /“\$\{client\}” has no value in the environment “gone”/);
    const other = await get('--environment', 'prod');
    assert.match(other.stderr, /There is no environment “prod”\. There are “here” and “gone”\./);
    assertNowhere(['never-said', machine], none.stderr + gone.stderr + other.stderr);
  });

  it('prints the access token alone; everything else goes to standard error', async () => {
    const { code, stdout, stderr } = await inDesk(['token', 'demo-machine'], withSecret());
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    assert.equal(await orders(`Bearer ${stdout.trim()}`), 200);
    assert.equal(stderr, `Getting a token for “Demo: machine to machine” from ${desk.demo.issuer}.\n`);
    assertNowhere([machine, stdout.trim()], stderr);
  });

  it('prints the header field, which curl sends as it is', async () => {
    const { stdout } = await inDesk(['token', 'demo-machine', '--format', 'header'], withSecret());
    assert.equal(await orders(/^Authorization: (Bearer \S+)\n$/.exec(stdout)?.[1] ?? ''), 200);
  });

  it('prints the header that the profile’s APIs want, with its prefix or none', async () => {
    const issuer = desk.demo.issuer;
    const entry = { grant: 'client_credentials', issuer, clientId: 'demo-machine' };
    await desk.addProfiles([
      { ...entry, id: 'own-header', tokenHeader: 'X-Access-Token' },
      { ...entry, id: 'own-prefix', tokenPrefix: 'Token' },
    ]);
    const own = await inDesk(['token', 'own-header', '--format', 'header'], withSecret());
    assert.match(own.stdout, /^X-Access-Token: [\w.-]+\n$/, own.stderr);
    const word = await inDesk(['token', 'own-prefix', '--format', 'header'], withSecret());
    assert.match(word.stdout, /^Authorization: Token [\w.-]+\n$/, word.stderr);
  });

  it('prints the id_token where the profile sends that, and says that there is none', async () => {
    await desk.addProfiles([
      {
        ...{ id: 'sends-id', grant: 'client_credentials', issuer: desk.demo.issuer },
        ...{ clientId: 'demo-machine', sentToken: 'id_token' },
      },
    ]);
    const ran = await inDesk(['token', 'sends-id', '--format', 'header'], withSecret());
    assert.deepEqual([ran.code, ran.stdout], [1, '']);
    assert.match(ran.stderr, /sends the id_token, and the server sent none/);
  });

  it('prints JSON with type, scope and the end of its life', async () => {
    const { stdout } = await inDesk(['token', 'demo-machine', '--format', 'json'], withSecret());
    const found = JSON.parse(stdout) as Readonly<Record<string, string>>;
    assert.deepEqual(Object.keys(found).sort(), ['access_token', 'expires_at', 'scope', 'token_type']);
    assert.ok(Date.parse(found['expires_at'] ?? '') > Date.now());
    assert.equal(found['scope'], 'orders.read orders.write');
  });

  it('prints an assignment that a shell reads', async () => {
    const args = ['token', 'demo-machine', '--format', 'env', '--variable', 'ORDERS_TOKEN'];
    const { stdout } = await inDesk(args, withSecret());
    const shell = await promisify(execFile)('sh', [
      '-c',
      'eval "$1"; printf %s "$ORDERS_TOKEN"',
      'sh',
      stdout,
    ]);
    assert.equal(await orders(`Bearer ${shell.stdout}`), 200);
  });

  it('takes the secret from standard input, with or without a line end', async () => {
    for (const input of [machine, `${machine}\n`, `${machine}\r\n`]) {
      const { code, stderr } = await inDesk(['token', 'demo-machine', '--secret-stdin'], { input });
      assert.equal(code, 0, stderr);
      assertNowhere([machine], stderr);
    }
  });

  it('takes a private key in place of a secret, and says what is wrong with what is none', async () => {
    await desk.addProfiles([
      {
        ...{ id: 'with-key', grant: 'client_credentials', issuer: desk.demo.issuer, clientId: 'demo-key' },
        clientAuthentication: 'private_key_jwt',
      },
    ]);
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const pem = await exportPKCS8(privateKey);
    const refused = await inDesk(['token', 'with-key', '--secret-stdin'], { input: pem });
    // The demo has no such client: it was asked with an assertion that this key signed.
    assert.deepEqual([refused.code, refused.stdout], [1, ''], refused.stderr);
    assert.match(refused.stderr, /refused the token request with invalid_client/);
    assertNowhere(pem.split('\n').slice(1, 3), refused.stderr);
    const none = await inDesk(['token', 'with-key', '--secret-stdin'], { input: 'no key at all' });
    assert.equal(none.code, 2);
    assertNowhere(['no key at all'], none.stderr);
    const missing = await inDesk(['token', 'with-key']);
    assert.match(missing.stderr, /^The private key of “with-key” is missing/);
  });

  it('takes the secret from the variable that is named, and not from the standard one then', async () => {
    const environment = { OAUTH_EXPLORER_SECRET: 'of another client', MINE: machine };
    const args = ['token', 'demo-machine', '--secret-env', 'MINE'];
    assert.equal((await inDesk(args, { environment })).code, 0);
    const unset = await inDesk(args, withSecret());
    assert.deepEqual(
      [unset.code, unset.stderr],
      [2, 'The environment variable “MINE” of --secret-env is not set.\n'],
    );
  });

  it('masks the token in the log of GitHub Actions before it prints it', async () => {
    const environment = { OAUTH_EXPLORER_SECRET: machine, GITHUB_ACTIONS: 'true' };
    const { stdout, stderr } = await inDesk(['token', 'demo-machine'], { environment });
    assert.ok(stderr.split('\n').includes(`::add-mask::${stdout.trim()}`));
  });

  it('signs somebody in with the browser, and prints neither refresh token nor id_token', async () => {
    const environment = { BROWSER: desk.browser };
    for (const format of [[], ['--format', 'json']]) {
      const args = ['token', 'demo-native', '--sign-in', ...format];
      const { code, stdout, stderr } = await inDesk(args, { environment });
      assert.equal(code, 0, stderr);
      const token = format.length === 0 ? stdout.trim() : accessTokenIn(stdout);
      assert.equal(await orders(`Bearer ${token}`), 200);
      assert.doesNotMatch(stdout, /refresh_token|id_token/);
      assert.match(stderr, /Waiting for you to sign in with the browser\./);
      assertNowhere([token], stderr);
    }
  });

  it('shows the code of a device flow, and the page to type it at', async () => {
    let typed: Promise<unknown> | undefined;
    const { code, stdout, stderr } = await inDesk(['token', 'demo-device', '--sign-in'], {
      onTold: (text) => {
        const [, userCode, page] = /type the code (\S+) at (\S+)\.\n/.exec(text) ?? [];
        if (userCode === undefined || page === undefined) return;
        typed ??= new JarBrowser().visit(`${page}?user_code=${userCode}`);
      },
    });
    await typed;
    assert.equal(code, 0, stderr);
    assert.equal(await orders(`Bearer ${stdout.trim()}`), 200);
  });

  it('keeps the secret from the browser', async () => {
    const web = secretOf(desk, 'web');
    const environment = { BROWSER: desk.seenBy.browser, OAUTH_EXPLORER_SECRET: web, MINE: web };
    const args = ['token', 'demo-web', '--sign-in', '--sign-in-timeout', '3', '--secret-env', 'MINE'];
    const { code, stderr } = await inDesk(args, { environment });
    assert.equal(code, 2, stderr);
    const seen = await desk.seenBy.given();
    assert.match(seen, /^http:\/\/127\.0\.0\.1:\d+\//);
    assertNowhere([web], seen + stderr);
  });

  it('says that nobody is there to sign in', async () => {
    const { code, stdout, stderr } = await inDesk(['token', 'demo-native']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(
      stderr,
      /^“Demo: public app \(PKCE\)” \(authorization_code\) needs somebody to sign in, and nobody is there/,
    );
  });

  it('ends when it is interrupted while somebody signs in, and frees the port', async () => {
    const args = ['token', 'demo-native', '--sign-in'];
    const environment = { BROWSER: desk.seenBy.browser };
    const started = await inDesk(args, { environment, interrupt: { after: 'Waiting for you' } });
    assert.deepEqual([started.code, started.stdout], [130, '']);
    assert.match(started.stderr, /\nInterrupted\.\n$/);
    const address = (await desk.seenBy.given()).split('\n')[0] ?? '';
    await assert.rejects(fetch(address));
  });

  it('says where to go when no browser can be opened', async () => {
    const args = ['token', 'demo-native', '--sign-in', '--sign-in-timeout', '4'];
    const { code, stderr } = await inDesk(args, { environment: { BROWSER: join(desk.folder, 'none') } });
    assert.equal(code, 2);
    assert.ok(stderr.includes(`No browser could be opened. Open ${desk.demo.issuer}/auth?`), stderr);
    assert.equal(stderr.split('Waiting for you').length, 2, stderr);
  });

  it('signs in at another host than the issuer’s, whose code goes there, only where both are named', async () => {
    const { issuer, clients } = desk.demo;
    const elsewhere = issuer.replace('127.0.0.1', 'localhost');
    const mixed = {
      ...{ ...profileOf(issuer, clients.native), id: 'mixed', name: 'mixed' },
      authorizationEndpoint: `${elsewhere}/auth`,
    };
    await desk.addProfiles([mixed]);
    const environment = { BROWSER: desk.browser };
    const hosts = [elsewhere, issuer].map((url) => new URL(url).host);
    for (const args of [
      ['token', 'mixed', '--sign-in'],
      ['token', 'mixed', '--sign-in', '--one-service', `${hosts[1] ?? ''},evil.example`],
      ['check', 'mixed'],
    ]) {
      const { code, stdout, stderr } = await inDesk(args, { environment });
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.ok(
        stderr.includes(`is at ${elsewhere}, the token endpoint at ${issuer}, and nothing says`),
        stderr,
      );
      assert.match(stderr, /with --one-service on the command line/);
    }
    for (const value of [hosts.join(','), `${issuer},${elsewhere}`]) {
      const args = ['token', 'mixed', '--sign-in', '--one-service', value];
      const { code, stdout, stderr } = await inDesk(args, { environment });
      assert.equal(code, 0, stderr);
      assert.equal(await orders(`Bearer ${stdout.trim()}`), 200);
    }
    const said = ['check', 'mixed', '--one-service', hosts.join(',')];
    assert.doesNotMatch((await inDesk(said)).stderr, /nothing says/);
    const { code, stderr } = await inDesk(['token', 'mixed', '--sign-in', '--one-service', hosts[0] ?? '']);
    assert.equal(code, 2);
    assert.match(stderr, /--one-service must name two hosts/);
  });

  describe('ends with a sentence and', () => {
    it('1 when the server refuses the client, without the secret', async () => {
      const environment = { OAUTH_EXPLORER_SECRET: 'a-wrong-secret-of-some-length' };
      const { code, stdout, stderr } = await inDesk(['token', 'demo-machine'], { environment });
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, /refused the token request with invalid_client/);
      assertNowhere([environment.OAUTH_EXPLORER_SECRET], stderr);
    });

    it('2 when there is no secret, and says every way to give it', async () => {
      const { code, stdout, stderr } = await inDesk(['token', 'demo-machine']);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(
        stderr,
        /^The client secret of “Demo: machine to machine” is missing: .*--secret-env.*--secret-stdin/,
      );
      assert.ok(stderr.includes(`It is sent to ${desk.demo.issuer} only.`));
      const empty = await inDesk(['token', 'demo-machine', '--secret-stdin']);
      assert.deepEqual(
        [empty.code, empty.stderr],
        [2, '--secret-stdin was given, but standard input is empty.\n'],
      );
    });

    it('2 when nobody answers there', async () => {
      await desk.addProfiles([
        { id: 'gone', grant: 'client_credentials', tokenEndpoint: 'http://127.0.0.1:9/token', clientId: 'c' },
      ]);
      const { code, stdout, stderr } = await inDesk(['token', 'gone'], withSecret());
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /127\.0\.0\.1:9/);
      assertNowhere([machine], stderr);
    });

    it('2 for a profile that is not there, or that cannot be used', async () => {
      await desk.addProfiles([{ id: 'bad', grant: 'magic', clientId: 'c', issuer: desk.demo.issuer }]);
      const unknown = await inDesk(['token', 'orders'], withSecret());
      assert.equal(unknown.code, 2);
      assert.match(
        unknown.stderr,
        /^There is no profile “orders” in “\.vscode\/settings\.json”\. There are demo-machine, .*, demo-\w+ and bad\.\n$/,
      );
      const bad = await inDesk(['token', 'bad'], withSecret());
      assert.equal(bad.code, 2);
      assert.match(bad.stderr, /^The profile “bad” in “\.vscode\/settings\.json” cannot be used\. .*grant/);
    });

    it('2 without settings, and for settings that cannot be read', async () => {
      const none = await run(['token', 'orders'], { folder: join(desk.folder, '.vscode') });
      assert.equal(none.code, 2);
      assert.match(
        none.stderr,
        /^There are no profiles: “\.vscode\/settings\.json” cannot be read: there is no such file\..*--profiles/,
      );
      await writeFile(join(desk.folder, 'broken.json'), '{\n  "oauthExplorer.profiles": [,]\n');
      const broken = await inDesk(['token', 'orders', '--profiles', 'broken.json']);
      assert.equal(broken.code, 2);
      assert.match(broken.stderr, /^“broken\.json” cannot be read: line 2, column \d+: /);
      await writeFile(join(desk.folder, 'other.json'), '{ "editor.fontSize": 3 }');
      const other = await inDesk(['token', 'orders', '--profiles', 'other.json']);
      assert.match(other.stderr, /^“other\.json” has no profiles/);
    });

    it('2 for a grant that starts from what is not given, or from what only the editor has', async () => {
      const { issuer, clients } = desk.demo;
      const { crossApp, exchange, saml } = clients;
      const profiles = [crossApp, exchange, saml].map((client) => demoProfile(issuer, client));
      const file = join(desk.folder, 'editor.json');
      await writeFile(file, JSON.stringify({ 'oauthExplorer.profiles': profiles }));
      for (const [{ clientId, name, grant }, sentence] of [
        [
          crossApp,
          'signs in with another profile, and tells another server who did: only the editor asks whether it may.',
        ],
        [exchange, 'starts from a subject token. Name the environment variable that holds it with'],
        [saml, 'starts from a SAML assertion. Name the environment variable that holds it with'],
      ] as const) {
        const { code, stdout, stderr } = await inDesk(
          ['token', clientId, '--profiles', file, '--sign-in'],
          withSecret(),
        );
        assert.deepEqual([code, stdout], [2, ''], stderr);
        assert.ok(stderr.includes(`“${name}” (${grant}) ${sentence}`), stderr);
      }
    });

    it('2 for arguments that do not go together, before a secret is looked for', async () => {
      for (const [args, sentence] of [
        [['token'], /^token needs a profile or issuer\./],
        [['token', 'a', 'b'], /^token takes one profile or issuer only\./],
        [['token', 'a', '--format', 'xml'], /^--format must be header, json or env\./],
        [['token', 'a', '--variable', 'X'], /^--variable is for --format env only\./],
        [['token', 'a', '--format', 'env', '--variable', 'X;id'], /^--variable must be a name/],
        [['token', 'a', '--sign-in', '--no-sign-in'], /exclude each other/],
        [['token', 'demo-machine', '--timeout', '0'], /^--timeout must be a number of seconds/],
        [['token', 'demo-machine', '--timeout', 'abc'], /^--timeout must be a number of seconds/],
        [['token', 'demo-machine', '--timeout', '3601'], /^--timeout must be a number of seconds/],
        [['check', 'demo-machine', '--sign-in-timeout', '1e3'], /^--sign-in-timeout must be a number/],
      ] as const) {
        const { code, stdout, stderr } = await inDesk(args);
        assert.deepEqual([code, stdout], [2, ''], args.join(' '));
        assert.match(stderr.split('\n').at(-2) ?? '', sentence);
      }
    });
  });
});

describe('oauth-explorer token with a keychain', { skip: process.platform !== 'linux' }, () => {
  let desk: Desk;
  let keyring: Keyring;

  before(async () => {
    [desk, keyring] = await Promise.all([openDesk(), startKeyring()]);
  });
  after(async () => {
    await Promise.all([desk.close(), keyring.close()]);
  });

  const inSession = (args: readonly string[], input = '', environment = {}) =>
    run(args, {
      ...{ folder: desk.folder, input },
      environment: {
        DBUS_SESSION_BUS_ADDRESS: keyring.env['DBUS_SESSION_BUS_ADDRESS'] ?? '',
        HOME: keyring.home,
        ...environment,
      },
    });

  it('finds the secret that the extension has stored, and only for its origin', async () => {
    const secret = secretOf(desk, 'machine');
    await keyring.store(`demo-machine@${desk.demo.issuer}`, secret);
    const found = await inSession(['token', 'demo-machine']);
    assert.equal(found.code, 0, found.stderr);
    assertNowhere([secret], found.stderr);

    const elsewhere = [
      {
        id: 'demo-machine',
        grant: 'client_credentials',
        tokenEndpoint: 'http://127.0.0.1:9/t',
        clientId: 'c',
      },
    ];
    await writeFile(join(desk.folder, 'moved.json'), JSON.stringify(elsewhere));
    const moved = await inSession(['token', 'demo-machine', '--profiles', 'moved.json']);
    assert.equal(moved.code, 2);
    assert.match(
      moved.stderr,
      /the keychain has no entry oauth-explorer, demo-machine@http:\/\/127\.0\.0\.1:9/,
    );
  });

  it('does not send to another server of the host what was entered for one of them', async () => {
    const secret = secretOf(desk, 'machine');
    await keyring.store(`demo-machine@${desk.demo.issuer}`, secret);
    const binding = [{ issuer: `${desk.demo.issuer}/other`, standing: 'workspace' }];
    await keyring.store(`demo-machine@${desk.demo.issuer}/bound`, JSON.stringify(binding));
    const { code, stdout, stderr } = await inSession(['token', 'demo-machine']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /the secret in the keychain was entered for another server/);
    assertNowhere([secret], stderr);
  });

  it('does not give a workspace’s profile what was entered for the user’s own', async () => {
    const binding = [{ issuer: desk.demo.issuer, standing: 'user' }];
    await keyring.store(`demo-machine@${desk.demo.issuer}/bound`, JSON.stringify(binding));
    const refused = await inSession(['token', 'demo-machine']);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /was entered for your own profile/);
    const own = await readFile(join(desk.folder, '.vscode', 'settings.json'));
    await writeFile(join(desk.folder, 'own.json'), own);
    assert.equal((await inSession(['token', 'demo-machine', '--profiles', 'own.json'])).code, 0);
  });

  it('starts from a refresh token in the keychain, and keeps the one it is rotated to', async () => {
    const keyringToken = `from-refresh@${desk.demo.issuer}/refresh_token`;
    const profile = {
      ...{ id: 'from-refresh', grant: 'refresh_token', issuer: desk.demo.issuer },
      ...{ clientId: 'demo-native', clientAuthentication: 'none', scopes: ['openid', 'orders.read'] },
    };
    await desk.addProfiles([profile]);
    const first = await freshRefreshToken(desk);
    await keyring.store(keyringToken, first);
    const { code, stdout, stderr } = await inSession(['token', 'from-refresh']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const second = await keyring.lookup(keyringToken);
    assert.ok(second !== undefined && second !== first);
    assertNowhere([first, second], stdout + stderr);
    assert.equal((await inSession(['token', 'from-refresh'])).code, 0);
  });

  it('keeps the certificate that it makes for an https redirect URI, which is the same in the next run', async () => {
    const profile = {
      ...{ id: 'secure', grant: 'authorization_code', issuer: desk.demo.issuer, scopes: ['openid'] },
      ...{ clientId: 'demo-native', clientAuthentication: 'none' },
      redirectUri: `https://127.0.0.1:${await freePort()}/callback`,
    };
    await desk.addProfiles([profile]);
    const kept: (string | undefined)[] = [];
    for (let run = 0; run < 2; run++) {
      const args = ['token', 'secure', '--sign-in', '--sign-in-timeout', '1'];
      const { code, stderr } = await inSession(args, '', { BROWSER: join(desk.folder, 'none') });
      assert.equal(code, 2, stderr);
      assert.doesNotMatch(stderr, /PRIVATE KEY/);
      kept.push(await keyring.lookup(`secure@${desk.demo.issuer}/redirect_certificate`));
    }
    assert.match(kept[0] ?? '', /^-----BEGIN CERTIFICATE-----/);
    assert.equal(kept[1], kept[0]);
  });

  /** Every command as it is with this keychain: those that ask it say so, the others do what they always do. */
  async function withoutKeychain(sentence: RegExp) {
    const report = join(desk.folder, 'without.sarif');
    for (const args of [
      ['token', 'demo-machine'],
      ['check', 'demo-machine', '--only', 'client.by-get', '--sarif', report],
      ['check', 'demo-machine', '--only', 'client.by-get', '--write-contract', '--contract-file', report],
      ['mcp', `${desk.demo.api}/mcp`, '--check', '--profile', 'demo-machine', '--sarif', report],
    ]) {
      const { code, stdout, stderr } = await inSession(args);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, sentence);
      assert.match(stderr, /or pass it with --secret-stdin\. It is sent to \S+ only\.\n$/);
      assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    }
    await assert.rejects(readFile(report));
    const input = '{"error":"invalid_client"}';
    const explained = await inSession(['explain', '--profile', 'demo-machine'], input);
    assert.deepEqual([explained.code, explained.stderr], [1, '']);
    assert.match(explained.stdout, /^# invalid_client at the token endpoint/);
    const decoded = await inSession(['decode'], 'Authorization: Bearer eyJhbGciOiJub25lIn0.eyJhIjoxfQ.');
    assert.deepEqual([decoded.code, decoded.stderr], [0, '']);
    const explored = await inSession(['mcp', `${desk.demo.api}/mcp`]);
    assert.equal(explored.code, 0);
    assert.doesNotMatch(explored.stderr, /keychain/);
  }

  it('says that it is locked, which is not to be called having no entry', { timeout: 300_000 }, async () => {
    const accounts = await keyring.accounts();
    await keyring.lock();
    await withoutKeychain(
      /the system keychain shows no entry and takes none, as when it is locked: it says “/,
    );
    await keyring.unlock();
    assert.deepEqual((await keyring.accounts()).sort(), accounts.sort());
  });

  it('tries an unlocked one without leaving anything there', async () => {
    const accounts = await keyring.accounts();
    const { code, stderr } = await inSession(['token', 'demo-web', '--sign-in']);
    assert.equal(code, 2);
    assert.match(stderr, /the keychain has no entry oauth-explorer, demo-web@/);
    assert.deepEqual((await keyring.accounts()).sort(), accounts.sort());
  });

  it('says so when there is no keychain', { timeout: 300_000 }, async () => {
    await keyring.stop();
    await withoutKeychain(/the system keychain could not read an entry/);
  });
});
