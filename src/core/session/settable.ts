import { redirectCertificate } from '../oauth/redirectCertificate.ts';
import { keptOf } from '../profile/kept.ts';
import { hasRedirect, type Profile } from '../profile/profile.ts';
import type { KeptSecret } from '../profile/traits.ts';
import { isSecureLoopback } from '../profile/urls.ts';

/** What the user can give the vault for a profile: what its flows need, and what else would be made here. */
export function settableOf(profile: Profile): readonly KeptSecret[] {
  return [...keptOf(profile), ...(showsBrowsers(profile) ? [redirectCertificate] : [])];
}

/** Whether browsers are shown a certificate at the redirect URI. */
export function showsBrowsers(profile: Profile): boolean {
  return hasRedirect(profile) && isSecureLoopback(profile.redirectUri);
}
