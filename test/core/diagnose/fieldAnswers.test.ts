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
