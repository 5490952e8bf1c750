import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { userProfile } from '../support/profiles.ts';
import { startStandIn } from '../support/servers/standIn.ts';
import { withServices } from './services.ts';
import { test } from './suite.ts';

test('a Client ID Metadata Document is made of a profile and saved; one at an address is checked and read', () =>
  withServices(async ({ services, add, user }) => {
    const folder = await mkdtemp(join(tmpdir(), 'oauth-explorer-document-'));
    const kept = Reflect.get(vscode.window, 'showSaveDialog') as unknown;
    const file = join(folder, 'client.json');
    const server = await startStandIn(() => ({ status: 200, body: { client_id: 'another' } }));
    try {
      Object.assign(vscode.window, { showSaveDialog: () => Promise.resolve(vscode.Uri.file(file)) });
      const profile = userProfile();
      await add(profile);
      user.types.push('https://app.example.com/client.json');
      await services.run('clientDocument', { profile: profile.id });
      const made = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
      assert.equal(made['client_id'], 'https://app.example.com/client.json');
      assert.deepEqual(made['redirect_uris'], [profile.redirectUri]);
      await services.run('clientDocument', { url: `${server.origin}/client.json` });
      const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
      assert.match(shown, /error: Its client_id is another\. Set client_id to http:/);
    } finally {
      Object.assign(vscode.window, { showSaveDialog: kept });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await server.close();
      await rm(folder, { recursive: true });
    }
  }));
