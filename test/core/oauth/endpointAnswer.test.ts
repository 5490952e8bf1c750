import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceAnswer } from '../../../src/core/oauth/deviceAnswer.ts';
import { endpointAnswer, type AnswerWanted } from '../../../src/core/oauth/endpointAnswer.ts';
import { FailureError } from '../../../src/core/record/failure.ts';

const origin = {
  host: 'as.example.com',
  step: 'authorization',
  requestedScopes: [],
  asked: 'request',
} as const;
const headers = new Headers({ 'content-type': 'application/json' });

/** What is said of an answer. */
function said(act: () => unknown): string {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof FailureError) return thrown.failure.message;
    throw thrown;
  }
  return 'taken';
}

const of = (body: object, wanted: Partial<AnswerWanted>) =>
  said(() =>
    endpointAnswer(JSON.stringify(body), { status: 200, headers }, origin, {
      ...{ members: ['token'], code: 'no_token', advice: 'Ask again.' },
      ...wanted,
    }),
  );

describe('an answer that lacks what is wanted', () => {
  for (const [body, words] of [
    [{}, 'without “token”'],
    [{ token: null }, 'with “token” that is null'],
    [{ token: 5 }, 'with “token” that is a number'],
    [{ token: ['x'] }, 'with “token” that is an array'],
    [{ token: {} }, 'with “token” that is an object'],
    [{ token: '' }, 'with “token” that is empty'],
  ] as const)
    it(`is said to be as it is: ${JSON.stringify(body)}`, () => {
      assert.equal(of(body, {}), `as.example.com answered the request ${words}.`);
      const why = ', which is the token';
      assert.equal(of(body, { why }), `as.example.com answered the request ${words}, which is the token.`);
    });

  it('is taken when it has it', () => {
    assert.equal(of({ token: 'x' }, {}), 'taken');
    for (const token of [true, false]) assert.equal(of({ token }, { is: 'boolean' }), 'taken');
  });

  it('is told of a text in the place of what is true or false', () => {
    assert.match(of({ token: 'true' }, { is: 'boolean' }), /with “token” that is a string\.$/);
  });

  it('is told of all that a device authorization response lacks', () => {
    const device = (body: object) =>
      said(() => deviceAnswer(JSON.stringify(body), { status: 200, headers }, origin));
    const page = 'https://as.example.com/device';
    assert.match(device({}), /without “device_code”, “user_code” and “verification_uri”\.$/);
    assert.match(
      device({ device_code: 7, verification_uri: page }),
      /without “user_code”, and with “device_code” that is a number\.$/,
    );
    assert.equal(device({ device_code: 'd', user_code: 'u', verification_url: page }), 'taken');
    assert.match(
      device({ device_code: 'd', user_code: 'u', verification_url: 5 }),
      /“verification_uri” that is a number/,
    );
  });
});
