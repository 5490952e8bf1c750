import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pastedToken } from '../../../src/core/oauth/pastedToken.ts';

const token = 'eyJhbGciOiJub25lIn0.e30.';

it('a token is taken out of what it was copied with, and what is none stays', () => {
  for (const [text, taken] of [
    [token, token],
    [` ${token}\n`, token],
    [`Bearer ${token}`, token],
    [`bearer  ${token}`, token],
    [`DPoP ${token}`, token],
    [`Authorization: Bearer ${token}`, token],
    [`authorization : dpop ${token}`, token],
    [`"${token}"`, token],
    [`'Bearer ${token}'`, token],
    [`Bearer "${token}"`, token],
    [`\`Authorization: Bearer ${token}\``, token],
    // Of two marks only one pair, and only what is a pair.
    [`"${token}'`, `"${token}'`],
    [`x${token}x`, `x${token}x`],
    [`Authorization: ${token}`, token],
    // A word that only begins alike, or stands elsewhere, is the token's own.
    [`Bearer${token}`, `Bearer${token}`],
    [`my-Bearer ${token}`, `my-Bearer ${token}`],
    [`X-Authorization: ${token}`, `X-Authorization: ${token}`],
    ['Bearer', 'Bearer'],
    ['""', '""'],
    ['"', '"'],
    ['""a', '""a'],
    // Several words or lines are no token.
    [`Basic ${token}`, `Basic ${token}`],
    ['-----BEGIN KEY-----\nabc\n', '-----BEGIN KEY-----\nabc\n'],
    ['Bearer a b', 'Bearer a b'],
    ['', ''],
    ['  ', '  '],
  ] as const)
    assert.equal(pastedToken(text), taken, JSON.stringify(text));
});
