import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Where VS Code keeps what extensions store for this user: an extension's own folder, of which VS Code tells only that extension. */
export async function storageUri(): Promise<vscode.Uri> {
  const neighbour = vscode.extensions.getExtension<Pick<vscode.ExtensionContext, 'globalStorageUri'>>(
    'oauth-explorer-tests.neighbour',
  );
  assert.ok(neighbour, 'The other extension is not installed.');
  return (await neighbour.activate()).globalStorageUri;
}
