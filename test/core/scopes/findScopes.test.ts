import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  findScopes,
  mostRequests,
  planScopes,
  type ScopeVerdict,
  withGrantedScopes,
} from '../../../src/core/scopes/findScopes.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { startErpNet, applicationSecretHash } from '../../support/servers/erpNet.ts';
import { startSalesforce } from '../../support/servers/salesforce.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import { run } from '../diagnose/play.ts';
import { clientCredentials } from '../diagnose/support.ts';

const signal = new AbortController().signal;
const flow = (profile: Profile) => run('client_credentials', profile);

describe('which scopes can this client get', () => {
  it('plans each scope once, then all together, and no more than fifty requests', () => {
    const profile = clientCredentials({ scopes: ['read'] });
    const plan = planScopes(profile, ['read', 'update'], ['admin']);
    assert.deepEqual([plan.scopes, plan.requests], [['read', 'admin', 'update'], 4]);
    const many = Array.from({ length: 80 }, (_, index) => `s${index}`);
    const capped = planScopes(clientCredentials({ scopes: [] }), many);
    assert.equal(capped.requests, mostRequests);
    assert.equal(capped.leftOut.length, 31);
  });

  it('shows what ERP.net grants and refuses, with its reason, one request at a time', async () => {
    const server = await startErpNet([
      {
        ...{ ApplicationUri: 'app', ClientType: 'Confidential', SystemUserAllowed: true, IsEnabled: true },
        ...{
          ApplicationSecretHash: applicationSecretHash('s3cr3t'),
          SystemUser: 'svc',
          Scope: 'read DomainApi',
        },
      },
    ]);
    const profile = clientCredentials({
      ...{ issuer: `${server.origin}/id`, tokenEndpoint: `${server.origin}/id/connect/token` },
      ...{ clientId: 'app', clientAuthentication: 'client_secret_post' },
    });
    const seen: number[] = [];
    let running = 0;
    const matrix = await findScopes(planScopes(profile, ['read', 'update', 'DomainApi']), {
      signal,
      run: async (one) => {
        assert.equal(++running, 1);
        const report = await flow(one);
        running--;
        return report;
      },
      onProgress: ({ asked }) => seen.push(asked),
    });
    await server.close();
    assert.deepEqual(seen, [1, 2, 3, 4]);
    assert.deepEqual(matrix.rows, [
      { scope: 'read', alone: 'granted', together: 'refused' },
      {
        scope: 'update',
        alone: 'refused',
        together: 'refused',
        reason: 'invalid_scope: Invalid scope: update',
      },
      { scope: 'DomainApi', alone: 'granted', together: 'refused' },
    ]);
    assert.equal(matrix.togetherReason, 'invalid_scope: Invalid scope: update');
    assert.deepEqual(withGrantedScopes(profile, matrix).scopes, ['read', 'DomainApi']);
  });

  it('shows what Salesforce drops without a word', async () => {
    const app = {
      consumerKey: 'key',
      consumerSecret: 's3cr3t',
      selectedScopes: ['api', 'full'],
      runAsUser: 'u',
    };
    const server = await startSalesforce([app]);
    const profile = clientCredentials({
      ...{ issuer: server.origin, tokenEndpoint: `${server.origin}/services/oauth2/token`, clientId: 'key' },
      ...{ scopes: ['api', 'full'], clientAuthentication: 'client_secret_post' },
    });
    const { rows } = await findScopes(planScopes(profile), { signal, run: flow });
    await server.close();
    assert.deepEqual(
      rows.map(({ scope, alone, together }) => [scope, alone, together]),
      [
        ['api', 'granted', 'granted'],
        ['full', 'refused', 'dropped'],
      ],
    );
  });

  it('keeps the profile’s scopes that nobody asked about, as after Cancel', () => {
    const profile = clientCredentials({ scopes: ['read', 'update', 'admin'] });
    const row = (scope: string, alone: ScopeVerdict) => ({ scope, alone, together: 'not_asked' }) as const;
    const rows = [
      row('read', 'granted'),
      row('update', 'refused'),
      row('admin', 'not_asked'),
      row('x', 'not_asked'),
    ];
    const applied = withGrantedScopes(profile, { rows, asked: 2, added: [] });
    assert.deepEqual(applied.scopes, ['read', 'admin']);
  });

  it('takes an error for a refusal of the scope only where the server means the scope', async () => {
    const ask = async (error: string, error_description?: string) => {
      const body = { error, ...(error_description === undefined ? {} : { error_description }) };
      const server = await startStandIn(() => ({ status: 400, body }));
      const profile = clientCredentials({
        ...{ issuer: server.origin, tokenEndpoint: server.origin, scopes: ['a', 'b', 'c'] },
      });
      const matrix = await findScopes(planScopes(profile), { signal, run: flow });
      await server.close();
      return [server.requests.length, matrix.stopped?.kind, withGrantedScopes(profile, matrix).scopes.length];
    };
    for (const error of ['server_error', 'temporarily_unavailable', 'invalid_client_id', 'invalid_request'])
      assert.deepEqual(await ask(error), [1, 'failed', 3], error);
    assert.deepEqual(await ask('invalid_scope'), [4, undefined, 0]);
    assert.deepEqual(await ask('invalid_request', 'The scope is unknown.'), [4, undefined, 0]);
    assert.deepEqual(await ask('access_denied', 'Not for this client: "c", b, a.'), [4, undefined, 0]);
    assert.deepEqual(await ask('invalid_grant', 'no client credentials user enabled'), [2, 'failed', 3]);
  });

  it('stops when cancelled and when the failure is not about scopes', async () => {
    const controller = new AbortController();
    const server = await startErpNet([]);
    const profile = clientCredentials({
      ...{ issuer: `${server.origin}/id`, tokenEndpoint: `${server.origin}/id/connect/token` },
      clientAuthentication: 'client_secret_post',
    });
    const plan = planScopes(profile, ['a', 'b', 'c']);
    const failed = await findScopes(plan, { signal, run: flow });
    assert.deepEqual([failed.asked, failed.stopped?.kind, server.requests.length], [0, 'failed', 1]);
    controller.abort();
    const cancelled = await findScopes(plan, { signal: controller.signal, run: flow });
    assert.deepEqual([cancelled.stopped?.kind, server.requests.length], ['cancelled', 1]);
    await server.close();
  });
});
