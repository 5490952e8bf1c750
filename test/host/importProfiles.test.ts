import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile as readDisk, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { importText } from '../../src/core/import/importText.ts';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { exportProfiles } from '../../src/host/commands/exportProfiles.ts';
import { importFound, type ToImport } from '../../src/host/commands/importProfiles.ts';
import { readFile, readFolder, readNamed, type ImportedFrom } from '../../src/host/importSources.ts';
import { dropToImport } from '../../src/host/trees/dropToImport.ts';
import { member } from '../../src/shared/json.ts';
import type { OpenProfilePanel, Services } from '../../src/host/services.ts';
import { withServices } from './services.ts';
import { test, until } from './suite.ts';

const env = 'CLIENT_ID=worker\nCLIENT_SECRET=s3cret#value;\nTOKEN_URL=https://as.example.com/token\n';
const progress = { pause: () => Promise.resolve() };

/** A folder on disk with these files. */
async function withFolder(
  files: Readonly<Record<string, string>>,
  body: (folder: vscode.Uri) => Promise<void>,
) {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(folder, name, '..'), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await body(vscode.Uri.file(folder));
  } finally {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await rm(folder, { recursive: true });
  }
}

/** Picks what `choose` says in lists, and keeps what they showed. */
async function picking(
  choose: (items: readonly vscode.QuickPickItem[]) => unknown,
  body: () => Promise<void>,
): Promise<vscode.QuickPickItem[]> {
  const { showQuickPick } = vscode.window;
  const shown: vscode.QuickPickItem[] = [];
  const look = (items: readonly vscode.QuickPickItem[]) => {
    shown.push(...items);
    return Promise.resolve(choose(items));
  };
  Object.assign(vscode.window, { showQuickPick: look });
  try {
    await body();
  } finally {
    Object.assign(vscode.window, { showQuickPick });
  }
  return shown;
}

function depsOf(services: Services, opened: OpenProfilePanel[] = [], tokens: string[] = []): ToImport {
  const open = (options: OpenProfilePanel = {}) => {
    opened.push(options);
    return Promise.resolve();
  };
  return {
    ...services,
    views: { profile: () => Promise.resolve({ open }) },
    run: (command, argument) => {
      assert.equal(command, 'getToken');
      tokens.push(String(member(argument, 'profile')));
      return Promise.resolve();
    },
  };
}

test('one profile that was imported is a click away from its token; of several, the user chooses in the tree', () =>
  withServices(async ({ services, user }) => {
    const tokens: string[] = [];
    const take = (text: string) =>
      picking(
        (items) => items,
        () => importFound({ found: importText(text), files: [] }, depsOf(services, [], tokens)),
      );
    user.presses.push('Get Token');
    await take(env);
    await until('the token', () => tokens.length === 1);
    const [id] = services.profiles.ids();
    assert.deepEqual(tokens, [id]);
    const issuer = 'https://as.example.com';
    const two = ['a', 'b'].map((one) => ({ id: one, grant: 'client_credentials', issuer, clientId: one }));
    user.presses.push('Get Token');
    await take(JSON.stringify(two));
    await until('the report', () => user.heard.some((said) => said.startsWith('2 profiles were imported.')));
    assert.deepEqual(user.presses.splice(0), ['Get Token']);
  }));

/** The secret of the only profile, if it has one. */
async function storedSecret(services: Services): Promise<string | undefined> {
  const [only] = services.profiles.list().profiles;
  return only && services.secrets.get(secretPlace(only.profile));
}

test('the preview names the hosts that a token would go to without a question', () =>
  withServices(async ({ services }) => {
    const text = `${env}AUDIENCE=https://takes-tokens.example/api\n`;
    const shown = await picking(
      () => undefined,
      () => importFound({ found: importText(text), files: [] }, depsOf(services)),
    );
    assert.equal(shown[0]?.description, 'as.example.com, takes-tokens.example · client_credentials');
  }));

test('nothing is stored before the preview, which names every host, was confirmed', () =>
  withServices(async ({ services }) => {
    const from: ImportedFrom = { found: importText(env), files: [] };
    const shown = await picking(
      () => undefined,
      () => importFound(from, depsOf(services)),
    );
    assert.equal(shown[0]?.description, 'as.example.com · client_credentials');
    assert.match(
      shown[0].detail ?? '',
      /^the secret goes to the keychain and to as\.example\.com only · worker/,
    );
    assert.deepEqual(services.profiles.ids(), []);
    await picking(
      (items) => items,
      () => importFound(from, depsOf(services)),
    );
    await until('the profile', () => services.profiles.ids().length === 1);
    assert.equal(await storedSecret(services), 's3cret#value;');
  }));

test('what is there already is updated, kept beside the new one, or left alone, as the user says', () =>
  withServices(async ({ services, user }) => {
    const take = (text: string, choose = (items: readonly vscode.QuickPickItem[]) => items) =>
      picking(
        (items) => choose(items.filter(({ picked }) => picked)),
        () => importFound({ found: importText(text), files: [] }, depsOf(services)),
      );
    const names = () => services.profiles.list().profiles.map(({ profile }) => profile.name);
    await take(env);
    const there = services.profiles.list().profiles[0]?.profile;
    assert.ok(there);
    // Without a secret nothing changes: it is shown, and not chosen.
    const without = env.replace(/CLIENT_SECRET.*\n/, '');
    const [same] = await take(without);
    assert.match(same?.description ?? '', /already there as “as\.example\.com”/);
    assert.equal(same?.picked, false);
    // Nothing is pressed.
    const other = `${env.replace('s3cret#value;', 'an0ther')}SCOPE=read\n`;
    await take(other);
    assert.match(user.heard.join(), /“as\.example\.com”: scopes, the secret in the keychain/);
    assert.equal(await services.secrets.get(secretPlace(there)), 's3cret#value;');
    user.presses.push('Update');
    await take(other);
    assert.deepEqual(names(), ['as.example.com']);
    assert.deepEqual(services.profiles.get(there.id)?.profile.scopes, ['read']);
    assert.equal(await services.secrets.get(secretPlace(there)), 'an0ther');
    user.presses.push('Keep Both');
    await take(env);
    assert.deepEqual(names(), ['as.example.com', 'as.example.com (2)']);
    assert.equal(await services.secrets.get(secretPlace(there)), 'an0ther');
    assert.ok(!user.heard.join().includes('an0ther'));
  }));

test('a profile of the workspace’s settings, whose fields have variables, is updated where it stands', () =>
  withServices(async ({ services, user }) => {
    const settings = () => vscode.workspace.getConfiguration('oauthExplorer', null);
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const written = {
      ...{ id: 'team', name: 'Team', grant: 'client_credentials', clientId: '${id}' },
      tokenEndpoint: 'https://as.example.com/token',
    };
    try {
      await settings().update('environments', { dev: { id: 'worker' } }, Global);
      await settings().update('profiles', [written], Workspace);
      services.profiles.environments.forget();
      await services.profiles.environments.choose('dev');
      await until('the profile', () => services.profiles.usable()[0]?.environment === 'dev');
      user.presses.push('Update');
      await picking(
        (items) => items,
        () => importFound({ found: importText(`${env}SCOPE=read\n`), files: [] }, depsOf(services)),
      );
      await until(
        'the change',
        () => services.profiles.get('team')?.profile.scopes.includes('read') === true,
      );
      const { globalValue, workspaceValue } = settings().inspect<readonly unknown[]>('profiles') ?? {};
      assert.equal(globalValue, undefined);
      const [entry] = workspaceValue ?? [];
      // What the import says nothing new of stays as it was written.
      assert.deepEqual(
        ['id', 'name', 'clientId', 'scopes'].map((name) => member(entry, name)),
        ['team', 'Team', '${id}', ['read']],
      );
      assert.equal(await storedSecret(services), 's3cret#value;');
    } finally {
      await settings().update('profiles', undefined, Workspace);
      await settings().update('environments', undefined, Global);
      services.profiles.environments.forget();
    }
  }));

test('what is dropped on the Profiles view is read: files, folders, and nothing that is in no file system', () =>
  withFolder({ 'one/.env': env, 'two.env': env.replaceAll('worker', 'other') }, async (folder) => {
    const at = (name: string) => vscode.Uri.joinPath(folder, name).toString();
    const named = async (...uris: readonly unknown[]) => {
      const { found, files = [] } = (await readNamed(uris)) ?? { found: undefined };
      return [found?.profiles.map(({ entry }) => entry['clientId']), files.length];
    };
    assert.deepEqual(await named(at('two.env')), [['other'], 1]);
    assert.deepEqual(await named(at('one'), at('two.env')), [['worker', 'other'], 2]);
    assert.deepEqual(await named('https://as.example.com/', 'nothing', 5), [[], 0]);
    const dropped = new vscode.DataTransfer();
    const list = `# a comment\r\n${at('two.env')}\r\n`;
    dropped.set('text/uri-list', new vscode.DataTransferItem(list));
    const ran: unknown[] = [];
    const { executeCommand } = vscode.commands;
    Object.assign(vscode.commands, {
      executeCommand: (...args: unknown[]) => Promise.resolve(void ran.push(...args)),
    });
    try {
      await dropToImport.handleDrop?.(undefined, dropped, new vscode.CancellationTokenSource().token);
      dropped.set('text/uri-list', new vscode.DataTransferItem('# nothing'));
      await dropToImport.handleDrop?.(undefined, dropped, new vscode.CancellationTokenSource().token);
    } finally {
      Object.assign(vscode.commands, { executeCommand });
    }
    assert.deepEqual(ran, ['oauthExplorer.importProfiles', { files: [at('two.env')] }]);
  }));

test('a long import that is cancelled takes nothing, be it of one file or of several', () => {
  const requests = Array.from({ length: 40_000 }, (_, at) => ({
    name: `r${at}`,
    request: {
      auth: { type: 'oauth2', oauth2: { clientId: `c${at}`, accessTokenUrl: 'https://a.example/t' } },
    },
  }));
  const long = JSON.stringify({ info: { name: 'Long' }, item: requests });
  return withFolder({ 'long.json': long, 'two/.env': env }, async (folder) => {
    const { withProgress } = vscode.window;
    const told: (string | undefined)[] = [];
    const pressed = async (names: readonly string[]) => {
      const cancel = new vscode.CancellationTokenSource();
      const report = ({ message }: { readonly message?: string }) => {
        told.push(message);
        cancel.cancel();
      };
      // As with the button of the notification, which no test can press.
      const underCancel: typeof withProgress = (_options, task) => task({ report }, cancel.token);
      Object.assign(vscode.window, { withProgress: underCancel });
      try {
        return await readNamed(names.map((name) => vscode.Uri.joinPath(folder, name).toString()));
      } finally {
        Object.assign(vscode.window, { withProgress });
      }
    };
    assert.equal(await pressed(['long.json']), undefined);
    assert.equal(told.length, 1);
    assert.equal(await pressed(['long.json', 'two']), undefined);
    assert.equal(told.length, 2);
    assert.deepEqual(
      (await readNamed([vscode.Uri.joinPath(folder, 'two').toString()]))?.found.profiles.length,
      1,
    );
  });
});

test('a file is changed only when asked, in one edit that can be undone', () =>
  withFolder({ '.env': env }, (folder) =>
    withServices(async ({ services, user }) => {
      const file = vscode.Uri.joinPath(folder, '.env');
      user.presses.push('Remove the Secrets from This File');
      const from = await readFile(file, progress);
      await picking(
        (items) => items,
        () => importFound(from, depsOf(services)),
      );
      const document = await vscode.workspace.openTextDocument(file);
      await until('the edit', () => document.isDirty);
      assert.equal(document.getText(), env.replace('s3cret#value;', ''));
      assert.equal(await readDisk(file.fsPath, 'utf8'), env);
      await until('the editor', () => vscode.window.activeTextEditor?.document === document);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), env);
    }),
  ));

test('a folder says how many profiles are in how many files', () =>
  withFolder(
    {
      '.env': env,
      'keycloak.json': JSON.stringify({
        realm: 'r',
        'auth-server-url': 'https://kc.example',
        resource: 'web',
        'public-client': true,
      }),
      'bruno/orders.bru':
        'auth:oauth2 {\n  grant_type: client_credentials\n  access_token_url: https://b.example/t\n  client_id: bru\n  credentials_placement: body\n}\n',
      'package.json': '{"name":"x"}',
      'http-client.env.json': '{"dev":{}}',
      'http-client.private.env.json': '{"dev":{}}',
      'deploy/app.cfg': '[sso]\nclient_id = cfg\ntoken_url = https://cfg.example/t\n',
      'deploy/Dockerfile': 'FROM x\nENV CLIENT_ID=image TOKEN_URL=https://image.example/t\n',
      'token.http':
        'POST https://http.example/t\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials&client_id=http\n',
    },
    async (folder) => {
      const { found, files } = await readFolder(folder, progress);
      assert.equal(found.format, '6 profiles found in 8 files');
      assert.deepEqual(
        found.profiles.map(({ file }) => file),
        ['.env', 'bruno/orders.bru', 'deploy/Dockerfile', 'deploy/app.cfg', 'keycloak.json', 'token.http'],
      );
      assert.equal(files.length, 6);
    },
  ));

// Windows has no such links and pipes for everybody.
if (process.platform !== 'win32')
  test('a link is followed; a folder, a pipe, a link to nothing and what may not be read are said by name', () =>
    withFolder({ 'one/.env': env, 'folder.json/x.txt': '', 'locked.env': env }, async (folder) => {
      const at = (name: string) => vscode.Uri.joinPath(folder, name);
      await symlink(at('one/.env').fsPath, at('link.env').fsPath);
      await symlink(at('nowhere').fsPath, at('broken.env').fsPath);
      await symlink(at('round.env').fsPath, at('round.env').fsPath);
      execFileSync('mkfifo', [at('pipe.env').fsPath]);
      await chmod(at('locked.env').fsPath, 0);
      const read = async (name: string) => {
        const { found, files } = await readFile(at(name), progress);
        return [found.profiles.length, files.length, ...found.problems];
      };
      assert.deepEqual(await read('link.env'), [1, 1]);
      assert.deepEqual(await read('folder.json'), [0, 0, 'folder.json could not be read: it is not a file.']);
      assert.deepEqual(await read('pipe.env'), [0, 0, 'pipe.env could not be read: it is not a file.']);
      const missing = (name: string) => `${name} could not be read: it does not exist or cannot be read.`;
      const gone = ['broken.env', 'round.env', 'never.env'];
      // Root may read everything.
      if (process.getuid?.() !== 0) gone.push('locked.env');
      for (const name of gone) assert.deepEqual(await read(name), [0, 0, missing(name)]);
      const whole = await readNamed([folder.toString()]);
      // The link and what it leads to are one client.
      assert.equal(whole?.found.profiles.length, 1);
    }));

test('what is not complete opens in the form with all that is known', () =>
  withServices(async ({ services }) => {
    const opened: OpenProfilePanel[] = [];
    const found = importText(
      "curl https://as.example.com/token -u '$ID:b+c' -d grant_type=client_credentials",
    );
    await picking(
      (items) => items,
      () => importFound({ found, files: [] }, depsOf(services, opened)),
    );
    assert.equal(opened[0]?.draft?.basicEncoding, 'raw');
    assert.equal(opened[0].draft.clientId, undefined);
    assert.equal(opened[0].secret, 'b+c');
    assert.deepEqual(services.profiles.ids(), []);
  }));

test('environments of another tool are taken over when asked to: without secrets, and what is there keeps its values', () =>
  withServices(async ({ services, user }) => {
    const settings = () => vscode.workspace.getConfiguration('oauthExplorer', null);
    const configured = (value: unknown) =>
      settings().update('environments', value, vscode.ConfigurationTarget.Global);
    const file = JSON.stringify({
      name: 'dev',
      _postman_variable_scope: 'environment',
      values: [
        { key: 'host', value: 'dev.example.com', enabled: true },
        { key: 'tenant', value: 'acme', enabled: true },
        { key: 'api_token', value: 's3cr3t-of-dev', enabled: true, type: 'secret' },
      ],
    });
    const from: ImportedFrom = { found: importText(file), files: [] };
    try {
      await configured({ DEV: { host: 'mine.example.com' } });
      // The message is closed: nothing is written.
      await importFound(from, depsOf(services));
      assert.match(user.heard.join(), /Environments: “dev”\..*secrets are left out/);
      assert.deepEqual(settings().get('environments'), { DEV: { host: 'mine.example.com' } });
      user.presses.push('Take Them Over');
      await importFound(from, depsOf(services));
      const written = { DEV: { host: 'mine.example.com', tenant: 'acme' } };
      await until('the setting', () => isDeepStrictEqual(settings().get('environments'), written));
      services.profiles.environments.forget();
      assert.equal(services.profiles.environments.active, 'DEV');
    } finally {
      await configured(undefined);
    }
  }));

test('a folder’s collection with two environments is one profile with variables, and a secret for each environment', () =>
  withServices(async ({ services }) => {
    const environment = (name: string) =>
      JSON.stringify({
        ...{ id: name, name, _postman_variable_scope: 'environment' },
        values: Object.entries({
          url: `https://${name}.example.com`,
          id: `id-${name}`,
          key: `s3cr3t-${name}`,
        }).map(([key, value]) => ({ key, value, enabled: true })),
      });
    const oauth2 = Object.entries({
      grant_type: 'client_credentials',
      accessTokenUrl: '{{url}}/token',
      clientId: '{{id}}',
      clientSecret: '{{key}}',
    }).map(([key, value]) => ({ key, value }));
    const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
    const files = {
      'shop.json': JSON.stringify({
        info: { name: 'Shop', schema },
        auth: { type: 'oauth2', oauth2 },
        item: [],
      }),
      'dev.json': environment('dev'),
      'prod.json': environment('prod'),
    };
    const settings = () => vscode.workspace.getConfiguration('oauthExplorer', null);
    try {
      await withFolder(files, async (folder) => {
        const from = await readFolder(folder, progress);
        const shown = await picking(
          (items) => items,
          () => importFound(from, depsOf(services)),
        );
        assert.equal(shown.length, 1);
        assert.match(shown[0]?.detail ?? '', /keychain and to dev\.example\.com, prod\.example\.com only/);
      });
      const values = (name: string) => ({ url: `https://${name}.example.com`, id: `id-${name}` });
      const written = { dev: values('dev'), prod: values('prod') };
      await until('the setting', () => isDeepStrictEqual(settings().get('environments'), written));
      await until('the profile', () => services.profiles.ids().length === 1);
      services.profiles.environments.forget();
      for (const name of ['dev', 'prod']) {
        const found = services.profiles.get('shop', name);
        assert.ok(found);
        assert.equal(found.profile.clientId, `id-${name}`);
        assert.equal(await services.secrets.get(secretPlace(found.profile)), `s3cr3t-${name}`);
      }
      assert.doesNotMatch(JSON.stringify(settings().get('profiles')), /s3cr3t|dev\.example/);
    } finally {
      await settings().update('environments', undefined, vscode.ConfigurationTarget.Global);
    }
  }));

test('exported profiles hold no secret and are taken back: copied in both ways, and from a file', () =>
  withServices(async ({ services, user }) => {
    await picking(
      (items) => items,
      () => importFound({ found: importText(env), files: [] }, depsOf(services)),
    );
    await until('the profile', () => services.profiles.ids().length === 1);
    const [only] = services.profiles.list().profiles;
    assert.ok(only);
    for (const way of [0, 1]) {
      await picking(
        (items) => items[way],
        () => exportProfiles(services, { profile: only.profile.id }),
      );
      const text = await vscode.env.clipboard.readText();
      assert.ok(!text.includes('s3cret'));
      assert.equal(importText(text).profiles[0]?.entry['clientId'], 'worker');
    }
    await withFolder({}, async (folder) => {
      const saved = vscode.Uri.joinPath(folder, 'given.json');
      const { showSaveDialog } = vscode.window;
      const places = [saved, vscode.Uri.joinPath(saved, 'below a file.json'), undefined];
      Object.assign(vscode.window, { showSaveDialog: () => Promise.resolve(places.shift()) });
      const save = () =>
        picking(
          (items) => items[2],
          () => exportProfiles(services, { profile: only.profile.id }),
        );
      try {
        for (let time = 0; time < 3; time++) await save();
      } finally {
        Object.assign(vscode.window, { showSaveDialog });
      }
      const text = await readDisk(saved.fsPath, 'utf8');
      assert.ok(!text.includes('s3cret'));
      assert.equal(importText(text).profiles[0]?.entry['clientId'], 'worker');
      assert.deepEqual(
        user.heard.filter((said) => said.includes('given.json')),
        [
          `The profiles are in ${saved.fsPath}, without secrets.`,
          `The profiles could not be written to ${vscode.Uri.joinPath(saved, 'below a file.json').fsPath}.`,
        ],
      );
    });
  }));
