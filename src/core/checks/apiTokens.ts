import type { TokenSet } from '../flow/report.ts';
import { decodeToken } from '../token/decode.ts';
import { isBound } from '../token/isBound.ts';
import { withoutSlash } from '../http/ends.ts';
import type { ApiTokens } from './apiBench.ts';
import { Undetermined } from './undetermined.ts';

/** Where tokens come from; each is asked once, when a check first needs it. */
export interface TokenSources {
  /** A token for the API. @throws FailureError when there is none */
  good(): Promise<TokenSet>;
  /** The token that was kept before, when it has ended. */
  readonly ended?: TokenSet;
  /** A token that was asked for without any scope; absent where that takes a person. */
  withoutScope?(): Promise<TokenSet | undefined>;
  /** A token of a profile that is for another API; absent when nobody agreed to that. */
  otherAudience?(): Promise<TokenSet | undefined>;
}

/** Tokens for the checks of an API: only those that are what the check takes them for. */
export function apiTokens(sources: TokenSources): ApiTokens {
  const good = once(() => sources.good());
  const narrow = once(async () => sources.withoutScope?.());
  const other = once(async () => sources.otherAudience?.());
  return {
    good: async () => sendable(await good()),
    idToken: async () => (await good()).id_token,
    expired: () => Promise.resolve(sources.ended && sendable(sources.ended)),
    withoutScope: async () => {
      const tokens = await narrow();
      // Where scopes are left out many servers grant all of them.
      return tokens && lacksScope(tokens, await good()) ? sendable(tokens) : undefined;
    },
    otherAudience: async () => {
      const tokens = await other();
      return tokens && !sharesAudience(tokens, await good()) ? sendable(tokens) : undefined;
    },
  };
}

/** @throws Undetermined for a token that goes with a proof, which these checks do not make */
function sendable(tokens: TokenSet): string {
  if (isBound(tokens))
    throw new Undetermined('The token is bound to a key (DPoP); these checks send bearer tokens only.');
  return tokens.access_token;
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}

function lacksScope(tokens: TokenSet, good: TokenSet): boolean {
  const has = scopesOf(tokens);
  return [...scopesOf(good)].some((scope) => !has.has(scope));
}

function scopesOf({ scope, access_token: token }: TokenSet): ReadonlySet<string> {
  const claim = decodeToken(token).payload?.json?.['scope'];
  const text = typeof claim === 'string' ? claim : (scope ?? '');
  return new Set(text.split(' ').filter((one) => one !== ''));
}

function sharesAudience(tokens: TokenSet, good: TokenSet): boolean {
  const audiences = audiencesOf(good);
  return audiencesOf(tokens).some((one) => audiences.includes(one));
}

function audiencesOf({ access_token: token }: TokenSet): readonly string[] {
  const claim: unknown = decodeToken(token).payload?.json?.['aud'];
  const all: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return all.filter((one) => typeof one === 'string').map(withoutSlash);
}
