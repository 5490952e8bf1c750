import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCatalogue, providerOf } from '../../../src/core/diagnose/catalogue.ts';
import { profileDefaults } from '../../../src/core/diagnose/profileDefaults.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { explain, playRequest } from './play.ts';
import { providersDirectory } from './support.ts';

const catalogue = await loadCatalogue(providersDirectory);

type Answer = readonly [rule: string, body: object, status?: number, step?: 'token' | 'refresh'];

const oauth = (error: string, error_description?: string) => ({
  error,
  ...(error_description !== undefined && { error_description }),
});

const fosite = 'Client authentication failed (e.g., unknown client, no client authentication included).';
const ory = (...more: readonly Answer[]): readonly Answer[] => [
  [
    'method',
    oauth(
      'invalid_client',
      `${fosite} The OAuth 2.0 Client supports client authentication method 'client_secret_basic', but method 'client_secret_post' was requested.`,
    ),
    401,
  ],
  [
    'scope',
    oauth(
      'invalid_scope',
      "The requested scope is invalid. The OAuth 2.0 Client is not allowed to request scope 'nope'.",
    ),
  ],
  ...more,
];

/** What each server answers, as its documentation, its source or a report of it has it, and the rule that must come first. */
const answers: Readonly<Record<string, readonly Answer[]>> = {
  'azure-ad-b2c': [
    [
      'redirect-uri',
      oauth(
        'invalid_request',
        "AADB2C90006: The redirect URI 'x' provided in the request is not registered for the client ID 'y'.",
      ),
    ],
    [
      'client-id',
      oauth(
        'invalid_request',
        "AADB2C90018: The client ID 'y' specified in the request is not registered in tenant 'z'.",
      ),
    ],
    ['scope', oauth('invalid_scope', "AADB2C90117: The scope 'x' provided in the request is not supported.")],
  ],
  'entra-id': [
    [
      'not-assigned',
      oauth('interaction_required', "AADSTS16000: User account 'x' does not exist in tenant 'y'."),
    ],
    ['bad-scope-user', oauth('invalid_scope', 'AADSTS700022: It contains more than one resource.')],
    ['assertion', oauth('invalid_client', 'AADSTS7000214: Certificate has been revoked.'), 401],
    // The sentences of Microsoft's page of error codes.
    [
      'wrong-secret',
      oauth(
        'invalid_client',
        'AADSTS70002: Error validating the credentials. The specified client_secret does not match',
      ),
      401,
    ],
    [
      'not-in-tenant',
      oauth('unauthorized_client', 'AADSTS700011: The client app does not exist in your tenant'),
    ],
    ['resource', oauth('invalid_request', 'AADSTS50001: The resource is disabled or doesn’t exist.')],
    ['permission', oauth('invalid_client', 'AADSTS650056: Misconfigured application.')],
    ['interaction', oauth('interaction_required', 'AADSTS50074: Strong authentication is required')],
    ['not-assigned', oauth('invalid_grant', 'AADSTS90072: The account must be added to the tenant first.')],
    ['disabled', oauth('unauthorized_client', 'AADSTS70001: The application is disabled.')],
    ['consent', oauth('invalid_grant', 'AADSTS90095: The user has to ask the admin for consent.')],
    ['bad-scope-user', oauth('invalid_scope', 'AADSTS700023: The provided value for scope is not valid.')],
  ],
  'entra-external-id': [
    ['wrong-secret', oauth('invalid_client', 'AADSTS7000215: Invalid client secret provided.'), 401],
    [
      'client-id',
      oauth(
        'unauthorized_client',
        "AADSTS700016: Application with identifier 'x' was not found in the directory 'y'.",
      ),
    ],
  ],
  adfs: [
    [
      'wrong-secret',
      oauth(
        'invalid_client',
        'MSIS9622: Client authentication failed. Please verify the credential provided for client authentication is valid.',
      ),
      401,
    ],
    ['resource', oauth('invalid_resource', "MSIS9602: The received 'resource' parameter is invalid.")],
    [
      'not-permitted',
      oauth('unauthorized_client', 'MSIS9605: The client is not allowed to access the requested resource.'),
    ],
  ],
  openiddict: [
    [
      'credentials',
      {
        ...oauth('invalid_client', 'The specified client credentials are invalid.'),
        error_uri: 'https://documentation.openiddict.com/errors/ID2055',
      },
      401,
    ],
    [
      'grant-type',
      oauth('unauthorized_client', 'This client application is not allowed to use the specified grant type.'),
    ],
    ['scope', oauth('invalid_request', 'This client application is not allowed to use the specified scope.')],
    ['code', oauth('invalid_grant', 'The specified authorization code has already been redeemed.')],
    [
      'redirect-uri',
      oauth('invalid_request', "The specified 'redirect_uri' is not valid for this client application."),
    ],
  ],
  'ory-hydra': ory(
    [
      'audience',
      oauth(
        'invalid_request',
        "The request is malformed. Requested audience 'https://api' has not been whitelisted by the OAuth 2.0 Client.",
      ),
    ],
    [
      'redirect-uri',
      oauth(
        'invalid_request',
        "The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls.",
      ),
    ],
  ),
  authelia: ory(),
  zitadel: [
    [
      'redirect-uri',
      oauth(
        'invalid_request',
        'The requested redirect_uri is missing in the client configuration. If you have any questions, you may contact the administrator of the application.',
      ),
    ],
    ['http', oauth('invalid_request', "This client's redirect_uri is http and is not allowed.")],
    [
      'no-scope',
      oauth(
        'invalid_request',
        'The scope of your request is missing. Please ensure some scopes are requested.',
      ),
    ],
  ],
  authentik: [
    [
      'credentials',
      oauth(
        'invalid_client',
        'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)',
      ),
    ],
    [
      'grant',
      oauth(
        'invalid_grant',
        'The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client',
      ),
    ],
  ],
  dex: [
    ['code', oauth('invalid_grant', 'Invalid or expired code parameter.')],
    ['credentials', oauth('invalid_client', 'Invalid client credentials.'), 401],
    ['scope', oauth('invalid_scope', 'Unrecognized scope(s) ["nope"]')],
    ['openid', oauth('invalid_scope', 'Missing required scope(s) ["openid"].')],
  ],
  fusionauth: [
    [
      'secret',
      {
        ...oauth('invalid_client', 'Invalid client authentication credentials.'),
        error_reason: 'invalid_client_authentication',
      },
      401,
    ],
    ['client', { ...oauth('invalid_request', 'Invalid client_id'), error_reason: 'invalid_client_id' }],
    [
      'code',
      { ...oauth('invalid_request', 'Invalid Authorization Code'), error_reason: 'auth_code_not_found' },
    ],
    [
      'redirect-uri',
      { ...oauth('invalid_request', 'Invalid redirect uri'), error_reason: 'invalid_redirect_uri' },
    ],
  ],
  pingone: [
    [
      'method',
      oauth('invalid_client', 'Request denied: Unsupported authentication method (Correlation ID: 1)'),
      401,
    ],
    ['credentials', oauth('invalid_client', 'Request denied: Invalid client credentials'), 401],
  ],
  wso2: [
    ['secret', oauth('invalid_client', 'Client Authentication failed.'), 401],
    ['client-id', oauth('invalid_client', 'A valid OAuth client could not be found for client_id: x'), 401],
    [
      'grant',
      oauth(
        'unauthorized_client',
        'The authenticated client is not authorized to use this authorization grant type',
      ),
    ],
  ],
  duende: [
    ['credentials', oauth('invalid_client')],
    ['grant', oauth('unauthorized_client')],
    ['scope', oauth('invalid_scope')],
    ['refresh', oauth('invalid_grant'), 400, 'refresh'],
  ],
  'oracle-idcs': [
    ['credentials', oauth('invalid_client', 'Client authentication failed.'), 401],
    ['scope', oauth('invalid_scope', 'Invalid scope.')],
  ],
  'sap-xsuaa': [
    ['credentials', oauth('unauthorized', 'Bad credentials'), 401],
    ['credentials', oauth('invalid_client', 'Client authentication failed'), 401],
  ],
  okta: [['user-scope', oauth('invalid_scope', "Cannot request 'openid' scopes using client credentials.")]],
  servicenow: [['off', oauth('server_error', 'access_denied'), 401]],
  gitlab: [
    [
      'client',
      oauth(
        'invalid_client',
        'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
      ),
      401,
    ],
    ['scope', oauth('invalid_scope', 'The requested scope is invalid, unknown, or malformed.')],
    [
      'redirect-uri',
      oauth(
        'invalid_redirect_uri',
        "The requested redirect uri is malformed or doesn't match client redirect URI.",
      ),
    ],
  ],
  bitbucket: [
    [
      'private',
      oauth(
        'invalid_grant',
        'Cannot use client_credentials with a consumer marked as "public". Calls for auto generated consumers should use urn:bitbucket:oauth2:jwt instead.',
      ),
    ],
  ],
  atlassian: [
    ['refresh', oauth('invalid_grant', 'Unknown or invalid refresh token.'), 403, 'refresh'],
    ['credentials', oauth('access_denied', 'Unauthorized'), 401],
  ],
  discord: [
    ['code', oauth('invalid_grant', 'Invalid "code" in request.')],
    ['redirect-uri', oauth('invalid_request', 'Invalid "redirect_uri" in request.')],
    ['client', oauth('invalid_client'), 401],
  ],
  linkedin: [
    ['secret', oauth('invalid_request', 'A required parameter "client_secret" is missing')],
    ['verifier', oauth('invalid_client', 'Client authentication failed'), 401],
    [
      'code',
      oauth(
        'invalid_request',
        'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists',
      ),
    ],
  ],
  x: [
    ['code', oauth('invalid_request', 'Value passed for the authorization code was invalid.')],
    ['basic', oauth('unauthorized_client', 'Missing valid authorization header'), 401],
  ],
  zoom: [
    ['client', { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }, 401],
    ['client', { reason: 'Client ID does not match authenticated client.', error: 'invalid_client' }],
  ],
  hubspot: [
    ['code', { status: 'BAD_AUTH_CODE', message: 'missing or unknown auth code', correlationId: '1' }],
    ['client', { status: 'BAD_CLIENT_ID', message: 'missing or unknown client id', correlationId: '1' }],
    [
      'secret',
      { status: 'BAD_CLIENT_SECRET', message: 'missing or invalid client secret', correlationId: '1' },
    ],
  ],
  shopify: [
    ['code', oauth('invalid_request', 'The authorization code was not found or was already used')],
    ['not-permitted', oauth('shop_not_permitted', 'Client credentials cannot be performed on this shop.')],
    ['not-installed', oauth('app_not_installed', 'The application is not installed on this shop.')],
  ],
  paypal: [['credentials', oauth('invalid_client', 'Client Authentication failed'), 401]],
  docusign: [
    ['consent', oauth('consent_required')],
    ['issuer', oauth('invalid_grant', 'issuer_not_found')],
    ['key', oauth('invalid_grant', 'no_valid_keys_or_signatures')],
    ['user', oauth('invalid_grant', 'user_not_found')],
  ],
  strava: [
    [
      'client',
      { message: 'Authorization Error', errors: [{ resource: 'Application', field: '', code: 'invalid' }] },
      401,
    ],
    [
      'code',
      { message: 'Bad Request', errors: [{ resource: 'AuthorizationCode', field: '', code: 'expired' }] },
    ],
    [
      'refresh',
      {
        message: 'Bad Request',
        errors: [{ resource: 'RefreshToken', field: 'refresh_token', code: 'invalid' }],
      },
      400,
      'refresh',
    ],
  ],
  notion: [['code', oauth('invalid_grant'), 400]],
  reddit: [
    ['code', oauth('invalid_grant'), 200],
    ['credentials', { message: 'Unauthorized', error: 401 }, 401],
  ],
  dropbox: [
    ['code', oauth('invalid_grant', "code doesn't exist or has expired")],
    ['client', oauth('invalid_client', 'Invalid client_id or client_secret')],
  ],
  box: [
    ['not-authorized', oauth('invalid_grant', 'Grant credentials are invalid')],
    [
      'not-authorized',
      oauth('unauthorized_client', 'The "box_subject_type" value is unauthorized for this client_id'),
    ],
    ['credentials', oauth('invalid_client', 'The client credentials are invalid')],
    ['refresh', oauth('invalid_grant', 'Refresh token has expired'), 400, 'refresh'],
  ],
  airtable: [
    ['secret', oauth('invalid_client'), 401],
    ['refresh', oauth('invalid_grant', 'Token has been expired or revoked.'), 400, 'refresh'],
    ['code', oauth('invalid_grant')],
  ],
  asana: [
    ['distribution', oauth('invalid_request', 'The required parameter client_id is missing or invalid')],
  ],
  canva: [
    ['credentials', oauth('invalid_client'), 401],
    ['refresh', oauth('invalid_grant'), 400, 'refresh'],
  ],
  quickbooks: [
    ['code', oauth('invalid_grant')],
    ['refresh', oauth('invalid_grant', 'Incorrect or invalid refresh token'), 400, 'refresh'],
    ['credentials', oauth('invalid_client'), 401],
  ],
  twitch: [
    ['client', { status: 400, message: 'invalid client' }],
    ['client', { status: 403, message: 'invalid client secret' }, 403],
    ['code', { status: 400, message: 'Invalid authorization code' }],
    ['code', { error: 'Bad Request', status: 400, message: 'Invalid refresh token' }, 400, 'refresh'],
  ],
  zoho: [
    ['code', oauth('invalid_code'), 200],
    ['redirect-uri', oauth('invalid_redirect_uri'), 200],
    ['credentials', oauth('invalid_client_secret'), 200],
  ],
  // The codes of Slack's page of oauth.v2.access.
  slack: [
    ['internal', { ok: false, error: 'internal_error' }, 200],
    ['authorization-version', { ok: false, error: 'oauth_authorization_url_mismatch' }, 200],
    ['pkce-off', { ok: false, error: 'pkce_not_allowed' }, 200],
    ['verifier', { ok: false, error: 'invalid_code_verifier' }, 200],
    ['scope', { ok: false, error: 'no_scopes' }, 200],
    ['redirect-uri', { ok: false, error: 'bad_redirect_uri' }, 200],
  ],
  salesforce: [
    ['not-approved', oauth('invalid_grant', "user hasn't approved this consumer")],
    ['not-approved', oauth('invalid_app_access', 'user is not admin approved to access this app')],
  ],
  xero: [['scope-client', oauth('unauthorized_client', 'Invalid scope for client')]],
  'epic-smart': [['client', { error: 'invalid_client', error_description: null }]],
};

/** A complete profile of the provider; whose client was refused sent a secret. */
function profileOf(id: string, refused: boolean): Profile {
  const provider = providerOf(catalogue, id);
  const grant = provider.grants['authorization_code'] ? 'authorization_code' : 'client_credentials';
  const given = Object.fromEntries(
    provider.ask.map(({ name, default: usual, placeholder }) => [name, usual ?? placeholder]),
  );
  const read = parseProfile({
    ...{ id: 't', clientId: 'c', grant },
    ...profileDefaults(provider, grant, given),
    ...(refused && { clientAuthentication: 'client_secret_post' }),
  });
  assert.ok('profile' in read, JSON.stringify(read));
  return read.profile;
}

for (const [id, rows] of Object.entries(answers))
  describe(`what ${id} answers`, () => {
    for (const [rule, body, status = 400, step = 'token'] of rows)
      it(`${rule}: ${JSON.stringify(body).slice(0, 90)}`, async () => {
        const profile = profileOf(id, 'error' in body && body.error === 'invalid_client');
        const form =
          step === 'refresh'
            ? { refresh_token: 'r' }
            : { grant_type: profile.grant, code: 'c', redirect_uri: 'http://127.0.0.1/callback' };
        const played = await playRequest(profile, step, form, { status, body });
        assert.equal(explain(profile, played).causes[0]?.id, `${id}/${rule}`);
      });
  });

describe('what servers answer to an assertion', () => {
  const box = (claim: string, more: string) => `Please check the '${claim}' claim. ${more}`;
  for (const [provider, words, rule, field] of [
    ['salesforce', 'audience is invalid', 'salesforce/assertion-audience', 'assertionClaims'],
    ['box', box('sub', "The 'sub' specified is invalid."), 'box/assertion-subject', 'assertionClaims'],
    [
      'box',
      box('exp', "The 'exp' value exceeds the maximum value of 60 seconds beyond the issue time."),
      ...(['box/assertion-end', 'assertionClaims'] as const),
    ],
    ['docusign', 'issuer_not_found', 'docusign/issuer', 'clientId'],
  ] as const)
    it(`${rule}: ${words}`, async () => {
      const domain = 'https://mycompany.my.salesforce.com';
      const defaults = profileDefaults(providerOf(catalogue, provider), 'jwt_bearer', { domain });
      const parsed = parseProfile({ id: 'a', grant: 'jwt_bearer', clientId: 'c', ...defaults });
      assert.ok('profile' in parsed, JSON.stringify(parsed));
      const answer = { status: 400, body: oauth('invalid_grant', words) };
      const explanation = explain(parsed.profile, await playRequest(parsed.profile, 'token', {}, answer));
      const [first] = explanation.causes;
      assert.equal(first?.id, rule);
      assert.deepEqual(first.fixes, [{ kind: 'edit_profile', field }]);
    });
});
