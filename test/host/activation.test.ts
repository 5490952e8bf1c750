import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './suite.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('oauth-explorer.oauth-explorer');
  assert.ok(found, 'The extension is not installed.');
  return found;
}

test('the extension activates', async () => {
  await extension().activate();
  assert.equal(extension().isActive, true);
});

test('every command of package.json is registered', async () => {
  await extension().activate();
  const manifest = extension().packageJSON as Manifest;
  const registered = new Set(await vscode.commands.getCommands(true));
  const missing = manifest.contributes.commands
    .map(({ command }) => command)
    .filter((id) => !registered.has(id));
  assert.deepEqual(missing, []);
});
