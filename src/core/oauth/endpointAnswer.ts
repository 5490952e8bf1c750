import { isRedirect } from '../http/redirectStatus.ts';
import { mediaTypeOf } from '../http/mediaType.ts';
import { FailureError } from '../record/failure.ts';
import { errorBody, errorsIn, wordsOf } from './errorBody.ts';
import { membersOf, responseBody } from '../http/responseBody.ts';
import { kindOf } from '../../shared/json.ts';
import { refused, sentElsewhere, unusable, type ResponseOrigin } from './tokenFailure.ts';

/** Which members an endpoint's answer must have, and what to say when they are missing. */
export interface AnswerWanted {
  /** Names of the members; none where only a refusal can come. */
  readonly members: readonly string[];
  /** Other names under which servers send them. */
  readonly others?: Readonly<Record<string, string>>;
  /** Their type; a text that is not empty unless told. */
  readonly is?: 'boolean';
  /** The failure's code, such as `no_device_code`. */
  readonly code: string;
  /** What follows in the sentence: `, which says who the user is`. */
  readonly why?: string;
  readonly advice: string;
}

/**
 * Reads the answer of an endpoint that issues no tokens: JSON, or a form as GitHub sends it.
 *
 * @throws FailureError when the server refused, or the answer cannot be used
 */
export function endpointAnswer(
  text: string,
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  origin: ResponseOrigin,
  { members: names, others = {}, is, code, why = '', advice }: AnswerWanted,
): Readonly<Record<string, unknown>> {
  const contentType = mediaTypeOf(headers.get('content-type'));
  if (isRedirect(status)) throw sentElsewhere({ status, headers }, origin);
  const looksLikeForm = /^[a-z_]{1,40}=/.test(text.trim());
  const body = responseBody(text, looksLikeForm ? 'application/x-www-form-urlencoded' : contentType);
  const members = status < 300 ? membersOf(body) : (membersOf(body) ?? errorsIn(body));
  if (members === undefined) throw new FailureError(unusable(status, contentType, body, origin));
  const lacking = names
    .map((name) => ({ name, value: members[name] ?? members[others[name] ?? name] }))
    .filter(({ value }) => (is === undefined ? textOf(value) === undefined : typeof value !== is));
  if (status < 300 && names.length > 0 && lacking.length === 0) return members;
  const error = errorBody(members);
  if (error !== undefined) throw new FailureError(refused(error.body, status, origin));
  if (status >= 300) throw new FailureError(unusable(status, contentType, body, origin, wordsOf(members)));
  const message = `${origin.host} answered the ${origin.asked ?? 'token request'} ${lack(lacking)}${why}.`;
  throw new FailureError({
    ...{ kind: 'malformed_response', step: origin.step, code, message, advice },
    ...(origin.exchange === undefined ? {} : { exchange: origin.exchange }),
  });
}

/** `without “a” and “b”, and with “c” that is a number` */
function lack(members: readonly { readonly name: string; readonly value: unknown }[]): string {
  const absent = members.filter(({ value }) => value === undefined).map(({ name }) => `“${name}”`);
  const last = absent.pop();
  const all = absent.length > 0 ? `${absent.join(', ')} and ${last ?? ''}` : last;
  return [
    ...(all === undefined ? [] : [`without ${all}`]),
    ...members
      .filter(({ value }) => value !== undefined)
      .map(({ name, value }) => `with “${name}” that is ${value === '' ? 'empty' : kindOf(value)}`),
  ].join(', and ');
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
