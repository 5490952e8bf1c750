import { redirectCertificate } from '../oauth/redirectCertificate.ts';
import { keptOf } from '../profile/kept.ts';
import { hasRedirect, type Profile } from '../profile/profile.ts';
import type { KeptSecret } from '../profile/traits.ts';
import { isSecureLoopback } from '../profile/urls.ts';

/** What the user can give the vault for a profile: what its flows need, and what else would be made here. */
export function settableOf(profile: Profile): readonly KeptSecret[] {
  const isShown = hasRedirect(profile) && isSecureLoopback(profile.redirectUri);
  return [...keptOf(profile), ...(isShown ? [redirectCertificate] : [])];
}
