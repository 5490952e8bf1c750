import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { trimEnd, withoutQuery, withoutSlash } from '../../../src/core/http/ends.ts';
import { mask, maskSeen, shownLength } from '../../../src/core/http/mask.ts';
import { pinnedFetch } from '../../../src/core/http/pinnedFetch.ts';
import { presentedIdentity } from '../../../src/core/http/presentedIdentity.ts';
import { secureUrl } from '../../../src/core/http/secureUrl.ts';
import { bareHost, originOf, percentDecoded, portOf, shownHost } from '../../../src/core/http/urlHost.ts';
import { FailureError } from '../../../src/core/record/failure.ts';

describe('a URL that something confidential goes to', () => {
  const refused = (url: string) => {
    try {
      return secureUrl(url, 'token').href;
    } catch (thrown) {
      const failure = thrown instanceof FailureError ? thrown.failure : undefined;
      return failure?.kind === 'insecure_url' ? failure : String(thrown);
    }
  };

  it('is https, or http on this machine', () => {
    for (const url of [
      'https://a.example/t?x#y',
      'http://127.0.0.1:1/',
      'http://[::1]/',
      'http://localhost/',
    ])
      assert.equal(refused(url), url);
  });

  it('is refused otherwise, without its query', () => {
    for (const url of [
      'http://a.example/t',
      'http://localhost.evil.example/',
      'ws://localhost/',
      'ftp://127.0.0.1/',
      'javascript:alert(1)',
      'custom://a.example/t',
      'file:/etc/t',
    ]) {
      const failure = refused(`${url}?secret#secret`);
      assert.ok(typeof failure === 'object', JSON.stringify(failure));
      assert.deepEqual([failure.url, failure.step], [url, 'token']);
      assert.match(failure.message, /is not https, so nothing was sent to it\.$/);
    }
  });

  it('is refused when it is none or too long, cut', () => {
    const failure = refused('x'.repeat(300));
    assert.ok(typeof failure === 'object');
    assert.equal(failure.url, 'x'.repeat(200));
    assert.match(failure.message, /^"x+" is not a URL, so nothing was sent\.$/);
    const insecure = refused(`http://a.example/${'x'.repeat(2000)}`);
    assert.ok(typeof insecure === 'object');
    assert.equal(insecure.url, `http://a.example/${'x'.repeat(1983)}`);
  });

  it('is only asked for its certificate where it is https on this machine', async () => {
    for (const url of ['no url', 'http://localhost:1/', 'https://a.example/']) {
      const fetch = (asked: string) => Promise.resolve(new Response(asked));
      assert.equal(await (await pinnedFetch('00', fetch)(url)).text(), url);
    }
  });
});

describe('how a secret is shown', () => {
  it('is its end: six characters, and never more than a quarter', () => {
    for (const [length, shown] of [
      [0, 0],
      [3, 0],
      [4, 1],
      [7, 1],
      [23, 5],
      [24, 6],
      [100, 6],
    ] as const) {
      const secret = 'abcdefghij'.repeat(10).slice(0, length);
      assert.equal(shownLength(secret), shown);
      assert.equal(mask(secret), shown === 0 ? '…' : `…${secret.slice(-shown)}`);
    }
  });

  it('holds no half of a character, and keeps whole ones', () => {
    assert.equal(mask(`${'x'.repeat(20)}😀12345`), '…12345');
    assert.equal(mask(`${'x'.repeat(20)}1😀234`), '…1😀234');
  });

  it('is told to whoever looks for it elsewhere', () => {
    const seen: string[] = [];
    assert.equal(
      maskSeen('0123456789', (secret) => seen.push(secret)),
      '…89',
    );
    assert.deepEqual(seen, ['0123456789']);
    assert.equal(maskSeen('0123456789', undefined), '…89');
  });
});

describe('the parts of a URL', () => {
  it('end where they should', () => {
    assert.deepEqual(['a?b#c', 'a#b?c', 'a', '?a'].map(withoutQuery), ['a', 'a', 'a', '']);
    assert.deepEqual(
      [trimEnd('a>"\'', '>"\''), trimEnd('>a>', '>'), trimEnd('>>', '>'), trimEnd('', '>')],
      ['a', '>a', '', ''],
    );
    assert.deepEqual(['a/', 'a//', 'a', '/'].map(withoutSlash), ['a', 'a/', 'a', '']);
  });

  it('are those that sockets want', () => {
    assert.deepEqual(['[::1]', 'a.b', 'a[b', 'x[]y'].map(bareHost), ['::1', 'a.b', 'a[b', 'x[]y']);
    assert.deepEqual(
      ['https://a', 'http://a', 'https://a:8443'].map((url) => portOf(new URL(url))),
      [443, 80, 8443],
    );
    assert.deepEqual(['a%20b', '%', '%ff'].map(percentDecoded), ['a b', '%', '%ff']);
    assert.deepEqual(['https://a:443/b?c', 'a/b', undefined].map(originOf), [
      ...['https://a', undefined, undefined],
    ]);
  });

  it('say where a certificate is shown: at these URLs whatever their queries, and nowhere else', () => {
    const identity = { certificate: 'c', key: 'k' };
    const { present, identityFor } = presentedIdentity();
    assert.equal(identityFor('https://a/t'), undefined);
    present(identity, ['https://a/t?x', 'no url']);
    for (const url of ['https://a/t', 'https://a:443/t?y#z', 'no url'])
      assert.equal(identityFor(url), identity, url);
    for (const url of ['https://a/', 'https://a/t/', 'https://b/t', 'http://a/t', 'no  url'])
      assert.equal(identityFor(url), undefined, url);
  });
});

it('of a long host its end is shown, which says whose it is', () => {
  const host = `${'a'.repeat(38)}.example.com`;
  assert.equal(shownHost(host), host);
  assert.equal(shownHost(`b${host}`), `…${host.slice(1)}`);
});
