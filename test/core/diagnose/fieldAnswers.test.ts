import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainAnswer } from '../../../src/core/diagnose/explainAnswer.ts';
import { catalogue, causeIds, explained } from './play.ts';
import { authorizationCode } from './support.ts';
import { answered, rightlyExplained, type More, type Step } from './realAnswer.ts';

const oauth = (error: string, error_description: string) => ({ error, error_description });
const page = (headers: object = {}): More => ({ headers: { 'content-type': 'text/html', ...headers } });

/** Answers as servers and what stands before them give them, the cause, and causes that would be false. */
const rows: readonly (readonly [
  name: string,
  step: Step,
  status: number,
  body: object | string,
  cause: string,
  notThese?: readonly string[],
  more?: More,
])[] = [
  [
    'Spring Security OAuth: no credentials where it looks for them (ExceptionTranslationFilter)',
    ...(['token', 401] as const),
    oauth('unauthorized', 'Full authentication is required to access this resource'),
    'client-authentication-not-found',
    ['audience-wanted', 'target-refused'],
  ],
  [
    'Entra ID, AADSTS65002',
    ...(['refresh', 400] as const),
    oauth(
      'invalid_grant',
      'AADSTS65002: Consent between first party application ’a’ and first party resource ’b’ must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API owner before requesting tokens for that API.',
    ),
    'consent-wanted',
    ['audience-wanted'],
  ],
  [
    'Okta: no such authorization server',
    ...(['token', 404] as const),
    {
      errorCode: 'E0000007',
      errorSummary: 'Not found: Resource not found: aus1 (AuthorizationServer)',
      errorCauses: [],
    },
    'realm-not-known',
    ['target-refused'],
  ],
  [
    'Zitadel: asked under a name that is none of its own',
    ...(['token', 404] as const),
    {
      ...{ code: 5, details: [] },
      message:
        'unable to set instance using origin &{auth.example http}: ID=QUERY-1kIjX Message=Instance not found. Make sure you got the domain right.',
    },
    'realm-not-known',
  ],
  [
    'zitadel/oidc: a client with a key',
    ...(['code', 400] as const),
    oauth('invalid_client', 'auth_method private_key_jwt required'),
    'client-assertion-wanted',
    ['parameter-missing'],
  ],
  [
    'zitadel/oidc: a client that sends its secret in the form',
    ...(['code', 400] as const),
    oauth('invalid_client', 'basic not supported'),
    'client-authentication-other',
  ],
  [
    'Spring Authorization Server: another client authentication',
    ...(['token', 401] as const),
    oauth('invalid_client', 'Client authentication failed: authentication_method'),
    'client-authentication-other',
  ],
  [
    'Spring Authorization Server: a wrong secret',
    ...(['token', 401] as const),
    oauth('invalid_client', 'Client authentication failed: client_secret'),
    'secret-refused',
  ],
  [
    'WSO2: a client that is switched off',
    ...(['token', 401] as const),
    oauth('invalid_client', 'Oauth application is not in active state.'),
    'client-switched-off',
  ],
  [
    'Keycloak under another host name',
    ...(['refresh', 400] as const),
    oauth('invalid_grant', "Invalid token issuer. Expected 'http://keycloak:8080/realms/x'"),
    'refresh-token-of-another-issuer',
  ],
  [
    'Entra ID: no tenant',
    ...(['token', 400] as const),
    oauth(
      'invalid_request',
      'AADSTS90019: No tenant-identifying information found in either the request or implied by any provided credentials.',
    ),
    'entra-id/no-tenant',
  ],
  [
    'Entra ID: an application for personal accounts',
    ...(['code', 400] as const),
    oauth(
      'invalid_request',
      "AADSTS9002346: Application 'x' is configured for use by Microsoft Account users only. Please use the /consumers endpoint to serve this request.",
    ),
    'entra-id/audience',
  ],
  [
    'Entra ID: a loop',
    ...(['refresh', 400] as const),
    oauth(
      'invalid_grant',
      'AADSTS50196: The server terminated an operation because it encountered a client request loop. Please contact your app vendor.',
    ),
    'entra-id/loop',
  ],
  [
    'Istio: a rule of the mesh',
    ...(['token', 403] as const),
    'RBAC: access denied',
    'policy-refused',
    [],
    page({ 'content-type': 'text/plain', server: 'istio-envoy' }),
  ],
  [
    'Squid: a host that the proxy does not find',
    ...(['token', 503] as const),
    '<html><head><title>ERROR: The requested URL could not be retrieved</title></head><body>Unable to determine IP address from host name auth.example</body></html>',
    'proxy-failed',
    ['server-in-trouble', 'wrong-address'],
    page({ 'x-squid-error': 'ERR_DNS_FAIL 0', via: '1.1 proxy (squid/5.7)' }),
  ],
  [
    'Akamai: its page spells its number with entities',
    ...(['token', 403] as const),
    '<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \nYou don\'t have permission to access "http&#58;&#47;&#47;auth&#46;example&#47;token" on this server.<P>\nReference&#32;&#35;18&#46;7d\n</BODY>\n</HTML>',
    'firewall',
    [],
    page({ server: 'AkamaiGHost' }),
  ],
  [
    'Cloudflare: a challenge for a browser',
    ...(['token', 403] as const),
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>',
    'firewall',
    ['cookies-lost'],
    page({ server: 'cloudflare', 'cf-mitigated': 'challenge' }),
  ],
  [
    'WSO2 API Manager: an API’s address',
    ...(['token', 401] as const),
    {
      fault: {
        code: 900902,
        message: 'Missing Credentials',
        description:
          'Invalid Credentials. Make sure your API invocation call has a header: "Authorization : Bearer ACCESS_TOKEN" or "Authorization : Basic ACCESS_TOKEN" or "apikey: API_KEY"',
      },
    },
    'wso2/gateway',
  ],
  [
    'WSO2 API Manager: an API’s address, in a frame of its own',
    ...(['token', 401] as const),
    {
      code: '900901',
      message: 'Invalid Credentials',
      description:
        'Access failure for API: /token, version: 1.0.0 status: (900901) - Invalid Credentials. Make sure you have provided the correct security credentials',
    },
    'wso2/gateway',
  ],
  [
    'Entra 700005',
    ...(['code', 400] as const),
    oauth(
      'invalid_grant',
      'AADSTS700005: Provided Authorization Code is intended to use against other tenant, thus rejected.',
    ),
    'entra-id/code-of-another-tenant',
  ],
  [
    'Entra 900561',
    ...(['token', 400] as const),
    oauth(
      'invalid_request',
      'AADSTS900561: The endpoint only accepts POST requests. Received a GET request.',
    ),
    'entra-id/get-for-post',
  ],
  [
    'Entra 900561 redirect',
    ...(['redirect', 0] as const),
    oauth(
      'invalid_request',
      'AADSTS900561: The endpoint only accepts POST, OPTIONS requests. Received a GET request.',
    ),
    'entra-id/get-for-post',
  ],
  [
    'Entra 50146',
    ...(['token', 400] as const),
    oauth(
      'invalid_request',
      "AADSTS50146: This application is required to be configured with an application-specific signing key. It is either not configured with one, or the key has expired or is not yet valid. Please contact the application's administrator.",
    ),
    'entra-id/own-signing-key',
  ],
  [
    'Entra 500207',
    ...(['code', 400] as const),
    oauth(
      'invalid_request',
      "AADSTS500207: The account type can't be used for the resource you're trying to access.",
    ),
    'entra-id/account-type',
  ],
  [
    'Entra 1000031',
    ...(['redirect', 0] as const),
    oauth(
      'invalid_client',
      'AADSTS1000031: Application My App cannot be accessed at this time. Contact your administrator.',
    ),
    'entra-id/application-blocked',
  ],
  [
    'Keycloak: a realm that is off',
    ...(['token', 403] as const),
    oauth('access_denied', 'Realm not enabled'),
    'realm-switched-off',
  ],
  [
    'Keycloak: no such realm',
    ...(['token', 404] as const),
    oauth('Realm does not exist', 'For more on this error consult the server log at the debug level.'),
    'realm-not-known',
  ],
  [
    'Auth0: a rule wants the e-mail verified',
    ...(['redirect', 0] as const),
    oauth('unauthorized', 'Please verify your email before logging in.'),
    'email-not-verified',
  ],
  [
    'Auth0: the same with access_denied',
    ...(['redirect', 0] as const),
    oauth('access_denied', 'Please verify your email before continuing.'),
    'email-not-verified',
  ],
  [
    'FastAPI with pydantic 1',
    ...(['token', 422] as const),
    {
      detail: [
        { loc: ['body', 'username'], msg: 'field required', type: 'value_error.missing' },
        { loc: ['body', 'password'], msg: 'field required', type: 'value_error.missing' },
      ],
    },
    'parameter-missing',
  ],
  [
    'FastAPI with pydantic 2',
    ...(['token', 422] as const),
    {
      detail: [
        {
          type: 'missing',
          loc: ['body', 'username'],
          msg: 'Field required',
          input: null,
          url: 'https://errors.pydantic.dev/2.4/v/missing',
        },
        { type: 'missing', loc: ['body', 'password'], msg: 'Field required', input: null },
      ],
    },
    'parameter-missing',
  ],
  [
    'FastAPI: another grant',
    ...(['token', 422] as const),
    {
      detail: [
        {
          type: 'string_pattern_mismatch',
          loc: ['body', 'grant_type'],
          msg: "String should match pattern 'password'",
          input: 'client_credentials',
        },
      ],
    },
    'grant-not-allowed',
  ],
  [
    'Kong: provision_key',
    ...(['token', 400] as const),
    oauth('invalid_provision_key', 'Invalid provision_key'),
    'provision-key-wanted',
  ],
  [
    'Kong: provision_key in the browser',
    ...(['redirect', 0] as const),
    oauth('invalid_provision_key', 'Invalid Kong provision_key'),
    'provision-key-wanted',
  ],
  [
    'Spring param',
    ...(['token', 400] as const),
    oauth('invalid_request', 'OAuth 2.0 Parameter: scope'),
    'parameter-named',
  ],
  [
    'Spring param scope',
    ...(['token', 400] as const),
    oauth('invalid_scope', 'OAuth 2.0 Parameter: scope'),
    'scope-refused',
  ],
  [
    'Spring param client_id',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'OAuth 2.0 Parameter: client_id'),
    'parameter-named',
  ],
  [
    'Spring param redirect',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'OAuth 2.0 Parameter: redirect_uri'),
    'redirect-uri-not-registered',
  ],
  [
    'Spring Client authentication failed: client_id',
    ...(['token', 401] as const),
    oauth('invalid_client', 'Client authentication failed: client_id'),
    'client-not-known',
  ],
  [
    'Zscaler',
    ...(['token', 403] as const),
    '<html><head><title>Internet Security by Zscaler</title></head><body>Sorry, you do not have permission to visit this site. Website blocked. See our internet use policy. Need help? Contact our support team. Your organization has selected Zscaler to protect you from internet threats.</body></html>',
    'firewall',
    [],
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'Zscaler 200',
    ...(['token', 200] as const),
    '<html><head><title>Internet Security by Zscaler</title></head><body>Not allowed to browse Web Application category. You tried to visit: https://x. Website blocked</body></html>',
    'firewall',
    [],
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'AWS WAF challenge',
    ...(['token', 202] as const),
    '',
    'firewall',
    [],
    { headers: { 'x-amzn-waf-action': 'challenge' } },
  ],
  [
    'AWS WAF captcha',
    ...(['token', 405] as const),
    '<!DOCTYPE html><html><head><title>Human Verification</title></head><body></body></html>',
    'firewall',
    [],
    { headers: { 'content-type': 'text/html', 'x-amzn-waf-action': 'captcha' } },
  ],
  [
    'Cognito WAF',
    ...(['token', 403] as const),
    { __type: 'ForbiddenException', message: 'Request not allowed due to WAF block.' },
    'firewall',
  ],
  [
    'PKCE hydra',
    ...(['redirect', 0] as const),
    oauth(
      'invalid_request',
      'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed. Clients must include a code_challenge when performing the authorize code flow, but it is missing. The server is configured in a way that enforces PKCE for clients.',
    ),
    'pkce-wanted',
  ],
  [
    'PKCE hydra pub',
    ...(['redirect', 0] as const),
    oauth(
      'invalid_request',
      'This client must include a code_challenge when performing the authorize code flow, but it is missing. The server is configured in a way that enforces PKCE for this client.',
    ),
    'pkce-wanted',
  ],
  [
    'PKCE plain hydra',
    ...(['redirect', 0] as const),
    oauth(
      'invalid_request',
      'Clients must use code_challenge_method=S256, plain is not allowed. The server is configured in a way that enforces PKCE S256 as challenge method for clients.',
    ),
    'pkce-wanted',
  ],
  [
    'PKCE keycloak',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'Missing parameter: code_challenge_method'),
    'pkce-wanted',
  ],
  [
    'PKCE keycloak2',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'Missing parameter: code_challenge'),
    'pkce-wanted',
  ],
  [
    'PKCE duende',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'code challenge required'),
    'pkce-wanted',
  ],
  [
    'PKCE okta',
    ...(['redirect', 0] as const),
    oauth(
      'invalid_request',
      "PKCE code challenge is required when the token endpoint authentication method is 'NONE'.",
    ),
    'pkce-wanted',
  ],
  [
    'PKCE oidc-provider',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'Authorization Server policy requires PKCE to be used for this request'),
    'pkce-wanted',
  ],
  [
    'PKCE auth0',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'Missing required parameter: code_challenge_method'),
    'pkce-wanted',
  ],
  [
    'PKCE openiddict',
    ...(['redirect', 0] as const),
    oauth('invalid_request', "The mandatory 'code_challenge' parameter is missing."),
    'pkce-wanted',
  ],
  [
    'PKCE DOT',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'Code challenge required.'),
    'pkce-wanted',
  ],
  [
    'PKCE X',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'Value passed for the code_challenge was invalid'),
    'pkce-wanted',
  ],
  [
    'PKCE wso2',
    ...(['redirect', 0] as const),
    oauth(
      'invalid_request',
      'PKCE is mandatory for this application. PKCE Challenge is not provided or is not upto RFC 7636 specification.',
    ),
    'pkce-wanted',
  ],
  [
    'PKCE forgerock',
    ...(['redirect', 0] as const),
    oauth('invalid_request', "Missing parameter, 'code_challenge'"),
    'pkce-wanted',
  ],
  [
    'PKCE spring',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'OAuth 2.0 Parameter: code_challenge'),
    'pkce-wanted',
  ],
  [
    'PKCE entra',
    ...(['redirect', 0] as const),
    oauth(
      'invalid_request',
      'AADSTS9002325: Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
    ),
    'entra-id/spa-pkce',
  ],
  [
    'PKCE fusionauth',
    ...(['redirect', 0] as const),
    {
      error: 'invalid_request',
      error_description: 'The request is missing the required code_challenge parameter. PKCE required',
      error_reason: 'missing_code_challenge',
    },
    'pkce-wanted',
  ],
  [
    'PKCE salesforce',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'missing required code challenge'),
    'pkce-wanted',
  ],
  [
    'PKCE ping',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'The code_challenge is missing or invalid.'),
    'pkce-wanted',
  ],
  [
    'PKCE doorkeeper',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'Code challenge is required.'),
    'pkce-wanted',
  ],
  [
    'PKCE doorkeeper2',
    ...(['redirect', 0] as const),
    oauth('invalid_code_challenge_method', 'The code_challenge_method must be S256.'),
    'pkce-wanted',
  ],
  [
    'PKCE authlib',
    ...(['redirect', 0] as const),
    oauth('invalid_request', "Missing 'code_challenge'"),
    'pkce-wanted',
  ],
  [
    'PKCE canva',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'code_challenge is required'),
    'pkce-wanted',
  ],
  [
    'PKCE authelia',
    ...(['redirect', 0] as const),
    oauth(
      'invalid_request',
      "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed. Clients must include a 'code_challenge' when performing the authorize code flow, but it is missing.",
    ),
    'pkce-wanted',
  ],
  [
    'PKCE atlassian',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'PKCE verification required'),
    'pkce-wanted',
  ],
  [
    'PKCE confidential method',
    ...(['redirect', 0] as const),
    oauth('invalid_request', 'Unsupported code_challenge_method: plain'),
    'pkce-wanted',
  ],
  [
    'Zitadel: a gRPC frame',
    ...(['token', 404] as const),
    { code: 5, message: 'Errors.App.NotFound (QUERY-x)', details: [] },
    'client-not-known',
  ],
  [
    'Zitadel: a gRPC frame without authentication',
    ...(['token', 401] as const),
    { code: 16, message: 'auth header missing', details: [] },
    'client-authentication-not-found',
  ],
  [
    'Zitadel: no such path',
    ...(['token', 404] as const),
    { code: 5, message: 'Not Found', details: [] },
    'wrong-address',
  ],
];

describe('answers from the field', () => {
  for (const [name, step, status, body, cause, notThese = [], more] of rows)
    it(`are told as what they are: ${name}`, async () => {
      const found = causeIds(rightlyExplained(await answered(step, status, body, more), cause));
      for (const one of notThese) assert.ok(!found.includes(one), found.join());
    });

  for (const [location, login] of [
    ['/users/sign_in', true],
    ['/log-in?next=/token', true],
    ['/maintenance.html', false],
    ['/', false],
  ] as const)
    it(`call a redirect to ${location} what is known of it`, async () => {
      const { causes } = explained(await answered('token', 302, '', { headers: { location } }));
      const [cause] = causes;
      assert.equal(cause?.id, 'redirected');
      assert.doesNotMatch(cause.title, /^The endpoint is at another address/);
      assert.equal(cause.title.includes('login page'), login, cause.title);
    });

  it('name a proxy or a login between by the address that it is to send back to', async () => {
    const location = 'https://gateway.zscaler.example/auD?origurl=https%3A%2F%2F{host}%2Ftoken';
    const { causes } = explained(await answered('token', 307, '', { headers: { location } }));
    assert.equal(causes[0]?.id, 'redirected');
    assert.match(causes[0].title, /a proxy or a login stands between/);
    assert.deepEqual(causes[0].fixes, []);
  });

  it('have no number of gRPC for a title', async () => {
    const { title } = explained(
      await answered('token', 404, { code: 5, message: 'Errors.App.NotFound', details: [] }),
    );
    assert.equal(title, 'Status 404 at the token endpoint');
  });

  for (const [name, error, description, cause, notThis] of [
    [
      'Entra ID: an unknown application',
      ...(['unauthorized_client', 'Application with identifier x was not found in the directory y'] as const),
      ...(['client-not-known', 'target-refused'] as const),
    ],
    [
      'Entra ID: id_token is off',
      'unsupported_response_type',
      "response_type 'id_token' is not enabled for the application.",
      ...([undefined, 'client-switched-off'] as const),
    ],
    [
      'Keycloak: a page that was open for too long',
      ...([
        'temporarily_unavailable',
        'authentication_expired',
        'sign-in-timed-out',
        'users-account',
      ] as const),
    ],
    ['WSO2: the user', 'access_denied', 'User denied the consent', 'user-said-no', 'consent-wanted'],
  ] as const)
    it(`of the authorization endpoint are told as what they are: ${name}`, () => {
      const query = new URLSearchParams({ error, error_description: description, state: 'abc' });
      const answer = explainAnswer(
        `http://127.0.0.1:8123/callback?${query.toString()}`,
        { now: 0, from: 'redirect' },
        authorizationCode(),
        catalogue,
      );
      assert.equal(answer.kind, 'explained');
      const found = causeIds(answer.explanation);
      assert.ok(!found.includes(notThis), found.join());
      if (cause !== undefined) assert.equal(found[0], cause, found.join());
    });

  it('lead to what this product does, where a server wants a DPoP proof', async () => {
    const { causes } = explained(
      await answered('code', 400, oauth('invalid_dpop_proof', 'The DPoP proof JWT header is missing.')),
    );
    assert.equal(causes[0]?.id, 'dpop-proof-wanted');
    assert.match(causes[0].steps.join(' '), /DPoP in the profile/);
    assert.deepEqual(causes[0].fixes, [{ kind: 'edit_profile', field: 'dpop' }]);
  });
});
