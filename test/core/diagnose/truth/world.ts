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

/** Flows that come to a token over metadata, the browser and the token endpoint alone. */
export const plainFlows = ['client_credentials', 'authorization_code', 'refresh_token'] as const;
/** Flows in which another endpoint takes part. */
export const otherFlows = [
  ...(['device_code', 'ciba', 'token_exchange', 'pushed', 'signed_response'] as const),
  ...(['introspection', 'userinfo', 'revocation', 'sign_out', 'sign_out_and_return'] as const),
  ...(['registration', 'read_client', 'update_client', 'delete_client'] as const),
];
export type WorldFlow = (typeof plainFlows)[number] | (typeof otherFlows)[number];

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
  readonly flow: WorldFlow;
  readonly authentication: 'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'none';
  readonly clientId: string;
  /** What an endpoint answers that is neither that of metadata, tokens nor keys; undefined: as it should. */
  readonly endpoint: Answer | undefined;
  /** How often the user has not decided yet, of a flow that asks again and again. */
  readonly pending: number;
  /** Whether an authorization response that is to be signed is. */
  readonly signed: boolean;
  /** The metadata is known from before: no document is in the trace. */
  readonly cached: boolean;
  /** The provider that the profile names. */
  readonly provider: string | undefined;
  /** Undefined: none is stored. */
  readonly secret: string | undefined;
  /** What the same flow came to before in this session, when all was as it should be; with which secret. */
  readonly before: 'the same secret' | 'another secret' | undefined;
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
  ...['authorization_pending', 'expired_token', 'unknown_user_id', 'invalid_binding_message'],
  ...['invalid_client_metadata', 'unapproved_software_statement', 'invalid_token', 'insufficient_scope'],
  ...['unsupported_token_type', 'invalid_request_uri', 'request_not_supported', 'unsupported_response_type'],
  ...['interaction_required', 'invalid_authorization_details', 'user_cancelled_login', 'cookie_not_found'],
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
  // A cookie that was not sent along, as SameSite or a blocked third party has it.
  ...['Cookie not found. Please make sure cookies are enabled in your browser.', 'Correlation failed.'],
  ...['Invalid CSRF token', 'The session has expired', 'the user account is locked', 'unknown realm'],
  ...['missing parameter: login_hint', 'Duplicate parameter: scope', 'https required', 'request_uri missing'],
  ...['request object is required', 'invalid authorization header', 'no client credentials', 'MFA required'],
  ...[
    'The system is busy',
    'rate limit reached',
    'client is disabled',
    'client not found',
    'consent is needed',
  ],
  ...['the IP address is not allowed', 'a policy forbids it', 'unsupported grant_type', 'No resource given'],
  ...['Client is configured without secret but secret was received', 'Unexpected client_secret'],
  ...['The client_secret parameter is not valid for this client application', 'Jwt issuer is not configured'],
  ...[
    'issuer and sub must be identical',
    'User is not authorized to access this resource with an explicit deny',
  ],
  ...[
    'more than one client authentication',
    'no encryption key',
    'unsupported auth method',
    'HTTP method not ok',
  ],
  ...[
    'refresh token not found',
    'Content-Type must be application/x-www-form-urlencoded',
    'DPoP proof missing',
  ],
];

/** What stands before a server answers in its place: a firewall, a portal, a proxy, a gateway. */
const intermediary: fc.Arbitrary<Answer> = fc.constantFrom(
  page(403, 'Attention Required! | Cloudflare', 'Sorry, you have been blocked. Cloudflare Ray ID: 8f'),
  page(403, 'Request Rejected', 'The requested URL was rejected. Your support ID is: 123.'),
  page(403, 'Forbidden'),
  page(401, 'Proxy sign-in', 'Sign in to the company network.', { 'www-authenticate': 'Negotiate' }),
  page(200, 'Guest WiFi', 'Accept the terms of use of this network.'),
  page(200, 'Just a moment...', 'Checking your browser. captcha'),
  page(302, 'Found', '', { location: 'https://sso.corp.test/login?next=x' }),
  page(302, 'Found', '', { location: '/login' }),
  page(400, 'Bad Request', 'Cookies must be enabled.'),
  page(419, 'Page Expired'),
  page(407, 'Proxy Authentication Required', '', { 'proxy-authenticate': 'Basic realm="x"' }),
  page(429, 'Too Many Requests', '', { 'retry-after': '30' }),
  page(500, 'Internal Server Error'),
  page(502, 'Bad Gateway', '<hr><center>nginx</center>'),
  page(503, 'Service Unavailable'),
  page(504, 'Gateway Timeout'),
  page(511, 'Network Authentication Required'),
  { status: 403, headers: { 'content-type': 'text/plain' }, body: 'Invalid CSRF token' },
  {
    status: 403,
    headers: { 'content-type': 'text/plain', server: 'istio-envoy' },
    body: 'RBAC: access denied',
  },
  { status: 401, headers: { 'content-type': 'text/plain' }, body: 'Jwt is missing' },
  {
    ...{
      status: 403,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ForbiddenException' },
    },
    body: '{"message":"Forbidden"}',
  },
  { status: 403, headers: { via: '1.1 proxy' }, body: '{"status":403,"error":"Forbidden","path":"/token"}' },
  {
    status: 401,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"No API key found in request"}',
  },
  { status: 401, headers: { 'content-type': 'application/json' }, body: '{"exp":"token expired"}' },
  { status: 431, headers: {}, body: '' },
  page(400, '400 Request Header Or Cookie Too Large'),
  { status: 403, headers: {}, body: '' },
);

function page(
  code: number,
  title: string,
  text = '',
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status: code,
    headers: { 'content-type': 'text/html', ...headers },
    body: `<!doctype html><html><title>${title}</title><body>${text}</body></html>`,
  };
}

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
  { weight: 3, arbitrary: intermediary },
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
          'www-authenticate': fc.constantFrom(
            'Basic realm="x"',
            'Bearer error="invalid_token", error_description="The token has expired"',
          ),
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
      ...['ERR_TLS_CERT_ALTNAME_INVALID', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
      ...['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ERR_SSL_SOMETHING', 'ERR_PROXY_CONNECTION_FAILED'],
      ...['ERR_UNSAFE_PORT', 'HPE_INVALID_CONSTANT', 'EMADEUP', 'UND_ERR_HEADERS_TIMEOUT'],
    )
    .map((error) => ({ status: 0, headers: {}, body: '', error })),
  fc.constant({ status: 200, headers: json, body: '{"access', broken: true as const }),
  fc.constant({ status: 200, headers: json, body: `{"x":"${'y'.repeat(1_100_000)}"}` }),
);
/** Members that name the endpoints of `otherFlows`, whose path is the member's name. */
export const otherEndpoints = [
  ...['device_authorization_endpoint', 'backchannel_authentication_endpoint'],
  ...['pushed_authorization_request_endpoint', 'introspection_endpoint', 'userinfo_endpoint'],
  ...['revocation_endpoint', 'end_session_endpoint', 'registration_endpoint'],
];
const metadata = fc.record(
  {
    grant_types_supported: fc.subarray([
      ...['authorization_code', 'client_credentials', 'refresh_token'],
      'urn:ietf:params:oauth:grant-type:device_code',
    ]),
    token_endpoint_auth_methods_supported: fc.subarray([
      'client_secret_basic',
      'client_secret_post',
      'none',
      'private_key_jwt',
    ]),
    scopes_supported: fc.subarray(['openid', 'orders.read', 'offline_access'], { minLength: 1 }),
    require_pushed_authorization_requests: fc.boolean(),
    require_signed_request_object: fc.boolean(),
    // Endpoints that a server leaves out, or puts where nothing may be sent.
    ...Object.fromEntries(
      otherEndpoints.map((name) => [
        name,
        fc.oneof(
          { weight: 8, arbitrary: fc.constant(`${issuer}/${name}`) },
          fc.constantFrom(undefined, 'http://inner.truth.test/x'),
        ),
      ]),
    ),
    authorization_endpoint: fc.constantFrom(
      ...[`${issuer}/authorize`, `${issuer}/authorize`, `${issuer}/authorize`, undefined],
    ),
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
    // Facebook's form.
    error_code: fc.constantFrom('1349220', '200'),
    error_message: fc.constantFrom(...phrases),
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
/** Any world of these flows. */
export const worldOf = (flows: readonly WorldFlow[]): fc.Arbitrary<World> =>
  fc.record({
    metadata: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, metadata),
    discovery: sometimes(answer),
    token: sometimes(answer, 6),
    keys: sometimes(answer),
    endpoint: sometimes(answer, 6),
    pending: fc.constantFrom(0, 0, 1, 9),
    signed: fc.constantFrom(true, true, true, false),
    cached: fc.constantFrom(false, false, false, true),
    provider: fc.constantFrom(
      ...[undefined, undefined, undefined, 'keycloak', 'entra-id', 'auth0', 'okta', 'google', 'github'],
    ),
    redirect: fc.oneof(
      { weight: 4, arbitrary: fc.constant({ code: 'the-code', state: 'STATE' }) },
      { weight: 4, arbitrary: redirect },
      fc.constant(undefined),
    ),
    claims: fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, claims),
    flow: fc.constantFrom(...flows),
    authentication: fc.constantFrom('client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'none'),
    clientId: fc.constantFrom('orders-worker', 'orders-worker', '5', 'orders worker', '00'),
    secret: fc.constantFrom(
      's3cr3t-of-the-client-which-is-long-enough',
      ' s3cr3t-with-blank',
      'p+a/s:s%20',
      '00000000-0000-4000-8000-000000000000',
      undefined,
    ),
    before: fc.constantFrom(undefined, undefined, 'the same secret', 'another secret'),
    trouble: sometimes(
      fc.constantFrom('port in use', 'browser declined', 'timeout', 'failed', 'incomplete', 'too_large'),
    ),
    refreshToken: fc.constantFrom('refresh-0123456789', 'refresh-0123456789', undefined),
    scopes: fc.subarray(['openid', 'orders.write', 'offline_access', 'a,b']),
    parameters: fc.constantFrom({}, { prompt: 'none' }, { max_age: '60' }),
  });
