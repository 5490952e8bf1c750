import assert from 'node:assert/strict';
import { parseProfile } from '../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { FailureError } from '../../src/core/record/failure.ts';
import { runProfileChecks } from '../../src/host/runProfileChecks.ts';
import { agreeToOrigin, usedOrigins } from '../../src/host/usedOrigins.ts';
import { removeProfile } from '../../src/host/removeProfile.ts';
import { withServices } from './services.ts';
import { test } from './suite.ts';

function profileAt(id: string, over: Record<string, unknown> = {}): Profile {
  const entry = parseProfile({
    ...{
      id: id.toLowerCase(),
      name: id,
      grant: 'authorization_code',
      clientId: 'c',
      issuer: 'https://token.example.com',
    },
    ...over,
  });
  assert.ok('profile' in entry);
  return entry.profile;
}

const profile = profileAt('Orders');
const route = { from: 'https://login.example.com', to: 'https://token.example.com' };
const asks =
  /^Do https:\/\/login\.example\.com and https:\/\/token\.example\.com belong together\? “Orders” /;

test('whether two hosts are one service’s is asked once, for a profile and exactly these hosts', () =>
  withServices(async ({ services, user }) => {
    const { runner, globalState } = services;
    assert.equal(await runner.isOneService(profile, route), false);
    assert.match(user.heard.join(), asks);
    user.presses.push('They Belong Together');
    for (let run = 0; run < 2; run++) assert.equal(await runner.isOneService(profile, route), true);
    assert.equal(user.heard.length, 2, 'The answer is remembered.');
    // No token goes to either by that.
    assert.deepEqual(usedOrigins(globalState, profile), []);
    const others: readonly [Profile, typeof route][] = [
      [profile, { ...route, from: 'https://login.example.com:8443' }],
      [profile, { ...route, to: 'https://evil.example' }],
      [profile, { from: route.to, to: route.from }],
      [profileAt('Other'), route],
      [profileAt('Orders', { issuer: 'https://evil.example' }), route],
    ];
    for (const [index, [whose, other]] of others.entries()) {
      assert.equal(await runner.isOneService(whose, other), false);
      assert.equal(user.heard.length, index + 3);
    }
  }));

test('a route that an earlier version kept among the origins is still known, and forgotten with the profile', () =>
  withServices(async ({ services, user, add }) => {
    const mine = profileAt('mine');
    await add(mine);
    await agreeToOrigin(services.globalState, mine, 'https://login.example.com > https://token.example.com');
    assert.equal(await services.runner.isOneService(mine, route), true);
    assert.deepEqual(user.heard, []);
    await removeProfile(services, mine);
    assert.equal(await services.runner.isOneService(mine, route), false);
  }));

test('a pair of a provider’s own file is no question, and what was said of a deleted profile is forgotten', () =>
  withServices(async ({ services, user, add }) => {
    const known = profileAt('HubSpot', {
      issuer: undefined,
      authorizationEndpoint: 'https://app.hubspot.com/oauth/authorize',
      tokenEndpoint: 'https://api.hubapi.com/oauth/v3/token',
    });
    const its = { from: 'https://app.hubspot.com', to: 'https://api.hubapi.com', endpoints: known };
    assert.equal(await services.runner.isOneService(known, its), true);
    assert.deepEqual(user.heard, []);
    const mine = profileAt('mine');
    await add(mine);
    user.presses.push('They Belong Together');
    assert.equal(await services.runner.isOneService(mine, route), true);
    await removeProfile(services, mine);
    assert.equal(await services.runner.isOneService(mine, route), false);
  }));

test('a sign-in and the checks of it are asked about before anything is sent, and end with a sentence when it is declined', () =>
  withServices(async ({ services, user }) => {
    const mixed = profileAt('Mixed', {
      ...{ issuer: undefined, tokenEndpoint: 'https://token.example.com/t' },
      authorizationEndpoint: 'https://login.example.com/a',
    });
    const { signal } = new AbortController();
    const { outcome, exchanges } = await services.runner.run({
      ...{ kind: 'authorization_code', profile: mixed, signal, onProgress: () => undefined },
    });
    assert.ok(outcome.kind === 'failure');
    assert.match(
      outcome.failure.message,
      /^The authorization endpoint is at https:\/\/login\.example\.com, the /,
    );
    assert.deepEqual(exchanges, []);
    await assert.rejects(
      runProfileChecks(services, mixed, [], { items: [], signIn: false }, signal),
      (thrown: unknown) =>
        thrown instanceof FailureError && thrown.message.includes('The sign-in was not started'),
    );
    assert.equal(user.heard.length, 2);
    for (const heard of user.heard)
      assert.match(heard, /^Do https:\/\/login\..* and https:\/\/token\..* belong/);
    user.presses.push('They Belong Together');
    for (let run = 0; run < 2; run++)
      await runProfileChecks(services, mixed, [], { items: [], signIn: false }, signal);
    assert.equal(user.heard.length, 3, 'What was said of the checks counts for them and for flows.');
  }));
