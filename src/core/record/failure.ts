import type { UnmatchedRedirect } from './unmatched.ts';

/** Where in a flow something failed. */
export type FlowStep =
  | 'profile'
  | 'secret'
  | 'discovery'
  | 'listen'
  | 'browser'
  | 'authorization'
  | 'redirect'
  | 'token'
  | 'jwks'
  | 'id_token'
  | 'refresh'
  | 'registration'
  | 'introspection'
  | 'revocation'
  | 'sign_out'
  | 'api'
  | 'store';

/**
 * An OAuth error in the server's words; every member comes from the server and is untrusted. @see RFC 6749 sections 4.1.2.1 and
 * 5.2
 */
export interface OAuthErrorBody {
  readonly error: string;
  readonly error_description?: string;
  readonly error_uri?: string;
}

interface FailureCommon {
  readonly step: FlowStep;
  /** What happened and where, one plain sentence, without any secret. */
  readonly message: string;
  /** What the user can do about it, one plain sentence. */
  readonly advice: string;
  /** The exchange it happened in (`Exchange.id`). */
  readonly exchange?: number;
  /** Where several addresses were asked: each with its answer, one per line. */
  readonly tried?: readonly string[];
}

/** Everything a flow can end with instead of a token. Closed: switches over `kind` are exhaustive. */
export type Failure = FailureCommon &
  (
    | { readonly kind: 'invalid_profile'; readonly problems: readonly string[] }
    /**
     * A secret is missing: the client's own, or (`what`) the input that the flow starts from; or the stored one cannot be used.
     */
    | { readonly kind: 'secret_missing'; readonly what?: 'input' | 'stored' }
    | { readonly kind: 'vault'; readonly code: string }
    /** Plain http to anything but loopback, or no URL at all; `member` is the metadata member that names it. */
    | { readonly kind: 'insecure_url'; readonly url: string; readonly member?: string }
    /**
     * No complete HTTP response: DNS, refused, reset, unreachable. `code` is Node's (`ENOTFOUND`, `ECONNREFUSED`, ...);
     * `status` is that of a response whose body was cut off.
     */
    | { readonly kind: 'network'; readonly code: string; readonly host: string; readonly status?: number }
    /** `code` is Node's or OpenSSL's (`DEPTH_ZERO_SELF_SIGNED_CERT`, ...). */
    | { readonly kind: 'tls'; readonly code: string; readonly host: string }
    | {
        readonly kind: 'timeout';
        readonly seconds: number;
        /** What came instead of the expected redirect. */
        readonly unmatched?: readonly UnmatchedRedirect[];
      }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'response_too_large'; readonly limit: number }
    | {
        readonly kind: 'redirected';
        readonly status: number;
        readonly location?: string;
        readonly workingIssuer?: string;
      }
    /** An OAuth error response. `status` is absent for an error in a redirect. */
    | { readonly kind: 'oauth_error'; readonly status?: number; readonly body: OAuthErrorBody }
    /** An unsuccessful status without an OAuth error. */
    | { readonly kind: 'http_error'; readonly status: number; readonly contentType?: string }
    /** A success that cannot be used; `code` tells why: `no_access_token`, `not_json`, ... */
    | { readonly kind: 'malformed_response'; readonly code: string }
    | {
        readonly kind: 'issuer_mismatch';
        readonly expected: string;
        readonly received: string;
        /** The issuer under which metadata was found. */
        readonly workingIssuer?: string;
        /** The endpoints in the document that could be entered by hand instead, by their metadata names. */
        readonly endpoints?: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'metadata_missing'; readonly missing: string }
    /** `code` is Node's: `EADDRINUSE`, `EACCES` for a port that this user may not use, ... */
    | { readonly kind: 'port_busy'; readonly port: number; readonly code?: string }
    | { readonly kind: 'browser_not_opened' }
    /**
     * The redirect belongs to this flow but cannot be used (`code_missing`, `iss_missing`, `iss_wrong`, `iss_twice`,
     * `fragment`); with the issuers where they were compared.
     */
    | {
        readonly kind: 'invalid_redirect';
        readonly code: string;
        readonly expected?: string;
        readonly received?: string;
      }
    /**
     * `code` is stable: `signature`, `iss`, `aud`, `exp`, `nonce`, ...; with the values that were compared unless they are
     * secret.
     */
    | {
        readonly kind: 'invalid_id_token';
        readonly code: string;
        readonly problem?: 'missing' | 'wrong' | 'type';
        readonly expected?: string;
        readonly received?: string;
      }
    | { readonly kind: 'sign_in_required' }
    | { readonly kind: 'unexpected'; readonly code: string }
  );

export type FailureKind = Failure['kind'];

/** The error that core throws: a failure on its way to the report. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}
