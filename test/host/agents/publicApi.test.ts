import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { publicApi } from '../../../src/host/agents/publicApi.ts';
import type { OAuthExplorerApi } from '../../../src/shared/api.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import { withServices } from '../services.ts';
import { test } from '../suite.ts';

test('another extension explains a failure through what the extension exports', async () => {
  const extension = vscode.extensions.getExtension<OAuthExplorerApi>('oauth-explorer.oauth-explorer');
  const api = await extension?.activate();
  assert.equal(api?.apiVersion, 1);
  const why = await api.explainFailure('{"error":"invalid_grant","error_description":"expired"}', {
    status: 400,
  });
  assert.match(why?.title ?? '', /invalid_grant/);
  assert.equal(await api.explainFailure('{"access_token":"a","token_type":"Bearer"}'), undefined);
  await assert.rejects(api.explainFailure(''), /the text is empty/);
  await assert.rejects(api.getToken('nobody'), /no profile with the id “nobody”/);
});

test('another extension gets a token only when the user allows it', () =>
  withServices(async ({ services, user, add }) => {
    const profile = machineProfile();
    await add(profile);
    void services.tokens.set(profile, {
      ...{ access_token: 'token-1', token_type: 'Bearer', received_at: Date.now(), extra: {} },
      ...{ requested_scopes: ['orders.read'], expires_at: Date.now() + 3_600_000 },
    });
    const api = publicApi(services);
    await assert.rejects(api.getToken('machine'), /you did not allow it/);
    assert.match(user.heard.at(-1) ?? '', /another extension or an agent wants the access token/);
    user.presses.push('Allow for This Session');
    const { accessToken, scopes } = await api.getToken('machine');
    assert.deepEqual([accessToken, scopes], ['token-1', ['orders.read']]);
  }));

test('another extension runs checks only when the user agrees', async () => {
  const server = await startStandIn(({ path }, origin) =>
    path.startsWith('/.well-known/')
      ? {
          status: 200,
          body: {
            ...{
              issuer: origin,
              token_endpoint: `${origin}/token`,
              authorization_endpoint: `${origin}/authorize`,
            },
            response_types_supported: ['code'],
          },
        }
      : { status: 400, body: { error: 'invalid_request' } },
  );
  try {
    await withServices(async ({ services, user, add }) => {
      await add(userProfile({ issuer: server.origin }));
      const api = publicApi(services);
      await assert.rejects(api.runChecks('user', { only: ['pkce'] }), /the user did not agree/);
      assert.equal(server.requests.length, 0);
      await assert.rejects(
        api.runChecks('user', { only: ['pkse'] }),
        /There is no such check\. The areas are/,
      );
      user.presses.push('Run Checks');
      const results = await api.runChecks('user', { only: ['pkce'] });
      assert.ok(results.length > 0 && results.every(({ id }) => id.startsWith('pkce.')));
      assert.equal(services.checks.get('user')?.results.length, results.length);
    });
  } finally {
    await server.close();
  }
});
