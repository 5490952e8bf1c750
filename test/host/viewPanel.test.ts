import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ViewPanel, type ViewPanelOptions } from '../../src/host/panels/viewPanel.ts';
import { test, until } from './suite.ts';

/** VS Code's end of a tab, and what a page in it says. */
function fakeTab() {
  const [viewState, messages] = [new vscode.EventEmitter<void>(), new vscode.EventEmitter<unknown>()];
  const posted: unknown[] = [];
  const webview = {
    html: '',
    onDidReceiveMessage: messages.event,
    postMessage: (message: unknown) => Promise.resolve(posted.push(message) > 0),
  };
  const tab = {
    title: 'Orders',
    visible: true,
    webview,
    onDidDispose: () => undefined,
    onDidChangeViewState: viewState.event,
  };
  const hide = () => {
    tab.visible = false;
    viewState.fire();
  };
  return { tab, webview, posted, hide, ready: () => messages.fire({ type: 'ready' }) };
}

/** Hands `use` a panel whose tab is a fake one. */
async function withPanel<Model>(
  options: Pick<ViewPanelOptions<Model>, 'firstPage'>,
  use: (panel: ViewPanel<Model>, tab: ReturnType<typeof fakeTab>) => Promise<void>,
): Promise<void> {
  const kept = vscode.window.createWebviewPanel;
  const fake = fakeTab();
  Object.assign(vscode.window, { createWebviewPanel: () => fake.tab });
  try {
    const extension = vscode.extensions.getExtension('oauth-explorer.oauth-explorer');
    assert.ok(extension);
    const panel = new ViewPanel<Model>({
      ...options,
      ...{ extensionUri: extension.extensionUri, name: 'token', title: 'Orders' },
      onMessage: () => Promise.resolve(),
      onDispose: () => undefined,
    });
    await use(panel, fake);
  } finally {
    Object.assign(vscode.window, { createWebviewPanel: kept });
  }
}

test('a page that is written again has the title that its tab has by then', async () => {
  await withPanel({}, async (panel, { webview, hide }) => {
    panel.show({ name: 'Orders' });
    await until('the page', () => webview.html.includes('<title>Orders</title>'));
    panel.title = 'Invoices';
    panel.show({ name: 'Invoices' });
    hide();
    await until('the page under its new title', () => webview.html.includes('<title>Invoices</title>'));
  });
});

test('of a long model its page brings what is drawn first, the rest follows when it is painted, and a hidden one has the whole', async () => {
  const firstPage = (model: readonly string[]) => model.slice(0, 1);
  await withPanel({ firstPage }, async (panel, { webview, posted, ready, hide }) => {
    const model = ['the first row', 'the second row'];
    panel.show(model);
    await until('the page', () => webview.html.includes('the first row'));
    assert.ok(!webview.html.includes('the second row'));
    assert.deepEqual(posted, []);
    ready();
    assert.deepEqual(posted, [{ type: 'show', model }]);
    hide();
    assert.ok(webview.html.includes('the second row'));
    ready();
    assert.equal(posted.length, 1, 'A page that has the whole is sent nothing.');
  });
});
