import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { secretPlace } from '../../../src/core/profile/profile.ts';
import type { LeakArgument } from '../../../src/shared/commands.ts';
import { textToDecode } from '../../../src/host/decodeToken.ts';
import { machineProfile } from '../../support/profiles.ts';
import { withServices } from '../services.ts';
import { test, until as untilSaid } from '../suite.ts';
import { newFolder, open, read } from './fixture.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = `${part({ alg: 'RS256' })}.${part({ sub: 'ada' })}.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg`;
const secret = 'p8e~Q9s0me.Secret_x7';

/** A repository that ignores what is named. */
async function repository(ignored = ''): Promise<vscode.Uri> {
  const folder = await newFolder();
  execFileSync('git', ['init', '--quiet', folder.fsPath]);
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, '.gitignore'), Buffer.from(ignored));
  return folder;
}

const until = (holds: () => boolean) => untilSaid('the marks to be what they should', holds);
const told = ({ fsPath }: vscode.Uri) =>
  vscode.languages
    .getDiagnostics(vscode.Uri.file(fsPath))
    .filter(({ source }) => source === 'OAuth Explorer');

/** Runs `body` once the extension, whose guard it is, is active. */
async function guarding(body: () => Promise<void>): Promise<void> {
  await vscode.extensions.getExtension('oauth-explorer.oauth-explorer')?.activate();
  await body();
}

async function fixes(uri: vscode.Uri): Promise<readonly vscode.CodeAction[]> {
  const [first] = told(uri);
  assert.ok(first);
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    first.range,
  );
  return found.filter(({ title }) => /environment file|by the reference|keychain|git ignore/.test(title));
}

const argumentOf = (found: readonly vscode.CodeAction[], words: RegExp) =>
  found.find(({ title }) => words.test(title))?.command?.arguments?.[0] as LeakArgument;

test('a token in a file that git would take is marked, without the token; in one it ignores, or without git, not', () =>
  guarding(async () => {
    const folder = await repository('ignored.http\n');
    const { uri } = await open(`GET http://a\nAuthorization: Bearer ${jwt}\n`, 'a.http', folder);
    await until(() => told(uri).length === 1);
    const [diagnostic] = told(uri);
    assert.match(diagnostic?.message ?? '', /git would take/);
    assert.doesNotMatch(JSON.stringify(diagnostic), /eyJ/);
    const found = await fixes(uri);
    assert.ok(found.length > 0);
    assert.doesNotMatch(JSON.stringify(found), /eyJ/);
    execFileSync('git', ['-C', folder.fsPath, 'add', 'a.http']);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '# one more\n');
    await vscode.workspace.applyEdit(edit);
    await until(() => told(uri).some(({ message }) => message.includes('git tracks')));
    const { uri: marker } = await open(`client_secret=${secret}\n`, 'c.env', folder);
    const ignored = await open(`GET http://a\nAuthorization: Bearer ${jwt}\n`, 'ignored.http', folder);
    await until(() => told(marker).length === 1);
    assert.deepEqual(told(ignored.uri), []);
  }));

test('a token under the cursor of any file can be decoded, and the command is not told the token', () =>
  guarding(async () => {
    const { uri } = await open(`2026-01-01 INFO Bearer ${jwt}, ok\n`, 'a.log', await newFolder());
    const at = async (character: number) => {
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        ...[uri, new vscode.Range(0, character, 0, character)],
      );
      return found.filter(({ title }) => title === 'Decode token');
    };
    let found: readonly vscode.CodeAction[] = [];
    await untilSaid('the fix', async () => (found = await at(40)).length === 1);
    assert.doesNotMatch(JSON.stringify(found), /eyJ/);
    assert.deepEqual(await at(12), []);
    assert.deepEqual(await textToDecode(found[0]?.command?.arguments?.[0]), {
      ...{ kind: 'text', text: jwt, from: 'the editor' },
    });
  }));

test('the setting turns it off', () =>
  guarding(async () => {
    const folder = await repository();
    const { uri } = await open(`{"clientSecret":"${secret}"}`, 'a.json', folder);
    await until(() => told(uri).length === 1);
    const settings = () => vscode.workspace.getConfiguration('oauthExplorer');
    try {
      await settings().update('leakGuard', false, vscode.ConfigurationTarget.Global);
      await until(() => told(uri).length === 0);
    } finally {
      await settings().update('leakGuard', undefined, vscode.ConfigurationTarget.Global);
    }
    await until(() => told(uri).length === 1);
  }));

test('what is moved to the environment takes no name that the file defines', () =>
  guarding(() =>
    withServices(async ({ services }) => {
      const folder = await repository('http-client.private.env.json\n');
      const file = vscode.Uri.joinPath(folder, 'http-client.private.env.json');
      await vscode.workspace.fs.writeFile(file, Buffer.from('{ "dev": { "a": "b" } }'));
      const { uri, document } = await open(`@orders_token = ${jwt}\nGET http://a\n`, 'a.http', folder);
      await until(() => told(uri).length === 1);
      const found = await fixes(uri);
      assert.deepEqual(
        found.map(({ title }) => title),
        ['Move to the environment file', 'Replace by the reference {{orders_token_2}}'],
      );
      await services.run('moveSecret', argumentOf(found, /environment file/));
      assert.equal(document.getText(), '@orders_token = {{orders_token_2}}\nGET http://a\n');
      const environment = await read(folder, 'http-client.private.env.json');
      assert.deepEqual(JSON.parse(environment), { dev: { a: 'b', orders_token_2: jwt } });
    }),
  ));

test('what is moved to the environment takes no name that means something else to this file or another one', () =>
  guarding(() =>
    withServices(async ({ services }) => {
      const folder = await repository('http-client.private.env.json\n');
      const shared = vscode.Uri.joinPath(folder, 'http-client.env.json');
      await vscode.workspace.fs.writeFile(shared, Buffer.from('{ "dev": { "token_2": "of others" } }'));
      const other = 'GET http://other\nAuthorization: Bearer {{token}}\n\n###\n';
      const mine = (token: string) => `GET http://mine\nAuthorization: Bearer ${token}\n\n###\n`;
      const { uri, document } = await open(other + mine(jwt) + mine(jwt), 'a.http', folder);
      for (const left of [2, 1]) {
        await until(() => told(uri).length === left);
        await services.run('moveSecret', argumentOf(await fixes(uri), /environment file/));
      }
      assert.equal(document.getText(), other + mine('{{token_3}}') + mine('{{token_3}}'));
      const environment = await read(folder, 'http-client.private.env.json');
      assert.deepEqual(JSON.parse(environment), { dev: { token_3: jwt } });
    }),
  ));

test('its fixes: a reference in its place, the environment file, the keychain', () =>
  guarding(() =>
    withServices(async ({ services, user, add }) => {
      const folder = await repository('http-client.private.env.json\n.env\n');
      await vscode.workspace.fs.writeFile(
        vscode.Uri.joinPath(folder, 'http-client.private.env.json'),
        Buffer.from('{ "dev": { "token": "another" } }'),
      );
      const { uri, document } = await open(`GET http://a\nAuthorization: Bearer ${jwt}\n`, 'a.http', folder);
      await until(() => told(uri).length === 1);
      const found = await fixes(uri);
      assert.deepEqual(
        found.map(({ title, edit }) => [title, edit !== undefined]),
        [
          ['Move to the environment file', false],
          // The name of another value would send that one.
          ['Replace by the reference {{token_2}}', true],
        ],
      );
      await services.run('moveSecret', argumentOf(found, /environment file/));
      assert.equal(document.getText(), 'GET http://a\nAuthorization: Bearer {{token_2}}\n');
      const environment = await read(folder, 'http-client.private.env.json');
      assert.deepEqual(JSON.parse(environment), { dev: { token: 'another', token_2: jwt } });
      await until(() => told(uri).length === 0);

      const profile = machineProfile({ issuer: 'https://as.example.com' });
      await add(profile);
      const json = await open(`{"client_secret":"${secret}"}`, 'mcp.json', folder);
      await until(() => told(json.uri).length === 1);
      user.presses.push('Move to the Keychain');
      await services.run('moveSecret', argumentOf(await fixes(json.uri), /keychain/));
      assert.equal(json.document.getText(), '{"client_secret":"${env:CLIENT_SECRET}"}');
      assert.equal(await services.secrets.use(secretPlace(profile)), secret);
      assert.ok(user.heard.some((said) => said.includes('https://as.example.com only')));
      assert.ok(user.heard.every((said) => !said.includes(secret)));

      const dotenv = await open(`CLIENT_SECRET=${secret}\n`, 'dev.env', folder);
      await until(() => told(dotenv.uri).length === 1);
      await services.run('moveSecret', argumentOf(await fixes(dotenv.uri), /ignore/));
      assert.match(await read(folder, '.gitignore'), /^dev\.env$/m);
    }),
  ));

test('a reference takes no name that a YAML file refers to already, and has quotes in a flow map', () =>
  guarding(async () => {
    const folder = await repository('.env\n');
    const { uri } = await open(
      `a: { client_secret: ${secret} }\nb: { client_secret: "\${CLIENT_SECRET}" }\n`,
      'a.yaml',
      folder,
    );
    await until(() => told(uri).length === 1);
    const found = (await fixes(uri)).find(({ edit }) => edit !== undefined);
    assert.equal(found?.title, 'Replace by the reference ${CLIENT_SECRET_2}');
    const edits = found.edit?.get(uri) ?? [];
    assert.deepEqual(
      edits.map(({ newText }) => newText),
      ['"${CLIENT_SECRET_2}"'],
    );
  }));
