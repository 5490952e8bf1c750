import { randomBytes } from 'node:crypto';
import type { Fault, FaultLayer, FaultRequest, FaultResponse } from './faults/fault.ts';
import {
  authorizationResponse,
  bearerOf,
  isAuthorization,
  isToken,
  isUserinfo,
  issuedTokens,
  members,
  tokenError,
  withForm,
  withMembers,
  withQuery,
} from './faults/messages.ts';

/*
 * Manners of lawful servers, which checks have to get along with. Each goes on top of the faults, as the server that a client
 * meets has both.
 */

const signInPath = '/first-sign-in';
/** A page of the strict server with the headers that its pages have. */
const styledLike = '/device';

/** Answers with a sign-in page whatever was asked, and looks at the request once somebody is signed in. */
const signInFirst = (): FaultLayer => {
  const sessions = new Set<string>();
  let page: Promise<FaultResponse> | undefined;
  return async (request, next) => {
    if (request.path === signInPath) {
      const session = randomBytes(9).toString('hex');
      sessions.add(session);
      const location = `/auth?${request.query.toString()}`;
      return { status: 303, headers: { location, 'set-cookie': `first=${session}; path=/` }, body: '' };
    }
    if (!isAuthorization(request)) return next(request);
    const session = /\bfirst=(\w+)/.exec(request.headers['cookie'] ?? '')?.[1] ?? '';
    if (sessions.has(session)) return next(withQuery(request, { prompt: undefined }));
    const { headers } = await (page ??= next({ ...request, path: styledLike, query: new URLSearchParams() }));
    // Who may read it from another page is said with each answer.
    const cors = request.headers['origin'] === undefined ? {} : sharing(await next(request));
    const action = `${signInPath}?${request.query.toString()}`
      .replaceAll('&', '&amp;')
      .replaceAll('"', '&quot;');
    const body = `<title>Sign in</title><form method="post" action="${action}"><input name="login"></form>`;
    return { status: 200, headers: { ...headers, ...cors, 'content-type': 'text/html' }, body };
  };
};

function sharing({ headers }: FaultResponse): Record<string, string> {
  const name = 'access-control-allow-origin';
  const value = headers[name];
  return typeof value === 'string' ? { [name]: value } : {};
}

/** What only tells that somebody has to sign in still goes to the client. */
const signInErrors = /^(?:login|interaction|consent|account_selection)_required$/;

const errorsOnOwnPage = (): FaultLayer => async (request, next) => {
  const response = await next(request);
  const error = authorizationResponse(response)?.searchParams.get('error');
  if (error === null || error === undefined || signInErrors.test(error)) return response;
  return { status: 400, headers: { 'content-type': 'text/html' }, body: '<title>Error</title>' };
};

const scopeIgnoredInRefresh = (): FaultLayer => async (request, next) => {
  if (!isToken(request, 'refresh_token')) return next(request);
  const response = await next(withForm(request, { scope: undefined }));
  return response.status === 200 ? withMembers(response, { scope: undefined }) : response;
};

const userBeforeGrant = (): FaultLayer => async (request, next) => {
  const response = await next(request);
  return isToken(request, 'password') && response.status !== 200 ? tokenError('invalid_grant') : response;
};

const scopeWanted = (): FaultLayer => async (request, next) => {
  const isOwn = isToken(request, 'password') || isToken(request, 'client_credentials');
  if (isOwn && !request.form.has('scope')) return tokenError('invalid_scope');
  if (!isAuthorization(request) || request.query.has('scope')) return next(request);
  return { status: 400, headers: { 'content-type': 'text/html' }, body: '<title>invalid_scope</title>' };
};

const scriptsAnsweredOtherwise = (): FaultLayer => async (request, next) => {
  if (!isAuthorization(request) || request.headers['sec-fetch-mode'] !== 'cors') return next(request);
  const headers = { ...sharing(await next(request)), 'content-type': 'application/json' };
  return { status: 200, headers, body: '{"redirect":true,"url":"/login"}' };
};

/** Until the new access token is used, the old refresh token gives the same answer again. */
const oldRefreshEndsLate = (): FaultLayer => {
  const answers = new Map<string, FaultResponse>();
  const spent = (token: string) => {
    for (const [old, answer] of answers) if (members(answer)['access_token'] === token) answers.delete(old);
  };
  return async (request: FaultRequest, next) => {
    if (isUserinfo(request)) spent(bearerOf(request) ?? '');
    const old = isToken(request, 'refresh_token') ? request.form.get('refresh_token') : null;
    const again = answers.get(old ?? '');
    if (again !== undefined) return again;
    const response = await next(request);
    if (old !== null && issuedTokens(request, response).refreshToken !== undefined)
      answers.set(old, response);
    return response;
  };
};

const emptyBodies = (): FaultLayer => async (request, next) => {
  const response = await next(request);
  return isToken(request) && response.status >= 400 ? { ...response, body: '' } : response;
};

/** Every manner that can be switched on by its id, as faults are. */
export const families: readonly Fault[] = [
  { id: 'signs-in-first', title: 'Signs everybody in before it looks at the request.', layer: signInFirst },
  {
    id: 'any-host-after-sign-in',
    title: 'Signs everybody in first, and then redirects to any host.',
    layer: signInFirst,
    allowsRedirect: () => true,
  },
  { id: 'errors-on-own-page', title: 'Shows errors on its own page.', layer: errorsOnOwnPage },
  { id: 'scope-ignored-in-refresh', title: 'Ignores scope in a refresh.', layer: scopeIgnoredInRefresh },
  { id: 'user-before-grant', title: 'Checks the user before the grant.', layer: userBeforeGrant },
  { id: 'scope-wanted', title: 'Wants a scope in every request.', layer: scopeWanted },
  {
    id: 'scripts-otherwise',
    title: 'Answers scripts otherwise than browsers.',
    layer: scriptsAnsweredOtherwise,
  },
  {
    id: 'old-refresh-ends-late',
    title: 'Ends an old refresh token with the first use of the new access token.',
    layer: oldRefreshEndsLate,
  },
  { id: 'empty-bodies', title: 'Refuses token requests with empty bodies.', layer: emptyBodies },
];
