import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { Trace } from '../../../src/core/flow/trace.ts';
import { Pilot } from '../../../src/core/checks/pilot.ts';
import { realClock } from './support.ts';

/** A pilot whose browser is told where to go, and a plain client to play the browser with. */
async function start(redirectUri = 'http://127.0.0.1/callback') {
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
    signInTimeout: 5000,
    passTimeout: 5000,
  });
  const trace = new Trace();
  const pass = (state: string, title = 'A wrong verifier') =>
    pilot.pass({ url: `https://server.example/auth?state=${state}&x=%20~`, state, title, trace });
  const get = (url: string, init?: RequestInit) => fetch(url, { redirect: 'manual', ...init });
  return { pilot, opened, trace, pass, get };
}

let now: Awaited<ReturnType<typeof start>>;
before(async () => {
  now = await start();
});
after(() => now.pilot.close());

describe('the loopback page of the checks', () => {
  it('leads one tab from request to request, byte for byte, and says which check is under way', async () => {
    const { pilot, opened, pass, get, trace } = now;
    const first = pass('one');
    await realClock.sleep(5);
    const [page = ''] = opened;
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

  it('ignores what is not its redirect and goes on waiting; an altered state it hands on', async () => {
    const { pilot, pass, get } = now;
    const { origin, port } = new URL(pilot.redirectUri);
    const arrival = pass('three');
    const statuses = [
      (await get(`${origin}/favicon.ico`)).status,
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
    assert.deepEqual(statuses, [404, 404, 400, 400, 400, 400]);
    await get(`${pilot.redirectUri}?code=right&state=thr`);
    assert.equal((await arrival).searchParams.get('code'), 'right');
  });

  it('listens on both loopback addresses for localhost, tells the tab when all is done, and frees the port', async () => {
    const { pilot, opened, pass, get } = await start('http://localhost/callback');
    const arrival = pass('four');
    await realClock.sleep(5);
    await get(opened[0] ?? '');
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
