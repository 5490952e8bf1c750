import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TokenSet } from '../../../src/core/record/report.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { renewalLead } from '../../../src/core/session/renewal.ts';
import { RenewalWatch, type RenewalPorts } from '../../../src/core/session/renewalWatch.ts';
import type { LiveFlow } from '../../../src/core/flow/liveFlow.ts';
import type { FlowEntry } from '../../../src/core/session/flowLog.ts';
import { statusLine, waitingLine } from '../../../src/core/session/statusLine.ts';
import { ManualClock } from '../../support/clock.ts';
import { without } from '../diagnose/support.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

const start = Date.UTC(2026, 10, 22, 12);
const hour = 3_600_000;
const issued = (access_token: string, now: number, change: Partial<TokenSet> = {}): TokenSet => ({
  ...{ access_token, token_type: 'Bearer', received_at: now, expires_at: now + hour },
  ...{ requested_scopes: [], extra: {}, ...change },
});

function watching(profiles: readonly Profile[], change: Partial<RenewalPorts> = {}) {
  const clock = new ManualClock(start);
  const held = new Map(profiles.map((profile) => [profile.id, issued(`${profile.id}-1`, start)]));
  const refreshed: string[] = [];
  const failed: string[] = [];
  const watch = new RenewalWatch({
    ...{
      profiles: () => profiles,
      peek: ({ id }) => held.get(id),
      now: () => clock.now(),
      inUse: () => true,
    },
    refresh: ({ id }) => {
      const tokens = issued(`${id}-${refreshed.push(id) + 1}`, clock.now());
      held.set(id, tokens);
      return Promise.resolve({ kind: 'token', tokens });
    },
    failed: ({ id }) => failed.push(id),
    ...change,
  });
  return { clock, held, refreshed, failed, watch };
}

describe('renewing ahead of time', () => {
  const wanting = machineProfile({ renew: true });

  it('is done shortly before the end, for profiles that want it and no others', async () => {
    const { clock, refreshed, watch } = watching([wanting, machineProfile({ id: 'other' })]);
    await watch.look();
    clock.advance(hour - renewalLead - 1);
    await watch.look();
    assert.deepEqual(refreshed, []);
    clock.advance(1);
    await watch.look();
    await watch.look();
    assert.deepEqual(refreshed, ['machine']);
    clock.advance(hour - renewalLead);
    await watch.look();
    assert.deepEqual(refreshed, ['machine', 'machine']);
  });

  it('is not done while the editor is not in use, and made up for while the token still lives', async () => {
    let used = false;
    const { clock, refreshed, watch } = watching([wanting], { inUse: () => used });
    clock.advance(hour - renewalLead);
    await watch.look();
    assert.deepEqual(refreshed, []);
    used = true;
    await watch.look();
    assert.deepEqual(refreshed, ['machine']);
  });

  it('is tried once for a token, and a failure is told', async () => {
    const failure = { kind: 'timeout', seconds: 30, step: 'refresh', message: '', advice: '' } as const;
    let tries = 0;
    const { clock, failed, watch } = watching([wanting], {
      refresh: () => {
        tries += 1;
        return Promise.resolve({ kind: 'failure', failure });
      },
    });
    clock.advance(hour - renewalLead);
    await Promise.all([watch.look(), watch.look()]);
    await watch.look();
    assert.deepEqual([tries, failed], [1, ['machine']]);
  });

  it('never asks for a sign-in', async () => {
    const user = userProfile({ renew: true });
    const { clock, held, refreshed, watch } = watching([user]);
    clock.advance(hour - renewalLead);
    await watch.look();
    assert.deepEqual(refreshed, []);
    held.set(user.id, issued('user-1', start, { refresh_token: 'r1' }));
    await watch.look();
    assert.deepEqual(refreshed, ['user']);
  });
});

describe('the status bar', () => {
  const line = (tokens?: TokenSet, now = start) =>
    statusLine(machineProfile({ name: 'Orders' }), tokens, now);

  it('says the active profile and how long its token lives, and warns when it has ended', () => {
    assert.deepEqual(line(), { text: '$(key) Orders', tooltip: 'Orders: no token', warning: false });
    assert.deepEqual(line(issued('a', start - hour + 42 * 60_000)), {
      ...{ text: '$(key) Orders · 42 min', tooltip: 'Orders: 42 min left', warning: false },
    });
    const ended = line(issued('a', start - 2 * hour));
    assert.deepEqual([ended.text, ended.warning], ['$(key) Orders · expired', true]);
    const endless = without(issued('a', start), 'expires_at');
    assert.deepEqual(line(endless).text, '$(key) Orders');
  });

  it('makes no icon of a profile’s name', () => {
    const { text } = statusLine(machineProfile({ name: 'My $(sync~spin) API' }), undefined, start);
    assert.equal(text, '$(key) My $ (sync~spin) API');
  });

  it('says of the newest flow that waits for the user what for, until it waits no more', () => {
    const flow = (id: string, waiting?: LiveFlow['waiting']): FlowEntry => ({
      state: 'running',
      flow: {
        ...{ id, kind: 'device_code', startedAt: start, exchanges: [] },
        profile: machineProfile({ name: `My $(key) ${id}` }),
        ...(waiting && { waiting }),
      },
    });
    const decision = { kind: 'decision', bindingMessage: 'W4SCT', deadline: start + hour } as const;
    const entries = [flow('new'), flow('one', decision), flow('old', decision)];
    assert.deepEqual(waitingLine(entries), {
      text: '$(sync~spin) My $ (key) one · waiting for a decision',
      tooltip: 'My $(key) one: Waiting for the request to be allowed on the other device (W4SCT).',
      ...{ warning: false, flow: 'one' },
    });
    assert.equal(waitingLine([flow('new')]), undefined);
    assert.equal(waitingLine([]), undefined);
  });
});
