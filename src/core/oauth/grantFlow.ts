import type { TokenSet } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import type { GrantInput } from '../profile/traits.ts';
import type { FlowContext } from './context.ts';
import type { PreparedFlow } from './prepare.ts';
import type { ServerMetadata } from './serverMetadata.ts';

/** What a grant's `run` works with. */
export interface GrantFlow extends FlowContext {
  /**
   * Finds the server's endpoints and the client's authentication, once for a flow.
   *
   * @param check refuses a server before any secret is asked for
   * @throws FailureError of step `discovery` or `secret`
   */
  prepare: (check?: (metadata: ServerMetadata) => void | Promise<void>) => Promise<PreparedFlow>;
  /**
   * The grant's `input`, such as a refresh token or an assertion: from the vault, or from the user. Ask only when the server is
   * known to be the right one.
   *
   * @param other another input than the one that the grant declares
   * @throws FailureError of kind `secret_missing`
   */
  input: (other?: GrantInput) => Promise<string>;
  /** Replaces the input in the vault, as with a rotated refresh token. */
  keepInput: (text: string) => Promise<void>;
  /**
   * For a flow over two servers: the profile that `subjectProfile` names. Its exchanges are recorded in the same trace; its
   * secrets go to its own server only.
   *
   * @throws FailureError of kind `invalid_profile` when there is none
   */
  partner: () => Promise<Partner>;
}

/** The profile at the identity provider, as the flow of another profile uses it. */
export interface Partner {
  readonly profile: Profile;
  readonly flow: GrantFlow;
  /** Its tokens, if they are still valid. */
  readonly kept?: TokenSet;
  /** Runs its grant and keeps the tokens for it. */
  readonly signIn: () => Promise<TokenSet>;
}
