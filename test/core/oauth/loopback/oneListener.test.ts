import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { describe, it, type TestContext } from 'node:test';
import { newRedirectCertificate } from '../../../../src/core/authentication/newCertificate.ts';
import { splitIdentity, type TlsIdentity } from '../../../../src/core/http/tlsIdentity.ts';
import { LoopbackListener } from '../../../../src/core/oauth/loopback/listener.ts';
import { openHit } from '../../../../src/core/oauth/loopback/openHit.ts';
import type { Hit } from '../../../../src/core/oauth/loopback/judge.ts';
import {
  failurePage,
  fragmentPage,
  ignoredPage,
  signedOutPage,
  spentPage,
  successPage,
  unmatchedPage,
} from '../../../../src/core/oauth/loopback/pageTexts.ts';
import { freePort } from '../../../../src/demo/listen.ts';
import { loopbackRedirect } from '../../../../src/core/oauth/loopback/redirectUri.ts';
import type { UnmatchedRedirect } from '../../../../src/core/record/unmatched.ts';
import { Trace } from '../../../../src/core/record/trace.ts';

const state = 'the-state-of-this-flow';
const right = `code=c&state=${state}`;
const authorizationUrl = 'https://as.example.com/authorize?x=%C3%BC';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

interface Options {
  readonly uri?: string;
  readonly formPost?: boolean;
  readonly identity?: TlsIdentity;
  readonly open?: (response: string) => Promise<string | undefined>;
}

/** A listener whose clock lets two seconds pass when the test says so. */
async function listening(context: TestContext, { uri, formPost = false, identity, open }: Options = {}) {
  let changed: () => void = () => undefined;
  const trace = new Trace(() => changed());
  const told: (readonly UnmatchedRedirect[])[] = [];
  const slept: number[] = [];
  let wake: () => void = () => undefined;
  const listener = await LoopbackListener.open({
    ...{ redirect: loopbackRedirect(uri ?? 'http://127.0.0.1/cb'), state, formPost, trace },
    clock: {
      ...{ now: () => 1, timeout: () => new AbortController().signal },
      sleep: (pause) => (slept.push(pause), new Promise((resolve) => (wake = resolve))),
    },
    ...(open && { open }),
    ...(identity && { identity }),
  });
  context.after(() => listener.close());
  listener.whenUnmatched((all) => told.push(all));
  const { origin } = new URL(listener.redirectUri);
  const ask = (target: string, init: RequestInit = {}) =>
    fetch(new URL(target, origin), { redirect: 'manual', ...init });
  const post = (target: string, body: string) => ask(target, { method: 'POST', headers: form, body });
  const recorded = (count: number) =>
    new Promise<void>((resolve) => {
      changed = () => {
        if (trace.exchanges.length >= count) resolve();
      };
      changed();
    });
  const ignored = () => trace.exchanges.map((one) => one.ignored?.received);
  return { listener, trace, told, slept, wake: () => wake(), ask, post, ignored, recorded };
}

/** Resolves when the listener has taken its redirect. */
const isTaken = ({ received }: LoopbackListener) => received;

describe('the address that the browser is sent to first', () => {
  it('leads to the server byte for byte, once, and once more when it is offered again', async (context) => {
    const { listener, trace, ask, ignored } = await listening(context);
    const start = listener.offer(authorizationUrl);
    assert.match(start, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
    const led = await ask(start);
    assert.deepEqual(
      [led.status, led.headers.get('location'), await led.text()],
      [302, authorizationUrl, ''],
    );
    assert.equal(led.headers.get('referrer-policy'), 'no-referrer');
    const spent = await ask(start);
    assert.equal(spent.status, 410);
    assert.match(await spent.text(), /This address works only once/);
    assert.equal(listener.offer(authorizationUrl), start);
    assert.equal((await ask(start)).status, 302);
    assert.deepEqual(ignored(), [undefined, 'it again', undefined]);
    assert.deepEqual(new Set(trace.exchanges.map(({ purpose }) => purpose)), new Set(['authorization']));
    assert.equal((await ask(start, { method: 'POST', body: 'x' })).status, 404);
    assert.equal((await ask(`${start}x`)).status, 404);
  });

  it('is at an address of this machine that needs no look-up where the redirect URI says localhost', async (context) => {
    const { listener, ask } = await listening(context, { uri: 'http://localhost/cb' });
    assert.match(listener.offer(authorizationUrl), /^http:\/\/127\.0\.0\.1:/);
    assert.match(listener.redirectUri, /^http:\/\/localhost:\d+\/cb$/);
    await ask('/x');
    const six = await listening(context, { uri: 'http://[::1]/cb' });
    assert.match(six.listener.offer(authorizationUrl), /^http:\/\/\[::1\]:/);
  });
});

describe('the pages that the browser is shown', () => {
  const failed = { kind: 'cancelled', step: 'token', message: 'It failed.', advice: 'Do this.' } as const;
  const long = `${'A'.repeat(99)}…`;
  const unmatched = { why: 'no_state', code: false } as const;
  // Made within the test, so that what breaks one of them is seen there.
  for (const [name, made, says] of [
    ['signed in', () => successPage('Ada'), [/^The token for &#34;Ada&#34; has arrived/, /close this page/]],
    [
      'signed in, by a long name',
      () => successPage('A'.repeat(200)),
      [new RegExp(`&#34;${long}&#34;`), /close/],
    ],
    ['signed out', () => signedOutPage('Ada'), [/^The session of &#34;Ada&#34; at/, /close this page/]],
    [
      'no token',
      () => failurePage(failed),
      [/^It failed\.$/, /^Do this\.$/, /^The editor shows the details/],
    ],
    ['ignored', () => ignoredPage('a', 'b'), [/^Waited for: a\.$/, /^Received: b\.$/, /still waits/]],
    ['not tied to it', () => unmatchedPage(unmatched), [/state/, /another page could have sent it/]],
    ['spent', () => spentPage(), [/^Copy the authorization URL in the editor/]],
    ['a fragment', () => fragmentPage('/r'), [/neither a code nor a state/, /still waits/]],
  ] as const)
    it(`say what happened and what to do: ${name}`, () => {
      const { html } = made();
      const paragraphs = [...html.matchAll(/<p>(.*)<\/p>/g)].map(([, text = '']) => text);
      assert.equal(paragraphs.length, says.length, html);
      says.forEach((one, at) => {
        assert.match(paragraphs[at] ?? '', one);
      });
      assert.equal(html.includes('fetch("/r"'), name === 'a fragment');
      assert.equal(html.includes('<script'), name === 'a fragment');
    });
});

describe('a listener over TLS', () => {
  it('sends the browser to its own host, and answers there', async (context) => {
    const uri = `https://localhost:${await freePort()}/cb`;
    const identity = splitIdentity(newRedirectCertificate(Date.now()));
    const { listener } = await listening(context, { uri, identity });
    assert.equal(listener.redirectUri, uri);
    const start = listener.offer(authorizationUrl);
    assert.equal(new URL(start).origin, new URL(uri).origin);
    const sent = get(start, { ca: identity.certificate, agent: false });
    const [led] = (await once(sent, 'response')) as [IncomingMessage];
    assert.deepEqual([led.statusCode, led.headers.location], [302, authorizationUrl]);
    led.destroy();
  });
});

describe('a redirect that comes', () => {
  it('is held until the outcome is known, which is shown once at an address without the code', async (context) => {
    const { listener, slept, ask, ignored, recorded } = await listening(context);
    const held = ask(`/cb?${right}`);
    const received = await isTaken(listener);
    assert.ok(received.kind === 'redirect');
    assert.equal(received.parameters.get('code'), 'c');
    const late = { accepted: false, reason: 'The redirect of this sign-in has already come.' };
    assert.deepEqual(await listener.submit(`${listener.redirectUri}?${right}`), late);
    const again = ask(`/cb?${right}`);
    await recorded(2);
    const finished = listener.finish(successPage('Ada'));
    const places = (await Promise.all([held, again])).map(({ status, headers }) => {
      assert.equal(status, 303);
      return headers.get('location') ?? '';
    });
    assert.equal(new Set(places).size, 2);
    for (const place of places) {
      assert.match(place, /^\/[\w-]{32}$/);
      assert.equal((await ask(place, { method: 'POST', body: 'x' })).status, 404);
      const page = await ask(place);
      assert.equal(page.status, 200);
      assert.match(await page.text(), /Signed in/);
      assert.equal((await ask(place)).status, 404);
    }
    await finished;
    assert.deepEqual(slept, [2000]);
    assert.deepEqual(ignored().slice(0, 2), [undefined, 'the redirect again']);
    const third = await ask(`/cb?${right}`, { redirect: 'follow' });
    assert.match(await third.text(), /Signed in/);
    const ended = { accepted: false, reason: 'This sign-in has ended. Get the token again.' };
    assert.deepEqual(await listener.submit(`${listener.redirectUri}?${right}`), ended);
  });

  it('is not waited for longer than two seconds when the outcome is known', async (context) => {
    const { listener, slept, wake, ask } = await listening(context);
    const held = ask(`/cb?${right}`);
    await isTaken(listener);
    const finished = listener.finish(successPage('Ada'));
    assert.equal((await held).status, 303);
    wake();
    await finished;
    assert.deepEqual(slept, [2000]);
  });

  it('by hand needs no browser, and none is waited for', async (context) => {
    const { listener, trace, slept } = await listening(context);
    const { redirectUri } = listener;
    const wrong = await listener.submit(`${redirectUri}?code=c&state=other`);
    assert.equal(wrong.accepted, false);
    assert.deepEqual(await listener.submit(` <${redirectUri}?${right}> `), { accepted: true });
    assert.equal((await isTaken(listener)).kind, 'redirect');
    assert.deepEqual(
      trace.exchanges.map(({ leg, ignored }) => [leg, ignored === undefined]),
      [
        ['browser', false],
        ['browser', true],
      ],
    );
    await listener.finish(successPage('Ada'));
    assert.deepEqual(slept, []);
  });

  it('is taken by hand no more when it was closed', async (context) => {
    const { listener, ask } = await listening(context);
    await listener.close();
    assert.equal((await listener.submit(`${listener.redirectUri}?${right}`)).accepted, false);
    await assert.rejects(ask('/'));
  });

  it('may have a query of its own, and be posted where that was asked for', async (context) => {
    const { listener, post, ask } = await listening(context, {
      uri: 'http://127.0.0.1/cb?a=b',
      formPost: true,
    });
    const put = await ask('/cb?a=b', { method: 'PUT', body: right });
    assert.match(await put.text(), /Waited for: method POST/);
    assert.match(await (await ask('/cb?a=b')).text(), /No code came with this redirect/);
    void post('/cb?a=b', right).catch(() => undefined);
    const received = await isTaken(listener);
    assert.ok(received.kind === 'redirect');
    assert.equal(received.parameters.get('code'), 'c');
  });

  it('may be encrypted, and is opened before anybody asks whose it is', async (context) => {
    const opened: string[] = [];
    const open = (response: string) => (opened.push(response), Promise.resolve('a.b.c'));
    const { listener, told, ask } = await listening(context, { open });
    const answer = await ask('/cb?response=e.e.e.e.e');
    assert.deepEqual([answer.status, opened, told.length], [400, ['e.e.e.e.e'], 1]);
    assert.equal(told[0]?.[0]?.why, 'no_state');
    assert.ok(listener);
  });
});

describe('what comes and is not a redirect of this sign-in', () => {
  it('is told while the redirect is waited for, each kind once, and answered with what was waited for', async (context) => {
    const { listener, told, ask, ignored } = await listening(context);
    const icon = await ask('/favicon.ico');
    assert.equal(icon.status, 404);
    assert.match(await icon.text(), /Waited for: path \/cb\.<.*Received: path \/favicon\.ico\./s);
    assert.equal(told.length, 0);
    for (let times = 0; times < 2; times++) {
      const other = await ask('/cb?code=x&state=other');
      assert.equal(other.status, 400);
      assert.match(await other.text(), /Not tied to this sign-in/);
    }
    await ask('/cb?code=x');
    assert.deepEqual(
      told.map((all) => all.map(({ why }) => why)),
      [['other_state'], ['other_state', 'no_state']],
    );
    await listener.submit(`${listener.redirectUri}?${right}`);
    await ask(`/cb?code=x&state=${state}&state=b`);
    assert.equal(told.length, 2);
    assert.equal(ignored().filter((one) => one !== undefined).length, 5);
  });

  it('is told where it was too large to be read', async (context) => {
    const { told, trace, ask } = await listening(context);
    const huge = await ask(`/cb?${right}`, { headers: { x: 'x'.repeat(70_000) } });
    assert.equal(huge.status, 431);
    assert.match(await huge.text(), /more than 64 KiB of header fields/);
    assert.equal(huge.headers.get('cache-control'), 'no-store');
    assert.deepEqual(told, [[{ why: 'too_large', code: false }]]);
    assert.equal(trace.exchanges[0]?.response?.status, 431);
  });
});

describe('a response that may be in the fragment', () => {
  const reportPath = async (ask: (target: string) => Promise<Response>) => {
    const page = await ask('/cb');
    assert.equal(page.status, 400);
    return /fetch\("([^"]+)"/.exec(await page.text())?.[1] ?? '';
  };

  it('is looked for by a page, and taken by its names when its state is ours', async (context) => {
    const { listener, told, ask, post, ignored } = await listening(context);
    const path = await reportPath(ask);
    const answer = await post(path, `names=access_token+state&state=${state}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.match(await answer.text(), /^The server put its response into the fragment/);
    assert.deepEqual(await isTaken(listener), { kind: 'fragment', names: 'access_token state' });
    assert.deepEqual([told, ignored()[1]], [[], 'a fragment with access_token state']);
  });

  for (const [body, why, words, shown] of [
    ['names=&state=', 'empty', 'nothing', /without any parameter/],
    ['', 'empty', 'nothing', /without any parameter/],
    ['names=code&state=other', 'fragment', 'a fragment with code', /^The server put its response into/],
    ['names=top&state=', undefined, 'a fragment with top', /^The server put its response into/],
  ] as const)
    it(`is not taken, and told as it is: ${body}`, async (context) => {
      const { listener, told, ask, post, ignored } = await listening(context);
      const path = await reportPath(ask);
      const answer = await post(path, body);
      assert.match(await answer.text(), shown);
      assert.deepEqual(
        [told.map((all) => all.map((one) => one.why)), ignored()[1]],
        [why === undefined ? [] : [[why]], words],
      );
      assert.equal((await ask(path)).status, 404);
      assert.deepEqual(await listener.submit(`${listener.redirectUri}?${right}`), { accepted: true });
    });
});

describe('an encrypted response', () => {
  const hit: Hit = { method: 'GET', target: '/cb?x=1&response=e.e.e.e.e', host: '127.0.0.1:1' };
  const opening = (of: Hit, inside: string | undefined = 'in.si.de') => {
    const asked: string[] = [];
    const open = (response: string) => (asked.push(response), Promise.resolve(inside));
    return openHit(of, '/cb', open).then((opened) => ({ opened, asked }));
  };

  it('is opened in its place, in an address or in a form', async () => {
    const { opened, asked } = await opening(hit);
    assert.deepEqual([opened, asked], [{ ...hit, target: '/cb?x=1&response=in.si.de' }, ['e.e.e.e.e']]);
    const posted = { ...hit, method: 'POST', target: '/cb?x=1', body: 'response=e.e.e.e.e' };
    assert.deepEqual((await opening(posted)).opened, { ...posted, body: 'response=in.si.de' });
  });

  it('stays as it is where nothing is to be opened, and nobody is asked to', async () => {
    for (const target of [
      '/other?response=e.e.e.e.e',
      '/cb?answer=e.e.e.e.e',
      '/cb?response=e.e.e.e.e&response=e.e.e.e.e',
      '/cb?response=not.en.crypted',
      `/cb?response=e.e.e.e.${'e'.repeat(33_000)}`,
    ]) {
      const { opened, asked } = await opening({ ...hit, target });
      assert.deepEqual([opened.target, asked], [target, []]);
    }
    const longest = `/cb?response=e.e.e.e.${'e'.repeat(32 * 1024 - 8)}`;
    assert.equal((await opening({ ...hit, target: longest })).asked.length, 1);
  });

  it('stays as it is where no key opens it', async () => {
    const closed = await openHit(hit, '/cb', () => Promise.resolve(undefined));
    assert.equal(closed, hit);
  });
});
