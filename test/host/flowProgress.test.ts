import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Exchange } from '../../src/core/record/exchange.ts';
import { FlowLog } from '../../src/core/session/flowLog.ts';
import { withFlowProgress } from '../../src/host/flowProgress.ts';
import { userProfile } from '../support/profiles.ts';
import { exchanges } from '../core/flowView/samples.ts';
import { test } from './suite.ts';

test('the progress of a flow names the server while it is asked, and nobody while VS Code asks the user', async () => {
  const kept = vscode.window.withProgress;
  const said: string[] = [];
  const withProgress: typeof vscode.window.withProgress = (_options, task) => {
    const { token } = new vscode.CancellationTokenSource();
    return task({ report: ({ message = '' }) => void said.push(message) }, token);
  };
  Object.assign(vscode.window, { withProgress });
  const flows = new FlowLog();
  const profile = userProfile();
  const at = (exchanges: readonly Exchange[]) => {
    const flow = { id: 'flow', kind: 'sign_in', profile, startedAt: 1, exchanges };
    flows.put({ state: 'running', flow });
    return said.at(-1);
  };
  const answered = exchanges.at(-1);
  assert.ok(answered);
  const { endedAt: _, response: __, ...sent } = answered;
  try {
    await withFlowProgress(flows, profile, () => {
      assert.equal(at([]), '', 'the secret is asked for before anything is sent');
      assert.equal(at([sent]), 'asking the server');
      assert.equal(at([answered]), '', 'between two requests VS Code may ask');
      return Promise.resolve();
    });
  } finally {
    Object.assign(vscode.window, { withProgress: kept });
  }
});
