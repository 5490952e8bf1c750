import { isUtf8 } from 'node:buffer';
import { FailureError, type FlowStep } from '../record/failure.ts';
import { follow } from '../abortable.ts';
import type { Trace } from '../record/trace.ts';
import type { Clock, Fetch, FetchInit } from '../ports.ts';
import type {
  Deviation,
  ExchangePurpose,
  HeaderList,
  RecordedRequest,
  RecordedResponse,
} from '../record/exchange.ts';
import { certificateFacts, type TlsIdentity } from './tlsIdentity.ts';
import { namesTwice } from './namesTwice.ts';
import { networkFailure } from './networkFailure.ts';
import { plainText } from './plainText.ts';
import { readBody, type ReadBody } from './readBody.ts';
import { replaceSecrets } from './secrets.ts';
import { secretsOf } from './secretsOf.ts';
import { secureUrl } from './secureUrl.ts';
import { TextResponse } from './textResponse.ts';

/** The most a response may hold, in bytes. */
export const responseLimit = 1024 * 1024;

/** What a fetch that keeps what it sends and gets is made with. */
export interface RecordingOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly trace: Trace;
  /** Cancels every request. */
  readonly signal: AbortSignal;
  /** Milliseconds for a request and its whole response. */
  readonly timeout: number;
  /** Bytes; 1 MiB unless said otherwise. */
  readonly limit?: number;
  /** What is secret in requests wherever it stands; asked for when one is sent. */
  readonly secrets?: () => readonly string[];
  /** The client certificate that connections to a URL show, if any. */
  readonly identity?: (url: string) => TlsIdentity | undefined;
}

/**
 * A decorator round `fetch` that records every exchange as it went over the wire: https only (but for loopback),
 * redirects not followed, the body read completely within a limit of size and time. The response handed on is a
 * copy of what came.
 *
 * @throws FailureError of kind `insecure_url`, `network`, `tls`, `timeout`, `cancelled`, `response_too_large` or
 * `http_error` (a status that HTTP does not have)
 */
export function recordingFetch(
  options: RecordingOptions,
): (purpose: ExchangePurpose, step: FlowStep) => Fetch {
  return (purpose, step) => (url, init) => send(options, purpose, step, url, init ?? {});
}

async function send(
  options: RecordingOptions,
  purpose: ExchangePurpose,
  step: FlowStep,
  url: string,
  init: FetchInit,
): Promise<Response> {
  const { clock, trace } = options;
  const { host } = secureUrl(url, step);
  const expired = clock.timeout(options.timeout);
  const callers = init.signal ? [options.signal, init.signal] : [options.signal];
  const { signal, letGo } = follow([...callers, expired]);
  const secrets = options.secrets?.();
  const identity = init.identity ?? options.identity?.(url);
  const certificate = identity && certificateFacts(identity.certificate)?.thumbprint;
  const request = {
    ...recordedRequest(url, init),
    ...(secrets && { secrets }),
    ...(certificate === undefined ? {} : { certificate }),
  };
  const id = trace.begin({ purpose, leg: 'extension', startedAt: clock.now(), request });
  let answered: number | undefined;
  try {
    const response = await options.fetch(url, {
      ...init,
      ...(identity && { identity }),
      redirect: 'manual',
      signal,
    });
    answered = response.status;
    const body = await readBody(response, options.limit ?? responseLimit);
    const recorded = recordedResponse(response, body.text);
    trace.update(id, { endedAt: clock.now(), response: recorded });
    if (!unread.has(purpose)) trace.deviate(id, repeated(body.text, trace, purpose));
    if (body.broken !== undefined) throw body.broken.thrown;
    return copyOf(trace, { id, step, host }, recorded, body, response.headers);
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    const cancelled = callers.some(({ aborted }) => aborted);
    const status = answered === undefined ? {} : { status: answered };
    const attempt = { url: new URL(url), step, timeout: options.timeout, exchange: id, ...status };
    const failure = networkFailure(thrown, { ...attempt, cancelled, timedOut: expired.aborted });
    const code = 'code' in failure ? failure.code : failure.kind;
    trace.update(id, { endedAt: clock.now(), error: { code, message: failure.message } });
    throw new FailureError(failure, { cause: thrown });
  } finally {
    letGo();
  }
}

/** What answers with pages, or as an API likes: no member of it is read. */
const unread: ReadonlySet<ExchangePurpose> = new Set(['api', 'authorization', 'redirect', 'sign_out']);

/** Whose answers are never read as a form. */
const onlyJson: ReadonlySet<ExchangePurpose> = new Set([
  'discovery',
  'jwks',
  'registration',
  'registered_client',
]);

/** What an OAuth endpoint said more than once, where only one of the values can be heard. */
function repeated(text: string, trace: Trace, purpose: ExchangePurpose): readonly Deviation[] {
  if (onlyJson.has(purpose) && !/^[\uFEFF\s]*[{[]/.test(text)) return [];
  const names = namesTwice(text);
  if (names.length === 0) return [];
  const listed = names.map((name) => `“${plainText(name, 40)}”`).join(', ');
  const message = `The answer has ${replaceSecrets(listed, secretsOf(trace))} more than once: the last value was taken, where other readers take the first.`;
  return [{ code: 'member_twice', message, source: 'RFC 6749 section 3.2, RFC 8259 section 4' }];
}

interface Where {
  readonly id: number;
  readonly step: FlowStep;
  readonly host: string;
}

function tooLarge(trace: Trace, { id, step, host }: Where, limit: number): never {
  const message = `The response of ${host} is larger than ${Math.round(limit / 1024)} KiB and was refused.`;
  trace.update(id, { error: { code: 'response_too_large', message } });
  const advice = 'Check that the URL is that of the endpoint and not of a page or a download.';
  throw new FailureError({ kind: 'response_too_large', step, exchange: id, limit, message, advice });
}

function copyOf(
  trace: Trace,
  where: Where,
  { status }: RecordedResponse,
  body: ReadBody,
  headers: Headers,
): Response {
  if (body.tooLarge !== undefined) tooLarge(trace, where, body.tooLarge);
  if (status < 200 || status > 599)
    throw new FailureError({
      kind: 'http_error',
      step: where.step,
      exchange: where.id,
      status,
      message: `${where.host} answered with HTTP status ${status}, which has no meaning here.`,
      advice: 'Check that the URL is that of the endpoint.',
    });
  const copy = new TextResponse(body.text, { status, headers }, body.raw);
  trace.tag(copy, where.id);
  return copy;
}

function recordedRequest(url: string, init: RequestInit): RecordedRequest {
  const body = recordedBody(init.body);
  return {
    method: init.method ?? 'GET',
    url,
    headers: headerList(init.headers),
    ...body,
  };
}

function recordedBody(body: RequestInit['body']): Pick<RecordedRequest, 'body' | 'binary'> {
  if (body instanceof URLSearchParams) return { body: body.toString() };
  if (!(body instanceof Uint8Array)) return typeof body === 'string' ? { body } : {};
  if (isUtf8(body)) return { body: Buffer.from(body).toString('utf8') };
  return { body: `(${body.byteLength} bytes that are not text)`, binary: true };
}

function headerList(headers: RequestInit['headers']): HeaderList {
  if (headers === undefined) return [];
  return isPlainRecord(headers) ? Object.entries(headers) : [...new Headers(headers).entries()];
}

function isPlainRecord(headers: object): headers is Record<string, string> {
  return Object.getPrototypeOf(headers) === Object.prototype;
}

function recordedResponse(response: Response, body: string): RecordedResponse {
  const { status, statusText } = response;
  return { status, statusText, headers: [...response.headers.entries()], body };
}
