import { mediaTypeOf } from '../../http/mediaType.ts';
import { timingSafeEqual } from 'node:crypto';
import { isEncrypted } from '../isJwt.ts';
import { claimsOf } from '../jwtClaims.ts';
import { trimEnd } from '../../http/ends.ts';

/** A request that reached the listener. */
export interface Hit {
  readonly method: string;
  /** The request target as sent: path and query. */
  readonly target: string;
  readonly host?: string;
  readonly contentType?: string;
  /** The body of a POST; absent when it was larger than allowed. */
  readonly body?: string;
}

/** What the redirect of this flow must look like. */
export interface Expectation {
  readonly port: number;
  readonly path: string;
  /** The query of the redirect URI, which comes back with the redirect. */
  readonly query?: string;
  readonly state: string;
  /** Whether `response_mode=form_post` was asked for. */
  readonly formPost: boolean;
}

/** Either this flow's redirect, or why it is not, with the status to answer. */
export type Verdict =
  | { readonly kind: 'redirect'; readonly parameters: URLSearchParams }
  | {
      readonly kind: 'ignored';
      readonly status: 400 | 403 | 404 | 405 | 413 | 415;
      readonly expected: string;
      readonly received: string;
      /** The right path without parameters: the response may be in the fragment, which only the page can see. */
      readonly perhapsFragment?: true;
    };

/**
 * Tells this flow's redirect from everything else that reaches a loopback port. No parameter, `error` included, is believed
 * before `state` was checked.
 *
 * @see RFC 6749 sections 4.1.2 and 10.12, RFC 8252 section 8.3, RFC 9700 section 4.7
 */
export function judge(hit: Hit, expected: Expectation): Verdict {
  const { path, query } = splitTarget(hit.target);
  if (!isOurHost(hit.host, expected.port))
    return ignored(403, `a loopback host with port ${expected.port}`, `host ${hit.host ?? 'missing'}`);
  if (path !== expected.path) return ignored(404, `path ${expected.path}`, `path ${path}`);
  if (hit.method === 'POST' && expected.formPost) return judgeForm(hit, expected);
  if (hit.method !== 'GET')
    return ignored(405, `method ${expected.formPost ? 'POST' : 'GET'}`, `method ${hit.method}`);
  if (isBare(query, expected))
    return { ...ignored(400, 'the parameters state and code', 'no parameter'), perhapsFragment: true };
  return judgeParameters(new URLSearchParams(query), expected.state);
}

/** Whether a query holds nothing but that of the redirect URI. */
export function isBare(query: string, expected: Expectation): boolean {
  return query === '' || query === expected.query;
}

/** Judges a pasted redirect URL by the same rules as a request. */
export function judgePasted(pasted: string, redirectUri: string, expected: Expectation): Verdict {
  const url = URL.canParse(pasted) ? new URL(pasted) : undefined;
  if (url?.origin !== new URL(redirectUri).origin)
    return ignored(400, `an address that begins with ${redirectUri}`, url?.origin ?? 'no complete URL');
  const hit = { method: 'GET', target: `${url.pathname}${url.search}`, host: `127.0.0.1:${expected.port}` };
  return judge(hit, expected);
}

/** Judges an address that was pasted or that the editor handed over, for any redirect URI. */
export function judgeAddress(
  address: string,
  redirectUri: string,
  state: string,
): Verdict | { readonly kind: 'fragment'; readonly names: string } {
  const mark = address.indexOf('#');
  const { path: base, query } = splitTarget(mark < 0 ? address : address.slice(0, mark));
  if (!isSameAddress(base, splitTarget(redirectUri).path))
    return ignored(
      400,
      `an address that begins with ${redirectUri}`,
      URL.canParse(address)
        ? `one of ${new URL(address).protocol}//${new URL(address).host}`
        : 'no complete URL',
    );
  const verdict = judgeParameters(new URLSearchParams(query), state);
  if (verdict.kind === 'redirect' || mark < 0) return verdict;
  const held = new URLSearchParams(address.slice(mark + 1));
  return judgeParameters(held, state).kind === 'redirect'
    ? { kind: 'fragment', names: [...held.keys()].join(' ').slice(0, 200) }
    : verdict;
}

/** A pasted address without the quotes or brackets around it. */
export function pastedAddress(pasted: string): string {
  return trimEnd(pasted.trim().replace(/^[<"']+/, ''), '>"\'');
}

/**
 * Whether a pasted address was cut off: it has the right state, but neither code nor error nor a signed response.
 *
 * @param authorizationUrl where the browser was sent; only a sign-out comes back with nothing but the state
 */
export function endsEarly(pasted: string, redirectUri: string, authorizationUrl: string): boolean {
  const address = pastedAddress(pasted);
  if (!URL.canParse(address)) return false;
  if (new URL(authorizationUrl).searchParams.has('post_logout_redirect_uri')) return false;
  const { searchParams, hash } = new URL(address);
  if (hash !== '' || !isSameAddress(splitTarget(address).path, splitTarget(redirectUri).path)) return false;
  const answers = ['code', 'error', 'response'].map((name) => searchParams.get(name) ?? '');
  return searchParams.has('state') && answers.every((answer) => answer === '');
}

/** Whether two addresses without query are the same; scheme and host may differ in case. */
export function isSameAddress(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}

/** Splits a request target into path and raw query. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

function judgeForm(hit: Hit, { state }: Expectation): Verdict {
  if (hit.body === undefined) return ignored(413, 'a form of at most 64 KiB', 'more');
  const type = mediaTypeOf(hit.contentType);
  if (type !== 'application/x-www-form-urlencoded')
    return ignored(415, 'a form-encoded body', `content type ${type ?? 'missing'}`);
  return judgeParameters(new URLSearchParams(hit.body), state);
}

/** The values of `state` in a response, and in a signed response inside it. */
export function statesIn(parameters: URLSearchParams): readonly string[] {
  return [...parameters.getAll('state'), ...stateInside(parameters)];
}

/** Whether `parameters` are the response to the request with `state`. */
export function judgeParameters(parameters: URLSearchParams, state: string): Verdict {
  const states = statesIn(parameters);
  if (states.length !== 1)
    return ignored(
      400,
      'the state of this flow, once',
      states.length > 0
        ? `${states.length} states`
        : isEncrypted(parameters.get('response') ?? '')
          ? 'an encrypted response that no key of the profile opens'
          : 'no state',
    );
  if (!sameText(states[0] ?? '', state)) return ignored(400, 'the state of this flow', 'another state');
  return { kind: 'redirect', parameters };
}

/**
 * The `state` inside a signed response (JARM). It is only compared here; the signature is verified when the response is
 * processed.
 *
 * @see JWT Secured Authorization Response Mode for OAuth 2.0 section 2.1
 */
function stateInside(parameters: URLSearchParams): readonly string[] {
  const [response, another] = parameters.getAll('response');
  if (response === undefined || another !== undefined || response.length > 32 * 1024) return [];
  const { state } = claimsOf(response);
  return typeof state === 'string' ? [state] : [];
}

function sameText(received: string, expected: string): boolean {
  const [left, right] = [Buffer.from(received), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whether a Host header names loopback and our port: DNS rebinding leaves the attacker's own name there. */
export function isOurHost(host: string | undefined, port: number): boolean {
  const names = ['127.0.0.1', '[::1]', 'localhost'];
  const sent = host?.toLowerCase();
  return names.some((name) => sent === `${name}:${port}` || (port === 80 && sent === name));
}

function ignored(
  status: Extract<Verdict, { kind: 'ignored' }>['status'],
  expected: string,
  received: string,
) {
  return { kind: 'ignored', status, expected, received: received.slice(0, 200) } as const;
}
