import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import type { LiveFlow } from '../../../src/core/flow/liveFlow.ts';
import type { SubmitResult, WaitingForRedirect } from '../../../src/core/record/waiting.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { redirectWay } from '../../../src/core/profile/urls.ts';
import { userProfile } from '../../support/profiles.ts';
import { redirectAwaited } from '../../support/waiting.ts';
import { EndingBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { startProvider } from './support/provider.ts';

const uris = {
  page: 'https://app.example.com/callback?tenant=a%20b',
  editor: 'vscode://oauth-explorer.oauth-explorer/callback',
  scheme: 'com.example.app:/callback',
};

describe('a redirect URI that nothing on this machine listens at', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    issuer = await startProvider(
      { after: (close) => (stop = close) },
      {
        clients: Object.entries(uris).map(([client_id, uri]) => ({
          client_id,
          token_endpoint_auth_method: 'none' as const,
          application_type: client_id === 'page' ? ('web' as const) : ('native' as const),
          redirect_uris: [uri],
          grant_types: ['authorization_code'],
          response_types: ['code' as const],
        })),
      },
    );
  });
  after(() => stop());

  /** Runs the sign-in; `submit` gets the address at which the browser ended, and what takes it. */
  async function run(
    clientId: keyof typeof uris,
    submit: (address: string, waiting: WaitingForRedirect) => Promise<void>,
    over: { readonly authorizationParameters?: Record<string, string> } = {},
  ) {
    let waiting: WaitingForRedirect | undefined;
    const browser = new EndingBrowser((address) => {
      assert.ok(waiting);
      return submit(address, waiting);
    });
    const onProgress = (flow: LiveFlow) => (waiting = redirectAwaited(flow) ?? waiting);
    const profile = userProfile({
      issuer,
      clientId,
      redirectUri: uris[clientId],
      scopes: ['openid'],
      ...over,
    });
    return runFlow('authorization_code', profile, flowDeps({ browser, onProgress }));
  }

  for (const client of ['page', 'editor', 'scheme'] as const)
    it(`signs in at ${uris[client]} with the address that is handed over, and sends it byte for byte`, async () => {
      const report = await run(client, async (address, waiting) => {
        assert.deepEqual(await waiting.submitRedirect(` <${address}>\n`), { accepted: true });
      });
      assert.equal(decodeJwt(tokensOf(report).id_token ?? '').sub, 'Ada');
      const sent = report.exchanges.flatMap(({ purpose, request }) =>
        purpose === 'authorization'
          ? [new URL(request.url).searchParams.get('redirect_uri')]
          : purpose === 'token'
            ? [new URLSearchParams(request.body).get('redirect_uri')]
            : [],
      );
      assert.deepEqual(sent, [uris[client], uris[client]]);
      assert.deepEqual(
        report.exchanges.map(({ leg, purpose }) => `${leg} ${purpose}`),
        [
          'extension discovery',
          'browser authorization',
          'browser redirect',
          'extension token',
          'extension jwks',
        ],
      );
    });

  it('takes no address with another state, of another place, or without any, and goes on waiting', async () => {
    const refusals: SubmitResult[] = [];
    const report = await run('editor', async (address, waiting) => {
      const url = new URL(address);
      url.searchParams.set('state', 'another');
      for (const wrong of [
        url.href,
        uris.editor,
        address.replace('callback', 'callback/'),
        address.replace('vscode:', 'cursor:'),
        address.replace('oauth-explorer.oauth-explorer', 'evil.evil'),
        'code=abc',
        '',
      ])
        refusals.push(await waiting.submitRedirect(wrong));
      assert.deepEqual(await waiting.submitRedirect(address), { accepted: true });
      refusals.push(await waiting.submitRedirect(address));
    });
    tokensOf(report);
    assert.ok(refusals.every(({ accepted }) => !accepted));
    const reasons = refusals.map((refusal) => (refusal.accepted ? '' : refusal.reason));
    assert.match(reasons[0] ?? '', /Expected the state of this flow, but found another state\./);
    assert.match(reasons[1] ?? '', /no state/);
    assert.match(
      reasons[3] ?? '',
      /begins with vscode:\/\/.*one of cursor:\/\/oauth-explorer\.oauth-explorer/,
    );
    assert.match(reasons[5] ?? '', /no complete URL/);
    assert.match(reasons[7] ?? '', /already come/);
  });

  it('keeps the first addresses that are none, cut, and counts the others, however many a page has the editor open', async () => {
    const report = await run('editor', async (address, waiting) => {
      for (let count = 0; count < 1000; count++)
        assert.equal(
          (await waiting.submitRedirect(`${uris.editor}?state=x&${'a'.repeat(10_000)}${count}`)).accepted,
          false,
        );
      assert.deepEqual(await waiting.submitRedirect(address), { accepted: true });
    });
    tokensOf(report);
    const kept = report.exchanges.filter(({ ignored }) => ignored !== undefined);
    assert.deepEqual([kept.length, kept[0]?.request.url.length], [50, 4096]);
    assert.equal(kept.at(-1)?.ignored?.received, 'another state; 950 more requests were ignored');
  });

  it('explains a denial that is handed over, like one that came', async () => {
    const report = await run('scheme', async (address, waiting) => {
      const state = new URL(address).searchParams.get('state') ?? '';
      await waiting.submitRedirect(
        `${uris.scheme}?error=access_denied&iss=${encodeURIComponent(issuer)}&state=${state}`,
      );
    });
    assert.equal(failureOf(report, 'oauth_error').body.error, 'access_denied');
  });

  it('is told before the browser opens when the server is to post the response there', async () => {
    const report = await run('page', () => assert.fail('opened'), {
      authorizationParameters: { response_mode: 'form_post' },
    });
    assert.match(failureOf(report, 'invalid_profile').message, /response_mode=form_post/);
  });
});

describe('who takes a redirect', () => {
  for (const [uri, way] of [
    ['http://127.0.0.1/callback', 'loopback'],
    ['https://127.0.0.1/callback', 'pasted'],
    ['vscode://oauth-explorer.oauth-explorer', 'editor'],
    ['vscode-insiders://OAuth-Explorer.oauth-explorer/callback', 'editor'],
    ['https://oauth-explorer.oauth-explorer/callback', 'pasted'],
    ['vscode://oauth-explorer.oauth-explorer.evil/callback', 'pasted'],
    ['com.example:/oauth-explorer.oauth-explorer', 'pasted'],
  ] as const)
    it(`of ${uri} is ${way}`, () => {
      assert.equal(redirectWay(uri), way);
    });
});
