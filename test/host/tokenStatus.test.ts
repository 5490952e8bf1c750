import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TokenStatus } from '../../src/host/tokenStatus.ts';
import { test } from './suite.ts';

test('the status bar shows the active profile, warns when its token has ended, and is hidden without one', () => {
  const made: vscode.StatusBarItem[] = [];
  const shown: boolean[] = [];
  const create = Reflect.get(vscode.window, 'createStatusBarItem') as (
    ...given: unknown[]
  ) => vscode.StatusBarItem;
  const replaced = (...given: unknown[]) => {
    const item = create(...given);
    Object.assign(item, { show: () => shown.push(true), hide: () => shown.push(false) });
    made.push(item);
    return item;
  };
  Object.assign(vscode.window, { createStatusBarItem: replaced });
  try {
    const status = new TokenStatus();
    const [item] = made;
    assert.ok(item);
    status.show({ text: '$(key) Orders · 42 min', tooltip: 'Orders: 42 min left', warning: false });
    assert.deepEqual(
      [item.text, item.tooltip, item.backgroundColor],
      ['$(key) Orders · 42 min', 'Orders: 42 min left', undefined],
    );
    assert.deepEqual(item.accessibilityInformation, { label: 'OAuth Explorer, Orders: 42 min left' });
    status.show({ text: '$(key) Orders · expired', tooltip: 'Orders: expired', warning: true });
    assert.ok(item.backgroundColor);
    assert.equal(item.command, 'oauthExplorer.profileMenu');
    const waits = { text: 'Orders · waiting for the code', tooltip: 'Orders: type it', warning: false };
    status.show({ ...waits, flow: 'flow-1' });
    const { command, arguments: given } = item.command as unknown as vscode.Command;
    assert.deepEqual([command, given], ['oauthExplorer.showFlow', [{ flow: 'flow-1' }]]);
    status.show(undefined);
    assert.deepEqual(shown, [true, true, true, false]);
    status.dispose();
  } finally {
    Object.assign(vscode.window, { createStatusBarItem: create });
  }
});
