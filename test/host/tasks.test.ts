import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import { loadKeychain } from '../../src/adapters/keychain.ts';
import { commands } from '../../src/shared/commands.ts';
import { workspaceFolder } from './editor/fixture.ts';
import { test, until, whetherOver } from './suite.ts';

const secret = 'a secret of the task';
const long = `token-of-the-task-${'x'.repeat(500)}`;

/** A token endpoint that issues `token` to whoever has the secret. */
async function issuing(token: string) {
  const basic = `Basic ${Buffer.from(`task:${new URLSearchParams({ s: secret }).toString().slice(2)}`).toString('base64')}`;
  let asked = false;
  const server = createServer((request, response) => {
    asked = true;
    const known = request.headers.authorization === basic;
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
    const body = known ? { access_token: token, token_type: 'Bearer' } : { error: 'invalid_client' };
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, wasAsked: () => asked, close: () => server.close() };
}

/** The task of this name, once VS Code has read it. */
async function taskCalled(label: string): Promise<vscode.Task> {
  const isOver = whetherOver();
  while (!isOver()) {
    const found = (await vscode.tasks.fetchTasks()).find(({ name }) => name === label);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`There is no task “${label}”.`);
}

/**
 * Presses the first button of the question who may have the token, “Allow for This Session”, until the server is asked for one,
 * and waits until `done`.
 */
async function allowUntil(wasAsked: () => boolean, done: Promise<unknown>): Promise<void> {
  const state = { ended: false };
  const end = () => (state.ended = true);
  void done.then(end, end);
  const isOver = whetherOver();
  while (!state.ended && !wasAsked() && !isOver()) {
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    // Pressed again too soon, it would be the Cancel of the notification that follows, until the server is asked.
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 4000))]);
  }
  await done;
}

/** The JSON of the example in the README that is for this file of `.vscode`, with `url` in the place of its API. */
function example(file: string, url: string): Readonly<Record<string, unknown>> {
  const extension = vscode.extensions.getExtension('oauth-explorer.oauth-explorer');
  const readme = readFileSync(join(extension?.extensionPath ?? '', 'README.md'), 'utf8');
  const text = new RegExp(`\`\`\`jsonc\n// \\.vscode/${file}\n([^]*?)\`\`\``).exec(readme)?.[1];
  assert.ok(text, `There is no example of ${file} in the README.`);
  return parse(text.replaceAll('https://api.example.com', url)) as Readonly<Record<string, unknown>>;
}

/** Runs `body` with the profile `orders` of the README, whose server issues `token`, and an API that tells what it was sent. */
async function withOrders(
  token: string,
  body: (url: string, sent: Promise<string | undefined>, wasAsked: () => boolean) => Promise<void>,
): Promise<void> {
  const server = await issuing(token);
  const api = createServer((_, response) => void response.end());
  const sent = new Promise<string | undefined>((resolve) => {
    api.on('request', ({ headers }) => resolve(headers.authorization));
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const account = `orders@${server.origin}`;
  const extension = vscode.extensions.getExtension('oauth-explorer.oauth-explorer');
  const keychain = loadKeychain(join(extension?.extensionPath ?? '', 'dist', 'keytar.node'));
  const settings = () => vscode.workspace.getConfiguration('oauthExplorer');
  await keychain.setPassword('oauth-explorer', account, secret);
  const profile = { id: 'orders', grant: 'client_credentials', clientId: 'task' };
  const profiles = [{ ...profile, tokenEndpoint: `${server.origin}/token` }];
  await settings().update('profiles', profiles, vscode.ConfigurationTarget.Workspace);
  mkdirSync(join(workspaceFolder().fsPath, '.vscode'), { recursive: true });
  try {
    await body(`http://127.0.0.1:${(api.address() as AddressInfo).port}`, sent, server.wasAsked);
  } finally {
    server.close();
    api.close();
    await settings().update('profiles', undefined, vscode.ConfigurationTarget.Workspace);
    await keychain.deletePassword('oauth-explorer', account);
  }
}

test('the task of the README sends the token', () =>
  withOrders(long, async (url, sent, wasAsked) => {
    const file = join(workspaceFolder().fsPath, '.vscode', 'tasks.json');
    writeFileSync(file, JSON.stringify(example('tasks.json', url)));
    try {
      const running = vscode.tasks.executeTask(await taskCalled('orders'));
      await allowUntil(wasAsked, Promise.all([running, sent]));
      assert.equal(await sent, `Bearer ${long}`);
    } finally {
      rmSync(file);
    }
  }));

test('the launch configuration of the README has the token in its environment', () =>
  withOrders('token-of-the-launch', async (url, sent, wasAsked) => {
    const folder = workspaceFolder();
    const program = join(folder.fsPath, 'orders.js');
    const file = join(folder.fsPath, '.vscode', 'launch.json');
    const headers = '{ authorization: `Bearer ${process.env.TOKEN}` }';
    writeFileSync(program, `require('node:http').get('${url}', { headers: ${headers} });\n`);
    // The VS Code server comes without a debugger for Node; VS Code's own part is the same for any.
    const text = JSON.stringify(example('launch.json', url));
    writeFileSync(file, text.replace('"type":"node"', '"type":"neighbour"'));
    try {
      const launched = () =>
        vscode.workspace
          .getConfiguration('launch', folder)
          .get<readonly { name: string }[]>('configurations');
      await until('launch.json', () => launched()?.some(({ name }) => name === 'orders') === true);
      const running = vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(folder), 'orders');
      await allowUntil(wasAsked, Promise.all([running, sent]));
      assert.equal(await sent, 'Bearer token-of-the-launch');
    } finally {
      await vscode.debug.stopDebugging();
      rmSync(program);
      rmSync(file);
    }
  }));

test('accessToken fails when there is no such profile, so that no task runs with an empty token', async () => {
  await assert.rejects(async () => {
    await vscode.commands.executeCommand(commands.accessToken, { profile: 'nobody' });
  }, /There is no profile with the id “nobody”/);
});
