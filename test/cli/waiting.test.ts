import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitingTeller } from '../../src/cli/waiting.ts';
import type { WaitingForRedirect } from '../../src/core/record/waiting.ts';

const authorizationUrl = 'https://as.example.com/auth?state=s';
const waiting: WaitingForRedirect = {
  ...{ kind: 'redirect', authorizationUrl, redirectUri: 'http://127.0.0.1:1/callback', deadline: 1 },
  submitRedirect: () => Promise.resolve({ accepted: true }),
  openAgain: () => Promise.resolve(),
};
const said = 'Waiting for you to sign in with the browser.';
const open = `No browser could be opened. Open ${authorizationUrl}`;

describe('waiting on the command line', () => {
  it('is told once, however often there is news of it', () => {
    const lines: string[] = [];
    const tell = waitingTeller({ tell: (line) => lines.push(line) });
    const unmatched = [{ why: 'no_state', code: false, error: 'access_denied' }] as const;
    for (const news of [waiting, { ...waiting }, { ...waiting, notOpened: true as const }]) tell(news);
    tell({ ...waiting, notOpened: true, unmatched });
    assert.deepEqual(lines, [
      ...[said, open],
      'A redirect came without state, with error access_denied: it cannot be tied to this sign-in.',
    ]);
  });

  it('is told again for another sign-in', () => {
    const lines: string[] = [];
    const tell = waitingTeller({ tell: (line) => lines.push(line) });
    for (const news of [waiting, undefined, waiting]) tell(news);
    assert.deepEqual(lines, [said, said]);
  });
});
