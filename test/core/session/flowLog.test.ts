import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FlowLog, keptFlows } from '../../../src/core/session/flowLog.ts';
import { machineProfile } from '../../support/profiles.ts';

const flow = (id: string) => ({
  id,
  kind: 'client_credentials' as const,
  profile: machineProfile(),
  startedAt: 0,
  exchanges: [],
});
const ended = (id: string) => {
  const failure = { kind: 'cancelled', step: 'token', message: 'm', advice: 'a' } as const;
  const outcome = { kind: 'failure', failure } as const;
  return { state: 'ended', flow: { ...flow(id), endedAt: 1, outcome } } as const;
};
const running = (id: string) => ({ state: 'running', flow: flow(id) }) as const;

describe('the flows of a session', () => {
  it('lose the oldest that has ended, never one that runs', () => {
    const log = new FlowLog();
    log.put(running('runs'));
    for (let at = 1; at <= keptFlows; at++) log.put(ended(`e${at}`));
    assert.equal(log.entries.length, keptFlows);
    assert.equal(log.get('runs')?.state, 'running');
    assert.equal(log.get('e1'), undefined);
    assert.ok(log.get('e2'));
    log.put(ended('runs'));
    log.put(ended('last'));
    assert.equal(log.get('runs'), undefined);
  });

  it('are all kept while all of them run', () => {
    const log = new FlowLog();
    for (let at = 0; at <= keptFlows; at++) log.put(running(`r${at}`));
    log.put(ended('new'));
    assert.equal(log.entries.length, keptFlows + 2);
    assert.ok(log.get('new'));
  });
});
