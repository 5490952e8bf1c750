import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  authorizationRequest,
  authorizationUrl,
  bindRequest,
} from '../../../src/core/oauth/authorizationRequest.ts';
import { signInParameters } from '../../../src/core/oauth/signInParameters.ts';
import { assertionSource, commandWords, foreignAssertion } from '../../../src/core/oauth/foreignAssertion.ts';
import {
  judge,
  judgeAddress,
  judgeParameters,
  isOurHost,
  pastedAddress,
} from '../../../src/core/oauth/loopback/judge.ts';
import { unmatchedHit } from '../../../src/core/oauth/loopback/unmatchedHit.ts';
import {
  clientParameters,
  codeParameters,
  refreshParameters,
} from '../../../src/core/oauth/tokenParameters.ts';
import { sendTokenRequest, tokenRequest } from '../../../src/core/oauth/tokenRequest.ts';
import { unmatchedParts, unmatchedSentence, withUnmatched } from '../../../src/core/oauth/unmatched.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';

const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('what binds a sign-in to its response', () => {
  it('is new each time, 256 bits of it, and a nonce with openid only', async () => {
    const [one, two] = await Promise.all([bindRequest(userProfile()), bindRequest(userProfile())]);
    const parts = [
      one.state,
      one.nonce,
      one.pkce.code_verifier,
      two.state,
      two.nonce,
      two.pkce.code_verifier,
    ];
    assert.equal(new Set(parts).size, 6);
    for (const part of parts) assert.match(part ?? '', /^[\w-]{43}$/);
    assert.equal(one.pkce.code_challenge_method, 'S256');
    assert.ok(!('nonce' in (await bindRequest(userProfile({ scopes: ['openid2'] })))));
  });

  const pkce = { code_verifier: 'v', code_challenge: 'c', code_challenge_method: 'S256' } as const;
  const sent = (over: Parameters<typeof userProfile>[0], nonce?: string) =>
    authorizationRequest('https://a/b', userProfile(over), 'http://127.0.0.1/cb', {
      ...{ pkce, state: 's', ...(nonce !== undefined && { nonce }) },
    }).parameters.map(([name, value]) => `${name}=${value}`);

  it('goes with everything the profile says, and what is typed replaces none of it', () => {
    assert.deepEqual(
      sent(
        {
          scopes: ['openid', 'a'],
          audience: 'aud',
          resource: ['r1', 'r2'],
          authorizationDetails: [{ type: 't' }],
          loginHint: 'ada',
          acrValues: 'gold',
          prompt: 'login',
          maxAge: 0,
          uiLocales: 'de en',
          claims: { id_token: {} },
          authorizationParameters: {
            state: 'evil',
            code_challenge: 'evil',
            nonce: 'evil',
            max_age: '9',
            extra: 'e',
          },
        },
        'n',
      ),
      [
        ...[
          'response_type=code',
          'client_id=native-client',
          'redirect_uri=http://127.0.0.1/cb',
          'scope=openid a',
        ],
        ...[
          'state=s',
          'nonce=n',
          'code_challenge=c',
          'code_challenge_method=S256',
          'audience=aud',
          'resource=r1',
        ],
        ...['resource=r2', 'authorization_details=[{"type":"t"}]', 'login_hint=ada', 'acr_values=gold'],
        ...['prompt=login', 'max_age=0', 'ui_locales=de en', 'claims={"id_token":{}}', 'extra=e'],
      ],
    );
    assert.deepEqual(sent({ scopes: [] }), [
      ...['response_type=code', 'client_id=native-client', 'redirect_uri=http://127.0.0.1/cb', 'state=s'],
      ...['code_challenge=c', 'code_challenge_method=S256'],
    ]);
    assert.deepEqual(signInParameters(machineProfile()), []);
  });

  it('is put behind what the endpoint has in its query', () => {
    const url = (endpoint: string) => authorizationUrl({ endpoint, parameters: [['a', 'b c+d']] });
    assert.equal(url('https://a/b'), 'https://a/b?a=b%20c%2Bd');
    assert.equal(url('https://a/b?'), 'https://a/b?a=b%20c%2Bd');
    assert.equal(url('https://a/b?x=1%20+#y'), 'https://a/b?x=1%20+&a=b%20c%2Bd');
    assert.equal(url('https://a#?'), 'https://a/?a=b%20c%2Bd');
    assert.equal(url('https://a/b?x=?'), 'https://a/b?x=&a=b%20c%2Bd');
  });

  it('is sent with its headers as a form, without a fragment', async () => {
    const sent: unknown[] = [];
    const parts = { endpoint: 'https://a/t#x', issuer: 'https://a', authentication: () => undefined };
    const request = tokenRequest(machineProfile(), { ...parts, parameters: refreshParameters('t') });
    const answer = await sendTokenRequest({ ...request, headers: { 'x-a': 'b' } }, (url, init) => {
      const headers = new Headers(init?.headers);
      sent.push([url, init?.method, init?.body, headers.get('x-a'), headers.has('dpop')]);
      return Promise.resolve(new Response('it'));
    });
    assert.deepEqual(sent, [['https://a/t', 'POST', 'refresh_token=t&grant_type=refresh_token', 'b', false]]);
    assert.equal(await answer.text(), 'it');
  });

  it('is a form for a client alone, in which what is typed replaces nothing either', () => {
    const authentication = () => undefined;
    const profile = machineProfile({
      resource: ['r'],
      tokenParameters: { scope: 'evil', resource: 'evil', grant_type: 'evil', x: '1' },
    });
    const parts = { endpoint: 'https://a/t', issuer: 'https://a', authentication };
    assert.deepEqual(tokenRequest(profile, { ...parts, parameters: clientParameters(profile) }), {
      ...{
        endpoint: 'https://a/t',
        issuer: 'https://a',
        clientId: 'machine-client',
        headers: {},
        authentication,
      },
      form: [
        ['grant_type', 'client_credentials'],
        ['scope', 'orders.read'],
        ['resource', 'r'],
        ['x', '1'],
      ],
    });
    assert.deepEqual(clientParameters({ scopes: [] }), [['grant_type', 'client_credentials']]);
    assert.deepEqual(codeParameters('c', 'r', 'v'), [
      ...[
        ['grant_type', 'authorization_code'],
        ['code', 'c'],
        ['redirect_uri', 'r'],
        ['code_verifier', 'v'],
      ],
    ]);
    assert.deepEqual(refreshParameters('t'), [
      ...[
        ['refresh_token', 't'],
        ['grant_type', 'refresh_token'],
      ],
    ]);
    assert.deepEqual(clientParameters({ scopes: [], audience: '', authorizationDetails: {} }).slice(1), [
      ...[
        ['audience', ''],
        ['authorization_details', '{}'],
      ],
    ]);
  });
});

describe('what comes to the listener', () => {
  const expected = { port: 8080, path: '/cb', query: 'x=1', state: 'st', formPost: false };
  const host = 'localhost:8080';
  const came = (over: object, want: object = {}) => {
    const verdict = judge(
      { method: 'GET', target: '/cb?x=1&code=c&state=st', host, ...over },
      { ...expected, ...want },
    );
    return verdict.kind === 'redirect'
      ? 'redirect'
      : `${verdict.status} ${verdict.received}${verdict.perhapsFragment ? ' #' : ''}`;
  };

  it('is answered by what is wrong with it first', () => {
    assert.equal(came({}), 'redirect');
    assert.equal(came({ host: undefined }), '403 host missing');
    assert.equal(came({ host: 'evil.example', target: '/' }), '403 host evil.example');
    assert.equal(came({ target: '/cb/?code=c&state=st' }), '404 path /cb/');
    assert.equal(came({ method: 'HEAD' }), '405 method HEAD');
    assert.equal(came({ method: 'POST' }), '405 method POST');
    assert.equal(came({ target: '/cb?x=1' }), '400 no parameter #');
    assert.equal(came({ target: '/cb' }), '400 no parameter #');
    assert.equal(came({ target: '/cb' }, { query: undefined }), '400 no parameter #');
    assert.equal(came({ target: '/cb?state=st&state=st' }), '400 2 states');
    assert.equal(came({ target: '/cb?state=ST' }), '400 another state');
    assert.equal(came({ target: '/cb?state=st2' }), '400 another state');
    assert.equal(came({ target: `/${'x'.repeat(300)}` }), `404 path /${'x'.repeat(194)}`);
  });

  it('may be a form where one was asked for', () => {
    const form = { method: 'POST', target: '/cb', body: 'code=c&state=st' };
    const type = { contentType: 'Application/x-www-form-urlencoded ; charset=utf-8' };
    const want = { formPost: true };
    assert.equal(came({ ...form, ...type }, want), 'redirect');
    assert.equal(came({ ...form, ...type, body: undefined }, want), '413 more');
    assert.equal(came({ ...form, contentType: 'text/plain' }, want), '415 content type text/plain');
    assert.equal(came(form, want), '415 content type missing');
    assert.equal(came({ ...form, ...type, body: 'state=no' }, want), '400 another state');
    assert.equal(came({}, want), 'redirect', 'an error may come in the address all the same');
  });

  it('has a signed response with our state inside, once, and not beyond reason', () => {
    const signed = (claims: object) => `${b64({ alg: 'ES256' })}.${b64(claims)}.c2ln`;
    const kind = (parameters: readonly (readonly [string, string])[]) =>
      judgeParameters(
        new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])),
        'st',
      ).kind;
    const right = signed({ state: 'st' });
    assert.equal(kind([['response', right]]), 'redirect');
    for (const response of [signed({ state: 'no' }), signed({ state: ['st'] }), signed({}), 'x', ''])
      assert.equal(kind([['response', response]]), 'ignored');
    assert.equal(
      kind([
        ['response', right],
        ['response', right],
      ]),
      'ignored',
    );
    assert.equal(
      kind([
        ['response', right],
        ['state', 'st'],
      ]),
      'ignored',
    );
    assert.equal(kind([['response', signed({ state: 'st', pad: 'x'.repeat(32 * 1024) })]]), 'ignored');
  });

  it('names this machine and our port', () => {
    for (const name of ['127.0.0.1', '[::1]', 'localhost', 'LOCALHOST']) {
      assert.equal(isOurHost(`${name}:8080`, 8080), true);
      assert.equal(isOurHost(`${name}:8081`, 8080), false);
      assert.equal(isOurHost(name, 80), true);
      assert.equal(isOurHost(name, 8080), false);
    }
    for (const name of [undefined, '', '127.0.0.2:80', 'localhost.evil.example:80', '::1:80'])
      assert.equal(isOurHost(name, 80), false);
  });

  it('is told when it looks like a redirect and cannot be tied to the sign-in', () => {
    const seen = (over: object, want: object = {}) =>
      unmatchedHit({ method: 'GET', target: '/cb?code=c', host, ...over }, { ...expected, ...want });
    assert.deepEqual(seen({}), { code: true, why: 'no_state' });
    assert.deepEqual(seen({ target: '/cb?code=c&state=x' }), { code: true, why: 'other_state' });
    assert.deepEqual(seen({ target: '/cb?code=c&state=x&state=x' }), { code: true, why: 'several_states' });
    assert.deepEqual(seen({ target: '/CB/?error=e' }), {
      code: false,
      error: 'e',
      why: 'other_path',
      path: '/CB/',
    });
    assert.deepEqual(seen({ target: '/x?code=c&state=s' }), { code: true, why: 'other_path', path: '/x' });
    assert.deepEqual(seen({ method: 'POST', body: 'code=c&state=s' }), { code: true, why: 'post' });
    assert.deepEqual(seen({ method: 'POST', body: 'code=c' }, { formPost: true }), {
      code: true,
      why: 'no_state',
    });
    // At the redirect URI itself, whatever has parameters came as an answer, whatever they are.
    assert.deepEqual(seen({ target: '/cb?state=x' }), { code: false, why: 'other_state' });
    assert.deepEqual(seen({ target: '/cb?code=&error=' }), { code: false, why: 'no_state' });
    assert.deepEqual(seen({ target: '/cb?error_code=1349&error_message=no' }), {
      code: false,
      error: '1349',
      why: 'no_state',
    });
    const signed = `${b64({ alg: 'ES256' })}.${b64({ state: 'old' })}.c2ln`;
    assert.deepEqual(seen({ target: `/cb?response=${signed}` }), { code: false, why: 'other_state' });
    for (const none of [
      ...[
        { target: '/x?code=c' },
        // Nothing, or what was registered: perhaps with a fragment, which only the page can see.
        { target: '/cb' },
        { target: '/cb?x=1' },
        { method: 'HEAD' },
      ],
      ...[{ host: 'evil.example' }, { method: 'POST' }],
    ])
      assert.equal(seen(none), undefined, JSON.stringify(none));
  });
});

describe('an address that is pasted or handed over', () => {
  const uri = 'com.example.app:/cb';
  const at = (address: string, redirect = uri) => {
    const verdict = judgeAddress(address, redirect, 'st');
    return verdict.kind === 'ignored' ? verdict.received : verdict.kind;
  };

  it('is the redirect with our state, also where only the fragment has it', () => {
    assert.equal(at(`${uri}?code=c&state=st`), 'redirect');
    assert.equal(at('COM.example.app:/cb?code=c&state=st#x'), 'redirect');
    assert.equal(at(`${uri}?y=1&state=st`, `${uri}?x=1`), 'redirect');
    assert.deepEqual(judgeAddress(`${uri}#code=c&state=st`, uri, 'st'), {
      kind: 'fragment',
      names: 'code state',
    });
    const many = judgeAddress(`${uri}#state=st&${'x'.repeat(300)}=1`, uri, 'st');
    assert.ok(many.kind === 'fragment' && many.names.length === 200);
    assert.equal(at(`${uri}?code=c#state=no`), 'no state');
    assert.equal(at(`${uri}?code=c&state=no`), 'another state');
  });

  it('is refused when it is another, and only its host is said', () => {
    assert.equal(at('https://a.example/cb?code=SECRET&state=st'), 'one of https://a.example');
    assert.equal(at('com.example.app:/cb/x?state=st'), 'one of com.example.app://');
    assert.equal(at('code=c&state=st'), 'no complete URL');
    assert.equal(at('no url', 'no url'), 'no complete URL');
  });

  it('may stand in quotes and brackets', () => {
    assert.deepEqual([' <"https://a?b">\n', "'x'", 'a', '>x'].map(pastedAddress), [
      'https://a?b',
      'x',
      'a',
      '>x',
    ]);
  });
});

describe('a redirect that cannot be tied to a sign-in', () => {
  const parts = (query: string) => unmatchedParts(new URLSearchParams(query));

  it('is told by whether it has a code, and its error when that is written as one', () => {
    assert.deepEqual(parts('code=c&error=access_denied'), { code: true, error: 'access_denied' });
    assert.deepEqual(parts('code=&error='), { code: false });
    assert.deepEqual(parts('x=1'), { code: false });
    for (const error of ['a b', 'a\nb', '<b>', 'x'.repeat(61), ' a', 'a!'])
      assert.deepEqual(parts(`error=${encodeURIComponent(error)}`).error, 'an error of no known form', error);
    assert.equal(parts(`error=${'x'.repeat(60)}`).error, 'x'.repeat(60));
  });

  it('is told once each, and five at most', () => {
    const one = { why: 'no_state', code: true } as const;
    assert.match(
      unmatchedSentence({ ...one, error: 'e' }),
      /without state, with error e and with a code: it/,
    );
    assert.match(unmatchedSentence({ why: 'post', code: false }), /not asked for: it/);
    assert.match(
      unmatchedSentence({ why: 'other_path', code: false, path: `/${'x'.repeat(200)}` }),
      /to the path \/x{98}…, not/,
    );
    assert.deepEqual(withUnmatched([one], { ...one }), [one]);
    let all: readonly Parameters<typeof unmatchedSentence>[0][] = [];
    for (let count = 0; count < 7; count++) all = withUnmatched(all, { ...one, error: `e${count}` });
    assert.deepEqual(
      all.map(({ error }) => error),
      ['e0', 'e1', 'e2', 'e3', 'e4'],
    );
  });
});

describe('an assertion that comes from elsewhere', () => {
  const source = (over: Parameters<typeof machineProfile>[0], standing: 'user' | 'workspace' = 'user') => {
    try {
      return assertionSource(machineProfile(over), standing);
    } catch (thrown) {
      return thrown instanceof FailureError ? thrown.failure.message : assert.fail(String(thrown));
    }
  };

  it('is read from one place, which a workspace cannot name', () => {
    assert.deepEqual(source({ assertionFile: '/a' }), { kind: 'file', path: '/a' });
    assert.deepEqual(source({ assertionCommand: 'a "b c"' }), { kind: 'command', words: ['a', 'b c'] });
    assert.match(JSON.stringify(source({ assertionFile: '/a' }, 'workspace')), /neither read nor run/);
    assert.match(JSON.stringify(source({})), /neither a file nor a command/);
    assert.match(
      JSON.stringify(source({ assertionFile: '/a', assertionCommand: 'b' })),
      /both a file and a command/,
    );
    assert.match(JSON.stringify(source({ assertionCommand: 'a "b' })), /a quote without its end/);
  });

  it('is printed by a program whose words are parted by blanks outside of quotes', () => {
    for (const [line, words] of [
      ['a  b\tc', ['a', 'b', 'c']],
      [' a ', ['a']],
      ['"a b"c \'d"e\'', ['a bc', 'd"e']],
      ['a "" b', ['a', '', 'b']],
      ['C:\\x\\y.exe "\\"', ['C:\\x\\y.exe', '\\']],
      ['', []],
      ['"" a', []],
      ['a "b', []],
      ["a 'b", []],
    ] as const)
      assert.deepEqual(commandWords(line), words, line);
  });

  it('is a JWT that has not ended', () => {
    const jwt = (claims: object) => `${b64({ alg: 'ES256' })}.${b64(claims)}.c2ln`;
    const take = (text: string, now = 5000) => {
      try {
        return foreignAssertion(text, 'The file /a', now);
      } catch (thrown) {
        return thrown instanceof FailureError ? thrown.failure.message : assert.fail(String(thrown));
      }
    };
    for (const claims of [{}, { exp: 6 }, { exp: 1e12 }, { exp: -1e12 }])
      assert.equal(take(` ${jwt(claims)}\n`), jwt(claims));
    const broken = 'eyJ.eyJ.x';
    assert.equal(take(broken), broken, 'the server says what is wrong with it');
    assert.match(take(' '), /^The file \/a gave nothing\. Nothing was sent\.$/);
    assert.match(take('secret'), /^What the file \/a gave is not a JWT\./);
    assert.match(take(jwt({ exp: 5 })), /^The assertion of the file \/a ended at 1970-01-01T00:00:05/);
  });
});
