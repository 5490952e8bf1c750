/**
 * What came to the listener in the form of a redirect and cannot be tied to the sign-in. Anybody may have sent it, another web
 * page too: it is told and shown, and never ends a sign-in.
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
  /** Its error, when that is written as an error code is. */
  readonly error?: string;
  /** The path it came to, where that is the difference. */
  readonly path?: string;
}
