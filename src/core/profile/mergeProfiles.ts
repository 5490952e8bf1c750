import type { InvalidEntry, ValidEntry } from './parseProfile.ts';
import type { Profile } from './profile.ts';
import type { EntryPlace, ProfileEntry } from './parseProfiles.ts';
import type { ProfileSource } from './profileSource.ts';

/**
 * A usable profile and where it is written; `overrides` is where a `hidden` one with the same id is, and `users` the user's own
 * with that id, however many hide it.
 */
export type StoredProfile = ValidEntry &
  EntryPlace & { readonly overrides?: ProfileSource; readonly hidden?: Profile; readonly users?: Profile };

/** What all settings together come to. */
export interface ProfileList {
  readonly profiles: readonly StoredProfile[];
  readonly invalid: readonly (InvalidEntry & EntryPlace)[];
}

/**
 * Puts the settings' entries together, the widest settings first: a later profile takes the place of an earlier one with the same
 * id. An invalid entry takes nobody's place.
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
