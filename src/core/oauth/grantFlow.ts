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
  prepare(check?: (metadata: ServerMetadata) => void | Promise<void>): Promise<PreparedFlow>;
  /**
   * What the grant's `input` declares: from the vault, or from the user. Ask for it when the server is known to be the right one.
   *
   * @throws FailureError of kind `secret_missing`
   */
  input(): Promise<string>;
  /** Has the vault keep another one in its place, such as a rotated refresh token. */
  keepInput(text: string): Promise<void>;
}
