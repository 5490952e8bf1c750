import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowReport, TokenSet } from '../../../src/core/flow/report.ts';
import { FlowLog, keptFlows } from '../../../src/core/session/flowLog.ts';
import { flowLine } from '../../../src/core/session/flowsTree.ts';
import { profileLine, serverHost } from '../../../src/core/session/profilesTree.ts';
import { statusLine } from '../../../src/core/session/statusLine.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

const now = Date.UTC(2026, 10, 22, 12);

function tokens(over: Partial<TokenSet> = {}): TokenSet {
  return {
    access_token: 'opaque',
    token_type: 'Bearer',
    received_at: now,
    expires_at: now + 42 * 60_000,
    requested_scopes: [],
    extra: {},
    ...over,
  };
}

function report(over: Partial<FlowReport> = {}): FlowReport {
  return {
    id: 'flow-1',
    kind: 'client_credentials',
    profile: machineProfile(),
    startedAt: now,
    endedAt: now + 120,
    exchanges: [],
    outcome: { kind: 'token', tokens: tokens() },
    ...over,
  };
}

describe('the Profiles tree', () => {
  it('says server and token state, and which profile is the active one', () => {
    const line = profileLine(machineProfile(), tokens(), now, true);
    assert.equal(line.description, '42 min left · as.example.com · active');
    assert.deepEqual(line.icon, { name: 'server', colour: 'testing.iconPassed' });
  });

  it('names in its context what the menus ask for', () => {
    assert.equal(
      profileLine(machineProfile(), undefined, now, false).context,
      'profile client_credentials confidential',
    );
    assert.equal(
      profileLine(userProfile(), tokens({ refresh_token: 'r' }), now, false).context,
      'profile authorization_code token refreshable',
    );
  });

  it('counts a token within 30 s of its end as expired', () => {
    assert.equal(
      profileLine(userProfile(), tokens({ expires_at: now + 30_000 }), now, false).state,
      'expired',
    );
    assert.equal(profileLine(userProfile(), tokens({ expires_at: now + 31_000 }), now, false).state, 'valid');
  });

  it('says of a token in its last seconds that it counts as expired, in tree and status bar alike', () => {
    const late = tokens({ expires_at: now + 20_000 });
    const line = profileLine(machineProfile(), late, now, false);
    assert.equal(line.description, 'ends in 20 s, counts as expired · as.example.com');
    assert.equal(line.icon.colour, 'testing.iconFailed');
    assert.deepEqual(statusLine(machineProfile(), late, now), {
      text: '$(key) Machine · ends in 20 s',
      tooltip: 'Machine: ends in 20 s, counts as expired',
      warning: true,
    });
  });

  it('says in the status bar what is left, that it is over, and nothing where there is nothing to say', () => {
    const text = (token: TokenSet | undefined) => statusLine(machineProfile(), token, now).text;
    assert.equal(text(tokens()), '$(key) Machine · 42 min');
    assert.equal(text(tokens({ expires_at: now - 1000 })), '$(key) Machine · expired');
    assert.equal(text(undefined), '$(key) Machine');
  });

  it('names no host for a profile whose server is no URL', () => {
    assert.equal(serverHost(machineProfile({ issuer: 'nonsense' })), 'no server');
  });
});

describe('the Flows tree', () => {
  it('says kind, outcome, duration and time of a run', () => {
    const line = flowLine({ state: 'ended', flow: report() }, now, () => '12:00');
    assert.equal(line.description, 'client credentials · token · 120 ms · 12:00');
    assert.equal(line.context, 'flow ended token');
  });

  it('tells a cancelled run from a failed one', () => {
    const cancelled = { kind: 'cancelled', step: 'token', message: 'Cancelled.', advice: '' } as const;
    const failed = {
      kind: 'timeout',
      seconds: 30,
      step: 'token',
      message: 'No answer.',
      advice: '',
    } as const;
    const icon = (failure: typeof cancelled | typeof failed) =>
      flowLine({ state: 'ended', flow: report({ outcome: { kind: 'failure', failure } }) }, now, String).icon;
    assert.equal(icon(cancelled), 'circle-slash');
    assert.equal(icon(failed), 'error');
  });

  it('says that a running flow waits for the browser', () => {
    const flow = {
      id: 'flow-2',
      kind: 'authorization_code',
      profile: userProfile(),
      startedAt: now - 42_000,
      exchanges: [],
      waiting: {
        kind: 'redirect',
        authorizationUrl: 'https://as.example.com/auth',
        redirectUri: 'http://127.0.0.1:1/cb',
        deadline: now,
        submitRedirect: () => ({ accepted: true as const }),
        openAgain: () => Promise.resolve(),
      },
    } as const;
    const line = flowLine({ state: 'running', flow }, now, String);
    assert.equal(line.description, 'authorization code · waiting for the browser · 42 s');
  });
});

describe('the flow log', () => {
  it(`keeps the last ${String(keptFlows)} runs, newest first, and finds the latest of a profile`, () => {
    const log = new FlowLog();
    for (let i = 0; i <= keptFlows; i++)
      log.put({ state: 'ended', flow: report({ id: `flow-${String(i)}` }) });
    assert.equal(log.entries.length, keptFlows);
    assert.equal(log.entries[0]?.flow.id, 'flow-50');
    assert.equal(log.get('flow-0'), undefined);
    assert.equal(log.latest('machine')?.id, 'flow-50');
  });

  it('replaces a running flow by its report, and keeps running ones when cleared', () => {
    const log = new FlowLog();
    const heard: unknown[] = [];
    log.changes.on((entry) => heard.push(entry?.state));
    const running = { ...report(), id: 'a' };
    log.put({ state: 'running', flow: running });
    log.put({ state: 'ended', flow: report({ id: 'b' }) });
    log.clear();
    assert.deepEqual(
      log.entries.map(({ flow }) => flow.id),
      ['a'],
    );
    log.put({ state: 'ended', flow: running });
    assert.equal(log.entries.length, 1);
    assert.deepEqual(heard, ['running', 'ended', undefined, 'ended']);
  });
});
