import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { introspection } from '../../../src/core/operations/introspection.ts';
import { runRegistration } from '../../../src/core/operations/registration.ts';
import { revocation } from '../../../src/core/operations/revocation.ts';
import { runOperation } from '../../../src/core/operations/runOperation.ts';
import { userinfo } from '../../../src/core/operations/userinfo.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { flowDeps } from '../oauth/support/deps.ts';
import { callbackOf, User } from '../oauth/support/user.ts';
import { causeIds, explained } from './play.ts';
import { contradicted } from './truth/contradicted.ts';
import { Trace } from './truth/trace.ts';

const issuer = 'https://as.real.test';
const x = `${issuer}/x`;
const metadata = {
  ...{ issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t` },
  ...{ introspection_endpoint: x, userinfo_endpoint: x, revocation_endpoint: x, registration_endpoint: x },
  ...{ pushed_authorization_request_endpoint: x, device_authorization_endpoint: x },
  backchannel_authentication_endpoint: x,
};
const tokens: TokenSet = {
  ...{ access_token: 'access-1', token_type: 'Bearer', received_at: 0, requested_scopes: [], extra: {} },
};
type Asked = keyof typeof operations | 'registration' | 'par' | 'device' | 'ciba' | 'redirect';
const operations = { userinfo, introspection, revocation } as const;

/** What comes of asking an endpoint that answers so; for a redirect, `body` holds its parameters. */
async function asking(
  asked: Asked,
  status: number,
  body: string | object,
  headers: Readonly<Record<string, string>>,
): Promise<FlowReport> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const kind: Record<string, string> = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
  const fetch = (url: string) =>
    Promise.resolve(
      url.includes('.well-known')
        ? Response.json(metadata)
        : new Response(text, { status, headers: { ...kind, ...headers } }),
    );
  const deps = flowDeps({ fetch });
  const profile = userProfile({ issuer });
  switch (asked) {
    case 'userinfo':
    case 'introspection':
    case 'revocation':
      return (await runOperation(operations[asked], machineProfile({ issuer }), tokens, deps)).report;
    case 'registration':
      return (await runRegistration({ profile: { ...profile, clientId: '-' } }, deps)).report;
    case 'par':
      return runFlow(
        'authorization_code',
        { ...profile, pushAuthorizationRequest: true, authorizationDetails: [{ type: 'payment' }] },
        deps,
      );
    case 'device':
    case 'ciba': {
      const grant = asked === 'device' ? 'device_code' : asked;
      const hint = asked === 'ciba' && { loginHint: '{"name":"alice"}' };
      const parsed = parseProfile({ id: 'p', grant, issuer, clientId: 'c', ...hint });
      assert.ok('profile' in parsed, JSON.stringify(parsed));
      return runFlow(grant, parsed.profile, deps);
    }
    case 'redirect': {
      const browser = new User(async (url) => {
        const { redirectUri, state } = callbackOf(url);
        await globalThis.fetch(`${redirectUri}?${new URLSearchParams({ ...(body as object), state })}`);
      });
      const report = await runFlow('authorization_code', profile, flowDeps({ fetch, browser }));
      await browser.done;
      return report;
    }
  }
}

const gh = 'https://github.com';
const bearer = (challenge: string) => ({ 'www-authenticate': `Bearer ${challenge}` });
const oauth = (error: string, error_description?: string, more: object = {}) => ({
  ...{ error, ...more },
  ...(error_description !== undefined && { error_description }),
});

type Row = readonly [
  what: string,
  source: string,
  asked: Asked,
  status: number,
  body: string | object,
  cause: string,
  says: RegExp,
  headers?: Readonly<Record<string, string>>,
];
/** What endpoints other than that for tokens answer, where it is told, and the first cause. */
const rows: readonly Row[] = [
  [
    'Glewlwyd: authorization_details in its words',
    'Glewlwyd 2.7.5, libprotocol_oidc',
    'par',
    400,
    oauth('invalid_request', 'Invalid authorization_details'),
    'authorization-details-refused',
    /Sent: \[\{"type":"payment"\}\]/,
  ],
  [
    'its code alone',
    'RFC 9396 section 5',
    'par',
    400,
    oauth('invalid_authorization_details'),
    'authorization-details-refused',
    /type: payment|"payment"/,
  ],
  [
    'authorization_details in the redirect',
    'Glewlwyd 2.7.5, libprotocol_oidc',
    'redirect',
    0,
    oauth('invalid_request', 'authorization_details invalid'),
    'authorization-details-refused',
    /The profile has none/,
  ],
  [
    'Glewlwyd: a login hint in another form',
    'Glewlwyd 2.7.5, libprotocol_oidc',
    'ciba',
    400,
    oauth('invalid_request'),
    'login-hint-refused',
    /Sent: \{"name":"alice"\}/,
  ],
  [
    'a parameter, and not the hint',
    'OpenID Connect CIBA Core section 13',
    'ciba',
    400,
    oauth('invalid_request', 'Missing required parameter: binding_message'),
    'parameter-missing',
    /binding_message/,
  ],
  [
    'a client that is to be called back',
    'OpenID Connect CIBA Core section 7.1',
    'ciba',
    400,
    oauth('invalid_request', 'Missing required parameter: client_notification_token'),
    'delivery-mode',
    /ping or push mode/,
  ],
  [
    'IdentityServer: nothing',
    `${gh}/DuendeArchive/IdentityServer4/issues/1194`,
    'userinfo',
    403,
    '',
    'insufficient-scope',
    /scope openid/,
  ],
  [
    'Okta: a challenge alone',
    `${gh}/oktadeveloper/okta-blog-archive/pull/1653`,
    'userinfo',
    403,
    '',
    'insufficient-scope',
    /insufficient_scope/,
    bearer(
      'error="insufficient_scope", error_description="The access token must provide access to at least one of these scopes - profile, email, address or phone"',
    ),
  ],
  [
    'Okta: a token that ended',
    `${gh}/oktadeveloper/okta-blog-archive/pull/1653`,
    'userinfo',
    401,
    '',
    'token-expired',
    /invalid_token/,
    bearer('error="invalid_token", error_description="The access token is invalid"'),
  ],
  [
    'Keycloak: a realm alone',
    `${gh}/keycloak/keycloak-documentation/pull/1675`,
    'userinfo',
    401,
    '',
    'token-expired',
    /answered 401/,
    bearer('realm="myrealm"'),
  ],
  [
    'INDIGO IAM: a page',
    `${gh}/indigo-iam/iam/issues/455`,
    'userinfo',
    403,
    '<!DOCTYPE html><title>An unexpected error occurred</title>',
    'insufficient-scope',
    /status 403/i,
  ],
  [
    'INDIGO IAM: JSON',
    `${gh}/indigo-iam/iam/issues/455`,
    'userinfo',
    403,
    oauth('insufficient_scope', 'Insufficient scope for this resource', { scope: 'openid' }),
    'insufficient-scope',
    /scope/,
  ],
  [
    'a Node server: the name elsewhere',
    `${gh}/manjeshpv/node-oauth2-server-implementation/issues/34`,
    'userinfo',
    403,
    {
      statusCode: 403,
      code: 403,
      message: 'Insufficient scope: authorized scope is insufficient',
      name: 'insufficient_scope',
    },
    'insufficient-scope',
    /scope/,
  ],
  [
    'Hydra: a code of its own',
    `${gh}/ory/hydra/issues/457`,
    'introspection',
    401,
    oauth('request_unauthorized', 'The request could not be authorized', { statusCode: 401 }),
    'client-unknown-or-secret-wrong',
    /request_unauthorized/,
  ],
  [
    'Nuts: a problem document',
    `${gh}/nuts-foundation/nuts-node/issues/2778`,
    'introspection',
    500,
    { detail: 'not found', status: 500, title: 'IntrospectAccessToken failed' },
    'server-in-trouble',
    /“not found”/,
    { 'content-type': 'application/problem+json' },
  ],
  [
    'Janssen: a denial',
    `${gh}/JanssenProject/jans/issues/9093`,
    'introspection',
    401,
    oauth('access_denied', 'The resource owner or authorization server denied the request.'),
    'client-unknown-or-secret-wrong',
    /access_denied/,
  ],
  [
    'Better Auth: a JWT',
    `${gh}/better-auth/better-auth/pull/9970`,
    'revocation',
    400,
    oauth('unsupported_token_type'),
    'error-code-unsupported_token_type',
    /does not take back tokens of this kind/,
  ],
  [
    'a wrong address of IdentityServer',
    `${gh}/DuendeArchive/IdentityServer4/issues/1398`,
    'revocation',
    404,
    '',
    'wrong-address',
    /The revocation endpoint is not at this address/,
  ],
  [
    'Cloudflare: 500 for success',
    `${gh}/cloudflare/workers-oauth-provider/pull/76`,
    'revocation',
    500,
    '',
    'server-in-trouble',
    /500/,
  ],
  [
    'Keycloak: trusted hosts',
    'memory',
    'registration',
    403,
    oauth(
      'insufficient_scope',
      "Policy 'Trusted Hosts' rejected request to client-registration service. Details: Host not trusted.",
    ),
    'error-code-insufficient_scope',
    /Trusted Hosts/,
  ],
  [
    'a code that nobody knows',
    'memory',
    'registration',
    403,
    oauth('dcr_disabled', 'Ask the operator.'),
    'reason-of-its-own',
    /dcr_disabled/,
  ],
  [
    'no registration there',
    `${gh}/anthropics/claude-ai-mcp/issues/560`,
    'registration',
    404,
    'Not Found',
    'wrong-address',
    /The registration endpoint is not at this address/,
  ],
  [
    'Spring: null for a converter',
    `${gh}/spring-attic/spring-authorization-server/issues/2212`,
    'par',
    500,
    { status: 500, error: 'Internal Server Error' },
    'server-in-trouble',
    /status 500/,
  ],
  [
    'Keycloak: a request object is wanted',
    `${gh}/keycloak/keycloak/issues/41181`,
    'par',
    400,
    oauth('invalid_request_object', 'invalidRequestMessage'),
    'signed-request-wanted',
    /had no signed request object/,
  ],
  [
    'PostHog: credentials',
    `${gh}/PostHog/posthog/pull/72888`,
    'par',
    401,
    oauth('invalid_client', 'Invalid client credentials.'),
    'confidential-client-without-secret',
    /sends no secret/,
  ],
  [
    'no pushed requests there',
    'memory',
    'par',
    404,
    '',
    'wrong-address',
    /The endpoint for pushed requests is not/,
  ],
  [
    'Keycloak: the grant is off',
    'memory',
    'device',
    401,
    oauth(
      'unauthorized_client',
      'Client is not allowed to initiate OAuth 2.0 Device Authorization Grant. The flow is disabled for the client.',
    ),
    'grant-not-allowed',
    /device_code/,
  ],
  [
    'GitHub: the flow is off',
    'memory',
    'device',
    404,
    { error: 'Not Found' },
    'wrong-address',
    /The device authorization endpoint is not/,
  ],
  [
    'Glimesh: a denial',
    `${gh}/Glimesh/glimesh.tv/issues/467`,
    'redirect',
    0,
    oauth('access_denied', 'The resource owner or authorization server denied the request.'),
    'user-said-no',
    /access_denied/,
  ],
  [
    'Supabase: a fault behind it',
    `${gh}/supabase/auth/issues/1533`,
    'redirect',
    0,
    oauth('server_error', 'Error getting user profile from external provider', { error_code: '500' }),
    'server-in-trouble',
    /server_error/,
  ],
  [
    'LinkedIn: a scope',
    `${gh}/nextauthjs/next-auth/issues/8831`,
    'redirect',
    0,
    oauth('unauthorized_scope_error', 'Scope "r_emailaddress" is not authorized for your application'),
    'scope-refused',
    /r_emailaddress/,
  ],
  [
    'LinkedIn: a cancel',
    'https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow',
    'redirect',
    0,
    oauth('user_cancelled_login', 'The user cancelled LinkedIn login'),
    'user-said-no',
    /came back with user_cancelled_login/,
  ],
  [
    'Entra B2C: a cancel',
    'memory',
    'redirect',
    0,
    oauth('access_denied', undefined, { error_subcode: 'cancel', session_state: 'x' }),
    'user-said-no',
    /access_denied/,
  ],
  [
    'Facebook: no error in the standard’s place',
    'memory',
    'redirect',
    0,
    { error_code: '100', error_message: 'Invalid Scopes: foo' },
    'reason-of-its-own',
    /The server said 100/,
  ],
  [
    'an error without a name',
    'memory',
    'redirect',
    0,
    { error: '', code: 'c' },
    'reason-of-its-own',
    /with an error without a name\./,
  ],
];

/** Successes that hold nothing of use; from memory. */
const successes: readonly (readonly [asked: Asked, status: number, body: string | object])[] = [
  ['introspection', 200, []],
  ['introspection', 200, { scope: 'a' }],
  ['userinfo', 200, '"ada"'],
  ['registration', 201, { client_secret: 'x' }],
  ['par', 201, { expires_in: 60 }],
  ['device', 200, { user_code: 'ABCD' }],
];

describe('what endpoints answer that give no token', () => {
  for (const [what, source, asked, status, body, cause, says, headers = {}] of rows)
    it(`${asked}, ${what}: ${cause} (${source})`, async () => {
      const report = await asking(asked, status || 200, body, headers);
      const explanation = explained(report);
      assert.equal(causeIds(explanation)[0], cause, JSON.stringify(explanation));
      const [first] = explanation.causes;
      const { message, advice } = explanation.failure;
      const told = [message, advice, explanation.title, explanation.meaning.text, first?.title];
      assert.match([...told, ...(first?.evidence ?? [])].join('\n'), says);
      assert.ok((first?.steps.length ?? 0) > 0);
      if (asked !== 'redirect') assert.equal(contradicted(new Trace(report, explanation)), undefined);
      assert.doesNotMatch(told.join('\n'), / with \.|undefined|\[object/);
    });

  for (const [asked, status, body] of successes)
    it(`${asked}: ${JSON.stringify(body)} is no answer to it, and nothing is said of the token endpoint`, async () => {
      const explanation = explained(await asking(asked, status, body, {}));
      const [first] = explanation.causes;
      assert.equal(first?.id, 'not-what-was-asked', JSON.stringify(explanation));
      assert.doesNotMatch(JSON.stringify(explanation), /token endpoint|holds no token|token response/);
    });

  it('an “OK” in place of nothing is a revocation (https://github.com/KickEngineering/KickDevDocs/issues/94)', async () => {
    assert.equal((await asking('revocation', 200, 'OK', {})).outcome.kind, 'checked');
  });
});
