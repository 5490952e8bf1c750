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
/** Milliseconds between two questions at most, however often the network fails. */
const slowest = 60_000;

/** What is asked of the token endpoint again and again. */
export interface Poll {
  /** `grant_type` among them. */
  readonly parameters: readonly Parameter[];
  /** Milliseconds between two questions. */
  readonly interval: number;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** What it fails with when nobody decided until then. */
  readonly expired: () => FailureError;
}

/**
 * Asks the token endpoint at the interval until the user decided elsewhere, or the time is over.
 *
 * @throws FailureError, or what the signal was aborted with
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
    // Not beyond the end: a server may ask for an interval of a day.
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
 * The server wants more time between two questions than there is left: nobody would ever be told that it was allowed.
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

/** Too many questions, and what gateways say while there is nobody behind them. @see RFC 6585 section 4, RFC 9110 section 15.6 */
const notNow: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** What the server said of the questions, or that nobody was there to answer. @throws what ends the questions */
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
 * How long an answer asks to be left alone, in milliseconds: the new interval, as GitHub names it in its slow_down, and Retry-After, as
 * Auth0 sends it; 0 where it says nothing.
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
