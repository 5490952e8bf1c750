import type { Made } from '../ports.ts';
import { secretPlace, type Profile } from '../profile/profile.ts';
import type { SecretStore } from './secretStore.ts';

/**
 * A secret of our own for a profile's server, such as a key: the stored one if it is good, else a new one, which is then
 * stored.
 */
export async function keptOrMade(
  secrets: Pick<SecretStore, 'get' | 'set'>,
  profile: Profile,
  ...[what, make, isGood = () => true]: Parameters<Made>
): Promise<string> {
  const place = secretPlace(profile, undefined, { what });
  const kept = await secrets.get(place);
  if (kept !== undefined && isGood(kept)) return kept;
  const made = await make();
  await secrets.set(place, made);
  return made;
}
