import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { benchServer } from '../../../src/core/checks/benchServer.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import { userProfile } from '../../support/profiles.ts';
import { json, serveSeen } from '../oauth/support/serve.ts';

const find = (profile: Profile, isOne = false) =>
  benchServer(profile, {
    ...{ fetch: (url, init) => fetch(url, init), clock: systemClock, timeout: 5000 },
    isOneService: () => Promise.resolve(isOne),
    ...{ signal: new AbortController().signal, metadata: new MetadataCache() },
  });

const issuerOf = (context: TestContext) =>
  serveSeen(context, ({ url, headers }, response) => {
    const self = `http://${headers.host ?? ''}`;
    if (url !== '/.well-known/openid-configuration') return void response.writeHead(404).end();
    json(response, { issuer: self, authorization_endpoint: `${self}/a`, token_endpoint: `${self}/t` });
  });

const refusal = (pattern: RegExp) => (thrown: unknown) => {
  assert.ok(thrown instanceof FailureError);
  assert.equal(thrown.failure.kind, 'invalid_profile');
  assert.match(thrown.failure.message, pattern);
  return true;
};

describe('the server of the checks', () => {
  it('is the profile’s own, for a public client as well', async (context) => {
    const { origin: issuer } = await issuerOf(context);
    await find(userProfile({ issuer }));
    const elsewhere = userProfile({ issuer, tokenEndpoint: 'http://localhost:9/token' });
    await assert.rejects(find(elsewhere), refusal(/the authorization code belongs to .*not started\.$/));
  });

  it('has endpoints of two origins only when the catalogue or the user says that they are one service’s', async () => {
    const typed = userProfile();
    Reflect.deleteProperty(typed, 'issuer');
    const mixed = {
      ...typed,
      authorizationEndpoint: 'https://login.example.com/a',
      tokenEndpoint: 'https://token.example.org/t',
    };
    await assert.rejects(find(mixed), refusal(/nothing says that they are one server’s/));
    assert.equal((await find(mixed, true)).tokenEndpoint, 'https://token.example.org/t');
  });
});
