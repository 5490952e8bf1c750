import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answered, rightlyExplained, type Step } from './realAnswer.ts';

const oauth = (error: string, error_description?: string) => ({
  error,
  ...(error_description === undefined ? {} : { error_description }),
});
const gh = 'https://github.com';
const pipedrive = 'https://pipedrive.readme.io/docs/marketplace-oauth-and-api-proxy-status-codes';
const fieldView = 'https://dev.fieldview.com/api-details';
const followUpBoss = 'https://docs.followupboss.com/docs/oauth-error-codes';
const refused = 'redirect-uri-refused-at-token-endpoint';

/** Answers as they are published, with their source, and the cause that stands there for each. */
const rows: readonly (readonly [
  name: string,
  source: string,
  step: Step,
  status: number,
  body: object,
  cause: string,
])[] = [
  [
    'EVE Online: code and words in error, and the words again',
    `${gh}/ccpgames/sso-issues/issues/54`,
    'refresh',
    400,
    oauth('invalid_grant: Token is expired or invalid.', 'Token is expired or invalid.'),
    'refresh-token-rotated',
  ],
  [
    'Casdoor: words in the place of the token, and in error',
    `${gh}/casdoor/casdoor/pull/662`,
    'token',
    200,
    {
      access_token: 'error: invalid client_id',
      ...{ id_token: '', refresh_token: '', token_type: '', expires_in: 0, scope: '' },
      error: 'error: invalid client_id',
    },
    'client-not-known',
  ],
  [
    'Casdoor before: words in the place of the token alone',
    `${gh}/casdoor/casdoor/pull/835`,
    'token',
    200,
    { access_token: 'error: invalid client_id', token_type: '', expires_in: 0, scope: '' },
    'client-not-known',
  ],
  [
    'Casdoor: an envelope with status 200',
    `${gh}/casdoor/casdoor/issues/2964`,
    'token',
    200,
    { status: 'error', msg: 'Invalid client secret', sub: '', name: '', data: null, data2: null },
    'secret-refused',
  ],
  [
    'hh.ru: redirect',
    `${gh}/hhru/api/pull/247`,
    'code',
    400,
    oauth('invalid_request', 'bad redirect url'),
    refused,
  ],
  [
    'Zitadel: a made-up code',
    `${gh}/zitadel/zitadel/issues/11892`,
    'code',
    400,
    oauth('invalid_request', 'Errors.User.Code.Invalid'),
    'code-not-taken',
  ],
  [
    'Zitadel: client',
    `${gh}/zitadel/zitadel/issues/9961`,
    'token',
    400,
    oauth('invalid_client', 'client not found'),
    'client-not-known',
  ],
  [
    'eBay: code',
    `${gh}/hendt/ebay-api/issues/122`,
    'code',
    400,
    oauth(
      'invalid_grant',
      'the provided authorization grant code is invalid or was issued to another client',
    ),
    'code-refused',
  ],
  [
    'eBay: refresh token',
    `${gh}/hendt/ebay-api/issues/77`,
    'refresh',
    400,
    oauth(
      'invalid_grant',
      'the provided authorization refresh token is invalid or was issued to another client',
    ),
    'refresh-token-rotated',
  ],
  [
    'Strava: client',
    `${gh}/the-momentum/open-wearables/issues/767`,
    'refresh',
    400,
    { message: 'Bad Request', errors: [{ resource: 'Application', field: 'client_id', code: 'invalid' }] },
    'client-not-known',
  ],
  [
    'Intuit: no more than the code',
    `${gh}/spinen/laravel-quickbooks-client/issues/27`,
    'refresh',
    400,
    oauth('invalid_grant'),
    'refresh-token-rotated',
  ],
  [
    'login.gov: the words are the code',
    `${gh}/GSA-TTS/identity-dev-docs/pull/393`,
    'code',
    400,
    oauth(
      'Code is invalid because doesn’t match any user. Please see our documentation at https://developers.login.gov/oidc/#token',
    ),
    'code-not-taken',
  ],
  [
    'Follow Up Boss: refresh',
    followUpBoss,
    'refresh',
    401,
    oauth('expired-refresh-token'),
    'refresh-token-not-taken',
  ],
  ['Follow Up Boss: code', followUpBoss, 'code', 401, oauth('expired-auth-code'), 'code-not-taken'],
  ['Follow Up Boss: redirect', followUpBoss, 'code', 400, oauth('invalid-redirect-uri'), refused],
  ['Follow Up Boss: client', followUpBoss, 'token', 400, oauth('invalid-oauth-app'), 'client-not-known'],
  [
    'Follow Up Boss: header',
    followUpBoss,
    'token',
    400,
    oauth('missing-authorization-header'),
    'client-authentication-not-found',
  ],
  ['Follow Up Boss: grant', followUpBoss, 'token', 400, oauth('invalid-grant-type'), 'grant-not-allowed'],
  [
    'Withings: code',
    `${gh}/home-assistant/home-assistant.io/issues/34285`,
    'code',
    200,
    { status: 503, error: 'Invalid Params: invalid code' },
    'code-not-taken',
  ],
  [
    'Withings: a number that is no status of HTTP',
    `${gh}/vangorra/python_withings_api/issues/93`,
    'code',
    200,
    { status: 2554, error: 'Not implemented' },
    'reason-of-its-own',
  ],
  [
    'Withings: redirect',
    `${gh}/jaroslawhartman/withings-sync/issues/192`,
    'code',
    400,
    {
      errors: [
        {
          message:
            'redirect_uri_mismatch: The redirect URI provided is missing or does not match partner callback url',
        },
      ],
    },
    refused,
  ],
  [
    'eWeLink: a number in error',
    `${gh}/nocmt/ewelink-api-next/issues/3`,
    'code',
    200,
    { error: 405, msg: 'invalid code', data: {} },
    'code-not-taken',
  ],
  [
    'Pipedrive: code',
    pipedrive,
    'code',
    400,
    { success: false, message: 'Invalid grant: authorization_code has expired', error: 'invalid_grant' },
    'code-refused',
  ],
  [
    'Pipedrive: no client',
    pipedrive,
    'token',
    400,
    {
      success: false,
      message: 'Invalid client: cannot retrieve client credentials',
      error: 'invalid_client',
    },
    'client-authentication-not-found',
  ],
  [
    'Pipedrive: redirect',
    pipedrive,
    'code',
    400,
    { success: false, message: 'Invalid request: redirect_uri is invalid', error: 'invalid_request' },
    refused,
  ],
  [
    'FieldView: client in two places',
    fieldView,
    'token',
    400,
    oauth('invalid_request', 'Request body and headers contain authorization information'),
    'two-client-authentications',
  ],
  [
    'FieldView: code',
    fieldView,
    'code',
    400,
    oauth('invalid_grant', 'Inactive authorization code received from token request'),
    'code-refused',
  ],
  [
    'FieldView: refresh',
    fieldView,
    'refresh',
    400,
    oauth('invalid_grant', 'Provided Authorization Grant is invalid'),
    'refresh-token-rotated',
  ],
  ['FieldView: redirect', fieldView, 'code', 400, oauth('invalid_grant', 'Callback url mismatch'), refused],
  ['FieldView: scope', fieldView, 'token', 400, oauth('invalid_scope', 'Invalid Scope!'), 'scope-refused'],
  [
    'Authelia: what the list leaves open the next sentence says',
    `${gh}/christiaangoossens/hass-oidc-auth/issues/97`,
    'code',
    401,
    oauth(
      'invalid_client',
      'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method). The provided client secret did not match the registered client secret.',
    ),
    'secret-refused',
  ],
  [
    'WSO2: client',
    `${gh}/wso2/product-is/issues/23259`,
    'token',
    401,
    oauth('invalid_client', 'Client credentials are invalid.'),
    'secret-refused',
  ],
  [
    'ownCloud: verifier',
    `${gh}/owncloud/oauth2/issues/309`,
    'code',
    400,
    oauth('invalid_grant', 'code verifier invalid'),
    'pkce-mismatch',
  ],
];

describe('answers of providers, as they are published', () => {
  for (const [name, source, step, status, body, cause] of rows)
    it(`${name}: ${cause} (${source})`, async () => {
      rightlyExplained(await answered(step, status, body), cause);
    });

  it('words in the place of a token are said, and are no token', async () => {
    const body = { access_token: 'error: invalid username or password', token_type: '', expires_in: 0 };
    const { outcome } = await answered('token', 200, body);
    assert.ok(outcome.kind === 'failure');
    assert.match(
      outcome.failure.message,
      /answered the token request with words in the place of a token: invalid username or password\.$/,
    );
  });
});
