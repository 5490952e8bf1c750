import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { setupHash } from '../../../src/core/vault/vaultKeys.ts';

/** Entries of settings, and the hashes under which 0.1.0 stored their tokens. */
const stored: readonly [string, object][] = [
  [
    '72dc965de8ac5bdde160d55926faf0f4',
    {
      id: 'm',
      grant: 'client_credentials',
      issuer: 'https://as.example.com',
      clientId: 'c',
      scopes: ['b', 'a'],
      resource: 'https://x.example',
      tokenParameters: { z: '1', a: '2' },
      audience: 'q',
      tokenDialect: 'slack',
    },
  ],
  [
    'a96899ebba2737461833f36830870f23',
    {
      id: 'u',
      grant: 'authorization_code',
      issuer: 'https://as.example.com',
      clientId: 'c',
      authorizationEndpoint: 'https://as.example.com/a',
      authorizationParameters: { p: '1' },
    },
  ],
];

it('a token that 0.1.0 stored is found again', () => {
  for (const [hash, entry] of stored) {
    const parsed = parseProfile(entry);
    assert.ok('profile' in parsed);
    assert.equal(setupHash(parsed.profile), hash);
  }
});
