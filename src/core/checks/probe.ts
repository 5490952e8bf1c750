import { outOfOrder } from '../http/webPage.ts';
import { errorName, plainText } from '../http/plainText.ts';
import { Crashed, Undetermined } from './undetermined.ts';

/** How the authorization endpoint answered a request without cookies. */
export type ProbeAnswer =
  /** An authorization response: a redirect to the client, or to the requested address. Judged, never followed. */
  | {
      readonly kind: 'redirect';
      readonly status: number;
      readonly location: URL;
      readonly parameters: URLSearchParams;
    }
  /** A redirect to a page of the server, perhaps at another host: its sign-in or error page. */
  | { readonly kind: 'own'; readonly status: number; readonly page: string }
  | { readonly kind: 'page'; readonly status: number; readonly html: string }
  /** A status of 400 or more. */
  | { readonly kind: 'refused'; readonly status: number; readonly error?: string };

/** Errors that mean that the request is valid, but somebody has to sign in. @see OpenID Connect Core 1.0 section 3.1.2.6 */
const signInErrors = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/** The request that an answer belongs to. */
export interface Asked {
  readonly url: string;
  /** The profile's redirect URI, for requests that name none. */
  readonly redirectUri: string;
  /** The origins of the server's endpoints. */
  readonly serverOrigins: ReadonlySet<string>;
}

/**
 * Classifies an answer by what the browser would do with it.
 *
 * @throws Undetermined when the server is out of order or wants fewer requests, which tells nothing about its rules
 */
export async function readProbe(response: Response, asked: Asked): Promise<ProbeAnswer> {
  const { status } = response;
  if (outOfOrder(status)) {
    const why = `The authorization endpoint answered with status ${status}, which says nothing.`;
    throw status === 500 ? new Crashed<ProbeAnswer>(why, { kind: 'refused', status }) : new Undetermined(why);
  }
  const location = response.headers.get('location');
  if (status >= 300 && status < 400 && location !== null && URL.canParse(location, asked.url)) {
    const target = new URL(location, asked.url);
    return isResponse(target, asked)
      ? { kind: 'redirect', status, location: target, parameters: parametersOf(target) }
      : { kind: 'own', status, page: pageOf(target, asked.serverOrigins) };
  }
  const body = await response.text();
  if (status >= 400) {
    const error = /\b(?:invalid|unsupported|unauthorized|access)_[a-z_]+\b/.exec(body)?.[0];
    return { kind: 'refused', status, ...(error === undefined ? {} : { error: plainText(error, 60) }) };
  }
  return { kind: 'page', status, html: body };
}

/** Whether a redirect goes to the client: to a requested origin, or with a response that has our state. */
function isResponse(target: URL, { url, redirectUri, serverOrigins }: Asked): boolean {
  // A loopback redirect URI cannot have the port of a loopback server, which is taken.
  if (serverOrigins.has(target.origin)) return false;
  const sent = new URL(url).searchParams;
  const wanted = [...sent.getAll('redirect_uri'), redirectUri].filter((uri) => URL.canParse(uri));
  if (wanted.some((uri) => new URL(uri).origin === target.origin)) return true;
  const parameters = parametersOf(target);
  const answers = ['code', 'error', 'access_token', 'id_token'].some((name) => parameters.has(name));
  return answers && sent.has('state') && parameters.get('state') === sent.get('state');
}

/** A page's address without what changes from request to request; with its origin when that is not the server's. */
function pageOf({ origin, pathname }: URL, serverOrigins: ReadonlySet<string>): string {
  const path = pathname.replace(/\/(?=[\w~.-]*\d)[\w~.-]{6,}(?=\/|$)|\/[\w~.-]{12,}(?=\/|$)/g, '/*');
  return serverOrigins.has(origin) ? path : origin + path;
}

/** The parameters of query and fragment, as a server may respond in either. */
function parametersOf(url: URL): URLSearchParams {
  return new URLSearchParams([
    ...url.searchParams,
    ...(url.hash.includes('=') ? new URLSearchParams(url.hash.slice(1)) : []),
  ]);
}

/** Whether the answer means that the request is valid and only a sign-in is missing. */
export function asksForSignIn(answer: ProbeAnswer): boolean {
  if (answer.kind !== 'redirect') return false;
  const { parameters } = answer;
  const error = parameters.get('error');
  return error === null ? parameters.has('code') : signInErrors.has(error);
}

/**
 * Whether an error response means that the request itself is wrong; others (the user declined, the server is busy) tell nothing
 * about it.
 *
 * @see RFC 6749 section 4.1.2.1
 */
export function refusesRequest(parameters: URLSearchParams): boolean {
  return /^(?:invalid_request|invalid_target|unsupported_\w+|unauthorized_client)$/.test(
    parameters.get('error') ?? '',
  );
}

/** Whether two answers are the same step of the same server: the same kind of page or redirect. */
export function sameShape(one: ProbeAnswer, other: ProbeAnswer): boolean {
  if (one.kind !== other.kind || one.status !== other.status) return false;
  if (one.kind === 'own' && other.kind === 'own') return one.page === other.page;
  if (one.kind === 'page' && other.kind === 'page') return titleOf(one.html) === titleOf(other.html);
  if (one.kind === 'redirect' && other.kind === 'redirect')
    return one.parameters.get('error') === other.parameters.get('error');
  return true;
}

/** The title of a page. */
export function titleOf(html: string): string {
  return /<title[^>]*>([^<]*)/i.exec(html)?.[1]?.trim() ?? '';
}

/** The answer in a few words, for a sentence. */
export function describeProbe(answer: ProbeAnswer): string {
  switch (answer.kind) {
    case 'redirect': {
      const error = answer.parameters.get('error');
      const said = error === null ? '' : ` with ${errorName(error)}`;
      return `redirected to ${plainText(answer.location.origin + answer.location.pathname, 120)}${said}`;
    }
    case 'own':
      return `went on to its own page ${plainText(answer.page, 80)}`;
    case 'page':
      return `showed a page (status ${answer.status})`;
    case 'refused':
      return `refused it with status ${answer.status}${answer.error === undefined ? '' : ` (${answer.error})`}`;
  }
}
