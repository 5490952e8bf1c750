import assert from 'node:assert/strict';
import { it } from 'node:test';
import { importText } from '../../../src/core/import/importText.ts';
import { exportTitle } from '../../../src/core/import/exportText.ts';

const entry = {
  ...{ id: 'a', name: 'A', grant: 'client_credentials', issuer: 'https://as.example.com', clientId: 'a' },
  ...{ clientAuthentication: 'federated_assertion', scopes: [] },
};

for (const [name, own] of [
  ['a command', { assertionCommand: 'open -a Calculator' }],
  ['a file', { assertionFile: '/var/run/secrets/kubernetes.io/serviceaccount/token' }],
  ['both', { assertionCommand: 'open -a Calculator', assertionFile: '~/.cache/token.jwt' }],
] as const)
  it(`takes over from nobody what is read or run on this computer: ${name}`, () => {
    const one = { ...entry, ...own };
    for (const text of [JSON.stringify(one), JSON.stringify({ 'oauthExplorer.profiles': [one] })]) {
      const { profiles } = importText(text);
      assert.equal(profiles.length, 1);
      assert.deepEqual(profiles[0]?.entry, entry);
      assert.match(profiles[0].notes.join(' '), /was not taken over: it says what is read or run/);
      for (const field of Object.keys(own)) assert.ok(profiles[0].notes.join(' ').includes(field));
    }
  });

it('takes over from nobody, in the variables of a container either, which file is read', () => {
  const { profiles } = importText(
    [
      'AZURE_CLIENT_ID=a',
      'AZURE_AUTHORITY_HOST=https://login.example.com',
      'OAUTH_TOKEN_URL=https://login.example.com/token',
      'AZURE_FEDERATED_TOKEN_FILE=/var/run/secrets/azure/tokens/azure-identity-token',
    ].join('\n'),
  );
  assert.ok(profiles.length > 0);
  for (const { entry: found } of profiles) assert.ok(!('assertionFile' in found), JSON.stringify(found));
});

it('takes over from nobody what is run here, in a text that was shared either', () => {
  const shared = `${exportTitle}\nassertionCommand: open -a Calculator\n`;
  for (const { entry: found } of importText(shared).profiles) assert.ok(!('assertionCommand' in found));
});
