import type { Exchange } from './exchange.ts';
import type { Profile } from '../profile/profile.ts';
import type { Failure } from './failure.ts';

/** The tokens from a token endpoint, with what was asked for. Kept in memory and in the vault only. */
export interface TokenSet {
  readonly access_token: string;
  /** As the server spelled it; `Bearer` when it is missing. */
  readonly token_type: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  /** The `scope` of the response, separated by single spaces; absent: granted as requested. @see RFC 6749 section 5.1 */
  readonly scope?: string;
  /** Milliseconds since the epoch. */
  readonly received_at: number;
  /** Milliseconds since the epoch: from `expires_in`, else from the JWT's `exp`; absent when unknown. */
  readonly expires_at?: number;
  readonly requested_scopes: readonly string[];
  /**
   * The origin of the sign-in, where that is not the issuer's: the tokens go to other origins only if these belong to the same
   * service.
   */
  readonly signed_in_at?: string;
  /** Members of the response beyond the standard ones, such as Salesforce's `instance_url`. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** What ran: the id of a grant, or `refresh_token`, `api_call`, `check`. @see runNames */
export type FlowKind = string;

/** How PKCE was done in a flow. @see RFC 7636 section 4 */
export interface PkceRecord {
  readonly code_verifier: string;
  readonly code_challenge: string;
  readonly code_challenge_method: 'S256';
}

export type FlowOutcome =
  | { readonly kind: 'token'; readonly tokens: TokenSet }
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** The outcome of a run that is neither token nor failure, such as a check's; without secrets. */
  | { readonly kind: 'checked'; readonly title: string; readonly verdict: string; readonly meaning: string };

/** One run of a profile, successful or not, with every exchange, those of the browser included. */
export interface FlowReport {
  /** Unique in this session. */
  readonly id: string;
  readonly kind: FlowKind;
  /** The profile as it was when the flow ran. */
  readonly profile: Profile;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
  readonly exchanges: readonly Exchange[];
  readonly pkce?: PkceRecord;
  readonly outcome: FlowOutcome;
  /** In a flow over two servers that failed at the identity provider: the profile for that. */
  readonly failedAt?: Profile;
  /** The run is from before the window was last loaded: the secrets in it are no longer known. */
  readonly restored?: true;
}
