import type { OAuthErrorBody } from '../record/failure.ts';
import type { Deviation } from '../record/exchange.ts';
import { errorWords } from './errorWords.ts';
import type { ResponseBody } from '../http/responseBody.ts';
import { isReadable } from '../http/plainText.ts';
import { isObject } from '../../shared/json.ts';

/** An OAuth error found in a body, and how it deviates from the form of RFC 6749. */
export interface FoundError {
  readonly body: OAuthErrorBody;
  readonly deviations: readonly Deviation[];
}

const source = 'RFC 6749 section 5.2';

/** Stands for the name of an error where the server gives none. */
export const unnamedError = 'error';

/**
 * The error in a response body: `error` as a string, as an object, within an `errors` array, or under the names that gateways
 * and frameworks give it. A framework's frame that only repeats the status (`"error": "Unauthorized"` beside `"status": 401`)
 * is not an OAuth error; `wordsOf` has its text.
 *
 * @see RFC 6749 section 5.2
 */
export function errorBody(members: Readonly<Record<string, unknown>>): FoundError | undefined {
  const { error, errors } = members;
  if (isStatusFrame(members)) return undefined;
  if (typeof error === 'string' && error !== '') return codeAndWords(bodyOf(error, members));
  if (isObject(error)) return fromParts({ error }, 'error_object', 'The server sent `error` as an object.');
  if (Array.isArray(errors) && errors.length > 0)
    return fromParts({ errors }, 'errors_array', 'The server sent an array of errors instead of `error`.');
  if (typeof error === 'number' && error !== 0)
    return fromParts(members, 'error_number', 'The server sent `error` as a number.');
  const words = errorWords(members);
  if (!words.certain || (words.code ?? words.text) === undefined) return undefined;
  return fromParts(members, 'error_elsewhere', 'The server did not send its error as a text in `error`.');
}

/** An array of errors, which some APIs send without an object around it, as the `errors` member that it would be. */
export function errorsIn(body: ResponseBody): Readonly<Record<string, unknown>> | undefined {
  if (body.format !== 'other_json' || !Array.isArray(body.value)) return undefined;
  return isObject(body.value.at(0)) ? { errors: body.value } : undefined;
}

/**
 * Whether `access_token` holds an error message, as Casdoor sends `error: invalid client_id` there: no token contains a space.
 *
 * @see RFC 6750 section 2.1
 */
export function isErrorForToken(token: unknown): token is string {
  return typeof token === 'string' && /^error\b.*\s/is.test(token);
}

/** The message in a body that is not an OAuth error, whatever the member is called. */
export function wordsOf(members: Readonly<Record<string, unknown>>): string | undefined {
  return errorWords(members).text;
}

/** A web framework's error body: `error` is the reason phrase of the status. @see RFC 9110 section 15 */
function isStatusFrame({ error, status, statusCode }: Readonly<Record<string, unknown>>): boolean {
  const number = typeof status === 'number' ? status : statusCode;
  // No registered OAuth error has a capital letter or a space.
  const isStatus = typeof number === 'number' && number >= 400 && number < 600;
  return isStatus && isReadable(error) && /^[A-Z][A-Za-z' -]*$/.test(error);
}

/** Splits `invalid_grant: PKCE verification failed` in `error` into code and description. */
function codeAndWords(body: OAuthErrorBody): FoundError {
  const [, code, text] = /^([a-z][a-z0-9_]{0,63}): +(\S.*)$/s.exec(body.error) ?? [];
  if (code === undefined || text === undefined || body.error_description !== undefined)
    return { body, deviations: [] };
  const message = 'The server sent the description of the error within `error`.';
  return {
    body: { ...body, error: code, error_description: text },
    deviations: [{ code: 'error_with_words', message, source }],
  };
}

function fromParts(members: Readonly<Record<string, unknown>>, code: string, message: string): FoundError {
  const { code: name, text } = errorWords(members);
  const deviations = [{ code, message, source }];
  // A list may hold nothing but the code.
  if (name === undefined && text !== undefined && /^[a-z]+(?:_[a-z]+)+$/.test(text))
    return { body: { error: text }, deviations };
  const body = { error: name ?? unnamedError, ...(text === undefined ? {} : { error_description: text }) };
  return { body, deviations };
}

function bodyOf(error: string, members: Readonly<Record<string, unknown>>): OAuthErrorBody {
  const { error_description: described, error_uri: uri } = members;
  const description = isReadable(described) ? described : errorWords({ ...members, error: undefined }).text;
  return {
    error,
    ...(description === undefined ? {} : { error_description: description }),
    ...(isReadable(uri) ? { error_uri: uri } : {}),
  };
}
