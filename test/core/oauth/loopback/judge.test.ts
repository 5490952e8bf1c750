import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  endsEarly,
  judge,
  judgePasted,
  type Expectation,
  type Hit,
} from '../../../../src/core/oauth/loopback/judge.ts';
import type { FailureError } from '../../../../src/core/record/failure.ts';
import { unmatchedHit } from '../../../../src/core/oauth/loopback/unmatchedHit.ts';
import { loopbackRedirect } from '../../../../src/core/oauth/loopback/redirectUri.ts';

const state = 'af0ifjsldkj-af0ifjsldkj';
const expected: Expectation = { port: 51234, path: '/callback', state, formPost: false };
const host = '127.0.0.1:51234';

describe('what is taken for the redirect of a flow', () => {
  it('has its method, path, host and state, whatever else it has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'HEAD', 'PUT'),
        fc.constantFrom(
          '/callback',
          '/Callback',
          '/callback/',
          '/callback%2f',
          '//callback',
          '/',
          '/callback;x',
        ),
        fc.array(
          fc.tuple(
            fc.constantFrom('state', 'code', 'error', 'iss', 'x'),
            fc.constantFrom(state, 'other', ''),
          ),
        ),
        fc.constantFrom(
          host,
          'localhost:51234',
          '[::1]:51234',
          'evil.example:51234',
          '127.0.0.1',
          '127.0.0.1:1',
          undefined,
        ),
        (method, path, parameters, sentHost) => {
          const query = new URLSearchParams(parameters);
          const hit = {
            method,
            target: `${path}?${query}`,
            ...(sentHost === undefined ? {} : { host: sentHost }),
          };
          const right =
            method === 'GET' &&
            path === '/callback' &&
            query.getAll('state').join() === state &&
            [host, 'localhost:51234', '[::1]:51234'].includes(sentHost ?? '');
          assert.equal(judge(hit, expected).kind, right ? 'redirect' : 'ignored');
        },
      ),
    );
  });

  it('is no state that only begins, ends or decodes like ours', () => {
    for (const other of [
      state.slice(1),
      state.slice(0, -1),
      `${state} `,
      state.toUpperCase(),
      `${state}\0`,
      `%20${state}`,
    ]) {
      const target = `/callback?code=x&state=${encodeURIComponent(other)}`;
      assert.equal(judge({ method: 'GET', target, host }, expected).kind, 'ignored');
    }
    assert.equal(
      judge({ method: 'GET', target: `/callback?code=x&state=%61${state.slice(1)}`, host }, expected).kind,
      'redirect',
    );
  });

  it('may be pasted with its own origin only', () => {
    const at = (url: string) => judgePasted(url, 'http://127.0.0.1:51234/callback', expected).kind;
    assert.equal(at(`http://127.0.0.1:51234/callback?code=x&state=${state}`), 'redirect');
    assert.equal(at(`https://127.0.0.1:51234/callback?code=x&state=${state}`), 'ignored');
    assert.equal(at(`http://127.0.0.1:51235/callback?code=x&state=${state}`), 'ignored');
    assert.equal(at(`http://127.0.0.1:51234@evil.example/callback?code=x&state=${state}`), 'ignored');
    assert.equal(at(`?code=x&state=${state}`), 'ignored');
  });
});

describe('a redirect as browsers and servers send it', () => {
  const lower = Buffer.from(state).toString('hex').replaceAll(/../g, '%$&');
  const at = (query: string) => ({ target: `/callback?${query}` });
  const form = { method: 'POST', target: '/callback', contentType: 'application/x-www-form-urlencoded' };
  const html = `code=x&amp;state=${state}`;
  /** What came, and how it is judged: `redirect`, or the status, and as what a redirect that cannot be tied is told. */
  const rows: readonly (readonly [
    string,
    Partial<Hit>,
    'redirect' | number,
    (string | undefined)?,
    boolean?,
  ])[] = [
    [
      'Keycloak’s parameters',
      at(`state=${state}&session_state=a.b&iss=https%3A%2F%2Fa%2Frealms%2Fr&code=x`),
      'redirect',
    ],
    [
      'Google’s',
      at(`state=${state}&code=4/0A-x&scope=email%20openid&authuser=0&hd=a.example&prompt=none`),
      'redirect',
    ],
    ['percent coding in lower case', at(`code=x&state=${lower}`), 'redirect'],
    ['percent coding in upper case', at(`code=x&state=${lower.toUpperCase()}`), 'redirect'],
    ['a name in percent coding', at(`code=x&st%61te=${state}`), 'redirect'],
    [
      'a plus in another parameter',
      at(`error=access_denied&error_description=no+way%2B&state=${state}`),
      'redirect',
    ],
    ['a plus behind the state', at(`code=x&state=${state}+`), 400, 'other_state'],
    ['the state with the session of Java', at(`code=x&state=${state};jsessionid=A1`), 400, 'other_state'],
    [
      'the path with the session of Java',
      { target: `/callback;jsessionid=A1?code=x&state=${state}` },
      404,
      'other_path',
    ],
    ['an address that was escaped for HTML', at(html), 400, 'no_state'],
    ['the question mark twice', { target: `/callback??code=x&state=${state}` }, 'redirect'],
    ['a code and no state', at('code=x'), 400, 'no_state'],
    ['the favicon', { target: '/favicon.ico' }, 404],
    ['a touch icon', { target: '/apple-touch-icon-precomposed.png' }, 404],
    ['what Chrome asks by itself', { target: '/.well-known/appspecific/com.chrome.devtools.json' }, 404],
    ['HEAD first', { method: 'HEAD', target: `/callback?code=x&state=${state}` }, 405],
    [
      'OPTIONS first, of private network access',
      { method: 'OPTIONS', target: `/callback?code=x&state=${state}` },
      405,
    ],
    ['a form that was asked for', { ...form, body: `code=x&state=${state}` }, 'redirect', undefined, true],
    ['a form that was not', { ...form, body: `code=x&state=${state}` }, 405, 'post'],
    ['a query where a form was asked for', at(`code=x&state=${state}`), 'redirect', undefined, true],
    [
      'a form as JSON',
      { ...form, contentType: 'application/json', body: '{"code":"x"}' },
      415,
      undefined,
      true,
    ],
    ['nothing, as a fragment looks to a server', { target: '/callback' }, 400],
    ['a consent that is posted to us', { ...form, body: 'consent=yes' }, 405],
    [
      'the address in absolute form',
      { target: `http://${host}/callback?code=x&state=${state}` },
      404,
      'other_path',
    ],
  ];
  for (const [name, hit, is, told, formPost = false] of rows)
    it(`${name}: ${is}${told === undefined ? '' : `, told as ${told}`}`, () => {
      const whole = { method: 'GET', target: '/callback', host, ...hit };
      const verdict = judge(whole, { ...expected, formPost });
      assert.equal(verdict.kind === 'ignored' ? verdict.status : verdict.kind, is);
      if (verdict.kind === 'ignored') assert.equal(unmatchedHit(whole, { ...expected, formPost })?.why, told);
    });
});

describe('a loopback redirect URI', () => {
  it('gets a port where it has none, and keeps every byte where it has one', () => {
    const cases = [
      ['http://127.0.0.1/callback', 'http://127.0.0.1:4711/callback'],
      ['http://127.0.0.1', 'http://127.0.0.1:4711'],
      ['http://localhost?x=1', 'http://localhost:4711?x=1'],
      ['http://[::1]/a/../b%7e', 'http://[::1]:4711/a/../b%7e'],
      ['http://localhost:80/cb', 'http://localhost:80/cb'],
      ['http://[::1]:8400/', 'http://[::1]:8400/'],
    ] as const;
    for (const [uri, sent] of cases) assert.equal(loopbackRedirect(uri).at(4711), sent);
  });

  it('says where to listen: exactly the port it names, and both families for localhost', () => {
    assert.equal(loopbackRedirect('http://localhost:80/cb').port, 80);
    assert.equal(loopbackRedirect('http://localhost/cb').port, undefined);
    assert.deepEqual(loopbackRedirect('http://localhost/cb').addresses, ['127.0.0.1', '::1']);
    assert.deepEqual(loopbackRedirect('http://127.0.0.1/cb').addresses, ['127.0.0.1']);
    assert.deepEqual(loopbackRedirect('http://[::1]/cb').addresses, ['::1']);
    assert.equal(loopbackRedirect('http://[::1]').path, '/');
    const parts = { ...loopbackRedirect('https://localhost:8443/cb?a=b&c'), at: undefined };
    assert.deepEqual(parts, {
      at: undefined,
      ...{ scheme: 'https', host: 'localhost', port: 8443, path: '/cb', query: 'a=b&c' },
      addresses: ['127.0.0.1', '::1'],
    });
    assert.ok(!('query' in loopbackRedirect('http://127.0.0.1/cb?')));
  });

  it('is refused when it leads anywhere else', () => {
    for (const uri of [
      'https://localhost/cb',
      'http://example.com/cb',
      'http://127.0.0.1.evil.example/',
      'app:/cb',
      '',
    ])
      assert.throws(() => loopbackRedirect(uri), { name: 'FailureError' });
    const far = `https://a.example/${'x'.repeat(300)}`;
    const message = `No listener on this machine can take the redirect to ${far.slice(0, 200)}.`;
    assert.throws(
      () => loopbackRedirect(far),
      ({ failure }: FailureError) => {
        assert.ok(failure.kind === 'invalid_profile');
        assert.deepEqual([failure.message, failure.problems, failure.step], [message, [message], 'listen']);
        return true;
      },
    );
    assert.throws(() => loopbackRedirect('http://127.0.0.1/#x'), /must not hold a fragment/);
  });
});

describe('a pasted address that was not copied to its end', () => {
  const redirect = `http://${host}/callback`;
  const authorize = `https://as.example.com/authorize?client_id=c&state=${state}`;
  const early = (pasted: string, sent = authorize) => endsEarly(pasted, redirect, sent);

  it('has the state and no answer, wherever it was cut, also in quotes', () => {
    for (const rest of ['', '&', '&co', '&code', '&code=', '&iss=https%3A%2F%2Fas.example.com', '&error='])
      for (const quote of ['', '"', '<'])
        assert.equal(early(`${quote}${redirect}?state=${state}${rest}`), true, `${quote}${rest}`);
  });

  it('is none with a code, an error, a signed response or a fragment, at another address, or without state', () => {
    for (const rest of ['&code=x', '&error=access_denied', '&response=a.b.c', '#code=x'])
      assert.equal(early(`${redirect}?state=${state}${rest}`), false, rest);
    // Who judges those has a better reason.
    for (const other of ['', 'no address', authorize, redirect, `${redirect}?code=`, `${redirect}/x?state=x`])
      assert.equal(early(other), false, other);
  });

  it('is none of a sign-out, which comes back with the state alone', () => {
    const end = `https://as.example.com/logout?post_logout_redirect_uri=${encodeURIComponent(redirect)}`;
    assert.equal(early(`${redirect}?state=${state}`, end), false);
  });
});
