import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainAnswer } from '../../../src/core/diagnose/explainAnswer.ts';
import { catalogue, cause, causeIds, explain, explained } from './play.ts';
import { exchange, get, refused } from './evidence.ts';
import { answered, rightlyExplained, type More, type Step } from './realAnswer.ts';
import { authorizationCode } from './support.ts';

type Row = readonly [
  who: string,
  step: Step,
  status: number,
  body: object | string,
  cause: string,
  never: string,
  more?: More,
];

const oauth = (error: string, error_description: string) => ({ error, error_description });
const page: More = { headers: { 'content-type': 'text/html; charset=utf-8' } };
const spring = (message: string) => ({ status: 404, error: 'Not Found', message, path: '/oauth/token' });
const ofClient = (description: string, cause: string, never: string, step: Step = 'code'): Row => [
  ...(['', step, 401, oauth('invalid_client', description), cause, never] as const),
];
const isPublic = 'public-client-with-secret';
const unknown = 'client-unknown-or-secret-wrong';

/** Answers whose words sound like something that they do not say: published ones where the server is named, else made up. */
const rows: readonly Row[] = [
  // No word of a secret that is missed, wrong or sent elsewhere makes a client public.
  [
    ...(['Keycloak', 'code', 401] as const),
    oauth('unauthorized_client', 'Client secret not provided in request'),
    ...(['parameter-missing', isPublic] as const),
  ],
  ofClient('Client credentials not provided', 'client-authentication-not-found', isPublic),
  ofClient('client_secret was not sent', unknown, isPublic),
  ofClient('No client secret was received', unknown, isPublic),
  ofClient('The request has no client secret', unknown, isPublic),
  ofClient('You cannot use an expired client secret', 'secret-refused', isPublic),
  ofClient('The client_secret must not be sent in the query string', unknown, isPublic),
  ofClient('The client is not a public client and must authenticate', unknown, isPublic),
  ofClient('Only public clients may omit the client secret', unknown, isPublic),
  [
    ...(['', 'code', 400] as const),
    oauth('invalid_request', 'The client must not use more than one client authentication method'),
    ...(['two-client-authentications', isPublic] as const),
  ],
  [
    ...(['', 'token', 400] as const),
    oauth('unauthorized_client', 'Client credentials not allowed for this application'),
    ...(['grant-not-allowed', isPublic] as const),
  ],
  // What is switched off, unknown or unreadable is not the client itself.
  ofClient('The client secret has been disabled', 'secret-refused', 'client-switched-off', 'token'),
  ofClient('Client secret was deleted', 'secret-refused', 'client-switched-off', 'token'),
  ofClient(
    'Client authentication with client_secret_basic is not enabled',
    ...([unknown, 'client-switched-off', 'token'] as const),
  ),
  ofClient('Invalid basic auth credentials', 'secret-refused', 'authorization-header-not-read', 'token'),
  ofClient('Client certificate not found', 'client-certificate-wanted', 'client-not-known', 'token'),
  ofClient('TLS client authentication is required', 'client-certificate-wanted', 'https-wanted', 'token'),
  ofClient("Client 'a' does not exist in realm 'north'", 'client-not-known', 'realm-not-known', 'token'),
  ofClient('Unknown client in this tenant', 'client-not-known', 'realm-not-known', 'token'),
  ofClient('Unknown application identifier', 'client-not-known', 'target-refused', 'token'),
  [
    ...(['Entra ID', 'redirect', 0] as const),
    oauth(
      'access_denied',
      "AADSTS50020: User account 'a@example.com' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application 'x' in that tenant.",
    ),
    ...(['entra-id/not-assigned', 'realm-not-known'] as const),
  ],
  // An address that is not there.
  ...['No static resource oauth/token.', "No static resource oauth/token for request '/oauth/token'."].map(
    (said): Row => ['Spring', 'token', 404, spring(said), 'wrong-address', 'audience-wanted'],
  ),
  [
    ...(['Keycloak', 'token', 404] as const),
    oauth('Unable to find matching target resource method', 'For more on this error consult the server log.'),
    ...(['wrong-address', 'target-refused'] as const),
  ],
  [
    ...(['Keycloak', 'token', 404] as const),
    { error: 'RESTEASY003210: Could not find resource for full path: https://sso.example.com/token' },
    ...(['wrong-address', 'target-refused'] as const),
  ],
  [
    ...(['a page that loads a script of another host', 'token', 200] as const),
    `<!doctype html><html><head><title>Sign in</title><script src="https://cdnjs.cloudflare.com/ajax/libs/jquery/3.6.0/jquery.min.js" integrity="sha512-${'0'.repeat(86)}==" crossorigin="anonymous" referrerpolicy="no-referrer"></script></head><body><form></form></body></html>`,
    ...(['wrong-address', 'firewall', page] as const),
  ],
  [
    ...(['a page with a script', 'token', 200] as const),
    '<!doctype html><html><head><title>Sign in</title><script>var settings = { captcha: false };</script></head><body><form></form></body></html>',
    ...(['wrong-address', 'firewall', page] as const),
  ],
  // What is sent may have to be an https address.
  [
    ...(['', 'token', 400] as const),
    oauth('invalid_target', 'resource must be an https URI'),
    ...(['target-unknown', 'https-wanted'] as const),
  ],
  [
    ...(['', 'redirect', 0] as const),
    oauth('invalid_request', 'client_id must be an https URL'),
    ...(['parameter-as-https', 'https-wanted'] as const),
  ],
  [
    ...(['', 'redirect', 0] as const),
    oauth('invalid_request', 'request_uri must use the https scheme'),
    ...(['parameter-as-https', 'https-wanted'] as const),
  ],
  // Redirect URIs, grants, policies and users.
  [
    ...(['', 'redirect', 0] as const),
    oauth('invalid_request', 'Redirect URIs with IP addresses are not allowed'),
    ...(['redirect-uri-not-registered', 'network-refused'] as const),
  ],
  [
    ...(['', 'redirect', 0] as const),
    oauth('invalid_request', 'Redirect URI has not been approved for this application'),
    ...(['redirect-uri-not-registered', 'consent-wanted'] as const),
  ],
  [
    ...(['', 'token', 400] as const),
    oauth('unauthorized_client', "Grant type 'client_credentials' is not allowed for this service"),
    ...(['grant-not-allowed', 'target-refused'] as const),
  ],
  [
    ...(['Azure AD B2C', 'redirect', 0] as const),
    oauth(
      'invalid_request',
      "AADB2C90047: The policy 'B2C_1_signin' being used in the authorization request could not be found.",
    ),
    ...(['azure-ad-b2c/policy', 'policy-refused'] as const),
  ],
  [
    ...(['', 'redirect', 0] as const),
    oauth('login_required', 'No resource owner is authenticated'),
    ...(['user-has-to-act', 'audience-wanted'] as const),
  ],
  [
    ...(['', 'token', 403] as const),
    { error: 'forbidden', message: 'Client not allowed to request access tokens' },
    ...(['reason-of-its-own', 'api-in-its-place'] as const),
  ],
  [
    ...(['', 'token', 403] as const),
    { code: 'INVALID_CLIENT_SECRET', message: 'Forbidden' },
    ...(['secret-refused', 'gateway-refused'] as const),
  ],
  [
    ...(['Google', 'redirect', 0] as const),
    oauth('invalid_request', 'device_id and device_name are required for private IP: http://192.168.1.5/cb'),
    ...(['google/private-address', 'parameter-missing', { profile: { provider: 'google' } }] as const),
  ],
  [
    ...(['Azure AD B2C', 'redirect', 0] as const),
    oauth(
      'invalid_request',
      "AADB2C90047: The resource 'https://a.example.com/page.html' contains script errors preventing it from being loaded.",
    ),
    ...(['azure-ad-b2c/page', 'target-refused'] as const),
  ],
  [
    ...(['a problem with a type alone (RFC 9457)', 'token', 400] as const),
    { type: 'https://auth.example.com/problems/client-disabled' },
    ...(['client-switched-off', 'wrong-address'] as const),
  ],
  [
    ...(['IBM API Connect', 'token', 401] as const),
    {
      httpCode: '401',
      moreInformation:
        'Cannot pass the security checks that are required by the target API or operation, Enable debug headers for more details.',
    },
    ...(['key-of-gateway-wanted', 'answers-as-an-api'] as const),
  ],
  [
    ...(['Keycloak', 'refresh', 400] as const),
    oauth('invalid_grant', "Session doesn't have required client"),
    ...(['session-ended', 'refresh-token-of-another-client'] as const),
  ],
  [
    ...(['Google', 'redirect', 0] as const),
    oauth('invalid_request', 'The out-of-band (OOB) flow has been blocked in order to keep users secure.'),
    ...(['google/private-address', 'error-code-invalid_request'] as const),
  ],
  [
    ...(['Kakao', 'redirect', 0] as const),
    oauth('invalid_request', 'Admin Settings Issue (KOE006)'),
    ...(['redirect-uri-not-registered', 'error-code-invalid_request'] as const),
  ],
  [
    ...(['Kakao', 'redirect', 0] as const),
    oauth('misconfigured', 'This service is not activated. (KOE004)'),
    ...(['client-switched-off', 'reason-of-its-own'] as const),
  ],
  [
    ...(['KSeF', 'refresh', 403] as const),
    { title: 'Request blocked', detail: '', status: 403, security: { clientIp: 'x', incidentId: 'y' } },
    ...(['firewall', 'reason-of-its-own'] as const),
  ],
  [
    ...(['Y Soft', 'token', 400] as const),
    oauth('invalid_grant', 'the given grant type is not supported'),
    ...(['grant-not-allowed', 'client-unknown-or-secret-wrong'] as const),
  ],
  [
    ...(['Predbat, which reads the client id from the form alone', 'code', 400] as const),
    oauth('invalid_request', 'Missing required parameters'),
    ...(['client-id-in-header-only', 'parameter-missing'] as const),
  ],
];

describe('words that sound like something else', () => {
  for (const [who, step, status, body, expected, never, more] of rows)
    it(`${who || 'a server'}, ${JSON.stringify(body).slice(0, 140)}: ${expected}, and not ${never}`, async () => {
      const found = rightlyExplained(await answered(step, status, body, more), expected);
      assert.ok(!causeIds(found).includes(never), causeIds(found).join());
    });

  it('a user code that has ended says nothing of the user’s account', () => {
    const found = explain(
      { ...authorizationCode(), grant: 'device_code' },
      {
        failure: refused('expired_token', 'The user_code has expired'),
        exchanges: [exchange()],
      },
    );
    assert.ok(!causeIds(found).includes('users-account'), causeIds(found).join());
  });
});

/** Made up: a signed request, whose address has nothing but the client beside it. */
it('what a signed request holds is not taken for something that was not said', () => {
  const asked = get('authorization', 'https://login.example.com/auth?client_id=a&request=e.y.J', {
    leg: 'browser',
  });
  const back = exchange({
    ...({ id: 2, purpose: 'redirect', leg: 'loopback' } as const),
    request: { method: 'GET', url: 'http://127.0.0.1/callback', headers: [['host', '127.0.0.1']] },
  });
  for (const [error, said, expected] of [
    ['unsupported_response_type', undefined, 'error-code-unsupported_response_type'],
    ['invalid_request', 'Invalid parameter: redirect_uri', 'keycloak/redirect-uri'],
  ] as const) {
    const failure = { ...refused(error, said, 'redirect'), exchange: 2 };
    const found = causeIds(
      explain({ ...authorizationCode(), provider: 'keycloak' }, { failure, exchanges: [asked, back] }),
    );
    assert.ok(found.includes(expected), found.join());
  }
  const failure = { ...refused('invalid_request', 'Missing parameter: scope', 'redirect'), exchange: 2 };
  const found = causeIds(explain(authorizationCode(), { failure, exchanges: [asked, back] }));
  assert.ok(!found.includes('parameter-missing'), found.join());
});

describe('a redirect of the token endpoint', () => {
  for (const [path, location, title] of [
    ['/oauth/token', '/oauth/token/', 'The endpoint is at another address.'],
    ['/oauth/token', 'https://auth.example.com/oauth/token', 'The endpoint is at another address.'],
    ['/realms/a/token', '/auth/realms/a/token', 'The endpoint is at another address.'],
    ['/oauth/token', '/oauth/v2/access_token', 'The server sends the request elsewhere'],
    ['/sso/oauth/access_token', '/sso/oauth/v2/accessToken', 'The server sends the request elsewhere'],
    ['/oauth/token', '/auth/start', 'The server sends to a login page'],
    ['/auth/realms/a/token', '/auth/login', 'The server sends to a login page'],
  ] as const)
    it(`from ${path} to ${location}: ${title}`, async () => {
      const found = explained(await answered('token', 301, '', { path, headers: { location } }));
      assert.ok(cause(found, 'redirected').title.startsWith(title), cause(found, 'redirected').title);
    });
});

describe('an API’s own words', () => {
  for (const [who, status, body, expected] of [
    ['GitHub', 403, { message: 'API rate limit exceeded for user ID 1.' }, 'asked-too-often'],
    ['Jira', 401, { code: 401, message: 'Unauthorized; scope does not match' }, 'insufficient-scope'],
    [
      'Dropbox',
      401,
      { error_summary: 'missing_scope/.', error: { '.tag': 'missing_scope' } },
      'insufficient-scope',
    ],
  ] as const)
    it(`${who}, ${JSON.stringify(body)}: ${expected}`, () => {
      const answer = explainAnswer(
        `HTTP/1.1 ${status} Refused\r\n\r\n${JSON.stringify(body)}`,
        { now: 0, from: 'api' },
        authorizationCode(),
        catalogue,
      );
      assert.equal(answer.kind, 'explained');
      assert.equal(causeIds(answer.explanation)[0], expected, causeIds(answer.explanation).join());
    });
});
