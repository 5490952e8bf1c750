import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  compareScopes,
  splitScopes,
  type ScopeFacts,
  type ScopeRow,
} from '../../../src/core/token/scopes.ts';

/** Each row in short: `scope: asked/granted/inToken verdict`. */
function short(facts: ScopeFacts): readonly string[] {
  return compareScopes(facts).map(
    ({ scope, asked, granted, inToken, verdict }) =>
      `${scope}: ${asked ? 'asked' : 'unasked'}/${granted}/${inToken} ${verdict}`,
  );
}

function row(facts: ScopeFacts, scope: string): ScopeRow | undefined {
  return compareScopes(facts).find((one) => one.scope === scope);
}

const response = (scope?: string) => ({
  response: { ...(scope !== undefined && { scope }), refreshToken: false, idToken: false },
});

describe('comparing scopes', () => {
  it('finds all three in agreement', () => {
    const facts = { requested: ['a', 'b'], ...response('a b'), claims: { scope: 'a b' } };
    assert.deepEqual(short(facts), ['a: asked/yes/yes kept', 'b: asked/yes/yes kept']);
  });

  it('takes an absent scope in the response for all that were asked for (RFC 6749 section 5.1)', () => {
    assert.deepEqual(short({ requested: ['a'], ...response(), claims: { scope: 'a' } }), [
      'a: asked/implied/yes kept',
    ]);
    assert.deepEqual(short({ requested: ['a'], ...response() }), ['a: asked/implied/unknown kept']);
  });

  it('names what the server dropped, added, and granted without putting it into the token', () => {
    const facts = { requested: ['a', 'b', 'c'], ...response('a b d'), claims: { scope: 'a e' } };
    assert.deepEqual(short(facts), [
      'a: asked/yes/yes kept',
      'b: asked/yes/no missing',
      'c: asked/no/no dropped',
      'd: unasked/yes/no added',
      'e: unasked/no/yes added',
    ]);
  });

  it('reads scp as a string (Entra) and as an array (Okta), and scope as an array', () => {
    for (const claims of [{ scp: 'a b' }, { scp: ['a', 'b'] }, { scope: ['a', 'b'] }])
      assert.deepEqual(short({ requested: ['a', 'b'], ...response(), claims }), [
        'a: asked/implied/yes kept',
        'b: asked/implied/yes kept',
      ]);
  });

  it('shows roles and permissions as such, with the claims they stand in', () => {
    const claims = {
      scope: 'a',
      roles: ['Orders.Read'],
      permissions: ['a', 'write:b'],
      realm_access: { roles: ['admin'] },
    };
    const facts = { requested: ['a'], ...response('a'), claims };
    assert.deepEqual(row(facts, 'a')?.claims, ['scope', 'permissions']);
    assert.equal(row(facts, 'Orders.Read')?.verdict, 'role');
    assert.deepEqual(row(facts, 'admin')?.claims, ['realm_access.roles']);
    assert.equal(row(facts, 'write:b')?.verdict, 'role');
  });

  it('counts a permission that was asked for as a scope in the token (Auth0)', () => {
    const facts = { requested: ['read:orders'], ...response(), claims: { permissions: ['read:orders'] } };
    assert.deepEqual(short(facts), ['read:orders: asked/implied/yes kept']);
  });

  it('does not expect the scopes of OpenID Connect in the token, and sees some by what came', () => {
    const facts: ScopeFacts = {
      requested: ['openid', 'offline_access', 'a'],
      response: { scope: 'a', refreshToken: true, idToken: true },
      claims: { scope: 'a' },
    };
    assert.deepEqual(short(facts), [
      'openid: asked/yes/not_expected kept',
      'offline_access: asked/yes/not_expected kept',
      'a: asked/yes/yes kept',
    ]);
  });

  it('says when nothing can be seen: opaque token, or no claim that holds scopes', () => {
    assert.deepEqual(short({ requested: ['api', 'full'], ...response('api') }), [
      'api: asked/yes/unknown kept',
      'full: asked/no/unknown dropped',
    ]);
    assert.deepEqual(short({ requested: ['a'], ...response('a'), claims: { sub: 'x' } }), [
      'a: asked/yes/unknown kept',
    ]);
  });

  it('calls what came without being asked for the server’s default', () => {
    assert.deepEqual(short({ requested: [], ...response('read'), claims: { scope: 'read' } }), [
      'read: unasked/yes/yes default',
    ]);
  });

  it('knows only what stands in a pasted token', () => {
    assert.deepEqual(short({ claims: { scp: 'a', roles: ['r'] } }), [
      'a: unasked/unknown/yes unknown',
      'r: unasked/unknown/yes role',
    ]);
  });

  it('recognises a scope that was asked for with its resource (Entra)', () => {
    const facts = {
      requested: ['api://orders/read'],
      ...response('api://orders/read'),
      claims: { scp: 'read' },
    };
    assert.deepEqual(short(facts), ['api://orders/read: asked/yes/yes kept']);
  });

  it('takes /.default for all that is configured', () => {
    const facts = {
      requested: ['https://graph.microsoft.com/.default'],
      ...response(),
      claims: { roles: ['User.Read.All'] },
    };
    assert.deepEqual(short(facts), [
      'https://graph.microsoft.com/.default: asked/implied/not_expected kept',
      'User.Read.All: unasked/unknown/yes role',
    ]);
  });

  it('is fed by what is known of a provider', () => {
    const knowledge = {
      scopeClaims: ['https://acme.example/scopes', 'auth.scopes'],
      roleClaims: ['cognito:groups'],
      separators: ['|'],
      implied: { full: ['api', 'web'] },
      notInToken: ['signin'],
      dropsResource: true,
    };
    const claims = {
      'https://acme.example/scopes': 'a|b',
      auth: { scopes: ['c'] },
      'cognito:groups': ['ops'],
    };
    const facts = {
      requested: ['a', 'full', 'signin', 'orders/c'],
      ...response('a|full|api|signin|b|orders/c'),
      claims,
      knowledge,
    };
    assert.deepEqual(short(facts), [
      'a: asked/yes/yes kept',
      'full: asked/yes/no missing',
      'signin: asked/yes/not_expected kept',
      'orders/c: asked/yes/yes kept',
      'api: asked/yes/no missing',
      'b: unasked/yes/yes added',
      'ops: unasked/unknown/yes role',
    ]);
  });

  it('splits at blanks, and at commas where there are no blanks (GitHub, Slack)', () => {
    assert.deepEqual(splitScopes('a b,c'), ['a', 'b,c']);
    assert.deepEqual(splitScopes('repo,gist'), ['repo', 'gist']);
    assert.deepEqual(splitScopes(''), []);
    assert.deepEqual(splitScopes('a, b', { separators: [','] }), ['a', 'b']);
  });

  it('takes an empty scope in the response for none granted', () => {
    assert.deepEqual(short({ requested: ['a'], ...response('') }), ['a: asked/no/unknown dropped']);
  });

  it('never throws, whatever the claims hold', () => {
    const claims = fc.dictionary(
      fc.constantFrom('scope', 'scp', 'roles', 'permissions', 'realm_access'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(
        fc.array(fc.string()),
        fc.option(fc.string(), { nil: undefined }),
        claims,
        (requested, scope, payload) => {
          const rows = compareScopes({ requested, ...response(scope), claims: payload });
          for (const scopeAsked of requested) assert.ok(rows.some((one) => one.scope === scopeAsked));
        },
      ),
    );
  });

  it('shows at most 200 of them', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `s${index}`);
    assert.equal(compareScopes({ requested: many, claims: { scope: many.join(' ') } }).length, 200);
  });
});
