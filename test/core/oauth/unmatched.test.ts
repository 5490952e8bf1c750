import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { LiveFlow } from '../../../src/core/flow/liveFlow.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import type { Explanation } from '../../../src/core/diagnose/explanation.ts';
import { explained } from '../diagnose/play.ts';
import { userProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { fakeServer } from './support/fakeServer.ts';
import { callbackOf, User } from './support/user.ts';

/** Sends the browser's hits while a sign-in waits, and lets it wait on until its time is over. */
async function waitingFor(
  context: TestContext,
  hit: (redirectUri: string, state: string) => Promise<unknown>,
) {
  const server = await fakeServer(context);
  const told: { readonly sentence: string; readonly ended: boolean }[] = [];
  let ended = false;
  // Its time is over when all has come: how long that takes is the machine's affair.
  const over = new AbortController();
  const signInTimeout = 1500;
  const clock = {
    ...systemClock,
    timeout: (ms: number) => (ms === signInTimeout ? over.signal : systemClock.timeout(ms)),
  };
  const user = new User(async (url) => {
    const { redirectUri, state } = callbackOf(url);
    try {
      await hit(redirectUri, state);
    } finally {
      over.abort(new DOMException('The time is over.', 'TimeoutError'));
    }
  });
  const onProgress = (flow: LiveFlow) => {
    if (flow.waiting?.kind !== 'redirect') return;
    const { waiting } = flowView({ state: 'running', flow });
    for (const sentence of waiting?.notices ?? []) told.push({ sentence, ended });
  };
  const profile = userProfile({ issuer: server.issuer, clientId: 'native-client' });
  const report = await runFlow(
    'authorization_code',
    profile,
    flowDeps({ browser: user, onProgress, clock, signInTimeout }),
  );
  ended = true;
  await user.done;
  return { report, told: [...new Set(told.map(({ sentence }) => sentence))] };
}

const first = (report: FlowReport): Explanation['causes'][number] => {
  const [cause] = explained(report).causes;
  assert.ok(cause);
  return cause;
};
const post = (redirectUri: string, fields: Record<string, string>) =>
  fetch(redirectUri, { method: 'POST', body: new URLSearchParams(fields) });

describe('a redirect that cannot be tied to the sign-in', () => {
  const rows: readonly {
    readonly name: string;
    readonly hit: (redirectUri: string, state: string) => Promise<unknown>;
    readonly says: RegExp;
    readonly fix: object;
    readonly evidence?: RegExp;
  }[] = [
    {
      name: 'an error without state',
      hit: (uri) => fetch(`${uri}?error=access_denied&error_description=Ask+the+admin`),
      says: /^A redirect came without state, with error access_denied: it cannot be tied to this sign-in\.$/,
      fix: { kind: 'sign_in' },
      evidence: /access_denied means: The user or the server said no/,
    },
    {
      name: 'a token in the place of the code, without state',
      hit: (uri) => fetch(`${uri}?access_token=SECRET-token`),
      says: /^A redirect came without state: it cannot be tied to this sign-in\.$/,
      fix: { kind: 'sign_in' },
    },
    {
      name: 'a code without state',
      hit: (uri) => fetch(`${uri}?code=SECRET-code`),
      says: /^A redirect came without state, with a code: /,
      fix: { kind: 'sign_in' },
    },
    {
      name: 'another state',
      hit: (uri) => fetch(`${uri}?code=SECRET-code&state=stale`),
      says: /^A redirect came with another state, with a code: /,
      fix: { kind: 'sign_in' },
    },
    {
      name: 'another state alone',
      hit: (uri) => fetch(`${uri}?state=stale`),
      says: /^A redirect came with another state: it cannot be tied to this sign-in\.$/,
      fix: { kind: 'sign_in' },
    },
    {
      name: 'what no specification has, such as the ticket of CAS, without state',
      hit: (uri) => fetch(`${uri}?ticket=ST-SECRET`),
      says: /^A redirect came without state: it cannot be tied to this sign-in\.$/,
      fix: { kind: 'sign_in' },
    },
    {
      name: 'two states',
      hit: (uri, state) => fetch(`${uri}?code=SECRET-code&state=${state}&state=x`),
      says: /^A redirect came with several states, with a code: /,
      fix: { kind: 'sign_in' },
    },
    {
      name: 'a form that was not asked for',
      hit: (uri, state) => post(uri, { code: 'SECRET-code', state }),
      says: /^A redirect came as a POST \(form_post\), which was not asked for, with a code: /,
      fix: { kind: 'set_authorization_parameter', name: 'response_mode', value: 'form_post' },
    },
    {
      name: 'a slash more',
      hit: (uri, state) => fetch(`${uri}/?code=SECRET-code&state=${state}`),
      says: /^A redirect came to the path \/callback\/, not to that of the redirect URI, with a code: /,
      fix: { kind: 'set_redirect_uri', redirectUri: 'http://127.0.0.1/callback/' },
    },
    {
      name: 'another path with an error',
      hit: (uri, state) => fetch(`${new URL(uri).origin}/signin-oidc?error=server_error&state=${state}`),
      says: /^A redirect came to the path \/signin-oidc, .* with error server_error: /,
      fix: { kind: 'set_redirect_uri', redirectUri: 'http://127.0.0.1/signin-oidc' },
    },
    {
      name: 'an empty state',
      hit: (uri) => fetch(`${uri}?error=invalid_scope&state=`),
      says: /^A redirect came with(?:out state| another state), with error invalid_scope: /,
      fix: { kind: 'sign_in' },
    },
    {
      name: 'the state in capitals',
      hit: (uri, state) => fetch(`${uri}?code=SECRET-code&STATE=${state}`),
      says: /^A redirect came without state, with a code: /,
      fix: { kind: 'sign_in' },
    },
    {
      name: 'the path in capitals',
      hit: (uri, state) => fetch(`${uri.replace('/callback', '/Callback')}?code=SECRET-code&state=${state}`),
      says: /^A redirect came to the path \/Callback, not to that of the redirect URI, with a code: /,
      fix: { kind: 'set_redirect_uri', redirectUri: 'http://127.0.0.1/Callback' },
    },
    {
      name: 'a form with an error and without state',
      hit: (uri) => post(uri, { error: 'access_denied', error_description: 'no' }),
      says: /^A redirect came as a POST \(form_post\), which was not asked for, with error access_denied: /,
      fix: { kind: 'set_authorization_parameter', name: 'response_mode', value: 'form_post' },
    },
    {
      name: 'an error of an earlier sign-in, with its issuer',
      hit: (uri) =>
        fetch(`${uri}?error_description=denied&error=login_required&state=old&iss=https://a.example`),
      says: /^A redirect came with another state, with error login_required: /,
      fix: { kind: 'sign_in' },
    },
    {
      name: 'more header fields than are read',
      hit: (uri) => fetch(`${uri}?code=x`, { headers: { cookie: 'c'.repeat(70_000) } }),
      says: /^A redirect came with more than 64 KiB of header fields, which were not read: /,
      fix: { kind: 'sign_in' },
    },
  ];
  for (const { name, hit, says, fix, evidence } of rows)
    it(`is told while it waits, and named in the failure above every guess: ${name}`, async (context) => {
      let page = '';
      const { report, told } = await waitingFor(context, async (uri, state) => {
        const response = (await hit(uri, state)) as Response;
        assert.ok(response.status >= 400, `${response.status}`);
        page = await response.text();
      });
      assert.equal(told.length, 1, told.join('|'));
      assert.match(told[0] ?? '', says);
      const failure = failureOf(report, 'timeout');
      assert.ok(failure.message.includes(told[0] ?? '?'), failure.message);
      const cause = first(report);
      assert.equal(cause.title, told[0]);
      assert.deepEqual(cause.fixes[0], fix);
      if (evidence !== undefined) assert.match(cause.evidence.join(' '), evidence);
      const ids = explained(report).causes.map(({ id }) => id);
      assert.ok(!ids.some((id) => /nobody-came-back|redirect-uri-not-registered/.test(id)), ids.join());
      assert.match(page, /cannot be tied to this sign-in/);
      const hitExchange = report.exchanges.find(({ unmatched }) => unmatched !== undefined);
      assert.ok(hitExchange?.ignored);
      assert.doesNotMatch(JSON.stringify([failure, explained(report), told]), /SECRET/);
    });

  it('is told when it has no parameter at all, as our page finds in the browser', async (context) => {
    const { report, told } = await waitingFor(context, async (uri) => {
      const page = await (await fetch(uri)).text();
      const to = /fetch\("([^"]+)"/.exec(page)?.[1] ?? '';
      const said = await post(`${new URL(uri).origin}${to}`, { names: '', state: '' });
      assert.match(await said.text(), /^A redirect came without any parameter: it cannot be tied/);
    });
    assert.deepEqual(told, ['A redirect came without any parameter: it cannot be tied to this sign-in.']);
    const cause = first(report);
    assert.equal(cause.title, told[0]);
    assert.match(cause.steps.join(' '), /a proxy took the query off/);
  });

  it('never ends the sign-in of somebody else’s page: the real redirect is still taken', async (context) => {
    const server = await fakeServer(context);
    const user = new User(async (url) => {
      const { redirectUri } = callbackOf(url);
      for (const query of ['error=access_denied', 'error=login_required&state=evil', 'code=evil&state=evil'])
        assert.equal((await fetch(`${redirectUri}?${query}`)).status, 400);
      assert.equal((await post(redirectUri, { error: 'access_denied', state: 'evil' })).status, 405);
      await fetch(url);
    });
    const profile = userProfile({ issuer: server.issuer, clientId: 'native-client' });
    tokensOf(await runFlow('authorization_code', profile, flowDeps({ browser: user })));
    await user.done;
    assert.deepEqual(
      server.tokenRequests.map((form) => form.get('code')),
      ['SplxlOBeZQQYbYS6WxSbIA'],
    );
  });

  it('of a hostile page puts no words of its own into ours, and few of any', async (context) => {
    const { report, told } = await waitingFor(context, async (uri) => {
      for (let index = 0; index < 20; index++)
        await fetch(
          `${new URL(uri).origin}/p${index}?state=x&error=${encodeURIComponent('Call +1 555: [x](command:y)')}`,
        );
      await fetch(`${uri}?error=${'e'.repeat(500)}`);
    });
    assert.equal(told.length, 5);
    assert.ok(told.every((sentence) => sentence.length < 250));
    assert.doesNotMatch(JSON.stringify([told, failureOf(report, 'timeout')]), /\+1|Call|command|eeee/);
  });

  it('is nothing that a browser asks for by itself, nor another host’s', async (context) => {
    const { report, told } = await waitingFor(context, async (uri) => {
      const { origin, port } = new URL(uri);
      for (const path of ['/favicon.ico', '/', '/callback', '/other?code=x', '/.well-known/x?state=y'])
        await fetch(`${origin}${path}`);
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () =>
          socket.end('GET /callback?error=a HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
        );
        socket.resume().once('close', () => resolve());
      });
    });
    assert.deepEqual(told, []);
    assert.equal(failureOf(report, 'timeout').unmatched, undefined);
  });

  it('is shown in the explanation of a sign-in that the user ended because of it', async (context) => {
    const server = await fakeServer(context);
    const controller = new AbortController();
    const onProgress = ({ waiting }: LiveFlow) => {
      if (waiting?.kind === 'redirect' && waiting.unmatched !== undefined)
        setImmediate(() => controller.abort());
    };
    const user = new User(async (url) => {
      await fetch(`${callbackOf(url).redirectUri}?error=access_denied`).catch(() => undefined);
    });
    const profile = userProfile({ issuer: server.issuer });
    const deps = flowDeps({ browser: user, onProgress, signal: controller.signal });
    const report = await runFlow('authorization_code', profile, deps);
    await user.done;
    failureOf(report, 'cancelled');
    assert.equal(first(report).id, 'redirect-not-tied-no-state');
  });
});
