import type { LaneId } from '../../shared/views/flowView.ts';
import type { FlowContext } from '../flow/context.ts';
import type { TokenSet } from '../flow/report.ts';
import type { ExchangePurpose } from '../http/exchange.ts';
import type { PreparedFlow } from '../oauth/prepare.ts';
import type { ServerMetadata } from '../oauth/serverMetadata.ts';
import type { Profile } from '../profile/profile.ts';
import type { GrantTraits } from '../profile/traits.ts';

/** What a flow stops for until somebody acts: the browser's redirect, a code typed elsewhere, a decision elsewhere. */
type WaitsFor = 'nothing' | 'redirect' | 'user_code' | 'decision';

/** An endpoint of the server's metadata without which a flow cannot run. */
export type NeededEndpoint =
  | 'authorization_endpoint'
  | 'token_endpoint'
  | 'device_authorization_endpoint'
  | 'backchannel_authentication_endpoint'
  | 'pushed_authorization_request_endpoint'
  | 'registration_endpoint'
  | 'introspection_endpoint'
  | 'userinfo_endpoint'
  | 'revocation_endpoint'
  | 'end_session_endpoint';

/** How the flow view shows the exchanges of one purpose. */
export interface ExchangeWords {
  readonly purpose: ExchangePurpose;
  /** What happens, in words: `Ask for a token`. */
  readonly title: string;
  /** Whom it goes to. */
  readonly lane: LaneId;
}

/** What an error of the server means with one grant. */
interface ErrorMeaning {
  readonly error: string;
  /** One sentence: what the server says with it. */
  readonly meaning: string;
  /** One sentence: what the user can do. */
  readonly advice: string;
  /** Such as `RFC 8628 section 3.5`. */
  readonly source: string;
}

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

/**
 * One way to a token, as the one thing that the rest of the product knows of it. To add a grant is to add a file that
 * exports one, and its line in `all.ts`.
 */
export interface GrantDescriptor extends GrantTraits {
  /** @see RFC 6749 section 4 */
  readonly grantType: string;
  /** In lists, within a line: `authorization code`. */
  readonly short: string;
  /** A codicon. */
  readonly icon: 'server' | 'person' | 'device-mobile' | 'key' | 'arrow-swap' | 'law' | 'verified';
  readonly waitsFor: WaitsFor;
  readonly endpoints: readonly NeededEndpoint[];
  /** Exchanges that only this grant has, or that are called otherwise in it. */
  readonly exchanges?: readonly ExchangeWords[];
  /** Errors that only this grant has, or that mean something else in it. */
  readonly meanings?: readonly ErrorMeaning[];
  /** Gets a token. Heavy code is imported when it is called. @throws FailureError, or what the signal was aborted with */
  run(profile: Profile, flow: GrantFlow): Promise<TokenSet>;
}
