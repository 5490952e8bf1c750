import { FailureError } from '../../record/failure.ts';
import { isSecureLoopback, redirectUriProblem, redirectWay } from '../../profile/urls.ts';

/** A redirect URI of a profile, taken apart without changing a byte of it. */
export interface LoopbackRedirect {
  readonly scheme: 'http' | 'https';
  /** As written: `127.0.0.1`, `[::1]` or `localhost`. */
  readonly host: string;
  /** The port exactly wanted; absent when any free one will do. */
  readonly port?: number;
  /** The path a browser asks for, `/` at least. */
  readonly path: string;
  /** The registered query without `?`; absent when there is none. */
  readonly query?: string;
  /** The addresses to listen on: both families for `localhost`. */
  readonly addresses: readonly string[];
  /** The redirect URI to send when the listener has `port`. */
  at: (port: number) => string;
}

/**
 * Takes a loopback redirect URI apart; a port in it is kept even if it is 80.
 *
 * @throws FailureError of kind `invalid_profile` when it is none
 * @see RFC 8252 section 7.3
 */
export function loopbackRedirect(redirectUri: string): LoopbackRedirect {
  const [, host = '', port, rest = ''] =
    /^https?:\/\/(\[::1\]|[^/?:#]+)(?::(\d+))?((?:[/?#].*)?)$/s.exec(redirectUri) ?? [];
  if (redirectWay(redirectUri) !== 'loopback')
    throw invalid(
      redirectUriProblem(redirectUri) ??
        `No listener on this machine can take the redirect to ${redirectUri.slice(0, 200)}.`,
    );
  const { pathname, search } = new URL(redirectUri);
  return {
    scheme: isSecureLoopback(redirectUri) ? 'https' : 'http',
    host,
    ...(port === undefined ? {} : { port: Number(port) }),
    path: pathname,
    ...(search === '' ? {} : { query: search.slice(1) }),
    addresses: host === 'localhost' ? ['127.0.0.1', '::1'] : [host.replace(/[[\]]/g, '')],
    at: (actual) => (port === undefined ? `http://${host}:${actual}${rest}` : redirectUri),
  };
}

function invalid(problem: string): FailureError {
  return new FailureError({
    kind: 'invalid_profile',
    step: 'listen',
    problems: [problem],
    message: problem,
    advice: 'Correct the redirect URI of the profile and register the same one at the server.',
  });
}
