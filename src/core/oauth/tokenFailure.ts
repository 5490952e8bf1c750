import { withoutQuery } from '../http/ends.ts';
import { FailureError, type Failure, type FlowStep, type OAuthErrorBody } from '../record/failure.ts';
import { errorName, oneLine, shorten } from '../http/plainText.ts';
import { bodyInWords, isLoneWord, type ResponseBody } from '../http/responseBody.ts';
import { isOwnRefusal } from './ownRefusal.ts';
import { isObject, kindOf } from '../../shared/json.ts';

/** A token response, already translated from the server's dialect. */
export interface TokenResponse {
  readonly status: number;
  /** The status on the wire, where the dialect changed it. */
  readonly sentStatus?: number;
  /** By name in lower case. */
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
  /** What was asked for; a token request unless told. */
  readonly asked?: string;
  /** Removes the flow's secrets from the server's words before they are cut to length. */
  readonly scrub?: (text: string) => string;
}

/** The failure for an OAuth error response. @see RFC 6749 section 5.2 */
export function refused(body: OAuthErrorBody, status: number, origin: ResponseOrigin): Failure {
  const { error, error_description: description } = body;
  const said = description === undefined ? '' : ` (${words(origin, description)})`;
  return {
    ...at(origin),
    kind: 'oauth_error',
    status,
    body: errorWords(body, origin),
    message: `${origin.host} refused the ${origin.asked ?? 'token request'} with ${errorName(words(origin, error, 100), 100)}${said}.`,
    advice: tokenErrorAdvice.get(body.error) ?? 'Look up this error in the documentation of the server.',
  };
}

/** The server's own words, without our secrets and cut to a readable length. */
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

const checkClient = 'Check the client ID, its credentials and the way the client authenticates.';

/** @see RFC 6749 section 5.2, RFC 8707 section 2 */
const tokenErrorAdvice: ReadonlyMap<string, string> = new Map([
  ['invalid_request', 'Compare the parameters of the request with what the server documents.'],
  ['invalid_client', checkClient],
  [
    'invalid_grant',
    'Run the whole flow again: what the token was asked for with is expired, used, revoked or another client’s.',
  ],
  ['unauthorized_client', 'Allow this grant for the client at the server, or use another grant.'],
  ['unsupported_grant_type', 'Use a grant that the server supports.'],
  ['invalid_scope', 'Ask only for scopes that the server knows and this client may have.'],
  ['invalid_target', 'Check the resource and audience of the profile.'],
]);

/** The failure for a redirect: a secret must not follow it unasked. */
export function redirected(
  response: Pick<TokenResponse, 'status' | 'headers'>,
  origin: Omit<ResponseOrigin, 'requestedScopes'>,
): Failure {
  const { status } = response;
  const location = response.headers['location'];
  const where = location === undefined ? '' : ` to ${words(origin, withoutQuery(location), 200)}`;
  return {
    ...at(origin),
    kind: 'redirected',
    status,
    ...(location === undefined ? {} : { location }),
    message: `${origin.host} redirected the ${origin.asked ?? 'token request'} (status ${status})${where}; it was not followed.`,
    advice:
      origin.asked === undefined
        ? 'Set the token endpoint of the profile to the URL that answers itself.'
        : 'The server has to name the URL that answers itself.',
  };
}

/** The failure for a redirect in answer to any request. */
export function sentElsewhere(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  origin: Omit<ResponseOrigin, 'requestedScopes'>,
): FailureError {
  return new FailureError(redirected({ status, headers: Object.fromEntries(headers) }, origin));
}

const codes: Readonly<Record<ResponseBody['format'], string>> = {
  json: 'no_access_token',
  form: 'no_access_token',
  empty: 'empty',
  html: 'html',
  xml: 'not_json',
  text: 'not_json',
  broken_json: 'not_json',
  truncated_json: 'truncated',
  other_json: 'no_object',
};

/**
 * The failure for a response that is neither what was asked for nor an OAuth error.
 *
 * @param said the message in its body, where that has one under a name of its own
 */
export function unusable(
  status: number,
  contentType: string | undefined,
  body: ResponseBody,
  origin: ResponseOrigin,
  said?: string,
): Failure {
  const { asked = 'token request' } = origin;
  const form =
    body.format === 'json' || body.format === 'form'
      ? 'no OAuth error in its body'
      : `${bodyInWords(body)}${body.format === 'text' ? quoted(body.text, status, origin) : ''}`;
  const came = said === undefined ? form : `the words “${words(origin, said)}”`;
  const check =
    origin.asked === undefined ? 'the token endpoint of the profile' : 'the address that was asked';
  if (status >= 300)
    return {
      ...at(origin),
      kind: 'http_error',
      status,
      ...(contentType === undefined ? {} : { contentType }),
      message: `${origin.host} answered the ${asked} with status ${status} and ${came}.`,
      advice:
        status >= 500
          ? 'The server has a problem: try again later, or look into its log.'
          : status === 401 && origin.asked === undefined
            ? checkClient
            : status !== 404 && isOwnRefusal(said ?? (body.format === 'text' ? body.text : ''))
              ? 'Go by what the server says; the flow view shows the whole answer.'
              : `Check ${check}; the flow view shows the whole answer.`,
    };
  return {
    ...at(origin),
    kind: 'malformed_response',
    code: codes[body.format],
    message: `${origin.host} answered the ${asked} with status ${status}, but with ${came} instead of ${origin.asked === undefined ? 'a token' : 'a JSON object'}.`,
    advice: `Check ${check}; the flow view shows the whole answer.`,
  };
}

/** Quotes a text response; but a single long word in a success may be the token itself, and is not repeated. */
function quoted(text: string, status: number, origin: ResponseOrigin): string {
  return status < 300 && isLoneWord(text)
    ? `, one word of ${text.length} characters, which may be a token,`
    : ` “${words(origin, text)}”`;
}

/** The failure for a success without `access_token`. @see RFC 6749 section 5.1 */
export function noAccessToken(members: Readonly<Record<string, unknown>>, origin: ResponseOrigin): Failure {
  const names = Object.keys(members)
    .slice(0, 10)
    .map((name) => words(origin, name, 40));
  const nested = Object.values(members).some((value) => isObject(value) && 'access_token' in value);
  const onlyIdToken = typeof members['id_token'] === 'string' && members['access_token'] === undefined;
  const why = Object.hasOwn(members, 'access_token')
    ? `its response has no access_token that is a text: it is ${members['access_token'] === '' ? 'empty' : kindOf(members['access_token'])}`
    : `its response has no access_token${names.length > 0 ? ` (only ${names.join(', ')})` : ''}`;
  return {
    ...at(origin),
    kind: 'malformed_response',
    code: 'no_access_token',
    message: `${origin.host} answered the token request successfully, but ${why}.`,
    advice: onlyIdToken
      ? 'Ask for a scope of the API that the token is for; an id_token says who signed in, and opens no API.'
      : nested
        ? 'The token is inside another object of the answer: the profile needs a token dialect that takes it from there.'
        : 'Check the token endpoint, and whether this server needs a token dialect in the profile.',
  };
}

function asItIs(text: string): string {
  return text;
}

/** The server's words, fit for a sentence of ours. */
export function words({ scrub = asItIs }: Pick<ResponseOrigin, 'scrub'>, text: string, limit = 300): string {
  return shorten(scrub(oneLine(text)), limit);
}

function at({ step, exchange }: Pick<ResponseOrigin, 'step' | 'exchange'>) {
  return { step, ...(exchange === undefined ? {} : { exchange }) };
}
