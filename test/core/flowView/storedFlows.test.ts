import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FlowLog } from '../../../src/core/session/flowLog.ts';
import { restoreFlows, storeFlows } from '../../../src/core/flowView/storedFlows.ts';
import { exchanges, pkce, report, secrets } from './samples.ts';

const tokens = {
  ...{ access_token: 'the-access-token-of-the-user', token_type: 'Bearer', received_at: 1 },
  ...{ refresh_token: 'planted-refresh-token', id_token: 'planted-id-token' },
  ...{ requested_scopes: ['openid'], extra: { device_secret: 'planted-extra-secret' } },
};
const flow = report({ exchanges, pkce, outcome: { kind: 'token', tokens } });

describe('flows on the disk', () => {
  it('hold no secret that was used in them', () => {
    const text = storeFlows([flow], '1');
    const planted = ['planted-refresh-token', 'planted-id-token', 'planted-extra-secret'];
    for (const secret of [...secrets, ...planted]) assert.ok(!text.includes(secret), secret);
  });

  it('come back as they were, but for what is secret', () => {
    const [back] = restoreFlows(storeFlows([flow], '1'), '1');
    assert.ok(back);
    assert.deepEqual([back.id, back.kind, back.restored], [flow.id, flow.kind, true]);
    assert.deepEqual(back.profile, flow.profile);
    assert.deepEqual(
      back.exchanges.map(({ id, purpose }) => [id, purpose]),
      flow.exchanges.map(({ id, purpose }) => [id, purpose]),
    );
    assert.equal(back.pkce, undefined);
  });

  it('of another version, cut off, or of another shape are none', () => {
    const text = storeFlows([flow], '1');
    assert.deepEqual(restoreFlows(text, '2'), []);
    for (let end = 0; end < text.length; end += 97)
      assert.deepEqual(restoreFlows(text.slice(0, end), '1'), []);
    for (const flows of [null, {}, [null], [{}], [{ ...flow, exchanges: [{}] }], [{ ...flow, outcome: 1 }]])
      assert.deepEqual(restoreFlows(JSON.stringify({ version: '1', flows }), '1'), []);
  });

  it('stand behind those of this session, each once', () => {
    const log = new FlowLog();
    log.put({ state: 'ended', flow: { ...flow, id: 'new' } });
    log.restore([
      { ...flow, id: 'old' },
      { ...flow, id: 'new' },
    ]);
    assert.deepEqual(
      log.entries.map((entry) => entry.flow.id),
      ['new', 'old'],
    );
  });
});
