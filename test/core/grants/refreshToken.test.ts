import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { isSilent } from '../../../src/core/grants/all.ts';
import { keptOf } from '../../../src/core/profile/kept.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from '../oauth/support/browser.ts';
import { failureOf, flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { startProvider } from '../oauth/support/provider.ts';

describe('a profile that starts from a refresh token, at oidc-provider', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    issuer = await startProvider({ after: (close) => (stop = close) });
  });
  after(() => stop());

  function profileAt(): Profile {
    const parsed = parseProfile({ id: 'r', grant: 'refresh_token', issuer, clientId: 'native' });
    if ('profile' in parsed) return parsed.profile;
    throw new Error(JSON.stringify(parsed.problems));
  }

  it('gets tokens without a sign-in, and keeps the rotated token for the next time', async () => {
    const resource = ['https://api.example.com'];
    const signedIn = userProfile({ issuer, clientId: 'native', resource });
    const first = await runFlow('authorization_code', signedIn, flowDeps({ browser: new SignInBrowser() }));
    let stored = tokensOf(first).refresh_token;
    const deps: FlowDeps = flowDeps({
      input: () => Promise.resolve(stored),
      keepInput: (_profile, _input, text) => {
        stored = text;
        return Promise.resolve();
      },
    });
    const profile = profileAt();
    assert.equal(isSilent(profile), true);
    assert.deepEqual(
      keptOf(profile).map(({ what }) => what),
      ['refresh_token'],
    );
    const before = stored;
    const one = tokensOf(await runFlow(profile.grant, profile, deps));
    assert.notEqual(stored, before);
    assert.equal(one.refresh_token, stored);
    const two = tokensOf(await runFlow(profile.grant, profile, deps));
    assert.notEqual(two.access_token, one.access_token);
    const report = await runFlow(profile.grant, profile, { ...deps, input: () => Promise.resolve(before) });
    const failure = failureOf(report, 'oauth_error');
    assert.equal(failure.body.error, 'invalid_grant');
    assert.equal(JSON.stringify(failure).includes(before ?? ''), false);
  });

  it('ends with a sentence when there is none, and sends nothing', async () => {
    const report = await runFlow(
      'refresh_token',
      profileAt(),
      flowDeps({ input: () => Promise.resolve(undefined) }),
    );
    assert.match(failureOf(report, 'secret_missing').message, /no refresh token/);
    assert.equal(
      report.exchanges.some(({ purpose }) => purpose === 'token'),
      false,
    );
  });

  it('is not asked for where the token endpoint is another server’s', async () => {
    const parsed = parseProfile({
      ...{ id: 'r', grant: 'refresh_token', issuer, clientId: 'native' },
      tokenEndpoint: 'http://127.0.0.1:9/token',
    });
    assert.ok('profile' in parsed);
    const input = () => Promise.reject(new Error('It must not be asked for.'));
    failureOf(await runFlow('refresh_token', parsed.profile, flowDeps({ input })), 'invalid_profile');
  });
});
