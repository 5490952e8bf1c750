import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readChallenge } from '../../../src/core/mcp/challenge.ts';

const metadata = 'https://mcp.example.com/.well-known/oauth-protected-resource';

/** A refusal with the field over as many lines as there are values. */
function refusal(...values: readonly string[]): Response {
  const headers = new Headers();
  for (const value of values) headers.append('www-authenticate', value);
  return new Response(undefined, { status: 401, headers });
}

describe('the Bearer challenges of one answer', () => {
  it('are read as one, whichever of them names the metadata, in one line of the field or in several', () => {
    const plain = 'Bearer realm="api", error="insufficient_scope"';
    const named = `Bearer resource_metadata="${metadata}", scope="a b"`;
    for (const response of [
      refusal(`${plain}, ${named}`),
      refusal(`${named}, ${plain}`),
      refusal(plain, named),
      refusal(named, 'Basic realm="x"', plain),
    ]) {
      const { bearer } = readChallenge(response);
      assert.equal(bearer?.resourceMetadata, metadata);
      assert.equal(bearer.error, 'insufficient_scope');
      assert.deepEqual(bearer.scopes, ['a', 'b']);
    }
  });

  it('say what the first says where two say different things', () => {
    const { bearer } = readChallenge(refusal('Bearer scope="first"', 'Bearer scope="second"'));
    assert.deepEqual(bearer?.scopes, ['first']);
  });

  it('take nothing from the challenge of another scheme', () => {
    const { bearer, others } = readChallenge(
      refusal(`DPoP resource_metadata="${metadata}"`, 'Bearer realm="api"'),
    );
    assert.deepEqual([bearer, others], [{}, ['dpop']]);
  });
});
