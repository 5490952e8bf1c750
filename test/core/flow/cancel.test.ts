import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LiveFlow } from '../../../src/core/flow/liveFlow.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from '../oauth/support/browser.ts';
import { failureOf, flowDeps } from '../oauth/support/deps.ts';
import { fakeServer } from '../oauth/support/fakeServer.ts';

describe('a flow that is cancelled', () => {
  for (const purpose of ['discovery', 'authorization', 'token', 'jwks'] as const)
    it(`ends at once while it waits for the ${purpose}`, async (context) => {
      const server = await fakeServer(context);
      const controller = new AbortController();
      const browser = new SignInBrowser();
      // This exchange never comes to its end.
      const fetch = (url: string, init?: RequestInit) =>
        purposeOf(url) === purpose
          ? new Promise<Response>((_resolve, reject) => {
              init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
            })
          : globalThis.fetch(url, init);
      const onProgress = ({ exchanges }: LiveFlow) => {
        if (exchanges.at(-1)?.purpose === purpose && exchanges.at(-1)?.endedAt === undefined)
          setImmediate(() => controller.abort());
      };
      const hanging = { open: () => new Promise<boolean>(() => undefined) };
      const deps = flowDeps({ fetch, onProgress, signal: controller.signal });
      const profile = userProfile({ issuer: server.issuer, scopes: ['openid'] });
      const report = await runFlow('authorization_code', profile, {
        ...deps,
        browser: purpose === 'authorization' ? hanging : browser,
      });
      const failure = failureOf(report, 'cancelled');
      assert.equal(failure.message, 'The flow was cancelled.');
      assert.equal(report.exchanges.at(-1)?.purpose, purpose);
      assert.ok(report.exchanges.at(-1)?.endedAt);
      if (purpose === 'token') assert.match((await browser.page).body, /The flow was cancelled/);
    });
});

function purposeOf(url: string): string {
  if (url.includes('.well-known')) return 'discovery';
  return new URL(url).pathname.slice(1);
}
