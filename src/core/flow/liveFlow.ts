import type { Exchange } from '../record/exchange.ts';
import type { Profile } from '../profile/profile.ts';
import { isSecureLoopback } from '../profile/urls.ts';
import { unmatchedSentence } from '../oauth/unmatched.ts';
import type { Waiting, WaitingForRedirect } from '../record/waiting.ts';
import type { FlowKind, PkceRecord } from '../record/report.ts';

/** What the user can do while a flow waits. */
type WaitingAction = 'paste_redirect' | 'copy_url' | 'copy_user_code' | 'open_again';

/** What a flow waits for in words, and what the user can do: everything that views, lists and notifications show of it. */
export interface WaitingWords {
  /** For use within a line: `waiting for the browser`. */
  readonly short: string;
  /** One sentence. */
  readonly sentence: string;
  readonly actions: readonly WaitingAction[];
}

/** Tells what a flow waits for. */
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

function signInWords(waiting: WaitingForRedirect): string {
  const { redirectUri, pasted } = waiting;
  return pasted
    ? [
        `Waiting for you to sign in with the browser and paste the address it ends up at (${redirectUri}…).`,
        ...warningOf(waiting),
      ].join(' ')
    : ['Waiting for you to sign in with the browser.', ...warningOf(waiting)].join(' ');
}

/**
 * What to know about an https redirect URI on this machine: who receives the redirect, or that the browser asks about its
 * certificate first.
 */
export function warningOf({ redirectUri, pasted }: WaitingForRedirect): readonly string[] {
  if (!isSecureLoopback(redirectUri)) return [];
  if (pasted)
    return [`Another program has the port of ${new URL(redirectUri).host}: it must not use the code first.`];
  return [
    `The browser first warns of the certificate of ${new URL(redirectUri).host}, which was made on this computer: go on there.`,
  ];
}

/** The redirects that came but could not be used, one sentence each. */
export function unmatchedOf(waiting: Waiting): readonly string[] {
  return waiting.kind === 'redirect' ? (waiting.unmatched ?? []).map(unmatchedSentence) : [];
}

/** The URL that the waiting user has to open; undefined where there is none. */
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

/** A running flow at one moment. */
export interface LiveFlow {
  /** The `id` that its report will have. */
  readonly id: string;
  readonly kind: FlowKind;
  readonly profile: Profile;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly exchanges: readonly Exchange[];
  readonly pkce?: PkceRecord;
  readonly waiting?: Waiting;
}
