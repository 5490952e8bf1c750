import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askUser } from '../../../src/host/editor/questions.ts';
import { test } from '../suite.ts';

/** Characters; VS Code cuts off what is longer. */
const longest = 88;

test('how to insert a token is asked with what leaves none in the file first, in sentences that are not cut', async () => {
  const kept = vscode.window.showQuickPick;
  const asked: (readonly vscode.QuickPickItem[])[] = [];
  const showQuickPick = (items: readonly vscode.QuickPickItem[]) => Promise.resolve(void asked.push(items));
  Object.assign(vscode.window, { showQuickPick });
  try {
    await askUser.way('http-client.private.env.json', undefined);
    await askUser.way('.env', 'Bearer {{$auth.token("orders-api-of-the-warehouse-in-rotterdam")}}');
  } finally {
    Object.assign(vscode.window, { showQuickPick: kept });
  }
  const labels = asked.map((items) => items.map(({ label }) => label));
  assert.deepEqual(labels, [
    ['Environment', 'File variable', 'Literal'],
    ['Reference', 'Environment', 'File variable', 'Literal'],
  ]);
  for (const { label, detail = '', picked } of asked.flat())
    assert.ok(detail.length > 0 && detail.length <= longest && picked !== true, `${label}: ${detail}`);
});
