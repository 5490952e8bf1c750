import { membersIn } from '../http/jsonDepth.ts';
import { isOwnRefusal } from '../oauth/ownRefusal.ts';
import { isList, isObject } from '../../shared/json.ts';
import { isWebPage, outOfOrder } from '../http/webPage.ts';
import { Undetermined } from './undetermined.ts';

/**
 * What an answer tells: the server did what was asked, refused it in its own words, or neither. An answer of something in front
 * of the server (a firewall, a proxy), or of a server that is out of order, tells nothing about the server's rules.
 */
export type Says = 'served' | 'refused' | 'nothing';

/** The parts of an answer that tell something. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Statuses for an unknown path or method. */
export const noSuchPlace = [404, 405];

/** Statuses of an endpoint that does not accept such requests at all. */
const notHere = [...noSuchPlace, 406, 411, 413, 414, 415, 421, 426, 428, 431, 451];

/** Whether an error is about the server itself, whatever the status. @see RFC 6749 section 4.1.2.1 */
export function isOfItself(error: string | null | undefined): boolean {
  return /server_error|unavailable|internal_error|too_many|rate_limit|throttl/i.test(error ?? '');
}

/** What an answer tells. */
export function says({ status, headers, body }: Heard): Says {
  if (outOfOrder(status) || status < 200 || (status >= 300 && status < 400)) return 'nothing';
  const text = body.trim();
  const isPage = isWebPage(headers.get('content-type'), text);
  const error = isPage ? undefined : errorIn(text);
  if (isOfItself(error)) return 'nothing';
  if (status < 300) {
    // Some servers refuse with 200; an error without a code may come from anybody.
    if (error !== undefined) return /^[a-z]+(?:_[a-z]+)+$/.test(error) ? 'refused' : 'nothing';
    return isPage || text === '' ? 'nothing' : 'served';
  }
  if (status === 401 || headers.has('www-authenticate') || error !== undefined) return 'refused';
  if (notHere.includes(status)) return 'nothing';
  return text === '' || (!isPage && text.startsWith('{')) || isOwnRefusal(text) ? 'refused' : 'nothing';
}

/**
 * Whether an endpoint that authenticates its clients refuses the client, and not its request.
 *
 * @see RFC 7009 section 2.2.1, RFC 7662 section 2.3
 */
export function refusesCaller(status: number, error: unknown): boolean {
  return status === 401 || error === 'invalid_client' || error === 'unauthorized_client';
}

/** The members of an answer in JSON, else in a form. */
export function membersSaid(text: string): Readonly<Record<string, unknown>> {
  const members = membersIn(text);
  if (Object.keys(members).length > 0) return members;
  // Not JSON: form-encoded, or anything else.
  return /^[\w.~%+-]+=/.test(text) ? Object.fromEntries(new URLSearchParams(text.slice(0, 64 * 1024))) : {};
}

/** The error code of an answer, or what APIs with other formats have instead. */
function errorIn(text: string): string | undefined {
  const { error, errors, data } = membersSaid(text);
  if (typeof error === 'string' && error !== '') return error;
  // GraphQL's, which may have partial data beside it.
  const first = isList(errors) && isNothing(data) ? errors[0] : undefined;
  const own = isObject(error) ? error : first;
  return own === undefined ? undefined : JSON.stringify(own).slice(0, 1000);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/**
 * What the userinfo endpoint's answer tells.
 *
 * @param when ends the sentence, such as ` in the end`
 * @throws Undetermined when it tells nothing about the request
 */
export async function hear(response: Response, when = ''): Promise<Exclude<Says, 'nothing'>> {
  const { status, headers } = response;
  const said = says({ status, headers, body: await response.text() });
  if (said !== 'nothing') return said;
  throw new Undetermined(saysNothing('userinfo', status, when));
}

/** The sentence for an answer that tells nothing. */
export function saysNothing(where: string, status: number, when = ''): string {
  const but = outOfOrder(status) || status >= 300 ? '' : ', but not in the form that was asked for';
  return `The ${where} endpoint answered with status ${status}${when}${but}.`;
}
