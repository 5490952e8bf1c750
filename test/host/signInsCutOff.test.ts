import assert from 'node:assert/strict';
import { FlowLog } from '../../src/core/session/flowLog.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import { watchSignIns } from '../../src/host/signInsCutOff.ts';
import { test, until } from './suite.ts';
import { withUser } from './user.ts';

const profile: Profile = {
  ...{ id: 'orders', name: 'Orders', grant: 'authorization_code', clientId: 'c', scopes: [] },
  ...{ issuer: 'https://dev.example.com', clientAuthentication: 'none', environment: 'dev' },
  ...{ redirectUri: 'http://127.0.0.1/callback', audience: undefined, resource: undefined },
} as unknown as Profile;

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
    const window = () => {
      const flows = new FlowLog();
      const watch = watchSignIns({
        ...{ workspaceState, clock: systemClock, flows },
        run: (...asked) => Promise.resolve(void ran.push(asked)),
      });
      return { flows, watch };
    };
    const first = window();
    const now = systemClock.now();
    const waiting = { kind: 'redirect', deadline: now + 60_000 };
    first.flows.put({
      state: 'running',
      flow: {
        id: 'f1',
        kind: 'authorization_code',
        profile,
        startedAt: now,
        exchanges: [],
        waiting,
      } as never,
    });
    first.watch.dispose();
    user.presses.push('Get Token');
    const second = window();
    await until('the run', () => ran.length > 0);
    assert.deepEqual(ran, [['getToken', { profile: 'orders', environment: 'dev' }]]);
    assert.match(user.heard.join(), /The sign-in for “Orders” ended when the window was reloaded/);
    assert.deepEqual(workspaceState.keys(), []);
    second.watch.dispose();
  }));
