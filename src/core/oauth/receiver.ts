import type { SubmitResult } from '../record/waiting.ts';
import type { UnmatchedRedirect } from '../record/unmatched.ts';
import type { Page } from './loopback/pages.ts';

/** What the browser brought back with the right `state`. */
export type Received =
  | { readonly kind: 'redirect'; readonly parameters: URLSearchParams }
  /** The response was in the fragment: only the names of its parameters are known. */
  | { readonly kind: 'fragment'; readonly names: string };

/** Waits for the redirect of one sign-in, wherever it arrives; whoever opened it closes it. */
export interface RedirectReceiver {
  /** The redirect URI to send. */
  readonly redirectUri: string;
  /** Whether only pasting brings the redirect here. */
  readonly pasted?: boolean;
  /** Resolves with this flow's redirect; never rejects. */
  readonly received: Promise<Received>;
  /** The address to open in the browser for the authorization request. */
  offer: (authorizationUrl: string) => string;
  /** Takes a redirect that the user pasted or the editor handed over. */
  submit: (url: string) => Promise<SubmitResult>;
  /** Reports redirects that cannot be tied to this flow. */
  whenUnmatched: (told: (all: readonly UnmatchedRedirect[]) => void) => void;
  /** Shows the outcome to the browser, where one waits for it. */
  finish: (page: Page) => Promise<void>;
  close: () => Promise<void>;
}
