import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { machineProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';

const previous: TokenSet = {
  ...{ access_token: 'old', token_type: 'Bearer', refresh_token: 'refresh-1', received_at: 0 },
  ...{ requested_scopes: ['a', 'b'], extra: { more: 1 } },
};

/** Renews tokens at a server that answers with `members`; gives the report and what was sent. */
async function renewed(members: object, over: Partial<FlowDeps> = {}) {
  const sent: string[] = [];
  const { issuer, ...profile } = machineProfile({ scopes: ['profile'], clientAuthentication: 'none' });
  const deps = flowDeps({
    fetch: (_url, init) => {
      sent.push(typeof init?.body === 'string' ? init.body : '');
      return Promise.resolve(
        Response.json({ access_token: 'new', token_type: 'Bearer', expires_in: 60, ...members }),
      );
    },
    previous,
    ...over,
  });
  const report = await runFlow('refresh_token', { ...profile, tokenEndpoint: `${issuer}/t` }, deps);
  return { report, sent: sent.map((body) => Object.fromEntries(new URLSearchParams(body))) };
}

describe('tokens that are renewed', () => {
  it('are asked for with the refresh token, without scopes, and keep what does not come anew', async () => {
    const { report, sent } = await renewed({}, { previous: { ...previous, id_token: 'kept' } });
    assert.deepEqual(sent, [
      { client_id: 'machine-client', refresh_token: 'refresh-1', grant_type: 'refresh_token' },
    ]);
    const { access_token, refresh_token, id_token, requested_scopes, extra } = tokensOf(report);
    assert.deepEqual([access_token, refresh_token, id_token], ['new', 'refresh-1', 'kept']);
    assert.deepEqual([requested_scopes, extra], [['a', 'b'], {}]);
    assert.deepEqual([report.exchanges.length, report.exchanges[0]?.purpose], [1, 'refresh']);
  });

  it('have the refresh token that came in the place of the one before, and no id_token where there was none', async () => {
    const tokens = tokensOf((await renewed({ refresh_token: 'refresh-2' })).report);
    assert.equal(tokens.refresh_token, 'refresh-2');
    assert.ok(!('id_token' in tokens));
    assert.equal(tokensOf((await renewed({ refresh_token: '' })).report).refresh_token, 'refresh-1');
  });

  it('may be asked for with fewer scopes, which are then what was requested', async () => {
    const { report, sent } = await renewed({}, { fewer: ['a'] });
    assert.equal(sent[0]?.['scope'], 'a');
    assert.deepEqual(tokensOf(report).requested_scopes, ['a']);
  });

  it('need a refresh token, and nothing is sent without one', async () => {
    const { refresh_token, ...without } = previous;
    assert.ok(refresh_token);
    for (const none of [{ previous: without }, { previous: undefined }]) {
      const { report, sent } = await renewed({}, none as Partial<FlowDeps>);
      assert.equal(failureOf(report, 'sign_in_required').step, 'refresh');
      assert.deepEqual(sent, []);
    }
  });

  it('are asked of the own server only: a refresh token goes nowhere else', async () => {
    const sent: string[] = [];
    const fetch = (url: string) => {
      sent.push(url);
      const issuer = 'https://as.example.com';
      return Promise.resolve(Response.json({ issuer, token_endpoint: `${issuer}/token` }));
    };
    const profile = machineProfile({
      clientAuthentication: 'none',
      tokenEndpoint: 'https://other.example/t',
    });
    const report = await runFlow('refresh_token', profile, flowDeps({ fetch, previous }));
    assert.match(failureOf(report, 'invalid_profile').message, /refresh token/);
    assert.ok(!sent.includes('https://other.example/t'));
  });

  it('that are refused leave no secret in the report of the failure', async () => {
    const fetch = () =>
      Promise.resolve(
        Response.json({ error: 'invalid_grant', error_description: 'not refresh-1' }, { status: 400 }),
      );
    const failure = failureOf((await renewed({}, { fetch })).report, 'oauth_error');
    assert.equal(failure.step, 'refresh');
    assert.doesNotMatch(JSON.stringify(failure), /refresh-1/);
  });
});
