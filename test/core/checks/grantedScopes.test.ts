import assert from 'node:assert/strict';
import { it } from 'node:test';
import { grantedScopes } from '../../../src/core/checks/grantedScopes.ts';
import { readTokenAnswer } from '../../../src/core/checks/tokenAnswer.ts';

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Claims that no server should make, and one that some do. */
for (const [claims, scopes] of [
  [{ scp: ['a', 'b'] }, ['a', 'b']],
  [{ scope: 'a b' }, ['a', 'b']],
  // Of an object whose members hide its functions no text can be made.
  [{ scp: ['a', { toString: 1, valueOf: 1 }, 2] }, ['a']],
  [{ scope: 3 }, undefined],
] as const)
  it(`the scopes of a token are the texts that it names: ${JSON.stringify(claims)}`, async () => {
    const access_token = `${base64url({ alg: 'none' })}.${base64url(claims)}.`;
    const answer = await readTokenAnswer(Response.json({ access_token, token_type: 'Bearer' }));
    assert.deepEqual(grantedScopes(answer), scopes);
  });
