import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ownerOf } from '../../../src/host/accessQuestion.ts';
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

test('another extension that gives what is none is told so in a sentence', () =>
  withServices(async ({ services, user, add }) => {
    await add(machineProfile());
    const api = publicApi(services);
    const asked = user.heard.length;
    for (const id of [
      undefined,
      null,
      7,
      {},
      Object.create(null),
      Symbol('x'),
      '',
      '__proto__',
      'x'.repeat(1e5),
    ]) {
      const profile = id as string;
      for (const call of [
        api.getToken(profile),
        api.runChecks(profile),
        api.explainFailure('x', { profile }),
      ])
        if (id !== undefined)
          await assert.rejects(call, /no profile with th(?:e|at) id|no answer|OAuth error/);
        else await call.catch(() => undefined);
    }
    await assert.rejects(api.explainFailure(7 as unknown as string), /must be a text/);
    const answer = '{"error":"invalid_grant"}';
    const none = null as unknown as undefined;
    assert.match((await api.explainFailure(answer, none))?.title ?? '', /invalid_grant/);
    assert.equal(user.heard.length, asked, 'Nobody is asked.');
  }));

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
    assert.match(user.heard.at(-1) ?? '', /^Another extension wants the access token/);
    // What commands may have is another decision.
    const owner = ownerOf(profile, 'command');
    await services.access.allows('command', owner, () => Promise.resolve('always'));
    await assert.rejects(api.getToken('machine'), /you did not allow it/);
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
      const asked = user.heard.length;
      await assert.rejects(
        api.runChecks('user', { only: ['pkce'], signal: AbortSignal.abort(new Error('gone')) }),
        /gone/,
      );
      assert.equal(user.heard.length, asked, 'Nobody is asked for whom nobody waits.');
      // Callers may have no types.
      for (const only of ['pkce', [7], { length: 1 }] as unknown as readonly string[][])
        await assert.rejects(api.runChecks('user', { only }), /must be a list of texts/);
      user.presses.push('Run Checks');
      const results = await api.runChecks('user', { only: ['pkce'] });
      assert.ok(results.length > 0 && results.every(({ id }) => id.startsWith('pkce.')));
      assert.equal(services.checks.get('user')?.results.length, results.length);
    });
  } finally {
    await server.close();
  }
});
