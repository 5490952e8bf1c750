import { isSilent } from '../grants/all.ts';
import type { TokenSet } from '../record/report.ts';
import type { Profile } from '../profile/profile.ts';
import { expiryMargin } from './tokenState.ts';

/** A token is renewed when less than this is left of it, in milliseconds. */
export const renewalLead = 90_000;

/**
 * Whether a token is to be renewed now without anyone asking: the profile wants it, little is left but it has not expired, and
 * no sign-in is needed for it.
 *
 * @param now milliseconds since the epoch.
 */
export function isRenewalDue(profile: Profile, tokens: TokenSet | undefined, now: number): boolean {
  if (profile.renew !== true || tokens?.expires_at === undefined) return false;
  const left = tokens.expires_at - now;
  const soon = left <= renewalLead && left > 0;
  // A token that never lives longer than this would be renewed without end.
  const lived = tokens.expires_at - tokens.received_at;
  const silent = isSilent(profile) || tokens.refresh_token !== undefined;
  return soon && silent && lived > renewalLead + expiryMargin;
}
