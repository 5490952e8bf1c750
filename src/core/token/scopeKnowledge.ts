/** What is known about a provider's scopes beyond the RFCs; every member may be absent. */
export interface ScopeKnowledge {
  /** Claims of the access token that contain granted scopes, as dotted paths, besides `scope` and `scp`. */
  readonly scopeClaims?: readonly string[];
  /** Claims that contain roles or permissions, as dotted paths, besides `roles` and `permissions`. */
  readonly roleClaims?: readonly string[];
  /** Separators of scopes in the response's `scope` and in string claims besides spaces, such as `,`. */
  readonly separators?: readonly string[];
  /** Asking for the key grants the values too: `{ "full": ["api", "web"] }`. */
  readonly implied?: Readonly<Record<string, readonly string[]>>;
  /** Scopes that no token names, besides those of OpenID Connect: they only control what is issued. */
  readonly notInToken?: readonly string[];
  /** Whether the token names a scope without the resource in the request: `api://orders/read` becomes `read`. */
  readonly dropsResource?: boolean;
  /** The suffix of a scope that means “everything configured”, such as Entra's `.default`. */
  readonly defaultSuffix?: string;
  /** Scopes that are not granted with some grants, and why. */
  readonly notGranted?: readonly {
    readonly scopes: readonly string[];
    readonly grants: readonly string[];
    /** One sentence. */
    readonly why: string;
  }[];
  /** The meanings of scopes. */
  readonly meanings?: Readonly<Record<string, string>>;
}
