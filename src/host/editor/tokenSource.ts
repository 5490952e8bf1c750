import type { Event } from 'vscode';
import type { ReferringTool } from '../../core/httpFile/authReference.ts';
import type { TokenHeader } from '../../core/profile/tokenHeader.ts';

/** What the editor needs to know of a profile. */
export interface TokenProfile {
  readonly id: string;
  readonly name: string;
  /** The header in which its APIs expect the token; absent: `Authorization: Bearer`. */
  readonly header?: TokenHeader;
  /** By tool, the reference that it resolves to the token itself. */
  readonly references?: Readonly<Partial<Record<ReferringTool, string>>>;
}

/** An access token and its profile. */
export interface ProfileToken {
  readonly profile: TokenProfile;
  readonly token: string;
  /** Milliseconds since the epoch; absent when unknown. */
  readonly expiresAt?: number;
}

/** What the editor needs of the rest of the extension to put tokens into files. */
export interface TokenSource {
  /** Fires when a token or a profile changed, and as time passes. */
  readonly onDidChange: Event<void>;
  profiles: () => Promise<readonly TokenProfile[]>;
  /** The profile that is used unless another is asked for. */
  active: () => Promise<TokenProfile | undefined>;
  /** The profile with this id, or the one for the host of `url`, or the one the user chooses; undefined when the user chose none. */
  choose: (id: string | undefined, url?: string) => Promise<TokenProfile | undefined>;
  /** The profile's latest token, valid or expired; no server is asked. */
  last: (profile: string) => Promise<ProfileToken | undefined>;
  /**
   * A valid token; where one must be fetched, under a notification with Cancel. Undefined when that failed, which the user was
   * told.
   *
   * @param renew get a new one even if the latest is still valid
   */
  obtain: (profile: string, renew: boolean) => Promise<ProfileToken | undefined>;
}

/** What a token tells of itself. */
export interface TokenSummary {
  /** Plain sentences; the token's own values in them are made safe to show. */
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
