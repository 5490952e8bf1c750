import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnsecuredJWT } from 'jose';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { whyNotAlone } from '../../../src/core/access/useAlone.ts';

const tokens = (over: Partial<TokenSet>): TokenSet => ({
  ...{ access_token: 'opaque', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} },
  ...over,
});

describe('a token that is handed out', () => {
  it('must be of use without a key', () => {
    const bound = new UnsecuredJWT({ cnf: { jkt: 'thumbprint' } }).encode();
    for (const one of [
      tokens({ token_type: 'DPoP' }),
      tokens({ token_type: 'dpop' }),
      tokens({ access_token: bound }),
    ])
      assert.match(whyNotAlone(one, 'Orders') ?? '', /“Orders” is bound to a key .* not handed out/);
    for (const one of [
      tokens({}),
      tokens({ token_type: 'bearer' }),
      tokens({ access_token: new UnsecuredJWT({}).encode() }),
    ])
      assert.equal(whyNotAlone(one, 'Orders'), undefined);
  });
});
