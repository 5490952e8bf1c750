import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fieldOfMember } from '../../../src/core/profile/fieldOfMember.ts';

it('the field that overrides a member of the server’s metadata is told by its name', () => {
  assert.equal(fieldOfMember('token_endpoint'), 'tokenEndpoint');
  assert.equal(fieldOfMember('authorization_endpoint'), 'authorizationEndpoint');
  for (const member of ['issuer', 'tokenEndpoint', 'scopes_supported', 'undefined', ''])
    assert.equal(fieldOfMember(member), undefined, member);
});
