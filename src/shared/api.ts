/** The access token of a profile, for an extension that its user lets have it. */
export interface GivenToken {
  readonly accessToken: string;
  /** As the server spelled it, such as `Bearer`. */
  readonly tokenType: string;
  /** Milliseconds since the epoch; absent when unknown. */
  readonly expiresAt?: number;
  /** The scopes that were granted. */
  readonly scopes: readonly string[];
}

/** One reason why it may have failed. */
export interface GivenCause {
  /** Stable. */
  readonly id: string;
  readonly title: string;
  /** What speaks for it. */
  readonly evidence: readonly string[];
  /** What to do. */
  readonly steps: readonly string[];
}

/** A failure, explained; plain text, without any token. */
export interface GivenExplanation {
  readonly title: string;
  readonly meaning: string;
  /** The most likely first. */
  readonly causes: readonly GivenCause[];
  /** All of it as Markdown. */
  readonly markdown: string;
}

/** What one check found. */
export interface GivenCheck {
  /** Such as `pkce.wrong-verifier`. */
  readonly id: string;
  readonly title: string;
  readonly verdict: 'pass' | 'fail' | 'weakness' | 'not_determined' | 'not_applicable';
  readonly meaning: string;
  readonly advice?: string;
}

/** What the extension `oauth-explorer.oauth-explorer` exports; `activate()` gives it. */
export interface OAuthExplorerApi {
  /** Grows by one when something changes that callers must know. */
  readonly apiVersion: 1;
  /**
   * The access token of a profile. The user is asked once whether other extensions may have it, and signs in where that is
   * needed. VS Code does not say who calls: `vscode.authentication.getSession('oauth-explorer', ['profile:<id>'])` asks for your
   * extension by its name.
   *
   * Rejects with a sentence when there is no such profile, when the user says no, or when no token comes.
   */
  getToken: (profile: string) => Promise<GivenToken>;
  /**
   * Why an answer of a token endpoint, a redirect or an API is a failure; `undefined` when it is none. Nothing is sent.
   *
   * Rejects with a sentence for a text that is not an answer.
   */
  explainFailure: (
    answer: string,
    options?: { readonly profile?: string; readonly status?: number },
  ) => Promise<GivenExplanation | undefined>;
  /**
   * Runs checks against the server of a profile, after the user has agreed to it.
   *
   * Rejects with a sentence when the user says no, or when there is no such profile, check or server; with the reason of `signal`
   * when that is aborted before they begin. Aborted later, it gives what was found until then.
   */
  runChecks: (
    profile: string,
    options?: { readonly only?: readonly string[]; readonly signIn?: boolean; readonly signal?: AbortSignal },
  ) => Promise<readonly GivenCheck[]>;
}
