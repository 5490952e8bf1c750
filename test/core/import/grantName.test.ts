import assert from 'node:assert/strict';
import { it } from 'node:test';
import { allGrants } from '../../../src/core/grants/all.ts';
import { readGrant } from '../../../src/core/import/grantName.ts';

it('a grant is told by its id and each of its other names, whatever the signs and the case', () => {
  for (const { id, otherNames = [] } of allGrants)
    for (const name of [id, ...otherNames])
      for (const spelled of [name, name.toUpperCase(), name.replaceAll('_', '-'), `  ${name} `])
        assert.deepEqual(readGrant(spelled, false), { grant: id }, spelled);
});

it('a grant type is that of the first grant that has it', () => {
  for (const { grantType } of allGrants) {
    const first = allGrants.find((one) => one.grantType === grantType);
    assert.deepEqual(readGrant(grantType, false), { grant: first?.id }, grantType);
  }
});

it('a grant is told by the names of other tools', () => {
  for (const [name, grant] of [
    ['authorization_code_with_pkce', 'authorization_code'],
    ['accessCode', 'authorization_code'],
    ['application', 'client_credentials'],
    ['Machine to machine', 'client_credentials'],
    ['urn:ietf:params:oauth:grant-type:saml2-bearer', 'saml2_bearer'],
    ['OAuth device flow', 'device_code'],
  ])
    assert.deepEqual(readGrant(name ?? '', true), { grant }, name);
});

it('what must not be used, is no grant or is two of them is refused', () => {
  for (const name of [
    'password',
    'Resource Owner',
    'implicit',
    'token',
    'code token',
    'hybrid',
    'clients',
    'x',
  ])
    assert.ok('refused' in readGrant(name, true), name);
});
