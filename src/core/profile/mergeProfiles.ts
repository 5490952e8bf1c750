import type { InvalidEntry, ValidEntry } from './parseProfile.ts';
import type { Profile } from './profile.ts';
import type { EntryPlace, ProfileEntry } from './parseProfiles.ts';
import type { ProfileSource } from './profileSource.ts';

/**
 * A usable profile with its settings. It hides profiles with the same id in wider settings: `overrides` says where the nearest
 * of them is, `hidden` is that profile, `users` the one in the user's own settings, however many hide it.
 */
export type StoredProfile = ValidEntry &
  EntryPlace & { readonly overrides?: ProfileSource; readonly hidden?: Profile; readonly users?: Profile };

/** The profiles of all settings, merged. */
export interface ProfileList {
  readonly profiles: readonly StoredProfile[];
  readonly invalid: readonly (InvalidEntry & EntryPlace)[];
}

/**
 * Merges the entries of all settings, the widest first: a later profile replaces an earlier one with the same id. An invalid
 * entry replaces none.
 */
export function mergeProfiles(sources: readonly (readonly ProfileEntry[])[]): ProfileList {
  const profiles = new Map<string, StoredProfile>();
  const invalid: (InvalidEntry & EntryPlace)[] = [];
  for (const entry of sources.flat()) {
    if (!('profile' in entry)) {
      invalid.push(entry);
      continue;
    }
    const id = entry.profile.id.toLowerCase();
    const hidden = profiles.get(id);
    profiles.set(id, hidden ? { ...entry, ...hiding(hidden) } : entry);
  }
  return { profiles: [...profiles.values()], invalid };
}

function hiding({ source, profile, users }: StoredProfile) {
  const own = source.scope === 'user' ? profile : users;
  return { overrides: source, hidden: profile, ...(own && { users: own }) };
}
