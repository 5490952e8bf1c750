import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tokenBody } from '../../../src/core/oauth/tokenBody.ts';

const good = { access_token: 'a', token_type: 'Bearer', expires_in: 60, scope: 'x' };

/** What is made of a token response with these members changed, and the codes of what deviated. */
function read(over: Readonly<Record<string, unknown>>, requested: readonly string[] = []) {
  const { body, deviations } = tokenBody({ ...good, ...over }, requested);
  return {
    body,
    codes: deviations.map(({ code }) => code),
    words: deviations.map(({ message }) => message).join(),
  };
}

describe('a member of a token response', () => {
  it('is kept as it is when it conforms, further ones too', () => {
    const all = { refresh_token: 'r', id_token: 'i', instance_url: 'https://x', n: null };
    assert.deepEqual(read(all), { body: { ...good, ...all }, codes: [], words: '' });
  });

  it('that is no token is left out, and said where it is something else than nothing', () => {
    for (const name of ['refresh_token', 'id_token']) {
      for (const value of ['', null, undefined]) {
        const { body, codes } = read({ [name]: value });
        assert.deepEqual([body, codes], [good, []]);
      }
      for (const value of [5, {}, false]) {
        const { body, codes } = read({ [name]: value });
        assert.deepEqual([body, codes], [good, [`${name}_invalid`]]);
      }
    }
  });

  it('that should be the kind of token is Bearer where it is none, and what it was is said', () => {
    for (const [value, code, words] of [
      [undefined, 'token_type_missing', /has no token_type;/],
      [null, 'token_type_missing', /has no token_type;/],
      ['', 'token_type_invalid', /that is empty;/],
      [5, 'token_type_invalid', /that is no text;/],
    ] as const) {
      const { body, codes, words: said } = read({ token_type: value });
      assert.deepEqual([body.token_type, codes], ['Bearer', [code]]);
      assert.match(said, words);
    }
    assert.deepEqual(read({ token_type: 'bEARER' }).codes, []);
    assert.equal(read({ token_type: 'bEARER' }).body.token_type, 'bEARER');
    for (const type of ['DPoP', 'dpop', 'N_A']) assert.deepEqual(read({ token_type: type }).codes, []);
    assert.deepEqual(read({ token_type: 'mac' }).codes, ['token_type_unusual']);
  });

  const lifetimes: readonly (readonly [unknown, number | undefined, readonly string[]])[] = [
    [undefined, undefined, ['expires_in_missing']],
    [null, undefined, ['expires_in_missing']],
    ['', undefined, ['expires_in_invalid']],
    ['  ', undefined, ['expires_in_invalid']],
    ['soon', undefined, ['expires_in_invalid']],
    [{}, undefined, ['expires_in_invalid']],
    [-1, undefined, ['expires_in_invalid']],
    ['-0.5', undefined, ['expires_in_invalid']],
    [Infinity, undefined, ['expires_in_invalid']],
    ['Infinity', undefined, ['expires_in_invalid']],
    [0, undefined, ['expires_in_zero']],
    ['0', undefined, ['expires_in_zero']],
    [8e12 + 1, undefined, ['expires_in_too_large']],
    [8e12, 8e12, []],
    [1, 1, []],
    ['60', 60, ['expires_in_string']],
    [0.5, 0.5, ['expires_in_fraction']],
    ['1.5', 1.5, ['expires_in_string', 'expires_in_fraction']],
  ];
  for (const [value, seconds, deviations] of lifetimes)
    it(`that says how long the token lives is a number of seconds: ${JSON.stringify(value)} (${typeof value})`, () => {
      const { body, codes } = read({ expires_in: value });
      assert.deepEqual(codes, deviations);
      assert.equal(body.expires_in, seconds);
      assert.equal('expires_in' in body, seconds !== undefined);
    });

  it('that says the scopes is separated by single blanks', () => {
    for (const [value, scope, deviations] of [
      ['', '', []],
      ['  a \n b ', 'a b', []],
      ['a,b', 'a b', ['scope_commas']],
      [' a, b ,,c d', 'a b c d', ['scope_commas']],
      [['a', 5, 'b', null], 'a b', ['scope_array', 'scope_items_invalid']],
      [['a', 'b'], 'a b', ['scope_array']],
      [[], '', ['scope_array']],
    ] as const) {
      const { body, codes } = read({ scope: value });
      assert.deepEqual([body.scope, codes], [scope, deviations]);
    }
    for (const requested of [['u:x,y'], ['z', 'u:x,y']])
      assert.deepEqual(read({ scope: ' u:x,y  z' }, requested), {
        ...{ body: { ...good, scope: 'u:x,y z' }, codes: [], words: '' },
      });
  });

  it('that says no scopes is left out', () => {
    for (const [value, deviations] of [
      [undefined, []],
      [null, []],
      [5, ['scope_invalid']],
      [{}, ['scope_invalid']],
    ] as const) {
      const { body, codes } = read({ scope: value });
      assert.deepEqual(codes, deviations);
      assert.ok(!('scope' in body));
    }
  });

  it('that says the scopes under another name is read where there is no scope', () => {
    for (const name of ['scopes', 'SCOPE', 'scp', 'granted_scopes', 'grantedScope'])
      for (const [value, scope] of [
        ['a  b', 'a b'],
        [['a', 'b'], 'a b'],
      ] as const) {
        const { body, codes } = read({ scope: undefined, [name]: value });
        assert.deepEqual([body.scope, codes], [scope, ['scope_named_scopes']], name);
        assert.deepEqual(body[name], value, 'it stays as it came');
      }
    assert.deepEqual(read({ scope: undefined, scp: ['a', 5] }).codes, [
      'scope_named_scopes',
      'scope_items_invalid',
    ]);
    for (const name of ['my_scopes', 'scopes_supported', 'scpx', 'xscp', 'granted'])
      assert.deepEqual(read({ scope: undefined, [name]: 'a' }).codes, [], name);
    assert.equal(read({ scope: undefined, scopes: 5, scp: 'a' }).body.scope, 'a');
    assert.ok(!('scope' in read({ scope: undefined, scopes: 5 }).body));
    assert.deepEqual(read({ scopes: 'other' }).body.scope, 'x', 'what conforms wins');
    assert.deepEqual(read({ scope: 5, scopes: 'a,b' }).codes, [
      ...['scope_invalid', 'scope_named_scopes', 'scope_commas'],
    ]);
    assert.equal(read({ scope: undefined, scopes: 'u:x,y' }, ['u:x,y']).body.scope, 'u:x,y');
  });
});
