import { describe, it } from 'node:test';
import { answered, rightlyExplained, type More, type Step } from './realAnswer.ts';

type Answer = readonly [
  server: string,
  step: Step,
  status: number,
  body: string | object,
  cause: string,
  more?: More,
];

const oauth = (error: string, error_description?: string, more: object = {}) => ({
  error,
  ...(error_description !== undefined && { error_description }),
  ...more,
});
const as = (provider: string, profile: More['profile'] = {}): More => ({ profile: { provider, ...profile } });
const inText: More = { headers: { 'content-type': 'text/html; charset=utf-8' } };
const entra = (number: string, words: string) =>
  `AADSTS${number}: ${words} Trace ID: 48298c93-4ac2-4dff-a592-f276f8ad0700 Correlation ID: c399efc2-9765-497f-b6aa-8ea61b1f4bff Timestamp: 2026-05-10 09:31:50Z`;

/** What servers answer in their own words, by the documentation, thread or source that has them, and the cause behind each. */
const answers: Readonly<Record<string, readonly Answer[]>> = {
  'https://dev.fieldview.com/api-details': [
    [
      'FieldView: header and body',
      'token',
      400,
      oauth('invalid_request', 'Request body and headers contain authorization information'),
      'two-client-authentications',
    ],
    [
      'FieldView: code',
      'code',
      400,
      oauth('invalid_grant', 'Inactive authorization code received from token request'),
      'code-refused',
    ],
    [
      'FieldView: callback',
      'code',
      400,
      oauth('invalid_grant', 'Callback url mismatch'),
      'redirect-uri-refused-at-token-endpoint',
    ],
    ['FieldView: scope', 'token', 400, oauth('invalid_scope', 'Invalid Scope!'), 'scope-refused'],
    [
      'FieldView: refresh',
      'refresh',
      400,
      oauth('invalid_grant', 'Provided Authorization Grant is invalid'),
      'refresh-token-rotated',
    ],
  ],
  'https://github.com/wso2/product-is/issues/22336': [
    [
      'WSO2: client',
      'token',
      401,
      oauth('invalid_client', 'A valid OAuth client could not be found for client_id: w_sNI'),
      'client-not-known',
    ],
    [
      'WSO2: secret',
      'token',
      401,
      oauth('invalid_client', 'Client credentials are invalid.'),
      'secret-refused',
    ],
  ],
  'https://github.com/spring-attic/spring-authorization-server/issues/1637': [
    [
      'Spring: grant',
      'token',
      400,
      oauth('unsupported_grant_type', 'OAuth 2.0 Parameter: grant_type', {
        error_uri: 'https://datatracker.ietf.org/doc/html/rfc6749#section-5.2',
      }),
      'grant-not-allowed',
    ],
    [
      'Spring: redirect URI',
      'code',
      400,
      oauth('invalid_request', 'OAuth 2.0 Parameter: redirect_uri'),
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'Spring: verifier',
      'code',
      400,
      oauth('invalid_grant', 'OAuth 2.0 Parameter: code_verifier'),
      'pkce-mismatch',
    ],
  ],
  'https://github.com/appsup-dart/openid_client/issues/69': [
    [
      'Hydra: method',
      'token',
      401,
      oauth(
        'invalid_client',
        "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method). The OAuth 2.0 Client supports client authentication method 'client_secret_post', but method 'client_secret_basic' was requested. You must configure the OAuth 2.0 client's 'token_endpoint_auth_method' value to accept 'client_secret_basic'.",
      ),
      'client-authentication-other',
    ],
  ],
  'https://github.com/mikecotrone/DropboxAPI/issues/1': [
    [
      'Dropbox: code',
      'code',
      400,
      oauth('invalid_grant', "code doesn't exist or has expired"),
      'code-refused',
    ],
  ],
  'https://open.bccastle.com/en/development/standard-protocol/oauth2/oauth-error-list.html': [
    [
      'Bamboocloud: API',
      'token',
      400,
      oauth('access_denied', 'Service not enabled within https://api.example.com'),
      'target-refused',
    ],
    [
      'Bamboocloud: secret',
      'token',
      401,
      oauth('invalid_client', 'Bad client credentials'),
      'secret-refused',
    ],
  ],
  'https://app.theneo.io/possiblenow/mypreferences/overview/authorization/oauth/errors': [
    [
      'MyPreferences: policy',
      'token',
      400,
      oauth('access_denied', 'Admin policy denied access.'),
      'policy-refused',
    ],
    [
      'MyPreferences: grant',
      'token',
      400,
      oauth('invalid_request', 'Unsupported value for field (grant_type).'),
      'grant-not-allowed',
    ],
  ],
  'https://github.com/simple-login/app/issues/2754': [
    [
      'SimpleLogin: code, echoed',
      'code',
      400,
      { error: 'no such authorization code c0de-0123456789' },
      'code-not-taken',
    ],
  ],
  'https://github.com/thestr4ng3r/chiaki/issues/192': [
    [
      'PlayStation: code',
      'code',
      400,
      oauth('invalid_grant', 'Bad request', {
        docs: 'https://auth.api.sonyentertainmentnetwork.com/docs/',
        error_code: 1,
      }),
      'code-refused',
    ],
  ],
  'https://github.com/zitadel/zitadel/issues/9961#errors': [
    ['Zitadel: client', 'token', 400, oauth('invalid_client', 'client not found'), 'client-not-known'],
  ],
  'https://github.com/soundcloud/api/issues/45': [
    ['SoundCloud: status 401 for a code', 'code', 401, oauth('invalid_grant'), 'code-refused'],
  ],
  'https://github.com/thephpleague/oauth2-server/blob/master/src/Exception/OAuthServerException.php': [
    [
      'League: verifier',
      'code',
      400,
      oauth('invalid_grant', 'Failed to verify `code_verifier`.', {
        hint: '',
        message: 'Failed to verify `code_verifier`.',
      }),
      'pkce-mismatch',
    ],
    [
      'League: revoked',
      'refresh',
      401,
      oauth('invalid_request', 'The refresh token is invalid.', { hint: 'Token has been revoked' }),
      'refresh-token-not-taken',
    ],
  ],
  'https://developers.kakao.com/docs/latest/en/kakaologin/trouble-shooting#errors': [
    [
      'Kakao: code',
      'code',
      400,
      oauth('invalid_grant', 'authorization code not found for code=c0de-0123456789', {
        error_code: 'KOE320',
      }),
      'code-refused',
    ],
    [
      'Kakao: redirect URI',
      'code',
      400,
      oauth('invalid_grant', 'Redirect URI mismatch.', { error_code: 'KOE303' }),
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'Kakao: secret',
      'code',
      401,
      oauth('invalid_client', 'Bad client credentials', { error_code: 'KOE010' }),
      'secret-refused',
    ],
    [
      'Kakao: client',
      'code',
      401,
      oauth('invalid_client', 'Not exist client_id orders-worker', { error_code: 'KOE101' }),
      'client-not-known',
    ],
  ],
  'https://developers.line.biz/en/reference/line-login/': [
    [
      'LINE: redirect URI',
      'code',
      400,
      oauth('invalid_request', 'redirect_uri does not match'),
      'redirect-uri-refused-at-token-endpoint',
    ],
    ['LINE: code', 'code', 400, oauth('invalid_grant', 'invalid authorization code'), 'code-refused'],
    ['LINE: secret', 'code', 400, oauth('invalid_client', 'invalid client_secret'), 'secret-refused'],
  ],
  'https://discuss.dev.twitch.com/c/authentication': [
    ['Twitch: secret', 'token', 403, { status: 403, message: 'invalid client secret' }, 'secret-refused'],
    [
      'Twitch: secret missing',
      'token',
      400,
      { status: 400, message: 'missing client secret' },
      'parameter-missing',
    ],
    ['Twitch: code', 'code', 400, { status: 400, message: 'Invalid authorization code' }, 'code-not-taken'],
    [
      'Twitch: refresh token',
      'refresh',
      400,
      { error: 'Bad Request', status: 400, message: 'Invalid refresh token' },
      'refresh-token-not-taken',
    ],
  ],
  'https://dev.fitbit.com/build/reference/web-api/troubleshooting-guide/error-messages/': [
    [
      'Fitbit: header',
      'token',
      401,
      {
        errors: [
          {
            errorType: 'invalid_client',
            message:
              'Invalid authorization header format. The header was not recognized to be a valid header for any of known implementations or a client_id was not specified in case of a public client Received header = BASIC.',
          },
        ],
        success: false,
      },
      'authorization-header-not-read',
    ],
  ],
  'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/faq': [
    ['Intuit: code', 'code', 400, oauth('invalid_grant', 'Incorrect Token type or clientID'), 'code-refused'],
    [
      'Intuit: refresh',
      'refresh',
      400,
      oauth('invalid_grant', 'Incorrect or invalid refresh token'),
      'refresh-token-rotated',
    ],
  ],
  'https://dev.vk.com/en/reference/errors': [
    ['VK: secret', 'code', 401, oauth('invalid_client', 'client_secret is incorrect'), 'secret-refused'],
    [
      'VK: status 401 for a code',
      'code',
      401,
      oauth('invalid_grant', 'Code is invalid or expired.'),
      'code-refused',
    ],
    [
      'VK: too often',
      'token',
      200,
      { error: { error_code: 9, error_msg: 'Flood control' } },
      'asked-too-often',
    ],
  ],
  'https://yandex.com/dev/id/doc/en/codes/code-url': [
    ['Yandex: code', 'code', 400, oauth('invalid_grant', 'Code has expired'), 'code-refused'],
    ['Yandex: client', 'token', 400, oauth('invalid_client', 'Client not found'), 'client-not-known'],
    ['Yandex: secret', 'token', 400, oauth('invalid_client', 'Wrong client secret'), 'secret-refused'],
    [
      'Yandex: header',
      'token',
      400,
      oauth('Malformed Authorization header'),
      'authorization-header-not-read',
    ],
  ],
  'https://developers.figma.com/docs/rest-api/authentication/': [
    [
      'Figma: redirect URI',
      'code',
      400,
      { error: true, status: 400, message: 'Invalid redirect uri' },
      'redirect-uri-refused-at-token-endpoint',
    ],
    ['Figma: client', 'code', 404, { status: 404, err: 'App not found' }, 'client-not-known'],
  ],
  'https://shopify.dev/docs/apps/build/authentication-authorization': [
    ['Shopify: app', 'code', 400, oauth('application_cannot_be_found'), 'client-not-known'],
    [
      'Shopify: code',
      'code',
      400,
      oauth('invalid_request', 'The authorization code was not found or was already used'),
      'code-not-taken',
    ],
  ],
  'https://opendocs.alipay.com/open/02ailc#errors': [
    [
      'Alipay: code',
      'code',
      200,
      {
        error_response: {
          code: '40002',
          msg: 'Invalid Arguments',
          sub_code: 'isv.code-invalid',
          sub_msg: '授权码code无效',
        },
        sign: 'x',
      },
      'code-not-taken',
    ],
  ],
  'https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html': [
    [
      'WeChat: network',
      'token',
      200,
      { errcode: 40164, errmsg: 'invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist rid: 6' },
      'network-refused',
    ],
  ],
  'https://open.dingtalk.com/document/orgapp/obtain-user-token': [
    [
      'DingTalk: secret',
      'token',
      400,
      { code: 'invalidClientIdOrSecret', requestid: 'x', message: '无效的clientId或者clientSecret' },
      'secret-refused',
    ],
  ],
  'https://www.servicenow.com/docs/bundle/platform-security/page/administer/security/concept/c_OAuthApplications.html':
    [
      [
        'ServiceNow: credentials, called a server error',
        'token',
        401,
        oauth('server_error', 'access_denied'),
        'client-unknown-or-secret-wrong',
      ],
    ],
  'https://github.com/dexidp/dex/blob/master/server/handlers.go#errors': [
    ['Dex: code', 'code', 400, oauth('invalid_request', 'Required param: code.'), 'parameter-missing'],
  ],
  'https://backstage.forgerock.com/docs/am/7/oauth2-guide/': [
    [
      'ForgeRock: scope',
      'token',
      400,
      oauth('invalid_scope', 'Unknown/invalid scope(s): [read]'),
      'scope-refused',
    ],
    [
      'ForgeRock: realm',
      'token',
      404,
      { code: 404, reason: 'Not Found', message: "Realm '/x' not found" },
      'realm-not-known',
    ],
  ],
  'https://github.com/wso2/product-is/issues/6320': [
    [
      'WSO2: the real code is in the words',
      'token',
      400,
      oauth(
        'invalid_request',
        "OAuthProblemException{error='unsupported_grant_type', description='Unsupported grant_type value', uri='null', state='null', scope='null', redirectUri='null', responseStatus=0, parameters={}}",
      ),
      'grant-not-allowed',
    ],
  ],
  'https://github.com/wso2/product-is/issues/4717': [
    [
      'WSO2: header without a secret',
      'code',
      400,
      oauth(
        'invalid_request',
        'Error decoding authorization header. Space delimited "<authMethod> <base64Hash>" format violated.',
      ),
      'authorization-header-not-read',
    ],
  ],
  'https://github.com/spring-projects/spring-security/blob/main/web/src/main/java/org/springframework/security/web/authentication/www/BasicAuthenticationConverter.java':
    [
      [
        'Spring Security',
        'token',
        401,
        {
          timestamp: '2026-01-01',
          status: 401,
          error: 'Unauthorized',
          message: 'Failed to decode basic authentication token',
          path: '/oauth2/token',
        },
        'authorization-header-not-read',
      ],
    ],
  'https://github.com/oidc-wp/openid-connect-generic/issues/442': [
    [
      'a server in the field',
      'code',
      400,
      oauth('invalid_request', 'The client MUST NOT use more than one authentication method in each'),
      'two-client-authentications',
    ],
  ],
  'https://github.com/aspnet-contrib/AspNet.Security.OpenIdConnect.Server/issues/403': [
    [
      'ASOS',
      'token',
      400,
      oauth('invalid_request', 'Multiple client credentials cannot be specified.'),
      'two-client-authentications',
    ],
  ],
  'https://github.com/panva/node-oidc-provider/blob/main/lib/shared/client_auth.js': [
    [
      'oidc-provider: secret in both',
      'token',
      400,
      oauth('invalid_request', 'client authentication must only be provided using one mechanism'),
      'two-client-authentications',
    ],
    [
      'oidc-provider: method',
      'token',
      401,
      oauth('invalid_client', 'client authentication failed'),
      'client-unknown-or-secret-wrong',
    ],
    [
      'oidc-provider: no client',
      'token',
      400,
      oauth('invalid_request', 'no client authentication mechanism provided'),
      'client-authentication-not-found',
    ],
  ],
  'https://docs.fieldview.com/': [
    [
      'FieldView',
      'code',
      400,
      oauth('invalid_request', 'The request contains more than one client authentication mechanism'),
      'two-client-authentications',
    ],
  ],
  'https://github.com/wso2-extensions/identity-inbound-auth-oauth/pull/332': [
    [
      'WSO2',
      'token',
      400,
      oauth('invalid_request', 'The client MUST NOT use more than one authentication method in each request'),
      'two-client-authentications',
    ],
  ],
  'https://github.com/panva/node-oidc-provider/issues/589': [
    [
      'oidc-provider: JSON',
      'token',
      400,
      oauth(
        'invalid_request',
        'only application/x-www-form-urlencoded content-type bodies are supported on POST /token',
      ),
      'body-not-taken',
    ],
  ],
  'https://github.com/apifest/apifest-oauth20/issues/22': [
    ['ApiFest', 'token', 400, { error: 'unsupported media type' }, 'body-not-taken'],
  ],
  'https://github.com/keycloak/keycloak/issues/12348': [
    [
      'Keycloak: no key to encrypt for',
      'token',
      400,
      oauth('invalid_request', 'can not get encryption KEK'),
      'encryption-key-wanted',
    ],
  ],
  'https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/protocol/oidc/grants/AuthorizationCodeGrantType.java':
    [
      [
        'Keycloak: verifier missing',
        'code',
        400,
        oauth('invalid_grant', 'PKCE code verifier not specified'),
        'keycloak/pkce',
        as('keycloak'),
      ],
      [
        'Keycloak: verifier malformed',
        'code',
        400,
        oauth('invalid_grant', 'PKCE verification failed: Invalid code verifier'),
        'pkce-mismatch',
      ],
      ['Keycloak: other client', 'code', 400, oauth('invalid_grant', 'Auth error'), 'code-refused'],
      [
        'Keycloak: consent',
        'code',
        400,
        oauth('invalid_scope', 'Client no longer has requested consent from user'),
        'consent-wanted',
      ],
      [
        'Keycloak: grant off',
        'token',
        400,
        oauth('unauthorized_client', 'Client not allowed for direct access grants'),
        'grant-not-allowed',
      ],
      [
        'Keycloak: no grant',
        'token',
        400,
        oauth('unsupported_grant_type', 'Unsupported grant_type'),
        'grant-not-allowed',
      ],
      [
        'Keycloak: refresh token of another',
        'refresh',
        400,
        oauth('invalid_grant', "Invalid refresh token. Token client and authorized client don't match"),
        'refresh-token-of-another-client',
      ],
      [
        'Keycloak: offline session',
        'refresh',
        400,
        oauth('invalid_grant', 'Offline user session not found'),
        'session-ended',
      ],
      ['Keycloak: scopes', 'token', 400, oauth('invalid_scope', 'Invalid scopes: read'), 'scope-refused'],
      [
        'Keycloak: bearer-only',
        'token',
        400,
        oauth('unauthorized_client', 'Bearer-only not allowed'),
        'grant-not-allowed',
      ],
    ],
  'https://developer.okta.com/docs/reference/api/oidc/': [
    [
      'Okta: no client id',
      'token',
      400,
      oauth('invalid_client', 'A client_id must be provided in the request.'),
      'parameter-missing',
    ],
    [
      'Okta: no client id, named',
      'token',
      400,
      oauth('invalid_client', 'A client_id must be provided in the request.'),
      'okta/client',
      as('okta'),
    ],
    [
      'Okta: code',
      'code',
      400,
      oauth('invalid_grant', 'The authorization code is invalid or has expired.'),
      'code-refused',
    ],
    [
      'Okta: redirect',
      'code',
      400,
      oauth(
        'invalid_grant',
        "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
      ),
      'redirect-uri-refused-at-token-endpoint',
    ],
    ['Okta: verifier', 'code', 400, oauth('invalid_grant', 'PKCE verification failed.'), 'pkce-mismatch'],
    [
      'Okta: refresh',
      'refresh',
      400,
      oauth('invalid_grant', 'The refresh token is invalid or expired.'),
      'refresh-token-rotated',
    ],
    [
      'Okta: scope',
      'token',
      400,
      oauth('invalid_scope', "The scope 'read' is not configured for the authorization server resource."),
      'scope-refused',
    ],
    [
      'Okta: method',
      'token',
      401,
      oauth(
        'invalid_client',
        'Client authentication failed. Either the client or the client credentials are invalid.',
      ),
      'secret-refused',
    ],
    [
      'Okta: DPoP',
      'token',
      400,
      oauth('invalid_dpop_proof', 'The DPoP proof JWT header is missing.'),
      'dpop-proof-wanted',
    ],
  ],
  'https://github.com/ory/fosite/blob/master/errors.go': [
    [
      'Hydra: verifier',
      'code',
      400,
      oauth(
        'invalid_grant',
        'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client. The PKCE code challenge did not match the code verifier.',
      ),
      'pkce-mismatch',
    ],
    [
      'Hydra: redirect',
      'code',
      400,
      oauth(
        'invalid_grant',
        "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client. The 'redirect_uri' from this request does not match the one from the authorize request.",
      ),
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'Hydra: other client',
      'code',
      400,
      oauth(
        'invalid_grant',
        'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client. The OAuth 2.0 Client ID from this request does not match the one from the authorize request.',
      ),
      'code-refused',
    ],
    [
      'Hydra: used',
      'code',
      400,
      oauth(
        'invalid_grant',
        'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client. The authorization code has already been used.',
      ),
      'code-refused',
    ],
    [
      'Hydra: secret',
      'token',
      401,
      oauth(
        'invalid_client',
        'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
        { error_debug: 'crypto/bcrypt: hashedPassword is not the hash of the given password' },
      ),
      'client-unknown-or-secret-wrong',
    ],
    [
      'Hydra: unknown',
      'token',
      401,
      oauth(
        'invalid_client',
        'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method). The requested OAuth 2.0 Client does not exist.',
      ),
      'client-not-known',
    ],
    [
      'Hydra: refresh twice',
      'refresh',
      401,
      oauth(
        'token_inactive',
        'Token is inactive because it is malformed, expired or otherwise invalid. Token validation failed.',
      ),
      'refresh-token-rotated',
    ],
    [
      'Hydra: entropy',
      'code',
      400,
      oauth('invalid_grant', 'The PKCE code verifier must be at least 43 characters.'),
      'pkce-mismatch',
    ],
  ],
  'https://github.com/dexidp/dex/blob/master/server/handlers.go': [
    ['Dex: client', 'token', 401, oauth('invalid_client', 'Invalid client credentials.'), 'secret-refused'],
    ['Dex: code', 'code', 400, oauth('invalid_grant', 'Invalid or expired code parameter.'), 'code-refused'],
    [
      'Dex: redirect',
      'code',
      400,
      oauth('invalid_request', 'redirect_uri did not match URI from initial request.'),
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'Dex: refresh',
      'refresh',
      400,
      oauth('invalid_request', 'Refresh token is invalid or has already been claimed by another client.'),
      'refresh-token-not-taken',
    ],
    [
      'Dex: verifier',
      'code',
      400,
      oauth('invalid_grant', 'Expecting parameter code_verifier in PKCE flow.'),
      'pkce-mismatch',
    ],
    [
      'Dex: no PKCE',
      'code',
      400,
      oauth('invalid_request', 'No PKCE flow started. Cannot check code_verifier.'),
      'pkce-mismatch',
    ],
  ],
  'https://github.com/openiddict/openiddict-core/issues/1225': [
    [
      'OpenIddict: verifier',
      'code',
      400,
      oauth('invalid_grant', "The specified 'code_verifier' is invalid.", {
        error_uri: 'https://documentation.openiddict.com/errors/ID2052',
      }),
      'pkce-mismatch',
    ],
  ],
  'https://github.com/openiddict/openiddict-core/blob/dev/src/OpenIddict.Abstractions/OpenIddictResources.resx':
    [
      [
        'OpenIddict: redeemed',
        'code',
        400,
        oauth('invalid_grant', 'The specified authorization code has already been redeemed.'),
        'openiddict/code',
        as('openiddict'),
      ],
      [
        'OpenIddict: redirect',
        'code',
        400,
        oauth(
          'invalid_grant',
          "The specified 'redirect_uri' parameter doesn't match the client redirection endpoint the authorization code was initially sent to.",
        ),
        'redirect-uri-refused-at-token-endpoint',
      ],
      [
        'OpenIddict: form',
        'token',
        400,
        oauth('invalid_request', "The specified 'Content-Type' header is not valid."),
        'body-not-taken',
      ],
      [
        'OpenIddict: two',
        'token',
        400,
        oauth('invalid_request', 'Multiple client credentials cannot be specified.'),
        'two-client-authentications',
      ],
      [
        'OpenIddict: https',
        'token',
        400,
        oauth('invalid_request', 'This server only accepts HTTPS requests.'),
        'https-wanted',
      ],
      [
        'OpenIddict: public',
        'token',
        400,
        oauth('invalid_client', "The 'client_secret' parameter is not valid for this client application."),
        'public-client-with-secret',
      ],
    ],
  'https://github.com/DuendeArchive/Support/issues/498': [
    [
      'Duende: hash',
      'code',
      400,
      oauth('invalid_grant', 'Transformed code verifier does not match code challenge'),
      'pkce-mismatch',
    ],
  ],
  'https://github.com/DuendeSoftware/products/blob/main/identity-server/src/IdentityServer/Validation/Default/TokenRequestValidator.cs':
    [
      ['Duende: code', 'code', 400, oauth('invalid_grant'), 'code-refused'],
      [
        'Duende: scope',
        'token',
        400,
        oauth('invalid_scope', 'No allowed scopes configured for client'),
        'scope-refused',
      ],
      [
        'Duende: target',
        'token',
        400,
        oauth('invalid_target', 'Invalid resource indicator format'),
        'target-unknown',
      ],
      ['Duende: verifier', 'code', 400, oauth('invalid_grant', 'invalid code_verifier'), 'pkce-mismatch'],
      [
        'Duende: algorithm',
        'code',
        400,
        oauth('invalid_grant', 'Invalid hashing algorithm for code_challenge_method'),
        'pkce-mismatch',
      ],
    ],
  'https://learn.microsoft.com/entra/identity-platform/reference-error-codes': [
    [
      'Entra 7000215',
      'token',
      401,
      oauth(
        'invalid_client',
        entra(
          '7000215',
          "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app 'orders'.",
        ),
      ),
      'entra-id/wrong-secret',
    ],
    [
      'Entra 50011',
      'code',
      400,
      oauth(
        'invalid_grant',
        entra(
          '50011',
          "The redirect URI 'http://localhost/callback' specified in the request does not match the redirect URIs configured for the application 'orders'.",
        ),
      ),
      'entra-id/redirect-mismatch',
    ],
    [
      'Entra 90002',
      'token',
      400,
      oauth('invalid_request', entra('90002', "Tenant 'nope' not found.")),
      'entra-id/tenant',
    ],
    [
      'Entra 500011',
      'token',
      400,
      oauth(
        'invalid_resource',
        entra(
          '500011',
          'The resource principal named api://orders was not found in the tenant named Contoso.',
        ),
      ),
      'entra-id/resource',
    ],
    [
      'Entra 9002313',
      'token',
      400,
      oauth('invalid_request', entra('9002313', 'Invalid request. Request is malformed or invalid.')),
      'entra-id/malformed',
    ],
    [
      'Entra 900144',
      'token',
      400,
      oauth(
        'invalid_request',
        entra('900144', "The request body must contain the following parameter: 'client_id'."),
      ),
      'parameter-missing',
    ],
    [
      'Entra 7000218',
      'code',
      401,
      oauth(
        'invalid_client',
        entra(
          '7000218',
          "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ),
      ),
      'entra-id/secret-required',
      { profile: { clientAuthentication: 'none' } },
    ],
    [
      'Entra 50020',
      'code',
      400,
      oauth(
        'invalid_grant',
        entra(
          '50020',
          "User account 'a@b.example' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application.",
        ),
      ),
      'entra-id/not-assigned',
    ],
    [
      'Entra 70011',
      'token',
      400,
      oauth(
        'invalid_scope',
        entra(
          '70011',
          "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid.",
        ),
      ),
      'entra-id/bad-scope',
    ],
    [
      'Entra 53003',
      'refresh',
      400,
      oauth(
        'invalid_grant',
        entra(
          '53003',
          'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
        ),
      ),
      'entra-id/conditional-access',
    ],
    [
      'Entra 650057',
      'code',
      400,
      oauth(
        'invalid_resource',
        entra(
          '650057',
          "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration.",
        ),
      ),
      'entra-id/permission',
    ],
    [
      'Entra 700027',
      'token',
      401,
      oauth(
        'invalid_client',
        entra(
          '700027',
          'The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.]',
        ),
      ),
      'entra-id/assertion',
    ],
    [
      'Entra 50194',
      'code',
      400,
      oauth(
        'invalid_request',
        entra(
          '50194',
          "Application 'orders' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'.",
        ),
      ),
      'entra-id/audience',
    ],
    [
      'Entra 9002331',
      'code',
      400,
      oauth(
        'invalid_request',
        entra(
          '9002331',
          "Application 'orders' is configured for use by Microsoft Account users only. Please use the /consumers endpoint to serve this request.",
        ),
      ),
      'entra-id/audience',
    ],
    [
      'Entra 70000',
      'refresh',
      400,
      oauth(
        'invalid_grant',
        entra(
          '70000',
          "The provided value for the input parameter 'refresh_token' or 'assertion' is not valid.",
        ),
      ),
      'entra-id/code-expired',
    ],
    [
      'Entra 70000 code',
      'code',
      400,
      oauth(
        'invalid_grant',
        entra('70000', 'Transmission data parser failure: Authorization Code is malformed or invalid.'),
      ),
      'entra-id/code-expired',
    ],
    [
      'Entra 50173',
      'refresh',
      400,
      oauth(
        'invalid_grant',
        entra(
          '50173',
          'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
        ),
      ),
      'entra-id/code-expired',
    ],
    [
      'Entra 700024',
      'token',
      401,
      oauth(
        'invalid_client',
        entra(
          '700024',
          'Client assertion is not within its valid time range. Current time: 2026-05-10T09:31:50Z',
        ),
      ),
      'entra-id/assertion',
    ],
    [
      'Entra 7000216',
      'token',
      401,
      oauth(
        'invalid_client',
        entra(
          '7000216',
          "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
        ),
      ),
      'entra-id/secret-required',
    ],
    [
      'Entra 7000229',
      'token',
      401,
      oauth(
        'unauthorized_client',
        entra('7000229', 'The client application orders is missing service principal in the tenant nope.'),
      ),
      'entra-id/not-in-tenant',
    ],
    [
      'Entra 500113',
      'code',
      400,
      oauth('invalid_request', entra('500113', 'No reply address is registered for the application.')),
      'entra-id/redirect-mismatch',
    ],
    [
      'Entra 28002',
      'code',
      400,
      oauth(
        'invalid_client',
        entra(
          '28002',
          'Provided value for the input parameter scope is not valid when requesting an access token.',
        ),
      ),
      'entra-id/bad-scope-user',
    ],
    [
      'Entra 28003',
      'code',
      400,
      oauth(
        'invalid_client',
        entra(
          '28003',
          'Provided value for the input parameter scope cannot be empty when requesting an access token using the provided authorization code.',
        ),
      ),
      'entra-id/bad-scope-user',
    ],
    [
      'Entra 90094',
      'code',
      400,
      oauth(
        'invalid_grant',
        entra(
          '90094',
          'An administrator of Contoso has set a policy that prevents you from granting orders the permissions it is requesting.',
        ),
      ),
      'entra-id/consent',
    ],
    [
      'Entra 50034',
      'code',
      400,
      oauth('invalid_grant', entra('50034', 'The user account does not exist in the Contoso directory.')),
      'users-account',
    ],
    [
      'Entra 50057',
      'refresh',
      400,
      oauth('invalid_grant', entra('50057', 'The user account is disabled.')),
      'users-account',
    ],
    [
      'Entra 500133',
      'token',
      400,
      oauth('invalid_grant', entra('500133', 'Assertion is not within its valid time range.')),
      'entra-id/assertion',
    ],
  ],
  'https://developers.google.com/identity/protocols/oauth2/web-server': [
    [
      'Google: redirect',
      'code',
      400,
      oauth('redirect_uri_mismatch', 'Bad Request'),
      'google/redirect-uri',
      as('google'),
    ],
    [
      'Google: not found',
      'code',
      401,
      oauth('invalid_client', 'The OAuth client was not found.'),
      'google/client-unknown',
      as('google'),
    ],
    [
      'Google: deleted',
      'code',
      401,
      oauth('deleted_client', 'The OAuth client was deleted.'),
      'google/client-unknown',
      as('google'),
    ],
    ['Google: secret', 'code', 401, oauth('invalid_client', 'Unauthorized'), 'google/client', as('google')],
    [
      'Google: secret given',
      'code',
      401,
      oauth('invalid_client', 'The provided client secret is invalid.'),
      'google/client',
      as('google'),
    ],
    [
      'Google: verifier',
      'code',
      400,
      oauth('invalid_grant', 'Invalid code verifier.'),
      'pkce-mismatch',
      as('google'),
    ],
    [
      'Google: verifier missing',
      'code',
      400,
      oauth('invalid_grant', 'Missing code verifier.'),
      'parameter-missing',
      as('google'),
    ],
    [
      'Google: code',
      'code',
      400,
      oauth('invalid_grant', 'Malformed auth code.'),
      'code-refused',
      as('google'),
    ],
    ['Google: internal', 'refresh', 403, oauth('org_internal'), 'google/policy', as('google')],
    ['Google: admin', 'refresh', 400, oauth('admin_policy_enforced'), 'google/policy', as('google')],
    [
      'Google: reauthentication',
      'refresh',
      400,
      oauth('invalid_grant', 'reauth related error (invalid_rapt)', { error_subtype: 'invalid_rapt' }),
      'google/reauthentication',
      as('google'),
    ],
  ],
  'https://auth0.com/docs/api/authentication': [
    ['Auth0: code', 'code', 403, oauth('invalid_grant', 'Invalid authorization code'), 'code-refused'],
    [
      'Auth0: verifier',
      'code',
      403,
      oauth('invalid_grant', 'Failed to verify code verifier'),
      'pkce-mismatch',
    ],
    [
      'Auth0: redirect',
      'code',
      403,
      oauth(
        'invalid_grant',
        'The redirect URI is wrong. You sent http://127.0.0.1:1/callback, and we expected http://127.0.0.1:1/cb',
      ),
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'Auth0: refresh',
      'refresh',
      403,
      oauth('invalid_grant', 'Unknown or invalid refresh token.'),
      'refresh-token-rotated',
    ],
    [
      'Auth0: method',
      'token',
      401,
      oauth('access_denied', 'Unauthorized'),
      'auth0/wrong-secret',
      as('auth0'),
    ],
    [
      'Auth0: no client',
      'token',
      401,
      oauth('invalid_request', 'Missing required parameter: client_id'),
      'parameter-missing',
    ],
    ['Auth0: blocked', 'code', 403, oauth('unauthorized', 'user is blocked'), 'users-account'],
    [
      'Auth0: too many',
      'token',
      429,
      oauth('too_many_attempts', 'Your account has been blocked after multiple consecutive login attempts.'),
      'asked-too-often',
    ],
  ],
  'https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html': [
    ['Cognito: code', 'code', 400, oauth('invalid_grant'), 'code-refused', as('amazon-cognito')],
    [
      'Cognito: client',
      'token',
      400,
      oauth('invalid_client', 'invalid_client_secret'),
      'amazon-cognito/client',
      as('amazon-cognito'),
    ],
    [
      'Cognito: grant',
      'token',
      400,
      oauth('unauthorized_client'),
      'amazon-cognito/grant',
      as('amazon-cognito'),
    ],
    [
      'Cognito: created by an SDK',
      'token',
      400,
      oauth('invalid_grant'),
      'amazon-cognito/flows-off',
      as('amazon-cognito'),
    ],
    [
      'Cognito: refresh',
      'refresh',
      400,
      oauth('invalid_grant', 'Invalid Refresh Token'),
      'refresh-token-rotated',
    ],
    ['Cognito: scope', 'token', 400, oauth('invalid_scope'), 'scope-refused'],
  ],
  'https://github.com/omniphx/forrest/issues/169': [
    ['Salesforce: code', 'code', 400, oauth('invalid_grant', 'expired authorization code'), 'code-refused'],
  ],
  'https://github.com/omniphx/forrest/issues/184': [
    [
      'Salesforce: client',
      'code',
      400,
      oauth('invalid_client_id', 'client identifier invalid'),
      'client-not-known',
    ],
  ],
  'https://github.com/restforce/restforce/issues/338': [
    [
      'Salesforce: secret',
      'code',
      400,
      oauth('invalid_client', 'invalid client credentials'),
      'secret-refused',
    ],
  ],
  'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm': [
    [
      'Salesforce: redirect',
      'code',
      400,
      oauth('redirect_uri_mismatch', 'redirect_uri must match configuration'),
      'redirect-uri-refused-at-token-endpoint',
    ],
    ['Salesforce: verifier', 'code', 400, oauth('invalid_grant', 'invalid code verifier'), 'pkce-mismatch'],
    [
      'Salesforce: refresh',
      'refresh',
      400,
      oauth('invalid_grant', 'expired access/refresh token'),
      'refresh-token-rotated',
    ],
    [
      'Salesforce: app',
      'token',
      400,
      oauth('invalid_app_access', 'user is not admin approved to access this app'),
      'consent-wanted',
    ],
  ],
  'https://docs.slack.dev/reference/methods/oauth.v2.access': [
    ['Slack: used', 'code', 200, { ok: false, error: 'code_already_used' }, 'code-not-taken'],
    ['Slack: client', 'code', 200, { ok: false, error: 'invalid_client_id' }, 'client-not-known'],
    [
      'Slack: refresh',
      'refresh',
      200,
      { ok: false, error: 'invalid_refresh_token' },
      'refresh-token-not-taken',
    ],
    ['Slack: grant', 'code', 200, { ok: false, error: 'invalid_grant_type' }, 'grant-not-allowed'],
  ],
  'https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors':
    [
      [
        'GitHub: redirect',
        'code',
        200,
        oauth(
          'redirect_uri_mismatch',
          'The redirect_uri MUST match the registered callback URL for this application.',
        ),
        'redirect-uri-refused-at-token-endpoint',
      ],
      [
        'GitHub: email',
        'code',
        200,
        oauth('unverified_user_email', 'The user must have a verified primary email.'),
        'email-not-verified',
      ],
      [
        'GitHub: refresh',
        'refresh',
        200,
        oauth('bad_refresh_token', 'The refresh token passed is incorrect or expired.'),
        'refresh-token-not-taken',
      ],
      [
        'GitHub: form',
        'code',
        200,
        'error=bad_verification_code&error_description=The+code+passed+is+incorrect+or+expired.',
        'code-not-taken',
        { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } },
      ],
    ],
  'https://github.com/grafana/grafana/issues/17672': [
    [
      'ADFS: code',
      'code',
      400,
      oauth('invalid_grant', "MSIS9612: The authorization code received in 'code' parameter is invalid. "),
      'code-refused',
      as('adfs'),
    ],
  ],
  'https://github.com/AzureAD/azure-activedirectory-library-for-dotnet/issues/669': [
    [
      'ADFS: refresh',
      'refresh',
      400,
      oauth(
        'invalid_grant',
        "MSIS9615: The refresh token received in 'refresh_token' parameter has expired.",
      ),
      'refresh-token-rotated',
      as('adfs'),
    ],
  ],
  'https://learn.microsoft.com/windows-server/identity/ad-fs/troubleshooting/ad-fs-tshoot-server': [
    [
      'ADFS: client',
      'token',
      400,
      oauth(
        'invalid_client',
        "MSIS9607: The 'client_id' parameter in the request is invalid. No registered client is found with this identifier.",
      ),
      'client-not-known',
    ],
    [
      'ADFS: redirect',
      'code',
      400,
      oauth(
        'invalid_request',
        "MSIS9609: The 'redirect_uri' parameter is invalid. No redirect uri with the specified value is registered for the received 'client_id'.",
      ),
      'redirect-uri-refused-at-token-endpoint',
      as('adfs'),
    ],
  ],
  'https://docs.pingidentity.com/pingfederate/latest/developers_reference_guide/pf_token_endpoint.html': [
    [
      'PingFederate: code',
      'code',
      400,
      oauth('invalid_grant', 'Authorization code is invalid or expired.'),
      'code-refused',
    ],
    [
      'PingFederate: scope',
      'token',
      400,
      oauth('invalid_scope', 'The requested scope(s) must be blank or a subset of the provided scopes.'),
      'scope-refused',
    ],
  ],
  'https://backstage.forgerock.com/docs/am/7.5/oauth2-guide/oauth2-error-codes.html': [
    [
      'ForgeRock: code',
      'code',
      400,
      oauth('invalid_grant', 'The provided access grant is invalid, expired, or revoked.'),
      'code-refused',
    ],
    [
      'ForgeRock: redirect',
      'code',
      400,
      oauth('redirect_uri_mismatch', 'The redirection URI provided does not match a pre-registered value.'),
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'ForgeRock: grant',
      'token',
      400,
      oauth('unauthorized_client', 'Invalid grant type "client_credentials" for this client.'),
      'grant-not-allowed',
    ],
    [
      'ForgeRock: method',
      'token',
      401,
      oauth('invalid_client', 'Invalid authentication method for accessing this endpoint.'),
      'client-authentication-other',
    ],
  ],
  'https://github.com/spring-projects/spring-authorization-server': [
    [
      'Spring: code',
      'code',
      400,
      oauth('invalid_grant', undefined, {
        error_uri: 'https://datatracker.ietf.org/doc/html/rfc6749#section-5.2',
      }),
      'code-refused',
    ],
  ],
  'https://github.com/zitadel/zitadel/blob/main/internal/static/i18n/en.yaml': [
    [
      'Zitadel: secret',
      'token',
      400,
      oauth('invalid_client', 'Errors.Project.App.ClientSecretInvalid'),
      'secret-refused',
    ],
    ['Zitadel: code', 'code', 400, oauth('invalid_grant', 'Errors.AuthRequest.NotFound'), 'code-refused'],
    [
      'Zitadel: refresh',
      'refresh',
      400,
      oauth('invalid_grant', 'Errors.OIDCSession.RefreshTokenInvalid'),
      'refresh-token-rotated',
    ],
    ['Zitadel: invalid secret', 'token', 400, oauth('invalid_client', 'invalid secret'), 'secret-refused'],
    ['Zitadel: challenge', 'code', 400, oauth('invalid_grant', 'invalid code challenge'), 'pkce-mismatch'],
    [
      'Zitadel: redirect',
      'code',
      400,
      oauth('invalid_grant', 'redirect_uri does not correspond'),
      'redirect-uri-refused-at-token-endpoint',
    ],
  ],
  'https://github.com/goauthentik/authentik/blob/main/authentik/providers/oauth2/errors.py': [
    [
      'authentik: code',
      'code',
      400,
      oauth(
        'invalid_grant',
        'The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client',
      ),
      'authentik/grant',
      as('authentik'),
    ],
    [
      'authentik: grant',
      'token',
      400,
      oauth(
        'unauthorized_client',
        'The authenticated client is not authorized to use this authorization grant type',
      ),
      'grant-not-allowed',
    ],
    [
      'authentik: type',
      'token',
      400,
      oauth(
        'unsupported_grant_type',
        'The authorization grant type is not supported by the authorization server',
      ),
      'grant-not-allowed',
    ],
  ],
  'https://developer.open-douyin.com/docs/resource/zh-CN/dop/develop/openapi/account-permission/get-access-token':
    [
      [
        'Douyin: code',
        'code',
        200,
        {
          data: { captcha: '', desc_url: '', description: 'Authorization code expired', error_code: 10007 },
          message: 'error',
        },
        'code-not-taken',
      ],
      [
        'Douyin: Chinese',
        'code',
        200,
        {
          data: { captcha: '', desc_url: '', description: 'code已失效', error_code: 10007 },
          message: 'error',
        },
        'code-not-taken',
      ],
    ],
  'https://developers.weixin.qq.com/doc/oplatform/en/Website_App/WeChat_Login/Authorized_Interface_Calling_UnionID.html':
    [
      [
        'WeChat: secret',
        'code',
        200,
        { errcode: 40125, errmsg: 'invalid appsecret, rid: 6012-1' },
        'secret-refused',
      ],
      [
        'WeChat: used',
        'code',
        200,
        { errcode: 40163, errmsg: 'code been used, rid: 6012-2' },
        'code-not-taken',
      ],
      ['WeChat: expired', 'code', 200, { errcode: 42003, errmsg: 'oauth_code expired' }, 'code-not-taken'],
      [
        'WeChat: network',
        'token',
        200,
        { errcode: 40164, errmsg: 'invalid ip 1.2.3.4, not in whitelist' },
        'network-refused',
      ],
      ['WeChat: busy', 'token', 200, { errcode: -1, errmsg: 'system error' }, 'server-in-trouble'],
    ],
  'https://open.dingtalk.com/document/orgapp/obtain-the-access_token-of-an-internal-app': [
    [
      'DingTalk',
      'token',
      400,
      { code: 'invalidClientIdOrSecret', message: '无效的clientId或者clientSecret', requestid: 'x' },
      'secret-refused',
    ],
  ],
  'https://open.feishu.cn/document/authentication-management/access-token/get-user-access-token': [
    [
      'Feishu: code',
      'code',
      400,
      {
        code: 20003,
        error: 'invalid_grant',
        error_description:
          'The authorization code is invalid or not found. Please note that an authorization code can only be used once.',
      },
      'code-refused',
    ],
    [
      'Feishu: secret',
      'code',
      400,
      { code: 20002, error: 'invalid_client', error_description: 'The client secret is invalid.' },
      'secret-refused',
    ],
    ['Lark: app', 'token', 200, { code: 10014, msg: 'app secret invalid' }, 'secret-refused'],
  ],
  'https://wiki.connect.qq.com/%e4%bd%bf%e7%94%a8authorization_code%e8%8e%b7%e5%8f%96access_token': [
    [
      'QQ: JSONP',
      'code',
      200,
      'callback( {"error":100020,"error_description":"code is reused error"} );',
      'code-not-taken',
      inText,
    ],
  ],
  'https://opendocs.alipay.com/open/02ailc': [
    [
      'Alipay',
      'code',
      200,
      {
        error_response: {
          code: '40002',
          msg: 'Invalid Arguments',
          sub_code: 'isv.code-invalid',
          sub_msg: 'invalid code',
        },
        sign: 'x',
      },
      'code-not-taken',
    ],
  ],
  'https://developers.kakao.com/docs/latest/en/kakaologin/trouble-shooting': [
    [
      'Kakao: code',
      'code',
      400,
      oauth('invalid_grant', 'authorization code not found for code=x', { error_code: 'KOE320' }),
      'code-refused',
    ],
    [
      'Kakao: secret',
      'code',
      401,
      oauth('invalid_client', 'Bad client credentials', { error_code: 'KOE010' }),
      'secret-refused',
    ],
    [
      'Kakao: redirect',
      'code',
      400,
      oauth('invalid_grant', 'Redirect URI mismatch.', { error_code: 'KOE303' }),
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'Kakao: app',
      'code',
      401,
      oauth('invalid_client', 'Not exist client_id [x]', { error_code: 'KOE101' }),
      'client-not-known',
    ],
  ],
  'https://developers.facebook.com/docs/facebook-login/guides/access-tokens': [
    [
      'Facebook: code',
      'code',
      400,
      {
        error: {
          message: 'Invalid verification code format.',
          type: 'OAuthException',
          code: 100,
          fbtrace_id: 'x',
        },
      },
      'code-not-taken',
    ],
    [
      'Facebook: used',
      'code',
      400,
      {
        error: {
          message: 'This authorization code has been used.',
          type: 'OAuthException',
          code: 100,
          error_subcode: 36009,
          fbtrace_id: 'x',
        },
      },
      'code-not-taken',
    ],
    [
      'Facebook: secret',
      'token',
      400,
      {
        error: {
          message: 'Error validating client secret.',
          type: 'OAuthException',
          code: 1,
          fbtrace_id: 'x',
        },
      },
      'secret-refused',
    ],
    [
      'Facebook: app',
      'token',
      400,
      {
        error: {
          message: 'Error validating application. Cannot get application info due to a system error.',
          type: 'OAuthException',
          code: 101,
          fbtrace_id: 'x',
        },
      },
      'client-not-known',
    ],
    [
      'Facebook: redirect',
      'code',
      400,
      {
        error: {
          message:
            'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
          type: 'OAuthException',
          code: 100,
          fbtrace_id: 'x',
        },
      },
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'Instagram: code',
      'code',
      400,
      {
        error_type: 'OAuthException',
        code: 400,
        error_message: 'Matching code was not found or was already used',
      },
      'code-not-taken',
    ],
    [
      'Instagram: redirect',
      'code',
      400,
      {
        error_type: 'OAuthException',
        code: 400,
        error_message: 'Redirect URI does not match registered redirect URI',
      },
      'redirect-uri-refused-at-token-endpoint',
    ],
  ],
  'https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/': [
    ['Twitch: code', 'code', 400, { status: 400, message: 'Invalid authorization code' }, 'code-not-taken'],
    ['Twitch: secret', 'token', 403, { status: 403, message: 'invalid client secret' }, 'secret-refused'],
    [
      'Twitch: client',
      'token',
      400,
      { status: 400, message: 'invalid client' },
      'client-unknown-or-secret-wrong',
    ],
    [
      'Twitch: redirect',
      'code',
      400,
      { status: 400, message: 'Parameter redirect_uri does not match registered URI' },
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'Twitch: refresh',
      'refresh',
      400,
      { error: 'Bad Request', status: 400, message: 'Invalid refresh token' },
      'refresh-token-not-taken',
    ],
    ['Twitch: parameter', 'token', 400, { status: 400, message: 'missing client id' }, 'parameter-missing'],
  ],
  'https://developers.tiktok.com/doc/oauth-error-handling': [
    [
      'TikTok: code',
      'code',
      200,
      oauth('invalid_grant', 'Authorization code is expired.', { log_id: 'x' }),
      'code-refused',
    ],
    [
      'TikTok: client',
      'token',
      401,
      oauth('invalid_client', 'Client key or secret is incorrect.', { log_id: 'x' }),
      'secret-refused',
    ],
    [
      'TikTok: verifier',
      'code',
      400,
      oauth('invalid_request', 'Code verifier or code challenge is invalid.', { log_id: 'x' }),
      'pkce-mismatch',
    ],
    [
      'TikTok for Business',
      'code',
      200,
      { code: 40110, message: 'Auth_code has been used', request_id: 'x', data: {} },
      'code-not-taken',
    ],
  ],
  'https://www.zoho.com/accounts/protocol/oauth/web-apps/access-token.html': [
    ['Zoho: code', 'code', 200, { error: 'invalid_code' }, 'code-not-taken'],
    ['Zoho: client', 'token', 200, { error: 'invalid_client' }, 'client-unknown-or-secret-wrong'],
    ['Zoho: secret', 'token', 200, { error: 'invalid_client_secret' }, 'secret-refused'],
    [
      'Zoho: redirect',
      'code',
      200,
      { error: 'invalid_redirect_uri' },
      'redirect-uri-refused-at-token-endpoint',
    ],
  ],
  'https://github.com/node-oauth/node-oauth2-server (lib/handlers, lib/grant-types)': [
    [
      'node-oauth2-server: client',
      'token',
      400,
      oauth('invalid_client', 'Invalid client: cannot retrieve client credentials'),
      'client-authentication-not-found',
    ],
    [
      'node-oauth2-server: secret',
      'token',
      400,
      oauth('invalid_client', 'Invalid client: client is invalid'),
      'client-unknown-or-secret-wrong',
    ],
    [
      'node-oauth2-server: grant',
      'token',
      400,
      oauth('unauthorized_client', 'Unauthorized client: `grant_type` is invalid'),
      'grant-not-allowed',
    ],
    [
      'node-oauth2-server: code',
      'code',
      400,
      oauth('invalid_grant', 'Invalid grant: authorization code has expired'),
      'code-refused',
    ],
    [
      'node-oauth2-server: redirect',
      'code',
      400,
      oauth('invalid_request', 'Invalid request: `redirect_uri` is invalid'),
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'node-oauth2-server: verifier',
      'code',
      400,
      oauth('invalid_grant', 'Invalid grant: code verifier is invalid'),
      'pkce-mismatch',
    ],
    [
      'node-oauth2-server: form',
      'token',
      400,
      oauth('invalid_request', 'Invalid request: content must be application/x-www-form-urlencoded'),
      'body-not-taken',
    ],
  ],
  'https://github.com/docusign/code-examples-ruby/issues/18': [
    ['DocuSign', 'code', 400, oauth('invalid_grant', 'expired_client_token'), 'code-refused'],
    ['DocuSign: consent', 'token', 400, oauth('consent_required'), 'consent-wanted'],
  ],
  'https://github.com/oauthlib/oauthlib, thephpleague/oauth2-server, bshaffer/oauth2-server-php (sources)': [
    [
      'oauthlib: redirect',
      'code',
      400,
      oauth('invalid_request', 'Mismatching redirect URI.'),
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'oauthlib: verifier',
      'code',
      400,
      oauth('invalid_request', 'Code verifier required.'),
      'parameter-missing',
    ],
    [
      'oauthlib: duplicates',
      'token',
      400,
      oauth('invalid_request', 'Duplicate scope parameter.'),
      'parameter-twice',
    ],
    [
      'league: client',
      'token',
      401,
      oauth('invalid_client', 'Client authentication failed', { message: 'Client authentication failed' }),
      'client-unknown-or-secret-wrong',
    ],
    [
      'league: verifier',
      'code',
      400,
      oauth(
        'invalid_grant',
        'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
        { hint: 'Failed to verify `code_verifier`.' },
      ),
      'pkce-mismatch',
    ],
    [
      'league: decrypt',
      'refresh',
      401,
      oauth('invalid_request', 'The refresh token is invalid.', { hint: 'Cannot decrypt the refresh token' }),
      'refresh-token-not-taken',
    ],
    [
      'bshaffer: two',
      'token',
      400,
      oauth(
        'invalid_request',
        'Only one method may be used to authenticate at a time (Auth header, POST body, or GET parameters)',
      ),
      'two-client-authentications',
    ],
    [
      'bshaffer: none',
      'token',
      400,
      oauth('invalid_client', 'Client credentials were not found in the headers or body'),
      'client-authentication-not-found',
    ],
    [
      'bshaffer: wrong',
      'token',
      400,
      oauth('invalid_client', 'The client credentials are invalid'),
      'secret-refused',
    ],
    [
      'bshaffer: code',
      'code',
      400,
      oauth('invalid_grant', "Authorization code doesn't exist or is invalid for the client"),
      'code-refused',
    ],
    [
      'bshaffer: redirect',
      'code',
      400,
      oauth('redirect_uri_mismatch', 'The redirect URI is missing or do not match'),
      'redirect-uri-refused-at-token-endpoint',
    ],
  ],
  'https://github.com/zitadel/zitadel/issues/9961': [
    ['Zitadel: client', 'token', 400, oauth('invalid_client', 'client not found'), 'client-not-known'],
  ],
  'https://github.com/zitadel/zitadel/issues/11892': [
    ['Zitadel: code', 'code', 400, oauth('invalid_request', 'Errors.User.Code.Invalid'), 'code-not-taken'],
  ],
  'https://github.com/wso2/product-is/issues/23259': [
    ['WSO2 7.1', 'token', 401, oauth('invalid_client', 'Client credentials are invalid.'), 'secret-refused'],
    [
      'WSO2 before',
      'token',
      401,
      oauth(
        'invalid_client',
        'A valid OAuth client could not be found for client_id: w_sNIcatiDplDKRibkIWgSH8w00b',
      ),
      'client-not-known',
    ],
  ],
  'https://github.com/ging/fiware-idm/issues/43': [
    [
      'Keyrock',
      'token',
      503,
      { message: 'Server error: missing client `grants`', code: 503 },
      'server-in-trouble',
    ],
  ],
};

for (const [source, rows] of Object.entries(answers))
  describe(source, () => {
    for (const [server, step, status, body, cause, more] of rows)
      it(`${server} (${step}): ${cause}`, async () => {
        rightlyExplained(await answered(step, status, body, more), cause);
      });
  });
