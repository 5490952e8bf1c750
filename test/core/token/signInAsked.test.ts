import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CompactEncrypt, UnsecuredJWT } from 'jose';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { readTokens } from '../../../src/core/token/reading.ts';
import { signInAsked } from '../../../src/core/token/signInAsked.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from '../oauth/support/browser.ts';
import { flowDeps, tokensOf } from '../oauth/support/deps.ts';
import { startProvider } from '../oauth/support/provider.ts';

const at = 1_764_460_800;
const jwt = (claims: Record<string, unknown>) => new UnsecuredJWT(claims).encode();

function rows(asked: Partial<Profile>, id: Record<string, unknown> | string | undefined, access = 'opaque') {
  const tokens = {
    access_token: access,
    token_type: 'Bearer',
    received_at: at * 1000,
    requested_scopes: [],
    extra: {},
    ...(id !== undefined && { id_token: typeof id === 'string' ? id : jwt(id) }),
  };
  const profile = { ...userProfile({ issuer: 'https://login.example.com' }), ...asked };
  return signInAsked(readTokens({ kind: 'profile', profile, tokens }));
}

/** Claims of a user. */
const named = (sub: string, others: Record<string, unknown> = {}): Record<string, unknown> => ({
  sub,
  ...others,
});

/** The verdict on the only parameter, and its words. */
function one(...given: Parameters<typeof rows>): string {
  const [row, ...others] = rows(...given);
  assert.deepEqual(others, []);
  return `${row?.verdict}: ${row?.text}`;
}

describe('what the sign-in was asked with', () => {
  it('is not there where nothing was asked, nor of a pasted token', () => {
    assert.deepEqual(rows({}, {}), []);
    assert.deepEqual(signInAsked(readTokens({ kind: 'text', text: jwt({ acr: '1' }), from: 'x' })), []);
  });

  it('is listed as it was sent: fields, and what was typed beside them, which replaces none', () => {
    const found = rows(
      {
        ...{ loginHint: 'ada', prompt: 'consent', maxAge: 0, uiLocales: 'de en' },
        authorizationParameters: { prompt: 'login', acr_values: 'gold\u202e', foo: 'bar' },
      },
      {},
    );
    assert.deepEqual(
      found.map(({ name, asked }) => `${name}=${asked}`),
      ['login_hint=ada', 'prompt=consent', 'max_age=0', 'acr_values=gold⟨U+202E⟩', 'ui_locales=de en'],
    );
  });

  it('says who has signed in, where that can be compared', () => {
    const hint = { loginHint: 'Ada@example.com' };
    assert.equal(one(hint, { email: 'ada@example.com' }), 'kept: The user who signed in has it as email.');
    assert.equal(one({ loginHint: '248' }, named('248')), 'kept: The user who signed in has it as sub.');
    assert.equal(
      one(hint, named('1', { email: 'bob@example.com', preferred_username: 'bob' })),
      'other: The user who signed in has email “bob@example.com”, preferred_username “bob”.',
    );
    assert.equal(
      one(hint, named('1', { email: 7 })),
      'unseen: Cannot be seen in the answer: the ID token has neither email nor preferred_username.',
    );
    assert.equal(one(hint, undefined), 'unseen: Cannot be seen in the answer: no ID token came.');
    assert.equal(one(hint, 'no.jwt'), 'unseen: Cannot be seen in the answer: the ID token cannot be read.');
  });

  it('says when the user signed in, without a verdict where a refresh may have come between', () => {
    const times = { auth_time: at - 90, iat: at };
    const words =
      'The user signed in on 2025-11-29 23:58:30 UTC, 1 min 30 s before the token was issued (auth_time).';
    assert.equal(one({ prompt: 'login' }, times), `told: ${words}`);
    assert.equal(one({ maxAge: 90 }, times), `kept: ${words}`);
    assert.equal(one({ maxAge: 89 }, times), `told: ${words}`);
    assert.equal(one({ maxAge: 90 }, undefined, jwt(times)), `kept: ${words}`);
    assert.equal(
      one({ maxAge: 90 }, { auth_time: at }),
      'told: The user signed in on 2025-11-30 00:00:00 UTC (auth_time).',
    );
    assert.equal(one({ maxAge: 0 }, {}), 'unseen: Cannot be seen in the answer: no token has auth_time.');
  });

  it('says what cannot be seen, and why', () => {
    assert.match(one({ prompt: 'none' }, { auth_time: at }), /^unseen: .* answers login_required/);
    assert.match(
      one({ prompt: 'select_account' }, { auth_time: at }),
      /^unseen: .* no claim says which pages/,
    );
    assert.match(one({ uiLocales: 'de' }, {}), /^unseen: .* it is about the pages that were shown\.$/);
    assert.match(
      one({ uiLocales: 'de' }, { locale: 'fr' }),
      /The claim locale \(“fr”\) is the language of the user, not of a page\.$/,
    );
  });

  it('says how strongly the user was authenticated', () => {
    const gold = { acrValues: 'silver gold' };
    assert.equal(one(gold, { acr: 'gold' }), 'kept: The user signed in with “gold” (acr).');
    assert.equal(
      one(gold, { acr: '0' }),
      'other: The user signed in with “0” (acr), which was not asked for.',
    );
    assert.equal(one(gold, {}, jwt({ acr: 'gold' })), 'kept: The user signed in with “gold” (acr).');
    assert.equal(one(gold, { acr: 1 }), 'unseen: Cannot be seen in the answer: no token has acr.');
  });

  it('is compared with what a real server, oidc-provider, answers', async (context) => {
    const issuer = await startProvider(context, {
      clients: [
        {
          ...{ client_id: 'native', token_endpoint_auth_method: 'none', application_type: 'native' },
          redirect_uris: ['http://127.0.0.1/callback'],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      acrValues: ['gold'],
    });
    const profile = userProfile({
      ...{ issuer, clientId: 'native', scopes: ['openid'], resource: [] },
      ...{ loginHint: 'ada@example.com', prompt: 'login', maxAge: 600, uiLocales: 'de', acrValues: 'gold' },
    });
    const report = await runFlow('authorization_code', profile, flowDeps({ browser: new SignInBrowser() }));
    const found = signInAsked(readTokens({ kind: 'profile', profile, tokens: tokensOf(report) }));
    assert.deepEqual(
      found.map(({ name, verdict }) => `${name} ${verdict}`),
      ['login_hint unseen', 'prompt told', 'max_age kept', 'acr_values unseen', 'ui_locales unseen'],
    );
    assert.deepEqual(
      report.exchanges.flatMap(({ deviations }) => deviations.map(({ code }) => code)),
      ['id_token_acr_missing'],
    );
  });

  it('has names and values of members that every object has, or none at all, for nothing', async () => {
    const jwe = await new CompactEncrypt(new Uint8Array([1]))
      .setProtectedHeader({ alg: 'dir', enc: 'A128GCM' })
      .encrypt(new Uint8Array(16));
    assert.equal(
      one({ acrValues: 'x' }, jwe),
      'unseen: Cannot be seen in the answer: the ID token cannot be read.',
    );
    assert.deepEqual(rows({ authorizationParameters: { constructor: 'x', __proto__: 'y' } }, {}), []);
  });
});
