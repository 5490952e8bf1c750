import type { OAuthErrorBody } from '../record/failure.ts';
import type { Deviation } from '../record/exchange.ts';
import { errorWords } from './errorWords.ts';
import type { ResponseBody } from '../http/responseBody.ts';
import { isReadable } from '../http/plainText.ts';
import { isObject } from '../../shared/json.ts';

/** An OAuth error found in a body, with how it deviates from the form the RFC gives it. */
export interface FoundError {
  readonly body: OAuthErrorBody;
  readonly deviations: readonly Deviation[];
}

const source = 'RFC 6749 section 5.2';

/** What an error is called here that the server gives no name. */
export const unnamedError = 'error';

/**
 * The error in a response body: `error` as a string, as an object, within an `errors` array, or under the names that
 * gateways and frameworks give it. A frame that only repeats the status (`"error": "Unauthorized"` beside `"status": 401`) is
 * none: it names no OAuth error, and `wordsOf` has its words.
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

/** An array of errors, as some APIs send it alone, as the member it would be. */
export function errorsIn(body: ResponseBody): Readonly<Record<string, unknown>> | undefined {
  if (body.format !== 'other_json' || !Array.isArray(body.value)) return undefined;
  return isObject(body.value.at(0)) ? { errors: body.value } : undefined;
}

/**
 * Whether words stand in the place of a token, as Casdoor puts `error: invalid client_id` there: no token has a blank in it.
 *
 * @see RFC 6750 section 2.1
 */
export function isErrorForToken(token: unknown): token is string {
  return typeof token === 'string' && /^error\b.*\s/is.test(token);
}

/** What a body that is no OAuth error says in words, whatever it calls them. */
export function wordsOf(members: Readonly<Record<string, unknown>>): string | undefined {
  return errorWords(members).text;
}

/** The frame of an HTTP framework: `error` is the status in words. @see RFC 9110 section 15 */
function isStatusFrame({ error, status, statusCode }: Readonly<Record<string, unknown>>): boolean {
  const number = typeof status === 'number' ? status : statusCode;
  // No registered OAuth error has a capital letter or a blank.
  const isStatus = typeof number === 'number' && number >= 400 && number < 600;
  return isStatus && isReadable(error) && /^[A-Z][A-Za-z' -]*$/.test(error);
}

/** `invalid_grant: PKCE verification failed` in `error` is a code with its description. */
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
