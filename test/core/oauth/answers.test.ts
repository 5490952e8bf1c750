import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceAnswer } from '../../../src/core/oauth/deviceAnswer.ts';
import {
  candidateIssuer,
  moreTelling,
  noMetadata,
  otherIssuer,
  refusedMetadata,
  workingIssuer,
} from '../../../src/core/oauth/discoveryFailure.ts';
import { endpointAnswer, secondsOf, textOf } from '../../../src/core/oauth/endpointAnswer.ts';
import { errorBody, wordsOf } from '../../../src/core/oauth/errorBody.ts';
import { isJwt } from '../../../src/core/oauth/isJwt.ts';
import { responseBody } from '../../../src/core/http/responseBody.ts';
import { noAccessToken, redirected, refused, unusable, words } from '../../../src/core/oauth/tokenFailure.ts';
import { tokenSet } from '../../../src/core/oauth/tokenSet.ts';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';

const origin = { host: 'as.example.com', step: 'token', requestedScopes: [] } as const;

describe('the body of an answer', () => {
  const form = 'application/x-www-form-urlencoded';
  const formats: readonly (readonly [string, string | undefined, string])[] = [
    ['', undefined, 'empty'],
    ['\uFEFF \n', 'application/json', 'empty'],
    ['<p>', undefined, 'html'],
    ['<p>', 'application/xml', 'xml'],
    ['<p>', 'text/xml', 'xml'],
    ['<p>', 'application/soap+xml', 'xml'],
    ['<p>', 'xapplication/xml', 'html'],
    ['<p>', 'application/xmlx', 'html'],
    ['<?xml version="1.0"?><a/>', 'text/html', 'xml'],
    ['<?xml version="1.0"?><HTML lang="en">', 'application/xml', 'html'],
    ['<!DOCTYPE HTML><p>', 'application/xml', 'html'],
    [`<a>${' '.repeat(1000)}<html >`, 'text/xml', 'xml'],
    ['<htmlx>', 'text/xml', 'xml'],
    ['[1]', undefined, 'other_json'],
    ['{"a":', undefined, 'truncated_json'],
    ['{"a":}', undefined, 'broken_json'],
    ['[1,]', undefined, 'broken_json'],
    ['[1', undefined, 'truncated_json'],
    ['a', form, 'text'],
    ['a=1 b', form, 'text'],
    ['a=1', 'text/plain', 'text'],
    ['xaccess_token=1', 'text/plain', 'text'],
    ['a&error=1', 'text/plain', 'text'],
    ['null', undefined, 'other_json'],
    ['nullx', undefined, 'text'],
    ['-', undefined, 'text'],
    ['"{}"', undefined, 'other_json'],
    [")]}' [1]", undefined, 'text'],
    ['f({"a":1}', undefined, 'text'],
    ['f({"a":1}) more', undefined, 'text'],
    [`${'f'.repeat(65)}({"a":1})`, undefined, 'text'],
    ['1 f({"a":1})', undefined, 'text'],
  ];
  for (const [text, type, format] of formats)
    it(`is recognised by what it is: ${JSON.stringify(text.slice(0, 40))} ${type}`, () =>
      assert.equal(responseBody(text, type).format, format));

  const read: readonly (readonly [string, string | undefined, 'json' | 'form', object])[] = [
    ['\uFEFF{"a":1}', undefined, 'json', { a: 1 }],
    [')]}\'\n{"a":1}', undefined, 'json', { a: 1 }],
    [')]}\',{"a":1}', undefined, 'json', { a: 1 }],
    ['while(1);{"a":1}', undefined, 'json', { a: 1 }],
    ['for(;;); {"a":1}', undefined, 'json', { a: 1 }],
    ['a.b_$1( {"a":")"} ) ;\n;', undefined, 'json', { a: ')' }],
    [`${'f'.repeat(64)}({"a":1})`, undefined, 'json', { a: 1 }],
    ['a=1', form, 'form', { a: '1' }],
    ['access_token=x', 'text/plain', 'form', { access_token: 'x' }],
    ['a=&b-c=d%20e&error=x&f=1', undefined, 'form', { a: '', 'b-c': 'd e', error: 'x', f: '1' }],
    ['token_type=x', undefined, 'form', { token_type: 'x' }],
  ];
  for (const [text, type, format, members] of read)
    it(`is read: ${JSON.stringify(text.slice(0, 40))} ${type}`, () =>
      assert.deepEqual(responseBody(text, type), { format, members }));
});

describe('the error in an answer', () => {
  const body = (members: object) => errorBody(members as Readonly<Record<string, unknown>>);
  const codes = (members: object) => body(members)?.deviations.map(({ code }) => code);

  it('is OAuth’s, with its words and page where they are texts', () => {
    assert.deepEqual(body({ error: 'x', error_description: 'd', error_uri: 'u', more: 1 }), {
      ...{ body: { error: 'x', error_description: 'd', error_uri: 'u' }, deviations: [] },
    });
    assert.deepEqual(body({ error: 'x', error_description: '', error_uri: '' })?.body, { error: 'x' });
    assert.deepEqual(body({ error: 'x', error_description: 5, error_uri: 5, message: 'm' })?.body, {
      ...{ error: 'x', error_description: 'm' },
    });
  });

  it('is taken apart where it holds its own words', () => {
    assert.deepEqual(body({ error: 'invalid_grant:  a b' })?.body, {
      error: 'invalid_grant',
      error_description: 'a b',
    });
    assert.deepEqual(codes({ error: 'x: a\nb' }), ['error_with_words']);
    for (const error of ['Invalid: a', 'x:a', 'x: ', '9x: a', `${'x'.repeat(65)}: a`, ' x: a'])
      assert.deepEqual(body({ error }), { body: { error }, deviations: [] }, error);
    assert.deepEqual(body({ error: 'x: a', error_description: 'b' })?.body, {
      error: 'x: a',
      error_description: 'b',
    });
  });

  it('is found under other names, and that is said', () => {
    assert.deepEqual(codes({ error: { message: 'm' } }), ['error_object']);
    // As Apereo CAS sends it: nothing is said of other names.
    const [listed] = body({ error: ['expired_accessToken'] })?.deviations ?? [];
    assert.equal(listed?.message, 'The server did not send its error as a text in `error`.');
    assert.deepEqual(codes({ errors: [{ code: 'c' }] }), ['errors_array']);
    assert.deepEqual(codes({ error: 5, message: 'm' }), ['error_number']);
    assert.deepEqual(codes({ errorCode: 'c' }), ['error_elsewhere']);
    for (const none of [
      {},
      { error: '' },
      { error: 0 },
      { errors: [] },
      { error: null },
      { message: 'm' },
      { code: 'c' },
    ])
      assert.equal(body(none), undefined, JSON.stringify(none));
  });

  it('is none where a framework only repeats the status in words', () => {
    for (const status of [{ status: 401 }, { statusCode: 401 }, { status: 'x', statusCode: 401 }]) {
      assert.equal(body({ ...status, error: "I'm a Tea-pot", message: 'm' }), undefined);
      assert.equal(body({ ...status, error: 'invalid_client' })?.body.error, 'invalid_client');
      assert.equal(body({ ...status, error: 'Error 5' })?.body.error, 'Error 5');
    }
    assert.equal(body({ status: '401', error: 'Unauthorized' })?.body.error, 'Unauthorized');
    assert.equal(wordsOf({ status: 401, error: 'Unauthorized', message: 'm' }), 'm');
  });
});

describe('what an endpoint answered', () => {
  const json = 'application/json';
  const answers: readonly (readonly [
    text: string,
    status: number,
    type: string | undefined,
    comes: string | object,
  ])[] = [
    ['x=1&y=2', 200, undefined, { x: '1', y: '2' }],
    [' x=1', 200, 'text/html', { x: '1' }],
    ['device_code=d&x=1', 200, 'text/html', { device_code: 'd', x: '1' }],
    ['x-y=1', 200, 'text/html', 'malformed_response not_json'],
    ['?x=1', 200, undefined, 'malformed_response not_json'],
    ['{"x":"1"}', 299, json, { x: '1' }],
    ['{"x":"1"}', 300, json, 'redirected https://b.example/'],
    ['{"x":"1"}', 399, json, 'redirected https://b.example/'],
    ['{"x":"1"}', 400, json, 'http_error 400'],
    ['{"error":"e"}', 200, json, 'oauth_error e'],
    ['{"error":"e"}', 400, json, 'oauth_error e'],
    ['error=e&x=1', 400, undefined, 'oauth_error e'],
    ['[{"message":"no","errorCode":"c"}]', 400, json, 'oauth_error c'],
    ['[{"message":"no","errorCode":"c"}]', 200, json, 'malformed_response no_object'],
    ['["c"]', 400, json, 'http_error 400'],
    ['{}', 200, json, 'malformed_response no_x'],
    ['<p>no</p>', 200, 'text/html', 'malformed_response html'],
  ];
  for (const [text, status, type, comes] of answers)
    it(`is used or refused: ${status} ${text}`, () => {
      const headers = new Headers({ location: 'https://b.example/', ...(type && { 'content-type': type }) });
      const wanted = {
        ...{ members: ['x'], code: 'no_x', advice: 'a' },
      };
      const come = (): string | object => {
        try {
          return { ...endpointAnswer(text, { status, headers }, origin, wanted) };
        } catch (thrown) {
          assert.ok(thrown instanceof FailureError);
          const { failure } = thrown;
          switch (failure.kind) {
            case 'redirected':
              return `redirected ${failure.location}`;
            case 'oauth_error':
              return `oauth_error ${failure.body.error}`;
            case 'http_error':
              return `http_error ${failure.status}`;
            case 'malformed_response':
              return `malformed_response ${failure.code}`;
            default:
              return failure.kind;
          }
        }
      };
      assert.deepEqual(come(), comes);
    });

  it('is seconds from 1 to a day, and texts that are not empty', () => {
    const seconds: readonly (readonly [unknown, number])[] = [
      ...([
        [5, 5],
        ['5', 5],
        [0.5, 1],
        [1e9, 86_400],
        [86_400, 86_400],
      ] as const),
      ...([
        [0, 7],
        [-1, 7],
        ['', 7],
        ['x', 7],
        [null, 7],
        [NaN, 7],
        [{}, 7],
        [true, 7],
        [[5], 7],
      ] as const),
    ];
    for (const [value, expected] of seconds) assert.equal(secondsOf(value, 7), expected, String(value));
    assert.deepEqual(['a', '', 5, null].map(textOf), ['a', undefined, undefined, undefined]);
  });

  const codes = { device_code: 'd', user_code: 'u', verification_uri: 'https://a/v' };
  const answer = (members: object, status = 200, exchange?: number) => {
    const response = new Response(null, {
      status,
      headers: { 'content-type': 'Application/JSON; charset=utf-8' },
    });
    const at = { ...origin, ...(exchange !== undefined && { exchange }) };
    try {
      return deviceAnswer(JSON.stringify(members), response, at);
    } catch (thrown) {
      return thrown instanceof FailureError ? thrown.failure : assert.fail(String(thrown));
    }
  };

  it('is the codes of a device, with what is usual where nothing is said', () => {
    assert.deepEqual(answer(codes), {
      ...{
        deviceCode: 'd',
        userCode: 'u',
        verificationUri: 'https://a/v',
        lifetime: 900_000,
        interval: 5000,
      },
    });
    assert.deepEqual(
      answer({
        ...codes,
        verification_uri: undefined,
        verification_url: 'https://a/w',
        verification_uri_complete: 'c',
        expires_in: 60,
        interval: '2',
      }),
      {
        ...{ deviceCode: 'd', userCode: 'u', verificationUri: 'https://a/w', verificationUriComplete: 'c' },
        ...{ lifetime: 60_000, interval: 2000 },
      },
    );
  });

  it('is refused where one of them is missing, the server refuses, or it is a failure whatever it holds', () => {
    for (const name of Object.keys(codes)) {
      const failure = answer({ ...codes, [name]: '' }, 200, 3);
      assert.ok(
        'kind' in failure && failure.kind === 'malformed_response' && failure.code === 'no_device_code',
      );
      assert.equal(failure.exchange, 3);
    }
    assert.ok(!('exchange' in answer({})));
    const refusal = answer({ error: 'x' }, 400);
    assert.ok('kind' in refusal && refusal.kind === 'oauth_error' && refusal.status === 400);
    const failed = answer(codes, 500);
    assert.ok('kind' in failed && failed.kind === 'http_error' && failed.contentType === 'application/json');
    assert.ok('deviceCode' in answer({ ...codes, error: 'x' }, 200), 'what is there is taken');
    const told = answer({ message: 'come later' }, 400);
    assert.ok('message' in told);
    assert.match(told.message, /the words “come later”/);
  });
});

describe('what holds no metadata', () => {
  for (const [text, came] of [
    ['{}', 'a JSON object without one came.'],
    ['{"issuer":""}', 'a JSON object whose issuer is empty came.'],
    ['{"issuer":5}', 'a JSON object whose issuer is a number came.'],
    ['<html>', 'HTML page came.'],
  ] as const)
    it(`is called what it is: ${text}`, () => {
      const failure = noMetadata(text, { host: 'a.example' });
      assert.deepEqual([failure.kind, failure.step], ['malformed_response', 'discovery']);
      assert.ok(failure.message.endsWith(came), failure.message);
    });
});

describe('the failure for a token answer', () => {
  it('names the exchange only where there is one, and cuts what nobody reads', () => {
    const long = 'x'.repeat(10_000);
    const failure = refused({ error: long, error_description: long }, 400, {
      ...origin,
      exchange: 2,
      asked: 'question',
    });
    assert.ok(failure.kind === 'oauth_error' && failure.exchange === 2);
    assert.deepEqual([failure.body.error.length, failure.body.error_description?.length], [8192, 8192]);
    assert.match(failure.message, /^as\.example\.com refused the question with x{99}… \(x+…\)\.$/);
    const bare = refused({ error: 'invalid_scope' }, 400, origin);
    assert.ok(!('exchange' in bare));
    assert.match(bare.message, /refused the token request with invalid_scope\.$/);
    assert.match(bare.advice, /scopes/);
  });

  it('has our secrets taken out before it is cut', () => {
    const scrub = (text: string) => text.replaceAll('secret', '…');
    const failure = refused({ error: 'secret', error_description: 'a secret' }, 400, { ...origin, scrub });
    assert.ok(failure.kind === 'oauth_error');
    assert.doesNotMatch(JSON.stringify(failure), /secret/);
    assert.equal(words({ ...origin, scrub }, `${'x'.repeat(6)} secret`, 9), 'xxxxxx …');
  });

  it('says where the server wanted to send us, without a query', () => {
    const to = (headers: Record<string, string>) => redirected({ status: 302, headers }, origin);
    const failure = to({ location: 'https://b/c?code=x' });
    assert.ok(failure.kind === 'redirected' && failure.location === 'https://b/c?code=x');
    assert.match(failure.message, /\(status 302\) to https:\/\/b\/c; it was/);
    const nowhere = to({});
    assert.ok(!('location' in nowhere));
    assert.match(nowhere.message, /redirected the token request \(status 302\); it was/);
    assert.match(nowhere.advice, /^Set the token endpoint/);
    const asked = redirected({ status: 302, headers: {} }, { ...origin, asked: 'question' });
    assert.match(asked.message, /redirected the question \(/);
    assert.match(asked.advice, /^The server has to name/);
  });

  it('tells a failed answer from one that is of no use', () => {
    const failed = (status: number) => unusable(status, 'text/html', { format: 'html' }, origin);
    const [moved, down, odd] = [failed(300), failed(500), failed(299)];
    assert.ok(moved.kind === 'http_error' && moved.contentType === 'text/html');
    assert.match(moved.advice, /^Check the token endpoint/);
    assert.match(failed(499).advice, /^Check the token endpoint/);
    assert.match(down.advice, /^The server has a problem/);
    assert.equal(odd.kind, 'malformed_response');
    assert.match(odd.message, /instead of a token\.$/);
    const asked = unusable(
      ...([200, undefined, { format: 'html' }, { ...origin, asked: 'question' }] as const),
    );
    assert.match(asked.message, /answered the question with .* instead of a JSON object\.$/);
    assert.match(asked.advice, /^Check the address that was asked/);
    for (const format of ['json', 'form'] as const)
      assert.match(
        unusable(400, undefined, { format, members: {} }, origin).message,
        /and no OAuth error in its body\.$/,
      );
    assert.doesNotMatch(failed(400).message, /no OAuth error/);
    assert.ok(!('contentType' in unusable(400, undefined, { format: 'empty' }, origin)));
    assert.match(
      unusable(400, undefined, { format: 'json', members: {} }, origin, 'so there').message,
      /the words “so there”/,
    );
  });

  it('says what stands in the place of the token', () => {
    const says = (members: Readonly<Record<string, unknown>>) => noAccessToken(members, origin);
    for (const [value, what] of [
      [null, /is null\.$/],
      ['', /is empty\.$/],
      [[], /is an array\.$/],
      [{}, /is an object\.$/],
      [5, /is a number\.$/],
    ] as const)
      assert.match(says({ access_token: value }).message, what);
    assert.match(says({}).message, /but its response has no access_token\.$/);
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`m${index}`, 1]));
    assert.match(says(many).message, /\(only m0, m1, .*, m9\)\.$/);
    assert.match(says({ id_token: 'x' }).advice, /scope of the API/);
    assert.doesNotMatch(says({ id_token: 5 }).advice, /scope of the API/);
    assert.doesNotMatch(says({ id_token: 'x', access_token: null }).advice, /scope of the API/);
    assert.match(says({ data: { access_token: 'x' } }).advice, /inside another object/);
    assert.match(says({ data: {} }).advice, /^Check the token endpoint, and whether/);
  });
});

describe('metadata that is of no use', () => {
  const issuer = new URL('https://as.example.com/a');
  const at = { host: 'as.example.com' };
  const place = (url: string) => ({ kind: 'openid', url }) as const;
  const answered = (status: number, headers = {}) =>
    refusedMetadata(new Response(null, { status, headers }), at);

  it('is told by the answer that says most, with all that were given', () => {
    const other = otherIssuer(issuer, { issuer: 'https://b.example' }, at);
    const [gone, down] = [answered(404), answered(503)];
    const tell = (...failures: Failure[]) =>
      moreTelling(
        issuer,
        failures.map((failure, index) => ({ place: place(`https://p${index}`), failure })),
      );
    assert.equal(tell(gone, down, other).kind, 'issuer_mismatch');
    assert.equal(tell(gone, down).kind, 'http_error');
    const none = tell(gone, { ...gone, exchange: 7 });
    assert.ok(none.kind === 'metadata_missing' && none.exchange === 7);
    assert.match(
      none.message,
      /for https:\/\/as\.example\.com\/a: both well-known addresses .* \(https:\/\/p0, https:\/\/p1\)/,
    );
    assert.match(tell(gone, gone, gone).message, /all three/);
    assert.ok(!('exchange' in tell(gone, gone)));
    const moved = answered(301, { location: 'https://b.example/c?d' });
    assert.deepEqual(tell(gone, moved, answered(301), other).tried, [
      ...['https://p0: status 404', 'https://p1: status 301, a redirect to https://b.example/c'],
      ...['https://p2: status 301, a redirect', 'https://p3: the metadata of the issuer https://b.example'],
    ]);
  });

  it('is a redirect from 300 to 399, which says where to if it does', () => {
    assert.deepEqual(
      [299, 300, 399, 400].map((status) => answered(status).kind),
      [...['http_error', 'redirected', 'redirected', 'http_error']],
    );
    const moved = answered(302, { location: 'https://b.example/c?d' });
    assert.ok(moved.kind === 'redirected' && moved.location === 'https://b.example/c?d');
    assert.match(moved.message, /\(status 302\) to https:\/\/b\.example\/c; it/);
    assert.match(answered(302).message, /\(status 302\); it/);
    assert.ok(!('location' in answered(302)));
  });

  it('of another issuer has only endpoints that could be typed', () => {
    const endpoints = (from: string, body: object) => {
      const failure = otherIssuer(new URL(from), { issuer: 'https://b.example', ...body }, at);
      return failure.kind === 'issuer_mismatch' ? failure.endpoints : undefined;
    };
    const good = { token_endpoint: 'https://b.example/t', jwks_uri: 'https://b.example/k' };
    const bad = {
      authorization_endpoint: 'http://b.example/a',
      device_authorization_endpoint: 'https://127.0.0.1/d',
    };
    assert.deepEqual(
      endpoints(issuer.href, { ...good, ...bad, userinfo_endpoint: 'https://b.example/u' }),
      good,
    );
    for (const odd of [5, 'no url', `https://b.example/${'x'.repeat(2048)}`])
      assert.deepEqual(endpoints(issuer.href, { token_endpoint: odd }), {});
    const longest = `https://b.example/${'x'.repeat(2048 - 18)}`;
    assert.deepEqual(endpoints(issuer.href, { token_endpoint: longest }), { token_endpoint: longest });
    const home = { token_endpoint: 'http://127.0.0.1/t' };
    assert.deepEqual(endpoints('http://localhost:1', home), home);
  });

  it('may point to an issuer of the same server that would work', () => {
    const named = (received: string) => {
      const failure = otherIssuer(issuer, { issuer: received }, at);
      return candidateIssuer(issuer, failure)?.href;
    };
    assert.equal(named('https://as.example.com/b'), 'https://as.example.com/b');
    for (const other of [
      ...['https://as.example.com/a', 'https://b.example/a', 'no url', 'https://as.example.com/b?c'],
      ...[
        'https://as.example.com/b#c',
        'https://me@as.example.com/b',
        `https://as.example.com/${'x'.repeat(2048)}`,
      ],
    ])
      assert.equal(named(other), undefined, other);
    const to = (location: string) => candidateIssuer(issuer, answered(302, { location }))?.href;
    assert.equal(to('/b/.well-known/openid-configuration'), 'https://as.example.com/b');
    for (const other of ['http://[', '/login', 'https://c.example/.well-known/openid-configuration'])
      assert.equal(to(other), undefined, other);
    assert.equal(candidateIssuer(issuer, answered(302)), undefined);
    assert.equal(candidateIssuer(issuer, answered(404)), undefined);
  });

  it('may name the issuer that works where only a slash differs', () => {
    const mismatch = otherIssuer(issuer, { issuer: 'https://as.example.com/a/' }, at);
    assert.equal(workingIssuer(mismatch), 'https://as.example.com/a/');
    assert.equal(workingIssuer({ ...mismatch, workingIssuer: 'https://x' } as Failure), 'https://x');
    assert.equal(workingIssuer(otherIssuer(issuer, { issuer: 'https://b.example' }, at)), undefined);
    assert.equal(workingIssuer({ ...answered(302), workingIssuer: 'https://x' } as Failure), 'https://x');
    assert.equal(workingIssuer({ ...answered(404), workingIssuer: 'https://x' } as Failure), undefined);
  });
});

describe('a token as it is kept', () => {
  const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('has what came, and when it ends by what was said, else by itself', () => {
    const body = { access_token: 'a', token_type: 'Bearer' };
    assert.deepEqual(tokenSet(body, ['s'], 5), {
      ...body,
      received_at: 5,
      requested_scopes: ['s'],
      extra: {},
    });
    const all = { ...body, refresh_token: 'r', id_token: 'i', scope: 's', expires_in: 2, more: 1 };
    assert.deepEqual(tokenSet(all, [], 5000), {
      ...{ ...body, refresh_token: 'r', id_token: 'i', scope: 's', received_at: 5000, expires_at: 7000 },
      ...{ requested_scopes: [], extra: { more: 1 } },
    });
    const jwt = (exp: unknown) => `${b64({ alg: 'none' })}.${b64({ exp })}.`;
    const ends = (exp: unknown, expires_in?: number) =>
      tokenSet({ ...body, access_token: jwt(exp), ...(expires_in !== undefined && { expires_in }) }, [], 0)
        .expires_at;
    assert.deepEqual(
      [ends(9), ends(9, 2), ends('9'), ends(1e13), ends(undefined)],
      [9000, 2000, undefined, undefined, undefined],
    );
  });

  it('is a JWT when it has three parts', () => {
    assert.equal(isJwt(`${b64({ alg: 'ES256' })}.${b64({})}.s-_0`), true);
    for (const text of ['', 'eyA.b', 'eyA.b.c.d', 'opaque', 'a.b.c', 'eyA.b.', 'eyA.b.c ', 'eyA .b.c'])
      assert.equal(isJwt(text), false, text);
  });
});
