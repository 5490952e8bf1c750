import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Received, RedirectReceiver } from '../../../src/core/oauth/receiver.ts';
import { signIn } from '../../../src/core/oauth/signIn.ts';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';
import type { UnmatchedRedirect } from '../../../src/core/record/unmatched.ts';
import type { WaitingForRedirect } from '../../../src/core/record/waiting.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { unused } from './support/flowContext.ts';

const url = 'https://as.example.com/authorize?x=1';
const redirectUri = 'http://127.0.0.1:4321/callback';
const came: Received = { kind: 'redirect', parameters: new URLSearchParams({ code: 'c' }) };
const stray: UnmatchedRedirect = { why: 'too_large', code: false };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A sign-in that waits: the test says what the browser does, what comes, and when it ends. */
function waitingSignIn({
  open = () => Promise.resolve(true),
  pasted,
  purpose,
}: {
  open?: (url: string) => Promise<boolean>;
  pasted?: boolean;
  purpose?: 'sign_out';
} = {}) {
  const trace = new Trace();
  const [expired, cancelled] = [new AbortController(), new AbortController()];
  const opened: string[] = [];
  const submitted: string[] = [];
  let accept: (received: Received) => void = () => undefined;
  let tell: (all: readonly UnmatchedRedirect[]) => void = () => undefined;
  let now = 1000;
  const timeouts: number[] = [];
  const receiver: RedirectReceiver = {
    ...{ redirectUri, ...(pasted !== undefined && { pasted }) },
    received: new Promise((resolve) => (accept = resolve)),
    offer: (address) => `${address}#offered`,
    submit(address) {
      submitted.push(address);
      return Promise.resolve({ accepted: true });
    },
    whenUnmatched: (told) => (tell = told),
    finish: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const context = {
    browser: { open: (address: string) => (opened.push(address), open(address)) },
    clock: {
      now: () => (now += 500),
      sleep: unused,
      timeout: (milliseconds: number) => (timeouts.push(milliseconds), expired.signal),
    },
    ...{ signInTimeout: 90_000, trace, signal: cancelled.signal },
  };
  const running = signIn(receiver, url, context, purpose);
  running.catch(() => undefined);
  const waiting = (): WaitingForRedirect => {
    assert.ok(trace.waiting?.kind === 'redirect');
    return trace.waiting;
  };
  const failure = async (): Promise<Failure> => {
    const thrown: unknown = await running.catch((error: unknown) => error);
    return thrown instanceof FailureError ? thrown.failure : assert.fail(String(thrown));
  };
  return {
    ...{ trace, expired, cancelled, opened, submitted, timeouts, running, waiting, failure },
    accept: () => accept(came),
    tell: (all: readonly UnmatchedRedirect[]) => tell(all),
  };
}

describe('what waits for the browser', () => {
  it('opens the address that was offered, and gives what came', async () => {
    const { trace, opened, timeouts, running, waiting, accept } = waitingSignIn();
    assert.equal(trace.step, 'browser');
    const shown = Object.entries(waiting()).filter(([, value]) => typeof value !== 'function');
    assert.deepEqual(Object.fromEntries(shown), {
      ...{ kind: 'redirect', authorizationUrl: url, redirectUri, deadline: 91_500 },
    });
    await turn();
    assert.deepEqual([opened, timeouts, trace.step], [[`${url}#offered`], [90_000], 'redirect']);
    accept();
    assert.equal(await running, came);
    assert.equal(trace.waiting, undefined);
    const [leg] = trace.exchanges;
    assert.deepEqual([trace.exchanges.length, leg?.leg, leg?.purpose], [1, 'browser', 'authorization']);
    assert.deepEqual(leg?.request, { method: 'GET', url, headers: [] });
    assert.ok((leg.endedAt ?? 0) > leg.startedAt);
  });

  it('opens it again, and hands on what is pasted, as often as that is asked', async () => {
    let fails = false;
    const open = () => (fails ? Promise.reject(new Error('no display')) : Promise.resolve(true));
    const { opened, submitted, waiting, accept, running } = waitingSignIn({ open });
    await waiting().openAgain();
    fails = true;
    await waiting().openAgain();
    assert.equal(opened.length, 3);
    assert.deepEqual(await waiting().submitRedirect('x'), { accepted: true });
    assert.deepEqual(submitted, ['x']);
    accept();
    await running;
  });

  for (const [how, open] of [
    ['says so', () => Promise.resolve(false)],
    ['fails', () => Promise.reject(new Error('no display'))],
  ] as const)
    it(`goes on where the browser was not opened and the host ${how}`, async () => {
      const { trace, waiting, running, accept } = waitingSignIn({ open });
      await turn();
      assert.deepEqual([waiting().notOpened, trace.step], [true, 'browser']);
      accept();
      assert.equal(await running, came);
    });

  it('is not begun anew by a host that says only afterwards whether the browser was opened', async () => {
    for (const opened of [true, false]) {
      let say: (opened: boolean) => void = () => undefined;
      const open = () => new Promise<boolean>((resolve) => (say = resolve));
      const { trace, running, accept, tell } = waitingSignIn({ open });
      accept();
      await running;
      trace.enter('token');
      say(opened);
      await turn();
      tell([stray]);
      assert.deepEqual([trace.step, trace.waiting], ['token', undefined]);
    }
  });

  it('shows what came and cannot be tied to it, beside whether the browser was opened', async () => {
    const { waiting, tell, accept, running } = waitingSignIn({ open: () => Promise.resolve(false) });
    await turn();
    assert.equal(waiting().unmatched, undefined);
    tell([stray]);
    assert.deepEqual([waiting().unmatched, waiting().notOpened], [[stray], true]);
    accept();
    await running;
  });

  it('says that only pasting brings the redirect', () => {
    const { waiting } = waitingSignIn({ pasted: true });
    assert.equal(waiting().pasted, true);
    assert.ok(!('pasted' in waitingSignIn({ pasted: false }).waiting()));
  });
});

describe('what waits for the browser in vain', () => {
  const ends = async (of: ReturnType<typeof waitingSignIn>) => {
    await turn();
    of.expired.abort();
    const failure = await of.failure();
    assert.equal(of.trace.waiting, undefined);
    assert.notEqual(of.trace.exchanges[0]?.endedAt, undefined);
    return failure;
  };

  it('names the redirect URI and what to compare', async () => {
    const failure = await ends(waitingSignIn());
    assert.ok(failure.kind === 'timeout');
    assert.deepEqual([failure.seconds, failure.step, failure.unmatched], [90, 'redirect', undefined]);
    assert.equal(failure.message, `No redirect to ${redirectUri} came within 90 s.`);
    assert.match(
      failure.advice,
      /finish the sign-in in the browser; if .* registered redirect URI with this/,
    );
    const pasted = await ends(waitingSignIn({ pasted: true }));
    assert.match(pasted.advice, /in the browser, then paste the address at which it ends; if/);
  });

  it('of a sign-out speaks of that', async () => {
    const late = waitingSignIn({ purpose: 'sign_out' });
    assert.equal(late.trace.exchanges[0]?.purpose, 'sign_out');
    assert.match((await ends(late)).advice, /finish the sign-out .* return address \(post_logout/);
    const unopened = waitingSignIn({ purpose: 'sign_out', open: () => Promise.resolve(false) });
    assert.match((await ends(unopened)).message, /so the session at the server goes on\.$/);
  });

  it('says that the browser was not opened, unless something came from one', async () => {
    const open = () => Promise.resolve(false);
    const failure = await ends(waitingSignIn({ open }));
    assert.deepEqual([failure.kind, failure.step], ['browser_not_opened', 'browser']);
    assert.match(failure.message, /so nobody could sign in\.$/);
    const elsewhere = waitingSignIn({ open });
    await turn();
    elsewhere.tell([stray]);
    assert.equal((await ends(elsewhere)).kind, 'timeout');
  });

  it('tells what came and could not be tied to it', async () => {
    const late = waitingSignIn();
    late.tell([stray]);
    const failure = await ends(late);
    assert.ok(failure.kind === 'timeout');
    assert.deepEqual([failure.unmatched, failure.seconds, failure.step], [[stray], 90, 'redirect']);
    assert.match(failure.message, /that belongs to this sign-in came within 90 s\. \S/);
    assert.match(failure.advice, /^Sign in again; if it stays/);
  });

  it('ends with the reason of whoever cancels it, even at the last moment', async () => {
    const reason = new Error('cancelled');
    const early = waitingSignIn();
    early.cancelled.abort(reason);
    await assert.rejects(early.running, reason);
    assert.equal(early.trace.waiting, undefined);
    const late = waitingSignIn();
    late.cancelled.abort(reason);
    late.expired.abort();
    await assert.rejects(late.running, reason);
  });
});
