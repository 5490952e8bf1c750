import type { IntentOf } from '../intents.ts';
import type { SourceView } from './finding.ts';

/** How much speaks for a cause. */
export type Likelihood = 'very_likely' | 'likely' | 'possible';

/** One reason why it may have failed. Texts may quote the server. */
export interface CauseView {
  readonly id: string;
  readonly likelihood: Likelihood;
  readonly title: string;
  readonly evidence: readonly string[];
  readonly steps: readonly string[];
  /** What a click can do about it, in the order of `FailureViewIntent.fix`. */
  readonly fixes: readonly string[];
  /** Those of the fixes that the profile has already, by their place. */
  readonly done: readonly number[];
  readonly source?: SourceView;
}

/** The server's own words: hostile, shown as text. */
export interface ServerWordsView {
  /** Such as `400 Bad Request`; absent for an error in a redirect. */
  readonly status?: string;
  readonly words: readonly { readonly name: string; readonly value: string }[];
  readonly body?: string;
  /** Characters that were left out of `body`. */
  readonly cut: boolean;
}

/** Why something failed and what to do, as the failure view and the API view show it. */
export interface ExplanationView {
  readonly server?: ServerWordsView;
  readonly meaning: { readonly text: string; readonly source?: SourceView };
  readonly causes: readonly CauseView[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

/** What a quick fix, or something else that was asked for, came to. */
export interface NoticeView {
  readonly text: string;
  readonly done: boolean;
  /** The place of the cause whose fix it was. */
  readonly cause?: number;
}

export interface FailureViewModel extends ExplanationView {
  /** What went wrong, in words: the first cause where enough speaks for it (`titled`). */
  readonly title: string;
  readonly titled: boolean;
  /** The error and where it came up, such as `invalid_grant at the token endpoint`. */
  readonly code?: string;
  /** What happened and where, one sentence. */
  readonly message: string;
  readonly advice: string;
  readonly profile: string;
  /** Such as `Salesforce`, with why it is thought to be that one. */
  readonly provider?: { readonly name: string; readonly why: string };
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The request it failed in, such as `POST https://login.example.com/token`. */
  readonly exchange?: string;
  /** What a quick fix came to. */
  readonly notice?: NoticeView;
  /** The profile was deleted: it cannot be run again. */
  readonly gone?: true;
  /** A fix or a run is under way. */
  readonly busy: boolean;
}

export const failureIntents = {
  fix: { cause: 'count', fix: 'count' },
  runAgain: {},
  showFlow: {},
  copy: {},
} as const;
export type FailureViewIntent = IntentOf<typeof failureIntents>;
