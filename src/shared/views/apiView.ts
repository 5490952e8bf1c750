import type { IntentOf } from '../intents.ts';
import type { ExplanationView, NoticeView } from './failureView.ts';

/** Something that happened on the way of a call, one sentence. */
export interface ApiStepView {
  readonly text: string;
  readonly tone: 'good' | 'bad' | 'warn' | 'info';
  /** What can be done about it. */
  readonly action?: 'explainRenewal' | 'getToken';
}

/** A response's body, made readable; hostile, shown as text. */
export interface BodyView {
  readonly kind: 'json' | 'text' | 'binary' | 'empty';
  readonly text: string;
  /** Bytes or characters as a phrase, such as `12 kB`. */
  readonly size: string;
  /** The body goes on beyond what is shown. */
  readonly cut: boolean;
}

export interface ApiResponseView {
  readonly status: number;
  readonly statusText: string;
  readonly tone: 'good' | 'bad' | 'warn' | 'info';
  readonly milliseconds: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: BodyView;
}

/** What came of a request that was sent with a profile's token. */
export interface ApiViewModel {
  readonly method: string;
  readonly url: string;
  readonly profile: string;
  /** What happened, in order: token, attempts, renewal. */
  readonly steps: readonly ApiStepView[];
  /** The request as sent, its token by the last 6 characters. */
  readonly request: { readonly headers: readonly (readonly [string, string])[]; readonly body?: string };
  readonly response?: ApiResponseView;
  /** Scopes of the token that was sent; absent when it names none. */
  readonly scopes?: readonly string[];
  /** Why it did not succeed. */
  readonly explanation?: ExplanationView;
  readonly notice?: NoticeView;
  readonly busy: boolean;
}

export const apiIntents = {
  fix: { cause: 'count', fix: 'count' },
  sendAgain: {},
  explainRenewal: {},
  getToken: {},
  showFlow: {},
  copyBody: {},
  openBody: {},
  saveBody: {},
} as const;
export type ApiViewIntent = IntentOf<typeof apiIntents>;
