import type { FailureKind, FlowStep } from '../record/failure.ts';
import type { SourceView } from '../../shared/views/finding.ts';
import { rfc, openid, sourceOf } from '../source.ts';

/** What a code or kind of failure means where it came. */
export interface Meaning {
  readonly text: string;
  readonly source?: SourceView;
}

type Table = Readonly<Record<string, Meaning | undefined>>;

/** At the token endpoint nobody can be asked, whatever `prompt` was. @see OpenID Connect Core 1.0 section 3.1.2.6 */
const askedInVain: Meaning = {
  text: 'The user has to do something in the browser first, and this request goes without it.',
  source: openid('3.1.2.6'),
};

/** Errors of the token endpoint. @see RFC 6749 section 5.2, RFC 8707, RFC 9449 */
const token: Table = {
  invalid_request: {
    text: 'The request lacks a parameter, repeats one, has one that the server does not accept, or authenticates in more than one way.',
    source: rfc(6749, '5.2'),
  },
  invalid_client: {
    text: 'The client could not be authenticated: it is unknown, sent no credentials, sent them in a way the server does not accept, or they are wrong.',
    source: rfc(6749, '5.2'),
  },
  invalid_grant: {
    text: 'What the request presents (the code, refresh token or credentials) is invalid, expired, revoked, was issued to another client, or the redirect URI differs from that of the authorization request.',
    source: rfc(6749, '5.2'),
  },
  unauthorized_client: {
    text: 'The client is not allowed to use this grant. Some servers also say this for an unknown client or a wrong secret.',
    source: rfc(6749, '5.2'),
  },
  unsupported_grant_type: { text: 'The server does not offer this grant.', source: rfc(6749, '5.2') },
  invalid_scope: {
    text: 'A requested scope is unknown, malformed, or more than was granted.',
    source: rfc(6749, '5.2'),
  },
  invalid_target: {
    text: 'The requested resource is unknown, malformed or not allowed for this client.',
    source: rfc(8707, '2'),
  },
  invalid_authorization_details: {
    text: 'The server does not take an entry of authorization_details: its type or a member is unknown, malformed or not allowed.',
    source: rfc(9396, '5'),
  },
  use_dpop_nonce: { text: 'The server wants a DPoP proof with a nonce it chose.', source: rfc(9449, '8') },
  invalid_dpop_proof: { text: 'The DPoP proof is missing or wrong.', source: rfc(9449, '5') },
  access_denied: {
    text: 'The server refuses this client or user. Here this code is not a standard one; the server’s own documentation says what it stands for.',
    source: rfc(6749, '5.2'),
  },
  interaction_required: askedInVain,
  login_required: askedInVain,
  consent_required: askedInVain,
};

const refresh: Table = {
  invalid_grant: {
    text: 'The refresh token is invalid, expired, revoked, or was issued to another client.',
    source: rfc(6749, '6'),
  },
  invalid_scope: {
    text: 'A refresh cannot ask for more than was granted at first.',
    source: rfc(6749, '6'),
  },
};

/** Errors in the redirect. @see RFC 6749 section 4.1.2.1, OpenID Connect Core 1.0 section 3.1.2.6 */
const authorization: Table = {
  invalid_request: {
    text: 'The request lacks a parameter, repeats one, or has one that the server does not accept.',
    source: rfc(6749, '4.1.2.1'),
  },
  unauthorized_client: {
    text: 'The client is not allowed to ask for a code this way.',
    source: rfc(6749, '4.1.2.1'),
  },
  access_denied: { text: 'The user or the server said no.', source: rfc(6749, '4.1.2.1') },
  unsupported_response_type: {
    text: 'The server does not issue codes this way.',
    source: rfc(6749, '4.1.2.1'),
  },
  invalid_scope: { text: 'A requested scope is unknown or malformed.', source: rfc(6749, '4.1.2.1') },
  server_error: { text: 'The server ran into an unexpected condition.', source: rfc(6749, '4.1.2.1') },
  temporarily_unavailable: {
    text: 'The server is overloaded or in maintenance.',
    source: rfc(6749, '4.1.2.1'),
  },
  login_required: {
    text: 'The user has to sign in, and the server did not ask for it.',
    source: openid('3.1.2.6'),
  },
  interaction_required: {
    text: 'The user has to do something, and the server did not ask for it.',
    source: openid('3.1.2.6'),
  },
  consent_required: {
    text: 'The user has to consent, and the server did not ask for it.',
    source: openid('3.1.2.6'),
  },
  account_selection_required: {
    text: 'The user has to choose an account, and the server did not ask for it.',
    source: openid('3.1.2.6'),
  },
  invalid_target: token['invalid_target'],
  invalid_request_uri: {
    text: 'The request_uri is expired, was used before, is another client’s, or does not lead to a request.',
    source: rfc(9101, '6.4'),
  },
  invalid_request_object: {
    text: 'The signed authorization request is not valid: its signature, key, algorithm, audience or times.',
    source: rfc(9101, '6.4'),
  },
  request_not_supported: {
    text: 'The server takes no signed authorization requests (request).',
    source: openid('3.1.2.6'),
  },
  request_uri_not_supported: {
    text: 'The server takes no authorization requests by reference (request_uri).',
    source: openid('3.1.2.6'),
  },
  registration_not_supported: {
    text: 'The server takes no client metadata in the request (registration).',
    source: openid('3.1.2.6'),
  },
  unmet_authentication_requirements: {
    text: 'The user could not be authenticated as strongly as the request wants it.',
    source: {
      text: 'OpenID Connect Core Error Code unmet_authentication_requirements 1.0',
      url: 'https://openid.net/specs/openid-connect-unmet-authentication-requirements-1_0.html',
    },
  },
};

/** The endpoint takes a bearer token in the place of a client's proof. @see RFC 7662 section 2.1, RFC 7591 section 3 */
const tokenLacksScope: Meaning = {
  text: 'The request is not authorized with a token that has the scope which this endpoint wants.',
  source: rfc(6750, '3.1'),
};

/** Errors of the registration endpoint. @see RFC 7591 section 3.2.2 */
const registration: Table = {
  invalid_redirect_uri: {
    text: 'A redirect URI that the client wants to register is not one the server takes.',
    source: rfc(7591, '3.2.2'),
  },
  invalid_client_metadata: {
    text: 'Something that the client says of itself is not valid, and was rejected.',
    source: rfc(7591, '3.2.2'),
  },
  invalid_software_statement: { text: 'The software statement is not valid.', source: rfc(7591, '3.2.2') },
  unapproved_software_statement: {
    text: 'The software statement is not approved for use with this server.',
    source: rfc(7591, '3.2.2'),
  },
  invalid_token: {
    text: 'The registration wants an initial access token, or the token that was sent is not valid; for a client that is registered already it is its registration access token (RFC 7592).',
    source: rfc(7591, '3.2'),
  },
  insufficient_scope: tokenLacksScope,
};

/** Errors of an API. @see RFC 6750 section 3.1, RFC 9449 section 7.1, RFC 9470 section 3 */
const api: Table = {
  invalid_request: {
    text: 'The API takes the request for malformed: a parameter is missing, unknown or repeated, or the token was sent in more than one way.',
    source: rfc(6750, '3.1'),
  },
  invalid_token: {
    text: 'The token is expired, revoked, malformed or invalid for other reasons.',
    source: rfc(6750, '3.1'),
  },
  insufficient_scope: {
    text: 'The request needs more than the token’s scopes allow.',
    source: rfc(6750, '3.1'),
  },
  insufficient_user_authentication: {
    text: 'The user’s sign-in was too weak or too long ago for this request.',
    source: rfc(9470, '3'),
  },
  use_dpop_nonce: { text: 'The API wants a DPoP proof with a nonce it chose.', source: rfc(9449, '9') },
  invalid_dpop_proof: { text: 'The DPoP proof is missing or wrong.', source: rfc(9449, '7.1') },
};

/** Errors of the introspection and revocation endpoints. @see RFC 7009 section 2.2.1, RFC 7662 section 2.3 */
const withToken: Table = {
  invalid_client: {
    text: 'The endpoint does not answer this client: it is unknown, sent no credentials or wrong ones, or is a public client where only confidential ones are answered.',
    source: rfc(7662, '2.1'),
  },
  unsupported_token_type: {
    text: 'The server does not take back tokens of this kind.',
    source: rfc(7009, '2.2.1'),
  },
  invalid_token: {
    text: 'The request is authorized with a token that is expired, revoked or invalid, or with none.',
    source: rfc(7662, '2.3'),
  },
  insufficient_scope: tokenLacksScope,
};

/** Codes outside the core RFC that are seen wherever a request is answered. */
const anywhere: Table = {
  invalid_redirect_uri: {
    text: 'The redirect URI is not one that is registered for this client.',
    source: rfc(6749, '3.1.2.4'),
  },
  redirect_uri_mismatch: {
    text: 'The redirect URI is not one that is registered for this client.',
    source: rfc(6749, '3.1.2.4'),
  },
  server_error: { text: 'The server ran into an unexpected condition.', source: rfc(6749, '4.1.2.1') },
  temporarily_unavailable: {
    text: 'The server is overloaded or in maintenance.',
    source: rfc(6749, '4.1.2.1'),
  },
  slow_down: { text: 'The server is asked too often.', source: rfc(8628, '3.5') },
};

const signOutRequest = 'OpenID Connect RP-Initiated Logout 1.0 section 4';
const notTaken: Meaning = {
  text: 'The server does not take the sign-out as it was asked for: the id_token, the client or the address after it.',
  source: sourceOf(signOutRequest),
};
const unconfirmed: Meaning = {
  text: 'The session was not ended: nobody is signed in in this browser, or nobody confirmed it.',
  source: sourceOf(signOutRequest),
};

/** Errors that a sign-out comes back with; the specification says that they are handled, and names no codes. */
const signOut: Table = {
  invalid_request: notTaken,
  invalid_token: notTaken,
  invalid_client: notTaken,
  unauthorized_client: notTaken,
  invalid_redirect_uri: notTaken,
  access_denied: unconfirmed,
  login_required: unconfirmed,
  interaction_required: unconfirmed,
};

/** What an OAuth `error` means at a step; absent for a code that no specification knows. */
export function errorMeaning(error: string, step: FlowStep): Meaning | undefined {
  const tables: readonly Table[] =
    step === 'registration'
      ? [registration, token, anywhere]
      : step === 'api'
        ? [api, anywhere, token]
        : step === 'authorization' || step === 'redirect' || step === 'browser'
          ? [authorization, anywhere, token]
          : step === 'refresh'
            ? [refresh, token, anywhere]
            : step === 'introspection' || step === 'revocation'
              ? [withToken, token, anywhere]
              : step === 'sign_out'
                ? [signOut, anywhere]
                : [token, anywhere, authorization];
  return tables.find((table) => Object.hasOwn(table, error))?.[error];
}

/** What a status means when there is no OAuth error. @see RFC 9110 section 15 */
export function statusMeaning(status: number, step: FlowStep): Meaning {
  const known: Readonly<Record<number, string>> = {
    304: 'What was asked for has not changed since the time or tag that the request names.',
    400: 'The server takes the request for malformed.',
    401:
      step === 'api'
        ? 'The API does not accept the token.'
        : step === 'discovery'
          ? 'What answers wants credentials, and none are sent for metadata.'
          : 'The server wants other credentials.',
    403:
      step === 'api'
        ? 'The API knows the token and still refuses: most often a scope or permission is missing.'
        : 'The server refuses.',
    404: 'There is nothing at this address.',
    405: 'The address exists, but does not take this method.',
    406: 'The server has no answer in a form that was asked for.',
    407: 'What answered wants the credentials of a proxy.',
    415: 'The server does not take the body’s content type.',
    429: 'The server is asked too often.',
    502: 'A gateway got no proper answer from the server behind it.',
    503: 'The server is overloaded or in maintenance.',
    504: 'A gateway got no answer in time from the server behind it.',
  };
  const text =
    known[status] ??
    (status >= 500
      ? 'The server ran into an error.'
      : status >= 400
        ? 'The server refuses.'
        : 'The server did not give what was asked for.');
  const section = `15.${Math.floor(status / 100) + 1}`;
  return status >= 200 && status < 600 ? { text, source: rfc(9110, section) } : { text };
}

/** What a kind of failure means at a step, when it is neither an OAuth error nor a status. */
export function kindMeaning(kind: FailureKind, step: FlowStep): Meaning {
  if (kind === 'redirected' && step === 'discovery') return metadataElsewhere;
  if (kind !== 'malformed_response' || step === 'token' || step === 'refresh') return kindMeanings[kind];
  return malformed[step] ?? { text: 'The server answered with success, but not with what was asked for.' };
}

const metadataElsewhere: Meaning = {
  text: 'The server answered with a redirect, which is not followed: its metadata has to be at the address that the issuer gives.',
  source: rfc(8414, '3'),
};

const malformed: Readonly<Partial<Record<FlowStep, Meaning>>> = {
  discovery: {
    text: 'The server answered with success, but not with its metadata: a JSON document that names its issuer.',
    source: rfc(8414, '3.2'),
  },
  jwks: {
    text: 'The server answered with success, but not with its keys: a JSON document with a list of them.',
    source: rfc(7517, '5'),
  },
};

const kindMeanings: Readonly<Record<FailureKind, Meaning>> = {
  invalid_profile: { text: 'The profile cannot be used as it is; nothing was sent.' },
  secret_missing: {
    text: 'The request needs a secret, and none is stored for this server that can be used.',
  },
  vault: { text: 'The place where secrets are stored did not work.' },
  insecure_url: {
    text: 'Codes, tokens and secrets are sent over https only, or over http to this machine.',
    source: rfc(6749, '1.6'),
  },
  network: { text: 'No complete answer came: the connection failed.' },
  tls: {
    text: 'No secure connection could be established.',
    source: rfc(6749, '1.6'),
  },
  timeout: { text: 'No complete answer came in time.' },
  cancelled: { text: 'You ended the flow.' },
  response_too_large: {
    text: 'The answer is larger than any answer to this request should be, and was not read on.',
  },
  redirected: {
    text: 'The server answered with a redirect, which is not followed: credentials would go to another address.',
    source: rfc(9700, '4.12'),
  },
  oauth_error: {
    text: 'The server refused with an error code that has no known meaning here; its own words say more.',
  },
  http_error: { text: 'The server refused without an OAuth error.' },
  malformed_response: {
    text: 'The server answered with success, but not with a token response.',
    source: rfc(6749, '5.1'),
  },
  issuer_mismatch: {
    text: 'The issuer in the server’s metadata must be exactly the one asked for; else one server could pass for another.',
    source: rfc(8414, '3.3'),
  },
  metadata_missing: { text: 'The server’s metadata does not say what is needed.', source: rfc(8414, '2') },
  port_busy: {
    text: 'OAuth Explorer could not listen on the port of the redirect URI, and uses no other instead.',
  },
  browser_not_opened: { text: 'The browser was not opened, so nobody could sign in.' },
  invalid_redirect: {
    text: 'The browser came back, but not with what a flow needs.',
    source: rfc(6749, '4.1.2'),
  },
  invalid_id_token: {
    text: 'The id_token does not hold, so the sign-in is not believed.',
    source: openid('3.1.3.7'),
  },
  sign_in_required: { text: 'There is no refresh token to renew with, so the user has to sign in.' },
  unexpected: { text: 'Something unexpected went wrong.' },
};
