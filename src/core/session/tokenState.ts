import { duration, timeLeft } from '../../shared/duration.ts';
import type { TokenSet } from '../record/report.ts';

/** A token this close to its end counts as expired: a request under way must still arrive with a good one. */
export const expiryMargin = 30_000;

/** What is known of a profile's token, without the token. */
export type TokenState =
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown_end' }
  /** `expiresAt` is in milliseconds since the epoch. */
  | { readonly kind: 'valid' | 'expired'; readonly expiresAt: number };

/** @param now milliseconds since the epoch. */
export function tokenState(tokens: TokenSet | undefined, now: number): TokenState {
  if (!tokens) return { kind: 'none' };
  const expiresAt = tokens.expires_at;
  if (expiresAt === undefined) return { kind: 'unknown_end' };
  return { kind: expiresAt - now > expiryMargin ? 'valid' : 'expired', expiresAt };
}

/**
 * The state where there is room for a word or two, as in a narrow tree: `no token`, `42 min`, `ends in 20 s`, `expired`.
 *
 * @param now milliseconds since the epoch.
 */
export function shortTokenState(state: TokenState, now: number): string {
  if (state.kind === 'none') return 'no token';
  if (state.kind === 'unknown_end') return 'end unknown';
  const left = state.expiresAt - now;
  if (state.kind === 'valid') return duration(left);
  return left > 0 ? `ends in ${duration(left)}` : 'expired';
}

/** The state in a few words, for tooltips and lists: `no token`, `42 min left`, `expired 3 h ago`. */
export function describeTokenState(state: TokenState, now: number): string {
  switch (state.kind) {
    case 'none':
      return 'no token';
    case 'unknown_end':
      return 'token, end unknown';
    case 'valid':
    case 'expired':
      return describeEnd(state.expiresAt, now);
  }
}

/**
 * What is left of a token of ours: as `timeLeft`, but within the margin `ends in 20 s, counts as expired`, which is how it is used.
 *
 * @param expiresAt milliseconds since the epoch.
 * @param now milliseconds since the epoch.
 */
export function describeEnd(expiresAt: number, now: number): string {
  const left = expiresAt - now;
  return left > 0 && left <= expiryMargin
    ? `ends in ${duration(left)}, counts as expired`
    : timeLeft(expiresAt, now);
}
