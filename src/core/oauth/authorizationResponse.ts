import { validateAuthResponse, type Client } from 'oauth4webapi';
import { FailureError, type Failure, type OAuthErrorBody } from '../record/failure.ts';
import { errorName, isReadable, plainText } from '../http/plainText.ts';
import { distinct, shown } from './idTokenProblem.ts';
import type { Received } from './receiver.ts';
import type { ServerMetadata } from './serverMetadata.ts';

/**
 * Turns the parameters of the redirect (whose `state` was checked before) into what the library wants for the code exchange.
 * Checks `iss` first, so that no error or code of another server is believed.
 *
 * @throws FailureError of kind `invalid_redirect` or `oauth_error`
 * @see RFC 6749 section 4.1.2, RFC 9207 section 2.4
 */
export function authorizationResponse(
  received: Received,
  { server, issuerKnown }: ServerMetadata,
  client: Client,
  state: string,
): URLSearchParams {
  if (received.kind === 'fragment') throw invalid('fragment');
  const parameters = new URLSearchParams(received.parameters);
  // Nobody says who the issuer is: there is nothing to compare with.
  if (!issuerKnown) parameters.delete('iss');
  const issuers = parameters.getAll('iss');
  const foreign = issuers.find((iss) => !isIssuer(iss, server.issuer));
  if (issuers.length > 1) throw issuerTwice(issuers, server.issuer, foreign !== undefined);
  if (foreign !== undefined) throw issuerDiffers(foreign, server.issuer);
  if (isRefusal(parameters))
    throw new FailureError(refused(errorIn(parameters), parameters.getAll('error').slice(1)));
  if (issuers.length === 0 && server.authorization_response_iss_parameter_supported === true)
    throw invalid('iss_missing');
  const codes = parameters.getAll('code').filter(Boolean).length;
  if (codes !== 1) throw codes === 0 ? noCode(parameters) : severalCodes(codes);
  // Compared above: the library compares letter by letter, which no issuer of Entra's template would pass.
  parameters.delete('iss');
  const compared = { ...server, authorization_response_iss_parameter_supported: false };
  return validateAuthResponse(compared, client, parameters, state);
}

/** Whether `iss` is the server's issuer, or one of the tenants of Entra's template. */
export function isIssuer(iss: string, issuer: string): boolean {
  if (!isTemplate(issuer)) return iss === issuer;
  const [before = '', after = ''] = issuer.split('{tenantid}');
  const tenant = iss.slice(before.length, iss.length - after.length);
  return iss === before + tenant + after && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant);
}

function isTemplate(issuer: string): boolean {
  return issuer.includes('{tenantid}');
}

/** Whether a redirect carries an error, in OAuth's form or in Facebook's, which has only `error_code` and `error_message`. */
export function isRefusal(parameters: URLSearchParams): boolean {
  const strange = ['error_code', 'error_message'].some((name) => parameters.has(name));
  return parameters.has('error') || (strange && !parameters.has('code'));
}

/** The error that a redirect carries, in the server’s words. */
export function errorIn(parameters: URLSearchParams): OAuthErrorBody {
  const description = ['error_description', 'error_message', 'error_reason', 'message', 'reason']
    .map((name) => parameters.get(name))
    .find(isReadable);
  const uri = parameters.get('error_uri');
  return {
    error: parameters.get('error') ?? parameters.get('error_code') ?? '',
    ...(description === undefined ? {} : { error_description: description }),
    ...(uri === null ? {} : { error_uri: uri }),
  };
}

/** @param others further `error` parameters beside the first, which no server may send */
function refused(body: OAuthErrorBody, others: readonly string[]): Failure {
  const more = [...new Set(others)].filter((other) => other !== body.error).slice(0, 3);
  const beside =
    more.length === 0 ? '' : `, and with ${more.map((other) => errorName(other, 100)).join(' and ')}`;
  const words = body.error_description === undefined ? '' : ` (${plainText(body.error_description)})`;
  return {
    kind: 'oauth_error',
    step: 'authorization',
    body,
    message: `The server refused the authorization request with ${errorName(body.error, 100)}${words}${beside}.`,
    advice: advice.get(body.error) ?? 'Look up this error in the documentation of the server.',
  };
}

const signIn = 'Sign in where the server asks for it; it cannot ask where prompt=none is sent.';

/** @see RFC 6749 section 4.1.2.1, OpenID Connect Core 1.0 section 3.1.2.6, RFC 8707 section 2 */
const advice: ReadonlyMap<string, string> = new Map([
  ['access_denied', 'Sign in again and allow the access, or ask an administrator to allow it.'],
  ['invalid_request', 'Compare the parameters of the request with what the server documents.'],
  ['unauthorized_client', 'Allow the authorization code grant for the client at the server.'],
  ['unsupported_response_type', 'Allow the response type "code" for the client at the server.'],
  ['invalid_scope', 'Ask only for scopes that the server knows and this client may have.'],
  ['invalid_target', 'Check the resource and audience of the profile.'],
  ['server_error', 'The server has a problem: try again later, or look into its log.'],
  ['temporarily_unavailable', 'The server is overloaded or in maintenance: try again later.'],
  ['login_required', signIn],
  ['interaction_required', signIn],
  ['consent_required', 'Sign in and allow the access, or ask an administrator to allow it.'],
  ['invalid_client', 'Check the client ID of the profile.'],
]);

const texts = {
  fragment: [
    'The server put its response into the fragment of the redirect, where only a web page can read it.',
    'Remove response_mode from the authorization parameters and allow the response type "code" for the client at the server.',
  ],
  iss_missing: [
    'The redirect has no iss, although the metadata of the server promises one, so it was not used.',
    'Report it to the operator of the server: authorization_response_iss_parameter_supported is true there.',
  ],
} as const;

function invalid(code: keyof typeof texts): FailureError {
  const [message, advice] = texts[code];
  return new FailureError({ kind: 'invalid_redirect', step: 'redirect', code, message, advice });
}

function issuerTwice(issuers: readonly string[], expected: string, foreign: boolean): FailureError {
  return new FailureError({
    kind: 'invalid_redirect',
    step: 'redirect',
    code: foreign ? 'iss_wrong' : 'iss_twice',
    expected: `${plainText(expected, 200)}, once`,
    received: shown(issuers),
    message: `The redirect has iss more than once (${shown(issuers)}), so it was not used.`,
    advice: twice,
  });
}

const twice = 'Report it to the operator of the server: a parameter must not come twice.';

/** The failure for a response without a code. It names parameters but never their values, which may be tokens. */
function noCode(parameters: URLSearchParams): FailureError {
  const names = [...new Set(parameters.keys())].filter((name) => /^(?!state$|iss$)[a-z_]{1,30}$/i.test(name));
  const others = names.length === 0 ? '' : ` (but ${names.slice(0, 5).join(', ')})`;
  return new FailureError({
    kind: 'invalid_redirect',
    step: 'redirect',
    code: 'code_missing',
    message: parameters.has('code')
      ? 'The redirect has the right state, and a code that is empty.'
      : `The redirect has the right state but neither a code nor an error${others}.`,
    advice: 'Check that the server answers with the response type "code"; the flow view shows what came.',
  });
}

/** None is used: all but one of them may have been injected. */
function severalCodes(codes: number): FailureError {
  return new FailureError({
    kind: 'invalid_redirect',
    step: 'redirect',
    code: 'code_missing',
    expected: 'one code',
    received: `${codes} codes`,
    message: `The redirect has the right state and ${codes} codes, of which none was used.`,
    advice: twice,
  });
}

function issuerDiffers(received: string, expected: string): FailureError {
  const shown = received === '' ? 'an empty one' : distinct(received, expected);
  return new FailureError({
    kind: 'invalid_redirect',
    step: 'redirect',
    code: 'iss_wrong',
    expected: plainText(expected, 200),
    received: shown,
    message: `The redirect names another issuer than the one that was asked (${shown} instead of ${plainText(expected, 200)}), so it was not used.`,
    advice:
      'Compare the issuer of the profile with what the server calls itself; if it is right, another server may have interfered.',
  });
}
