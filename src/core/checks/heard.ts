import { membersIn } from '../http/jsonDepth.ts';
import { isOwnRefusal } from '../oauth/ownRefusal.ts';
import { isList, isObject } from '../../shared/json.ts';
import { isWebPage, outOfOrder } from '../http/webPage.ts';
import { Undetermined } from './undetermined.ts';

/**
 * What an answer says of what was asked: the server did it, the server refused it in words of its own, or neither. Whoever
 * stands before a server (a firewall, a proxy) says nothing of the server's rules, nor does one that is out of order.
 */
export type Says = 'served' | 'refused' | 'nothing';

/** As much of an answer as says something. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Statuses of a place that is not there, or takes no such method. */
export const noSuchPlace = [404, 405];

/** Statuses of a place that does not take such requests at all. */
const notHere = [...noSuchPlace, 406, 411, 413, 414, 415, 421, 426, 428, 431, 451];

/** What a server says of itself, whatever its status. @see RFC 6749 section 4.1.2.1 */
export function isOfItself(error: string | null | undefined): boolean {
  return /server_error|unavailable|internal_error|too_many|rate_limit|throttl/i.test(error ?? '');
}

/** What an answer says. */
export function says({ status, headers, body }: Heard): Says {
  if (outOfOrder(status) || status < 200 || (status >= 300 && status < 400)) return 'nothing';
  const text = body.trim();
  const isPage = isWebPage(headers.get('content-type'), text);
  const error = isPage ? undefined : errorIn(text);
  if (isOfItself(error)) return 'nothing';
  if (status < 300) {
    // Some servers refuse with 200; what is no code of an error may be anybody's.
    if (error !== undefined) return /^[a-z]+(?:_[a-z]+)+$/.test(error) ? 'refused' : 'nothing';
    return isPage || text === '' ? 'nothing' : 'served';
  }
  if (status === 401 || headers.has('www-authenticate') || error !== undefined) return 'refused';
  if (notHere.includes(status)) return 'nothing';
  return text === '' || (!isPage && text.startsWith('{')) || isOwnRefusal(text) ? 'refused' : 'nothing';
}

/**
 * Whether an endpoint that asks clients who they are refuses that, and not what it was asked.
 *
 * @see RFC 7009 section 2.2.1, RFC 7662 section 2.3
 */
export function refusesCaller(status: number, error: unknown): boolean {
  return status === 401 || error === 'invalid_client' || error === 'unauthorized_client';
}

/** The members of an answer: of JSON, else of a form. */
export function membersSaid(text: string): Readonly<Record<string, unknown>> {
  const members = membersIn(text);
  if (Object.keys(members).length > 0) return members;
  // Not JSON: form-encoded, or anything else.
  return /^[\w.~%+-]+=/.test(text) ? Object.fromEntries(new URLSearchParams(text.slice(0, 64 * 1024))) : {};
}

/** The error of an answer: its code, else, of APIs with forms of their own, what they have in its place. */
function errorIn(text: string): string | undefined {
  const { error, errors, data } = membersSaid(text);
  if (typeof error === 'string' && error !== '') return error;
  // As GraphQL has it, beside what could be read nevertheless.
  const first = isList(errors) && isNothing(data) ? errors[0] : undefined;
  const own = isObject(error) ? error : first;
  return own === undefined ? undefined : JSON.stringify(own).slice(0, 1000);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/**
 * Hears the userinfo endpoint's answer.
 *
 * @param when ends the sentence, such as ` in the end`
 * @throws Undetermined when the answer says nothing of what was asked
 */
export async function hear(response: Response, when = ''): Promise<Exclude<Says, 'nothing'>> {
  const { status, headers } = response;
  const said = says({ status, headers, body: await response.text() });
  if (said !== 'nothing') return said;
  throw new Undetermined(saysNothing('userinfo', status, when));
}

/** The sentence for an answer that says nothing. */
export function saysNothing(where: string, status: number, when = ''): string {
  const but = outOfOrder(status) || status >= 300 ? '' : ', but not in the form that was asked for';
  return `The ${where} endpoint answered with status ${status}${when}${but}.`;
}
