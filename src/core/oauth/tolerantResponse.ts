import type { Failure, FlowStep, OAuthErrorBody } from '../flow/failure.ts';
import type { Deviation } from '../http/exchange.ts';
import { oneLine, shorten } from '../http/plainText.ts';
import { errorBody } from './errorBody.ts';
import { isMembers, responseBody, type ResponseBody } from './responseBody.ts';
import { tokenBody, type TokenBody } from './tokenBody.ts';

/** A token response, in RFC 6749's terms if a dialect had to translate it. */
export interface TokenResponse {
  readonly status: number;
  /** The status that came over the wire, where a dialect made another one of it. */
  readonly sentStatus?: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where a token response came from, for the sentences about it. */
export interface ResponseOrigin {
  readonly host: string;
  readonly step: FlowStep;
  /** `Exchange.id` */
  readonly exchange?: number;
  readonly requestedScopes: readonly string[];
  /** Takes the secrets of the flow out of what the server wrote, before it is cut to length. */
  readonly scrub?: (text: string) => string;
}

/** A token response as it should have been, or why it is of no use. */
export type TolerantResult = { readonly deviations: readonly Deviation[] } & (
  | { readonly kind: 'token'; readonly body: TokenBody }
  | { readonly kind: 'failure'; readonly failure: Failure }
);

/**
 * Judges a token response as it came in the field: what deviates but can be used is made conforming and noted.
 *
 * @see RFC 6749 sections 5.1 and 5.2
 */
export function tolerantResponse(response: TokenResponse, origin: ResponseOrigin): TolerantResult {
  const { status } = response;
  const contentType = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (status >= 300 && status < 400) return failed(redirected(response, origin));
  const body = responseBody(response.body, contentType);
  if (!('members' in body)) return failed(unusable(status, contentType, body.format, origin));
  const deviations = formatDeviations(body.format, contentType, status, origin);
  const error = errorBody(body.members);
  const success = status < 300;
  const token: unknown = body.members['access_token'];
  if (success && typeof token === 'string' && token !== '') {
    const normalised = tokenBody({ ...body.members, access_token: token }, origin.requestedScopes);
    return { kind: 'token', body: normalised.body, deviations: [...deviations, ...normalised.deviations] };
  }
  if (error !== undefined) {
    const sent = response.sentStatus ?? status;
    const failure = refused(error.body, sent, origin);
    const disguised = sent < 300 ? [errorWith200(sent)] : [];
    return { kind: 'failure', failure, deviations: [...deviations, ...disguised, ...error.deviations] };
  }
  if (!success) return failed(unusable(status, contentType, body.format, origin), deviations);
  return failed(noAccessToken(body.members, origin), deviations);
}

function failed(failure: Failure, deviations: readonly Deviation[] = []): TolerantResult {
  return { kind: 'failure', failure, deviations };
}

function asItIs(text: string): string {
  return text;
}

/** Words of the server for a sentence of ours. */
function words({ scrub = asItIs }: ResponseOrigin, text: string, limit = 300): string {
  return shorten(scrub(oneLine(text)), limit);
}

function at({ step, exchange }: ResponseOrigin) {
  return { step, ...(exchange === undefined ? {} : { exchange }) };
}

function formatDeviations(
  format: 'json' | 'form',
  contentType: string | undefined,
  status: number,
  origin: ResponseOrigin,
): Deviation[] {
  const section = status < 300 ? 'RFC 6749 section 5.1' : 'RFC 6749 section 5.2';
  const deviations: Deviation[] = [];
  const note = (code: string, message: string) => deviations.push({ code, message, source: section });
  if (format === 'form') note('form_encoded', 'The response is form-encoded instead of JSON.');
  else if (contentType !== 'application/json')
    note(
      'content_type_wrong',
      contentType === undefined
        ? 'The JSON response has no content type.'
        : `The JSON response has the content type ${words(origin, contentType, 80)} instead of application/json.`,
    );
  if (status > 200 && status < 300) note('status_not_200', `The token came with status ${status}, not 200.`);
  return deviations;
}

function errorWith200(status: number): Deviation {
  return {
    code: 'error_with_200',
    message: `The server reports an error with the success status ${status} instead of 400 or 401.`,
    source: 'RFC 6749 section 5.2',
  };
}

function refused(body: OAuthErrorBody, status: number, origin: ResponseOrigin): Failure {
  const { error, error_description: description } = body;
  const said = description === undefined ? '' : ` (${words(origin, description)})`;
  return {
    ...at(origin),
    kind: 'oauth_error',
    status,
    body: errorWords(body, origin),
    message: `${origin.host} refused the token request with ${words(origin, error, 100)}${said}.`,
    advice: tokenErrorAdvice[body.error] ?? 'Look up this error in the documentation of the server.',
  };
}

/** The words of the server as they are, but for our secrets and what is longer than anybody reads. */
function errorWords(
  { error, ...others }: OAuthErrorBody,
  { scrub = asItIs }: ResponseOrigin,
): OAuthErrorBody {
  const rest = Object.entries(others).map(([name, text]) => [name, scrub(text).slice(0, longestWords)]);
  return {
    error: scrub(error).slice(0, longestWords),
    ...(Object.fromEntries(rest) as Partial<OAuthErrorBody>),
  };
}

const longestWords = 8 * 1024;

/** @see RFC 6749 section 5.2, RFC 8707 section 2 */
const tokenErrorAdvice: Readonly<Record<string, string>> = {
  invalid_request: 'Compare the parameters of the request with what the server documents.',
  invalid_client: 'Check the client id, the client secret and the way the client authenticates.',
  invalid_grant:
    'Run the sign-in again: the code or refresh token is expired, used or revoked, or the redirect URI differs.',
  unauthorized_client: 'Allow this grant for the client at the server, or use another grant.',
  unsupported_grant_type: 'Use a grant that the server supports.',
  invalid_scope: 'Ask only for scopes that the server knows and this client may have.',
  invalid_target: 'Check the resource and audience of the profile.',
};

function redirected(response: TokenResponse, origin: ResponseOrigin): Failure {
  const { status } = response;
  const location = response.headers['location'];
  const where = location === undefined ? '' : ` to ${words(origin, location.replace(/[?#].*$/s, ''), 200)}`;
  return {
    ...at(origin),
    kind: 'redirected',
    status,
    ...(location === undefined ? {} : { location }),
    message: `${origin.host} redirected the token request (status ${status})${where}; it was not followed.`,
    advice: 'Set the token endpoint of the profile to the URL that answers itself.',
  };
}

const malformed: Readonly<Record<Exclude<ResponseBody['format'], 'json' | 'form'>, string>> = {
  empty: 'an empty body',
  html: 'an HTML page',
  text: 'plain text',
  broken_json: 'broken JSON',
  truncated_json: 'JSON that ends in the middle',
  other_json: 'JSON that is no object',
};

function unusable(
  status: number,
  contentType: string | undefined,
  format: ResponseBody['format'],
  origin: ResponseOrigin,
): Failure {
  const came = format === 'json' || format === 'form' ? 'no OAuth error in its body' : malformed[format];
  if (status >= 300)
    return {
      ...at(origin),
      kind: 'http_error',
      status,
      ...(contentType === undefined ? {} : { contentType }),
      message: `${origin.host} answered the token request with status ${status} and ${came}.`,
      advice:
        status >= 500
          ? 'The server has a problem: try again later, or look into its log.'
          : 'Check the token endpoint of the profile; the flow view shows the whole answer.',
    };
  return {
    ...at(origin),
    kind: 'malformed_response',
    code:
      format === 'html'
        ? 'html'
        : format === 'empty'
          ? 'empty'
          : format === 'truncated_json'
            ? 'truncated'
            : 'not_json',
    message: `${origin.host} answered the token request with status ${status}, but with ${came} instead of a token.`,
    advice: 'Check the token endpoint of the profile; the flow view shows the whole answer.',
  };
}

function noAccessToken(members: Readonly<Record<string, unknown>>, origin: ResponseOrigin): Failure {
  const names = Object.keys(members)
    .slice(0, 10)
    .map((name) => words(origin, name, 40));
  const nested = Object.values(members).some((value) => isMembers(value) && 'access_token' in value);
  return {
    ...at(origin),
    kind: 'malformed_response',
    code: 'no_access_token',
    message: `${origin.host} answered the token request successfully, but its response has no access_token${names.length > 0 ? ` (only ${names.join(', ')})` : ''}.`,
    advice: nested
      ? 'The token is wrapped in another object: choose the provider or the token dialect in the profile.'
      : 'Check the token endpoint, and whether this server needs a token dialect in the profile.',
  };
}
