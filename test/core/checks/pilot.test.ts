import assert from 'node:assert/strict';
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { after, before, describe, it } from 'node:test';
import { Trace } from '../../../src/core/record/trace.ts';
import { ErrorShown, type Tell } from '../../../src/core/checks/errorShown.ts';
import { Pilot, type PilotOptions } from '../../../src/core/checks/pilot.ts';
import { freePort } from '../../../src/demo/listen.ts';
import { JarBrowser } from '../../demo/jarBrowser.ts';
import { waitFor } from '../../support/processes.ts';
import { realClock } from './support.ts';

const started: Pilot[] = [];
// One that a failed test left open would keep the whole process from ending.
after(() => Promise.all(started.map((pilot) => pilot.close())));

/** A pilot whose browser is told where to go, and a plain client to play the browser with. */
async function start(
  redirectUri = 'http://127.0.0.1/callback',
  signInTimeout = 60_000,
  more: Partial<PilotOptions> = {},
) {
  const opened: string[] = [];
  const pilot = await Pilot.start({
    redirectUri,
    browser: {
      open(url) {
        opened.push(url);
        return Promise.resolve(true);
      },
    },
    clock: realClock,
    signal: new AbortController().signal,
    signInTimeout,
    passTimeout: 60_000,
    ...more,
  });
  started.push(pilot);
  const trace = new Trace();
  const pass = (state: string, title = 'A wrong verifier', anyState = false) =>
    pilot.pass({ url: `https://server.example/auth?state=${state}&x=%20~`, state, anyState, title, trace });
  const get = (url: string, init?: RequestInit) => fetch(url, { redirect: 'manual', ...init });
  return { pilot, opened, trace, pass, get };
}

/** The address that the browser was told, once it was. */
const firstTab = (opened: readonly string[]) => waitFor('a tab to be opened', () => opened[0]);

/** Where the page between two requests leads its tab. */
function goesOnAt({ redirectUri }: { readonly redirectUri: string }, page: string): string {
  return new URL(/content="0;url=([^"]+)"/.exec(page)?.[1] ?? '', redirectUri).href;
}

describe('the loopback page of the checks', () => {
  let now: Awaited<ReturnType<typeof start>>;
  before(async () => {
    now = await start();
  });
  after(() => now.pilot.close());

  it('leads one tab from request to request, byte for byte, and says which check is under way', async () => {
    const { pilot, opened, pass, get, trace } = now;
    const first = pass('one');
    const page = await firstTab(opened);
    const sent = await get(page);
    assert.equal(sent.status, 302);
    assert.equal(sent.headers.get('location'), 'https://server.example/auth?state=one&x=%20~');
    const landed = await get(`${pilot.redirectUri}?code=c&state=one`);
    const html = await landed.text();
    assert.match(html, /A wrong verifier: the server has answered/);
    assert.match(landed.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal((await first).searchParams.get('code'), 'c');

    const refresh = /url=([^"]+)"/.exec(html)?.[1] ?? '';
    const waiting = get(new URL(refresh, page).href);
    const second = pass('two', 'No verifier <b>');
    assert.equal((await waiting).headers.get('location'), 'https://server.example/auth?state=two&x=%20~');
    assert.match(
      await (await get(`${pilot.redirectUri}?error=denied&state=two`)).text(),
      /No verifier &lt;b&gt;/,
    );
    assert.equal((await second).searchParams.get('error'), 'denied');
    assert.equal(opened.length, 1, 'The browser is opened once.');
    assert.deepEqual(
      trace.exchanges.map(({ leg, purpose }) => [leg, purpose]),
      [
        ['browser', 'authorization'],
        ['loopback', 'redirect'],
        ['browser', 'authorization'],
        ['loopback', 'redirect'],
      ],
    );
  });

  it('ignores what is not its redirect, keeps it as evidence, and goes on waiting', async () => {
    const { pilot, pass, get, trace, opened } = now;
    const { origin, port } = new URL(pilot.redirectUri);
    const arrival = pass('three');
    const before = trace.exchanges.length;
    const early = (await get(`${pilot.redirectUri}?error=access_denied&state=three`)).status;
    assert.equal(early, 400, 'The tab has not been sent on yet.');
    await get(opened[0] ?? '');
    const statuses = [
      await statusOf({ address: '127.0.0.1', port, host: `127.0.0.1:${port}`, path: '//' }),
      (await get(`${origin}/favicon.ico`)).status,
      (await get(`${origin}/long?${'a='.repeat(5000)}`)).status,
      (await get(`${pilot.redirectUri}/other?code=c&state=three`)).status,
      (await get(pilot.redirectUri)).status,
      (await get(`${pilot.redirectUri}?code=late&state=one`)).status,
      (await get(`${pilot.redirectUri}?code=c&state=three`, { method: 'POST' })).status,
      await statusOf({
        address: '127.0.0.1',
        port,
        host: `evil.example:${port}`,
        path: '/callback?code=c&state=three',
      }),
    ];
    assert.deepEqual(statuses, [404, 404, 404, 404, 400, 400, 400, 400]);
    const strays = trace.exchanges.slice(before).filter(({ ignored }) => ignored !== undefined);
    assert.equal(strays.length, 1 + statuses.length);
    const lengths = strays.map(
      ({ request, ignored }) => request.url.length + (ignored?.received.length ?? 0),
    );
    assert.ok(Math.max(...lengths) < 600, 'Any web page can send strays.');
    assert.deepEqual(strays[0]?.ignored, {
      expected: 'code or error, with the state that was sent',
      received: 'GET /callback with error, state',
    });
    await get(`${pilot.redirectUri}?code=right&state=three`);
    assert.equal((await arrival).searchParams.get('code'), 'right');
  });

  it('does not look at an answer without its state, and goes on with the next request', async () => {
    const { pilot, pass, get, opened } = await start();
    let tab: Promise<unknown> | undefined;
    for (const query of ['error=access_denied', 'code=c&state=another']) {
      const arrival = pass(`stateless ${query}`);
      await (tab ?? get(await firstTab(opened)));
      const page = await (await get(`${pilot.redirectUri}?${query}`)).text();
      assert.match(page, /This page goes on by itself/);
      const gone = assert.rejects(arrival, {
        name: 'Undetermined',
        message: /without the state that was sent/,
      });
      tab = get(goesOnAt(pilot, page));
      await gone;
    }
    assert.equal(opened.length, 1);
    await Promise.all([pilot.close(), tab]);
  });

  it('is not ended by a web page that sends answers without the state, however many', async () => {
    for (const anyState of [false, true]) {
      const { pilot, pass, get, opened } = await start('http://127.0.0.1/callback', 60_000);
      const arrival = pass('kept', 'Kept', anyState);
      await get(await firstTab(opened));
      for (let count = 0; count < 300; count++)
        await (await get(`${pilot.redirectUri}?code=x${count}`)).text();
      await get(`${pilot.redirectUri}?code=right&state=kept`);
      assert.equal((await arrival).searchParams.get('code'), 'right');
      await pilot.close();
    }
  });

  it('hands an altered state on to the check that asks for it, but none of an earlier request', async () => {
    const { pilot, pass, get, opened } = now;
    const arrival = pass('altered', 'State', true);
    await get(opened[0] ?? '');
    assert.equal((await get(`${pilot.redirectUri}?code=late&state=three`)).status, 400);
    const page = await (await get(`${pilot.redirectUri}?code=right&state=alt`)).text();
    await get(`${pilot.redirectUri}?code=forged`);
    void get(goesOnAt(pilot, page));
    assert.equal((await arrival).searchParams.get('code'), 'right');
  });

  it('takes the word of the user for what the browser shows, as often as it is given, and no longer than it is asked for', async () => {
    const asked: (Tell | undefined)[] = [];
    const { pilot, opened, pass } = await start('http://127.0.0.1/callback', 60_000, {
      patience: 5,
      away: (tell) => {
        asked.push(tell);
        tell?.('error');
      },
    });
    for (let count = 1; count <= 4; count++) {
      await assert.rejects(pass(`refused ${count}`), ErrorShown);
      assert.equal(opened.length, count, 'The tab stays where it is, and a new one is opened.');
    }
    assert.deepEqual(
      asked.map((tell) => tell !== undefined),
      [true, false, true, false, true, false, true, false],
    );
    asked[0]?.('other');
    await pilot.close();
  });

  it('lets an answer come to any address of ours if a check wants that, with the right state only', async () => {
    const { pilot, opened, trace } = await start();
    const { origin, port } = new URL(pilot.redirectUri);
    const common = { url: 'https://server.example/auth', anyState: false, title: 'Elsewhere', trace };
    const arrival = pilot.pass({ ...common, state: 's', anywhere: true });
    await fetch(await firstTab(opened), { redirect: 'manual' });
    assert.equal((await fetch(`${origin}/elsewhere?code=c&state=t`)).status, 404);
    const host = `other.localhost:${port}`;
    assert.equal(
      await statusOf({ address: '127.0.0.1', port, host: `evil.example:${port}`, path: '/x?code=c&state=s' }),
      400,
    );
    assert.equal(await statusOf({ address: '127.0.0.1', port, host, path: '/x?code=c&state=s' }), 200);
    assert.equal((await arrival).href, `http://${host}/x?code=c&state=s`);
    await pilot.close();
  });

  it('takes a TLS hello for an answer where a check asked for https in place of http, and for none elsewhere', async () => {
    const { pilot, opened, trace, pass } = await start();
    const hello = () => fetch(pilot.redirectUri.replace('http:', 'https:')).catch(() => undefined);
    const common = { url: 'https://server.example/auth', anyState: false, title: 'Scheme', trace };
    const secure = pilot.redirectUri.replace('http:', 'https:');
    const arrival = pilot.pass({ ...common, state: 's', otherScheme: secure });
    await hello();
    await fetch(await firstTab(opened), { redirect: 'manual' });
    await hello();
    assert.equal((await arrival).href, secure);
    assert.deepEqual(
      trace.exchanges.map(({ leg, request: { url }, response }) => [leg, url, response?.status]),
      [
        ['browser', common.url, undefined],
        ['loopback', secure, 400],
      ],
    );
    // Its tab shows an error of the browser: another one is opened.
    const next = pass('next');
    await waitFor('a second tab', () => opened[1]);
    await fetch(opened[1] ?? '', { redirect: 'manual' });
    await hello();
    assert.equal((await fetch(`${pilot.redirectUri}?code=c&state=next`)).status, 200);
    assert.equal((await next).searchParams.get('code'), 'c');
    await pilot.close();
  });

  it('tells http from https where it listens for https', async () => {
    const port = await freePort();
    const { pilot, opened, trace } = await start(`https://127.0.0.1:${port}/callback`);
    const common = { url: 'https://server.example/auth', anyState: false, title: 'Scheme', trace };
    const get = (url: string) =>
      new Promise<string>((resolve, reject) => {
        const [ask, more] = url.startsWith('https:')
          ? [secureRequest, { rejectUnauthorized: false }]
          : [request, {}];
        ask(url, { ...more, agent: false }, (answer) => {
          answer.resume().on('end', () => resolve(answer.headers.location ?? ''));
        })
          .on('error', reject)
          .end();
      });
    for (const [state, from, came] of [
      ['plain', 'http', 'http'],
      ['secure', 'https', 'https'],
    ] as const) {
      const otherScheme = `http://127.0.0.1:${port}/callback`;
      const arrival = pilot.pass({ ...common, state, anywhere: true, otherScheme });
      if (state === 'plain') await get(await firstTab(opened));
      else await waitFor('the tab to be sent on', () => trace.exchanges.length > 2 || undefined);
      let at = `${from}://127.0.0.1:${port}/callback?code=c&state=${state}`;
      for (let hops = 0; at !== '' && hops < 5; hops++) at = await get(at);
      assert.equal((await arrival).href, `${came}://127.0.0.1:${port}/callback?code=c&state=${state}`);
      if (state === 'plain') void get(opened[0] ?? '');
    }
    await pilot.close();
  });

  it('learns of an answer in the fragment what is there, and no token', async () => {
    const { pilot, opened, trace } = await start();
    const common = { url: 'https://server.example/auth', anyState: false, title: 'Fragment', trace };
    const arrival = pilot.pass({ ...common, state: 's', fragment: true });
    await fetch(await firstTab(opened), { redirect: 'manual' });
    const jar = new JarBrowser();
    void jar
      .visit(`${pilot.redirectUri}#access_token=SECRET&token_type=Bearer&state=s`)
      .catch(() => undefined);
    const arrived = await arrival;
    assert.equal(arrived.searchParams.get('has'), 'access_token token_type state');
    assert.doesNotMatch(jar.visited.slice(1).join(' '), /SECRET/);
    assert.doesNotMatch(JSON.stringify(trace.exchanges), /SECRET/);
    await pilot.close();
  });

  it('opens a second tab when the first does not come back, and no third', async () => {
    const { pilot, opened, pass } = await start('http://127.0.0.1/callback', 50);
    for (const reason of [/did not come back within/, /did not come back within/, /not opened again/])
      await assert.rejects(pass('lost'), { name: 'Undetermined', message: reason });
    assert.equal(opened.length, 2);
    await pilot.close();
  });

  it('listens on both loopback addresses for localhost, tells the tab when all is done, and frees the port', async () => {
    const { pilot, opened, pass, get } = await start('http://localhost/callback');
    const arrival = pass('four');
    await get(await firstTab(opened));
    const { port, host } = new URL(pilot.redirectUri);
    const path = '/callback?code=c&state=four';
    assert.equal(await statusOf({ address: '::1', port, host, path: '/callback' }), 400);
    assert.equal(await statusOf({ address: '127.0.0.1', port, host, path }), 200);
    await arrival;
    const last = get(opened[0] ?? '');
    const closed = pilot.close();
    assert.match(await (await last).text(), /All checks are done/);
    await closed;
    await assert.rejects(get(pilot.redirectUri));
  });
});

interface Asked {
  readonly address: string;
  readonly port: string;
  readonly host: string;
  readonly path: string;
}

/** What a request to this address with this Host header is answered with; `fetch` sets Host itself. */
function statusOf({ address, port, host, path }: Asked): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: address, port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
