import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profileForMcp, profileForOther } from '../../../src/core/checks/apiTarget.ts';
import { apiTokens, type TokenSources } from '../../../src/core/checks/apiTokens.ts';
import { Undetermined } from '../../../src/core/checks/undetermined.ts';
import { realClock } from './support.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'ES256' })}.${part(claims)}.c2ln`;

function tokens(access: string, more: Partial<TokenSet> = {}): TokenSet {
  return { access_token: access, token_type: 'Bearer', obtained_at: 0, ...more } as TokenSet;
}

const good = tokens(jwt({ aud: 'https://mcp.example.com/mcp', scope: 'tools' }), { id_token: 'id' });
const sourcesOf = (more: Partial<TokenSources> = {}): TokenSources => ({
  clock: realClock,
  good: () => Promise.resolve(good),
  ...more,
});

describe('the tokens of the checks of an API', () => {
  it('asks for the good one once', async () => {
    let asked = 0;
    const of = apiTokens({ clock: realClock, good: () => Promise.resolve((asked++, good)) });
    assert.deepEqual([await of.good(), await of.idToken?.(), asked], [good.access_token, 'id', 1]);
  });

  it('takes a token for one without the scope only when it lacks one', async () => {
    const narrow = async (claims: object, scope?: string) =>
      apiTokens(
        sourcesOf({
          narrow: {
            scopes: ['tools'],
            ask: () => Promise.resolve(tokens(jwt(claims), scope === undefined ? {} : { scope })),
          },
        }),
      ).withoutScope?.([]);
    assert.deepEqual(await narrow({ aud: 'x' }), {
      token: jwt({ aud: 'x' }),
      lacks: ['tools'],
      hasNone: true,
    });
    assert.equal(await narrow({ scope: 'tools more' }), undefined);
    // Opaque ones are believed as the server described them.
    assert.equal(await narrow({}, 'tools'), undefined);
  });

  it('asks with all scopes but one, the needed one first, where none brings all', async () => {
    const asked: (readonly string[])[] = [];
    const full = tokens('opaque', { scope: 'a b c' });
    const of = apiTokens({
      clock: realClock,
      good: () => Promise.resolve(full),
      narrow: {
        scopes: ['a', 'b', 'c'],
        ask: (scopes) => {
          asked.push(scopes);
          return Promise.resolve(
            scopes.length === 0
              ? full
              : scopes.includes('b')
                ? undefined
                : tokens('less', { scope: scopes.join(' ') }),
          );
        },
      },
    });
    assert.deepEqual(await of.withoutScope?.(['b']), { token: 'less', lacks: ['b'], hasNone: false });
    assert.deepEqual(asked, [[], ['a', 'c']]);
  });

  const endedAt = (seconds: number, more: object = {}) =>
    tokens(jwt({ aud: 'https://mcp.example.com/mcp', scope: 'tools', exp: seconds, ...more }));

  it('takes an earlier token for one that has ended when nothing else keeps it out', async () => {
    const now = Math.floor(Date.now() / 1000);
    const expired = (...earlier: readonly TokenSet[]) => apiTokens(sourcesOf({ earlier })).expired?.();
    const long = endedAt(now - 3600);
    assert.equal(await expired(endedAt(now - 5), long), long.access_token, 'Clocks differ.');
    assert.equal(await expired(endedAt(now + 20)), undefined, 'It ends soon, and has not.');
    assert.equal(await expired(endedAt(now - 3600, { aud: 'https://other.example' })), undefined);
    assert.equal(await expired(endedAt(now - 3600, { scope: 'less' })), undefined);
    assert.equal(await expired(tokens('opaque')), undefined, 'Nobody knows when.');
  });

  it('waits for the end of a token that lives for seconds, and asks for another one then', async () => {
    let now = Date.now();
    let asked = 0;
    const slept: number[] = [];
    const clock = {
      now: () => now,
      sleep: (milliseconds: number) => {
        slept.push(milliseconds);
        now += milliseconds;
        return Promise.resolve();
      },
    };
    const lives = (seconds: number) =>
      apiTokens({
        clock,
        good: () => {
          asked++;
          return Promise.resolve(tokens(`opaque-${asked}`, { expires_at: now + seconds * 1000 }));
        },
      });
    const short = lives(30);
    assert.deepEqual(
      [await short.good(), await short.expired?.(), await short.good()],
      ['opaque-1', 'opaque-1', 'opaque-2'],
    );
    assert.deepEqual(slept, [91_000]);
    assert.equal(await lives(3600).expired?.(), undefined);
    assert.deepEqual(slept, [91_000]);
  });

  it('takes a token for one of another API only when the audiences have nothing in common', async () => {
    const other = async (aud: unknown) =>
      apiTokens(sourcesOf({ otherAudience: () => Promise.resolve(tokens(jwt({ aud }))) })).otherAudience?.();
    assert.ok((await other('https://api.example.com')) !== undefined);
    assert.equal(await other('https://mcp.example.com/mcp/'), undefined);
    assert.equal(await other(['https://api.example.com', 'https://mcp.example.com/mcp']), undefined);
  });

  it('sends no token that is bound to a key', async () => {
    const bound = apiTokens({
      clock: realClock,
      good: () => Promise.resolve({ ...good, token_type: 'DPoP' }),
    });
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
