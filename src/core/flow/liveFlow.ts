import type { Exchange } from '../http/exchange.ts';
import type { Profile } from '../profile/profile.ts';
import type { FlowKind, PkceRecord } from './report.ts';

/** What became of a pasted redirect URL. */
export type SubmitResult =
  { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

/** A flow that waits for the browser to come back. */
export interface WaitingForRedirect {
  /** The authorization request, byte for byte; may be opened in any browser. */
  readonly authorizationUrl: string;
  /** The redirect URI waited for, with the port in use. */
  readonly redirectUri: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Set when the browser was not opened: the user can open the URL by hand. */
  readonly notOpened?: true;
  /** Takes the URL the browser was redirected to when it cannot reach the listener; checked like a real redirect. */
  submitRedirect(url: string): SubmitResult;
  /** Opens the browser once more, for a user who closed its tab; the same redirect is waited for. */
  openAgain(): Promise<void>;
}

/** A flow under way, as it is at one moment. */
export interface LiveFlow {
  /** The `id` its report will have. */
  readonly id: string;
  readonly kind: FlowKind;
  readonly profile: Profile;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly exchanges: readonly Exchange[];
  readonly pkce?: PkceRecord;
  readonly waiting?: WaitingForRedirect;
}
