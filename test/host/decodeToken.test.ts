import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { textToDecode } from '../../src/host/decodeToken.ts';
import { commands } from '../../src/shared/commands.ts';
import { hs256 } from '../core/token/vectors.ts';
import { now, test, until, whetherOver } from './suite.ts';

const broken = `Bearer ${hs256.slice(0, 60)}\r\n  ${hs256.slice(60, 120)}\n${hs256.slice(120)}\n`;

/** The tabs that show a token view. */
function tokenTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith('oauthExplorer.token'),
    );
}

/** Runs the command and waits until its view is there; closes it again. */
async function decodes(): Promise<void> {
  assert.equal(tokenTabs().length, 0);
  now('It ran the command.');
  await vscode.commands.executeCommand(commands.decodeToken);
  await until('the token’s tab', () => tokenTabs().length > 0);
  assert.equal(tokenTabs()[0]?.label, 'Decoded token');
  now('It closed the tab.');
  await vscode.window.tabGroups.close(tokenTabs());
}

/** Runs `body` with the whole of `content` selected in an editor. */
async function selecting(content: string, body: () => Promise<void>): Promise<void> {
  now('It opened a document.');
  const document = await vscode.workspace.openTextDocument({ content });
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(
    document.positionAt(0),
    document.positionAt(document.getText().length),
  );
  try {
    await body();
  } finally {
    now('It showed the document again, to close it.');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

test('decodeToken takes the selection before the clipboard', async () => {
  now('It wrote to the clipboard.');
  await vscode.env.clipboard.writeText(hs256);
  await selecting(`Authorization: ${broken}`, async () => {
    const text = await textToDecode();
    assert.equal(text?.from, 'the selection');
    assert.ok(text.text.startsWith('Authorization: Bearer ey'));
    await decodes();
  });
});

test('decodeToken takes a token of several lines with “Bearer” from the clipboard', async () => {
  await vscode.env.clipboard.writeText(broken);
  assert.deepEqual(await textToDecode(), { kind: 'text', text: broken, from: 'the clipboard' });
  await decodes();
});

test('decodeToken shows one text after another in one tab', async () => {
  try {
    for (const text of [hs256, broken]) {
      await vscode.env.clipboard.writeText(text);
      await vscode.commands.executeCommand(commands.decodeToken);
      await until('the token’s tab', () => tokenTabs().length > 0);
    }
    assert.equal(tokenTabs().length, 1);
  } finally {
    await vscode.window.tabGroups.close(tokenTabs());
  }
});

test('decodeToken asks when there is no token, and shows nothing when the question is left', async () => {
  await vscode.env.clipboard.writeText('not a token');
  const decoding = vscode.commands.executeCommand(commands.decodeToken);
  const isOver = whetherOver();
  const leave = setInterval(() => {
    if (isOver()) clearInterval(leave);
    else void vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  }, 100);
  try {
    await decoding;
  } finally {
    clearInterval(leave);
  }
  assert.equal(tokenTabs().length, 0);
});
