import type { LaneId } from '../../shared/views/flowView.ts';
import type { GrantFlow } from '../oauth/grantFlow.ts';
import type { RunningGrant } from '../oauth/runningGrant.ts';
import type { TokenSet } from '../record/report.ts';
import type { ExchangePurpose } from '../record/exchange.ts';
import type { Profile } from '../profile/profile.ts';
import type { GrantInput } from '../profile/traits.ts';

/** What a flow stops for until somebody acts: the browser's redirect, a code typed elsewhere, a decision elsewhere. */
type WaitsFor = 'nothing' | 'redirect' | 'user_code' | 'decision';

/** How the flow view shows the exchanges of one purpose. */
export interface ExchangeWords {
  readonly purpose: ExchangePurpose;
  /** What happens, in words: `Ask for a token`. */
  readonly title: string;
  /** Whom it goes to. */
  readonly lane: LaneId;
  /** Parameters that mean something else here than elsewhere: what they are for, and where that is defined. */
  readonly parameters?: Readonly<Record<string, readonly [meaning: string, source: string]>>;
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

/**
 * One way to a token, as the one thing that the rest of the product knows of it. To add a grant is to add a file that
 * exports one, and its line in `all.ts`.
 */
export interface GrantDescriptor extends RunningGrant {
  /** In lists, within a line: `authorization code`. */
  readonly short: string;
  /** A codicon. */
  readonly icon: 'server' | 'person' | 'device-mobile' | 'key' | 'arrow-swap' | 'law' | 'verified';
  readonly waitsFor: WaitsFor;
  /** Exchanges that only this grant has, or that are called otherwise in it. */
  readonly exchanges?: readonly ExchangeWords[];
  /** Errors that only this grant has, or that mean something else in it. */
  readonly meanings?: readonly ErrorMeaning[];
  /** What the flows of a profile start from besides `input`, each asked for in every flow. */
  inputs?: (profile: Profile) => readonly GrantInput[];
  /** Gets a token. Heavy code is imported when it is called. @throws FailureError, or what the signal was aborted with */
  run: (profile: Profile, flow: GrantFlow) => Promise<TokenSet>;
}
