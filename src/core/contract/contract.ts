import type { Verdict } from '../checks/check.ts';
import { writtenUrl } from '../profile/writtenUrl.ts';

/** What can be promised of a check: that it passes, or the worst that is put up with. */
export type Promised = Extract<Verdict, 'pass' | 'weakness' | 'fail'>;

/** What is promised of one check. */
export interface CheckPromise {
  readonly verdict: Promised;
  /** Why less than a pass is put up with. */
  readonly reason?: string;
  /** The last day of that, as `2027-03-31`; the exception has ended when the day is over everywhere. */
  readonly until?: string;
}

/** What is promised of a profile. */
export interface ProfileContract {
  /** By the id of a check; what is said of an area counts for each of its checks that is not named itself. */
  readonly checks: ReadonlyMap<string, CheckPromise>;
  /** The redirect URI to register, character by character. */
  readonly register?: string;
  /** The most seconds that tokens of a kind may live. */
  readonly lifetimes: ReadonlyMap<TokenKind, number>;
  /** Scopes, each with the claims that must be in a token where it was granted. */
  readonly scopes: ReadonlyMap<string, readonly string[]>;
}

/** The kinds of tokens whose lifetime can be promised. */
export const tokenKinds = ['access_token', 'id_token'] as const;

export type TokenKind = (typeof tokenKinds)[number];

/** Where something stands in the file: the offset of its first character, and its length. */
export interface ContractPlace {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where each promise stands, by the id of the profile or the URL of the server and then by its name: a check or an area, `register`,
 * `lifetimes.<kind>`, `scopes.<scope>`; the profile itself under the empty name.
 */
export type ContractPlaces = ReadonlyMap<string, ReadonlyMap<string, ContractPlace>>;

/** What `oauth.checks.json` promises, by the id of the profile, or by the URL of an MCP server. */
export type Contract = ReadonlyMap<string, ProfileContract>;

/** Under which name a server stands in the contract, and in the reports of a run without a profile. */
export function serverKey(url: string): string {
  return writtenUrl(url);
}

/** Whether a name in the contract is a server's: no profile's id has a colon. */
export function isServerKey(key: string): boolean {
  return key.includes(':');
}

/** The name of the file, at the root of a workspace or repository. */
export const contractFile = 'oauth.checks.json';

/** Something in the file that cannot be kept as it stands. */
export interface ContractProblem {
  /** From 1. */
  readonly line: number;
  readonly place: ContractPlace;
  /** One sentence: what is wrong and what to do. */
  readonly message: string;
}
