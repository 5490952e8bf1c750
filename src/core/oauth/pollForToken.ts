import type { TokenSet } from '../record/report.ts';
import { headerValue, type RecordedResponse } from '../record/exchange.ts';
import { FailureError } from '../record/failure.ts';
import { membersOf, responseBody } from '../http/responseBody.ts';
import { secondsOf } from './endpointAnswer.ts';
import type { GrantFlow } from './grantFlow.ts';
import type { PreparedFlow } from './prepare.ts';
import type { Parameter } from './tokenRequest.ts';

/** Milliseconds added for good by each `slow_down`. @see RFC 8628 section 3.5 */
const slower = 5000;
/** Longest pause between two polls, in milliseconds, however often the network fails. */
const slowest = 60_000;

/** The polling of the token endpoint for one flow. */
export interface Poll {
  /** The parameters of each request, `grant_type` among them. */
  readonly parameters: readonly Parameter[];
  /** Milliseconds between two polls. */
  readonly interval: number;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** The failure when nobody decided by then. */
  readonly expired: () => FailureError;
}

/**
 * Polls the token endpoint until the user has decided on another device, or the time is over.
 *
 * @throws FailureError, or the reason of the aborted signal
 * @see RFC 8628 section 3.5, OpenID Connect CIBA Core section 10.1
 */
export async function pollForToken(
  { parameters, interval, deadline, expired }: Poll,
  prepared: Pick<PreparedFlow, 'requestToken'>,
  { clock, signal, trace }: Pick<GrantFlow, 'clock' | 'signal' | 'trace'>,
): Promise<TokenSet> {
  let usual = interval;
  let pause = interval;
  for (;;) {
    if (pause > slowest && pause >= deadline - clock.now()) throw tooSlow(pause);
    // Not past the deadline: a server may ask for an interval of a day.
    await clock.sleep(Math.max(0, Math.min(pause, deadline - clock.now())), signal);
    if (clock.now() >= deadline) throw expired();
    try {
      return await prepared.requestToken({ parameters, signedIn: { nonce: undefined } });
    } catch (thrown) {
      signal.throwIfAborted();
      const answered = answerOf(thrown);
      const { interval: wanted, retryAfter } = pausesIn(trace.exchanges.at(-1)?.response, clock.now());
      if (answered === 'slow_down') usual = Math.max(usual + slower, wanted);
      const next = answered === 'none' ? Math.max(pause, Math.min(pause * 2, slowest)) : usual;
      pause = Math.max(next, retryAfter);
    }
  }
}

/**
 * The failure when the server asks for a longer pause than there is time left: its decision would never be heard.
 *
 * @param pause milliseconds
 */
function tooSlow(pause: number): FailureError {
  return new FailureError({
    kind: 'oauth_error',
    step: 'token',
    body: { error: 'slow_down' },
    message: `The server wants ${pause / 1000} s between two questions, which is more than the time that is left: it could not be asked whether the access was allowed.`,
    advice: 'Run it again. If it stays, the interval or the lifetime that the server gives is wrong.',
  });
}

/** Too many requests, and what gateways answer while the server is away. @see RFC 6585 section 4, RFC 9110 section 15.6 */
const notNow: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** What a failed poll means: keep polling, slow down, or nobody was reached. @throws whatever ends the polling */
function answerOf(thrown: unknown): 'pending' | 'slow_down' | 'none' {
  if (!(thrown instanceof FailureError)) throw thrown;
  const { failure } = thrown;
  if (failure.kind === 'network' || failure.kind === 'timeout') return 'none';
  if (failure.kind === 'http_error' && notNow.has(failure.status)) return 'none';
  const error = failure.kind === 'oauth_error' ? failure.body.error : undefined;
  if (error === 'temporarily_unavailable') return 'none';
  if (error === 'authorization_pending') return 'pending';
  if (error === 'slow_down') return 'slow_down';
  throw thrown;
}

/**
 * How long a response asks to wait, in milliseconds: `interval`, which GitHub sends with slow_down, and Retry-After, which
 * Auth0 sends; 0 where it says nothing.
 *
 * @see RFC 9110 section 10.2.3
 */
function pausesIn(
  answer: RecordedResponse | undefined,
  now: number,
): { readonly interval: number; readonly retryAfter: number } {
  const said = headerValue(answer?.headers ?? [], 'retry-after') ?? '';
  const until = /^\w{3}, /.test(said) ? Date.parse(said) - now : 0;
  const members = membersOf(responseBody(answer?.body ?? '', 'application/json'));
  return {
    interval: secondsOf(members?.['interval'], 0) * 1000,
    retryAfter: Math.max(0, (/^\d{1,6}$/.test(said) ? Number(said) * 1000 : until) || 0),
  };
}
