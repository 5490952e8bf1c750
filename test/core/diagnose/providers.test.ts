import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { causeIds, explain, playRequest } from './play.ts';
import { authorizationCode, clientCredentials } from './support.ts';

interface Row {
  readonly error: string;
  readonly description?: string;
  readonly step?: 'token' | 'refresh';
  readonly status?: number;
  readonly profile?: Profile;
  /** The rule that must come first. */
  readonly cause: string;
  /** In its title or steps. */
  readonly says: RegExp;
  /** Its first quick fix. */
  readonly fix?: object;
}

const entra = { issuer: 'https://login.microsoftonline.com/contoso.com/v2.0' };
const entraService = clientCredentials({ ...entra, scopes: ['User.Read'] });
const entraUser = authorizationCode({ ...entra, clientAuthentication: 'none' });
const postIt = { kind: 'set_client_authentication', clientAuthentication: 'client_secret_post' };
const signIn = { kind: 'sign_in' };
const enterSecret = { kind: 'enter_secret' };
const edit = (field: string) => ({ kind: 'edit_profile', field });

const aadsts = (number: number, text: string) =>
  `AADSTS${number}: ${text} Trace ID: 3b3bd8c6-d2f6-4f0c-8fb1-6f0f4c1a0300 Correlation ID: 5a1c Timestamp: 2026-11-22 09:00:00Z`;

const auth0 = clientCredentials({
  issuer: 'https://tenant.eu.auth0.com/',
  clientAuthentication: 'client_secret_post',
});
const google = authorizationCode({
  issuer: 'https://accounts.google.com',
  clientAuthentication: 'client_secret_post',
});
const github = authorizationCode({ provider: 'github', clientAuthentication: 'client_secret_post' });
const salesforce = clientCredentials({ provider: 'salesforce', scopes: [] });
const salesforceUser = authorizationCode({
  provider: 'salesforce',
  clientAuthentication: 'client_secret_post',
});
const rows: Readonly<Record<string, readonly Row[]>> = {
  'Entra ID': [
    {
      error: 'invalid_request',
      description: aadsts(50011, 'The redirect URI specified in the request does not match.'),
      profile: entraUser,
      cause: 'entra-id/redirect-mismatch',
      says: /Mobile and desktop applications.*case-sensitively.*localhost.*\[::1\]/s,
      fix: edit('redirectUri'),
    },
    {
      error: 'invalid_request',
      description: aadsts(
        9002327,
        'Tokens issued for the Single-Page Application client-type may only be redeemed via cross-origin requests.',
      ),
      profile: entraUser,
      cause: 'entra-id/spa-origin',
      says: /single-page application.*Origin/s,
    },
    {
      error: 'invalid_client',
      description: aadsts(
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      ),
      profile: entraUser,
      cause: 'entra-id/secret-required',
      says: /Allow public client flows/,
      fix: postIt,
    },
    {
      error: 'invalid_client',
      description: aadsts(
        700025,
        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
      ),
      profile: authorizationCode(entra),
      cause: 'entra-id/public-with-secret',
      says: /public client/,
      fix: { kind: 'set_client_authentication', clientAuthentication: 'none' },
    },
    {
      error: 'invalid_grant',
      description: aadsts(
        501481,
        'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
      ),
      profile: entraUser,
      cause: 'entra-id/verifier',
      says: /verifier/,
      fix: signIn,
    },
    {
      error: 'invalid_grant',
      description: aadsts(54005, 'OAuth2 Authorization code was already redeemed.'),
      profile: entraUser,
      cause: 'entra-id/code-reused',
      says: /already redeemed/,
      fix: signIn,
    },
    {
      error: 'invalid_grant',
      description: aadsts(
        70008,
        'The provided authorization code or refresh token has expired due to inactivity.',
      ),
      profile: entraUser,
      cause: 'entra-id/code-expired',
      says: /expired/,
      fix: signIn,
    },
    {
      error: 'invalid_scope',
      description: aadsts(70011, "The provided request must include a 'scope' input parameter."),
      profile: entraService,
      cause: 'entra-id/bad-scope',
      says: /\/\.default/,
      fix: { kind: 'set_scopes', scopes: ['https://graph.microsoft.com/.default'] },
    },
    {
      error: 'invalid_scope',
      description: aadsts(
        1002012,
        'The provided value for scope User.Read is not valid. Client credential flows must have a scope value with /.default.',
      ),
      profile: entraService,
      cause: 'entra-id/bad-scope',
      says: /\/\.default/,
      fix: { kind: 'set_scopes', scopes: ['https://graph.microsoft.com/.default'] },
    },
    ...(
      [
        [['api://orders/read'], 'api://orders'],
        [['openid', 'https://vault.azure.net/user_impersonation'], 'https://vault.azure.net'],
        [['api://5f0c'], 'api://5f0c'],
      ] as const
    ).map(([scopes, resource]) => ({
      error: 'invalid_scope',
      description: aadsts(1002012, `The provided value for scope ${scopes.join(' ')} is not valid.`),
      profile: clientCredentials({ ...entra, scopes }),
      cause: 'entra-id/bad-scope',
      says: /\/\.default/,
      fix: { kind: 'set_scopes', scopes: [`${resource}/.default`] },
    })),
    {
      error: 'invalid_scope',
      description: aadsts(70011, 'The scope is not valid.'),
      profile: entraUser,
      cause: 'entra-id/bad-scope-user',
      says: /two APIs/,
      fix: edit('scopes'),
    },
    {
      error: 'invalid_client',
      status: 401,
      description: aadsts(
        7000215,
        'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
      ),
      profile: entraService,
      cause: 'entra-id/wrong-secret',
      says: /Value, not its Secret ID/,
      fix: enterSecret,
    },
    {
      error: 'unauthorized_client',
      description: aadsts(700016, "Application with identifier 'x' was not found in the directory."),
      profile: entraService,
      cause: 'entra-id/not-in-tenant',
      says: /not found in this tenant/,
      fix: edit('clientId'),
    },
    {
      error: 'invalid_grant',
      description: aadsts(65001, 'The user or administrator has not consented to use the application.'),
      profile: entraUser,
      cause: 'entra-id/consent',
      says: /consent/i,
      fix: { kind: 'set_authorization_parameter', name: 'prompt', value: 'consent' },
    },
  ],
  Salesforce: [
    {
      error: 'invalid_grant',
      description: 'request not supported on this domain',
      profile: salesforce,
      cause: 'salesforce/wrong-domain',
      says: /My Domain/,
      fix: edit('tokenEndpoint'),
    },
    {
      error: 'invalid_client_id',
      description: 'client identifier invalid',
      profile: salesforce,
      cause: 'salesforce/client-id',
      says: /consumer key.*ten minutes/s,
      fix: edit('clientId'),
    },
    {
      error: 'invalid_client',
      description: 'invalid client credentials',
      profile: salesforce,
      cause: 'salesforce/client-secret',
      says: /consumer secret/,
      fix: enterSecret,
    },
    {
      error: 'invalid_client',
      description: 'invalid client credentials',
      profile: authorizationCode({ provider: 'salesforce', clientAuthentication: 'none' }),
      cause: 'salesforce/secret-required',
      says: /Require Secret for Web Server Flow/,
      fix: postIt,
    },
    {
      error: 'invalid_grant',
      description: 'expired access/refresh token',
      step: 'refresh',
      profile: salesforceUser,
      cause: 'salesforce/refresh-token',
      says: /Refresh Token Policy/,
      fix: signIn,
    },
    {
      error: 'redirect_uri_mismatch',
      description: 'redirect_uri must match configuration',
      profile: salesforceUser,
      cause: 'salesforce/redirect-uri',
      says: /Callback URL/,
      fix: edit('redirectUri'),
    },
    {
      error: 'unsupported_grant_type',
      description: 'grant type not supported',
      profile: salesforce,
      cause: 'salesforce/flow-not-enabled',
      says: /Enable Client Credentials Flow/,
    },
  ],
  Auth0: [
    {
      error: 'access_denied',
      status: 403,
      description: 'No audience parameter was provided, and no default audience has been configured',
      profile: auth0,
      cause: 'auth0/no-audience',
      says: /audience/,
      fix: { kind: 'ask_audience' },
    },
    {
      error: 'access_denied',
      status: 403,
      description:
        'Client is not authorized to access "https://api". You need to create a "client-grant" associated to this API.',
      profile: auth0,
      cause: 'auth0/client-grant',
      says: /Application Access/,
    },
    {
      error: 'invalid_request',
      description: 'Client "abc" is not authorized to access resource server "https://api".',
      profile: auth0,
      cause: 'auth0/client-grant',
      says: /user-delegated access/,
    },
    {
      error: 'access_denied',
      status: 401,
      description: 'Unauthorized',
      profile: auth0,
      cause: 'auth0/wrong-secret',
      says: /Token Endpoint Authentication Method/,
      fix: enterSecret,
    },
    {
      error: 'unauthorized_client',
      status: 403,
      description: "Grant type 'client_credentials' not allowed for the client.",
      profile: auth0,
      cause: 'auth0/grant-type',
      says: /“client_credentials”.*Grant Types/s,
    },
  ],
  Google: [
    {
      error: 'redirect_uri_mismatch',
      description: 'Bad Request',
      profile: google,
      cause: 'google/redirect-uri',
      says: /Desktop app/,
      fix: edit('redirectUri'),
    },
    {
      error: 'invalid_grant',
      step: 'refresh',
      description: 'Token has been expired or revoked.',
      profile: google,
      cause: 'google/testing',
      says: /7 days/,
      fix: signIn,
    },
    {
      error: 'invalid_request',
      description: 'client_secret is missing.',
      profile: authorizationCode({ issuer: 'https://accounts.google.com', clientAuthentication: 'none' }),
      cause: 'google/secret-missing',
      says: /client_secret_post/,
      fix: postIt,
    },
  ],
  GitHub: [
    {
      error: 'bad_verification_code',
      status: 200,
      description: 'The code passed is incorrect or expired.',
      profile: github,
      cause: 'github/code',
      says: /10 minutes/,
      fix: signIn,
    },
    {
      error: 'incorrect_client_credentials',
      status: 200,
      description: 'The client_id and/or client_secret passed are incorrect.',
      profile: github,
      cause: 'github/client',
      says: /also with PKCE/,
      fix: enterSecret,
    },
    {
      error: 'redirect_uri_mismatch',
      status: 200,
      profile: github,
      cause: 'github/redirect-uri',
      says: /do not use localhost/,
      fix: edit('redirectUri'),
    },
  ],
  Okta: [
    {
      error: 'invalid_scope',
      description: 'One or more scopes are not configured for the authorization server resource.',
      profile: clientCredentials({ issuer: 'https://dev-1.okta.com/oauth2/default' }),
      cause: 'okta/scope',
      says: /Security → API/,
    },
    {
      error: 'access_denied',
      description: 'Policy evaluation failed for this request, please check the policy configurations.',
      profile: clientCredentials({ issuer: 'https://dev-1.okta.com/oauth2/default' }),
      cause: 'okta/policy',
      says: /Access Policies/,
    },
  ],
  Keycloak: [
    {
      error: 'unauthorized_client',
      status: 401,
      description: 'Client not enabled to retrieve service account',
      profile: clientCredentials({ issuer: 'https://sso.example.com/realms/demo' }),
      cause: 'keycloak/service-account',
      says: /Service account roles/,
    },
    {
      error: 'unauthorized_client',
      status: 401,
      description: 'Invalid client or Invalid client credentials',
      profile: clientCredentials({ issuer: 'https://sso.example.com/realms/demo' }),
      cause: 'keycloak/credentials',
      says: /Credentials tab/,
      fix: enterSecret,
    },
    {
      error: 'invalid_scope',
      description: 'Invalid scopes: read write',
      profile: clientCredentials({
        issuer: 'https://sso.example.com/realms/demo',
        scopes: ['read', 'write'],
      }),
      cause: 'keycloak/scope',
      says: /names all that were asked for/,
      fix: edit('scopes'),
    },
  ],
  'Amazon Cognito': [
    {
      error: 'invalid_scope',
      profile: clientCredentials({ provider: 'amazon-cognito', scopes: ['custom'] }),
      cause: 'amazon-cognito/scope',
      says: /<resource server>\/<scope>/,
    },
    {
      error: 'unauthorized_client',
      profile: clientCredentials({ provider: 'amazon-cognito' }),
      cause: 'amazon-cognito/grant',
      says: /app client with a secret/,
    },
  ],
  Slack: [
    {
      error: 'bad_redirect_uri',
      profile: authorizationCode({ provider: 'slack' }),
      cause: 'slack/redirect-uri',
      says: /Redirect URLs/,
    },
    {
      error: 'invalid_code',
      profile: authorizationCode({ provider: 'slack' }),
      cause: 'slack/code',
      says: /used before/,
      fix: signIn,
    },
  ],
  Spotify: [
    {
      error: 'invalid_grant',
      description: 'Invalid redirect URI',
      profile: authorizationCode({ provider: 'spotify' }),
      cause: 'spotify/redirect-uri',
      says: /not as localhost/,
    },
    {
      error: 'invalid_grant',
      description: 'code_verifier was incorrect',
      profile: authorizationCode({ provider: 'spotify' }),
      cause: 'spotify/verifier',
      says: /verifier/,
      fix: signIn,
    },
  ],
};

for (const [name, list] of Object.entries(rows))
  describe(name, () => {
    for (const row of list)
      it(`explains ${row.error}: ${row.description?.slice(0, 60) ?? row.cause}`, async () => {
        const profile = row.profile ?? clientCredentials();
        const body = {
          error: row.error,
          ...(row.description === undefined ? {} : { error_description: row.description }),
        };
        const sent = name === 'Slack' ? { ok: false, ...body } : body;
        const step = row.step ?? 'token';
        const form = {
          grant_type: profile.grant,
          ...(step === 'refresh' && { refresh_token: 'r' }),
          ...('redirectUri' in profile &&
            step === 'token' && { code: 'c', redirect_uri: profile.redirectUri }),
        };
        const played = await playRequest(profile, step, form, { status: row.status ?? 400, body: sent });
        const explanation = explain(profile, played);
        assert.equal(explanation.server?.error, row.error);
        assert.equal(explanation.server.error_description, row.description);
        const [first] = explanation.causes;
        assert.equal(first?.id, row.cause, causeIds(explanation).join());
        assert.match([first.title, ...first.steps].join(' '), row.says);
        assert.deepEqual(row.fix === undefined ? undefined : first.fixes[0], row.fix);
      });
  });

describe('what a provider’s rules leave to the evidence', () => {
  it('of Keycloak’s scopes the one that its metadata does not list is removed, and no other', async () => {
    const profile = clientCredentials({
      issuer: 'https://sso.example.com/realms/demo',
      scopes: ['openid', 'email', 'nope'],
    });
    const body = { error: 'invalid_scope', error_description: 'Invalid scopes: openid email nope' };
    const played = await playRequest(profile, 'token', {}, { status: 400, body });
    const metadata = { scopes_supported: ['openid', 'email', 'profile'] };
    const explanation = explain(profile, played, { metadata });
    assert.deepEqual(causeIds(explanation).slice(0, 2), ['scope-not-supported', 'keycloak/scope']);
    const removals = explanation.causes.flatMap(({ fixes }) =>
      fixes.flatMap((fix) => (fix.kind === 'remove_scopes' ? [fix.scopes] : [])),
    );
    assert.deepEqual(removals, [['nope']]);
  });

  it('Slack’s answer without any token is explained, and not by choosing the provider again', async () => {
    const profile = authorizationCode({ provider: 'slack', clientAuthentication: 'none' });
    const body = { ok: true, app_id: 'A', authed_user: { id: 'U' }, team: { id: 'T' } };
    const explanation = explain(profile, await playRequest(profile, 'token', {}, { status: 200, body }));
    const [first] = explanation.causes;
    assert.equal(first?.id, 'no-access-token');
    assert.match(first.evidence.join(' '), /only ok, app_id, authed_user, team.*dialect “slack”/s);
    // The address comes from the issuer’s metadata.
    assert.deepEqual(first.fixes, [edit('issuer')]);
  });
});
