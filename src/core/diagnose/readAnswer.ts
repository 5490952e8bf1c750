import { FailureError, type Failure } from '../record/failure.ts';
import type { Exchange, RecordedResponse } from '../record/exchange.ts';
import { capturedAnswer } from './capturedAnswer.ts';
import { authorizationResponse, isRefusal } from '../oauth/authorizationResponse.ts';
import { tolerantResponse } from '../oauth/tolerantResponse.ts';

/** Who answered: the token endpoint, the authorization endpoint by a redirect, or an API. */
export type AnswerFrom = 'token' | 'redirect' | 'api';

/** An answer that somebody has: a failure of a flow, as far as it shows; or why it is none. */
export type ReadAnswer =
  | { readonly kind: 'failure'; readonly failure: Failure; readonly exchanges: readonly Exchange[] }
  | { readonly kind: 'success' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** What is known besides the text. */
export interface AnswerHints {
  /** Guessed from the text unless it is said. */
  readonly from?: AnswerFrom;
  /** The HTTP status, where the text is a body alone. */
  readonly status?: number;
  /** Where the request went, if that is known. */
  readonly url?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Reads an answer as it is copied around: a whole HTTP response (`curl -i`), a recording (`curl -v`, an HTTP Archive), a body alone,
 * header fields alone, or the URL of a redirect. Nothing is known of the request, and nothing is made up of it. Never throws; linear.
 */
export function readAnswer(text: string, hints: AnswerHints): ReadAnswer {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') return unreadable('There is no answer: the text is empty.');
  const recorded = capturedAnswer(trimmed)?.found;
  if (recorded === 'success') return { kind: 'success' };
  if (recorded === 'nothing') return unreadable('There is no answer in this HTTP Archive.');
  return readOne(recorded?.text ?? trimmed, hints);
}

function readOne(trimmed: string, hints: AnswerHints): ReadAnswer {
  const redirect = hints.from === undefined || hints.from === 'redirect' ? redirectIn(trimmed) : undefined;
  if (redirect !== undefined) return fromRedirect(redirect);
  if (hints.from === 'redirect')
    return unreadable('There is no redirect with an error or a code in this text.');
  const response = lastResponse(trimmed, hints.status);
  const sentTo = hints.from === undefined ? redirectOf(response) : undefined;
  if (sentTo !== undefined) return fromRedirect(sentTo);
  const from = hints.from ?? (isOfApi(response) ? 'api' : 'token');
  return from === 'api' ? fromApi(response, hints) : fromToken(response, hints);
}

function unreadable(why: string): ReadAnswer {
  return { kind: 'unreadable', why };
}

/** The parameters of a redirect to a client, in a URL's query or fragment, or alone. @see RFC 6749 section 4.1.2.1 */
function redirectIn(text: string): URLSearchParams | undefined {
  if (/\s/.test(text) || text.startsWith('{')) return undefined;
  const start = text.search(/[?#]/);
  const isUrl = /^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith('/');
  if (!isUrl && start > 0) return undefined;
  const query = isUrl ? (start < 0 ? '' : text.slice(start + 1)) : text.slice(start + 1);
  const parameters = new URLSearchParams(query.replace('#', '&'));
  // Form-encoded answers of a token endpoint have no state, and no URL before them.
  const isRedirect = isUrl || start === 0 || parameters.has('state');
  return isRedirect && (isRefusal(parameters) || parameters.has('code')) ? parameters : undefined;
}

/** Where a response sends the browser, if that is back to a client. */
function redirectOf({ status = 0, headers }: Response): URLSearchParams | undefined {
  const location = headers.find(([name]) => name === 'location')?.[1];
  return status >= 300 && status < 400 && location !== undefined ? redirectIn(location) : undefined;
}

function fromRedirect(parameters: URLSearchParams): ReadAnswer {
  try {
    const issuer = 'https://server.invalid';
    authorizationResponse(
      { kind: 'redirect', parameters },
      { server: { issuer }, issuerKnown: false, sources: {} },
      { client_id: '' },
      parameters.get('state') ?? '',
    );
    return { kind: 'success' };
  } catch (thrown) {
    if (thrown instanceof FailureError) return { kind: 'failure', failure: thrown.failure, exchanges: [] };
    // The library says more of a success than is known here.
    return parameters.has('code') ? { kind: 'success' } : unreadable('This redirect cannot be read.');
  }
}

interface Response extends Omit<RecordedResponse, 'status'> {
  /** Absent where the text is a body or header fields alone. */
  readonly status?: number;
}

/** Most responses of one `curl -i`: with 100 Continue, or with redirects that were followed. */
const mostResponses = 10;

function lastResponse(text: string, status: number | undefined): Response {
  let response = httpResponse(text, status);
  for (let count = 1; count < mostResponses && /^HTTP\/\d/.test(response.body); count++)
    response = httpResponse(response.body, undefined);
  return response;
}

/** Most lines that are looked at for header fields. */
const mostFields = 200;

function httpResponse(text: string, status: number | undefined): Response {
  const lines = text.split(/\r?\n/, mostFields);
  const first = /^HTTP\/\d(?:\.\d)? (\d{3}) ?(.*)$/.exec(lines[0] ?? '');
  const fields = lines.slice(first === null ? 0 : 1);
  const end = fields.findIndex((line) => !isField(line));
  const headers = (end < 0 ? fields : fields.slice(0, end)).map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const said = first === null ? status : Number(first[1]);
  const afterFields = end < 0 ? '' : text.slice(offsetOf(text, end + (first === null ? 0 : 1)));
  return {
    ...(said === undefined ? {} : { status: said }),
    statusText: first?.[2] ?? '',
    headers,
    body: headers.length === 0 && first === null ? text : afterFields.replace(/^(\r?\n)+/, ''),
  };
}

function isField(line: string): boolean {
  return /^[!#$%&'*+.^`|~\w-]{1,100}:/.test(line);
}

/** Where the line with this number, from 0, begins. */
function offsetOf(text: string, line: number): number {
  let at = 0;
  for (let count = 0; count < line; count++) at = text.indexOf('\n', at) + 1;
  return at;
}

/** A challenge for a bearer token, and no body that a token endpoint would send. */
function isOfApi({ headers, body }: Response): boolean {
  const challenged = headers.some(
    ([name, value]) => name === 'www-authenticate' && /^(bearer|dpop)\b/i.test(value),
  );
  return challenged && !/^\s*\{[^]{0,2000}"error"\s*:\s*"invalid_client"/.test(body);
}

function fromToken(response: Response, hints: AnswerHints): ReadAnswer {
  const { status, body } = response;
  const headers: Record<string, string> = Object.fromEntries(response.headers);
  if (status === undefined) headers['content-type'] ??= 'application/json';
  const host = hints.url !== undefined && URL.canParse(hints.url) ? new URL(hints.url).host : 'The server';
  const result = tolerantResponse(
    { status: status ?? 400, headers, body },
    { host, step: 'token', requestedScopes: [], ...(status === undefined ? {} : { exchange: 1 }) },
  );
  if (result.kind === 'token' || (status === undefined && /^\s*\{[^]{0,2000}"access_token"/.test(body)))
    return { kind: 'success' };
  const { failure } = result;
  if (status !== undefined)
    return { kind: 'failure', failure, exchanges: [exchangeOf(response, status, 'token', hints)] };
  if (failure.kind !== 'oauth_error')
    return unreadable(
      'This is not an OAuth error. Pass the whole answer with its status line (curl -i), or --status.',
    );
  const { kind, step, body: words, message, advice } = failure;
  // What the status was, nobody said.
  return { kind: 'failure', failure: { kind, step, body: words, message, advice }, exchanges: [] };
}

function fromApi(response: Response, hints: AnswerHints): ReadAnswer {
  const { status = 401 } = response;
  if (status < 400) return { kind: 'success' };
  const failure: Failure = {
    kind: 'http_error',
    step: 'api',
    status,
    exchange: 1,
    message: `The API answered with status ${status}.`,
    advice:
      status === 401
        ? 'The API does not accept the token: see why.'
        : 'See the answer for what the API says.',
  };
  return { kind: 'failure', failure, exchanges: [exchangeOf(response, status, 'api', hints)] };
}

function exchangeOf(
  { statusText, headers, body }: Response,
  status: number,
  purpose: 'token' | 'api',
  { url = '', now }: AnswerHints,
): Exchange {
  return {
    id: 1,
    purpose,
    leg: 'extension',
    startedAt: now,
    endedAt: now,
    request: { method: purpose === 'token' ? 'POST' : 'GET', url, headers: [] },
    response: { status, statusText, headers, body },
    deviations: [],
  };
}
