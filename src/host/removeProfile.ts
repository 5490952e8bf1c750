import type { Profile } from '../core/profile/profile.ts';
import { seenProfiles } from './leftovers.ts';
import type { Services } from './services.ts';
import { forgetAgreed } from './usedOrigins.ts';

/** Removes a profile with everything that is kept for it, and ends what is under way for it. */
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
  // The secret first: a profile that is still listed can be deleted again, a secret without one would be forgotten.
  await tokens.deleteProfile(profile, profiles.get(profile.id)?.hidden);
  await forgetAgreed(globalState, profile.id);
  // A profile that is added later under this id is another.
  await access.forget(profile.id);
  await profiles.delete(profile.id);
  // A profile of wider settings that it hid shows now, and is remembered again.
  await seenProfiles(globalState).forget(profile.id);
}
