import { rfc } from '../source.ts';
import { metadataMeanings, type Meanings } from './metadataParameters.ts';

/** The meaning of a parameter, and where it is defined. */
export interface ParameterMeaning {
  readonly meaning: string;
  /** Such as `RFC 6749 section 4.1.1`. */
  readonly source: string;
}

const rfc6749 = (section: string) => rfc(6749, section).text;
const ciba = (section: string) => `OpenID Connect CIBA Core section ${section}`;
const oidc = (section: string) => `OpenID Connect Core section ${section}`;

/** The parameters of authorization and token requests, redirects and token responses, by their names in messages. */
const meanings: Meanings = {
  ...metadataMeanings,
  response_type: ['What the client wants back; `code` asks for an authorization code.', rfc6749('3.1.1')],
  response_mode: [
    'How the answer travels: in the query, the fragment or a posted form.',
    'OAuth 2.0 Multiple Response Types section 2.1',
  ],
  client_id: ['Which registered client is asking.', rfc6749('2.2')],
  client_secret: ['Proves that it is this client; sent in the form.', rfc6749('2.3.1')],
  redirect_uri: [
    'Where the server sends the user back to; compared with the registered one.',
    rfc6749('3.1.2'),
  ],
  scope: ['What the token may be used for; in an answer, what was granted.', rfc6749('3.3')],
  state: ['Ties the answer to this request, so that nobody can slip in another one.', rfc6749('10.12')],
  code_challenge: [
    'Hash of the verifier; only those who know the verifier can use the code.',
    'RFC 7636 section 4.2',
  ],
  code_challenge_method: [
    'How the challenge is made from the verifier; `S256` is SHA-256.',
    'RFC 7636 section 4.3',
  ],
  code_verifier: [
    'The secret behind the challenge, shown only to the token endpoint.',
    'RFC 7636 section 4.1',
  ],
  nonce: ['Comes back inside the ID token, so that an old one cannot be replayed.', oidc('3.1.2.1')],
  prompt: ['Whether the server may or must show sign-in or consent.', oidc('3.1.2.1')],
  max_age: ['The most seconds that may have passed since the user signed in.', oidc('3.1.2.1')],
  login_hint: ['The user that the sign-in page should suggest.', oidc('3.1.2.1')],
  acr_values: ['How strongly the user should be authenticated.', oidc('3.1.2.1')],
  ui_locales: ['Languages for the sign-in page.', oidc('3.1.2.1')],
  display: ['How the sign-in page is shown.', oidc('3.1.2.1')],
  id_token_hint: ['An earlier ID token, saying who is expected to be signed in.', oidc('3.1.2.1')],
  access_type: [
    '`offline` asks Google for a refresh token.',
    'Google: Using OAuth 2.0 for Web Server Applications',
  ],
  audience: ['Which API the token is for, as Auth0 names it.', 'Auth0: Authorize endpoint'],
  resource: ['Which API the token is for.', 'RFC 8707 section 2'],
  claims: ['Which claims the ID token and the userinfo endpoint should carry.', oidc('5.5')],
  request: ['The whole request as a signed JWT.', 'RFC 9101 section 4'],
  authorization_details: ['What the token may be used for, in detail.', 'RFC 9396 section 2'],
  dpop_jkt: ['Binds the code to the key that proves possession.', 'RFC 9449 section 10'],
  request_uri: ['Stands for a request that was pushed to the server before.', 'RFC 9126 section 4'],
  client_assertion: ['A signed JWT that authenticates the client.', 'RFC 7523 section 2.2'],
  client_assertion_type: ['Which kind of assertion authenticates the client.', 'RFC 7521 section 4.2'],
  subject_token: ['The token that is exchanged; the new one is for its subject.', 'RFC 8693 section 2.1'],
  subject_token_type: ['What kind of token is handed in.', 'RFC 8693 section 2.1'],
  actor_token: ['The token of whoever acts for the subject.', 'RFC 8693 section 2.1'],
  actor_token_type: ['What kind of token the actor’s is.', 'RFC 8693 section 2.1'],
  requested_token_type: ['What kind of token is wanted.', 'RFC 8693 section 2.1'],
  issued_token_type: ['What kind of token came.', 'RFC 8693 section 2.2.1'],
  device_code: ['Stands for the sign-in while the user types the code elsewhere.', 'RFC 8628 section 3.2'],
  user_code: ['The code that the user types.', 'RFC 8628 section 3.2'],
  verification_uri: ['Where the user types the code.', 'RFC 8628 section 3.2'],
  verification_uri_complete: ['The same page with the code in it.', 'RFC 8628 section 3.2'],
  interval: ['Seconds to wait between polls.', 'RFC 8628 section 3.2'],
  auth_req_id: ['Stands for the request while the user decides on their device.', ciba('7.3')],
  binding_message: ['Shown on the user’s device, so that they recognise the request.', ciba('7.1')],
  assertion: ['The assertion that is exchanged for the token.', 'RFC 7521 section 4.1'],
  token: ['The token this is about.', 'RFC 7009 section 2.1 and RFC 7662 section 2.1'],
  post_logout_redirect_uri: [
    'Where the server sends the browser back to after the sign-out; it has to be registered.',
    'OpenID Connect RP-Initiated Logout section 2',
  ],
  active: ['Whether the token is active at this moment.', 'RFC 7662 section 2.2'],
  token_type_hint: ['Whether it is an access or a refresh token.', 'RFC 7009 section 2.1'],
  username: ['Who the user is, for the password grant that OAuth 2.1 drops.', rfc6749('4.3.2')],
  password: ['The user’s password, for the password grant that OAuth 2.1 drops.', rfc6749('4.3.2')],
  grant_type: ['Which way of getting a token this is.', rfc6749('4')],
  code: ['The one-time code that the token endpoint exchanges for tokens.', rfc6749('4.1.2')],
  refresh_token: ['Gets new access tokens without a sign-in.', rfc6749('6')],
  iss: ['Who sent this answer; protects against mix-up between servers.', 'RFC 9207 section 2'],
  session_state: [
    'State of the sign-in at the server, for session management.',
    'OpenID Connect Session Management section 2',
  ],
  access_token: ['The token for the API.', rfc6749('1.4')],
  token_type: ['How the token is used; `Bearer` goes into the Authorization header.', rfc6749('7.1')],
  expires_in: ['Seconds until it expires: the access token, a code or a request_uri.', rfc6749('5.1')],
  refresh_expires_in: ['Seconds until the refresh token expires.', 'Keycloak: token response'],
  id_token: ['Says who signed in; meant for the client, not for an API.', oidc('3.1.3.3')],
  instance_url: ['Where this organisation’s API calls go.', 'Salesforce: OAuth token response'],
  error: ['Why the server refused, as a code.', `${rfc6749('4.1.2.1')} and 5.2`],
  error_description: ['Why the server refused, in its own words.', rfc6749('5.2')],
  error_uri: ['Where the server explains the error.', rfc6749('5.2')],
  keys: ['The server’s public keys.', 'RFC 7517 section 5'],
  authorization: ['Proves the client (Basic) or carries the token (Bearer).', 'RFC 9110 section 11.6.2'],
  'www-authenticate': ['What is missing from the credentials, or wrong with them.', 'RFC 6750 section 3'],
  location: ['Where the browser is sent next.', 'RFC 9110 section 10.2.2'],
  'cache-control': ['Token responses must say `no-store`.', rfc6749('5.1')],
};

/**
 * The meaning of a parameter; `undefined` when no specification here defines it.
 *
 * @param here meanings of parameters that mean something else in this request
 */
export function parameterMeaning(name: string, here: Meanings = {}): ParameterMeaning | undefined {
  const key = name.toLowerCase();
  const known = [here, meanings].find((some) => Object.hasOwn(some, key));
  const entry = known?.[key];
  return entry && { meaning: entry[0], source: entry[1] };
}
