import assert from 'node:assert/strict';
import { FlowLog, type FlowEntry } from '../../src/core/session/flowLog.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import type { Output } from '../../src/host/services.ts';
import { seenProfiles } from '../../src/host/leftovers.ts';
import { lostQuietly } from '../../src/host/lostQuietly.ts';
import { watchSignIns } from '../../src/host/signInsCutOff.ts';
import { test, until } from './suite.ts';
import { withUser } from './user.ts';

const profile: Profile = {
  ...{ id: 'orders', name: 'Orders', grant: 'authorization_code', clientId: 'c', scopes: [] },
  ...{ issuer: 'https://dev.example.com', clientAuthentication: 'none', environment: 'dev' },
  ...{ redirectUri: 'http://127.0.0.1/callback', audience: undefined, resource: undefined },
} as unknown as Profile;

/** One that waits for its redirect. */
function signIn(now: number): FlowEntry {
  const waiting = { kind: 'redirect', deadline: now + 60_000 };
  return {
    state: 'running',
    flow: {
      id: 'f1',
      kind: 'authorization_code',
      profile,
      startedAt: now,
      exchanges: [],
      waiting,
    } as never,
  };
}

function outputTo(lines: string[]): Output {
  const nothing = () => undefined;
  return { info: nothing, warn: (line) => void lines.push(line), error: nothing, show: nothing };
}

/** What a window keeps while it is reloaded. */
function memory() {
  const kept = new Map<string, unknown>();
  return {
    kept,
    keys: () => [...kept.keys()],
    get: (key: string) => structuredClone(kept.get(key)),
    update: (key: string, value: unknown) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

test('a sign-in that a reload cut off is begun again in the environment it was in', () =>
  withUser(async (user) => {
    const workspaceState = memory();
    const ran: unknown[][] = [];
    const output = outputTo([]);
    const window = () => {
      const flows = new FlowLog();
      const watch = watchSignIns({
        ...{ workspaceState, clock: systemClock, flows, output },
        run: (...asked) => Promise.resolve(void ran.push(asked)),
      });
      return { flows, watch };
    };
    const first = window();
    const now = systemClock.now();
    first.flows.put(signIn(now));
    first.watch.dispose();
    user.presses.push('Get Token');
    const second = window();
    await until('the run', () => ran.length > 0);
    assert.deepEqual(ran, [['getToken', { profile: 'orders', environment: 'dev' }]]);
    assert.match(user.heard.join(), /The sign-in for “Orders” ended when the window was reloaded/);
    assert.deepEqual(workspaceState.keys(), []);
    second.watch.dispose();
  }));

test('that a sign-in waits, or a profile was seen, is lost quietly where VS Code does not keep it', () =>
  withUser(async () => {
    const lines: string[] = [];
    const output = outputTo(lines);
    const state = { ...memory(), update: () => Promise.reject(new Error('VS Code did not keep this')) };
    const unhandled: unknown[] = [];
    const note = (thrown: unknown) => void unhandled.push(thrown);
    process.on('unhandledRejection', note);
    const flows = new FlowLog();
    const watch = watchSignIns({
      ...{ workspaceState: state, clock: systemClock, flows, output },
      run: () => Promise.resolve(undefined),
    });
    try {
      flows.put(signIn(systemClock.now()));
      await until('the line', () => lines.length > 0);
      lostQuietly(output, seenProfiles(state).note([{ id: 'a', name: 'a' }]));
      await until('the other line', () => lines.length > 1);
      assert.deepEqual(lines, ['VS Code did not keep this', 'VS Code did not keep this']);
      assert.deepEqual(unhandled, []);
    } finally {
      watch.dispose();
      process.off('unhandledRejection', note);
    }
  }));
