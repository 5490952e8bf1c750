import assert from 'node:assert/strict';
import { tokensOf } from '../tokensOf.ts';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { machineProfile } from '../../support/profiles.ts';
import { workspaceFolder } from '../editor/fixture.ts';
import { withServices, type Fixture } from '../services.ts';
import { byHand } from '../../../src/host/byHand.ts';
import { test, until } from '../suite.ts';

const token = `token-of-the-terminal-${'x'.repeat(300)}`;
const have = (services: Fixture['services'], type = 'Bearer') =>
  services.tokens.set(machineProfile(), {
    ...{ access_token: token, token_type: type, received_at: Date.now(), requested_scopes: [], extra: {} },
    expires_at: Date.now() + 3_600_000,
  });
const opened = () => vscode.window.terminals.filter(({ name }) => name === 'Token: Machine');
const optionsOf = (terminal: vscode.Terminal | undefined) =>
  (terminal?.creationOptions ?? {}) as vscode.TerminalOptions;

/** What a shell says of the variable. */
async function seenBy(terminal: vscode.Terminal): Promise<string> {
  const file = join(workspaceFolder().fsPath, 'variable.txt');
  rmSync(file, { force: true });
  terminal.sendText(`printf '%s.' "$ORDERS_TOKEN" > '${file}'`);
  const read = () => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  await until('the shell', () => read().endsWith('.'));
  const text = read();
  rmSync(file);
  return text;
}

test('one terminal has the token in the variable that the user chose, no other one', () =>
  withServices(async ({ services, user, add }) => {
    await add(machineProfile());
    void have(services);
    user.types.push('ORDERS_TOKEN');
    await services.run('openTerminal', byHand({ line: { id: 'machine' } }));
    const [terminal] = opened();
    assert.ok(terminal);
    const other = vscode.window.createTerminal('other');
    try {
      const { env, isTransient, message } = optionsOf(terminal);
      assert.deepEqual([env, isTransient], [{ ORDERS_TOKEN: token }, true]);
      assert.match(
        message ?? '',
        /^ORDERS_TOKEN holds the access token of Machine in this terminal only\. It expires at /,
      );
      assert.ok(message?.includes(token) === false);
      assert.equal(await seenBy(terminal), `${token}.`);
      assert.equal(await seenBy(other), '.');
    } finally {
      terminal.dispose();
      other.dispose();
      await until('the terminals to close', () => opened().length === 0);
    }
  }));

test('no terminal opens without consent, for a name with a meaning, or for a token that needs its key', () =>
  withServices(async ({ services, user, add }) => {
    await add(machineProfile());
    void have(services);
    await services.run('openTerminal', { profile: 'machine', variable: 'TOKEN_A' });
    assert.match(user.heard.at(-1) ?? '', /A terminal wants the access token of “Machine”/);
    await services.access.allows('terminal', tokensOf(services, 'machine'), () => Promise.resolve('session'));
    for (const variable of ['PATH', 'path', 'LD_PRELOAD', 'BASH_ENV', '1a', 'a b', 7, ''])
      await services.run('openTerminal', { profile: 'machine', variable });
    assert.equal(user.heard.filter((said) => /meaning already|Use letters/.test(said)).length, 8);
    void have(services, 'DPoP');
    await services.run('openTerminal', { profile: 'machine', variable: 'TOKEN_A' });
    assert.match(user.heard.at(-1) ?? '', /bound to a key/);
    await services.run('copyToken', byHand({ line: { id: 'machine' } }));
    assert.match(user.heard.at(-1) ?? '', /bound to a key/);
    assert.deepEqual(opened(), []);
  }));

test('what only looks like a row of a tree is no click of the user', () =>
  withServices(async ({ services, user, add }) => {
    await add(machineProfile());
    void have(services);
    const before = await vscode.env.clipboard.readText();
    const { showQuickPick } = vscode.window;
    let offered = 0;
    const look = () => {
      offered++;
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showQuickPick: look });
    try {
      await vscode.env.clipboard.writeText('before');
      const line = { id: 'machine', context: 'profile' };
      for (const forged of [
        { line },
        { profile: 'machine' },
        { line, variable: 'TOKEN_A' },
        Object.assign(Object.create(null), { line }) as object,
      ]) {
        const asked = user.heard.length;
        await services.run('copyToken', forged);
        assert.match(
          user.heard[asked] ?? '',
          /^A task, another extension or an agent wants the access token/,
        );
        await services.run('openTerminal', forged);
        assert.match(user.heard[asked + 1] ?? '', /^A terminal wants the access token/);
      }
      // Nobody says for which profile: the user chooses, although there is one alone.
      for (const nothing of [undefined, null]) await services.run('copyToken', nothing);
      assert.equal(offered, 2);
      for (const odd of [{}, 7, 'machine', []]) await services.run('copyToken', odd);
      assert.equal(await vscode.env.clipboard.readText(), 'before');
      assert.deepEqual(opened(), []);
    } finally {
      Object.assign(vscode.window, { showQuickPick });
      await vscode.env.clipboard.writeText(before);
    }
  }));
