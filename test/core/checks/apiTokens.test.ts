import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profileForMcp, profileForOther } from '../../../src/core/checks/apiTarget.ts';
import { apiTokens, type TokenSources } from '../../../src/core/checks/apiTokens.ts';
import { Undetermined } from '../../../src/core/checks/undetermined.ts';
import type { TokenSet } from '../../../src/core/flow/report.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'ES256' })}.${part(claims)}.c2ln`;

function tokens(access: string, more: Partial<TokenSet> = {}): TokenSet {
  return { access_token: access, token_type: 'Bearer', obtained_at: 0, ...more } as TokenSet;
}

const good = tokens(jwt({ aud: 'https://mcp.example.com/mcp', scope: 'tools' }), { id_token: 'id' });
const sourcesOf = (more: Partial<TokenSources> = {}): TokenSources => ({
  good: () => Promise.resolve(good),
  ...more,
});

describe('the tokens of the checks of an API', () => {
  it('asks for the good one once', async () => {
    let asked = 0;
    const of = apiTokens({ good: () => Promise.resolve((asked++, good)) });
    assert.deepEqual([await of.good(), await of.idToken?.(), asked], [good.access_token, 'id', 1]);
  });

  it('takes a token for one without the scope only when it lacks one', async () => {
    const narrow = async (claims: object, scope?: string) =>
      apiTokens(
        sourcesOf({
          withoutScope: () => Promise.resolve(tokens(jwt(claims), scope === undefined ? {} : { scope })),
        }),
      ).withoutScope?.();
    assert.ok((await narrow({ aud: 'x' })) !== undefined);
    assert.equal(await narrow({ scope: 'tools more' }), undefined);
    // Opaque ones are believed as the server described them.
    assert.equal(await narrow({}, 'tools'), undefined);
  });

  it('takes a token for one of another API only when the audiences have nothing in common', async () => {
    const other = async (aud: unknown) =>
      apiTokens(sourcesOf({ otherAudience: () => Promise.resolve(tokens(jwt({ aud }))) })).otherAudience?.();
    assert.ok((await other('https://api.example.com')) !== undefined);
    assert.equal(await other('https://mcp.example.com/mcp/'), undefined);
    assert.equal(await other(['https://api.example.com', 'https://mcp.example.com/mcp']), undefined);
  });

  it('sends no token that is bound to a key', async () => {
    const bound = apiTokens({ good: () => Promise.resolve({ ...good, token_type: 'DPoP' }) });
    await assert.rejects(bound.good(), Undetermined);
  });
});

function profile(id: string, change: Partial<Profile> = {}): Profile {
  return {
    id,
    name: id,
    grant: 'client_credentials',
    issuer: 'https://as.example.com',
    clientId: id,
    clientAuthentication: 'client_secret_basic',
    scopes: [],
    resource: [],
    tokenParameters: {},
    ...change,
  };
}

describe('whose tokens are tried', () => {
  const url = new URL('https://mcp.example.com/mcp');
  const mine = profile('mine', { resource: ['https://mcp.example.com/mcp/'] });

  it('those of the profile whose resource is the server, with or without a slash', () => {
    assert.equal(profileForMcp([profile('other'), mine], url)?.id, 'mine');
    assert.equal(profileForMcp([profile('root', { resource: ['https://mcp.example.com'] })], url), undefined);
  });

  it('besides those of a profile of the same server for another API, which come without a person', () => {
    const api = profile('api', { resource: ['https://api.example.com'] });
    const elsewhere = profile('elsewhere', { issuer: 'https://other.example.com' });
    const person = profile('person', { grant: 'authorization_code' });
    const same = profile('same', { resource: ['https://mcp.example.com/mcp'] });
    assert.equal(profileForOther(mine, [mine, same, elsewhere, person, api])?.id, 'api');
    assert.equal(profileForOther(mine, [mine, same, elsewhere, person]), undefined);
  });
});
