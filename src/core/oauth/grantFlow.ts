import type { TokenSet } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import type { GrantInput } from '../profile/traits.ts';
import type { FlowContext } from './context.ts';
import type { PreparedFlow } from './prepare.ts';
import type { ServerMetadata } from './serverMetadata.ts';

/** What a grant's `run` works with. */
export interface GrantFlow extends FlowContext {
  /**
   * Finds the server's endpoints and takes the client's material in hand; asked once a flow.
   *
   * @param check refuses a server, or finds out what else stands in the way, before anything secret is asked for
   * @throws FailureError of step `discovery` or `secret`
   */
  prepare: (check?: (metadata: ServerMetadata) => void | Promise<void>) => Promise<PreparedFlow>;
  /**
   * What the grant's `input` declares: from the vault, or from the user. Ask for it when the server is known to be the right one.
   *
   * @param other something else that is handed in
   * @throws FailureError of kind `secret_missing`
   */
  input: (other?: GrantInput) => Promise<string>;
  /** Has the vault keep another one in its place, such as a rotated refresh token. */
  keepInput: (text: string) => Promise<void>;
  /**
   * The other profile that a flow over two servers begins with: the one that `subjectProfile` names. What it does is written
   * into the same trace, and its secrets are read, and kept, for its own server alone.
   *
   * @throws FailureError of kind `invalid_profile` when there is none
   */
  partner: () => Promise<Partner>;
}

/** A profile at the identity provider, as a flow of another profile uses it. */
export interface Partner {
  readonly profile: Profile;
  readonly flow: GrantFlow;
  /** Its tokens that are still good. */
  readonly kept?: TokenSet;
  /** Runs its grant, and has the tokens kept for it. */
  readonly signIn: () => Promise<TokenSet>;
}
