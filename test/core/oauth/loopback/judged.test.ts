import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UnsecuredJWT } from 'jose';
import {
  isOurHost,
  judge,
  judgeAddress,
  judgePasted,
  judgeParameters,
  pastedAddress,
  statesIn,
} from '../../../../src/core/oauth/loopback/judge.ts';

const state = 'af0ifjsldkj-af0ifjsldkj';
const expected = { port: 51234, path: '/callback', state, formPost: true };
const form = 'application/x-www-form-urlencoded';
const host = '127.0.0.1:51234';

it('a Host header is ours when it names loopback and the port, which http leaves out at 80', () => {
  for (const [sent, port, is] of [
    ['127.0.0.1:51234', 51234, true],
    ['LOCALHOST:51234', 51234, true],
    ['[::1]:51234', 51234, true],
    ['localhost:51235', 51234, false],
    ['localhost', 51234, false],
    ['localhost', 80, true],
    ['localhost:80', 80, true],
    ['evil.example:51234', 51234, false],
    ['evil.example', 80, false],
    ['127.0.0.1:51234.evil.example', 51234, false],
    [undefined, 51234, false],
  ] as const)
    assert.equal(isOurHost(sent, port), is, `${sent} ${port}`);
});

describe('what is no redirect is told by what was received', () => {
  for (const [hit, status, received] of [
    [
      { method: 'GET', target: '/callback?state=x', host: 'evil.example:51234' },
      403,
      'host evil.example:51234',
    ],
    [{ method: 'GET', target: '/callback' }, 403, 'host missing'],
    [{ method: 'GET', target: '/other', host }, 404, 'path /other'],
    [{ method: 'PUT', target: '/callback', host }, 405, 'method PUT'],
    [{ method: 'POST', target: '/callback', host, contentType: form }, 413, 'more'],
    [{ method: 'POST', target: '/callback', host, body: '' }, 415, 'content type missing'],
    [
      { method: 'POST', target: '/callback', host, body: '', contentType: 'text/plain' },
      415,
      'content type text/plain',
    ],
    [{ method: 'POST', target: '/callback', host, body: 'a=b', contentType: form }, 400, 'no state'],
    [{ method: 'GET', target: '/callback', host }, 400, 'no parameter'],
    [{ method: 'GET', target: '/callback?tenant=a', host }, 400, 'no parameter'],
    [{ method: 'GET', target: '/callback?code=a', host }, 400, 'no state'],
    [{ method: 'GET', target: `/callback?state=${state}&state=${state}`, host }, 400, '2 states'],
    [{ method: 'GET', target: '/callback?state=a', host }, 400, 'another state'],
    [
      { method: 'GET', target: '/callback?response=a.b.c.d.e', host },
      400,
      'an encrypted response that no key of the profile opens',
    ],
  ] as const)
    it(`${hit.method} ${hit.target}: ${received}`, () => {
      const verdict = judge(hit, { ...expected, query: 'tenant=a' });
      assert.ok(verdict.kind === 'ignored');
      assert.deepEqual([verdict.status, verdict.received], [status, received]);
      assert.equal(verdict.perhapsFragment, received === 'no parameter' ? true : undefined);
    });

  it('a form is the redirect only where one was asked for', () => {
    const hit = {
      method: 'POST',
      target: '/callback',
      host,
      body: `state=${state}`,
      contentType: `${form}; charset=x`,
    };
    assert.equal(judge(hit, expected).kind, 'redirect');
    assert.equal(judge(hit, { ...expected, formPost: false }).kind, 'ignored');
    const pasted = judgePasted(
      'http://127.0.0.1:51234/callback',
      'http://127.0.0.1:51234/callback',
      expected,
    );
    assert.equal(pasted.kind === 'ignored' && pasted.expected, 'the parameters state and code');
  });
});

describe('the state within a signed response', () => {
  const response = (claims: Record<string, unknown>) => new UnsecuredJWT(claims).encode();
  for (const [what, query, states] of [
    ['counts', { response: response({ state: 'a' }) }, ['a']],
    ['counts beside another', { state: 'b', response: response({ state: 'a' }) }, ['b', 'a']],
    ['is none when it is no text', { response: response({ state: 1 }) }, []],
    ['is none when it is absent', { response: response({}) }, []],
    ['is none in what is no response', { response: 'x' }, []],
    ['is none without a response', {}, []],
    ['is none in one that is too long', { response: response({ state: 'a', x: 'x'.repeat(32 * 1024) }) }, []],
  ] as const)
    it(what, () => assert.deepEqual(statesIn(new URLSearchParams({ ...query })), states));

  it('is none in two responses', () => {
    const one = response({ state: 'a' });
    assert.deepEqual(statesIn(new URLSearchParams(`response=${one}&response=${one}`)), []);
    assert.equal(
      judgeParameters(new URLSearchParams({ response: response({ state }) }), state).kind,
      'redirect',
    );
  });
});

describe('an address at which a browser ended', () => {
  const redirectUri = 'https://app.example/cb';
  for (const [address, is] of [
    [`${redirectUri}?state=${state}&code=a`, 'redirect'],
    [`HTTPS://APP.example/cb?state=${state}`, 'redirect'],
    [`${redirectUri}?state=${state}#x`, 'redirect'],
    [`${redirectUri}?state=${state}&code=a#state=${state}&code=b`, 'redirect'],
    [`${redirectUri}#state=${state}&code=a`, 'fragment state code'],
    [`${redirectUri}?x=y#state=${state}`, 'fragment state'],
    [`${redirectUri}#state=${state}&${'a'.repeat(300)}=b`, `fragment state ${'a'.repeat(194)}`],
    [`${redirectUri}#state=other`, 'no state'],
    [redirectUri, 'no state'],
    [`${redirectUri}?state=other`, 'another state'],
    [`https://app.example/other?state=${state}`, 'one of https://app.example'],
    [`https://evil.example/cb?state=${state}`, 'one of https://evil.example'],
    [`cb?state=${state}`, 'no complete URL'],
    [`#state=${state}`, 'no complete URL'],
  ] as const)
    it(`${address.slice(0, 70)}: ${is.slice(0, 40)}`, () => {
      const verdict = judgeAddress(address, redirectUri, state);
      assert.equal(
        verdict.kind === 'ignored'
          ? verdict.received
          : verdict.kind === 'fragment'
            ? `fragment ${verdict.names}`
            : 'redirect',
        is,
      );
    });

  it('is pasted with the quotes and brackets around it', () => {
    for (const text of ['https://a.example/', ' <https://a.example/> ', `"'https://a.example/'"`])
      assert.equal(pastedAddress(text), 'https://a.example/');
    assert.equal(pastedAddress('https://a.example/?x="y'), 'https://a.example/?x="y');
  });
});
