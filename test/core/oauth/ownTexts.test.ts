import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { assertionClaims, assertionInWords } from '../../../src/core/oauth/assertionClaims.ts';
import { proofFor } from '../../../src/core/oauth/dpopProof.ts';
import { assertionOf } from '../../../src/core/oauth/jwtAssertion.ts';
import { isOwnRefusal } from '../../../src/core/oauth/ownRefusal.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { s256 } from '../../../src/core/s256.ts';
import { ManualClock } from '../../support/clock.ts';
import { machineProfile } from '../../support/profiles.ts';

const now = Date.UTC(2026, 10, 22, 12);

describe('a proof for a request of an API', () => {
  it('says which request, with which token, and what the API wanted in it', async () => {
    const kept = new Map<string, string>();
    const made = async (what: string, make: () => Promise<string>) => {
      const text = kept.get(what) ?? (await make());
      kept.set(what, text);
      return text;
    };
    const request = { method: 'PUT', url: 'https://api.example.com/a?b=c#d', token: 'tok-1' };
    for (const [nonce, url, htu] of [
      [undefined, request.url, 'https://api.example.com/a'],
      [null, 'https://api.example.com/a#d?e', 'https://api.example.com/a'],
      ['n-1', 'https://api.example.com/a', 'https://api.example.com/a'],
    ] as const) {
      const proof = await proofFor({ ...request, url, nonce }, made, now + 999);
      const { jwk, ...header } = decodeProtectedHeader(proof);
      assert.ok(jwk !== undefined && !('d' in jwk));
      assert.deepEqual(header, { typ: 'dpop+jwt', alg: 'ES256' });
      const { jti, ...claims } = decodeJwt(proof);
      assert.match(jti ?? '', /^[\da-f-]{36}$/);
      const expected = { htm: 'PUT', htu, iat: now / 1000, ath: s256('tok-1') };
      assert.deepEqual(claims, typeof nonce === 'string' ? { ...expected, nonce } : expected);
      await jwtVerify(proof, jwk, { currentDate: new Date(now) });
    }
    assert.equal(kept.size, 1);
  });
});

describe('an assertion of ours', () => {
  const endpoint = 'https://as.example.com/token';
  const client = { clientId: 'orders', scopes: [] };

  it('says the client, the endpoint and the scopes, and what the profile says before that', () => {
    const usual = { iss: 'orders', sub: 'orders', aud: endpoint };
    assert.deepEqual(assertionClaims(client, endpoint), usual);
    assert.deepEqual(assertionClaims({ ...client, scopes: ['a', 'b'] }, endpoint), {
      ...usual,
      scope: 'a b',
    });
    assert.deepEqual(assertionClaims({ ...client, assertionClaims: { sub: 'ada', x: 1 } }, endpoint), {
      ...{ ...usual, sub: 'ada', x: 1 },
    });
  });

  it('is told in words, with its end', () => {
    const exp = now / 1000;
    assert.equal(
      assertionInWords({ iss: 'orders', aud: ['a'], exp, iat: 1, nbf: 2, jti: 'j' }),
      'The assertion says iss orders, aud ["a"], and is good until 2026-11-22T12:00:00.000Z.',
    );
    assert.equal(assertionInWords({ exp: 1e20 }), 'The assertion says nothing, and names no end.');
    assert.equal(assertionInWords({}, 'ends'), 'The assertion says nothing, and ends.');
  });

  const handIn = (given: string) => {
    const profile = machineProfile({ clientId: 'orders' });
    const context = { clock: new ManualClock(now), trace: new Trace() };
    return assertionOf(given, profile, { issuer: 'https://as.example.com' }, context);
  };

  it('is made with the key that was given, and names it where it has a name', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    for (const kid of ['k-1', undefined]) {
      const given = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...(kid && { kid }) });
      const assertion = await handIn(given);
      assert.deepEqual(decodeProtectedHeader(assertion), { alg: 'ES256', typ: 'JWT', ...(kid && { kid }) });
      const { iat, exp, aud } = decodeJwt(assertion);
      assert.deepEqual([iat, exp, aud], [now / 1000, now / 1000 + 60, 'https://as.example.com']);
    }
  });

  it('that was given is handed in as long as it is good, and where its end is no time', async () => {
    const signed = (claims: JWTPayload) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode('k'.repeat(32)));
    const seconds = now / 1000;
    for (const claims of [{ exp: seconds + 1 }, {}, { exp: -1e15 }, { exp: 'never' as unknown as number }]) {
      const given = await signed(claims);
      assert.equal(await handIn(given), given);
    }
    for (const exp of [seconds, seconds - 1])
      await assert.rejects(handIn(await signed({ exp })), (thrown) => {
        assert.ok(thrown instanceof FailureError);
        return thrown.message.includes(new Date(exp * 1000).toISOString());
      });
  });
});

describe('a refusal in plain words', () => {
  it('is the server’s own when it names a part of OAuth', () => {
    for (const text of [
      'client_id is missing',
      'Bad client secret',
      'redirect_uri mismatch',
      'the Redirect URL is wrong',
      'code_verifier missing',
      'unsupported grant type',
      'access token expired',
      'no refresh_token',
      'Authorisation code used',
      'Invalid token',
      'unknown client',
      'expired code',
      `grant_type ${'x'.repeat(288)}`,
    ])
      assert.equal(isOwnRefusal(text), true, text);
    for (const text of [
      'Access denied',
      'so an invalid token',
      'invalid tokens',
      '<p>client_id is missing',
      `grant_type ${'x'.repeat(289)}`,
      '',
    ])
      assert.equal(isOwnRefusal(text), false, text);
  });
});
