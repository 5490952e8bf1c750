import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { FailureKind } from '../../../src/core/record/failure.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { tolerantResponse } from '../../../src/core/oauth/tolerantResponse.ts';
import { machineProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { serve } from './support/serve.ts';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | object;
  readonly headers?: Record<string, string>;
}

const good = { access_token: '2YotnFZFEjr1zCsicMWpAA', token_type: 'Bearer', expires_in: 3600 };

/** Runs client credentials against a server that answers with `answer`. */
async function answered(context: TestContext, answer: Answer, scopes: readonly string[] = ['a', 'b']) {
  const { status = 200, type = 'application/json', body = '', headers = {} } = answer;
  const origin = await serve(context, (_request, response) => {
    response.writeHead(status, { ...(type === '' ? {} : { 'content-type': type }), ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token`, scopes });
  const report = await runFlow('client_credentials', profile, flowDeps());
  return { report, deviations: report.exchanges[0]?.deviations.map(({ code }) => code) ?? [] };
}

describe('a token response that is not conforming but usable', () => {
  const cases: readonly (readonly [
    name: string,
    answer: Answer,
    deviations: readonly string[],
    tokens: object,
  ])[] = [
    ['as RFC 6749 section 5.1 shows it', { body: good }, [], { token_type: 'Bearer' }],
    [
      'form-encoded, as GitHub sends it',
      {
        type: 'application/x-www-form-urlencoded',
        body: 'access_token=gho_16C7e42F&scope=repo%2Cgist&token_type=bearer',
      },
      ['form_encoded', 'expires_in_missing', 'scope_commas'],
      { access_token: 'gho_16C7e42F', scope: 'repo gist', token_type: 'bearer' },
    ],
    [
      'form-encoded and called text/plain',
      { type: 'text/plain', body: 'access_token=abc&expires=5183999' },
      ['form_encoded', 'token_type_missing', 'expires_in_missing'],
      { access_token: 'abc', token_type: 'Bearer', extra: { expires: '5183999' } },
    ],
    [
      'with an error beside the token',
      { body: { ...good, error: 'invalid_scope', error_description: 'b was dropped' } },
      ['error_beside_token'],
      { access_token: good.access_token },
    ],
    [
      'with an error that is none, as WeCom sends it',
      { body: { ...good, errcode: 0, errmsg: 'ok' } },
      [],
      {},
    ],
    ['with an empty error', { body: { ...good, error: '' } }, [], {}],
    ['with an error that is null', { body: { ...good, error: null } }, [], {}],
    ['JSON called text/html', { type: 'text/html', body: good }, ['content_type_wrong'], {}],
    ['JSON without a content type', { type: '', body: good }, ['content_type_wrong'], {}],
    ['JSON behind a byte order mark', { body: `\uFEFF${JSON.stringify(good)}` }, [], {}],
    [
      'with members of odd types',
      { body: { ...good, token_type: ['Bearer'], refresh_token: {}, id_token: 5, scope: 5 } },
      ['scope_invalid', 'token_type_invalid', 'refresh_token_invalid', 'id_token_invalid'],
      { token_type: 'Bearer' },
    ],
    ['with an empty token_type', { body: { ...good, token_type: '' } }, ['token_type_invalid'], {}],
    ['with members that are null', { body: { ...good, refresh_token: null, id_token: null } }, [], {}],
    ["JSON behind )]}'", { body: `)]}'\n${JSON.stringify(good)}` }, ['json_wrapped'], {}],
    ["JSON behind )]}',", { body: `)]}',${JSON.stringify(good)}` }, ['json_wrapped'], {}],
    ['JSON behind while(1);', { body: `while(1);${JSON.stringify(good)}` }, ['json_wrapped'], {}],
    ['JSON behind for(;;);', { body: `for(;;);${JSON.stringify(good)}` }, ['json_wrapped'], {}],
    ['JSON in a call', { body: `callback(${JSON.stringify(good)});` }, ['json_wrapped'], {}],
    ['with status 201', { status: 201, body: good }, ['status_not_200'], {}],
    [
      'without token_type',
      { body: { ...good, token_type: undefined } },
      ['token_type_missing'],
      { token_type: 'Bearer' },
    ],
    [
      'with an unusual token_type',
      { body: { ...good, token_type: 'mac' } },
      ['token_type_unusual'],
      { token_type: 'mac' },
    ],
    [
      'with __proto__ for a token_type',
      { body: { ...good, token_type: '__proto__' } },
      ['token_type_unusual'],
      {},
    ],
    [
      'with expires_in as a string',
      { body: { ...good, expires_in: '3599' } },
      ['expires_in_string'],
      { lifetime: 3599 },
    ],
    [
      'with a fraction in expires_in',
      { body: { ...good, expires_in: 3599.5 } },
      ['expires_in_fraction'],
      { lifetime: 3599.5 },
    ],
    ['with expires_in 0', { body: { ...good, expires_in: 0 } }, ['expires_in_zero'], { lifetime: undefined }],
    [
      'with expires_in null',
      { body: { ...good, expires_in: null } },
      ['expires_in_missing'],
      { lifetime: undefined },
    ],
    [
      'with a senseless expires_in',
      { body: { ...good, expires_in: 'soon' } },
      ['expires_in_invalid'],
      { lifetime: undefined },
    ],
    ...['9223372036854775807', 9.3e18, 1e13, 1e308].map(
      (expires_in) =>
        [
          `with an end beyond every date (${expires_in})`,
          { body: { ...good, expires_in } },
          ['expires_in_too_large'],
          { lifetime: undefined },
        ] as const,
    ),
    [
      'with a negative expires_in',
      { body: { ...good, expires_in: -1 } },
      ['expires_in_invalid'],
      { lifetime: undefined },
    ],
    ['with scopes in an array', { body: { ...good, scope: ['a', 'b'] } }, ['scope_array'], { scope: 'a b' }],
    [
      'with scopes under another name',
      { body: { ...good, scopes: 'a' } },
      ['scope_named_scopes'],
      { scope: 'a' },
    ],
    [
      'with scopes named granted_scopes',
      { body: { ...good, granted_scopes: ['a'] } },
      ['scope_named_scopes'],
      { scope: 'a' },
    ],
    [
      'with scopes named grantedScopes',
      { body: { ...good, grantedScopes: 'a' } },
      ['scope_named_scopes'],
      { scope: 'a' },
    ],
    [
      'with scopes named granted_scope',
      { body: { ...good, granted_scope: 'a' } },
      ['scope_named_scopes'],
      { scope: 'a' },
    ],
    ['with scopes named Scope', { body: { ...good, Scope: 'a' } }, ['scope_named_scopes'], { scope: 'a' }],
    ['with scopes named scp', { body: { ...good, scp: ['a'] } }, ['scope_named_scopes'], { scope: 'a' }],
    [
      'with an array of scopes under another name',
      { body: { ...good, scopes: ['a', 'b'] } },
      ['scope_named_scopes'],
      { scope: 'a b' },
    ],
    ['with scope null', { body: { ...good, scope: null } }, [], { scope: undefined }],
    [
      'with empty refresh and id tokens',
      { body: { ...good, refresh_token: '', id_token: null } },
      [],
      { refresh_token: undefined },
    ],
    [
      'without scope and expires_in, opaque',
      {
        body: { access_token: '00Dxx!AQ', token_type: 'Bearer', instance_url: 'https://x.my.salesforce.com' },
      },
      ['expires_in_missing'],
      { scope: undefined, extra: { instance_url: 'https://x.my.salesforce.com' } },
    ],
    [
      'without expires_in, as a JWT with exp',
      { body: { access_token: 'eyJhbGciOiJub25lIn0.eyJleHAiOjIwMDAwMDAwMDB9.', token_type: 'Bearer' } },
      ['expires_in_missing'],
      { expires_at: 2_000_000_000_000 },
    ],
    [
      'without expires_in, as a JWT whose exp is beyond every date',
      {
        body: { access_token: `eyJhbGciOiJub25lIn0.${btoa('{"exp":1e13}')}.`, token_type: 'Bearer' },
      },
      ['expires_in_missing'],
      { lifetime: undefined },
    ],
  ];
  for (const [name, answer, deviations, expected] of cases)
    it(`is used and noted: ${name}`, async (context) => {
      const result = await answered(context, answer);
      const tokens = tokensOf(result.report);
      assert.deepEqual([...result.deviations].sort(), [...deviations].sort());
      const lifetime =
        tokens.expires_at === undefined ? undefined : (tokens.expires_at - tokens.received_at) / 1000;
      for (const [member, value] of Object.entries(expected))
        assert.deepEqual({ ...tokens, lifetime }[member as 'scope'], value, member);
    });

  it('keeps a comma in a scope that was asked for with one', async (context) => {
    const result = await answered(context, { body: { ...good, scope: 'urn:x,y z' } }, ['urn:x,y', 'z']);
    assert.equal(tokensOf(result.report).scope, 'urn:x,y z');
  });
});

describe('a refusal', () => {
  const cases: readonly (readonly [string, Answer, FailureKind, RegExp, readonly string[]])[] = [
    [
      '400 with JSON',
      { status: 400, body: { error: 'invalid_scope', error_description: 'Invalid scope: update' } },
      'oauth_error',
      /refused the token request with invalid_scope \(Invalid scope: update\)\.$/,
      [],
    ],
    [
      '401 with JSON and WWW-Authenticate',
      { status: 401, body: { error: 'invalid_client' }, headers: { 'www-authenticate': 'Basic realm="x"' } },
      'oauth_error',
      /invalid_client\.$/,
      [],
    ],
    ['500 with JSON', { status: 500, body: { error: 'server_error' } }, 'oauth_error', /server_error\.$/, []],
    [
      '200 with error',
      { body: { error: 'bad_verification_code', error_description: 'expired' } },
      'oauth_error',
      /bad_verification_code \(expired\)/,
      ['error_with_200'],
    ],
    [
      '200 with a form-encoded error',
      { type: 'application/x-www-form-urlencoded', body: 'error=bad_verification_code' },
      'oauth_error',
      /bad_verification_code/,
      ['form_encoded', 'error_with_200'],
    ],
    [
      'code and description in one',
      { status: 400, body: { error: 'invalid_grant: refresh token is expired or invalid' } },
      'oauth_error',
      /invalid_grant \(refresh token is expired or invalid\)/,
      ['error_with_words'],
    ],
    [
      'an error with a colon and a description of its own',
      { status: 400, body: { error: 'invalid_grant: x', error_description: 'No.' } },
      'oauth_error',
      /invalid_grant: x \(No\.\)/,
      [],
    ],
    [
      'an errors array',
      { status: 400, body: { errors: [{ code: 'E1', message: 'No such app' }] } },
      'oauth_error',
      /E1 \(No such app\)/,
      ['errors_array'],
    ],
    [
      'error as an object',
      { status: 400, body: { error: { type: 'OAuthException', message: 'Bad' } } },
      'oauth_error',
      /OAuthException \(Bad\)/,
      ['error_object'],
    ],
    [
      '400 with JSON called text/plain',
      { status: 400, type: 'text/plain', body: { error: 'invalid_grant' } },
      'oauth_error',
      /invalid_grant/,
      ['content_type_wrong'],
    ],
    [
      '404 with HTML',
      { status: 404, type: 'text/html', body: '<!DOCTYPE html><h1>Not here</h1>' },
      'http_error',
      /status 404 and an HTML page\.$/,
      [],
    ],
    [
      '400 with XML',
      { status: 400, type: 'application/xml', body: '<error><code>invalid_client</code></error>' },
      'http_error',
      /status 400 and XML\.$/,
      [],
    ],
    [
      '500 with a fault of SOAP',
      { status: 500, type: 'text/xml', body: '<?xml version="1.0"?><Fault>no</Fault>' },
      'http_error',
      /status 500 and XML\.$/,
      [],
    ],
    [
      '404 with a page that is called XML',
      { status: 404, type: 'application/xhtml+xml', body: '<?xml version="1.0"?><html><p>no</p></html>' },
      'http_error',
      /status 404 and an HTML page\.$/,
      [],
    ],
    ['502 with nothing', { status: 502, type: '' }, 'http_error', /status 502 and an empty body\.$/, []],
    [
      '400 with JSON that says nothing',
      { status: 400, body: {} },
      'http_error',
      /no OAuth error in its body/,
      [],
    ],
    [
      '403 with plain text',
      { status: 403, type: 'text/plain', body: 'Forbidden by proxy' },
      'http_error',
      /status 403 and plain text “Forbidden by proxy”\./,
      [],
    ],
    [
      '200 with HTML',
      { type: 'text/html', body: '<html>Please sign in</html>' },
      'malformed_response',
      /an HTML page instead of a token/,
      [],
    ],
    ['200 with nothing', {}, 'malformed_response', /an empty body instead of a token/, []],
    [
      '200 with truncated JSON',
      { body: '{"access_token":"2Yotn' },
      'malformed_response',
      /JSON that ends in the middle/,
      [],
    ],
    ['200 with broken JSON', { body: '{"access_token":}' }, 'malformed_response', /broken JSON/, []],
    ['200 with a JSON array', { body: '[1]' }, 'malformed_response', /not an object/, []],
    [
      '200 without access_token',
      { body: { token_type: 'Bearer', data: { access_token: 'x' } } },
      'malformed_response',
      /has no access_token \(only token_type, data\)\.$/,
      [],
    ],
    [
      '200 with an access_token that is no string',
      { body: { access_token: 12 } },
      'malformed_response',
      /no access_token/,
      [],
    ],
  ];
  for (const [name, answer, kind, message, deviations] of cases)
    it(`is told as it is: ${name}`, async (context) => {
      const result = await answered(context, answer);
      const failure = failureOf(result.report, kind);
      assert.match(failure.message, message);
      assert.equal(failure.step, 'token');
      assert.equal(failure.exchange, 1);
      assert.notEqual(failure.advice, '');
      assert.deepEqual(result.deviations, deviations);
    });

  it('gives advice in a sentence for any name of an error', async (context) => {
    for (const error of ['constructor', '__proto__', 'toString', 'x'.repeat(10_000)]) {
      const failure = failureOf(
        (await answered(context, { status: 400, body: { error } })).report,
        'oauth_error',
      );
      assert.match(failure.advice, /^Look up this error/);
      assert.ok(failure.message.length < 600);
    }
  });

  it('keeps the words of the server, and makes one plain line of them for the message', async (context) => {
    const description = 'line one\r\nline \u202Etwo\u202C <b>bold</b>\u0007';
    const { report } = await answered(context, {
      status: 400,
      body: { error: 'invalid_grant', error_description: description, error_uri: 'javascript:alert(1)' },
    });
    const failure = failureOf(report, 'oauth_error');
    assert.equal(failure.body.error_description, description);
    assert.equal(failure.body.error_uri, 'javascript:alert(1)');
    assert.match(failure.message, /\(line one line two <b>bold<\/b>\)\.$/);
  });

  it('repeats no secret that the server repeats', async (context) => {
    const origin = await serve(context, (request, response) => {
      const credentials = request.headers.authorization ?? '';
      const secret = decodeURIComponent(
        Buffer.from(credentials.slice(6), 'base64').toString().split(':')[1] ?? '',
      );
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ error: 'invalid_client', error_description: `no ${secret}, no ${credentials}` }),
      );
    });
    const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` });
    const report = await runFlow('client_credentials', profile, flowDeps());
    const text = JSON.stringify(report.outcome);
    assert.match(text, /invalid_client \(no …/);
    assert.doesNotMatch(text, /s3cret-of-the/);
    assert.doesNotMatch(text, /czNjcmV0/);
  });
});

it('judges any response whatever without throwing', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 200, max: 599 }),
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.webQueryParameters(),
        fc
          .jsonValue()
          .map((value) =>
            JSON.stringify({ access_token: 'x', scope: value, expires_in: value, token_type: value }),
          ),
      ),
      fc.constantFrom('application/json', 'text/html', '', 'application/x-www-form-urlencoded'),
      (status, body, type) => {
        const origin = {
          host: 'as.example.com',
          step: 'token',
          requestedScopes: [],
          scrub: (text: string) => text,
        } as const;
        const result = tolerantResponse({ status, body, headers: { 'content-type': type } }, origin);
        assert.ok(result.kind === 'token' ? result.body.token_type !== '' : result.failure.message !== '');
      },
    ),
  );
});

describe('the token endpoint of a server with a dialect of its own', () => {
  const dialect = {
    name: 'own',
    response: {
      envelope: 'data',
      failure: { flag: 'ok', error: ['code'], description: ['text'], fallback: 'failed' },
    },
  };
  const at = async (context: TestContext, body: object) => {
    const origin = await serve(context, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` });
    return runFlow('client_credentials', profile, flowDeps({ dialect: () => dialect }));
  };

  it('is understood, and a failure has the status with which it was sent', async (context) => {
    const { access_token: token } = tokensOf(await at(context, { ok: true, data: good }));
    assert.equal(token, good.access_token);
    const report = await at(context, { ok: false, code: 'no_such_client', text: 'Who?' });
    const { body, exchange } = failureOf(report, 'oauth_error');
    assert.deepEqual([body.error, exchange], ['no_such_client', 1]);
    const notes = report.exchanges[0]?.deviations.map(({ code }) => code) ?? [];
    assert.ok(notes.includes('error_with_200'), notes.join());
  });
});
