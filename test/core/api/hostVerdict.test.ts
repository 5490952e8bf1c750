import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hostVerdict } from '../../../src/core/api/hostVerdict.ts';
import { machineProfile } from '../../support/profiles.ts';

it('a host is where the token is for only when it is that very host, not when its name ends like it', () => {
  const tokens = { access_token: 'a', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} };
  for (const place of ['example.com', 'https://example.com', 'https://example.com/api']) {
    const profile = machineProfile({ audience: place });
    const verdict = (url: string) => hostVerdict(url, profile, tokens).kind;
    assert.equal(verdict('https://example.com/orders'), 'known', place);
    for (const other of [
      'https://evil-example.com/orders',
      'https://evilexample.com/',
      'https://example.com.evil.test/',
      'https://evil.test/example.com',
      'https://example.com@evil.test/',
    ])
      assert.equal(verdict(other), 'ask', `${place} is not ${other}`);
  }
});
