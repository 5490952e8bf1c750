import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { secretPlace, type Profile } from '../../src/core/profile/profile.ts';
import { userProfile } from '../support/profiles.ts';
import { startStandIn, type StandIn } from '../support/servers/standIn.ts';
import { withServices, type Fixture } from './services.ts';
import { test, until } from './suite.ts';

/** A server that knows one client, and gives it another token with each answer, as RFC 7592 lets it. */
async function withRegistered(
  body: (
    fixture: Fixture,
    one: { profile: Profile; server: StandIn; kept: () => Promise<string> },
  ) => Promise<void>,
): Promise<void> {
  let number = 1;
  let there: Record<string, unknown> | undefined = {
    ...{ client_id: 'c1', token_endpoint_auth_method: 'none', grant_types: ['authorization_code'] },
    redirect_uris: ['http://127.0.0.1/old'],
  };
  const server = await startStandIn(({ method, path, headers, body: sent }, origin) => {
    if (path !== '/register/c1' || headers.authorization !== `Bearer token-${number}` || there === undefined)
      return { status: 401, body: { error: 'invalid_token' } };
    if (method === 'DELETE') there = undefined;
    if (there === undefined) return { status: 204 };
    if (method === 'PUT') there = JSON.parse(sent) as Record<string, unknown>;
    number += 1;
    const renewed = {
      registration_access_token: `token-${number}`,
      registration_client_uri: `${origin}${path}`,
    };
    return { status: 200, body: { ...there, ...renewed } };
  });
  try {
    await withServices(async (fixture) => {
      const profile = userProfile({
        issuer: server.origin,
        clientId: 'c1',
        redirectUri: 'http://127.0.0.1/new',
      });
      await fixture.add(profile);
      const place = secretPlace(profile, undefined, { what: 'registration' });
      await fixture.services.secrets.set(
        place,
        JSON.stringify({ token: 'token-1', uri: `${server.origin}/register/c1` }),
      );
      const kept = async () => (await fixture.services.secrets.get(place)) ?? 'nothing';
      await body(fixture, { profile, server, kept });
    });
  } finally {
    await server.close();
  }
}

test('the registration of a client is read and changed, and each renewed token replaces the last one in the keychain', () =>
  withRegistered(async ({ services, user }, { profile, server, kept }) => {
    const manage = (action: string) => services.run('manageRegistration', { profile: profile.id, action });
    await manage('read');
    assert.match(
      user.heard.at(-1) ?? '',
      /The profile wants more: the redirect URI http:\/\/127\.0\.0\.1\/new/,
    );
    assert.match(await kept(), /"token-2"/);
    await manage('update');
    assert.match(
      user.heard.at(-1) ?? '',
      /took over what the profile wants.*http:\/\/127\.0\.0\.1\/old http:\/\/127\.0\.0\.1\/new/,
    );
    assert.match(await kept(), /"token-4"/);
    assert.deepEqual(
      server.requests.map(({ method }) => method),
      ['GET', 'GET', 'PUT'],
    );
    assert.ok(!user.heard.some((text) => text.includes('token-')));
    const settings = JSON.stringify(vscode.workspace.getConfiguration('oauthExplorer').get('profiles'));
    assert.doesNotMatch(settings, /token-\d/);
  }));

test('a client is deleted at the server only after the user said so, and its token is forgotten', () =>
  withRegistered(async ({ services, user, commands }, { profile, server, kept }) => {
    const remove = () => services.run('manageRegistration', { profile: profile.id, action: 'delete' });
    await remove();
    assert.match(user.heard.at(-1) ?? '', /This cannot be undone/);
    assert.deepEqual(server.requests, []);
    user.presses.push('Delete Client');
    await remove();
    assert.match(user.heard.at(-1) ?? '', /The server deleted the client c1/);
    assert.equal(await kept(), 'nothing');
    await services.run('manageRegistration', { profile: profile.id, action: 'read' });
    await until('a sentence', () => user.heard.at(-1)?.includes('no registration access token') === true);
    assert.ok(commands.some(([name]) => name === 'showFlow'));
  }));

test('a registration access token does not follow a profile to another server', () =>
  withRegistered(async ({ services, user }, { profile, server }) => {
    const elsewhere = await startStandIn(() => ({ status: 200, body: { client_id: 'c1' } }));
    try {
      await services.profiles.update({ ...profile, issuer: elsewhere.origin });
      await until(
        'the profile',
        () => services.profiles.get(profile.id)?.profile.issuer === elsewhere.origin,
      );
      await services.run('manageRegistration', { profile: profile.id, action: 'read' });
      await until('a sentence', () => user.heard.at(-1)?.includes('no registration access token') === true);
      assert.deepEqual([...server.requests, ...elsewhere.requests], []);
    } finally {
      await elsewhere.close();
    }
  }));
