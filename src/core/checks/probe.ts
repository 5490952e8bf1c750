import { plainText } from '../http/plainText.ts';

/** How the authorization endpoint answered a request without cookies. */
export type ProbeAnswer =
  /** A redirect to somewhere that is not the server itself: to be judged, never followed. */
  | {
      readonly kind: 'redirect';
      readonly status: number;
      readonly location: URL;
      readonly parameters: URLSearchParams;
    }
  /** A redirect to the server itself: its sign-in or error page. */
  | { readonly kind: 'own'; readonly status: number; readonly path: string }
  | { readonly kind: 'page'; readonly status: number; readonly html: string }
  /** A status of 400 or more. */
  | { readonly kind: 'refused'; readonly status: number; readonly error?: string };

/** Errors that say: this request is in order, but somebody has to sign in. @see OpenID Connect Core 1.0 section 3.1.2.6 */
const signInErrors = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/** Sorts an answer by what the browser would do with it. `serverOrigins` are those of the server's endpoints. */
export async function readProbe(
  response: Response,
  requestUrl: string,
  serverOrigins: ReadonlySet<string>,
): Promise<ProbeAnswer> {
  const { status } = response;
  const location = response.headers.get('location');
  if (status >= 300 && status < 400 && location !== null && URL.canParse(location, requestUrl)) {
    const target = new URL(location, requestUrl);
    // A loopback redirect URI on the very port of a loopback server does not occur: the port is taken.
    if (serverOrigins.has(target.origin)) return { kind: 'own', status, path: shape(target.pathname) };
    return { kind: 'redirect', status, location: target, parameters: parametersOf(target) };
  }
  const body = await response.text();
  if (status >= 400) {
    const error = /\b(?:invalid|unsupported|unauthorized|access)_[a-z_]+\b/.exec(body)?.[0];
    return { kind: 'refused', status, ...(error === undefined ? {} : { error: plainText(error, 60) }) };
  }
  return { kind: 'page', status, html: body };
}

/** Query and fragment together: a server may answer in either. */
export function parametersOf(url: URL): URLSearchParams {
  return new URLSearchParams([
    ...url.searchParams,
    ...(url.hash.includes('=') ? new URLSearchParams(url.hash.slice(1)) : []),
  ]);
}

/** A path without what changes from request to request. */
function shape(path: string): string {
  return path.replace(/\/[\w~.-]{12,}(?=\/|$)/g, '/*');
}

/** Whether the answer says that the request was in order and only a sign-in is missing. */
export function asksForSignIn(answer: ProbeAnswer): boolean {
  if (answer.kind !== 'redirect') return false;
  const { parameters } = answer;
  const error = parameters.get('error');
  return error === null ? parameters.has('code') : signInErrors.has(error);
}

/** Whether two answers are the same step of the same server: the same kind of page or redirect. */
export function sameShape(one: ProbeAnswer, other: ProbeAnswer): boolean {
  if (one.kind !== other.kind || one.status !== other.status) return false;
  if (one.kind === 'own' && other.kind === 'own') return one.path === other.path;
  if (one.kind === 'page' && other.kind === 'page') return titleOf(one.html) === titleOf(other.html);
  return true;
}

function titleOf(html: string): string {
  return /<title[^>]*>([^<]*)/i.exec(html)?.[1]?.trim() ?? '';
}

/** The answer in a few words, for a sentence. */
export function describeProbe(answer: ProbeAnswer): string {
  switch (answer.kind) {
    case 'redirect': {
      const error = answer.parameters.get('error');
      const said = error === null ? '' : ` with ${plainText(error, 60)}`;
      return `redirected to ${plainText(answer.location.origin + answer.location.pathname, 120)}${said}`;
    }
    case 'own':
      return `went on to its own page ${plainText(answer.path, 80)}`;
    case 'page':
      return `showed a page (status ${answer.status})`;
    case 'refused':
      return `refused it with status ${answer.status}${answer.error === undefined ? '' : ` (${answer.error})`}`;
  }
}
