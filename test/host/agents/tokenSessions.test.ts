import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TokenSessions } from '../../../src/host/agents/tokenSessions.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { formOf, startStandIn, type StandIn } from '../../support/servers/standIn.ts';
import { withServices, type Fixture } from '../services.ts';
import { test, until } from '../suite.ts';

const inAnHour = () => Date.now() + 3_600_000;
const have = (services: Fixture['services'], profile: Profile, token: string, over: object = {}) =>
  services.tokens.set(profile, {
    ...{
      access_token: token,
      token_type: 'Bearer',
      received_at: Date.now(),
      requested_scopes: [],
      extra: {},
    },
    ...{ expires_at: inAnHour(), ...over },
  });

/** A server with metadata and a revocation endpoint. */
const server = (): Promise<StandIn> =>
  startStandIn(({ path }, origin) => {
    const endpoints = { token_endpoint: `${origin}/token`, revocation_endpoint: `${origin}/revoke` };
    return path.startsWith('/.well-known/')
      ? { status: 200, body: { issuer: origin, ...endpoints, response_types_supported: ['code'] } }
      : { status: 200 };
  });

function sessionsOf(services: Fixture['services']) {
  const told: vscode.AuthenticationProviderAuthenticationSessionsChangeEvent[] = [];
  return { sessions: new TokenSessions(services, (changed) => told.push(changed)), told };
}

test('a session is the token of the profile that its scope names, and ends with it', () =>
  withServices(async ({ services, add }) => {
    const profile = userProfile();
    await add(profile);
    const { sessions, told } = sessionsOf(services);
    void have(services, profile, 'token-1');
    assert.deepEqual(await sessions.getSessions(undefined), [], 'Nobody has asked for one.');
    const session = await sessions.createSession(['profile:user']);
    assert.deepEqual(
      [session.accessToken, session.account.label, session.scopes],
      ['token-1', 'User (user)', ['profile:user']],
    );
    assert.equal((await sessions.getSessions(['profile:user'])).length, 1);
    assert.equal((await sessions.getSessions(['profile:other'])).length, 0);
    assert.equal((await sessions.getSessions(['user'])).length, 0);
    void have(services, profile, 'token-2');
    await until('the change', () => told.some(({ changed }) => changed?.[0]?.accessToken === 'token-2'));
    void have(services, profile, 'token-3', { expires_at: Date.now() - 1 });
    await until('the end', () => told.some(({ removed }) => removed?.[0]?.id === 'user'));
    assert.deepEqual(await sessions.getSessions(['profile:user']), []);
  }));

test('a session that is removed is revoked at the server and deleted here', async () => {
  const as = await server();
  try {
    await withServices(async ({ services, add }) => {
      const profile = userProfile({ issuer: as.origin });
      await add(profile);
      const { sessions, told } = sessionsOf(services);
      void have(services, profile, 'token-1', { refresh_token: 'refresh-1' });
      const { id } = await sessions.createSession(['profile:user']);
      await sessions.removeSession(id);
      assert.equal(await services.tokens.get(profile), undefined);
      assert.deepEqual(told.at(-1)?.removed?.[0]?.id, 'user');
      assert.deepEqual(
        as.requests.filter(({ path }) => path === '/revoke').map((request) => formOf(request)?.get('token')),
        ['refresh-1', 'token-1'],
      );
      assert.deepEqual(await sessions.getSessions(undefined), []);
    });
  } finally {
    await as.close();
  }
});

test('a session is refused with a sentence', () =>
  withServices(async ({ services, add }) => {
    await add(machineProfile());
    const { sessions } = sessionsOf(services);
    for (const scopes of [[], ['machine'], ['profile:machine', 'profile:user'], ['profile:']])
      await assert.rejects(sessions.createSession(scopes), /one scope, profile:<id>/);
    await assert.rejects(sessions.createSession(['profile:nobody']), /no profile with the id “nobody”/);
    void have(services, machineProfile(), 'bound', { token_type: 'DPoP' });
    await assert.rejects(sessions.createSession(['profile:machine']), /bound to a key/);
  }));

test('VS Code has the provider, and gives no session to whom nobody has allowed it', async () => {
  assert.equal(
    await vscode.authentication.getSession('oauth-explorer', ['profile:nobody'], { silent: true }),
    undefined,
  );
});
