import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LiveFlow } from '../../src/core/flow/liveFlow.ts';
import type { SubmitResult } from '../../src/core/record/waiting.ts';
import { FlowLog } from '../../src/core/session/flowLog.ts';
import { takeRedirect } from '../../src/host/takeRedirect.ts';
import { userProfile } from '../support/profiles.ts';
import { test, until } from './suite.ts';
import { withUser } from './user.ts';

const redirectUri = 'vscode://oauth-explorer.oauth-explorer/callback';

/** A log with a sign-in that waits, and what was submitted to it. */
function waiting(answer: SubmitResult) {
  const flows = new FlowLog();
  const submitted: string[] = [];
  const flow: LiveFlow = {
    id: 'one',
    kind: 'authorization_code',
    profile: userProfile({ redirectUri }),
    startedAt: Date.now(),
    exchanges: [],
    waiting: {
      kind: 'redirect',
      authorizationUrl: 'https://as.example.com/authorize',
      redirectUri,
      deadline: Date.now() + 60_000,
      submitRedirect: (url) => {
        submitted.push(url);
        return Promise.resolve(answer);
      },
      openAgain: () => Promise.resolve(),
    },
  };
  flows.put({ state: 'running', flow });
  return { flows, submitted };
}

test('a redirect that VS Code is handed goes to the sign-in that waits, as the browser had it', async () => {
  const { flows, submitted } = waiting({ accepted: true });
  const query = 'code=a%2Bb%25c&state=s-1_2&iss=https%3A%2F%2Fas.example.com%2Fx';
  await takeRedirect({ flows }, vscode.Uri.parse(`${redirectUri}?${query}`, true));
  await until('the redirect', () => submitted.length > 0);
  const [address = ''] = submitted;
  assert.ok(address.startsWith(`${redirectUri}?`), address);
  assert.deepEqual(
    [...new URL(address).searchParams],
    [
      ['code', 'a+b%c'],
      ['state', 's-1_2'],
      ['iss', 'https://as.example.com/x'],
    ],
  );
});

test('a redirect that VS Code in a browser hands over encoded is read the same', async () => {
  const { flows, submitted } = waiting({ accepted: true });
  const query = 'code=a%2Bb%25c&state=s-1_2&iss=https%3A%2F%2Fas.example.com%2Fx';
  const uri = vscode.Uri.from({
    scheme: 'vscode',
    authority: 'oauth-explorer.oauth-explorer',
    path: '/callback',
    query,
  });
  await takeRedirect({ flows }, uri);
  await until('the redirect', () => submitted.length > 0);
  assert.deepEqual(submitted, [`${redirectUri}?${query}`]);
});

test('a redirect that no sign-in takes is told, and what it carried is not', async () => {
  const query = 'code=SECRET&state=x';
  await withUser(async (user) => {
    await takeRedirect({ flows: new FlowLog() }, vscode.Uri.parse(`${redirectUri}?${query}`));
    const reason = 'Expected the state of this flow, but found another state.';
    await takeRedirect(
      { flows: waiting({ accepted: false, reason }).flows },
      vscode.Uri.parse(`${redirectUri}?${query}`),
    );
    await until('two sentences', () => user.heard.length === 2);
    assert.match(user.heard[0] ?? '', /is not waiting in this window/);
    assert.match(user.heard[1] ?? '', /cannot use it\. Expected the state of this flow/);
    assert.doesNotMatch(user.heard.join(''), /SECRET/);
  });
});
