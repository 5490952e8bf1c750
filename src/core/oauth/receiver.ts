import type { SubmitResult } from '../record/waiting.ts';
import type { UnmatchedRedirect } from '../record/unmatched.ts';
import type { Page } from './loopback/pages.ts';

/** What the browser brought back with the right `state`. */
export type Received =
  | { readonly kind: 'redirect'; readonly parameters: URLSearchParams }
  /** Everything was in the fragment: only the names in it are known. */
  | { readonly kind: 'fragment'; readonly names: string };

/** Waits for the redirect of one sign-in, wherever it arrives; whoever opened it closes it. */
export interface RedirectReceiver {
  /** The redirect URI to send. */
  readonly redirectUri: string;
  /** Whether nothing but the user's pasting brings the redirect here. */
  readonly pasted?: boolean;
  /** Settles with the first redirect that is ours; never rejects. */
  readonly received: Promise<Received>;
  /** The address to open in the browser for the authorization request. */
  offer: (authorizationUrl: string) => string;
  /** Takes a redirect that the user pasted or the editor was handed. */
  submit: (url: string) => Promise<SubmitResult>;
  /** Tells of what has the form of a redirect and cannot be tied to this flow. */
  whenUnmatched: (told: (all: readonly UnmatchedRedirect[]) => void) => void;
  /** Shows the browser how it went, where it waits for that. */
  finish: (page: Page) => Promise<void>;
  close: () => Promise<void>;
}
