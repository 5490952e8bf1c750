import assert from 'node:assert/strict';
import crypto, { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { describe, it } from 'node:test';
import type { JWTPayload } from 'jose';
import {
  INVALID_RESPONSE,
  JWT_CLAIM_COMPARISON,
  JWT_TIMESTAMP_CHECK,
  OperationProcessingError,
  PARSE_ERROR,
  UnsupportedOperationError,
} from 'oauth4webapi';
import { FailureError } from '../../../src/core/record/failure.ts';
import { requireFittingClaims, signInNotes } from '../../../src/core/oauth/idTokenClaims.ts';
import { idTokenRefused } from '../../../src/core/oauth/idTokenFailure.ts';
import {
  comparison,
  moment,
  problemFound,
  shown,
  type IdTokenProblem,
} from '../../../src/core/oauth/idTokenProblem.ts';
import { claimsOf, readableClaims } from '../../../src/core/oauth/jwtClaims.ts';
import { requireSameUser, subjectOf } from '../../../src/core/oauth/sameUser.ts';

const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (claims: object) => `${b64({ alg: 'ES256' })}.${b64(claims)}.c2ln`;

/** The code of the refusal of an id_token, and what is wrong; `taken` when it is not refused. */
function refusalOf(judge: () => void): string {
  try {
    judge();
    return 'taken';
  } catch (thrown) {
    const failure = thrown instanceof FailureError ? thrown.failure : undefined;
    return failure?.kind === 'invalid_id_token' ? `${failure.code} ${failure.problem}` : String(thrown);
  }
}

describe('what the library finds wrong with an id_token', () => {
  const found = (code: string, cause?: unknown, message = 'no') =>
    problemFound(new OperationProcessingError(message, { code, cause }));

  it('is nothing of ours when it is another error', () => {
    assert.equal(problemFound(new Error('x')), undefined);
    assert.equal(problemFound({ code: PARSE_ERROR }), undefined);
  });

  it('is encryption or an extension where it does not support that', () => {
    for (const [message, code] of [
      ['JWE is not supported', 'encrypted'],
      ['no JWT "crit" header parameter extensions are supported', 'crit'],
    ] as const)
      assert.deepEqual(problemFound(new UnsupportedOperationError(message)), { code, problem: 'wrong' });
  });

  it('is the form where nothing could be read, or nobody says what was', () => {
    const malformed = { code: 'malformed', problem: 'wrong' };
    assert.deepEqual(
      found(PARSE_ERROR, { claims: {}, claim: 'exp' }, 'JWT "exp" (expiration time)'),
      malformed,
    );
    assert.deepEqual(found(JWT_TIMESTAMP_CHECK), malformed);
    assert.deepEqual(found(JWT_CLAIM_COMPARISON, 'iss'), malformed);
    assert.deepEqual(found(INVALID_RESPONSE, {}), malformed);
  });

  it('is a time, with how far it is off, as far as both are numbers', () => {
    const at = (claim: string, value: unknown, now: unknown) =>
      found(JWT_TIMESTAMP_CHECK, { claim, claims: { [claim]: value }, now });
    assert.deepEqual(at('exp', 100, 250.4), {
      ...{ code: 'exp', problem: 'wrong', off: 150 },
      ...{ expected: 'after 1970-01-01T00:04:10.400Z', received: '1970-01-01T00:01:40Z' },
    });
    assert.deepEqual(at('nbf', 300, 250), {
      ...{ code: 'nbf', problem: 'wrong', off: 50 },
      ...{ expected: 'not after 1970-01-01T00:04:10Z', received: '1970-01-01T00:05:00Z' },
    });
    for (const [value, now] of [
      ['100', 250],
      [100, undefined],
    ])
      assert.deepEqual(at('exp', value, now), { code: 'exp', problem: 'wrong' });
    assert.deepEqual(found(JWT_TIMESTAMP_CHECK, { claim: 7, claims: {} }), {
      code: 'malformed',
      problem: 'wrong',
    });
    assert.deepEqual(found(JWT_TIMESTAMP_CHECK, { claim: 'exp', now: 5 }), { code: 'exp', problem: 'wrong' });
  });

  it('is a claim that differs, with both values', () => {
    const differs = { claim: 'iss', claims: { iss: 'https://a' }, expected: 'https://b' };
    assert.deepEqual(found(JWT_CLAIM_COMPARISON, differs), {
      ...{ code: 'iss', problem: 'wrong', expected: 'https://b', received: 'https://a' },
    });
    assert.deepEqual(found(JWT_CLAIM_COMPARISON, { ...differs, claims: null }), {
      ...{ code: 'iss', problem: 'missing', expected: 'https://b' },
    });
    // Of another kind of error the claim is not taken for one that was compared.
    assert.deepEqual(found(INVALID_RESPONSE, differs, 'JWT "iss" (issuer) claim type'), {
      ...{ code: 'iss', problem: 'type', received: 'a string' },
    });
    assert.deepEqual(found(JWT_CLAIM_COMPARISON, { ...differs, claim: 1 }), {
      code: 'malformed',
      problem: 'wrong',
    });
  });

  it('is the algorithm, whether the header has one or not', () => {
    const expected = ['RS256', 'ES256'];
    const reason = 'authorization server metadata';
    assert.deepEqual(found(INVALID_RESPONSE, { reason, expected, header: { alg: 'none' } }), {
      ...{ code: 'alg', problem: 'wrong', expected: 'RS256, ES256', received: 'none' },
    });
    for (const header of [{}, undefined, 'alg'])
      assert.deepEqual(found(INVALID_RESPONSE, { reason, expected, header }), {
        ...{ code: 'alg', problem: 'missing', expected: 'RS256, ES256' },
      });
  });

  it('is a claim that is absent or of another type, which only the message names', () => {
    const named = (claims: unknown) =>
      found(INVALID_RESPONSE, { claims }, 'JWT "sub" (subject) claim missing');
    assert.deepEqual(named({}), { code: 'sub', problem: 'missing' });
    assert.deepEqual(named('claims'), { code: 'sub', problem: 'missing' });
    for (const [value, received] of [
      [null, 'null'],
      [['a'], 'an array'],
      [{}, 'an object'],
      [7, 'a number'],
      [true, 'a boolean'],
    ])
      assert.deepEqual(named({ sub: value }), { code: 'sub', problem: 'type', received });
  });
});

describe('what is shown of an id_token', () => {
  it('of a claim that was compared is both values, but never those of a nonce', () => {
    const long = `https://as.example/${'a'.repeat(400)}`;
    // What looks alike is told apart by what differs.
    for (const [claim, received, expected, shows] of [
      ['aud', [123], '123', '123 (a number)'],
      ['aud', 123, '123', '123 (a number)'],
      ['aud', ['a', 'b'], 'a, b', 'a, b (an array)'],
      ['aud', ['cli\u200bent'], 'client', 'client with characters that do not show'],
      ['aud', 'client', 'cli\u200bent', 'client without the characters that do not show in the other'],
      ['iss', ['https://as.example'], 'https://as.example', 'https://as.example (an array)'],
      [
        'iss',
        'https://as.example/a  b',
        'https://as.example/a b',
        'https://as.example/a b with other blanks',
      ],
      ['sub', true, 'true', 'true (a boolean)'],
      ['sub', ' \u200b', 'ada', 'nothing that shows'],
      ['sub', '', 'ada', 'empty'],
      ['iss', `${long}b`, `${long}c`, `${`${long}b`.slice(0, 299)}… (another one behind what is shown)`],
    ] as const)
      assert.equal(comparison(claim, received, expected).received, shows);
    assert.deepEqual(comparison('nonce', 'a', 'b'), { code: 'nonce', problem: 'wrong' });
    assert.deepEqual(comparison('nonce', undefined, 'b'), { code: 'nonce', problem: 'missing' });
    assert.deepEqual(comparison('azp', 'a', undefined), { code: 'azp', problem: 'wrong', received: 'a' });
  });

  it('of a value is one short line, of an object only that it is one', () => {
    assert.equal(shown(['a\n b', 1, false, null, {}, ['x']]), 'a b, 1, false, null, an object, an array');
    assert.equal(shown(Array.from({ length: 25 }, () => 7)), Array.from({ length: 20 }, () => 7).join(', '));
    assert.equal(shown('x'.repeat(400)).length, 300);
    assert.equal(shown(`${' '.repeat(1000)}x`), '', 'what is long is cut before it is read');
    assert.equal(shown(`${' '.repeat(999)}x`), 'x');
  });

  it('of a time is the moment, or the number where there is no such moment', () => {
    assert.equal(moment(0), '1970-01-01T00:00:00Z');
    assert.equal(moment(0.5), '1970-01-01T00:00:00.500Z');
    assert.equal(moment(1e15), '1000000000000000');
  });
});

describe('the failure for an id_token', () => {
  const said = (problem: IdTokenProblem) => {
    const { failure } = idTokenRefused(problem);
    assert.equal(failure.kind, 'invalid_id_token');
    return failure;
  };

  it('names what was compared only where something was', () => {
    const bare = said({ code: 'crit', problem: 'wrong' });
    assert.ok(!('expected' in bare) && !('received' in bare));
    assert.deepEqual([bare.step, bare.code], ['id_token', 'crit']);
    const both = said({ code: 'iss', problem: 'wrong', expected: 'a', received: 'b' });
    assert.deepEqual([both.expected, both.received], ['a', 'b']);
  });

  const says: readonly (readonly [IdTokenProblem, RegExp, RegExp])[] = [
    [
      { code: 'jwks', problem: 'wrong', detail: 'the keys are gone' },
      /: the keys are gone\.$/,
      /key set has to hold/,
    ],
    [{ code: 'sub', problem: 'missing' }, /it has no sub, so/, /section 2/],
    [{ code: 'auth_time', problem: 'missing' }, /: it has no auth_time\.$/, /section 2/],
    [{ code: 'nonce', problem: 'missing' }, /it has no nonce, although/, /Run the flow again/],
    [
      { code: 'iat', problem: 'type', received: 'null' },
      /its iat is null, which it must not be/,
      /section 2/,
    ],
    [
      { code: 'iss', problem: 'wrong', expected: 'a', received: 'b' },
      /another one: b instead of a/,
      /issuer of the profile/,
    ],
    [
      { code: 'aud', problem: 'wrong', received: 'x, y' },
      /names others beside this client \(x, y\)/,
      /name this client in azp/,
    ],
    [
      { code: 'aud', problem: 'wrong', expected: 'c', received: 'x' },
      /its aud is x, the client ID of the profile is c/,
      /client ID/,
    ],
    [
      { code: 'azp', problem: 'wrong', expected: 'c', received: 'x' },
      /its azp is x, the client ID of the profile is c/,
      /client ID/,
    ],
    [{ code: 'exp', problem: 'wrong', received: 'T', off: 9 }, /it ended at T, 9 s before the time/, /clock/],
    [{ code: 'exp', problem: 'wrong', received: 'T' }, /it ended at T, before the time/, /clock/],
    [{ code: 'nbf', problem: 'wrong', received: 'T', off: 9 }, /it begins at T, 9 s after the time/, /clock/],
    [
      { code: 'sub', problem: 'wrong', expected: 'a', received: 'b' },
      /its sub is b instead of a/,
      /signing in/,
    ],
    [{ code: 'alg', problem: 'wrong', received: 'none' }, /it is not signed \(alg none\)/, /algorithm/],
    [
      { code: 'alg', problem: 'wrong', received: 'X', expected: 'Y' },
      /signed with X, which is not among .* \(Y\)/,
      /algorithm/,
    ],
    [{ code: 'at_hash', problem: 'wrong' }, /not the hash of the access token/, /access token/],
    [
      { code: 'acr', problem: 'wrong' },
      /: its acr is not what it must be\.$/,
      /Check the issuer and the client ID/,
    ],
  ];
  for (const [problem, message, advice] of says)
    it(`says what is wrong and what to do: ${problem.code} ${problem.problem} ${problem.received ?? ''}`, () => {
      const failure = said(problem);
      assert.match(failure.message, message);
      assert.match(failure.advice, advice);
    });
});

describe('an id_token that is renewed', () => {
  const before = { iss: 'https://as.example.com', sub: 'ada' };
  const judge = (renewed: string | undefined, previous: string | undefined) =>
    refusalOf(() => requireSameUser(renewed, previous));

  it('is taken when it is of the same user and issuer, or when there is nothing to compare', () => {
    assert.equal(judge(tokenOf({ ...before, iat: 5 }), tokenOf(before)), 'taken');
    assert.equal(judge(undefined, tokenOf(before)), 'taken');
    assert.equal(judge(tokenOf(before), undefined), 'taken');
    assert.equal(judge(tokenOf(before), 'no JWT'), 'taken');
    assert.equal(judge(tokenOf(before), tokenOf({ iss: before.iss })), 'taken');
  });

  it('is refused when it is of another, or no longer says of whom it is', () => {
    assert.equal(judge(tokenOf({ ...before, sub: 'eve' }), tokenOf(before)), 'sub wrong');
    assert.equal(judge(tokenOf({ ...before, iss: 'https://evil.example' }), tokenOf(before)), 'iss wrong');
    assert.equal(judge(tokenOf({ ...before, sub: 'eve' }), tokenOf({ sub: 'ada' })), 'sub wrong');
    assert.equal(judge(tokenOf({ iss: before.iss }), tokenOf(before)), 'sub missing');
    assert.equal(judge('no JWT', tokenOf(before)), 'iss missing');
  });
});

describe('the claims that tie an id_token to this client, access token and code', () => {
  const expected = { clientId: 'c', alg: 'ES256', accessToken: 'token', code: 'code', now: 0 };
  const half = (value: string, hash: string, length?: number) => {
    const digest = createHash(hash, length === undefined ? {} : { outputLength: length })
      .update(value)
      .digest();
    return digest.subarray(0, digest.length / 2).toString('base64url');
  };
  const judge = (claims: JWTPayload, over: object = {}) =>
    refusalOf(() => requireFittingClaims(claims, { ...expected, ...over }));

  it('are not needed', () => {
    assert.equal(judge({}), 'taken');
    assert.equal(judge({ azp: 'c' }), 'taken');
    assert.equal(judge({ azp: 'C' }), 'azp wrong');
    assert.equal(judge({ azp: null }), 'azp type');
  });

  it('are compared with the hash of each algorithm, in each spelling of base64', () => {
    for (const [alg, hash] of [
      ['HS256', 'sha256'],
      ['RS384', 'sha384'],
      ['PS512', 'sha512'],
      ['ES256K', 'sha256'],
      ['Ed25519', 'sha512'],
      ['EdDSA', 'sha512'],
    ] as const) {
      assert.equal(
        judge({ at_hash: half('token', hash), c_hash: half('code', hash) }, { alg }),
        'taken',
        alg,
      );
      assert.equal(judge({ at_hash: half('other', hash) }, { alg }), 'at_hash wrong', alg);
      assert.equal(judge({ c_hash: half('other', hash) }, { alg }), 'c_hash wrong', alg);
    }
    const ed448 = half('token', 'shake256', 114);
    assert.equal(judge({ at_hash: ed448 }, { alg: 'EdDSA' }), 'taken');
    assert.equal(judge({ at_hash: ed448 }, { alg: 'Ed25519' }), 'at_hash wrong');
    for (const value of Array.from({ length: 40 }, (_, index) => `t${index}`)) {
      const padded = Buffer.from(half(value, 'sha256'), 'base64url').toString('base64');
      assert.equal(judge({ at_hash: padded }, { accessToken: value }), 'taken', padded);
    }
    const right = half('token', 'sha256');
    for (const at_hash of [`=${right}`, `${right}===`, `${right}=x`, `${right}${' '.repeat(200)}`])
      assert.equal(judge({ at_hash }), 'at_hash wrong', at_hash);
    assert.equal(judge({ at_hash: [right] }), 'at_hash type');
  });

  it('of Ed25519 are compared where the runtime has no SHAKE256, as that of VS Code', (t) => {
    const ed448 = half('other', 'shake256', 114);
    const { createHash: real } = crypto;
    t.mock.method(crypto, 'createHash', (name: string, ...rest: readonly never[]) => {
      if (name === 'shake256') throw new Error('Digest method not supported');
      return real(name, ...rest);
    });
    syncBuiltinESMExports();
    t.after(() => {
      t.mock.restoreAll();
      syncBuiltinESMExports();
    });
    assert.equal(judge({ at_hash: half('token', 'sha512') }, { alg: 'EdDSA' }), 'taken');
    assert.equal(judge({ at_hash: half('other', 'sha512') }, { alg: 'EdDSA' }), 'at_hash wrong');
    assert.equal(judge({ at_hash: ed448 }, { alg: 'EdDSA' }), 'taken');
  });

  it('are not compared where the algorithm has no hash, or no code was exchanged', () => {
    for (const alg of ['none', 'xES256', 'ES256x', 'ES128', 'ML-DSA-44'])
      assert.equal(judge({ at_hash: 'x', c_hash: 'x' }, { alg }), 'taken', alg);
    assert.equal(judge({ c_hash: 'x' }, { code: undefined }), 'taken');
  });
});

describe('what a sign-in was asked with', () => {
  const now = 1_000_000_000_000;
  const notes = (claims: JWTPayload, asked?: Record<string, string>, askedAt = now) =>
    signInNotes(claims, { clientId: 'c', alg: 'x', accessToken: 't', now, askedAt, ...(asked && { asked }) });
  const codes = (claims: JWTPayload, asked?: Record<string, string>) =>
    notes(claims, asked).map(({ code }) => code);

  it('is compared with when the user signed in, give or take 30 s', () => {
    const ago = (seconds: number) => ({ auth_time: now / 1000 - seconds });
    assert.deepEqual(codes(ago(90), { max_age: '60' }), []);
    assert.deepEqual(codes(ago(91), { max_age: '60' }), ['id_token_auth_time_old']);
    assert.match(notes(ago(91), { max_age: '60' })[0]?.message ?? '', /signed in 91 s ago, at 2001-/);
    for (const max_age of ['', '-1', '60 ', ' 60', 'x', '12345678901'])
      assert.deepEqual(codes(ago(1e6), { max_age }), [], max_age);
    assert.deepEqual(codes({}, { max_age: '0' }), ['id_token_auth_time_missing']);
    assert.match(notes({}, { max_age: '0' })[0]?.message ?? '', /has no auth_time/);
    assert.match(notes({ auth_time: '5' }, { max_age: '0' })[0]?.message ?? '', /that is not a number/);
    assert.deepEqual(codes(ago(1e6)), []);
  });

  it('is compared with whether the user has signed in anew, give or take 30 s, where the token says when', () => {
    const prompt = { prompt: 'consent login' };
    const [before, after] = [now - 120_000, now];
    const signedIn = (at: number) => ({ auth_time: at / 1000 });
    const codesOf = (claims: JWTPayload, asked: Record<string, string>) =>
      notes(claims, asked, before).map(({ code }) => code);
    assert.deepEqual(codesOf(signedIn(after), prompt), []);
    assert.deepEqual(codesOf(signedIn(before - 30_000), prompt), []);
    assert.deepEqual(codesOf(signedIn(before - 31_000), prompt), ['id_token_prompt_login']);
    assert.match(
      notes(signedIn(before - 90_000), prompt, before)[0]?.message ?? '',
      /^prompt=login was asked for, but .* had signed in 90 s before, at 2001-/,
    );
    for (const claims of [{}, { auth_time: '5' }]) assert.deepEqual(codesOf(claims, prompt), []);
    for (const other of ['consent', 'none', 'logins', ''])
      assert.deepEqual(codesOf(signedIn(0), { prompt: other }), [], other);
    assert.deepEqual(
      signInNotes(signedIn(0), { clientId: 'c', alg: 'x', accessToken: 't', now, asked: prompt }),
      [],
    );
  });

  it('is compared with how the user signed in', () => {
    assert.deepEqual(codes({ acr: 'gold' }, { acr_values: 'silver  gold' }), []);
    assert.deepEqual(codes({ acr: '' }, { acr_values: ' ' }), []);
    assert.deepEqual(codes({}, { acr_values: '' }), []);
    assert.deepEqual(codes({}, { acr_values: 'gold' }), ['id_token_acr_missing']);
    assert.deepEqual(codes({ acr: ['gold'] }, { acr_values: 'gold' }), ['id_token_acr_other']);
    assert.match(
      notes({ acr: 'tin' }, { acr_values: 'gold' })[0]?.message ?? '',
      /acr_values=gold .* has the acr tin/,
    );
    assert.match(notes({}, { acr_values: 'gold' })[0]?.message ?? '', /has no acr:/);
  });
});

describe('the claims of a JWT', () => {
  const readable = tokenOf({ sub: 'ada' });

  it('are read where they and its header can be decoded', () => {
    assert.equal(claimsOf(readable)['sub'], 'ada');
    assert.equal(readableClaims(readable)?.['sub'], 'ada');
    const headless = `%${readable.slice(readable.indexOf('.'))}`;
    assert.equal(claimsOf(headless)['sub'], 'ada');
    assert.equal(readableClaims(headless), undefined);
    assert.deepEqual([claimsOf('no JWT'), readableClaims('no JWT')], [{}, undefined]);
  });

  it('say who it is about, unless there is none or that is no text', () => {
    assert.equal(subjectOf(readable), 'ada');
    for (const token of [undefined, 'no JWT', tokenOf({ sub: 7 }), tokenOf({})])
      assert.equal(subjectOf(token), undefined);
  });
});
