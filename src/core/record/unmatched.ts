/**
 * A request to the listener that looks like a redirect, but cannot be tied to the sign-in. Anybody may have sent it, any web
 * page included: it is reported and shown, and never ends a sign-in.
 *
 * @see RFC 6749 sections 4.1.2.1 and 10.12, RFC 9700 section 4.7
 */
export interface UnmatchedRedirect {
  readonly why:
    | 'no_state'
    | 'other_state'
    | 'several_states'
    | 'other_path'
    | 'post'
    | 'empty'
    | 'fragment'
    | 'too_large'
    | 'encrypted';
  /** Whether it had a code. */
  readonly code: boolean;
  /** Its error, if that is written as an error code. */
  readonly error?: string;
  /** The path, where that is the difference. */
  readonly path?: string;
}
