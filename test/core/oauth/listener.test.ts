import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import type { LiveFlow } from '../../../src/core/flow/liveFlow.ts';
import type { SubmitResult, WaitingForRedirect } from '../../../src/core/record/waiting.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { userProfile } from '../../support/profiles.ts';
import { redirectAwaited } from '../../support/waiting.ts';
import { SignInBrowser } from './support/browser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { fakeServer } from './support/fakeServer.ts';
import { callbackOf, User } from './support/user.ts';

/** Sends a request with any method, path and header, also those that fetch would not send. */
function send(
  url: string,
  target: string,
  init: { method?: string; host?: string; body?: string; type?: string } = {},
) {
  const { hostname, port } = new URL(url);
  return new Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }>(
    (resolve, reject) => {
      const sent = request({
        host: hostname.replace(/[[\]]/g, ''),
        port,
        path: target,
        method: init.method ?? 'GET',
        headers: {
          ...(init.host === undefined ? {} : { host: init.host }),
          ...(init.type === undefined ? {} : { 'content-type': init.type }),
        },
      });
      sent.once('error', reject);
      sent.once('response', (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        );
      });
      sent.end(init.body);
    },
  );
}

/** Whether anything accepts connections at `url`. */
function isOpen(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname.replace(/[[\]]/g, ''));
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

describe('the loopback listener', () => {
  it('answers and ignores what is not its redirect, and still takes the real one', async (context) => {
    const server = await fakeServer(context);
    const statuses: (readonly [string, number])[] = [];
    const user = new User(async (url) => {
      const { redirectUri, state } = callbackOf(url);
      const attempts: readonly (readonly [string, string, Parameters<typeof send>[2]?])[] = [
        ['favicon', '/favicon.ico'],
        ['wrong path', `/Callback?code=x&state=${state}`],
        ['longer path', `/callback/?code=x&state=${state}`],
        ['wrong state', '/callback?code=x&state=wrong'],
        ['error with a wrong state', '/callback?error=access_denied&state=wrong'],
        ['no state', '/callback?code=x'],
        ['state twice', `/callback?code=x&state=${state}&state=${state}`],
        ['nothing', '/callback'],
        ['HEAD', `/callback?code=x&state=${state}`, { method: 'HEAD' }],
        ['OPTIONS', `/callback?code=x&state=${state}`, { method: 'OPTIONS' }],
        [
          'POST',
          '/callback',
          { method: 'POST', body: `code=x&state=${state}`, type: 'application/x-www-form-urlencoded' },
        ],
        [
          'another host',
          `/callback?code=x&state=${state}`,
          { host: `evil.example:${new URL(redirectUri).port}` },
        ],
        ['absolute form', `http://evil.example/callback?code=x&state=${state}`],
      ];
      for (const [name, target, init] of attempts)
        statuses.push([name, (await send(redirectUri, target, init)).status]);
      await fetch(url);
    });
    const report = await runFlow(
      'authorization_code',
      userProfile({ issuer: server.issuer }),
      flowDeps({ browser: user }),
    );
    await user.done;
    tokensOf(report);
    assert.deepEqual(statuses, [
      ...[
        ['favicon', 404],
        ['wrong path', 404],
        ['longer path', 404],
        ['wrong state', 400],
      ],
      ...[
        ['error with a wrong state', 400],
        ['no state', 400],
        ['state twice', 400],
        ['nothing', 400],
      ],
      ...[
        ['HEAD', 405],
        ['OPTIONS', 405],
        ['POST', 405],
        ['another host', 403],
        ['absolute form', 404],
      ],
    ]);
    const hits = report.exchanges.filter(({ leg, purpose }) => leg === 'loopback' && purpose === 'redirect');
    assert.equal(hits.length, 14);
    assert.deepEqual(
      hits.slice(0, 4).map(({ ignored }) => ignored),
      [
        { expected: 'path /callback', received: 'path /favicon.ico' },
        { expected: 'path /callback', received: 'path /Callback' },
        { expected: 'path /callback', received: 'path /callback/' },
        { expected: 'the state of this flow', received: 'another state' },
      ],
    );
    assert.equal(hits.at(-1)?.ignored, undefined);
    assert.equal(hits.at(-1)?.response?.status, 303);
    assert.equal(server.tokenRequests.length, 1);
    assert.equal(server.tokenRequests[0]?.get('code'), 'SplxlOBeZQQYbYS6WxSbIA');
  });

  it('records the first strays and counts the others, however many there are', async (context) => {
    const server = await fakeServer(context);
    const user = new User(async (url) => {
      const { redirectUri } = callbackOf(url);
      for (let hit = 0; hit < 120; hit++) await send(redirectUri, `/favicon.ico?${hit}`);
      await fetch(url);
    });
    let changes = 0;
    const deps = flowDeps({ browser: user, onProgress: () => changes++ });
    const report = await runFlow('authorization_code', userProfile({ issuer: server.issuer }), deps);
    await user.done;
    tokensOf(report);
    const strays = report.exchanges.filter(({ ignored }) => ignored !== undefined);
    assert.equal(strays.length, 50);
    assert.ok(changes < 100, `${changes} changes`);
    assert.equal(strays[0]?.ignored?.received, 'path /favicon.ico');
    assert.equal(strays.at(-1)?.ignored?.received, 'path /favicon.ico; 70 more requests were ignored');
    assert.ok(strays.every(({ request, response }) => !request.body && !response?.body));
  });

  it('leads the browser to the authorization URL byte for byte, once', async (context) => {
    const server = await fakeServer(context);
    let waiting: WaitingForRedirect | undefined;
    let second = 0;
    const user = new User(async (url, startUrl) => {
      second = (await fetch(startUrl, { redirect: 'manual' })).status;
      await fetch(url);
    });
    const profile = userProfile({
      issuer: server.issuer,
      clientId: 'native-client',
      scopes: ['openid', 'https://graph.example.com/.default', 'a b'],
      redirectUri: 'http://127.0.0.1/cb/%7Ex?app=1&y=%C3%BC',
      resource: ['https://a.example.com/x?y=z', 'urn:b'],
      audience: "it's (me)!*",
      authorizationParameters: {
        prompt: 'consent',
        claims: '{"id_token":{"ü":null}}',
        state: 'mine',
        odd: '+ %25&#',
      },
    });
    const onProgress = (flow: LiveFlow) => (waiting ??= redirectAwaited(flow));
    tokensOf(await runFlow('authorization_code', profile, flowDeps({ browser: user, onProgress })));
    await user.done;
    assert.equal(second, 410);
    assert.equal(`${server.issuer}${server.authorizations[0] ?? ''}`, waiting?.authorizationUrl);
    const sent = new URL(waiting?.authorizationUrl ?? '').searchParams;
    assert.match(waiting?.authorizationUrl ?? '', /\/authorize\?tenant=a%20b&response_type=code&/);
    assert.equal(sent.get('scope'), 'openid https://graph.example.com/.default a b');
    assert.equal(sent.get('odd'), '+ %25&#');
    assert.equal(sent.getAll('state').length, 1);
    assert.notEqual(sent.get('state'), 'mine');
    assert.deepEqual(sent.getAll('resource'), ['https://a.example.com/x?y=z', 'urn:b']);
    assert.equal(sent.get('audience'), "it's (me)!*");
    assert.equal(sent.get('redirect_uri'), waiting?.redirectUri);
    assert.match(waiting?.redirectUri ?? '', /^http:\/\/127\.0\.0\.1:\d+\/cb\/%7Ex\?app=1&y=%C3%BC$/);
    const [form] = server.tokenRequests;
    assert.ok(form);
    assert.equal(form.get('redirect_uri'), waiting?.redirectUri);
    assert.equal(form.has('scope'), false);
    assert.equal(form.has('client_secret'), false);
  });

  it('opens the browser again for a user who closed its tab, and takes that tab’s redirect', async (context) => {
    const server = await fakeServer(context);
    let waiting: WaitingForRedirect | undefined;
    const opened: string[] = [];
    const user = new User(async (url, startUrl) => {
      opened.push(startUrl);
      if (opened.length === 1) await waiting?.openAgain();
      else await fetch(url);
    });
    const profile = userProfile({ issuer: server.issuer, clientId: 'native-client', scopes: ['a'] });
    const onProgress = (flow: LiveFlow) => (waiting ??= redirectAwaited(flow));
    tokensOf(await runFlow('authorization_code', profile, flowDeps({ browser: user, onProgress })));
    await user.done;
    assert.equal(opened.length, 2);
    assert.equal(server.tokenRequests.length, 1);
  });

  it('keeps the browser waiting until the code was exchanged, and only then says success', async (context) => {
    let exchange = () => undefined as unknown;
    const asked = new Promise<void>((resolve) => (exchange = resolve));
    let release = () => undefined as unknown;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const server = await fakeServer(context, { beforeToken: () => (exchange(), gate) });
    const browser = new SignInBrowser();
    const running = runFlow(
      'authorization_code',
      userProfile({ issuer: server.issuer }),
      flowDeps({ browser }),
    );
    await asked;
    let shown = false;
    void browser.page.then(() => (shown = true));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(shown, false);
    release();
    const page = await browser.page;
    tokensOf(await running);
    assert.match(page.body, /<h1>Signed in<\/h1>/);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-/,
    );
    assert.doesNotMatch(page.body, /(?:src|href)="(?!data:)/);
    assert.match(page.body, /prefers-color-scheme: dark/);
  });

  for (const [outcome, token] of [
    ['a token', undefined],
    ['a failure', () => ({ status: 400, body: { error: 'invalid_grant' } })],
  ] as const)
    it(`ends ${outcome} at an address without code and state, which shows it once and is no exchange`, async (context) => {
      const server = await fakeServer(context, token === undefined ? {} : { token });
      const landed: Response[] = [];
      let again = 0;
      const user = new User(async (url) => {
        const toUs = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
        const redirected = await fetch(toUs, { redirect: 'manual' });
        assert.equal(redirected.status, 303);
        assert.equal(await redirected.text(), '');
        assert.equal(redirected.headers.get('referrer-policy'), 'no-referrer');
        const result = new URL(redirected.headers.get('location') ?? '', toUs).href;
        // Two at once: the port is closed as soon as the outcome was shown.
        const [first, second] = await Promise.allSettled([fetch(result), fetch(result)]);
        landed.push(...[first, second].flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
        again = landed.filter(({ status }) => status === 200).length;
      });
      const profile = userProfile({ issuer: server.issuer });
      const report = await runFlow('authorization_code', profile, flowDeps({ browser: user }));
      await user.done;
      assert.equal(report.outcome.kind, token === undefined ? 'token' : 'failure');
      assert.equal(again, 1);
      const { origin, pathname, search } = new URL(landed.find(({ status }) => status === 200)?.url ?? '');
      assert.match(pathname, /^\/[\w-]{32}$/);
      assert.equal(search, '');
      const ours = report.exchanges.filter(({ leg }) => leg === 'loopback');
      const taken = ours.filter(({ ignored }) => ignored === undefined);
      assert.deepEqual(
        taken.map(({ purpose, response }) => [purpose, response?.status]),
        [
          ['authorization', 302],
          ['redirect', 303],
        ],
      );
      assert.ok(taken.every(({ request: { url } }) => url !== `${origin}${pathname}`));
    });

  it('takes one redirect once when the browser brings it twice at a time, and shows both the outcome', async (context) => {
    const server = await fakeServer(context);
    const pages: string[] = [];
    const user = new User(async (url) => {
      const toUs = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
      const twice = await Promise.all([fetch(toUs), fetch(toUs)]);
      pages.push(...(await Promise.all(twice.map((page) => page.text()))));
    });
    const profile = userProfile({ issuer: server.issuer });
    const report = await runFlow('authorization_code', profile, flowDeps({ browser: user }));
    await user.done;
    tokensOf(report);
    assert.equal(server.tokenRequests.length, 1);
    assert.equal(pages.length, 2);
    for (const page of pages) assert.match(page, /<h1>Signed in<\/h1>/);
    const redirects = report.exchanges.filter(({ purpose }) => purpose === 'redirect');
    assert.deepEqual(
      redirects.map(({ ignored }) => ignored?.received),
      [undefined, 'the redirect again'],
    );
  });

  it('waits no longer than two seconds for a browser that does not come for the outcome', async (context) => {
    const server = await fakeServer(context);
    const user = new User(async (url) => {
      const toUs = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
      assert.equal((await fetch(toUs, { redirect: 'manual' })).status, 303);
    });
    const profile = userProfile({ issuer: server.issuer });
    tokensOf(await runFlow('authorization_code', profile, flowDeps({ browser: user })));
    await user.done;
  });

  it('shows what went wrong as text, whatever the server wrote', async (context) => {
    const server = await fakeServer(context, {
      token: () => ({
        status: 400,
        body: { error: 'invalid_grant', error_description: '<img src=x onerror=alert(1)>' },
      }),
    });
    const browser = new SignInBrowser();
    const report = await runFlow(
      'authorization_code',
      userProfile({ issuer: server.issuer }),
      flowDeps({ browser }),
    );
    failureOf(report, 'oauth_error');
    const { body } = await browser.page;
    assert.match(body, /<h1>No token<\/h1>/);
    assert.match(body, /&#60;img src=x onerror=alert\(1\)&#62;/);
    assert.doesNotMatch(body, /<img/);
  });

  it('takes a form_post response where one was asked for', async (context) => {
    const statuses: number[] = [];
    const user = new User(async (url) => {
      const { redirectUri, state } = callbackOf(url);
      const form = { method: 'POST', type: 'application/x-www-form-urlencoded' };
      const right = `code=c0de&state=${state}`;
      for (const [target, init] of [
        ['/callback', { ...form, body: 'code=x&state=wrong' }],
        ['/callback', { ...form, type: 'application/json', body: '{}' }],
        ['/callback', { ...form, body: `${right}&pad=${'x'.repeat(70_000)}` }],
        ['/callback', { ...form, body: right }],
      ] as const)
        statuses.push((await send(redirectUri, target, init)).status);
    });
    const authorizationParameters = { response_mode: 'form_post' };
    const token = { access_token: 'x', token_type: 'Bearer' };
    const posting = await fakeServer(context, { token: () => ({ body: token }) });
    const profile = userProfile({ issuer: posting.issuer, scopes: [], authorizationParameters });
    tokensOf(await runFlow('authorization_code', profile, flowDeps({ browser: user })));
    await user.done;
    assert.deepEqual(statuses, [400, 415, 413, 303]);
    assert.equal(posting.tokenRequests[0]?.get('code'), 'c0de');
  });

  it('explains a response that came in the fragment', async (context) => {
    const server = await fakeServer(context);
    const user = new User(async (url) => {
      const { redirectUri, state } = callbackOf(url);
      const page = await send(redirectUri, '/callback');
      const report = /fetch\("([^"]+)"/.exec(page.body)?.[1] ?? '';
      const type = 'application/x-www-form-urlencoded';
      // What the script of that page does in a browser.
      await send(redirectUri, report, { method: 'POST', type, body: 'names=access_token+state&state=wrong' });
      await send(redirectUri, report, {
        method: 'POST',
        type,
        body: `names=access_token+state&state=${state}`,
      });
    });
    const report = await runFlow(
      'authorization_code',
      userProfile({ issuer: server.issuer }),
      flowDeps({ browser: user }),
    );
    await user.done;
    const failure = failureOf(report, 'invalid_redirect');
    assert.equal(failure.code, 'fragment');
    assert.match(failure.advice, /response_mode/);
    const hit = report.exchanges.find(({ ignored }) => ignored?.expected === 'a query');
    assert.equal(hit?.ignored?.received, 'a fragment with access_token state');
  });

  it('bears with huge requests and silent connections, and closes those at the end', async (context) => {
    const server = await fakeServer(context);
    let huge = 0;
    let silentEnded: Promise<void> = Promise.resolve();
    const user = new User(async (url) => {
      const { redirectUri } = callbackOf(url);
      huge = (await send(redirectUri, `/callback?pad=${'x'.repeat(100_000)}`)).status;
      const silent = connect(Number(new URL(redirectUri).port), '127.0.0.1');
      silentEnded = new Promise((resolve) =>
        silent.on('error', () => undefined).once('close', () => resolve()),
      );
      await new Promise((resolve) => silent.once('connect', resolve));
      await fetch(url);
    });
    const report = await runFlow(
      'authorization_code',
      userProfile({ issuer: server.issuer }),
      flowDeps({ browser: user }),
    );
    await user.done;
    tokensOf(report);
    await silentEnded;
    assert.equal(huge, 431);
  });

  it('takes a pasted redirect URL by the same rules', async (context) => {
    const server = await fakeServer(context, {
      token: () => ({ body: { access_token: 'x', token_type: 'Bearer' } }),
    });
    const results: SubmitResult[] = [];
    let pasted = false;
    const onProgress = ({ waiting }: LiveFlow) => {
      if (waiting?.kind !== 'redirect' || pasted) return;
      pasted = true;
      const { redirectUri, state } = callbackOf(waiting.authorizationUrl);
      const paste = async () => {
        for (const url of [
          'nonsense',
          `http://evil.example/callback?code=x&state=${state}`,
          `${redirectUri}?code=x&state=wrong`,
          redirectUri,
          ` <${redirectUri}?code=pasted&state=${state}>\n`,
        ])
          results.push(await waiting.submitRedirect(url));
      };
      setImmediate(() => void paste());
    };
    const profile = userProfile({ issuer: server.issuer, scopes: [] });
    const report = await runFlow('authorization_code', profile, flowDeps({ onProgress }));
    tokensOf(report);
    assert.deepEqual(
      results.map(({ accepted }) => accepted),
      [false, false, false, false, true],
    );
    assert.match(JSON.stringify(results[2]), /another state/);
    assert.equal(server.tokenRequests[0]?.get('code'), 'pasted');
  });

  it('says that its port is busy before the browser opens, and takes no other', async (context) => {
    const server = await fakeServer(context);
    for (const [redirectHost, address] of [
      ['127.0.0.1', '127.0.0.1'],
      ['localhost', '::1'],
      ['[::1]', '::1'],
    ] as const) {
      const busy = createServer();
      await new Promise<void>((resolve) => busy.listen(0, address, resolve));
      const { port } = busy.address() as AddressInfo;
      let opened = false;
      const browser = { open: () => Promise.resolve((opened = true)) };
      const profile = userProfile({
        issuer: server.issuer,
        redirectUri: `http://${redirectHost}:${port}/callback`,
      });
      const failure = failureOf(
        await runFlow('authorization_code', profile, flowDeps({ browser })),
        'port_busy',
      );
      await new Promise((resolve) => busy.close(resolve));
      assert.equal(failure.port, port);
      assert.equal(failure.step, 'listen');
      assert.match(failure.message, new RegExp(`Port ${port} of .* is already in use`));
      assert.equal(opened, false);
    }
  });

  it('says that its port is busy before anybody is asked for a secret', async (context) => {
    const server = await fakeServer(context);
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    let asked = false;
    const secret = () => Promise.resolve(`${(asked = true)}`);
    const profile = userProfile({
      ...{ issuer: server.issuer, redirectUri: `http://127.0.0.1:${port}/callback` },
      clientAuthentication: 'client_secret_basic',
    });
    const report = await runFlow('authorization_code', profile, flowDeps({ secret }));
    await new Promise((resolve) => busy.close(resolve));
    failureOf(report, 'port_busy');
    // The flow view says of a challenge that it was sent.
    assert.equal(report.pkce, undefined);
    assert.equal(asked, false);
  });

  it('frees its port when no secret is given', async (context) => {
    const server = await fakeServer(context);
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const redirectUri = `http://127.0.0.1:${port}/callback`;
    let openMeanwhile = false;
    const secret = async () => {
      openMeanwhile = await isOpen(redirectUri);
      return undefined;
    };
    const profile = userProfile({
      ...{ issuer: server.issuer, redirectUri, clientAuthentication: 'client_secret_basic' },
    });
    const report = await runFlow('authorization_code', profile, flowDeps({ secret }));
    assert.equal(failureOf(report, 'secret_missing').step, 'secret');
    assert.deepEqual([openMeanwhile, await isOpen(redirectUri)], [true, false]);
  });

  it('uses exactly the port of the profile, listens on both families for localhost, and frees it at the end', async (context) => {
    const server = await fakeServer(context);
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const redirectUri = `http://localhost:${port}/callback`;
    const families: boolean[] = [];
    const user = new User(async (url) => {
      for (const host of ['127.0.0.1', '[::1]']) families.push(await isOpen(`http://${host}:${port}`));
      assert.equal(callbackOf(url).redirectUri, redirectUri);
      await fetch(url);
    });
    const profile = userProfile({ issuer: server.issuer, redirectUri });
    tokensOf(await runFlow('authorization_code', profile, flowDeps({ browser: user })));
    await user.done;
    assert.deepEqual(families, [true, true]);
    for (const host of ['127.0.0.1', '[::1]']) assert.equal(await isOpen(`http://${host}:${port}`), false);
  });
});

describe('a sign-in that does not come to an end', () => {
  /** Runs until the flow waits for the redirect, then does `act`; afterwards the port must be free. */
  async function waitingThen(
    context: Parameters<typeof fakeServer>[0],
    act: (controller: AbortController) => void,
    over: object = {},
  ) {
    const server = await fakeServer(context);
    const controller = new AbortController();
    let redirectUri = '';
    const onProgress = ({ waiting }: LiveFlow) => {
      if (waiting?.kind !== 'redirect' || redirectUri !== '') return;
      ({ redirectUri } = waiting);
      setImmediate(() => act(controller));
    };
    const deps = flowDeps({ onProgress, signal: controller.signal, ...over });
    const report = await runFlow('authorization_code', userProfile({ issuer: server.issuer }), deps);
    assert.equal(await isOpen(redirectUri), false);
    return report;
  }

  it('ends when it is cancelled, and frees the port', async (context) => {
    failureOf(await waitingThen(context, (controller) => controller.abort()), 'cancelled');
  });

  it('ends after the sign-in timeout with the redirect URI it waited for', async (context) => {
    const failure = failureOf(await waitingThen(context, () => undefined, { signInTimeout: 100 }), 'timeout');
    assert.match(
      failure.message,
      /^No redirect to http:\/\/127\.0\.0\.1:\d+\/callback came within 0\.1 s\.$/,
    );
    assert.equal(failure.step, 'redirect');
  });

  const unopened = [
    ['was not opened', () => Promise.resolve(false)],
    ['could not be opened', () => Promise.reject(new Error('no display'))],
  ] as const;
  for (const [how, open] of unopened)
    it(`says only at the timeout that the browser ${how}`, async (context) => {
      const over = { browser: { open }, signInTimeout: 100 };
      const failure = failureOf(await waitingThen(context, () => undefined, over), 'browser_not_opened');
      assert.equal(failure.step, 'browser');
    });

  it('goes on when the browser was not opened but the user took the URL elsewhere', async (context) => {
    const server = await fakeServer(context);
    let told = false;
    const onProgress = ({ waiting }: LiveFlow) => {
      if (waiting?.kind !== 'redirect' || waiting.notOpened !== true || told) return;
      told = true;
      setImmediate(() => void fetch(waiting.authorizationUrl));
    };
    const browser = { open: () => Promise.resolve(false) };
    const profile = userProfile({ issuer: server.issuer });
    tokensOf(await runFlow('authorization_code', profile, flowDeps({ browser, onProgress })));
    assert.ok(told);
  });

  it('ends when opening the browser never ends and it is cancelled', async (context) => {
    const hanging = { open: () => new Promise<boolean>(() => undefined) };
    failureOf(
      await waitingThen(context, (controller) => controller.abort(), { browser: hanging }),
      'cancelled',
    );
  });

  it('takes no pasted redirect URL after its end, nor a second one before', async (context) => {
    const server = await fakeServer(context, {
      token: () => ({ body: { access_token: 'x', token_type: 'Bearer' } }),
    });
    let waiting: WaitingForRedirect | undefined;
    const results: SubmitResult[] = [];
    const paste = async () => {
      assert.ok(waiting);
      const { redirectUri, state } = callbackOf(waiting.authorizationUrl);
      results.push(await waiting.submitRedirect(`${redirectUri}?code=pasted&state=${state}`));
    };
    const onProgress = (flow: LiveFlow) => {
      if (flow.waiting === undefined || waiting !== undefined) return;
      waiting = redirectAwaited(flow);
      for (let time = 0; time < 2; time++) setImmediate(() => void paste());
    };
    const profile = userProfile({ issuer: server.issuer, scopes: [] });
    tokensOf(await runFlow('authorization_code', profile, flowDeps({ onProgress })));
    await paste();
    assert.deepEqual(results, [
      { accepted: true },
      { accepted: false, reason: 'The redirect of this sign-in has already come.' },
      { accepted: false, reason: 'This sign-in has ended. Get the token again.' },
    ]);
  });
});
