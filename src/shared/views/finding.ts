/** How much a finding matters: it breaks something, it is likely to, or it is good to know. */
export type Severity = 'error' | 'warning' | 'note';

/** Where a statement comes from. `url` is always one of ours, never a server's. */
export interface SourceView {
  /** Such as `RFC 7519 section 4.1.4`. */
  readonly text: string;
  readonly url?: string;
}

/** Something the extension has to say about a token, an error or a set-up. */
export interface FindingView {
  /** Stable, for tests and quick fixes. */
  readonly code: string;
  readonly severity: Severity;
  /** What is so, one sentence. */
  readonly message: string;
  /** Why it matters and what to do, one or two sentences. */
  readonly reason: string;
  readonly source?: SourceView;
}
