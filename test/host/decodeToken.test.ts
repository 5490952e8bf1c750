import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/shared/commands.ts';
import { hs256 } from '../core/token/vectors.ts';
import { test } from './suite.ts';

/** The tabs that show a token view. */
function tokenTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith('oauthExplorer.token'),
    );
}

/** Runs `body` and waits until one more token view is there; closes it again. */
async function opensView(body: () => Thenable<unknown>): Promise<void> {
  const before = tokenTabs().length;
  await body();
  while (tokenTabs().length === before) await new Promise((resolve) => setTimeout(resolve, 20));
  const [tab] = tokenTabs();
  assert.equal(tab?.label, 'Decoded token');
  await vscode.window.tabGroups.close(tokenTabs());
}

test('decodeToken shows the token in the selection', async () => {
  const document = await vscode.workspace.openTextDocument({ content: `Authorization: Bearer ${hs256}\n` });
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(0, 0, 1, 0);
  await opensView(() => vscode.commands.executeCommand(commands.decodeToken));
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
});

test('decodeToken shows the token on the clipboard when nothing is selected', async () => {
  await vscode.env.clipboard.writeText(`\n${hs256.slice(0, 100)}\n${hs256.slice(100)}\n`);
  await opensView(() => vscode.commands.executeCommand(commands.decodeToken));
});

test('decodeToken asks for a token when there is none, and shows nothing when the question is left', async () => {
  await vscode.env.clipboard.writeText('not a token');
  const before = tokenTabs().length;
  const decoding = vscode.commands.executeCommand(commands.decodeToken);
  const leave = setInterval(
    () => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'),
    100,
  );
  await decoding;
  clearInterval(leave);
  assert.equal(tokenTabs().length, before);
});
