import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { loadKeychain } from '../../src/adapters/keychain.ts';
import { commands } from '../../src/shared/commands.ts';
import { workspaceFolder } from './editor/fixture.ts';
import { test, whetherOver } from './suite.ts';

const secret = 'a secret of the task';

/** A token endpoint that issues `token` to whoever has the secret. */
async function issuing(token: string) {
  const basic = `Basic ${Buffer.from(`task:${new URLSearchParams({ s: secret }).toString().slice(2)}`).toString('base64')}`;
  const server = createServer((request, response) => {
    const known = request.headers.authorization === basic;
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
    const body = known ? { access_token: token, token_type: 'Bearer' } : { error: 'invalid_client' };
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, close: () => server.close() };
}

/** Writes tasks.json with one task that gets the token of the profile as an input, and gives the task. */
async function task(profile: string, file: string): Promise<vscode.Task> {
  const folder = join(workspaceFolder().fsPath, '.vscode');
  mkdirSync(folder, { recursive: true });
  const label = `Length of ${profile}`;
  const script = "require('node:fs').writeFileSync(process.argv[1], String(process.env.TOKEN.length))";
  const tasks = {
    version: '2.0.0',
    tasks: [
      {
        label,
        type: 'process',
        command: process.execPath,
        args: ['-e', script, file],
        options: { env: { TOKEN: '${input:token}', ELECTRON_RUN_AS_NODE: '1' } },
        presentation: { reveal: 'never' },
      },
    ],
    inputs: [{ id: 'token', type: 'command', command: commands.accessToken, args: { profile } }],
  };
  writeFileSync(join(folder, 'tasks.json'), JSON.stringify(tasks));
  const isOver = whetherOver();
  while (!isOver()) {
    const found = (await vscode.tasks.fetchTasks()).find(({ name }) => name === label);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`There is no task “${label}”.`);
}

/** Presses the first button of the question who may have the token, “Allow for This Session”, until `done`. */
async function allowUntil(done: Promise<unknown>): Promise<void> {
  const state = { ended: false };
  const end = () => (state.ended = true);
  void done.then(end, end);
  const isOver = whetherOver();
  while (!state.ended && !isOver()) {
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    // Pressed again too soon, it would be the Cancel of the notification that follows, while the token is on its way.
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 4000))]);
  }
  await done;
}

test('a task gets the access token as the input of a command', async () => {
  const token = `token-${'x'.repeat(500)}`;
  const server = await issuing(token);
  const file = join(workspaceFolder().fsPath, 'length.txt');
  const account = `task@${server.origin}`;
  const extension = vscode.extensions.getExtension('oauth-explorer.oauth-explorer');
  const keychain = loadKeychain(join(extension?.extensionPath ?? '', 'dist', 'keytar.node'));
  const profiles = (value: unknown) =>
    vscode.workspace
      .getConfiguration('oauthExplorer')
      .update('profiles', value, vscode.ConfigurationTarget.Workspace);
  await keychain.setPassword('oauth-explorer', account, secret);
  await profiles([
    { id: 'task', grant: 'client_credentials', tokenEndpoint: `${server.origin}/token`, clientId: 'task' },
  ]);
  try {
    const ended = new Promise<number | undefined>((resolve) => {
      const subscription = vscode.tasks.onDidEndTaskProcess(({ exitCode }) => {
        subscription.dispose();
        resolve(exitCode);
      });
    });
    const running = vscode.tasks.executeTask(await task('task', file));
    await allowUntil(Promise.all([running, ended]));
    assert.equal(await ended, 0);
    assert.equal(readFileSync(file, 'utf8'), String(token.length));
  } finally {
    server.close();
    await profiles(undefined);
    await keychain.deletePassword('oauth-explorer', account);
    rmSync(join(workspaceFolder().fsPath, '.vscode', 'tasks.json'));
  }
});

test('accessToken fails when there is no such profile, so that no task runs with an empty token', async () => {
  await assert.rejects(async () => {
    await vscode.commands.executeCommand(commands.accessToken, { profile: 'nobody' });
  }, /There is no profile with the id “nobody”/);
});
