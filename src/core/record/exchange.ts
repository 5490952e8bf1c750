import type { UnmatchedRedirect } from './unmatched.ts';

/** What an exchange is for in its flow; a grant may have its own, and then says in its `exchanges` how they are shown. */
export type ExchangePurpose = KnownPurpose | (string & Record<never, never>);

/** What exchanges of more than one grant are for. */
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

/** The value of the first header field of that name, which is in lower case here and in any case there. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  /** The body as text; absent when there was none. */
  readonly body?: string;
  /** The body was no text: `body` says how large it was. */
  readonly binary?: true;
  /** How many characters were cut off the end of the body when the flow was kept. */
  readonly omitted?: number;
  /** What in it is secret wherever it stands, such as a token in a header of any name. Goes where the exchange goes, and is shown nowhere. */
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

/** Something a server did that its specification does not allow, and that was tolerated. */
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
  /** Of a flow over two servers: it is with the one that is not the profile’s own. */
  readonly party?: 'identity_provider';
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch; absent while it is under way. */
  readonly endedAt?: number;
  readonly request: RecordedRequest;
  readonly response?: RecordedResponse;
  /** Why there is no response. */
  readonly error?: { readonly code: string; readonly message: string };
  /** For loopback hits: what was expected and what came, when it was ignored. */
  readonly ignored?: { readonly expected: string; readonly received: string };
  /** For loopback hits that were ignored: it has the form of a redirect. */
  readonly unmatched?: UnmatchedRedirect;
  readonly deviations: readonly Deviation[];
}
