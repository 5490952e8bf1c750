import type { UnmatchedRedirect } from './unmatched.ts';

/** The purpose of an exchange in its flow. A grant may have purposes of its own, and describes them in its `exchanges`. */
export type ExchangePurpose = KnownPurpose | (string & Record<never, never>);

/** The purposes that several grants share. */
type KnownPurpose =
  | 'discovery'
  | 'jwks'
  | 'authorization'
  | 'redirect'
  | 'token'
  | 'refresh'
  | 'revocation'
  | 'introspection'
  | 'userinfo'
  | 'api';

/** Who talks to whom: the extension to a server, the browser to the server, the browser to our loopback listener. */
type ExchangeLeg = 'extension' | 'browser' | 'loopback';

/** Header fields in the order and spelling in which they were sent or received. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** The value of the first header field with this name (in lower case; the field may have any case). */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  /** The body as text; absent when there was none. */
  readonly body?: string;
  /** The body was binary: `body` tells its size. */
  readonly binary?: true;
  /** How many characters were cut off the end of the body when the flow was kept. */
  readonly omitted?: number;
  /**
   * Texts in it that are secret wherever they appear, such as a token in a header of any name. They are kept with the exchange
   * and never shown.
   */
  readonly secrets?: readonly string[];
  /** SHA-256 of the client certificate that the connection could show, base64url. @see RFC 8705 section 3.1 */
  readonly certificate?: string;
}

export interface RecordedResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderList;
  /** The body as text, at most the size limit of the request. */
  readonly body: string;
  /** How many characters were cut off the end of the body when the flow was kept. */
  readonly omitted?: number;
}

/** A deviation of a server from its specification that was tolerated. */
export interface Deviation {
  /** Stable, for tests and provider rules: `token_type_missing`, `error_with_200`, ... */
  readonly code: string;
  /** One sentence for the user. */
  readonly message: string;
  /** Such as `RFC 6749 section 5.1`. */
  readonly source: string;
}

/**
 * One HTTP request and its response in a flow, as it went over the wire: **unredacted**, in memory only.
 * Everything that is shown, logged or exported goes through `core/http/redact` first.
 */
export interface Exchange {
  /** Position in its flow, from 1. */
  readonly id: number;
  readonly purpose: ExchangePurpose;
  readonly leg: ExchangeLeg;
  /** In a flow over two servers: set when it is with the server that is not the profile’s own. */
  readonly party?: 'identity_provider';
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch; absent while it is running. */
  readonly endedAt?: number;
  readonly request: RecordedRequest;
  readonly response?: RecordedResponse;
  /** Why there is no response. */
  readonly error?: { readonly code: string; readonly message: string };
  /** For an ignored request to the loopback listener: what was expected, and what came. */
  readonly ignored?: { readonly expected: string; readonly received: string };
  /** For an ignored request to the loopback listener that looks like a redirect. */
  readonly unmatched?: UnmatchedRedirect;
  readonly deviations: readonly Deviation[];
}
