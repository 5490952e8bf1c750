/** The meanings of parameters and where they are defined, by their names in messages. */
export type Meanings = Readonly<Record<string, readonly [meaning: string, source: string]>>;

const rfc8414 = 'RFC 8414 section 2';
const discovery = 'OpenID Connect Discovery section 3';
const ciba = 'OpenID Connect CIBA Core section 4';
const jarm = 'JARM section 4';

/** The members of a server's metadata. @see RFC 8414 section 2 */
export const metadataMeanings: Meanings = {
  issuer: ['The server’s own name; must equal the issuer that was asked for.', rfc8414],
  authorization_endpoint: ['Where users sign in.', rfc8414],
  token_endpoint: ['Where tokens are issued.', rfc8414],
  jwks_uri: ['Where the keys are that tokens are signed with.', rfc8414],
  registration_endpoint: ['Where clients can register themselves.', rfc8414],
  revocation_endpoint: ['Where tokens can be revoked.', rfc8414],
  introspection_endpoint: ['Where an API asks whether a token is active.', rfc8414],
  userinfo_endpoint: ['Where the signed-in user’s claims can be read.', discovery],
  end_session_endpoint: ['Where users sign out.', 'OpenID Connect RP-Initiated Logout section 2.1'],
  device_authorization_endpoint: ['Where devices without a browser begin.', 'RFC 8628 section 4'],
  pushed_authorization_request_endpoint: [
    'Where a request can be pushed before the browser opens.',
    'RFC 9126 section 5',
  ],
  require_pushed_authorization_requests: [
    'Whether requests must be pushed there first.',
    'RFC 9126 section 5',
  ],
  backchannel_authentication_endpoint: ['Where a sign-in on another device is asked for.', ciba],
  backchannel_token_delivery_modes_supported: ['How such a sign-in’s token may reach the client.', ciba],
  backchannel_user_code_parameter_supported: ['Whether a code of the user may go with it.', ciba],
  backchannel_authentication_request_signing_alg_values_supported: [
    'Signatures accepted on such requests.',
    ciba,
  ],
  authorization_details_types_supported: [
    'Types of authorization details the server knows.',
    'RFC 9396 section 10',
  ],
  scopes_supported: ['Scopes the server lists; it may know more.', rfc8414],
  response_types_supported: ['Response types the server offers.', rfc8414],
  response_modes_supported: ['Ways in which the answer can travel.', rfc8414],
  grant_types_supported: ['Grants the server offers.', rfc8414],
  token_endpoint_auth_methods_supported: ['How clients may authenticate.', rfc8414],
  token_endpoint_auth_signing_alg_values_supported: ['Signatures accepted on a client’s assertion.', rfc8414],
  code_challenge_methods_supported: ['PKCE methods the server lists.', rfc8414],
  ui_locales_supported: ['Languages of the sign-in page.', rfc8414],
  service_documentation: ['Where developers find the server’s documentation.', rfc8414],
  op_policy_uri: ['What the server says about the use of data.', rfc8414],
  op_tos_uri: ['The server’s terms of service.', rfc8414],
  subject_types_supported: ['Whether all clients see the same `sub` of a user, or each its own.', discovery],
  id_token_signing_alg_values_supported: ['Signatures of ID tokens.', discovery],
  request_object_signing_alg_values_supported: ['Signatures accepted on request objects.', discovery],
  authorization_signing_alg_values_supported: ['Signatures of authorization responses.', jarm],
  authorization_encryption_alg_values_supported: ['Key encryption of authorization responses.', jarm],
  authorization_encryption_enc_values_supported: ['Content encryption of authorization responses.', jarm],
  userinfo_signing_alg_values_supported: ['Signatures of userinfo answers.', discovery],
  acr_values_supported: ['Strengths of authentication on offer.', discovery],
  claims_supported: ['Claims the server may know; it need not name all.', discovery],
  claim_types_supported: ['Kinds of claims the server offers.', discovery],
  claims_parameter_supported: ['Whether single claims can be asked for by `claims`.', discovery],
  request_parameter_supported: ['Whether the request may be a signed JWT.', discovery],
  request_uri_parameter_supported: ['Whether the request may be given by its address.', discovery],
  require_request_uri_registration: ['Whether such addresses must be registered.', discovery],
  authorization_response_iss_parameter_supported: ['Whether redirects carry `iss`.', 'RFC 9207 section 3'],
  dpop_signing_alg_values_supported: ['Signatures accepted on DPoP proofs.', 'RFC 9449 section 5.1'],
  tls_client_certificate_bound_access_tokens: [
    'Whether tokens can be bound to a client’s certificate.',
    'RFC 8705 section 3.3',
  ],
  frontchannel_logout_supported: [
    'Whether sign-out reaches clients through the browser.',
    'OpenID Connect Front-Channel Logout section 3',
  ],
  backchannel_logout_supported: [
    'Whether sign-out reaches clients from server to server.',
    'OpenID Connect Back-Channel Logout section 2.1',
  ],
  check_session_iframe: [
    'The page that tells whether the user is still signed in.',
    'OpenID Connect Session Management section 3.3',
  ],
};
