/** What is known about a provider's scopes beyond the RFCs; every member may be absent. */
export interface ScopeKnowledge {
  /** Claims of the access token that hold granted scopes, as dotted paths; they are looked at besides `scope` and `scp`. */
  readonly scopeClaims?: readonly string[];
  /** Claims that hold roles or permissions, as dotted paths; besides `roles` and `permissions`. */
  readonly roleClaims?: readonly string[];
  /** What separates scopes in the response's `scope` and in string claims, besides blanks: such as `,`. */
  readonly separators?: readonly string[];
  /** Asking for the key grants the values too: `{ "full": ["api", "web"] }`. */
  readonly implied?: Readonly<Record<string, readonly string[]>>;
  /** Scopes that never show in a token, besides those of OpenID Connect: they steer what is issued. */
  readonly notInToken?: readonly string[];
  /** The token names a scope without the resource it was asked with: `api://orders/read` becomes `read`. */
  readonly dropsResource?: boolean;
  /** A scope that means "all that is configured": such as `.default` at the end of Entra's. */
  readonly defaultSuffix?: string;
  /** Scopes that a grant does not give here, and why. */
  readonly notGranted?: readonly {
    readonly scopes: readonly string[];
    readonly grants: readonly string[];
    /** One sentence. */
    readonly why: string;
  }[];
  /** What a scope is for. */
  readonly meanings?: Readonly<Record<string, string>>;
}
