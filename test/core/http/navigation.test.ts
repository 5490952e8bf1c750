import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { it } from 'node:test';
import { navigation, navigationHeaders } from '../../../src/core/http/navigation.ts';
import type { Fetch } from '../../../src/core/ports.ts';
import { close, listen } from '../../../src/demo/listen.ts';

/** A clock whose time is never over: a busy machine may take longer than any. */
const patient = { timeout: () => new AbortController().signal };

it('a navigation reaches the server as one, and its redirect is not followed', async () => {
  const server = createServer((request, response) => {
    const mode = request.headers['sec-fetch-mode'];
    if (mode !== 'navigate') response.writeHead(200).end(JSON.stringify({ url: '/login', mode }));
    else response.writeHead(302, { location: '/login' }).end();
  });
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  const navigate = navigation(fetch, patient);
  const response = await navigate(`${origin}/auth`, { headers: navigationHeaders });
  assert.equal(response.status, 302);
  assert.equal(
    (await fetch(`${origin}/auth`, { headers: navigationHeaders })).status,
    200,
    'fetch cannot say it.',
  );
  await close(server);
});

it('where it reaches nobody, fetch is used from then on', async () => {
  const gone = createServer();
  const origin = `http://127.0.0.1:${await listen(gone, 0)}`;
  await close(gone);
  const asked: string[] = [];
  const navigate = navigation(
    (url) => (asked.push(url), Promise.resolve(new Response('through a proxy'))),
    AbortSignal,
  );
  assert.equal(await (await navigate(`${origin}/1`)).text(), 'through a proxy');
  await listen(gone, Number(new URL(origin).port));
  await navigate(`${origin}/2`);
  await close(gone);
  assert.deepEqual(asked, [`${origin}/1`, `${origin}/2`]);
});

it('what was reached once is not asked in another way, and has no time for its head any more', async () => {
  const server = createServer((_, response) => void response.end());
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  const times: number[] = [];
  const timeout = (milliseconds: number) => (times.push(milliseconds), AbortSignal.abort());
  const never = new AbortController().signal;
  const asked: string[] = [];
  const other = (url: string) => (asked.push(url), Promise.resolve(new Response()));
  const navigate = navigation(other, { timeout: (time) => (times.push(time), never) });
  await navigate(origin);
  await navigate(origin);
  await close(server);
  await assert.rejects(navigate(origin));
  assert.deepEqual([times, asked], [[5000], []]);
  await navigation(other, { timeout })(origin);
  assert.deepEqual(asked, [origin]);
});

it('a server that is late is not called in another way: whoever answers first decides', async () => {
  const modes: unknown[] = [];
  let answer: () => unknown = () => undefined;
  const server = createServer(({ headers }, response) => {
    modes.push(headers['sec-fetch-mode']);
    if (modes.length > 1) response.end('at once');
    else answer = () => void response.end('late');
  });
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  const given: { signal?: AbortSignal | null }[] = [];
  // It never answers: the server is out of order for it, too.
  const other: Fetch = (_, init = {}) => {
    given.push(init);
    answer();
    return new Promise(() => undefined);
  };
  const over = new AbortController();
  const navigate = navigation(other, { timeout: () => over.signal });
  const asked = once(server, 'request');
  const first = navigate(origin, { headers: navigationHeaders });
  await asked;
  over.abort();
  assert.equal(await (await first).text(), 'late');
  assert.equal(given[0]?.signal?.aborted, true, 'Nobody waits for the other answer.');
  await navigate(origin, { headers: navigationHeaders });
  assert.deepEqual([modes, given.length], [['navigate', 'navigate'], 1]);
  await close(server);
});

it('where only fetch answers what is late, it is used from then on', async () => {
  const server = createServer(() => undefined);
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  let asked = 0;
  const navigate = navigation(() => (asked++, Promise.resolve(new Response('by a proxy'))), {
    timeout: () => AbortSignal.abort(),
  });
  for (let count = 0; count < 2; count++) assert.equal(await (await navigate(origin)).text(), 'by a proxy');
  assert.equal(asked, 2);
  server.closeAllConnections();
  await close(server);
});

it('where nobody answers, what fetch says of it is said', async () => {
  const server = createServer(({ socket }) => socket.destroy());
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  const navigate = navigation(() => Promise.reject(new Error('no proxy')), patient);
  await assert.rejects(navigate(origin), /no proxy/);
  await close(server);
});

it('a cancelled navigation is not tried in another way', async () => {
  const server = createServer();
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  const stop = new AbortController();
  let asked = 0;
  const navigate = navigation(() => (asked++, Promise.reject(new Error('asked'))), patient);
  const sent = navigate(origin, { signal: stop.signal });
  stop.abort(new Error('stopped'));
  await assert.rejects(sent);
  assert.equal(asked, 0);
  await close(server);
});

it('a body that never ends is cancelled with its request', async () => {
  const server = createServer((_, response) => void response.writeHead(200).write('begun'));
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  const stop = new AbortController();
  const response = await navigation(fetch, patient)(origin, { signal: stop.signal });
  const body = response.text();
  stop.abort(new Error('stopped'));
  await assert.rejects(body);
  server.closeAllConnections();
  await close(server);
});
