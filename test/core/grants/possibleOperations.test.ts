import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allOperations } from '../../../src/core/operations/all.ts';
import {
  operationEndpoints,
  operationNames,
  possibleOperations,
} from '../../../src/core/grants/possibleOperations.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { profileLine } from '../../../src/core/session/profilesTree.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

const all = Object.fromEntries(
  Object.values(operationEndpoints).map((name) => [name, `https://as.example.com/${name}`]),
);
const without = (name: keyof typeof operationEndpoints) => {
  const { [operationEndpoints[name]]: _, ...rest } = all;
  return rest;
};

function tokens(over: Partial<TokenSet> = {}): TokenSet {
  return {
    ...{ access_token: 'opaque', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} },
    ...over,
  };
}

const signedIn = tokens({ id_token: 'a.b.c' });

describe('what is offered with a token at its server', () => {
  const rows: readonly (readonly [
    what: string,
    profile: Profile,
    tokens: TokenSet | undefined,
    server: Readonly<Record<string, unknown>> | undefined,
    offered: string,
  ])[] = [
    ['nothing without a token', userProfile(), undefined, all, ''],
    ['all with an id_token at a server that has all', userProfile(), signedIn, all, operationNames.join(' ')],
    [
      'all with an id_token at one that is not known yet',
      userProfile(),
      signedIn,
      undefined,
      operationNames.join(' '),
    ],
    [
      'nobody to speak of or to sign out with a machine’s',
      machineProfile(),
      tokens(),
      all,
      'introspection revocation',
    ],
    [
      'the same while the server is not known',
      machineProfile(),
      tokens(),
      undefined,
      'introspection revocation',
    ],
    [
      'user info with openid granted',
      userProfile(),
      tokens({ scope: 'a openid' }),
      undefined,
      'introspection userinfo revocation',
    ],
    [
      'user info with openid asked for and nothing said',
      userProfile(),
      tokens({ requested_scopes: ['openid'] }),
      undefined,
      'introspection userinfo revocation',
    ],
    [
      'none with openid asked for and not granted',
      userProfile(),
      tokens({ requested_scopes: ['openid'], scope: 'a' }),
      undefined,
      'introspection revocation',
    ],
    [
      'no openid in another name',
      userProfile(),
      tokens({ scope: 'openid2 xopenid' }),
      undefined,
      'introspection revocation',
    ],
    [
      'sign-out of a user without an id_token where the server has it',
      userProfile(),
      tokens(),
      all,
      'introspection revocation signOut',
    ],
    ['nothing where the server publishes nothing', userProfile(), signedIn, {}, ''],
    [
      'no address that is none',
      userProfile(),
      signedIn,
      { ...all, userinfo_endpoint: 1 },
      'introspection revocation signOut',
    ],
  ];
  for (const [what, profile, has, server, offered] of rows)
    it(what, () => {
      assert.equal(possibleOperations(profile, has, server).join(' '), offered);
      // The row of the tree says the same to its menus.
      const { context } = profileLine(profile, has, 0, { active: false, ...(server && { server }) });
      const said = context.split(' ').filter((word) => operationNames.some((name) => name === word));
      assert.equal(said.join(' '), offered);
    });

  for (const name of operationNames)
    it(`is not ${name} where the server has no address for it`, () => {
      assert.deepEqual(
        possibleOperations(userProfile(), signedIn, without(name)),
        operationNames.filter((other) => other !== name),
      );
      assert.equal(allOperations[name].endpoint, operationEndpoints[name]);
    });

  it('is nothing without an issuer: only metadata says where', () => {
    const profile = { ...userProfile({ tokenEndpoint: 'https://as.example.com/token' }) };
    delete profile.issuer;
    assert.deepEqual(possibleOperations(profile, signedIn, undefined), []);
  });
});
