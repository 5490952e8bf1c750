import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Profile } from '../../../src/core/profile/profile.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import { causeIds, explained, run } from './play.ts';
import { authorizationCode, clientCredentials, without } from './support.ts';
import { contradicted } from './truth/contradicted.ts';
import { Trace } from './truth/trace.ts';
import { truths } from './truth/truths.ts';

type Step = 'token' | 'code' | 'refresh';
interface More {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly profile?: Partial<Profile>;
}

const good = { access_token: 'at-0123456789', token_type: 'Bearer', expires_in: 3600 };
const secret = 's3cr3t-of-client';

/** Answers as real servers and what stands before them give them, and the cause that was behind each. */
const rows: readonly (readonly [
  name: string,
  step: Step,
  status: number,
  body: string | object,
  cause: string,
  more?: More,
])[] = [
  [
    'Keycloak wrong secret',
    'token',
    401,
    { error: 'unauthorized_client', error_description: 'Invalid client or Invalid client credentials' },
    'secret-refused',
  ],
  [
    'Keycloak old wrong secret',
    'token',
    400,
    { error: 'unauthorized_client', error_description: 'Invalid client secret' },
    'secret-refused',
  ],
  [
    'Keycloak service account off',
    'token',
    401,
    { error: 'unauthorized_client', error_description: 'Client not enabled to retrieve service account' },
    'grant-not-allowed',
  ],
  [
    'Keycloak https required',
    'token',
    403,
    { error: 'invalid_request', error_description: 'HTTPS required' },
    'https-wanted',
  ],
  ['Keycloak realm missing', 'token', 404, { error: 'Realm does not exist' }, 'realm-not-known'],
  [
    'Keycloak public cc',
    'token',
    401,
    {
      error: 'unauthorized_client',
      error_description: 'Public client not allowed to retrieve service account',
    },
    'public-client-with-secret',
  ],
  [
    'Keycloak code not valid',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'Code not valid' },
    'code-refused',
  ],
  [
    'Keycloak incorrect redirect',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'Incorrect redirect_uri' },
    'redirect-uri-refused-at-token-endpoint',
  ],
  [
    'Keycloak PKCE',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'PKCE verification failed: Code mismatch' },
    'pkce-mismatch',
  ],
  [
    'Keycloak session not active',
    'refresh',
    400,
    { error: 'invalid_grant', error_description: 'Session not active' },
    'session-ended',
  ],
  [
    'Keycloak stale',
    'refresh',
    400,
    { error: 'invalid_grant', error_description: 'Maximum allowed refresh token reuse exceeded' },
    'refresh-token-rotated',
  ],
  [
    'Keycloak account disabled',
    'refresh',
    400,
    { error: 'invalid_grant', error_description: 'User disabled' },
    'users-account',
  ],
  [
    'Keycloak unknown_error 500',
    'token',
    500,
    {
      error: 'unknown_error',
      error_description: 'For more on this error consult the server log at the debug level.',
    },
    'server-in-trouble',
  ],
  [
    'Okta invalid_client',
    'token',
    401,
    {
      error: 'invalid_client',
      error_description: 'The client secret supplied for a confidential client is invalid.',
    },
    'secret-refused',
  ],
  [
    'Okta API style',
    'token',
    403,
    {
      errorCode: 'E0000022',
      errorSummary: 'The endpoint does not support the provided HTTP method',
      errorLink: 'E0000022',
      errorId: 'oae',
      errorCauses: [],
    },
    'post-not-taken',
  ],
  [
    'Okta 404',
    'token',
    404,
    {
      errorCode: 'E0000007',
      errorSummary: 'Not found: Resource not found: xyz (AuthorizationServer)',
      errorLink: 'E0000007',
      errorId: 'x',
      errorCauses: [],
    },
    'realm-not-known',
  ],
  [
    'Okta policy',
    'token',
    400,
    {
      error: 'access_denied',
      error_description: 'Policy evaluation failed for this request, please check the policy configurations.',
    },
    'policy-refused',
  ],
  [
    'Okta scope custom',
    'token',
    400,
    {
      error: 'invalid_scope',
      error_description:
        "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    },
    'parameter-missing',
    { profile: { scopes: [] } },
  ],
  [
    'Auth0 unauthorized grant',
    'token',
    403,
    {
      error: 'unauthorized_client',
      error_description: "Grant type 'client_credentials' not allowed for the client.",
      error_uri: 'https://auth0.com/docs/clients/client-grant-types',
    },
    'grant-not-allowed',
  ],
  [
    'Auth0 access_denied',
    'token',
    401,
    { error: 'access_denied', error_description: 'Unauthorized' },
    'client-unknown-or-secret-wrong',
  ],
  [
    'Auth0 audience',
    'token',
    403,
    { error: 'access_denied', error_description: 'Service not found: https://api.example.com' },
    'target-refused',
    { profile: { audience: 'https://api.example.com' } },
  ],
  [
    'Auth0 no audience',
    'token',
    403,
    {
      error: 'access_denied',
      error_description: 'No audience parameter was provided, and no default audience has been configured',
    },
    'audience-wanted',
  ],
  [
    'Auth0 client not authorized for API',
    'token',
    403,
    {
      error: 'access_denied',
      error_description:
        'Client is not authorized to access "https://api.example.com". You need to create a "client-grant" associated to this API.',
    },
    'target-refused',
  ],
  ['Cognito invalid_client', 'token', 400, { error: 'invalid_client' }, 'client-unknown-or-secret-wrong'],
  ['Cognito invalid_grant', 'code', 400, { error: 'invalid_grant' }, 'code-refused'],
  [
    'Cognito unauthorized_client',
    'code',
    400,
    { error: 'unauthorized_client' },
    'client-unknown-or-secret-wrong',
  ],
  [
    'Spring 401 html',
    'token',
    401,
    '<!DOCTYPE html><html><head><title>Login</title></head><body></body></html>',
    'wrong-address',
    { headers: { 'content-type': 'text/html', 'www-authenticate': 'Basic realm="Realm"' } },
  ],
  [
    'Spring 401 empty',
    'token',
    401,
    '',
    'client-unknown-or-secret-wrong',
    { headers: { 'www-authenticate': 'Basic realm="oauth2/client"' } },
  ],
  [
    'Spring frame',
    'token',
    401,
    { timestamp: '2024-05-01T10:00:00.000+00:00', status: 401, error: 'Unauthorized', path: '/oauth2/token' },
    'client-unknown-or-secret-wrong',
  ],
  [
    'Spring csrf 403',
    'token',
    403,
    {
      timestamp: 1714550400000,
      status: 403,
      error: 'Forbidden',
      message: 'Could not verify the provided CSRF token because your session was not found.',
      path: '/oauth/token',
    },
    'taken-for-a-page',
  ],
  ['Spring 302 to login', 'token', 302, '', 'redirected', { headers: { location: '/login' } }],
  [
    'Spring bad creds',
    'token',
    400,
    { error: 'invalid_grant', error_description: 'Bad credentials' },
    'secret-refused',
  ],
  [
    'Ory Hydra',
    'token',
    401,
    {
      error: 'invalid_client',
      error_description:
        'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
      error_hint:
        "The OAuth 2.0 Client supports client authentication method 'client_secret_post', but method 'client_secret_basic' was requested. You must configure the OAuth 2.0 client's 'token_endpoint_auth_method' value to accept 'client_secret_basic'.",
      status_code: 401,
    },
    'client-authentication-other',
  ],
  [
    'Hydra auth merged',
    'token',
    401,
    {
      error: 'invalid_client',
      error_description:
        "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method). The OAuth 2.0 Client supports client authentication method 'client_secret_post', but method 'client_secret_basic' was requested. You must configure the OAuth 2.0 client's 'token_endpoint_auth_method' value to accept 'client_secret_basic'.",
    },
    'client-authentication-other',
  ],
  [
    'Hydra audience',
    'token',
    400,
    {
      error: 'invalid_request',
      error_description:
        "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed. Requested audience 'https://api.example.com' has not been whitelisted by the OAuth 2.0 Client.",
    },
    'target-refused',
    { profile: { audience: 'https://api.example.com' } },
  ],
  [
    'Hydra scope',
    'token',
    400,
    {
      error: 'invalid_scope',
      error_description:
        "The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope 'read'.",
    },
    'scope-refused',
  ],
  [
    'Hydra grant',
    'token',
    400,
    {
      error: 'unauthorized_client',
      error_description:
        "The client is not authorized to request a token using this method. The OAuth 2.0 Client is not allowed to use authorization grant 'client_credentials'.",
    },
    'grant-not-allowed',
  ],
  [
    'Zitadel',
    'token',
    400,
    { error: 'invalid_request', error_description: 'client_id or client_assertion must be provided' },
    'parameter-missing',
  ],
  [
    'Zitadel not found',
    'token',
    400,
    { error: 'invalid_client', error_description: 'Errors.App.NotFound' },
    'client-not-known',
  ],
  [
    'Zitadel internal',
    'token',
    500,
    { error: 'server_error', error_description: 'Errors.Internal' },
    'server-in-trouble',
  ],
  [
    'Authentik',
    'token',
    400,
    {
      error: 'invalid_client',
      error_description:
        'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)',
      request_id: 'x',
    },
    'client-unknown-or-secret-wrong',
  ],
  [
    'Authentik invalid_grant',
    'code',
    400,
    {
      error: 'invalid_grant',
      error_description:
        'The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client',
      request_id: 'x',
    },
    'code-refused',
  ],
  ['Identity Server invalid_scope empty', 'token', 400, { error: 'invalid_scope' }, 'scope-refused'],
  [
    'Ping',
    'token',
    401,
    {
      error: 'invalid_client',
      error_description: 'Request denied: Unsupported authentication method (Correlation ID: 1A2B)',
    },
    'client-authentication-other',
  ],
  [
    'PingFed',
    'token',
    401,
    { error: 'invalid_client', error_description: 'Invalid client or client credentials.' },
    'secret-refused',
  ],
  [
    'ForgeRock',
    'token',
    401,
    { error_description: 'Client authentication failed', error: 'invalid_client' },
    'client-unknown-or-secret-wrong',
  ],
  [
    'ForgeRock realm',
    'token',
    404,
    { code: 404, reason: 'Not Found', message: 'Realm not found' },
    'realm-not-known',
  ],
  [
    'ForgeRock scope',
    'token',
    400,
    { error_description: 'Unknown/invalid scope(s): [read]', error: 'invalid_scope' },
    'scope-refused',
  ],
  [
    'SAP 401',
    'token',
    401,
    { error: 'unauthorized', error_description: 'Bad credentials' },
    'secret-refused',
  ],
  [
    'SAP zone',
    'token',
    404,
    '<!DOCTYPE html><html><head><title>Error</title></head><body>The subdomain does not map to a valid identity zone.</body></html>',
    'realm-not-known',
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'SAP xsuaa unauth',
    'token',
    401,
    {
      error: 'unauthorized',
      error_description: 'An Authentication object was not found in the SecurityContext',
    },
    'client-unknown-or-secret-wrong',
  ],
  [
    'Google',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'Malformed auth code.' },
    'code-refused',
  ],
  [
    'Google redirect',
    'code',
    400,
    { error: 'redirect_uri_mismatch', error_description: 'Bad Request' },
    'redirect-uri-refused-at-token-endpoint',
  ],
  [
    'Google invalid_grant bad request',
    'refresh',
    400,
    { error: 'invalid_grant', error_description: 'Bad Request' },
    'refresh-token-rotated',
  ],
  [
    'Google token expired',
    'refresh',
    400,
    { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
    'refresh-token-rotated',
  ],
  [
    'Google client_secret missing',
    'code',
    400,
    { error: 'invalid_request', error_description: 'client_secret is missing.' },
    'confidential-client-without-secret',
    { profile: { clientAuthentication: 'none' } },
  ],
  [
    'Google unauthorized',
    'token',
    401,
    { error: 'invalid_client', error_description: 'The OAuth client was not found.' },
    'client-not-known',
  ],
  [
    'Google unauthorized2',
    'token',
    401,
    { error: 'invalid_client', error_description: 'Unauthorized' },
    'client-unknown-or-secret-wrong',
  ],
  ['Google org_internal', 'token', 403, { error: 'org_internal' }, 'policy-refused'],
  [
    'Keycloak incorrect redirect',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'Incorrect redirect_uri' },
    'redirect-uri-refused-at-token-endpoint',
  ],
  [
    'Google redirect',
    'code',
    400,
    { error: 'redirect_uri_mismatch', error_description: 'Bad Request' },
    'redirect-uri-refused-at-token-endpoint',
  ],
  [
    'Keycloak PKCE',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'PKCE verification failed: Code mismatch' },
    'pkce-mismatch',
  ],
  [
    'session',
    'refresh',
    400,
    { error: 'invalid_grant', error_description: 'Session not active' },
    'session-ended',
  ],
  [
    'user disabled',
    'refresh',
    400,
    { error: 'invalid_grant', error_description: 'User disabled' },
    'users-account',
  ],
  [
    'acct setup',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'Account is not fully set up' },
    'users-account',
  ],
  [
    'mfa',
    'refresh',
    403,
    {
      error: 'mfa_required',
      error_description: 'Multifactor authentication required',
      mfa_token: 'Fe26.2**abcdef0123456789',
    },
    'second-factor',
  ],
  [
    'FusionAuth',
    'code',
    400,
    {
      error: 'invalid_grant',
      error_description: 'The authorization code has been consumed',
      error_reason: 'auth_code_not_found',
    },
    'fusionauth/code',
  ],
  [
    'GitHub 200 bad code',
    'code',
    200,
    {
      error: 'bad_verification_code',
      error_description: 'The code passed is incorrect or expired.',
      error_uri: 'https://docs.github.com/x',
    },
    'code-not-taken',
  ],
  [
    'GitHub 200 creds',
    'code',
    200,
    {
      error: 'incorrect_client_credentials',
      error_description: 'The client_id and/or client_secret passed are incorrect.',
    },
    'secret-refused',
  ],
  ['GitHub 404', 'code', 404, { error: 'Not Found' }, 'wrong-address'],
  [
    'GitLab',
    'code',
    400,
    {
      error: 'invalid_grant',
      error_description:
        'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    },
    'code-refused',
  ],
  [
    'GitLab client',
    'token',
    401,
    {
      error: 'invalid_client',
      error_description:
        'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
    },
    'client-unknown-or-secret-wrong',
  ],
  ['Slack', 'code', 200, { ok: false, error: 'invalid_code' }, 'code-not-taken'],
  [
    'Slack bad redirect',
    'code',
    200,
    { ok: false, error: 'bad_redirect_uri' },
    'redirect-uri-refused-at-token-endpoint',
  ],
  [
    'Slack bad secret',
    'code',
    200,
    { ok: false, error: 'bad_client_secret' },
    'client-unknown-or-secret-wrong',
  ],
  [
    'LinkedIn',
    'code',
    400,
    {
      error: 'invalid_request',
      error_description:
        'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists',
    },
    'code-not-taken',
  ],
  [
    'LinkedIn2',
    'code',
    401,
    { serviceErrorCode: 100, message: 'Client authentication failed', status: 401 },
    'client-unknown-or-secret-wrong',
  ],
  ['Apple', 'code', 400, { error: 'invalid_client' }, 'client-unknown-or-secret-wrong'],
  [
    'Apple2',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'The code has expired or has been revoked.' },
    'code-refused',
  ],
  [
    'Salesforce',
    'token',
    400,
    { error: 'invalid_grant', error_description: 'no client credentials user enabled' },
    'error-code-invalid_grant',
  ],
  [
    'Salesforce url',
    'token',
    400,
    { error: 'invalid_grant', error_description: 'request not supported on this domain' },
    'error-code-invalid_grant',
  ],
  [
    'Salesforce auth fail',
    'token',
    400,
    { error: 'invalid_grant', error_description: 'authentication failure' },
    'error-code-invalid_grant',
  ],
  [
    'Salesforce inactive',
    'refresh',
    400,
    { error: 'inactive_user', error_description: 'user is inactive' },
    'users-account',
  ],
  [
    'Salesforce ip',
    'token',
    400,
    { error: 'invalid_grant', error_description: 'ip restricted' },
    'network-refused',
  ],
  [
    'Entra unknown tenant',
    'token',
    400,
    {
      error: 'invalid_request',
      error_description:
        "AADSTS90002: Tenant 'contoso' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
    },
    'entra-id/tenant',
  ],
  [
    'Entra bad app',
    'token',
    400,
    {
      error: 'unauthorized_client',
      error_description:
        "AADSTS700016: Application with identifier 'orders' was not found in the directory 'Contoso'.",
    },
    'entra-id/not-in-tenant',
  ],
  [
    'Entra secret expired',
    'token',
    401,
    {
      error: 'invalid_client',
      error_description: "AADSTS7000222: The provided client secret keys for app 'orders' are expired.",
    },
    'entra-id/secret-expired',
  ],
  [
    'Entra CA',
    'refresh',
    400,
    {
      error: 'interaction_required',
      error_description:
        'AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access',
    },
    'entra-id/interaction',
  ],
  [
    'Entra no assignment',
    'token',
    400,
    {
      error: 'invalid_grant',
      error_description: "AADSTS501051: Application 'a' is not assigned to a role for the application 'b'.",
    },
    'policy-refused',
  ],
  [
    'Entra consent',
    'refresh',
    400,
    {
      error: 'invalid_grant',
      error_description:
        "AADSTS65001: The user or administrator has not consented to use the application with ID 'x'. Send an interactive authorization request for this user and resource.",
    },
    'entra-id/consent',
  ],
  ['IS4 secret', 'token', 400, { error: 'invalid_client' }, 'client-unknown-or-secret-wrong'],
  [
    'XML error',
    'token',
    401,
    '<?xml version="1.0"?><error><code>401</code><message>Invalid client secret</message></error>',
    'secret-refused',
    { headers: { 'content-type': 'text/xml' } },
  ],
  [
    'XML OAuth',
    'token',
    400,
    '<OAuth><error_description>Invalid client credentials</error_description><error>invalid_client</error></OAuth>',
    'secret-refused',
    { headers: { 'content-type': 'application/xml' } },
  ],
  [
    'JSON array',
    'token',
    400,
    [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    'reason-of-its-own',
  ],
  [
    'JSON casing',
    'token',
    400,
    { Error: 'invalid_client', ErrorDescription: 'Client not found' },
    'client-not-known',
  ],
  [
    'JSON casing upper',
    'token',
    401,
    { ERROR: 'INVALID_CLIENT', ERROR_DESCRIPTION: 'bad secret' },
    'secret-refused',
  ],
  ['error INVALID_GRANT upper', 'code', 400, { error: 'INVALID_GRANT' }, 'code-refused'],
  [
    'text',
    'token',
    400,
    'invalid_client',
    'client-unknown-or-secret-wrong',
    { headers: { 'content-type': 'text/plain' } },
  ],
  [
    'text sentence',
    'token',
    401,
    'Invalid API key or secret',
    'secret-refused',
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  ],
  [
    'form error',
    'token',
    400,
    'error=invalid_client&error_description=Unknown+client',
    'client-not-known',
    { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  ],
  ['204', 'token', 204, '', 'no-token-there'],
  ['200 empty', 'token', 200, '', 'no-token-there'],
  ['202', 'token', 202, { status: 'pending' }, 'no-access-token'],
  [
    '200 html login',
    'token',
    200,
    '<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>',
    'wrong-address',
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    '200 error null',
    'token',
    200,
    { access_token: 'at-0123456789', token_type: 'Bearer', expires_in: 3600, error: null },
    'token',
  ],
  [
    '200 string JSON',
    'token',
    200,
    '"at"',
    'no-token-there',
    { headers: { 'content-type': 'application/json' } },
  ],
  [
    'utf16',
    'token',
    200,
    Buffer.from(`\ufeff${JSON.stringify(good)}`, 'utf16le'),
    'token',
    { headers: { 'content-type': 'application/json; charset=utf-16' } },
  ],
  [
    'latin1',
    'token',
    400,
    Buffer.from('{"error":"invalid_client","error_description":"Ung\u00fcltiges Geheimnis"}', 'latin1'),
    'client-unknown-or-secret-wrong',
    { headers: { 'content-type': 'application/json; charset=iso-8859-1' } },
  ],
  [
    'gzip ok',
    'token',
    400,
    gzipSync('{"error":"invalid_scope"}'),
    'scope-refused',
    { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
  ],
  [
    'gzip broken',
    'token',
    200,
    Buffer.from('not gzip at all'),
    'answer-not-unpacked',
    { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
  ],
  [
    'gzip claimed',
    'token',
    400,
    '{"error":"invalid_client"}',
    'answer-not-unpacked',
    { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
  ],
  ['307 self', 'token', 307, '', 'redirected', { headers: { location: '/token/' } }],
  ['308 https', 'token', 308, '', 'redirected', { headers: { location: 'https://auth.example.com/token' } }],
  ['301 nowhere', 'token', 301, '', 'redirected'],
  [
    'www-auth only',
    'token',
    401,
    '',
    'secret-refused',
    {
      headers: {
        'www-authenticate': 'Bearer error="invalid_client", error_description="Client secret expired"',
      },
    },
  ],
  [
    'www-auth Negotiate',
    'token',
    401,
    '',
    'client-unknown-or-secret-wrong',
    { headers: { 'www-authenticate': ['Negotiate', 'NTLM'] } },
  ],
  [
    'nginx 502',
    'token',
    502,
    '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
    'server-in-trouble',
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'nginx 413',
    'token',
    413,
    '<!DOCTYPE html><html><head><title>413 Request Entity Too Large</title></head><body></body></html>',
    'wrong-address',
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'nginx 400 https port',
    'token',
    400,
    '<!DOCTYPE html><html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head><body><h1>400 Bad Request</h1><center>The plain HTTP request was sent to HTTPS port</center></body></html>',
    'https-wanted',
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'nginx no cert',
    'token',
    400,
    '<!DOCTYPE html><html><head><title>400 No required SSL certificate was sent</title></head><body><center>No required SSL certificate was sent</center></body></html>',
    'client-certificate-wanted',
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'AWS ALB 503',
    'token',
    503,
    '<!DOCTYPE html><html><head><title>503 Service Temporarily Unavailable</title></head><body></body></html>',
    'server-in-trouble',
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'Cloudflare 403',
    'token',
    403,
    '<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry, you have been blocked</body></html>',
    'firewall',
    { headers: { 'content-type': 'text/html; charset=UTF-8', server: 'cloudflare', 'cf-ray': '8a' } },
  ],
  [
    'Akamai',
    'token',
    403,
    '<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou don\'t have permission to access "http://x/" on this server.<P>\nReference #18.2d351ab8.1557333295.a4e16ab\n</BODY></HTML>',
    'firewall',
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'F5',
    'token',
    200,
    '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 123456</body></html>',
    'firewall',
    { headers: { 'content-type': 'text/html' } },
  ],
  [
    'CloudFront',
    'token',
    403,
    '<!DOCTYPE html><html><head><title>ERROR: The request could not be satisfied</title></head><body>403 ERROR Request blocked.</body></html>',
    'firewall',
    { headers: { 'content-type': 'text/html' } },
  ],
  ['API GW', 'token', 403, { message: 'Missing Authentication Token' }, 'post-not-taken'],
  ['API GW forbidden', 'token', 403, { message: 'Forbidden' }, 'reason-of-its-own'],
  ['Apigee', 'token', 401, { ErrorCode: 'invalid_client', Error: 'ClientId is Invalid' }, 'client-not-known'],
  [
    'Apigee fault',
    'token',
    401,
    {
      fault: {
        faultstring: 'Invalid client identifier {0}',
        detail: { errorcode: 'oauth.v2.InvalidClientIdentifier' },
      },
    },
    'client-not-known',
  ],
  [
    'Azure APIM',
    'token',
    401,
    {
      statusCode: 401,
      message:
        'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
    },
    'client-unknown-or-secret-wrong',
  ],
  [
    '429',
    'token',
    429,
    { error: 'too_many_requests', error_description: 'Global limit has been reached' },
    'asked-too-often',
    { headers: { 'retry-after': '30' } },
  ],
  [
    'unsupported media',
    'token',
    415,
    { message: "Content type 'application/x-www-form-urlencoded' not supported" },
    'body-not-taken',
  ],
  [
    'a server that answers as a proxy',
    'token',
    407,
    'Proxy Authentication Required',
    'proxy-credentials-unasked',
  ],
  [
    'unsupported grant',
    'token',
    400,
    { error: 'unsupported_grant_type', error_description: 'grant type must be password' },
    'grant-not-allowed',
  ],
  [
    'missing client_id',
    'token',
    400,
    { error: 'invalid_request', error_description: 'Missing parameter: client_id' },
    'parameter-missing',
  ],
  [
    'missing grant',
    'token',
    400,
    { error: 'invalid_request', error_description: "Missing 'grant_type' parameter" },
    'parameter-missing',
  ],
  [
    'missing resource',
    'token',
    400,
    { error: 'invalid_request', error_description: 'The resource parameter is required' },
    'audience-wanted',
  ],
  [
    'discord',
    'code',
    400,
    { error: 'invalid_request', error_description: 'Invalid "code" in request.' },
    'code-not-taken',
  ],
  [
    'spotify',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'code_verifier was incorrect' },
    'pkce-mismatch',
  ],
  [
    'dropbox',
    'code',
    400,
    { error_description: "code doesn't exist or has expired", error: 'invalid_grant' },
    'code-refused',
  ],
  [
    'oauthlib https',
    'token',
    400,
    { error: '(insecure_transport) OAuth 2 MUST utilize https.' },
    'https-wanted',
  ],
  [
    'Planning Center, the definition of the code (planningcenter/developers 584)',
    'refresh',
    400,
    {
      error: 'invalid_grant',
      error_description:
        'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
    },
    'refresh-token-rotated',
  ],
  [
    'HubSpot refresh (apis.io)',
    'refresh',
    400,
    { category: 'VALIDATION_ERROR', message: 'Invalid refresh token', subCategory: 'INVALID_TOKEN' },
    'refresh-token-not-taken',
  ],
  [
    'authlib refresh (authlib 112)',
    'refresh',
    400,
    { error: 'invalid_request', error_description: 'Invalid "refresh_token" in request.' },
    'refresh-token-not-taken',
  ],
  [
    'WeChat refresh',
    'refresh',
    200,
    { errcode: 40030, errmsg: 'invalid refresh_token' },
    'refresh-token-not-taken',
  ],
  [
    'Keyrock refresh (fiware-idm 43)',
    'refresh',
    400,
    { name: 'invalid_grant', message: 'Invalid grant: refresh token is invalid', statusCode: 400 },
    'refresh-token-not-taken',
  ],
  ['CAS refresh in text (apereo/cas 2903)', 'refresh', 400, 'invalid_grant', 'refresh-token-rotated'],
  ['WeChat code', 'code', 200, { errcode: 40029, errmsg: 'invalid code' }, 'code-not-taken'],
  ['WeChat app', 'code', 200, { errcode: 40013, errmsg: 'invalid appid' }, 'client-not-known'],
  [
    'league hint (thephpleague/oauth2-server 1082)',
    'code',
    400,
    {
      error: 'invalid_request',
      error_description:
        'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.',
      hint: 'Authorization code has been revoked',
    },
    'code-not-taken',
  ],
  [
    'FieldView inactive code',
    'code',
    400,
    {
      error: 'invalid_grant',
      error_description: 'Inactive authorization code received from token request',
    },
    'code-refused',
  ],
  [
    'FieldView callback',
    'code',
    400,
    { error: 'invalid_grant', error_description: 'Callback url mismatch' },
    'redirect-uri-refused-at-token-endpoint',
  ],
  [
    'WSO2 unknown client (wso2/product-is 22336)',
    'token',
    401,
    {
      error: 'invalid_client',
      error_description: 'A valid OAuth client could not be found for client_id: w_sN',
    },
    'client-not-known',
  ],
  [
    'WSO2 secret (wso2/product-is 22336)',
    'token',
    401,
    { error: 'invalid_client', error_description: 'Client credentials are invalid.' },
    'secret-refused',
  ],
  [
    'Keycloak wants an assertion',
    'token',
    400,
    { error: 'invalid_client', error_description: 'Parameter client_assertion_type is missing' },
    'client-assertion-wanted',
  ],
  [
    'Django REST framework 415 (drf-social-oauth2 140)',
    'token',
    415,
    { detail: 'Unsupported media type "application/x-www-form-urlencoded" in request.' },
    'body-not-taken',
  ],
  [
    'ASP.NET 415 (umbraco-authu 17)',
    'token',
    415,
    {
      Message:
        "The request entity's media type 'application/x-www-form-urlencoded' is not supported for this resource.",
    },
    'body-not-taken',
  ],
  [
    'Keyrock in trouble (fiware-idm 43)',
    'token',
    503,
    'Server error: missing client `grants`',
    'server-in-trouble',
  ],
];

async function answered(
  step: Step,
  status: number,
  body: string | object,
  more: More = {},
): Promise<FlowReport> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
      const back = `${searchParams.get('redirect_uri') ?? ''}?code=c0de-0123456789&state=${searchParams.get('state') ?? ''}`;
      if (pathname === '/auth') return response.writeHead(302, { location: back }).end();
      for (const [name, value] of Object.entries(more.headers ?? {})) response.setHeader(name, value);
      const raw = typeof body === 'string' || Buffer.isBuffer(body);
      if (!raw) response.setHeader('content-type', 'application/json');
      return response.writeHead(status).end(raw ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const change = { tokenEndpoint: `${origin}/token`, ...more.profile };
  const profile =
    step === 'token'
      ? clientCredentials(change)
      : authorizationCode({ ...change, authorizationEndpoint: `${origin}/auth` });
  const previous: TokenSet = {
    ...{ access_token: 'a', token_type: 'Bearer', refresh_token: 'rt-0123456789', received_at: 0 },
    ...{ requested_scopes: ['read'], extra: {} },
  };
  try {
    const typed = without(profile, 'issuer') as Profile;
    const kind = step === 'refresh' ? 'refresh_token' : profile.grant;
    return await run(kind, typed, secret, step === 'refresh' ? previous : undefined);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('answers of real servers', () => {
  for (const [name, step, status, body, cause, more] of rows)
    it(`${name} (${step}): ${cause}`, async () => {
      const report = await answered(step, status, body, more);
      if (cause === 'token') {
        assert.equal(report.outcome.kind, 'token');
        return;
      }
      const explanation = explained(report);
      assert.equal(causeIds(explanation)[0], cause, causeIds(explanation).join());
      const trace = new Trace(report, explanation);
      for (const found of explanation.causes) {
        const truth =
          found.id.includes('/') || truths.some(([id, is]) => id.test(found.id) && is(trace, found));
        assert.ok(truth, `${found.id} is contradicted: ${found.title} ${found.evidence.join(' ')}`);
        assert.ok(found.steps.length > 0, `${found.id} says nothing to do.`);
      }
      assert.equal(contradicted(trace), undefined);
      const told = JSON.stringify(explanation);
      for (const hidden of [secret, 'c0de-0123456789', 'rt-0123456789'])
        assert.ok(!told.includes(hidden), hidden);
    });
});
