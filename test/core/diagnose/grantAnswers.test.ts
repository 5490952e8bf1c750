import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { explainAnswer } from '../../../src/core/diagnose/explainAnswer.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { providersDirectory } from './support.ts';

const catalogue = await loadCatalogue(providersDirectory);

const entra = 'https://login.microsoftonline.com/1e6f1d5e-6f22-4a17-9d5a-000000000000/v2.0';
const google = { grant: 'jwt_bearer', tokenEndpoint: 'https://oauth2.googleapis.com/token' };
const sts = { grant: 'token_exchange', tokenEndpoint: 'https://sts.googleapis.com/v1/token' };
const keycloak = { grant: 'token_exchange', issuer: 'https://sso.example.com/realms/shop' };
const auth0 = { grant: 'token_exchange', issuer: 'https://acme.eu.auth0.com/' };
const auth0Ciba = { ...auth0, grant: 'ciba', loginHint: 'ada' };
const okta = { grant: 'token_exchange', issuer: 'https://acme.okta.com/oauth2/default' };
const onBehalf = { grant: 'jwt_bearer', issuer: entra };
const federated = { grant: 'client_credentials', clientAuthentication: 'federated_assertion', issuer: entra };
const device = {
  grant: 'device_code',
  deviceAuthorizationEndpoint: 'https://github.com/login/device/code',
  tokenEndpoint: 'https://github.com/login/oauth/access_token',
};
const oktaKey = {
  ...{ grant: 'client_credentials', clientAuthentication: 'private_key_jwt' },
  issuer: 'https://acme.okta.com/oauth2/default',
};
const keycloakKey = { ...oktaKey, issuer: 'https://sso.example.com/realms/shop' };
const keycloakCiba = { ...keycloak, grant: 'ciba', loginHint: 'ada' };
const entraDevice = { grant: 'device_code', issuer: entra };
const googleDevice = { grant: 'device_code', issuer: 'https://accounts.google.com' };
const adobe = { grant: 'client_credentials', tokenEndpoint: 'https://ims-na1.adobelogin.com/ims/token/v3' };

type Row = readonly [profile: object, status: number, error: string, description: string, cause: string];

/** What servers answer to other grants than those of most clients, as public threads and the makers' pages have it, and the cause that must come first. */
const rows: Readonly<Record<string, readonly Row[]>> = {
  'https://github.com/l10178/idaas-book/pull/228': [
    [keycloak, 403, 'access_denied', 'Client is not within the token audience', 'keycloak/exchange-audience'],
    [keycloak, 400, 'invalid_request', 'Invalid subject token type', 'keycloak/exchange-type'],
    [keycloak, 400, 'invalid_request', 'requested_token_type unsupported', 'keycloak/exchange-type'],
    [
      keycloak,
      400,
      'invalid_client',
      'Public client is not allowed to exchange token',
      'keycloak/exchange-public',
    ],
    [keycloak, 400, 'invalid_request', 'Invalid token', 'error-code-invalid_request'],
  ],
  'https://github.com/keycloak/keycloak/issues/17008': [
    [keycloak, 403, 'access_denied', 'Client is not the holder of the token', 'keycloak/exchange-audience'],
    [keycloak, 403, 'access_denied', 'Client not allowed to exchange', 'keycloak/exchange-permission'],
  ],
  'https://www.keycloak.org/securing-apps/token-exchange': [
    [
      ...([keycloak, 400, 'invalid_request'] as const),
      ...(['Requested audience not available: target-client', 'keycloak/exchange-target'] as const),
    ],
    [
      ...([keycloak, 400, 'invalid_request'] as const),
      ...([
        'Standard token exchange is not enabled for the requested client',
        'keycloak/exchange-off',
      ] as const),
    ],
  ],
  'https://developers.google.com/identity/protocols/oauth2/service-account#error-codes': [
    [google, 400, 'invalid_grant', 'Invalid JWT Signature.', 'google/jwt-signature'],
    [
      ...([google, 400, 'invalid_grant'] as const),
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
      'google/jwt-time',
    ],
    [google, 400, 'invalid_grant', 'Invalid grant: account not found', 'google/jwt-account'],
    [google, 400, 'invalid_grant', 'Not a valid email or user ID.', 'google/jwt-user'],
    [google, 400, 'invalid_grant', 'Not a valid email.', 'google/jwt-user'],
    [google, 400, 'invalid_grant', 'Invalid JWT: Failed audience check.', 'google/jwt-audience'],
    [
      ...([google, 401, 'unauthorized_client'] as const),
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
      'google/delegation',
    ],
    [google, 401, 'unauthorized_client', 'Unauthorized client or scope in request.', 'google/delegation'],
  ],
  'https://github.com/google-github-actions/auth/issues/211': [
    [
      ...([sts, 400, 'invalid_request'] as const),
      'Invalid value for "audience". This value should be the full resource name of the Identity Provider. See https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token for the list of possible formats.',
      'google/pool',
    ],
    [
      ...([sts, 400, 'invalid_target'] as const),
      'The target service indicated by the "audience" parameters is invalid. This might either be because the pool or provider is disabled or deleted or because it doesn\'t exist.',
      'google/pool',
    ],
    [
      ...([sts, 400, 'invalid_grant'] as const),
      'The audience in ID Token [https://github.com/acme] does not match the expected audience.',
      'google/pool-audience',
    ],
  ],
  'https://github.com/AzureAD/microsoft-authentication-library-for-dotnet/issues/1317': [
    [
      ...([onBehalf, 400, 'invalid_grant'] as const),
      "AADSTS50013: Assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value., Thumbprint of key used by client: 'FAA38D'] Trace ID: 1f8d9f66-072e-4b77-8b49-84182f413000",
      'entra-id/on-behalf-token',
    ],
    [
      ...([onBehalf, 400, 'invalid_grant'] as const),
      'AADSTS500131: Assertion audience does not match the Client app presenting the assertion. Trace ID: 1f8d9f66-072e-4b77-8b49-84182f413000',
      'entra-id/on-behalf-token',
    ],
  ],
  'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations': [
    [
      ...([federated, 401, 'invalid_client'] as const),
      "AADSTS700213: No matching federated identity record found for presented assertion subject 'repo:acme/shop:ref:refs/heads/main'. Trace ID: 1f8d9f66-072e-4b77-8b49-84182f413000",
      'entra-id/federated',
    ],
    [
      ...([federated, 401, 'invalid_client'] as const),
      "AADSTS70021: No matching federated identity record found for presented assertion. Assertion Issuer: 'https://token.actions.githubusercontent.com'. Trace ID: 1f8d9f66-072e-4b77-8b49-84182f413000",
      'entra-id/federated',
    ],
  ],
  'https://github.com/agentgateway/agentgateway/issues/2891': [
    [
      ...([auth0, 400, 'invalid_request'] as const),
      'Invalid subject_token_type and requested_token_type combination.',
      'auth0/exchange-type',
    ],
  ],
  'https://developer.okta.com/docs/guides/set-up-token-exchange/-/main/': [
    [okta, 400, 'invalid_grant', "'subject_token' is invalid.", 'error-code-invalid_grant'],
  ],
  'https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps': [
    [
      device,
      200,
      'device_flow_disabled',
      'Device Flow must be explicitly enabled for this App',
      'github/device-off',
    ],
    [device, 200, 'incorrect_device_code', 'The device_code provided is not valid.', 'github/device-code'],
    [device, 200, 'token_expired', 'The device_code has expired.', 'github/device-expired'],
  ],
  'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code#expected-errors': [
    [entraDevice, 400, 'authorization_declined', 'The user declined.', 'entra-id/device-declined'],
  ],
  'https://support.okta.com/help/s/article/client-credentials-requests-to-the-org-auithorization-server-must-use-the-private-key-jwt-token-endpoint-auth-method':
    [
      [
        ...([{ ...oktaKey, clientAuthentication: 'client_secret_basic' }, 401, 'invalid_client'] as const),
        'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
        'okta/private-key-jwt',
      ],
    ],
  'https://developer.okta.com/docs/reference/api/oidc/': [
    [oktaKey, 401, 'invalid_client', 'The client_assertion signature is invalid.', 'assertion-refused'],
    [oktaKey, 401, 'invalid_client', 'The client_assertion token must not be reused.', 'assertion-refused'],
    [
      ...([oktaKey, 401, 'invalid_client'] as const),
      'The client_assertion token has an expiration too far into the future.',
      'assertion-refused',
    ],
  ],
  'https://github.com/keycloak/keycloak/tree/main/services/src/main/java/org/keycloak/protocol/oidc': [
    [keycloakKey, 400, 'invalid_client', 'Unable to load public key', 'assertion-refused'],
    [keycloakKey, 400, 'invalid_client', 'Token reuse detected', 'assertion-refused'],
    [keycloakCiba, 400, 'invalid_grant', 'Client not allowed OIDC CIBA Grant', 'keycloak/ciba-off'],
  ],
  'https://developers.google.com/identity/protocols/oauth2/limited-input-device': [
    [googleDevice, 401, 'invalid_client', 'Invalid client type.', 'google/device-client'],
    [
      ...([googleDevice, 400, 'invalid_scope'] as const),
      'Invalid device flow scope: https://www.googleapis.com/auth/gmail.readonly',
      'google/device-scope',
    ],
  ],
  'https://cloud.google.com/iam/docs/troubleshooting-workload-identity-federation': [
    [
      ...([sts, 400, 'invalid_grant'] as const),
      "Error connecting to the given credential's issuer.",
      'google/pool-issuer',
    ],
  ],
  'https://auth0.com/docs/api/authentication/login/check-back-channel-login-status': [
    [
      ...([auth0Ciba, 403, 'access_denied'] as const),
      'The end-user denied the authorization request or it has been expired',
      'auth0/ciba-denied',
    ],
  ],
  'https://github.com/AdobeDocs/adobe-dev-console/issues/54': [
    [
      ...([adobe, 400, 'invalid_scope'] as const),
      'The metascopes in the JWT are not a subset of the metascopes in the binding.',
      'adobe/scope',
    ],
    [adobe, 400, 'invalid_scope', 'Scope(s) invalid.', 'adobe/scope'],
    [adobe, 400, 'invalid_client', 'invalid client_secret parameter', 'adobe/client'],
  ],
};

function explained(entry: object | undefined, status: number, error: string, description: string) {
  const parsed = entry && parseProfile({ id: 'p', clientId: 'c', ...entry });
  assert.ok(parsed === undefined || 'profile' in parsed, JSON.stringify(parsed));
  const text = JSON.stringify({ error, error_description: description });
  const found = explainAnswer(text, { now: 0, status }, parsed?.profile, catalogue);
  assert.ok(found.kind === 'explained', found.kind);
  return found.explanation;
}

describe('what is answered to other grants', () => {
  for (const [source, answers] of Object.entries(rows))
    for (const [profile, status, error, description, cause] of answers) {
      it(`leads to ${cause}: ${error}, ${description.slice(0, 60)} (${source})`, () => {
        const [first] = explained(profile, status, error, description).causes;
        assert.equal(first?.id, cause, `${first?.title ?? ''} ${(first?.steps ?? []).join(' ')}`);
      });

      it(`leads nowhere else without a profile: ${error}, ${description.slice(0, 60)}`, () => {
        const { causes } = explained(undefined, status, error, description);
        const wrong = [
          'client-switched-off',
          'public-client-with-secret',
          // There it is the grant that is off.
          ...(cause === 'github/device-off' ? [] : ['grant-not-allowed']),
          'code-not-taken',
        ];
        assert.deepEqual(
          causes.filter(({ id }) => wrong.includes(id)).map(({ title }) => title),
          [],
        );
      });
    }

  it('with the words of a code, but to a device, are of the device code', () => {
    const { causes } = explained(entraDevice, 400, 'bad_verification_code', '');
    assert.equal(causes[0]?.id, 'entra-id/device-code');
  });

  it('that a public client must not exchange is no reason to send no secret', () => {
    const other = { ...keycloak, issuer: 'https://as.example.com' };
    const { causes } = explained(
      other,
      400,
      'invalid_client',
      'Public client is not allowed to exchange token',
    );
    assert.deepEqual(causes[0]?.steps, [
      'Register the client as confidential: a public one is not allowed to do this here.',
    ]);
    const secret = explained(
      other,
      400,
      'invalid_client',
      'Public clients are not allowed to send a client secret',
    );
    assert.match(secret.causes[0]?.steps.join(' ') ?? '', /Set the client authentication to none/);
  });

  it('that is pasted is compared with what the profile sends: a proof of a key, too', () => {
    const machine = { grant: 'client_credentials', issuer: 'https://sso.example.com/realms/shop' };
    const first = (dpop: boolean) =>
      explained({ ...machine, dpop }, 400, 'invalid_request', 'DPoP proof is missing').causes[0]?.id;
    assert.equal(first(false), 'dpop-proof-wanted');
    assert.equal(first(true), 'dpop-proof-refused');
  });

  it('is known as its maker’s by words that nobody else has', () => {
    for (const [error, description, id] of [
      ['access_denied', 'Client is not within the token audience', 'keycloak'],
      ['invalid_request', 'Standard token exchange is not enabled for the requested client', 'keycloak'],
      ['invalid_grant', 'Invalid JWT Signature.', 'google'],
      [
        'invalid_scope',
        'The metascopes in the JWT are not a subset of the metascopes in the binding.',
        'adobe',
      ],
    ] as const)
      assert.equal(explained(undefined, 400, error, description).provider.id, id, description);
  });
});
