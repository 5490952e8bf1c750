import type { OAuthErrorBody } from '../flow/failure.ts';
import type { Deviation } from '../http/exchange.ts';
import { isMembers } from './responseBody.ts';

/** An OAuth error found in a body, with how it deviates from the form the RFC gives it. */
export interface FoundError {
  readonly body: OAuthErrorBody;
  readonly deviations: readonly Deviation[];
}

const source = 'RFC 6749 section 5.2';

/**
 * The error in a response body: `error` as a string, as an object, or within an `errors` array.
 *
 * @see RFC 6749 section 5.2
 */
export function errorBody(members: Readonly<Record<string, unknown>>): FoundError | undefined {
  const { error, errors } = members;
  if (isText(error)) return codeAndWords(bodyOf(error, members));
  if (isMembers(error)) return fromParts(error, 'error_object', 'The server sent `error` as an object.');
  if (Array.isArray(errors) && errors.length > 0) {
    const first: unknown = errors[0];
    const parts = isMembers(first) ? first : { message: first };
    return fromParts(parts, 'errors_array', 'The server sent an `errors` array instead of `error`.');
  }
  return undefined;
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

function fromParts(parts: Readonly<Record<string, unknown>>, code: string, message: string): FoundError {
  const name = [parts['error'], parts['code'], parts['type'], parts['status']].find(isText) ?? 'error';
  const text = [parts['error_description'], parts['message'], parts['detail'], parts['title']].find(isText);
  const body = { error: name, ...(text ? { error_description: text } : {}) };
  return { body, deviations: [{ code, message, source }] };
}

function bodyOf(error: string, members: Readonly<Record<string, unknown>>): OAuthErrorBody {
  const { error_description: description, error_uri: uri } = members;
  return {
    error: error,
    ...(isText(description) ? { error_description: description } : {}),
    ...(isText(uri) ? { error_uri: uri } : {}),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
