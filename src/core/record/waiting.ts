import type { UnmatchedRedirect } from './unmatched.ts';

/** Whether a submitted redirect URL was accepted. */
export type SubmitResult =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly reason: string };

/** A flow that waits for the browser to come back. */
export interface WaitingForRedirect {
  readonly kind: 'redirect';
  /** The authorization request, byte for byte; may be opened in any browser. */
  readonly authorizationUrl: string;
  /** The expected redirect URI, with the port in use. */
  readonly redirectUri: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Set when no redirect can arrive here: the user pastes the address at which the sign-in ends. */
  readonly pasted?: true;
  /** Set when the browser did not open: the user can open the URL by hand. */
  readonly notOpened?: true;
  /** Requests that look like a redirect, but cannot be tied to this sign-in, which goes on waiting. */
  readonly unmatched?: readonly UnmatchedRedirect[];
  /** Takes the URL to which the browser was redirected, when it could not reach the listener; checked like a real redirect. */
  submitRedirect: (url: string) => Promise<SubmitResult>;
  /** Opens the browser once more, for a user who closed its tab; the expected redirect stays the same. */
  openAgain: () => Promise<void>;
}

/** A flow that waits for the user to type a code on another device. @see RFC 8628 section 3.3 */
interface WaitingForUserCode {
  readonly kind: 'user_code';
  /** The code to type, shown only to the user; it ends with the flow. */
  readonly userCode: string;
  readonly verificationUri: string;
  /** The page's address with the code in it. */
  readonly verificationUriComplete?: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly notOpened?: true;
  openAgain: () => Promise<void>;
}

/** A flow that waits for the user's decision on another device, such as in an app on a phone. */
interface WaitingForDecision {
  readonly kind: 'decision';
  /** What the other device shows, by which the user recognises the request. */
  readonly bindingMessage?: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** What a flow waits for somebody to do. */
export type Waiting = WaitingForRedirect | WaitingForUserCode | WaitingForDecision;
