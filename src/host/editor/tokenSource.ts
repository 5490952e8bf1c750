import type { Event } from 'vscode';
import type { ReferringTool } from '../../core/httpFile/authReference.ts';
import type { TokenHeader } from '../../core/profile/tokenHeader.ts';

/** A profile as the editor names it. */
export interface TokenProfile {
  readonly id: string;
  readonly name: string;
  /** Where its APIs want the token; absent: `Authorization: Bearer`. */
  readonly header?: TokenHeader;
  /** What tools that get tokens by themselves are told in the token's place. */
  readonly references?: Readonly<Partial<Record<ReferringTool, string>>>;
}

/** An access token and whose it is. */
export interface ProfileToken {
  readonly profile: TokenProfile;
  readonly token: string;
  /** Milliseconds since the epoch; absent when unknown. */
  readonly expiresAt?: number;
}

/** What the editor needs from the rest of the extension to put tokens into files. */
export interface TokenSource {
  /** Fires when a token or a profile changed, and as time passes. */
  readonly onDidChange: Event<void>;
  profiles: () => Promise<readonly TokenProfile[]>;
  /** The profile that is used unless another is asked for. */
  active: () => Promise<TokenProfile | undefined>;
  /** The profile with this id, or the one for the host of `url`, or the one the user chooses; undefined when the user chose none. */
  choose: (id: string | undefined, url?: string) => Promise<TokenProfile | undefined>;
  /** The profile's last token, good or expired, without asking any server. */
  last: (profile: string) => Promise<ProfileToken | undefined>;
  /**
   * A good token, after progress and Cancel where one must be fetched; undefined when that failed, which the user was told.
   *
   * @param renew a new one although the last is still good.
   */
  obtain: (profile: string, renew: boolean) => Promise<ProfileToken | undefined>;
}

/** What can be said of a token by looking at it. */
export interface TokenSummary {
  /** Plain sentences; what is the token's own in them is already made visible text. */
  readonly lines: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}

/** Reads a token; undefined when there is nothing to say. */
type DescribeToken = (token: string) => Promise<TokenSummary | undefined>;

/** What the rest of the extension gives to the editor. */
export interface EditorServices {
  readonly source: TokenSource;
  readonly describe: DescribeToken;
}
