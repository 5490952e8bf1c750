import type { UnmatchedRedirect } from './unmatched.ts';

/** What became of a pasted redirect URL. */
export type SubmitResult =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly reason: string };

/** A flow that waits for the browser to come back. */
export interface WaitingForRedirect {
  readonly kind: 'redirect';
  /** The authorization request, byte for byte; may be opened in any browser. */
  readonly authorizationUrl: string;
  /** The redirect URI waited for, with the port in use. */
  readonly redirectUri: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Set when nothing here takes the redirect by itself: the user pastes the address at which the sign-in ends. */
  readonly pasted?: true;
  /** Set when the browser was not opened: the user can open the URL by hand. */
  readonly notOpened?: true;
  /** What came in the form of a redirect and cannot be tied to this sign-in, which goes on waiting. */
  readonly unmatched?: readonly UnmatchedRedirect[];
  /** Takes the URL the browser was redirected to when it cannot reach the listener; checked like a real redirect. */
  submitRedirect: (url: string) => Promise<SubmitResult>;
  /** Opens the browser once more, for a user who closed its tab; the same redirect is waited for. */
  openAgain: () => Promise<void>;
}

/** A flow that waits until the user typed a code on another device. @see RFC 8628 section 3.3 */
interface WaitingForUserCode {
  readonly kind: 'user_code';
  /** To be typed by the user: shown to nobody else, and gone with the flow. */
  readonly userCode: string;
  readonly verificationUri: string;
  /** With the code in it. */
  readonly verificationUriComplete?: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly notOpened?: true;
  openAgain: () => Promise<void>;
}

/** A flow that waits until the user decided elsewhere, such as in an app on a telephone. */
interface WaitingForDecision {
  readonly kind: 'decision';
  /** What the other device shows, so that the user knows which request it is. */
  readonly bindingMessage?: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** What a flow waits for until somebody acts. */
export type Waiting = WaitingForRedirect | WaitingForUserCode | WaitingForDecision;
