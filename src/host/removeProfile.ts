import type { Profile } from '../core/profile/profile.ts';
import { seenProfiles } from './leftovers.ts';
import type { Services } from './services.ts';
import { forgetAgreed } from './usedOrigins.ts';

/** Removes a profile with everything that is stored for it, and cancels its running flows. */
export async function removeProfile(
  {
    session,
    tokens,
    profiles,
    globalState,
    access,
  }: Pick<Services, 'session' | 'tokens' | 'profiles' | 'globalState' | 'access'>,
  profile: Profile,
): Promise<void> {
  session.forget(profile.id);
  // The secret first: if this fails, the profile is still listed and can be deleted again.
  await tokens.deleteProfile(profile, profiles.get(profile.id)?.hidden);
  await forgetAgreed(globalState, profile.id);
  // A later profile with this id is another one, for which callers must ask again.
  await access.forget(profile.id);
  await profiles.delete(profile.id);
  // If it hid a profile in wider settings, that one shows now, and will be remembered again.
  await seenProfiles(globalState).forget(profile.id);
}
