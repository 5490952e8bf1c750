import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ViewPanel } from '../../src/host/panels/viewPanel.ts';
import { test, until } from './suite.ts';

test('a page that is written again has the title that its tab has by then', async () => {
  const kept = vscode.window.createWebviewPanel;
  const viewState = new vscode.EventEmitter<void>();
  const webview = {
    html: '',
    onDidReceiveMessage: () => undefined,
    postMessage: () => Promise.resolve(true),
  };
  const tab = {
    title: 'Orders',
    visible: true,
    webview,
    onDidDispose: () => undefined,
    onDidChangeViewState: viewState.event,
  };
  Object.assign(vscode.window, { createWebviewPanel: () => tab });
  try {
    const extension = vscode.extensions.getExtension('oauth-explorer.oauth-explorer');
    assert.ok(extension);
    const panel = new ViewPanel({
      ...{ extensionUri: extension.extensionUri, name: 'token', title: 'Orders' },
      onMessage: () => Promise.resolve(),
      onDispose: () => undefined,
    });
    panel.show({ name: 'Orders' });
    await until('the page', () => webview.html.includes('<title>Orders</title>'));
    panel.title = 'Invoices';
    panel.show({ name: 'Invoices' });
    tab.visible = false;
    viewState.fire();
    await until('the page under its new title', () => webview.html.includes('<title>Invoices</title>'));
  } finally {
    Object.assign(vscode.window, { createWebviewPanel: kept });
    viewState.dispose();
  }
});
