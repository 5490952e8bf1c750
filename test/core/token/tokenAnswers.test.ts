import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { readTokens } from '../../../src/core/token/reading.ts';
import { tokenAnswers } from '../../../src/core/token/tokenAnswers.ts';
import { tokenView } from '../../../src/core/token/tokenView.ts';
import { userProfile } from '../../support/profiles.ts';

const profile = userProfile();
const issued = 1_000_000;
const token = 'an-opaque-access-token-of-the-test';

/** A run that asked the server about the token. */
function asked(kind: string, body: string, over: Partial<FlowReport> = {}): FlowReport {
  return {
    ...{ id: `${kind}-1`, kind, profile, startedAt: issued + 1000, endedAt: issued + 1100 },
    outcome: { kind: 'checked', title: kind, verdict: 'active', meaning: `${kind} answered.` },
    exchanges: [
      {
        ...{ id: 1, purpose: kind, leg: 'extension', startedAt: issued + 1000, endedAt: issued + 1100 },
        request: { method: 'POST', url: 'https://as.example.com/ask', headers: [], body: `token=${token}` },
        response: { status: 200, statusText: 'OK', headers: [['content-type', 'application/json']], body },
        deviations: [],
      },
    ],
    ...over,
  };
}

const tokens = {
  ...{ access_token: token, token_type: 'Bearer', received_at: issued, requested_scopes: [], extra: {} },
  id_token: 'e30.e30.e30',
};

describe('what the server said of a token', () => {
  it('stands beside the token, newest of each kind, with its members explained', () => {
    const flows = [
      asked('userinfo', '{"sub":"ada","email":"ada@example.com"}'),
      asked('introspection', '{"active":true,"exp":1100,"scope":"a b"}'),
      asked('introspection', '{"active":false}', { id: 'older' }),
    ];
    const answers = tokenAnswers(flows, profile, tokens);
    assert.deepEqual(
      answers.map(({ title, slot }) => [title, slot]),
      [
        ['introspection', 'access'],
        ['userinfo', 'id'],
      ],
    );
    const reading = readTokens({ kind: 'profile', profile, tokens, answers });
    const shown = tokenView(reading, { now: issued, signatures: {} }).answers;
    assert.deepEqual(
      shown?.[0]?.rows.map(({ name, value, kind }) => [name, value, kind]),
      [
        ['active', 'true', 'text'],
        ['exp', '1100', 'time'],
        ['scope', 'a b', 'text'],
      ],
    );
    assert.equal(shown[1]?.rows[0]?.value, 'ada');
  });

  it('means what RFC 7662 says, whatever a vendor means by the same name in its tokens', () => {
    const body =
      '{"active":true,"username":"ada","scope":"a","client_id":"c","token_type":"Bearer","iss":"i"}';
    const answers = tokenAnswers([asked('introspection', body)], profile, tokens);
    const reading = readTokens({ kind: 'profile', profile, tokens, answers });
    const [shown] = tokenView(reading, { now: issued, signatures: {} }).answers ?? [];
    const sources = shown?.rows.map(({ source }) => source?.text) ?? [];
    assert.equal(sources.filter((text) => text === 'RFC 7662 section 2.2').length, 5, sources.join());
    assert.equal(sources.at(-1), 'RFC 7519 section 4.1.1');
  });

  it('is compared with the token, claim by claim', () => {
    const jwt = (claims: object) =>
      `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.AAAA`;
    const own = {
      ...tokens,
      access_token: jwt({ iss: 'i', sub: 'ada', aud: ['api'], scp: ['b', 'a'], exp: 1100, constructor: 'x' }),
      id_token: jwt({ sub: 'ada', email: '<b>old@example.com</b>', address: { city: 'X', zip: '1' } }),
    };
    const answers = tokenAnswers(
      [
        asked(
          'introspection',
          '{"active":true,"token_type":"Bearer","sub":"ada","aud":"api","scope":"a b","exp":1200,"toString":"x","constructor":"x"}',
        ),
        asked(
          'userinfo',
          '{"sub":"ada","email":"new@example.com","name":"Ada","address":{"zip":"1","city":"X"}}',
        ),
      ],
      profile,
      own,
    );
    const reading = readTokens({ kind: 'profile', profile, tokens: own, answers });
    const shown = tokenView(reading, { now: issued, signatures: {} }).answers ?? [];
    assert.deepEqual(
      shown.map(({ rows }) => Object.fromEntries(rows.map(({ name, compared }) => [name, compared]))),
      [
        {
          ...{ active: undefined, token_type: undefined, sub: 'same', aud: 'same', scope: 'same' },
          ...{ exp: 'differs', toString: 'only_here', constructor: 'same' },
        },
        { sub: 'same', email: 'differs', name: 'only_here', address: 'same' },
      ],
    );
    assert.equal(shown[0]?.rows.find(({ name }) => name === 'exp')?.inToken, '1100');
    assert.equal(shown[1]?.rows.find(({ name }) => name === 'email')?.inToken, '<b>old@example.com</b>');
    const opaque = tokenView(readTokens({ kind: 'profile', profile, tokens, answers }), {
      now: issued,
      signatures: {},
    });
    assert.equal(opaque.answers?.[0]?.rows[2]?.compared, undefined);
  });

  it('stands beside the access token where there is no id_token', () => {
    const { id_token: _, ...alone } = tokens;
    assert.equal(tokenAnswers([asked('userinfo', '{"sub":"ada"}')], profile, alone)[0]?.slot, 'access');
  });

  it('is not that of another token, profile, environment or kind, nor a failure', () => {
    const flows = [
      asked('introspection', '{}', { startedAt: issued - 1 }),
      asked('introspection', '{}', { profile: { ...profile, id: 'other' } }),
      asked('introspection', '{}', { profile: { ...profile, environment: 'test' } }),
      asked('revocation', '{}'),
      asked('userinfo', '{}', {
        outcome: { kind: 'failure', failure: { kind: 'cancelled', step: 'api', message: 'x', advice: 'y' } },
      }),
    ];
    assert.deepEqual(tokenAnswers(flows, profile, tokens), []);
  });

  it('holds no token, and no members where the answer is not a JSON object', () => {
    const [echo] = tokenAnswers(
      [asked('introspection', JSON.stringify({ active: true, access_token: token }))],
      profile,
      tokens,
    );
    assert.ok(!JSON.stringify(echo).includes(token));
    for (const body of ['', '[1]', 'eyJ.eyJ.x', '{"active":'])
      assert.deepEqual(tokenAnswers([asked('introspection', body)], profile, tokens)[0]?.members, {});
  });
});
