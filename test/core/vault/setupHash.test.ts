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

const hashOf = (more: object) => {
  const parsed = parseProfile({ ...stored[1]?.[1], ...more });
  assert.ok('profile' in parsed);
  return setupHash(parsed.profile);
};

it('the order in which parameters were written is the same set-up', () => {
  const [one, other] = [
    { a: '1', b: '2', c: '3' },
    { c: '3', b: '2', a: '1' },
  ];
  assert.equal(hashOf({ tokenParameters: one }), hashOf({ tokenParameters: other }));
});

it('what came after 0.1.0 is another set-up where it says something', () => {
  const details = (type: string) => ({ authorizationDetails: [{ type }] });
  const hashes = [{}, details('payment'), details('account')].map(hashOf);
  assert.equal(new Set(hashes).size, 3);
});

it('a token that 0.1.0 stored is found again', () => {
  for (const [hash, entry] of stored) {
    const parsed = parseProfile(entry);
    assert.ok('profile' in parsed);
    assert.equal(setupHash(parsed.profile), hash);
  }
});
