import fc from 'fast-check';
import type { VaultCode } from '../../../../src/core/vault/vaultFailure.ts';

/** The server of every world. */
export const issuer = 'https://login.truth.test';

/** One answer of the server, as the network gives it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The connection breaks off behind the body. */
  readonly broken?: true;
  /** No answer comes: Node's code. */
  readonly error?: string;
}

/** What a server, a user and a profile are like in one run. */
export interface World {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly discovery: Answer | undefined;
  readonly token: Answer | undefined;
  readonly keys: Answer | undefined;
  /** Parameters of the redirect; `STATE` is the flow's own. Undefined: the browser never comes back. */
  readonly redirect: Readonly<Record<string, string>> | undefined;
  /** Claims of the id_token that are other than they should be; null takes one away. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly flow: 'client_credentials' | 'authorization_code' | 'refresh_token';
  readonly authentication: 'client_secret_basic' | 'client_secret_post' | 'none';
  /** Undefined: none is stored. */
  readonly secret: string | undefined;
  /** What does not work on this machine. */
  readonly trouble: 'port in use' | 'browser declined' | VaultCode | undefined;
  /** What the tokens to refresh have. */
  readonly refreshToken: string | undefined;
  readonly scopes: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

const errorCodes = [
  ...['invalid_request', 'invalid_client', 'invalid_grant', 'unauthorized_client', 'unsupported_grant_type'],
  ...['invalid_scope', 'invalid_target', 'access_denied', 'server_error', 'temporarily_unavailable'],
  ...['login_required', 'consent_required', 'invalid_dpop_proof', 'use_dpop_nonce', 'invalid_request_object'],
  ...['redirect_uri_mismatch', 'invalid_redirect_uri', 'slow_down', 'made_up_error', ''],
];
const phrases = [
  ...['', 'nope', 'redirect_uri is not registered', 'PKCE verification failed', 'code was already used'],
  ...['client secret is wrong', 'public client must not send a secret', 'no client certificates sent'],
  ...[
    'scope orders.write is not allowed',
    'client_assertion required',
    'Pushed Authorization Request is required',
  ],
  ...['the audience is unknown', 'Client authentication failed', 'The token has expired'],
];

const json = { 'content-type': 'application/json' };
const status = fc.constantFrom(200, 201, 301, 302, 400, 401, 403, 404, 405, 415, 429, 500, 503);
const oauthError = fc
  .tuple(fc.constantFrom(...errorCodes), fc.constantFrom(...phrases))
  .map(([error, error_description]) => JSON.stringify({ error, error_description }));
const body = fc.oneof(
  { weight: 4, arbitrary: oauthError },
  fc.constantFrom(
    ...['', '<!doctype html><title>Sign in</title>', 'plain text', '{"access_token":', '[]', '{}'],
    ...['{"id_token":"e30.e30.c2ln"}', '{"access_token":{"value":1}}', '{"message":"no such client"}'],
    ...[
      '{"access_token":"a","token_type":"Bearer"}',
      '<html>400 No required SSL certificate was sent</html>',
    ],
  ),
);
const answer = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      status,
      headers: fc.record(
        {
          'content-type': fc.constantFrom('application/json', 'text/html', 'text/plain'),
          location: fc.constantFrom(
            '/login',
            'https://elsewhere.truth.test/token',
            '//x',
            `${issuer}/token/`,
          ),
          // Now is when the answer is made, not when this file was read.
          date: fc.constantFrom(0, 500_000).map((ago) => new Date(Date.now() - ago).toUTCString()),
        },
        { requiredKeys: ['content-type'] },
      ),
      body,
    }),
  },
  fc
    .constantFrom(
      'ECONNREFUSED',
      'ENOTFOUND',
      'ECONNRESET',
      'ETIMEDOUT',
      'CERT_HAS_EXPIRED',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    )
    .map((error) => ({ status: 0, headers: {}, body: '', error })),
  fc.constant({ status: 200, headers: json, body: '{"access', broken: true as const }),
  fc.constant({ status: 200, headers: json, body: `{"x":"${'y'.repeat(1_100_000)}"}` }),
);
const metadata = fc.record(
  {
    grant_types_supported: fc.subarray(['authorization_code', 'client_credentials', 'refresh_token']),
    token_endpoint_auth_methods_supported: fc.subarray([
      'client_secret_basic',
      'client_secret_post',
      'none',
      'private_key_jwt',
    ]),
    scopes_supported: fc.subarray(['openid', 'orders.read', 'offline_access'], { minLength: 1 }),
    require_pushed_authorization_requests: fc.boolean(),
    authorization_response_iss_parameter_supported: fc.boolean(),
    issuer: fc.constantFrom(issuer, `${issuer}/`, `${issuer}/other`, 'https://inner.truth.test', 7),
    token_endpoint: fc.constantFrom(`${issuer}/token`, 'http://inner.truth.test/token', undefined),
    jwks_uri: fc.constantFrom(`${issuer}/jwks`, undefined),
  },
  { requiredKeys: [] },
);
const redirect = fc.record(
  {
    code: fc.constantFrom('the-code', ''),
    state: fc.constantFrom('STATE', 'STATE', 'STATE', 'another'),
    error: fc.constantFrom(...errorCodes),
    error_description: fc.constantFrom(...phrases),
    iss: fc.constantFrom(issuer, 'https://evil.truth.test'),
  },
  { requiredKeys: [] },
);
/** Seconds since the epoch. */
export const now = Math.floor(Date.now() / 1000);
const claims = fc.oneof(
  fc.record({ iss: fc.constantFrom(null, 'https://evil.truth.test') }),
  fc.record({
    aud: fc.constantFrom<unknown>(null, 'another-client', ['orders-worker', 'another-client'], 5),
  }),
  fc.record({ azp: fc.constant('another-client') }),
  fc.record({ sub: fc.constantFrom<unknown>(null, 7) }),
  fc.record({ exp: fc.constantFrom<unknown>(null, now - 5000, 'soon') }),
  fc.record({ iat: fc.constantFrom<unknown>(null, 'now') }),
  fc.record({ nbf: fc.constant(now + 5000) }),
  fc.record({ nonce: fc.constantFrom(null, 'another') }),
  fc.record({ at_hash: fc.constant('another') }),
);

/** Mostly as it should be, so that each flow comes far enough for every part to be the one that fails. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, weight = 1) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight, arbitrary });
/** Any world. */
export const world: fc.Arbitrary<World> = fc.record({
  metadata: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, metadata),
  discovery: sometimes(answer),
  token: sometimes(answer, 6),
  keys: sometimes(answer),
  redirect: fc.oneof(
    { weight: 4, arbitrary: fc.constant({ code: 'the-code', state: 'STATE' }) },
    { weight: 4, arbitrary: redirect },
    fc.constant(undefined),
  ),
  claims: fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, claims),
  flow: fc.constantFrom('client_credentials', 'authorization_code', 'authorization_code', 'refresh_token'),
  authentication: fc.constantFrom('client_secret_basic', 'client_secret_post', 'none'),
  secret: fc.constantFrom(
    's3cr3t-of-the-client',
    ' s3cr3t-with-blank',
    'p+a/s:s%20',
    '00000000-0000-4000-8000-000000000000',
    undefined,
  ),
  trouble: sometimes(
    fc.constantFrom('port in use', 'browser declined', 'timeout', 'failed', 'incomplete', 'too_large'),
  ),
  refreshToken: fc.constantFrom('refresh-0123456789', 'refresh-0123456789', undefined),
  scopes: fc.subarray(['openid', 'orders.write', 'offline_access', 'a,b']),
  parameters: fc.constantFrom({}, { prompt: 'none' }, { max_age: '60' }),
});
