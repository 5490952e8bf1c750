import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { RequestEditors } from '../../../src/host/editor/requestEditors.ts';
import { test, until } from '../suite.ts';
import { withUser } from '../user.ts';
import { answering, insertBearerInto, Issuer, newFolder, open, withWay } from './fixture.ts';

interface FileItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** Runs `body` with a list that is answered by `choose`; gives the labels of each list that was shown. */
async function withList(
  choose: (items: readonly FileItem[]) => FileItem | undefined,
  body: () => Promise<void>,
): Promise<string[][]> {
  const asked: string[][] = [];
  const kept = Reflect.get(vscode.window, 'showQuickPick') as unknown;
  const showQuickPick = (items: readonly FileItem[]) => {
    asked.push(items.map(({ label }) => label));
    return Promise.resolve(choose(items));
  };
  Object.assign(vscode.window, { showQuickPick });
  try {
    await body();
  } finally {
    Object.assign(vscode.window, { showQuickPick: kept });
  }
  return asked;
}

/** Files of requests in tabs of their own, and a view in front of them, as when the token view's button is pressed. */
async function behindAView(names: readonly string[], body: (editors: RequestEditors) => Promise<void>) {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const folder = await newFolder();
  for (const name of names) {
    const { document } = await open('GET http://a/|\n', name, folder);
    await vscode.window.showTextDocument(document, { preview: false });
  }
  const panel = vscode.window.createWebviewPanel('test', 'A view', vscode.ViewColumn.Active);
  await until('the view to be in front', () => panel.active && !vscode.window.activeTextEditor);
  const editors = new RequestEditors();
  try {
    await body(editors);
  } finally {
    editors.dispose();
    panel.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
}

const nameOf = (uri: vscode.Uri | undefined) => uri?.path.slice(uri.path.lastIndexOf('/') + 1);

test('a button of a view asks which of several request files is meant, and shows that one', () =>
  behindAView(['one.http', 'two.rest', 'three.txt'], async (editors) => {
    const asked = await withList(
      (items) => items.find(({ label }) => label === 'one.http'),
      async () => {
        assert.equal(nameOf((await editors.find())?.document.uri), 'one.http');
      },
    );
    assert.deepEqual(asked, [['one.http', 'two.rest']]);
    assert.equal(nameOf(vscode.window.activeTextEditor?.document.uri), 'one.http');
  }));

test('a button of a view does nothing when its question is closed', () =>
  behindAView(['one.http', 'two.http'], async (editors) => {
    const asked = await withList(
      () => undefined,
      async () => {
        assert.equal(await editors.find(), undefined);
      },
    );
    assert.equal(asked.length, 1);
    assert.equal(vscode.window.activeTextEditor, undefined);
  }));

test('a button of a view does not ask when there is one request file', () =>
  behindAView(['only.http', 'other.txt'], async (editors) => {
    const asked = await withList(
      () => assert.fail('It was asked.'),
      async () => {
        assert.equal(nameOf((await editors.find())?.document.uri), 'only.http');
      },
    );
    assert.deepEqual(asked, []);
  }));

test('a token is not written into a read-only file, and that is said', () =>
  withWay('literal', async () => {
    const settings = () => vscode.workspace.getConfiguration('files');
    const name = `locked-${Date.now()}.http`;
    await settings().update('readonlyInclude', { [`**/${name}`]: true }, vscode.ConfigurationTarget.Global);
    try {
      const { document } = await open('GET http://a/|\n', name);
      await withUser(async (user) => {
        assert.equal(await insertBearerInto(new Issuer('demo'), answering(), undefined), false);
        assert.match(
          user.heard.join('\n'),
          /locked-\d+\.http cannot be changed: it is read-only\. The token was not/,
        );
      });
      assert.equal(document.getText(), 'GET http://a/\n');
      assert.equal(document.isDirty, false);
    } finally {
      await settings().update('readonlyInclude', undefined, vscode.ConfigurationTarget.Global);
    }
  }));
