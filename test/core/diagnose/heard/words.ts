/**
 * What authorization servers say when they refuse, as `status error: description`: gathered from the sources of servers (npm,
 * Debian, public repositories), their documentation and public issue threads, for this test alone: no rule was written from it
 * before. Where only codes are documented there is no description, and what Kakao, Xiaomi and the token endpoint of
 * oauth2-server-php say is from memory. Many say a thing of a request that was not wrong in it; what was sent, the trace tells.
 */
export const heard: Readonly<Record<string, string>> = {
  'oauth2orize (npm)': `
    400 invalid_request: Missing required parameter: code
    400 invalid_request: Missing required parameter: refresh_token
    400 invalid_request: Missing required parameter: client_id
    400 invalid_request: Missing required parameter: response_type
    400 invalid_request: Invalid parameter: scope must be a string
    400 invalid_request: Prompt includes none with other values
    403 invalid_grant: Invalid authorization code
    403 invalid_grant: Invalid refresh token
    403 invalid_grant: Invalid client credentials
    501 unsupported_grant_type: Unsupported grant type: client_credentials
    501 unsupported_response_type: Unsupported response type: code
    403 access_denied: Request denied by authorization server
    403 unauthorized_client: Unauthorized client
    500 server_error: Unable to issue redirect for OAuth 2.0 transaction`,
  'oauth2-server 3 (npm)': `
    400 invalid_grant: Invalid grant: authorization code has expired
    400 invalid_grant: Invalid grant: authorization code is invalid
    400 invalid_grant: Invalid grant: code verifier is invalid
    400 invalid_grant: Invalid grant: refresh token was issued to another client
    400 invalid_grant: Invalid grant: refresh token has expired
    400 invalid_grant: Invalid grant: refresh token is invalid or could not be revoked
    400 invalid_client: Invalid client: client is invalid
    401 invalid_client: Invalid client: cannot retrieve client credentials
    400 invalid_client: Invalid client: client credentials are invalid
    400 invalid_client: Invalid client: missing client \`redirectUri\`
    400 invalid_request: Invalid request: content must be application/x-www-form-urlencoded
    400 invalid_request: Invalid request: only one authentication method is allowed
    400 invalid_request: Invalid request: malformed authorization header
    400 invalid_request: Missing parameter: \`code_verifier\`
    400 invalid_request: Invalid request: \`redirect_uri\` is not a valid URI
    400 invalid_scope: Invalid scope: Requested scope is invalid
    400 unauthorized_client: Unauthorized client: \`grant_type\` is invalid
    503 server_error: Server error: missing client \`grants\``,
  '@jmondi/oauth2-server (npm)': `
    400 invalid_client: Client has been revoked or is invalid.
    400 invalid_client: Confidential clients require client_secret.
    400 invalid_client: Invalid redirect_uri
    400 invalid_grant: Failed to verify code challenge.
    400 invalid_grant: Provided code challenge does not match auth code
    400 invalid_grant: The authorization server requires public clients to use PKCE RFC-7636, and this authorization code carries no code challenge
    400 invalid_request: The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed. Check the \`code_verifier\` parameter
    400 invalid_request: The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed. Check the \`redirect_uri\` parameter
    400 invalid_request: subject_token is required
    400 unauthorized_scope: Unauthorized scope requested by the client
    400 unsupported_grant_type: Unsupported grant_type
    400 bad_request: Unknown redirect_uri
    400 bad_request: malformed jwt`,
  '@cloudflare/workers-oauth-provider (npm)': `
    400 invalid_grant: Invalid authorization code
    401 invalid_client: Client authentication failed: missing client_secret
    400 invalid_grant: Invalid redirect URI
    400 invalid_request: Client ID and Redirect URI are required in the authorization request.
    400 invalid_grant: Invalid PKCE code_verifier
    400 invalid_client: Client Identifier URL must use HTTPS
    400 invalid_client: CIMD documents must not contain client secrets
    400 invalid_target: The resource parameter must be a valid absolute URI without a fragment
    400 invalid_grant: Invalid or expired subject token`,
  '@openauthjs/openauth (npm)': `
    400 invalid_grant: Authorization code has been used or expired
    400 invalid_redirect_uri: Redirect URI mismatch
    403 unauthorized_client: Client is not authorized to use this authorization code
    400 invalid_request: Missing code_verifier
    400 invalid_grant: Code verifier does not match
    400 invalid_grant: Refresh token has been used or expired
    400 unauthorized_client: unauthorized client`,
  '@atproto/oauth-provider (npm)': `
    400 invalid_grant: code_verifier is required
    400 invalid_grant: code_verifier too short
    400 invalid_grant: Code challenge already used
    400 invalid_grant: This code has expired
    400 invalid_grant: The redirect_uri parameter must match the one used in the authorization request
    400 invalid_grant: DPoP proof does not match the expected JKT
    400 invalid_grant: DPoP proof is required for this request
    400 invalid_grant: Refresh token replayed
    400 invalid_grant: Session expired
    400 invalid_grant: Token was not issued to this client
    400 invalid_grant: Client authentication method mismatch (expected private_key_jwt)
    400 invalid_grant: private_key_jwt jti reused
    400 invalid_dpop_proof: DPoP proof required
    400 invalid_dpop_proof: DPoP proof replayed
    400 invalid_dpop_proof: DPoP header must contain a single proof
    401 use_dpop_nonce: Authorization server requires nonce in DPoP proof
    400 invalid_request: code_challenge parameter wasn't provided
    400 invalid_request: DPoP bound access tokens are not enabled for this client
    400 invalid_request: Request object was replayed
    400 invalid_request: Unknown request_uri
    400 access_denied: This request was initiated from another device
    400 access_denied: The user rejected the request
    400 login_required: Login is required
    400 account_selection_required: Account selection required
    400 consent_required: User consent required
    400 invalid_client_metadata: client_id does not match
    400 invalid_client_metadata: Loopback clients are not allowed
    400 invalid_redirect_uri: Loopback redirect URIs are only allowed for native apps
    400 invalid_redirect_uri: Web clients must not use localhost as the hostname
    400 invalid_client_id: The client_id hostname must not be a loopback address`,
  'oidc-provider 6 (npm)': `
    400 invalid_grant: PKCE verification failed
    400 invalid_grant: authorization code already consumed
    400 invalid_grant: authorization code client mismatch
    400 invalid_grant: authorization code redirect_uri mismatch
    400 invalid_grant: authorization code not found
    400 invalid_grant: refresh token already used
    400 invalid_grant: refresh token client mismatch
    400 invalid_grant: refresh token not found
    400 invalid_grant: mutual TLS client certificate not provided
    400 invalid_grant: failed x5t#S256 verification
    400 invalid_grant: failed jkt verification
    400 invalid_grant: device code client mismatch
    401 invalid_client: client not found
    401 invalid_client: invalid secret provided
    401 invalid_client: client assertion tokens must only be used once
    401 invalid_client: audience (aud) must equal the endpoint url, issuer identifier or token endpoint url
    401 invalid_client: the registered client token_endpoint_auth_method does not match the provided auth mechanism
    401 invalid_client: client certificate was not provided
    400 invalid_request: PKCE must be used for this request
    400 invalid_request: Pushed Authorization Request must be used
    400 invalid_request: Request Object must be used by this client
    400 invalid_request: client authentication must only be provided using one mechanism
    400 invalid_request: client_id and client_secret in the authorization header are not properly encoded
    400 invalid_request: client_secret must be provided in the Authorization header
    400 invalid_request: code_challenge must be provided with code_challenge_method
    400 invalid_request: mismatch in body and authorization client ids
    400 invalid_request: no client authentication mechanism provided
    400 invalid_request: not supported value of code_challenge_method
    400 invalid_request: openid scope must be requested when using the claims parameter
    400 invalid_request: origin https://app.example.com not allowed for client: orders
    400 invalid_request: prompt none must only be used alone
    400 invalid_request: provided client_id does not match the authenticated client's
    400 invalid_request: response_mode not allowed for this response_type
    400 invalid_request: post_logout_redirect_uri not registered
    400 invalid_request: xsrf token invalid
    400 invalid_request: missing required parameter(s) (redirect_uri)
    400 invalid_request: only application/x-www-form-urlencoded content-type bodies are supported on POST /token
    404 invalid_request: unrecognized route or not allowed method (POST on /tokens)
    400 invalid_request_object: Request Object must not be unsigned for this client
    400 invalid_request_object: request client_id must equal the one in request parameters`,
  'oauthlib 3 (Debian)': `
    400 mismatching_redirect_uri: Mismatching redirect URI.
    400 missing_redirect_uri: Missing redirect URI.
    400 invalid_redirect_uri: Invalid redirect URI.
    400 invalid_client_id: Invalid client_id parameter value.
    400 missing_client_id: Missing client_id parameter.
    400 insecure_transport: OAuth 2 MUST utilize https.
    400 invalid_request: Code challenge required.
    400 invalid_request: Transform algorithm not supported.
    400 invalid_request: Missing code parameter.
    400 invalid_request: Missing refresh token parameter.
    400 invalid_request: Request is missing grant type.
    400 invalid_request: Duplicate client_id parameter.
    400 invalid_request: Request is missing mandatory nonce parameter.
    400 invalid_request: Unable to parse query string
    400 invalid_grant: Code verifier required.
    400 unsupported_token_type: Missing token parameter.
    403 insufficient_scope: The request requires higher privileges than provided by the access token.`,
  'Authlib 1 (Debian)': `
    400 invalid_request: Missing "code_verifier"
    400 invalid_grant: Code challenge failed.
    400 invalid_request: Missing "code" in request.
    400 invalid_grant: Invalid "code" in request.
    400 invalid_grant: Invalid "redirect_uri" in request.
    400 invalid_request: Redirect URI foo is not supported by client.
    400 invalid_request: Replay attack
    400 unauthorized_client: The client is not authorized to use "response_type=code"`,
  'Doorkeeper 5 (Debian)': `
    401 invalid_client: Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.
    400 invalid_grant: The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.
    400 invalid_request: Missing required parameter: grant_type.
    400 invalid_request: Missing required parameter: code.
    400 invalid_request: Request need to be authorized. Required parameter for authorizing request is missing or invalid.
    400 invalid_redirect_uri: The requested redirect uri is malformed or doesn't match client redirect URI.
    400 invalid_code_challenge_method: The code challenge method must be plain or S256.
    403 unauthorized_client: You are not authorized to revoke this token
    400 access_denied: The resource owner or authorization server denied the request.`,
  'rack-oauth2 (Debian)': `
    400 invalid_request: "redirect_uri" mismatch
    400 invalid_request: "redirect_uri" missing
    400 invalid_request: Multiple client credentials are provided.
    400 invalid_request: Both Authorization header and payload includes access token.`,
  'bshaffer/oauth2-server-php': `
    400 invalid_client: No client id supplied
    400 invalid_client: The client id supplied is invalid
    400 invalid_client: Client credentials were not found in the headers or body
    400 invalid_client: The client credentials are invalid
    400 invalid_client: This client is invalid or must authenticate using a client secret
    400 invalid_client: This application requires you specify a scope parameter
    400 invalid_uri: The redirect URI must not contain a fragment
    400 invalid_uri: No redirect URI was supplied or stored
    400 invalid_uri: A redirect URI must be supplied when multiple redirect URIs are registered
    400 redirect_uri_mismatch: The redirect URI provided is missing or does not match
    400 redirect_uri_mismatch: The redirect URI is mandatory and was not supplied
    400 invalid_request: Invalid or missing response type
    400 invalid_request: The state parameter is required
    400 invalid_request: Missing parameter: "code" is required
    400 unsupported_response_type: authorization code grant type not supported
    400 unauthorized_client: The grant type is unauthorized for this client_id
    400 invalid_scope: An unsupported scope was requested
    400 invalid_grant: Authorization code doesn't exist or is invalid for the client
    400 invalid_grant: The authorization code has expired
    405 invalid_request: The request method must be POST when requesting an access token
    400 access_denied: The user denied access to your application`,
  'Janssen Auth Server': `
    400 disabled_client: The client is disabled and can't request an access token using this method.
    400 retry: The authorization server requires RP to send authorization request again.
    400 invalid_request_redirect_uri: The redirect_uri in the Authorization Request does not match any of the Client's pre-registered redirect_uris.
    400 session_selection_required: The End-User is required to select a session at the Authorization Server.
    400 user_mismatched: The current logged in End-User at the Authorization Server does not match the requested user.
    400 invalid_openid_request_object: The request parameter contains an invalid OpenID Request Object.
    400 authentication_session_invalid: The authorization server can't handle user authentication due to session expiration
    400 invalid_authentication_method: The authorization server can't handle user authentication due to error caused by ACR
    400 use_new_dpop_nonce: Authorization server requires new nonce in DPoP proof.
    400 stale_evidence: The provided evidence is not current. Resend fresh evidence.
    400 invalid_grant_and_session: The provided id token (or access token) or session state are invalid or were issued to another client.
    400 post_logout_uri_not_associated_with_client: The provided post logout uri is not associated with client.
    401 invalid_client: Client authentication failed (e.g. unknown client, no client authentication included, or unsupported authentication method). The authorization server MAY return an HTTP 401 (Unauthorized) status code to indicate which HTTP authentication schemes are supported.
    400 unauthorized_client: The client is not authorized to request an access token using this method.
    403 forbidden_by_policy: Forbidden by policy (policy returned false).
    400 client_not_in_trust_relationship: The client is not in any trust relationship however federation is enabled for server.`,
  'Follow Up Boss (docs)': `
    400 code-exchange-failed
    400 missing-grant-type-param
    400 missing-authorization-header
    400 missing-required-params
    400 invalid-authorization-header
    400 invalid-grant-type
    400 invalid-refresh-token
    400 invalid-access-token
    400 invalid-auth-code
    400 invalid-redirect-uri
    400 invalid-oauth-app
    401 expired-refresh-token
    401 expired-auth-code
    403 resource-restricted
    404 inactive-account
    404 account-not-found`,
  'Xiaomi (codes of its docs, as numbers)': `
    400 96003: client_id and client_secret don’t match
    400 96004: grant invalid, grant type can be either token or code
    400 96005: client has no permissions to use this request
    400 96007: scope invalid or unknown, or format invalid
    400 96009: refresh token invalid or expired
    400 96010: redirect url doesn’t match with the previous registration url, or isn’t a valid url
    400 96013: code invalid or expired`,
  'Kakao (codes of its docs)': `
    400 invalid_request: KOE001: wrong request parameters
    400 invalid_client: Not exist client_id [null] (KOE101)
    401 invalid_client: Bad client credentials (KOE010)
    400 invalid_grant: authorization code not found for code= (KOE320)
    400 invalid_grant: Redirect URI mismatch. (KOE303)
    400 misconfigured: This service is not activated. (KOE004)
    400 access_denied: User denied access (KOE204)`,
  'public issue threads': `
    400 invalid_grant: Session doesn't have required client
    400 invalid_grant: Token is not active
    400 invalid_grant: Invalid token issuer. Expected 'http://keycloak:8080/realms/reports-realm'
    400 invalid_grant: Token has been expired or revoked.
    400 invalid_grant: Token has been revoked.
    400 invalid_grant: Audience validation failed
    400 invalid_grant: Bad Request
    400 invalid_request: Invalid 'refresh_token': empty string. Expected a string with minimum length 1, but got an empty string instead.
    401 invalid_client: Unauthorized
    401 invalid_client: The OAuth client was not found.
    401 invalid_client: invalid client id or secret
    500 server_error: An unexpected error occurred
    400 invalid_scope: The requested scope is invalid, unknown, malformed, or exceeds the scope granted to the client
    400 invalid_scope: Unknown/invalid scope(s): [openid1]
    400 unsupported_grant_type: Grant type is not supported: password1
    400 invalid_request: Username parameter missing
    400 bad_request: Invalid Username or Password.
    400 redirect_uri_mismatch: The redirection URI provided does not match a pre-registered value.
    400 invalid_request: Invalid Authorization Code
    400 invalid_request: The out-of-band (OOB) flow has been blocked in order to keep users secure.
    400 interaction_required: AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.
    429 rate_limited: generation rate limit — slow down and try again shortly
    400 invalid_request: device_id and device_name are required for private IP: http://192.168.1.5/callback
    400 invalid_grant: Unknown, expired, or already used code
    400 invalid_grant: client_id does not match the original request`,
};
