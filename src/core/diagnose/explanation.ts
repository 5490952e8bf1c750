import type { SourceView } from '../../shared/views/finding.ts';
import type { Failure } from '../record/failure.ts';
import type { Link } from './provider.ts';
import type { QuickFix } from './quickFix.ts';

/** One reason why it may have failed, with what speaks for it and what to do. */
export interface Cause {
  /** Stable: the rule's name, or `<provider>/<rule>`. */
  readonly id: string;
  /** 1 to 100: how much speaks for it. */
  readonly weight: number;
  /** What is wrong, one sentence. */
  readonly title: string;
  /** What in this profile, these exchanges and this server says so, one sentence each. */
  readonly evidence: readonly string[];
  readonly steps: readonly string[];
  readonly fixes: readonly QuickFix[];
  readonly source?: SourceView;
}

/** What the server said, in its own words; every member is hostile, size-limited and free of our secrets. */
export interface ServerWords {
  readonly status?: number;
  readonly statusText?: string;
  readonly error?: string;
  readonly error_description?: string;
  /** Shown as text, never as a link. */
  readonly error_uri?: string;
  /** The body, when it is not an OAuth error. */
  readonly body?: string;
  readonly contentType?: string;
  /** Set when the body was longer than what is kept here. */
  readonly truncated?: true;
  /** The `WWW-Authenticate` fields of an API's answer. */
  readonly challenges?: readonly string[];
}

/** What a failure is, why it happened, and what to do. */
export interface Explanation {
  readonly failure: Failure;
  readonly title: string;
  readonly provider: {
    readonly id: string;
    readonly name: string;
    readonly why: string;
    readonly how: 'named' | 'recognised' | 'generic';
  };
  readonly server?: ServerWords;
  /** What that error means in that place. */
  readonly meaning: { readonly text: string; readonly source?: SourceView };
  /** The most likely first. */
  readonly causes: readonly Cause[];
  /** The exchange it happened in (`Exchange.id`). */
  readonly exchange?: number;
  readonly links: readonly Link[];
}
