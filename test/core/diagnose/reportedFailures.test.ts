import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explained } from './play.ts';
import { answered, type More, type Step } from './realAnswer.ts';

const oauth = (error: string, error_description: string, more: object = {}) => ({
  error,
  error_description,
  ...more,
});
const open: More = { profile: { clientAuthentication: 'none' } };
const signed: More = { profile: { clientAuthentication: 'client_secret_jwt' } };
const bound: More = { profile: { dpop: true } };
const spa = "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.";
const authelia =
  'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).';
const determined = `${authelia} The request was determined to be using 'token_endpoint_auth_method' method 'client_secret_basic', however the OAuth 2.0 client registration does not allow this method.`;

/** What people reported of clients of their own, with the cause that was found there; the sources are threads at GitHub. */
const rows: readonly (readonly [
  source: string,
  step: Step,
  status: number,
  body: object,
  cause: string,
  more?: More,
  says?: RegExp,
])[] = [
  [
    'openiddict/openiddict-core#1225',
    'code',
    400,
    oauth('invalid_grant', "The specified 'code_verifier' is invalid."),
    'pkce-mismatch',
  ],
  [
    'keycloak/keycloak-community#292',
    'code',
    400,
    oauth('invalid_grant', 'PKCE verification failed'),
    'pkce-mismatch',
  ],
  [
    'marcospereirampj/python-keycloak#339',
    'code',
    400,
    oauth('invalid_grant', 'Code not valid'),
    'code-refused',
  ],
  [
    'marcospereirampj/python-keycloak#207',
    'code',
    400,
    oauth('invalid_grant', 'Incorrect redirect_uri'),
    'redirect-uri-refused-at-token-endpoint',
  ],
  [
    'okta/okta-auth-js#455',
    'code',
    401,
    oauth(
      'invalid_client',
      'Client authentication failed. Either the client or the client credentials are invalid.',
    ),
    'confidential-client-without-secret',
    open,
  ],
  [
    'boylesoftware/tomcat-oidcauth#6',
    'code',
    401,
    oauth(
      'invalid_request',
      'Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a client_assertion in the post body.',
    ),
    'two-client-authentications',
  ],
  [
    'AzureAD/microsoft-authentication-library-for-js#4256',
    'code',
    400,
    oauth('invalid_request', `AADSTS9002326: ${spa}`),
    'entra-id/origin-sent',
    open,
  ],
  [
    'heymind/OneDrive-Index-Cloudflare-Worker#51',
    'code',
    400,
    oauth('invalid_request', `AADSTS90023: ${spa}`, { error_codes: [90023] }),
    'entra-id/origin-sent',
  ],
  [
    'sidebase/nuxt-auth#301',
    'code',
    400,
    oauth(
      'invalid_request',
      "AADSTS9002327: Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
    ),
    'entra-id/spa-origin',
    open,
  ],
  [
    'microsoftgraph/msgraph-sdk-php#1057',
    'code',
    400,
    oauth(
      'invalid_request',
      'AADSTS9002325: Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
    ),
    'entra-id/spa-pkce',
  ],
  [
    'clocked0ne/passport-outlook#16',
    'code',
    400,
    oauth(
      'invalid_request',
      'AADSTS500201: We are unable to issue tokens from this API version for a Microsoft account.',
    ),
    'entra-id/version-1',
  ],
  [
    'AzureAD/microsoft-authentication-library-for-dotnet#449',
    'token',
    400,
    oauth(
      'invalid_scope',
      "AADSTS70011: The provided value for the input parameter 'scope' is not valid. The scope https://graph.microsoft.com/User.ReadWrite.All is not valid.",
    ),
    'entra-id/bad-scope',
    { profile: { scopes: ['https://graph.microsoft.com/User.ReadWrite.All'] } },
  ],
  [
    'AzureAD/microsoft-authentication-library-for-go#304',
    'token',
    400,
    oauth(
      'invalid_scope',
      'AADSTS1002012: The provided value for scope openid offline_access profile is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
    ),
    'entra-id/bad-scope',
    { profile: { scopes: ['openid'] } },
  ],
  [
    'Softeria/ms-365-mcp-server#490',
    'refresh',
    400,
    oauth(
      'invalid_grant',
      'AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
    ),
    'entra-id/code-expired',
    open,
  ],
  ['aws/aws-sdk-js#3836', 'refresh', 400, { error: 'invalid_grant' }, 'refresh-token-rotated', open],
  [
    'pilcrowonpaper/arctic#175',
    'code',
    400,
    { error: 'invalid_client' },
    'client-unknown-or-secret-wrong',
    {},
    /client_secret_post/,
  ],
  [
    'auth0/auth0-spa-js#454',
    'code',
    401,
    oauth('access_denied', 'Unauthorized'),
    'confidential-client-without-secret',
    open,
  ],
  [
    'auth0/node-auth0#134',
    'code',
    401,
    oauth('access_denied', 'Unauthorized'),
    'client-unknown-or-secret-wrong',
  ],
  [
    'auth0/docs#6177',
    'token',
    400,
    oauth('invalid_scope', 'User is not authorized to the audience for those scopes'),
    'target-refused',
  ],
  [
    'openid/AppAuth-iOS#843',
    'refresh',
    400,
    oauth('invalid_grant', 'Token is not active'),
    'refresh-token-rotated',
    open,
  ],
  [
    'openshift-online/ocm-sdk-go#162',
    'refresh',
    400,
    oauth('invalid_grant', 'Session not active'),
    'session-ended',
    open,
  ],
  [
    'xgeek-net/salesforce-mass-editor#4',
    'refresh',
    400,
    oauth('invalid_grant', 'expired access/refresh token'),
    'refresh-token-rotated',
  ],
  [
    'keycloak/keycloak#17008',
    'refresh',
    400,
    oauth('invalid_grant', "Invalid refresh token. Token client and authorized client don't match"),
    'refresh-token-of-another-client',
  ],
  [
    'dj0abr/bmw-mqtt-bridge#4',
    'refresh',
    400,
    oauth(
      'invalid_request',
      'The request is missing a required parameter, includes an unsupported parameter value (other than grant type), repeats a parameter, includes multiple credentials, utilizes more than one mechanism for authenticating the client, or is otherwise malformed',
    ),
    'error-code-invalid_request',
    open,
  ],
  [
    'jfromaniello/refresh-token#11',
    'refresh',
    400,
    oauth('invalid_request', 'Missing header: Content-Type'),
    'body-not-taken',
    {},
    /though one was sent/,
  ],
  [
    'janekolszak/idp#32',
    'token',
    400,
    oauth('invalid_scope', 'The requested scope is invalid, unknown, or malformed', { statusCode: 400 }),
    'scope-refused',
  ],
  [
    'ory/hydra#623',
    'token',
    400,
    oauth(
      'invalid_scope',
      'The client is not allowed to request scope hydra.consent: The requested scope is invalid, unknown, or malformed',
    ),
    'scope-refused',
    { profile: { scopes: ['hydra.consent'] } },
  ],
  [
    'bluesky-social/pds#163',
    'token',
    400,
    oauth('invalid_dpop_proof', 'DPoP htu mismatch'),
    'dpop-proof-refused',
    bound,
    /Behind a proxy/,
  ],
  [
    'keycloak/keycloak#39332',
    'token',
    400,
    oauth('invalid_request', 'DPoP HTTP URL mismatch'),
    'dpop-proof-refused',
    bound,
    /Behind a proxy/,
  ],
  [
    'facile-it/php-openid-client#25',
    'token',
    401,
    oauth(
      'invalid_client',
      'The audience claim for client_assertion must be the endpoint invoked for the request.',
    ),
    'assertion-refused',
    signed,
    /wants another audience.*Name the token endpoint/,
  ],
  [
    'panva/openid-client#348',
    'token',
    401,
    oauth('invalid_client', 'AADSTS50027: JWT token is invalid or malformed.'),
    'assertion-refused',
    signed,
  ],
  [
    'panva/openid-client#300',
    'token',
    401,
    oauth('invalid_client', 'Invalid JWT token'),
    'assertion-refused',
    signed,
  ],
  [
    'uafrica/oauth-server#65',
    'token',
    400,
    {
      message:
        'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed. Check the "grant_type" parameter.',
      url: '/oauth/access_token.json',
      code: 400,
      line: 156,
    },
    'parameter-missing',
    {},
    /grant_type, which was sent/,
  ],
  [
    'oauthjs/node-oauth2-server#186',
    'token',
    400,
    { code: 'BadMethod', message: 'Invalid or missing grant_type parameter' },
    'parameter-missing',
  ],
  [
    'jaredhanson/oauth2orize#89',
    'token',
    501,
    oauth('unsupported_grant_type', 'Unsupported grant type: client_credentials'),
    'grant-not-allowed',
  ],
  [
    'mosip/esignet#2260',
    'code',
    400,
    { error: 'unauthorized_client' },
    'confidential-client-without-secret',
    open,
  ],
  [
    'cavefire/hass-openid#10',
    'code',
    401,
    oauth('invalid_client', determined),
    'client-authentication-other',
  ],
  [
    'nextcloud/user_oidc#907',
    'code',
    401,
    oauth(
      'invalid_client',
      `${determined} The registered client with id 'x' is configured to only support 'token_endpoint_auth_method' method 'client_secret_post'.`,
    ),
    'client-authentication-other',
    {},
    /registered for client_secret_post/,
  ],
  [
    'homarr-labs/homarr#2000',
    'code',
    401,
    oauth(
      'invalid_client',
      `${authelia} The provided client secret did not match the registered client secret.`,
    ),
    'secret-refused',
  ],
  [
    'authelia/authelia#5695',
    'code',
    401,
    oauth('invalid_client', authelia),
    'client-unknown-or-secret-wrong',
  ],
  [
    'ivan-novakov/php-openid-connect-client#3',
    'token',
    400,
    oauth('invalid_request', "ACS50001: The required field 'resource' is missing."),
    'audience-wanted',
  ],
  [
    'Azure-Samples/active-directory-dotnet-native-headless#19',
    'token',
    400,
    oauth(
      'invalid_resource',
      "MSIS9602: The received 'resource' parameter is invalid. The authorization server can not find a registered resource with the specified identifier.",
    ),
    'target-refused',
    { profile: { resource: ['https://api.example'] } },
  ],
];

describe('failures that people reported', () => {
  for (const [source, step, status, body, cause, more, says = /./] of rows)
    it(`${source}: ${cause}`, async () => {
      const { causes } = explained(await answered(step, status, body, more));
      assert.equal(causes[0]?.id, cause, causes.map(({ id }) => id).join());
      assert.match(JSON.stringify(causes[0]), says);
    });
});
