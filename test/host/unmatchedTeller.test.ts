import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { systemClock } from '../../src/adapters/clock.ts';
import { runFlow } from '../../src/core/flow/runFlow.ts';
import { MetadataCache } from '../../src/core/oauth/metadataCache.ts';
import { FlowLog } from '../../src/core/session/flowLog.ts';
import { Session, type Obtained } from '../../src/core/session/session.ts';
import { withFlowProgress } from '../../src/host/flowProgress.ts';
import { userProfile } from '../support/profiles.ts';
import { redirectAwaited } from '../support/waiting.ts';
import { test } from './suite.ts';

const origin = 'http://127.0.0.1:9';

/** A sign-in whose browser brings back something else, under its notification; the warning is answered with `answer`. */
async function signInTold(
  hits: (redirectUri: string) => Promise<unknown>,
  answer: (text: string, buttons: readonly string[]) => string | undefined,
): Promise<{ readonly told: readonly string[]; readonly obtained: Obtained }> {
  const flows = new FlowLog();
  const profile = { ...userProfile({ scopes: [] }) };
  delete profile.issuer;
  Object.assign(profile, { authorizationEndpoint: `${origin}/authorize`, tokenEndpoint: `${origin}/token` });
  const session = new Session({
    clock: systemClock,
    flows,
    tokens: {
      get: () => Promise.resolve(undefined),
      peek: () => undefined,
      reread: () => Promise.resolve(undefined),
      set: () => Promise.resolve(),
      share: (_profile, _purpose, signal, start) => start(signal),
    },
    run: ({ kind, profile: of, ...request }) =>
      runFlow(kind, of, {
        ...request,
        fetch: (url, init) => fetch(url, init),
        clock: systemClock,
        browser: { open: () => Promise.resolve(true) },
        metadata: new MetadataCache(),
        secret: () => Promise.resolve(undefined),
        signInTimeout: 120_000,
      }),
  });
  const told: string[] = [];
  const window = vscode.window as unknown as { showWarningMessage: unknown };
  const before = window.showWarningMessage;
  window.showWarningMessage = (text: string, ...buttons: string[]) => {
    told.push(text);
    return Promise.resolve(answer(text, buttons));
  };
  let sent = false;
  const stop = flows.changes.on((entry) => {
    const waiting = entry?.state === 'running' ? redirectAwaited(entry.flow) : undefined;
    if (waiting === undefined || sent) return;
    sent = true;
    void hits(waiting.redirectUri);
  });
  try {
    const obtained = await withFlowProgress(flows, profile, (signal) => session.fresh(profile, signal));
    return { told, obtained };
  } finally {
    stop();
    window.showWarningMessage = before;
  }
}

test('a redirect without state is told at once, and the sign-in waits until the user ends it', async () => {
  const { told, obtained } = await signInTold(
    (redirectUri) => fetch(`${redirectUri}?error=access_denied`),
    (_text, buttons) => buttons.find((button) => button === 'Cancel Sign-in'),
  );
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /A redirect came without state, with error access_denied: it cannot be tied/);
  assert.match(told[0] ?? '', /The sign-in still waits for its own\.$/);
  assert.equal(obtained.kind === 'failure' && obtained.failure.kind, 'cancelled');
});

test('the same one is told once, another one again, and neither of them ends anything', async () => {
  let answers = 0;
  const { told } = await signInTold(
    async (redirectUri) => {
      for (const query of ['error=access_denied', 'error=access_denied', 'error=server_error'])
        await fetch(`${redirectUri}?${query}`);
      await fetch(`${redirectUri}?code=x&state=y`);
    },
    // The first two are closed; the third is the user's word.
    (_text, buttons) => (++answers < 3 ? undefined : buttons.find((button) => button === 'Cancel Sign-in')),
  );
  assert.equal(told.length, 3, told.join('|'));
  assert.match(told[2] ?? '', /with another state, with a code/);
});
