import type { Exchange } from '../http/exchange.ts';
import type { Profile } from '../profile/profile.ts';
import { redirectWay } from '../profile/urls.ts';
import { unmatchedSentence, type UnmatchedRedirect } from './unmatched.ts';
import type { FlowKind, PkceRecord } from './report.ts';

/** What became of a pasted redirect URL. */
export type SubmitResult =
  { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

/** A flow that waits for the browser to come back. */
export interface WaitingForRedirect {
  readonly kind: 'redirect';
  /** The authorization request, byte for byte; may be opened in any browser. */
  readonly authorizationUrl: string;
  /** The redirect URI waited for, with the port in use. */
  readonly redirectUri: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Set when the browser was not opened: the user can open the URL by hand. */
  readonly notOpened?: true;
  /** What came in the form of a redirect and cannot be tied to this sign-in, which goes on waiting. */
  readonly unmatched?: readonly UnmatchedRedirect[];
  /** Takes the URL the browser was redirected to when it cannot reach the listener; checked like a real redirect. */
  submitRedirect(url: string): SubmitResult;
  /** Opens the browser once more, for a user who closed its tab; the same redirect is waited for. */
  openAgain(): Promise<void>;
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
  openAgain(): Promise<void>;
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

/** What the user can do about a flow that waits. */
type WaitingAction = 'paste_redirect' | 'copy_url' | 'copy_user_code' | 'open_again';

/** What a flow waits for in words, and what can be done about it: all that views, lists and notifications show of it. */
export interface WaitingWords {
  /** Within a line: `waiting for the browser`. */
  readonly short: string;
  /** One sentence. */
  readonly sentence: string;
  readonly actions: readonly WaitingAction[];
}

/** Says what a flow waits for. */
export function waitingWords(waiting: Waiting): WaitingWords {
  switch (waiting.kind) {
    case 'redirect':
      return {
        short: 'waiting for the browser',
        sentence: [signInWords(waiting), ...unmatchedOf(waiting)].join(' '),
        actions: ['paste_redirect', 'copy_url', 'open_again'],
      };
    case 'user_code':
      return {
        short: 'waiting for the code',
        sentence: `Waiting for you to type the code ${waiting.userCode} at ${waiting.verificationUri}.`,
        actions: ['copy_user_code', 'copy_url', 'open_again'],
      };
    case 'decision':
      return {
        short: 'waiting for a decision',
        sentence: `Waiting for the request to be allowed on the other device${
          waiting.bindingMessage === undefined ? '' : ` (${waiting.bindingMessage})`
        }.`,
        actions: [],
      };
  }
}

function signInWords({ redirectUri }: WaitingForRedirect): string {
  return redirectWay(redirectUri) === 'pasted'
    ? `Waiting for you to sign in in the browser and to paste the address at which it ends (${redirectUri}…).`
    : 'Waiting for you to sign in in the browser.';
}

/** What came and could not be used, one sentence each. */
export function unmatchedOf(waiting: Waiting): readonly string[] {
  return waiting.kind === 'redirect' ? (waiting.unmatched ?? []).map(unmatchedSentence) : [];
}

/** The address a waiting user goes to; absent where there is none. */
export function waitingUrl(waiting: Waiting): string | undefined {
  switch (waiting.kind) {
    case 'redirect':
      return waiting.authorizationUrl;
    case 'user_code':
      return waiting.verificationUriComplete ?? waiting.verificationUri;
    case 'decision':
      return undefined;
  }
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
  readonly waiting?: Waiting;
}
