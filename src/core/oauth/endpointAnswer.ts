import { mediaTypeOf } from '../http/mediaType.ts';
import { FailureError } from '../record/failure.ts';
import { errorBody, errorsIn, wordsOf } from './errorBody.ts';
import { membersOf, responseBody } from '../http/responseBody.ts';
import { refused, sentElsewhere, unusable, type ResponseOrigin } from './tokenFailure.ts';

/** What an endpoint's answer must have, and what is said when it has it not. */
export interface AnswerWanted {
  readonly isThere: (members: Readonly<Record<string, unknown>>) => boolean;
  /** Such as `no_device_code`. */
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/**
 * The members of the answer of an endpoint that issues no tokens, JSON or (as GitHub sends it) a form.
 *
 * @throws FailureError when it refused, or its answer cannot be used
 */
export function endpointAnswer(
  text: string,
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  origin: ResponseOrigin,
  { isThere, code, message, advice }: AnswerWanted,
): Readonly<Record<string, unknown>> {
  const contentType = mediaTypeOf(headers.get('content-type'));
  if (status >= 300 && status < 400) throw sentElsewhere({ status, headers }, origin);
  const looksLikeForm = /^[a-z_]{1,40}=/.test(text.trim());
  const body = responseBody(text, looksLikeForm ? 'application/x-www-form-urlencoded' : contentType);
  const members = status < 300 ? membersOf(body) : (membersOf(body) ?? errorsIn(body));
  if (members === undefined) throw new FailureError(unusable(status, contentType, body, origin));
  if (status < 300 && isThere(members)) return members;
  const error = errorBody(members);
  if (error !== undefined) throw new FailureError(refused(error.body, status, origin));
  if (status >= 300) throw new FailureError(unusable(status, contentType, body, origin, wordsOf(members)));
  throw new FailureError({
    ...{ kind: 'malformed_response', step: origin.step, code, message, advice },
    ...(origin.exchange === undefined ? {} : { exchange: origin.exchange }),
  });
}

/** A text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number of seconds from 1 to a day; `otherwise` when it is none. */
export function secondsOf(value: unknown, otherwise: number): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && number > 0 ? Math.min(Math.max(number, 1), 86_400) : otherwise;
}
