import { randomUUID } from 'node:crypto';
import type { FlowContext } from '../oauth/context.ts';
import { FailureError, type Failure } from '../record/failure.ts';
import type { FlowReport, TokenSet } from '../record/report.ts';
import { redirected } from '../oauth/tokenFailure.ts';
import { toFailure } from '../record/toFailure.ts';
import { Trace } from '../record/trace.ts';
import { recordingFetch } from '../http/recordingFetch.ts';
import { TextResponse } from '../http/textResponse.ts';
import { ofConnection } from '../http/ofConnection.ts';
import { secureUrl } from '../http/secureUrl.ts';
import type { Clock, Fetch } from '../ports.ts';
import type { Profile } from '../profile/profile.ts';
import { sentTokenOf, tokenHeaderOf } from '../profile/tokenHeader.ts';
import type { Obtained } from '../session/session.ts';
import { isBound } from '../token/isBound.ts';
import { hostVerdict, type HostVerdict } from './hostVerdict.ts';
import { withUrlCredentials } from './urlCredentials.ts';

/** A request as in an `.http` file, without the header that the token replaces. */
export interface ApiRequest {
  readonly method: string;
  /** Absolute, or a path below the token's `instance_url`. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Tokens elsewhere in the request, where the file refers to them. */
  readonly secrets?: readonly string[];
  /** Name of the tool whose dialect the file was read in. */
  readonly readAs?: string;
}

/** What a call needs from outside. */
export interface ApiCallDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds for one request. */
  readonly timeout: number;
  /** The profile's token, valid as far as is known. */
  readonly tokens: TokenSet;
  /** Gets a new token without a sign-in, after the API did not accept the first. */
  renew: () => Promise<Obtained>;
  /**
   * Keeps a secret of our own, such as the key that tokens are bound to, in the vault for the profile's server; absent: none is
   * kept.
   */
  readonly made?: FlowContext['made'];
  /** The DPoP handles of this session; absent: no nonce is remembered. */
  readonly proofs?: FlowContext['proofs'];
  /** Origins to which the user allowed this profile's token to be sent. */
  readonly used: readonly string[];
  /** Asks whether the token may go to a host it was not issued for. */
  confirm: (verdict: Extract<HostVerdict, { readonly kind: 'ask' }>) => Promise<boolean>;
}

/** The result of a call. */
export interface ApiCall {
  readonly request: ApiRequest;
  /** The URL as sent: absolute. */
  readonly url: string;
  /** Every attempt as an exchange; its outcome is `token` when the last answer was a success. */
  readonly report: FlowReport;
  /** The body of the last response as it came, if it is binary, such as an image. */
  readonly raw?: Uint8Array;
  /** The token of the last attempt. */
  readonly tokens: TokenSet;
  /** Set when the first answer was 401: the new token that the second attempt was made with, or why there is none. */
  readonly renewal?: Obtained;
}

/** Longest response of an API that is read, in bytes. */
const limit = 10 * 1024 * 1024;

/**
 * Sends a request with the profile's token. Never rejects.
 *
 * 1. Ask before the token goes to a host that it was not issued for.
 * 2. Send (RFC 6750 section 2.1); redirects are not followed, since the token would go along.
 * 3. On 401 get a new token and send once more, but never twice; nor when a new token of the same sign-in would not suffice
 * either.
 *
 * @see RFC 6750 sections 2.1 and 3
 */
export async function callApi(profile: Profile, written: ApiRequest, deps: ApiCallDeps): Promise<ApiCall> {
  const request = { ...written, ...withUrlCredentials(written) };
  const { clock, signal, timeout, fetch } = deps;
  const trace = new Trace();
  trace.enter('api');
  const startedAt = clock.now();
  const secrets = [...(request.secrets ?? [])];
  const recording = { fetch, clock, trace, signal, timeout, limit, secrets: () => [...secrets] };
  const send = recordingFetch(recording)('api', 'api');
  const call: { url: string; tokens: TokenSet; renewal?: Obtained; raw?: Uint8Array } = {
    url: request.url,
    tokens: deps.tokens,
  };
  const finish = (outcome: FlowReport['outcome']): ApiCall => {
    const { exchanges } = trace;
    const end = { endedAt: clock.now(), exchanges, outcome };
    return { ...call, request, report: { id: randomUUID(), kind: 'api_call', profile, startedAt, ...end } };
  };
  const known = [...deps.used];
  const attempt = async (tokens: TokenSet) => {
    call.url = absoluteUrl(request.url, tokens);
    const token = tokenToSend(profile, tokens);
    const verdict = hostVerdict(call.url, profile, { ...tokens, access_token: token }, known);
    if (verdict.kind === 'ask') {
      if (!(await deps.confirm(verdict))) throw declined(call.url);
      known.push(verdict.origin);
    }
    call.tokens = tokens;
    secrets.push(token);
    const response = await sendWithToken(call.url, request, tokens, token);
    return { response, exchange: trace.idOf(response) };
  };
  const sendWithToken = async (url: string, asked: ApiRequest, tokens: TokenSet, token: string) => {
    if (token !== tokens.access_token || !isBound(tokens)) return send(url, withToken(asked, profile, token));
    const { sendBound } = await import('./sendBound.ts');
    const { method, body } = asked;
    const bound = { method, url, headers: ownHeaders(asked, 'Authorization'), ...(body && { body }) };
    const { made, proofs } = deps;
    return sendBound(bound, tokens, send, { ...(made && { made }), ...(proofs && { proofs }), trace });
  };
  try {
    let { response, exchange } = await attempt(deps.tokens);
    if (response.status === 401 && !wantsMore(response)) {
      call.renewal = await deps.renew();
      if (call.renewal.kind === 'token') ({ response, exchange } = await attempt(call.renewal.tokens));
    }
    if (response instanceof TextResponse && response.raw) call.raw = response.raw;
    if (response.ok) return finish({ kind: 'token', tokens: call.tokens });
    return finish({ kind: 'failure', failure: refused(call.url, response, exchange) });
  } catch (thrown) {
    return finish({
      kind: 'failure',
      failure: toFailure(thrown, { step: 'api', cancelled: signal.aborted }),
    });
  }
}

/**
 * Whether the API wants a stronger sign-in or more scopes than the valid token has. @see RFC 9470 section 3, RFC 6750 section
 * 3.1
 */
function wantsMore({ headers }: Response): boolean {
  return /\berror="?insufficient_/i.test(headers.get('www-authenticate') ?? '');
}

/**
 * The URL to call: a path alone is relative to the `instance_url` of the token response.
 *
 * @throws FailureError when it is not a URL, or plain http to anything but loopback
 */
function absoluteUrl(url: string, { extra }: TokenSet): string {
  const base = extra['instance_url'];
  const path = url.startsWith('/') && !url.startsWith('//');
  const whole = path && typeof base === 'string' && URL.canParse(base) ? new URL(url, base).href : url;
  return secureUrl(whole, 'api').href;
}

/**
 * The token that is sent.
 *
 * @throws FailureError when it is the id_token and the server sent none
 */
function tokenToSend(profile: Profile, tokens: TokenSet): string {
  const token = sentTokenOf(profile, tokens);
  if (token !== undefined) return token;
  const message = 'The profile sends the id_token, and the server sent none.';
  const advice =
    'Ask for the scope openid and get a new token, or have the access token sent (advanced settings of the profile).';
  throw new FailureError({ kind: 'sign_in_required', step: 'api', message, advice });
}

/** The request with the token in its header, which replaces one of that name. */
function withToken(request: ApiRequest, profile: Profile, token: string): RequestInit {
  const { method, body } = request;
  const { name, prefix } = tokenHeaderOf(profile);
  const headers = ownHeaders(request, name);
  append(headers, name, `${prefix}${token}`);
  return { method, headers, ...(body && { body }) };
}

/** @param replaced the header that the token replaces */
function ownHeaders({ headers }: ApiRequest, replaced: string): Headers {
  const others = new Headers();
  for (const [name, value] of headers)
    if (name.toLowerCase() !== replaced.toLowerCase() && !ofConnection.test(name))
      append(others, name, value);
  return others;
}

function append(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value);
  } catch {
    throw new FailureError({
      ...{
        kind: 'invalid_profile',
        step: 'api',
        problems: [`The header ${JSON.stringify(name)} cannot be sent.`],
      },
      message: `The header ${JSON.stringify(name.slice(0, 60))} of the request holds characters that HTTP does not allow.`,
      advice: 'Correct the header in the file.',
    });
  }
}

function declined(url: string): FailureError {
  const message = `The token was not sent to ${new URL(url).host}.`;
  const advice = 'Send the request again and agree, or use the profile whose tokens are for this host.';
  return new FailureError({ kind: 'cancelled', step: 'api', message, advice });
}

function refused(url: string, { status, headers }: Response, exchange: number | undefined): Failure {
  const at = { step: 'api', ...(exchange === undefined ? {} : { exchange }) } as const;
  const { host } = new URL(url);
  if ([301, 302, 303, 307, 308].includes(status))
    return redirected({ status, headers: Object.fromEntries(headers) }, { ...at, host, asked: 'request' });
  return {
    ...{ ...at, kind: 'http_error', status },
    message: `${host} answered the request with status ${status}.`,
    advice:
      status === 401
        ? 'The API does not accept the token: see why.'
        : status === 403
          ? 'The API refuses, or a firewall before it: see why.'
          : 'See the answer for what the API says.',
  };
}
