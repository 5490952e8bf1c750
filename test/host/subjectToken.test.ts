import assert from 'node:assert/strict';
import { FailureError } from '../../src/core/record/failure.ts';
import { tokenExchange } from '../../src/core/grants/tokenExchange.ts';
import type { TokenSet } from '../../src/core/record/report.ts';
import { parseProfile } from '../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { partnerOf, subjectToken } from '../../src/host/subjectToken.ts';
import { withServices, type Fixture } from './services.ts';
import { test } from './suite.ts';

function profileAt(id: string, issuer: string, over: Record<string, unknown> = {}): Profile {
  const entry = parseProfile({ ...{ id, issuer, clientId: 'c', grant: 'authorization_code' }, ...over });
  assert.ok('profile' in entry);
  return entry.profile;
}

const subject = profileAt('subject', 'https://as.example.com');
const exchange = { grant: 'token_exchange', subjectProfile: 'subject' };
const tokens: TokenSet = {
  ...{ access_token: 'the-access-token', token_type: 'Bearer', id_token: 'the-id-token' },
  ...{ received_at: Date.now(), expires_at: Date.now() + 3_600_000, requested_scopes: [], extra: {} },
};
const endpoint = 'https://other.example.com/token';

async function withToken({ services, add }: Fixture): Promise<Fixture['services']> {
  await add(subject);
  await services.tokens.set(subject, tokens);
  return services;
}

test('the token of another profile goes to another server only after the user agreed, once', () =>
  withServices(async (fixture) => {
    const services = await withToken(fixture);
    const { signal } = new AbortController();
    const profile = profileAt('x', 'https://other.example.com', exchange);
    assert.equal(await subjectToken(services, profile, endpoint, signal), undefined);
    assert.match(
      fixture.user.heard.join(),
      /^Send the token of “subject” to https:\/\/other\.example\.com\?/,
    );
    fixture.user.presses.push('Send Token');
    assert.equal(await subjectToken(services, profile, endpoint, signal), 'the-access-token');
    assert.equal(await subjectToken(services, profile, endpoint, signal), 'the-access-token');
    assert.equal(fixture.user.heard.length, 2);
  }));

test('another server is told who signed in only after the user agreed, once', () =>
  withServices(async (fixture) => {
    const services = await withToken(fixture);
    const profile = profileAt('x', 'https://other.example.com', { ...exchange, grant: 'id_jag' });
    await assert.rejects(partnerOf(services, profile), /Nothing of “subject” was sent to https:\/\/other\./);
    assert.match(fixture.user.heard.join(), /“subject” to https:\/\/other\.example\.com\?/);
    fixture.user.presses.push('Send Token');
    for (let run = 0; run < 2; run++)
      assert.equal((await partnerOf(services, profile)).profile.id, 'subject');
    assert.equal(fixture.user.heard.length, 2);
  }));

test('its own server gets it without a question, of the type that is wanted', () =>
  withServices(async (fixture) => {
    const services = await withToken(fixture);
    const { signal } = new AbortController();
    const own = 'https://as.example.com/token';
    for (const [type, token] of [
      ['access_token', 'the-access-token'],
      ['id_token', 'the-id-token'],
    ] as const) {
      const subjectTokenType = `urn:ietf:params:oauth:token-type:${type}`;
      const profile = profileAt('x', 'https://as.example.com', { ...exchange, subjectTokenType });
      assert.equal(await subjectToken(services, profile, own, signal), token);
    }
    const wanted = 'urn:ietf:params:oauth:token-type:refresh_token';
    const none = profileAt('x', 'https://as.example.com', { ...exchange, subjectTokenType: wanted });
    await assert.rejects(subjectToken(services, none, own, signal), /issued no refresh_token/);
    assert.deepEqual(fixture.user.heard, []);
  }));

test('the actor’s token is that of the profile and the type that are named for it, and none that waits for this one', () =>
  withServices(async (fixture) => {
    const services = await withToken(fixture);
    const { signal } = new AbortController();
    const own = 'https://as.example.com/token';
    const subjectTokenType = 'urn:ietf:params:oauth:token-type:id_token';
    const acting = { ...exchange, subjectTokenType, actorProfile: 'subject' };
    const profile = profileAt('x', 'https://as.example.com', acting);
    const of = (one: Profile) => subjectToken(services, one, own, signal, tokenExchange.inputs?.(one)[0]);
    assert.equal(await of(profile), 'the-access-token');
    const typed = { ...acting, actorTokenType: subjectTokenType };
    assert.equal(await of(profileAt('x', 'https://as.example.com', typed)), 'the-id-token');
    assert.equal(await subjectToken(services, profile, own, signal), 'the-id-token');
    await fixture.add(
      profileAt('circle', 'https://as.example.com', { grant: 'token_exchange', actorProfile: 'x' }),
    );
    const waiting = profileAt('x', 'https://as.example.com', { ...acting, actorProfile: 'circle' });
    await assert.rejects(
      of(waiting),
      /actorProfile is “circle”\. It needs the token of this profile itself\./,
    );
  }));

test('a profile that is not there, or waits for itself, is said', () =>
  withServices(async ({ services, add }) => {
    const { signal } = new AbortController();
    const missing = profileAt('x', 'https://as.example.com', exchange);
    await assert.rejects(subjectToken(services, missing, endpoint, signal), FailureError);
    await add(
      profileAt('subject', 'https://as.example.com', { grant: 'token_exchange', subjectProfile: 'x' }),
    );
    await assert.rejects(
      subjectToken(services, missing, endpoint, signal),
      /needs the token of this profile itself/,
    );
  }));
