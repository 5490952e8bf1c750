import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorWords } from '../../../src/core/oauth/errorWords.ts';
import { tolerantResponse } from '../../../src/core/oauth/tolerantResponse.ts';

/** What one JSON answer of a token endpoint comes to. */
function judged(status: number, members: object) {
  const result = tolerantResponse(
    { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(members) },
    { host: 'login.example.com', step: 'token', requestedScopes: [] },
  );
  if (result.kind !== 'failure') return assert.fail('a token came');
  return result.failure;
}

describe('an error under other names than OAuth’s is told in the server’s words', () => {
  const cases: readonly (readonly [status: number, body: object, error: string, text: string | undefined])[] =
    [
      [400, { errors: [{ field: 'redirect_uri', code: 'mismatch' }] }, 'mismatch', 'redirect_uri: mismatch'],
      [400, { errors: ['Client not found'] }, 'error', 'Client not found'],
      [200, { errcode: 40029, errmsg: 'invalid code' }, '40029', 'invalid code'],
      [
        200,
        { code: 40110, message: 'Auth_code has been used', data: {} },
        '40110',
        'Auth_code has been used',
      ],
      [
        200,
        { data: { description: 'Authorization code expired', error_code: 10007 }, message: 'error' },
        '10007',
        'Authorization code expired',
      ],
      [
        401,
        { fault: { faultstring: 'Invalid client', detail: { errorcode: 'oauth.v2.InvalidClient' } } },
        'oauth.v2.InvalidClient',
        'Invalid client',
      ],
      [401, { ErrorCode: 'invalid_request', Error: 'Bad client id' }, 'invalid_request', undefined],
      [
        400,
        { error: 400, message: 'The redirect URI is not allowed' },
        '400',
        'The redirect URI is not allowed',
      ],
      [400, { error: 'invalid_request', error_message: 'Bad code' }, 'invalid_request', 'Bad code'],
      [400, { error: 'denied', reason: 'The app is not approved' }, 'denied', 'The app is not approved'],
      [
        401,
        { errorCode: 'E0000022', errorSummary: 'The client is off', errorCauses: [] },
        'E0000022',
        'The client is off',
      ],
      [403, { error: { code: 403, message: 'Off', status: 'DENIED' } }, 'DENIED', 'Off'],
    ];
  for (const [status, body, error, text] of cases)
    it(JSON.stringify(body), () => {
      const failure = judged(status, body);
      if (failure.kind !== 'oauth_error') return assert.fail(failure.kind);
      assert.equal(failure.body.error, error);
      if (text !== undefined) assert.equal(failure.body.error_description, text);
    });

  it('a framework’s frame is not an OAuth error, and its message is told', () => {
    const failure = judged(401, {
      timestamp: '2026-01-01T00:00:00Z',
      status: 401,
      error: 'Unauthorized',
      message: 'Bad client credentials',
      path: '/token',
    });
    assert.equal(failure.kind, 'http_error');
    assert.match(failure.message, /Bad client credentials/);
  });

  it('a message alone is told with the status', () => {
    const failure = judged(403, { message: 'Consumer is blocked' });
    assert.equal(failure.kind, 'http_error');
    assert.match(failure.message, /403 and the words “Consumer is blocked”/);
  });

  it('an envelope that counts a success as 1 is no error', () => {
    const failure = judged(200, { code: 1, message: 'ok', data: { accessToken: 'at-0123456789' } });
    assert.equal(failure.kind, 'malformed_response');
  });
  it('JSON in a call of a script is read', () => {
    const body = 'callback( {"error":100020,"error_description":"code is reused error"} );';
    const answer = { status: 200, headers: { 'content-type': 'text/html' }, body };
    const result = tolerantResponse(answer, { host: 'a.example', step: 'token', requestedScopes: [] });
    assert.ok(result.kind === 'failure' && result.failure.kind === 'oauth_error');
    assert.equal(result.failure.body.error_description, 'code is reused error');
  });
  it('a success that only says errcode 0 is no error', () => {
    const failure = judged(200, { errcode: 0, data: {} });
    assert.equal(failure.kind, 'malformed_response');
  });
});

describe('the words of an error', () => {
  const rows: readonly (readonly [
    members: Readonly<Record<string, unknown>>,
    words: ReturnType<typeof errorWords>,
  ])[] = [
    [
      { error: null, message: 'm' },
      { certain: false, text: 'm' },
    ],
    [{ errcode: 0, errmsg: '' }, { certain: false }],
    [{ errcode: '0' }, { certain: false, code: '0' }],
    [{ error: '' }, { certain: false }],
    [{ error: false }, { certain: false }],
    [{ errors: [] }, { certain: false }],
    [{ errors: ['a'] }, { certain: true, text: 'a' }],
    [{ details: ['a'] }, { certain: false, text: 'a' }],
    [{ errors: [1] }, { certain: true }],
    [{ errors: 'x' }, { certain: true }],
    [
      { code: 40110, message: 'm' },
      { certain: true, code: '40110', text: 'm' },
    ],
    [
      { code: 40110, msg: 'm' },
      { certain: true, code: '40110', text: 'm' },
    ],
    [{ code: 40110 }, { certain: false, code: '40110' }],
    [
      { code: 0, message: 'm' },
      { certain: false, text: 'm' },
    ],
    [
      { code: 200, message: 'm' },
      { certain: false, code: '200', text: 'm' },
    ],
    [
      { code: 299, message: 'm' },
      { certain: false, code: '299', text: 'm' },
    ],
    [
      { code: '40110', message: 'm' },
      { certain: false, code: '40110', text: 'm' },
    ],
    [
      { code: 1, message: 'm', data: { access_token: 't' } },
      { certain: false, code: '1', text: 'm' },
    ],
    [
      { code: 1, message: 'm', data: { AccessToken: 't' } },
      { certain: false, code: '1', text: 'm' },
    ],
    [
      { code: 1, message: 'm', data: { my_access_token: 't' } },
      { certain: true, code: '1', text: 'm' },
    ],
    [
      { code: 1, message: 'm', data: { access_token_x: 't' } },
      { certain: true, code: '1', text: 'm' },
    ],
    [
      { field: 'f', message: 'no f here' },
      { certain: false, text: 'no f here' },
    ],
    [
      { field: 'f', message: 'x' },
      { certain: false, text: 'f: x' },
    ],
    [{ param: 'p' }, { certain: false, text: 'p: refused' }],
    [
      { parameter: 'p', code: 'c' },
      { certain: false, code: 'c', text: 'p: c' },
    ],
    [
      { error: 'same', message: 'same' },
      { certain: true, text: 'same' },
    ],
    [
      { code: 'same', message: 'same', type: 't' },
      { certain: false, code: 't', text: 'same' },
    ],
    [
      { status: 0, code: 5 },
      { certain: false, code: '5' },
    ],
    [
      { data: { error: 'e', message: 'inner' }, message: 'outer' },
      { certain: true, code: 'e', text: 'inner' },
    ],
    [
      { data: { note: 'e', message: 'inner' }, message: 'outer' },
      { certain: false, text: 'outer' },
    ],
    [
      { detail: { error: 'e', message: 'inner' }, message: 'outer' },
      { certain: true, code: 'e', text: 'outer' },
    ],
    [{ error: { error: { error: { error: 'deep' } } } }, { certain: true, code: 'deep' }],
    [{ error: { error: { error: { error: { error: 'deep' } } } } }, { certain: true }],
    [{ message: '  ' }, { certain: false }],
  ];
  for (const [members, words] of rows)
    it(`are found in ${JSON.stringify(members)}`, () => assert.deepEqual(errorWords(members), words));

  it('are looked for in fifty members', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_all, index) => [`a${index}`, 1]));
    assert.deepEqual(errorWords({ ...many, error: 'e' }), { certain: false });
  });
});
