import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applicationSecretHash } from '../../../src/core/profile/applicationSecretHash.ts';
import { keptOf, ownSecret } from '../../../src/core/profile/kept.ts';
import { isLoopbackHost } from '../../../src/core/profile/loopbackHost.ts';
import { secretDestinations, secretPlace } from '../../../src/core/profile/profile.ts';
import { bearerHeader, isBearer } from '../../../src/core/profile/tokenHeader.ts';
import { clientSecret } from '../../../src/core/profile/traits.ts';
import { withoutProfile } from '../../../src/core/profile/withoutProfile.ts';
import { splitResources } from '../../../src/core/profile/fields/access.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

describe('the place of a secret', () => {
  const issuer = 'https://as.example.com/realms/a';
  const tokenEndpoint = 'https://login.example.net/token';

  it('has what is known of its server, and no member for the rest', () => {
    const { issuer: _, ...bare } = machineProfile({ tokenEndpoint, environment: 'dev' });
    assert.deepEqual(secretPlace(machineProfile({ issuer })), {
      ...{ id: 'machine', origin: 'https://as.example.com', issuer },
    });
    assert.deepEqual(secretPlace(bare, undefined, { what: 'key' }), {
      ...{ id: 'machine', origin: 'https://login.example.net', tokenEndpoint },
      ...{ what: 'key', environment: 'dev' },
    });
    assert.equal(secretPlace(machineProfile({ issuer }), tokenEndpoint).discovered, tokenEndpoint);
  });

  it('leads to the typed endpoint before the learnt one, each origin once', () => {
    const origin = 'https://as.example.com';
    const learnt = 'https://as.example.com/token';
    assert.deepEqual(secretDestinations({ origin }), [origin]);
    assert.deepEqual(secretDestinations({ origin, discovered: learnt }), [origin]);
    assert.deepEqual(secretDestinations({ origin, tokenEndpoint: 'no address' }), [origin]);
    assert.deepEqual(secretDestinations({ origin, tokenEndpoint, discovered: learnt }), [
      ...[origin, 'https://login.example.net'],
    ]);
  });
});

describe('what the vault keeps for a profile', () => {
  const whats = (...of: Parameters<typeof keptOf>) => keptOf(...of).map(({ what }) => what);

  it('is what its client proves itself with, and what its grant starts from', () => {
    assert.deepEqual(keptOf(machineProfile()), [clientSecret]);
    assert.deepEqual(keptOf(userProfile()), []);
    assert.deepEqual(whats({ ...userProfile(), grant: 'refresh_token' }), ['refresh_token']);
    assert.deepEqual(whats(machineProfile({ grant: 'refresh_token' })), [clientSecret.what, 'refresh_token']);
    assert.equal(keptOf(machineProfile({ clientAuthentication: 'private_key_jwt' })).length, 1);
  });

  it('is not what is handed in once, or taken from another profile', () => {
    const bearer = { ...machineProfile(), grant: 'jwt_bearer' } as const;
    assert.deepEqual(whats(bearer), [clientSecret.what, 'assertion']);
    assert.deepEqual(whats({ ...bearer, subjectProfile: 'other' }), [clientSecret.what]);
    assert.deepEqual(whats(machineProfile({ grant: 'token_exchange' })), [clientSecret.what]);
  });

  it('is a client secret where the client keeps nothing', () => {
    assert.equal(ownSecret(userProfile()), clientSecret);
    assert.notEqual(ownSecret(machineProfile({ clientAuthentication: 'private_key_jwt' })), clientSecret);
  });
});

it('a server without a profile stands for one, without what its address holds of secrets', () => {
  const profile = withoutProfile('https://me:pw@mcp.example.com:8443/mcp?a=1&access_token=s3cret&b=2#top');
  assert.deepEqual(profile, {
    id: 'https://mcp.example.com:8443/mcp?a=1&b=2',
    name: 'MCP: mcp.example.com:8443',
    issuer: 'https://mcp.example.com:8443',
    ...{
      grant: 'authorization_code',
      clientId: '',
      clientAuthentication: 'none',
      scopes: [],
      redirectUri: '',
    },
    resource: ['https://me:pw@mcp.example.com:8443/mcp?a=1&access_token=s3cret&b=2#top'],
    ...{ authorizationParameters: {}, tokenParameters: {} },
  });
  assert.equal(
    withoutProfile('https://mcp.example.com', 'https://as.example.com').issuer,
    'https://as.example.com',
  );
});

it('a bearer token is one behind Authorization and Bearer, however they are written', () => {
  for (const header of [
    bearerHeader,
    { name: 'AUTHORIZATION', prefix: 'bearer ' },
    { name: 'authorization', prefix: 'BEARER' },
  ])
    assert.equal(isBearer(header), true);
  for (const header of [
    { name: 'X-Token', prefix: 'Bearer ' },
    { name: 'Authorization', prefix: 'Token ' },
    { name: 'A', prefix: '' },
  ])
    assert.equal(isBearer(header), false);
});

it('this machine has the names that stay on it', () => {
  for (const host of ['localhost', '[::1]', '127.0.0.1', '127.255.255.254', '127.10.0.1'])
    assert.ok(isLoopbackHost(host), host);
  for (const host of [
    'x127.0.0.1',
    'a.127.0.0.1',
    '127.0.0.1.example.com',
    '127.0.0',
    '128.0.0.1',
    'x.localhost',
  ])
    assert.ok(!isLoopbackHost(host), host);
});

it('an application’s secret is held as the base64 of its SHA-256', () => {
  assert.equal(applicationSecretHash('abc'), 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=');
});

it('resources are one a line or parted by blanks, each once', () => {
  assert.deepEqual(splitResources(' https://a  https://b\n\nhttps://a '), ['https://a', 'https://b']);
});
