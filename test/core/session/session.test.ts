import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import type { Failure } from '../../../src/core/record/failure.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { FlowLog } from '../../../src/core/session/flowLog.ts';
import { getTokenResult } from '../../../src/core/session/getTokenResult.ts';
import { isRenewalDue } from '../../../src/core/session/renewal.ts';
import { Session, type RunRequest } from '../../../src/core/session/session.ts';
import { AccountIndex } from '../../../src/core/vault/accountIndex.ts';
import { TokenStore } from '../../../src/core/vault/tokenStore.ts';
import { ManualClock } from '../../support/clock.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

const now = Date.UTC(2026, 10, 22, 12);

function tokens(over: Partial<TokenSet> = {}): TokenSet {
  return {
    access_token: 'access-1',
    token_type: 'Bearer',
    received_at: now,
    expires_at: now + 3_600_000,
    requested_scopes: ['orders.read'],
    extra: {},
    ...over,
  };
}

const spent: Failure = {
  kind: 'oauth_error',
  status: 400,
  body: { error: 'invalid_grant' },
  step: 'refresh',
  message: 'The refresh token is used up.',
  advice: 'Sign in again.',
};

/** A session on a real token store; what a server would say is decided by `answer`. */
function setup(answer: (request: RunRequest) => FlowReport['outcome'] | Promise<FlowReport['outcome']>) {
  const clock = new ManualClock(now);
  const entries = new Map<string, string>();
  const vault = {
    get: (key: string) => Promise.resolve(entries.get(key)),
    set: (key: string, value: string) => Promise.resolve(void entries.set(key, value)),
    delete: (key: string) => Promise.resolve(void entries.delete(key)),
  };
  const store = new TokenStore({
    vault,
    index: new AccountIndex(vault),
    clock,
    onFailure: ({ message }) => assert.ok(false, message),
  });
  const flows = new FlowLog();
  const asked: RunRequest['kind'][] = [];
  const run = async (request: RunRequest): Promise<FlowReport> => {
    const { kind, profile } = request;
    const id = `flow-${String(asked.push(kind))}`;
    request.onProgress?.({ id, kind, profile, startedAt: now, exchanges: [] });
    const outcome = await answer(request);
    return { id, kind, profile, startedAt: now, endedAt: now, exchanges: [], outcome };
  };
  return { clock, store, flows, asked, session: new Session({ clock, tokens: store, flows, run }) };
}

const signal = new AbortController().signal;
const issue = (over: Partial<TokenSet> = {}) => ({ kind: 'token', tokens: tokens(over) }) as const;

describe('getting a token', () => {
  it('uses one that is still good and asks nobody', async () => {
    const { session, store, asked } = setup(() => issue());
    void store.set(machineProfile(), tokens());
    const obtained = await session.current(machineProfile(), signal);
    assert.equal(obtained.kind === 'token' && obtained.tokens.access_token, 'access-1');
    assert.deepEqual(asked, []);
  });

  it('gets a new one 30 s before the old one ends', async () => {
    const { session, store, asked, clock } = setup(() => issue({ access_token: 'access-2' }));
    void store.set(machineProfile(), tokens());
    clock.advance(3_600_000 - 30_000);
    const obtained = await session.current(machineProfile(), signal);
    assert.equal(obtained.kind === 'token' && obtained.tokens.access_token, 'access-2');
    assert.deepEqual(asked, ['client_credentials']);
    assert.equal(store.peek(machineProfile())?.access_token, 'access-2');
  });

  it('renews with the refresh token, and signs in again when that is spent', async () => {
    const failing = setup(({ kind }) =>
      kind === 'refresh_token' ? { kind: 'failure', failure: spent } : issue({ access_token: 'access-3' }),
    );
    void failing.store.set(userProfile(), tokens({ refresh_token: 'r1' }));
    const obtained = await failing.session.renew(userProfile(), signal);
    assert.deepEqual(failing.asked, ['refresh_token', 'authorization_code']);
    assert.equal(obtained.kind === 'token' && obtained.tokens.access_token, 'access-3');
  });

  for (const error of ['bad_refresh_token', 'invalid_refresh_token', 'interaction_required'])
    it(`signs in again when the server says ${error}`, async () => {
      const { session, store, asked } = setup(({ kind }) =>
        kind === 'refresh_token' ? { kind: 'failure', failure: { ...spent, body: { error } } } : issue(),
      );
      void store.set(userProfile(), tokens({ refresh_token: 'r1' }));
      assert.equal((await session.renew(userProfile(), signal)).kind, 'token');
      assert.deepEqual(asked, ['refresh_token', 'authorization_code']);
    });

  it('cancels the flow of a profile that is deleted, and keeps no token that still came', async () => {
    const stopped: boolean[] = [];
    const { session, store } = setup(async ({ signal: aborted }) => {
      await new Promise((resolve) => setImmediate(resolve));
      stopped.push(aborted.aborted);
      return issue();
    });
    const [gone, stays] = [userProfile(), userProfile({ id: 'other' })];
    const both = [session.fresh(gone, signal), session.fresh(stays, signal)];
    await Promise.resolve().then(() => undefined);
    session.forget(gone.id);
    await Promise.all(both);
    assert.deepEqual(stopped, [true, false]);
    assert.equal(store.peek(gone), undefined);
    assert.equal(store.peek(stays)?.access_token, 'access-1');
    // One that is added again under the same id begins anew.
    await session.fresh(gone, signal);
    assert.equal(store.peek(gone)?.access_token, 'access-1');
  });

  it('does not sign in behind the user’s back when a refresh fails otherwise, or when only a refresh was asked for', async () => {
    const timeout: Failure = { ...spent, kind: 'timeout', seconds: 30 };
    const { session, store, asked } = setup(() => ({ kind: 'failure', failure: timeout }));
    void store.set(userProfile(), tokens({ refresh_token: 'r1' }));
    assert.equal((await session.renew(userProfile(), signal)).kind, 'failure');
    assert.equal((await session.refresh(userProfile(), signal)).kind, 'failure');
    assert.deepEqual(asked, ['refresh_token', 'refresh_token']);
  });

  it('says what to do when there is nothing to refresh with', async () => {
    const { session, store } = setup(() => issue());
    void store.set(userProfile(), tokens());
    const obtained = await session.refresh(userProfile(), signal);
    assert.ok(obtained.kind === 'failure' && obtained.failure.advice.includes('offline_access'));
  });

  it('shares one request between two callers, and keeps the flow while it runs and after', async () => {
    let release: (outcome: FlowReport['outcome']) => void = () => assert.ok(false, 'not asked yet');
    const { session, flows, asked } = setup(() => new Promise((resolve) => (release = resolve)));
    const both = [session.fresh(machineProfile(), signal), session.fresh(machineProfile(), signal)];
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(flows.entries[0]?.state, 'running');
    release(issue());
    assert.deepEqual(
      (await Promise.all(both)).map(({ kind }) => kind),
      ['token', 'token'],
    );
    assert.deepEqual(asked, ['client_credentials']);
    assert.deepEqual(
      flows.entries.map(({ state }) => state),
      ['ended'],
    );
  });

  it('lets one caller leave and the other have the token', async () => {
    let release: (outcome: FlowReport['outcome']) => void = () => assert.ok(false, 'not asked yet');
    const { session } = setup(() => new Promise((resolve) => (release = resolve)));
    const leaving = new AbortController();
    const left = session.fresh(machineProfile(), leaving.signal);
    const stays = session.fresh(machineProfile(), signal);
    await new Promise((resolve) => setImmediate(resolve));
    leaving.abort();
    const gone = await left;
    assert.equal(gone.kind === 'failure' && gone.failure.kind, 'cancelled');
    release(issue());
    assert.equal((await stays).kind, 'token');
  });

  it('cancels a flow by its id for everyone', async () => {
    const { session } = setup(
      ({ signal: aborted }) =>
        new Promise((resolve) => {
          const failure: Failure = { ...spent, kind: 'cancelled' };
          aborted.addEventListener('abort', () => resolve({ kind: 'failure', failure }));
        }),
    );
    const waiting = session.fresh(userProfile(), signal);
    await new Promise((resolve) => setImmediate(resolve));
    session.cancel('flow-1');
    const obtained = await waiting;
    assert.equal(obtained.kind === 'failure' && obtained.failure.kind, 'cancelled');
  });

  it('tells tasks about it without the token', async () => {
    const { session } = setup(() =>
      issue({ access_token: 'a-long-access-token-abcdef', refresh_token: 'r-secret' }),
    );
    const profile: Profile = machineProfile();
    const result = getTokenResult(profile, await session.fresh(profile, signal));
    assert.ok(result.outcome === 'token' && result.token_end === 'abcdef');
    assert.deepEqual(result.granted_scopes, ['orders.read']);
    assert.ok(!/a-long-access-token|r-secret/.test(JSON.stringify(result)));
    const short = setup(() => issue({ access_token: 'abcd' }));
    const told = getTokenResult(profile, await short.session.fresh(profile, signal));
    assert.ok(told.outcome === 'token' && told.token_end === 'd', 'of a short token next to nothing');
  });
});

describe('renewing ahead of time', () => {
  const soon = now + 3_600_000 - 60_000;

  it('is due for a profile that wants it, when little is left and nobody has to sign in', () => {
    assert.ok(isRenewalDue(machineProfile({ renew: true }), tokens(), soon));
    assert.ok(isRenewalDue(userProfile({ renew: true }), tokens({ refresh_token: 'r' }), soon));
  });

  it('is not due otherwise', () => {
    assert.ok(!isRenewalDue(machineProfile(), tokens(), soon));
    assert.ok(!isRenewalDue(userProfile({ renew: true }), tokens(), soon));
    assert.ok(!isRenewalDue(machineProfile({ renew: true }), tokens(), now));
    assert.ok(!isRenewalDue(machineProfile({ renew: true }), tokens(), soon + 60_000));
    assert.ok(!isRenewalDue(machineProfile({ renew: true }), tokens({ expires_at: now + 60_000 }), now));
  });
});

describe('closing the window', () => {
  it('cancels every flow under way, and waits until each has ended', async () => {
    const ended: string[] = [];
    const { session } = setup(async ({ profile, signal: own }) => {
      await new Promise((resolve) => own.addEventListener('abort', resolve));
      // Answering the browser and freeing the port take a moment.
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(profile.id);
      const failure = { kind: 'cancelled', step: 'redirect', message: 'Cancelled.', advice: '' } as const;
      return { kind: 'failure', failure };
    });
    const all = [machineProfile(), userProfile()].map((profile) => session.fresh(profile, signal));
    await new Promise((resolve) => setImmediate(resolve));
    await session.cancelAll();
    assert.deepEqual(ended, ['machine', 'user']);
    const outcomes = await Promise.all(all);
    assert.deepEqual(
      outcomes.map((one) => one.kind === 'failure' && one.failure.kind),
      ['cancelled', 'cancelled'],
    );
    await session.cancelAll();
  });
});
