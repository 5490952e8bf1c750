import type { TlsIdentity } from './http/tlsIdentity.ts';

/** A request as `fetch` takes it. */
export interface FetchInit extends RequestInit {
  /** The client certificate that the connection shows when the server asks for one. @see RFC 8705 section 2 */
  readonly identity?: TlsIdentity;
}

/** A `fetch` as the platform provides it; core never reaches for the ambient one. */
export type Fetch = (url: string, init?: FetchInit) => Promise<Response>;

/** Time as core sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Resolves after `milliseconds`, or rejects with the signal's reason as soon as it is aborted. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** A signal that aborts with a `TimeoutError` DOMException after `milliseconds`. */
  timeout: (milliseconds: number) => AbortSignal;
}

/** The user's browser. */
export interface Browser {
  /**
   * Opens `url` (always a loopback page of ours, so its bytes survive the hand-over).
   *
   * @returns `false` when the user or the host did not open it; the user may have copied it.
   */
  open: (url: string) => Promise<boolean>;
}

/**
 * Gives a client secret that is about to be sent; nothing when there is none, or the user declined.
 *
 * @param tokenEndpoint of the server that gets it, once that is known
 * @param elsewhere its other endpoints that get it, as far as they are known
 * @throws FailureError when the secret was entered for another server
 */
export type ClientSecret = (
  tokenEndpoint?: string,
  elsewhere?: readonly string[],
) => Promise<string | undefined>;

/** Gives a secret of ours that is kept under a name, such as a key: made when there is none, or the kept one is not good any more. */
export type Made = (
  what: string,
  make: () => Promise<string>,
  isGood?: (kept: string) => boolean,
) => Promise<string>;
