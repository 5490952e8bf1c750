import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { HitLog, shortOfStray } from '../../../../src/core/oauth/loopback/hitLog.ts';
import { page, pageHeaders } from '../../../../src/core/oauth/loopback/pages.ts';
import { readForm } from '../../../../src/core/oauth/loopback/readForm.ts';
import { Trace } from '../../../../src/core/record/trace.ts';
import type { UnmatchedRedirect } from '../../../../src/core/record/unmatched.ts';
import { ManualClock } from '../../../support/clock.ts';

const origin = 'http://127.0.0.1:5000';
const ignored = { expected: 'the path /callback', received: '/x' };
const unmatched: UnmatchedRedirect = { why: 'no_state', code: false };
const message = (over: { method?: string; url?: string; rawHeaders?: readonly string[] }) =>
  ({ rawHeaders: [], ...over }) as unknown as IncomingMessage;

function started() {
  const trace = new Trace();
  return { trace, log: new HitLog(trace, new ManualClock(7)) };
}

describe('what comes to a listener', () => {
  it('is recorded as it came when it is the flow’s own', () => {
    const { trace, log } = started();
    log.hit(
      message({ method: 'POST', url: '/cb?a=b', rawHeaders: ['X-A', '1', 'x-b'] }),
      origin,
      'code=c',
      false,
    );
    log.hit(message({}), origin, undefined, true);
    const [first, second] = trace.exchanges;
    assert.deepEqual(first?.request, {
      ...{ method: 'POST', url: `${origin}/cb?a=b`, body: 'code=c' },
      headers: [
        ['X-A', '1'],
        ['x-b', ''],
      ],
    });
    assert.deepEqual(second?.request, { method: 'GET', url: `${origin}/`, headers: [] });
    assert.deepEqual([first.purpose, second.purpose, first.startedAt], ['redirect', 'authorization', 7]);
  });

  it('is recorded short when it is none of the flow’s', () => {
    const { trace, log } = started();
    const long = 'x'.repeat(400);
    const rawHeaders = [long, long, 'a', 'b', 'c', 'y'.repeat(300), 'd', long, 'e', long, 'f', 'g'];
    log.stray(message({ method: long, url: `/${long}`, rawHeaders }), origin, 404, ignored, unmatched);
    log.stray(message({ url: '/x' }), origin, 404, ignored);
    const [first, second] = trace.exchanges;
    const cut = `${'x'.repeat(300)}…`;
    assert.deepEqual(first?.request, {
      ...{ method: cut, url: `${origin}/${'x'.repeat(300 - origin.length - 1)}…` },
      headers: [
        [cut, cut],
        ['a', 'b'],
        ['c', 'y'.repeat(300)],
      ],
    });
    assert.deepEqual([first.unmatched, first.ignored, first.endedAt], [unmatched, ignored, 7]);
    assert.deepEqual(first.response, { status: 404, statusText: '', headers: [], body: '' });
    assert.equal(second !== undefined && 'unmatched' in second, false);
    assert.deepEqual(['x'.repeat(300), 'x'.repeat(301)].map(shortOfStray), ['x'.repeat(300), cut]);
  });

  it('is recorded fifty times, and then only counted', () => {
    const { trace, log } = started();
    for (let times = 0; times < 50; times++) log.stray(message({}), origin, 404, ignored);
    log.close();
    assert.deepEqual(trace.exchanges.at(-1)?.ignored, ignored);
    for (let times = 0; times < 3; times++) log.tooLarge(origin, unmatched);
    log.refused('x', ignored);
    log.close();
    assert.equal(trace.exchanges.length, 50);
    assert.equal(trace.exchanges.at(-1)?.ignored?.received, '/x; 4 more requests were ignored');
    const none = started();
    none.log.close();
    assert.deepEqual(none.trace.exchanges, []);
  });

  it('is told as too large when its header fields could not be read', () => {
    const { trace, log } = started();
    log.tooLarge(origin, unmatched);
    const [only] = trace.exchanges;
    assert.deepEqual(only?.request, { method: 'GET', url: `${origin}/`, headers: [] });
    assert.deepEqual([only.response?.status, only.unmatched], [431, unmatched]);
    assert.match(only.ignored?.expected ?? '', /at most 64 KiB/);
  });
});

describe('what the user pasted', () => {
  it('is recorded, as far as an address may be long', () => {
    const { trace, log } = started();
    log.pasted('https://a.example/?code=c');
    log.pasted('y'.repeat(70_000));
    const [first, second] = trace.exchanges;
    assert.deepEqual(first?.request, { method: 'GET', url: 'https://a.example/?code=c', headers: [] });
    assert.deepEqual(
      [first.leg, first.startedAt, first.endedAt, 'ignored' in first],
      ['browser', 7, 7, false],
    );
    assert.equal(second?.request.url.length, 65_536);
  });

  it('in vain is recorded short, fifty times, with what was expected', () => {
    const { trace, log } = started();
    assert.deepEqual(log.refused('z'.repeat(5000), ignored), {
      accepted: false,
      reason: 'Expected the path /callback, but found /x.',
    });
    assert.deepEqual(trace.exchanges[0]?.request, { method: 'GET', url: 'z'.repeat(4096), headers: [] });
    assert.deepEqual(trace.exchanges[0].ignored, ignored);
    for (let times = 0; times < 60; times++) log.refused('x', ignored);
    assert.equal(trace.exchanges.length, 50);
    log.close();
    assert.match(trace.exchanges.at(-1)?.ignored?.received ?? '', /; 11 more requests/);
  });
});

describe('a form that is posted to a listener', () => {
  const read = (chunks: Iterable<Buffer>) => readForm(Readable.from(chunks) as unknown as IncomingMessage);
  const kib = Buffer.alloc(1024, 97);

  it('is read up to 64 KiB', async () => {
    assert.equal(await read([]), '');
    assert.equal(await read([Buffer.from('a=é'), Buffer.from('&b')]), 'a=é&b');
    assert.equal((await read(new Array<Buffer>(64).fill(kib)))?.length, 65_536);
    assert.equal(await read([...new Array<Buffer>(64).fill(kib), Buffer.from('b')]), undefined);
  });

  it('is read to its end, so that an answer arrives, but not without end, and not when it breaks off', async () => {
    let given = 0;
    const taken = () => given;
    function* many(most: number) {
      for (given = 0; given < most; given++) yield kib;
    }
    assert.equal(await read(many(1024)), undefined);
    assert.equal(taken(), 1024);
    assert.equal(await read(many(5000)), undefined);
    assert.ok(taken() >= 1024 && taken() < 1100, String(taken()));
    function* broken() {
      yield kib;
      throw new Error('gone');
    }
    assert.equal(await read(broken()), undefined);
  });
});

it('a page runs the script it was given, and no other', () => {
  const policyOf = (headers: Readonly<Record<string, string>>) => headers['content-security-policy'] ?? '';
  assert.doesNotMatch(policyOf(pageHeaders()), /script-src|connect-src/);
  const shown = page({ title: '<b>', text: ['a & "b"'], mood: 'good', script: 'run()' });
  assert.match(policyOf(shown.headers), /; script-src 'sha256-[\w+/=]{44}'; connect-src 'self'; base-uri/);
  assert.match(shown.html, /<script>run\(\)<\/script>/);
  assert.match(shown.html, /<h1>&#60;b&#62;<\/h1>\n<p>a &#38; &#34;b&#34;<\/p>/);
  const plain = page({ title: 't', text: [], mood: 'bad' });
  assert.ok(!plain.html.includes('<script') && !plain.html.includes('undefined'));
  assert.match(
    policyOf(plain.headers),
    /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src data:; base-uri/,
  );
});
