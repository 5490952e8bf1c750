import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tellingWords } from '../../../src/core/diagnose/tellingWords.ts';
import { explained } from './play.ts';
import { answered, rightlyExplained, type More, type Step } from './realAnswer.ts';

/** As they came from the servers of these packages, each installed and run. */
const rows: readonly (readonly [
  server: string,
  step: Step,
  status: number,
  body: object,
  more: More,
  title: string,
  firstStep: string,
])[] = [
  [
    // It hands out what zod found; its “code” is no authorization code.
    '@modelcontextprotocol/sdk, client_id sent in the header',
    'code',
    400,
    {
      error: 'invalid_request',
      error_description:
        '[\n  {\n    "expected": "string",\n    "code": "invalid_type",\n    "path": [\n      "client_id"\n    ],\n    "message": "Invalid input: expected string, received undefined"\n  }\n]',
    },
    { profile: { clientAuthentication: 'client_secret_basic' } },
    'The server wants the parameter client_id in the form.',
    'Send client ID and secret in the form.',
  ],
  [
    '@modelcontextprotocol/sdk, a secret left out',
    'code',
    400,
    { error: 'invalid_client', error_description: 'Client secret is required' },
    { profile: { clientAuthentication: 'none' } },
    'The server wants the parameter client_secret.',
    'Choose how the secret is sent, and enter it.',
  ],
  [
    '@openauthjs/openauth, a parameter of its own',
    'token',
    400,
    { error: 'missing `provider` form value' },
    {},
    'The server wants the parameter provider.',
    'Set it in the profile: in a field of its own, or as an extra parameter.',
  ],
  [
    '@openauthjs/openauth, client_id sent in the header',
    'token',
    400,
    { error: 'missing `client_id` form value' },
    { profile: { clientAuthentication: 'client_secret_basic' } },
    'The server wants the parameter client_id in the form.',
    'Send client ID and secret in the form.',
  ],
];

describe('what servers said that were met late', () => {
  for (const [server, step, status, body, more, title, firstStep] of rows)
    it(server, async () => {
      const explanation = rightlyExplained(await answered(step, status, body, more), 'parameter-missing');
      const [first] = explanation.causes;
      assert.deepEqual([first?.title, first?.steps[0]], [title, firstStep]);
      assert.ok(!explanation.causes.some(({ id }) => id === 'code-not-taken'));
    });

  it('a header that is missing, as oauth20-provider says it, leads a client without a secret to one', async () => {
    const body = { error: 'invalid_request', error_description: 'No authorization header passed' };
    const report = await answered('code', 400, body, { profile: { clientAuthentication: 'none' } });
    assert.equal(explained(report).causes[0]?.id, 'confidential-client-without-secret');
  });

  it('a list of all parameters, as Net::OAuth2::AuthorizationServer’s frame has it, does not blame the secret', async () => {
    const error_description =
      'the request was missing one of: grant_type, client_id, client_secret, code, redirect_uri;or grant_type did not equal "authorization_code" or "refresh_token"';
    const report = await answered('token', 400, { error: 'invalid_request', error_description });
    rightlyExplained(report, 'error-code-invalid_request');
  });

  it('invalid_request alone, as @hellocoop/mockin says where the client id is in the header only', async () => {
    const [id, elsewhere] = [
      'client-id-in-header-only',
      { clientAuthentication: 'client_secret_post' },
    ] as const;
    const report = await answered('code', 400, { error: 'invalid_request' });
    const { causes } = rightlyExplained(report, id);
    assert.deepEqual(causes[0]?.fixes, [{ kind: 'set_client_authentication', ...elsewhere }]);
    const inForm = await answered('code', 400, { error: 'invalid_request' }, { profile: elsewhere });
    assert.ok(!explained(inForm).causes.some((cause) => cause.id === id));
  });

  it('invalid_grant for a wrong secret, as Net::OAuth2::AuthorizationServer says it: the secret is among the causes', async () => {
    const { causes } = rightlyExplained(
      await answered('code', 400, { error: 'invalid_grant' }),
      'code-refused',
    );
    assert.equal(causes[1]?.id, 'client-unknown-or-secret-wrong');
    const worded = await answered('code', 400, { error: 'invalid_grant', error_description: 'code expired' });
    assert.ok(!explained(worded).causes.some(({ id }) => id === 'client-unknown-or-secret-wrong'));
  });

  it('a token that is missed where none was sent, as oauthlib’s userinfo says it, leads to the address and not to a new token', async () => {
    const body = {
      error: 'invalid_token',
      error_description:
        'The access token provided is expired, revoked, malformed, or invalid for other reasons.',
    };
    const headers = {
      'www-authenticate': `Bearer error="${body.error}", error_description="${body.error_description}"`,
    };
    for (const step of ['token', 'code'] as const) {
      const { causes } = rightlyExplained(await answered(step, 401, body, { headers }), 'api-in-its-place');
      assert.deepEqual(causes[0]?.fixes, [{ kind: 'edit_profile', field: 'tokenEndpoint' }]);
    }
    const refreshed = explained(await answered('refresh', 401, body, { headers }));
    assert.ok(!refreshed.causes.some(({ id }) => id === 'api-in-its-place'), 'a token was sent');
  });

  it('RFC 7636’s own words for a method that is not known (section 4.4.1), as oauthlib says them, lead to S256', async () => {
    const error_description = 'Transform algorithm not supported.';
    const report = await answered('redirect', 302, { error: 'invalid_request', error_description });
    const { causes } = rightlyExplained(report, 'pkce-wanted');
    assert.match(causes[0]?.steps[0] ?? '', /^Have the server take the method S256/);
  });

  it('an answer that says no more than its status, as Rails gives it at doorkeeper’s authorization endpoint, leads to the address', async () => {
    for (const body of [{ status: 422, error: 'Unprocessable Entity' }, '']) {
      const { causes } = rightlyExplained(await answered('token', 422, body), 'reason-of-its-own');
      assert.match(causes[0]?.steps[0] ?? '', /^Compare the token endpoint with the server’s documentation/);
      assert.doesNotMatch(causes[0]?.steps.join(' ') ?? '', /own words/, 'it has none');
      assert.deepEqual(causes[0]?.fixes, [{ kind: 'edit_profile', field: 'tokenEndpoint' }]);
    }
    const worded = await answered('token', 422, { message: 'Too many accounts' });
    const [first] = rightlyExplained(worded, 'reason-of-its-own').causes;
    assert.match(first?.steps[0] ?? '', /^Read the server’s own words/);
  });

  for (const error_description of [
    'Prompt none is mutually exclusive with other values.',
    'The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed.',
  ])
    it(`prompt=none beside another value, as oauthlib and doorkeeper-openid_connect refuse it: ${error_description}`, async () => {
      const error = { error: 'invalid_request', error_description };
      const both = await answered('redirect', 302, error, { profile: { prompt: 'none login' } });
      const { causes } = rightlyExplained(both, 'prompt-none-not-alone');
      assert.deepEqual(causes[0]?.fixes, [
        { kind: 'set_authorization_parameter', name: 'prompt', value: 'login' },
      ]);
      const alone = explained(
        await answered('redirect', 302, error, { profile: { prompt: 'login consent' } }),
      );
      assert.ok(!alone.causes.some(({ id }) => id === 'prompt-none-not-alone'));
    });

  it('a scope that is refused under a name of its own, as Glewlwyd’s, leads to the scopes and not to the grant', async () => {
    const server = await answered(
      'token',
      400,
      { error: 'scope_invalid' },
      { profile: { scopes: ['none'] } },
    );
    const metadata = {
      grant_types_supported: ['authorization_code', 'implicit'],
      scopes_supported: ['openid'],
    };
    assert.equal(explained(server, { metadata }).causes[0]?.id, 'scope-not-supported');
    assert.equal(explained(server).causes[0]?.id, 'scope-refused');
  });

  it('a refresh token that is not found is a suspect of a bare invalid_request, as LemonLDAP::NG’s (Issuer/OpenIDConnect.pm, _handleRefreshTokenGrant)', async () => {
    const bare = await answered('refresh', 400, { error: 'invalid_request' });
    rightlyExplained(bare, 'refresh-token-rotated');
    const described = { error: 'invalid_request', error_description: 'The parameter is not allowed' };
    const other = explained(await answered('refresh', 400, described));
    assert.ok(!other.causes.some(({ id }) => id === 'refresh-token-rotated'));
  });

  for (const [step, error, words, cause] of [
    ['code', 'invalid_request', 'Missing authorization code', 'parameter-missing'],
    ['code', 'invalid_grant', 'Mismatching redirect uri', 'redirect-uri-refused-at-token-endpoint'],
    ['code', 'invalid_grant', 'Authorization not found', 'code-refused'],
    ['token', 'unauthorized_client', 'Must use only one authentication method', 'two-client-authentications'],
    ['token', 'unauthorized_client', 'Missing client credentials', 'client-authentication-not-found'],
    ['token', 'unauthorized_client', 'Malformed HTTP Basic credentials', 'authorization-header-not-read'],
    ['token', 'unauthorized_client', 'Invalid authorization scheme', 'client-authentication-other'],
    ['token', 'unauthorized_client', 'Unknown client identifier', 'client-not-known'],
  ] as const)
    it(`@solid/oidc-op (TokenRequest.js): ${words}`, async () => {
      const profile = { clientAuthentication: 'client_secret_basic' } as const;
      rightlyExplained(await answered(step, 400, { error, error_description: words }, { profile }), cause);
    });

  it('a description that should be quoted is read to its end, as @solid/oidc-op’s (BaseRequest.js, unauthorized)', async () => {
    const said = (words: string) =>
      answered('code', 401, 'Unauthorized', {
        headers: {
          'www-authenticate': `Bearer realm=undefined, error=unauthorized_client, error_description=${words}`,
        },
      });
    rightlyExplained(await said('Mismatching client secret'), 'secret-refused');
    const unknown = explained(await said('Unknown client identifier'));
    assert.equal(unknown.causes[0]?.id, 'client-not-known');
  });

  it('a 401 in words of their own, as passport’s and @curveball/a12n-server’s, leads to the client and not to the address', async () => {
    for (const body of ['Unauthorized', { title: 'Client id or secret incorrect', status: 401 }]) {
      const { outcome } = await answered('token', 401, body);
      assert.ok(outcome.kind === 'failure');
      assert.equal(
        outcome.failure.advice,
        'Check the client ID, its credentials and the way the client authenticates.',
      );
    }
  });

  it('a refusal in words that name a part of OAuth, as SAML Jackson’s, leads to these and not to the address', async () => {
    for (const [step, status, body, advice] of [
      ['token', 400, 'Unsupported grant_type', /^Go by what the server says/],
      ['code', 403, 'Invalid code', /^Go by what the server says/],
      ['token', 400, { message: 'Invalid client_secret' }, /^Go by what the server says/],
      ['token', 403, 'Forbidden', /^Check the token endpoint of the profile/],
      ['token', 404, 'Unknown client_id', /^Check the token endpoint of the profile/],
    ] as const) {
      const { outcome } = await answered(step, status, body);
      assert.ok(outcome.kind === 'failure');
      assert.match(outcome.failure.advice, advice);
    }
  });

  it('a list of zod is read as sentences, and what is cut off as it is', () => {
    const read = (words: string) => tellingWords({ words, body: '' });
    assert.deepEqual(
      read('[{"path":["scope",0],"message":"Too long"},{"path":["code"],"message":"Required"}]'),
      ['scope.0: Too long', 'code is missing'],
    );
    assert.deepEqual(read('[{"path":["client_id"'), ['[{"path":["client_id"']);
  });
});

describe('access_denied at a token endpoint, as loopback-component-oauth2 says of all that a client may not', () => {
  for (const [error_description, id] of [
    ['Unauthorized grant type: client_credentials', 'grant-not-allowed'],
    ['Unauthorized scope: read', 'scope-refused'],
  ] as const)
    it(`leads to what it is: ${error_description}`, async () => {
      rightlyExplained(await answered('token', 403, { error: 'access_denied', error_description }), id);
    });
});
