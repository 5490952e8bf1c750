import { isList } from '../../shared/json.ts';
import { productLists } from '../productLists.ts';
import type { Variables } from './environments.ts';
import { parseProfile, type InvalidEntry, type ValidEntry } from './parseProfile.ts';
import { kindOf, quoted } from './problem.ts';
import type { ProfileSource } from './profileSource.ts';

/** The place of an entry of `oauthExplorer.profiles`. */
export interface EntryPlace {
  readonly source: ProfileSource;
  /** Index in the setting's array; -1 when the setting is not an array. */
  readonly index: number;
}

/** An entry of the setting: a profile, or its problems (`'profile' in entry` tells them apart). */
export type ProfileEntry = (ValidEntry | InvalidEntry) & EntryPlace;

/** Most entries that are read from one settings file. */
const mostProfiles = 500;

/** Parses the whole setting, each entry on its own, so that a bad one spoils no other; never throws. */
export function parseProfiles(
  value: unknown,
  source: ProfileSource,
  variables?: Variables,
): readonly ProfileEntry[] {
  if (value === undefined || value === null) return [];
  if (!isList(value)) {
    const message = `oauthExplorer.profiles must be a list of profiles, not ${kindOf(value)}.`;
    return [{ source, index: -1, problems: [{ path: [], message }], hints: [] }];
  }
  const first = new Map<string, number>();
  return value.slice(0, mostProfiles + 1).map((item, index): ProfileEntry => {
    const place = { source, index };
    if (index === mostProfiles) {
      const message = `Only the first ${mostProfiles} profiles are read; this and the following ones are ignored.`;
      return { ...place, problems: [{ path: [], message }], hints: [] };
    }
    const entry = parseProfile(item, productLists, variables);
    const id = 'profile' in entry ? entry.profile.id : entry.id;
    if (id === undefined) return { ...entry, ...place };
    // Windows' keychain is not case-sensitive.
    const earlier = first.get(id.toLowerCase());
    if (earlier === undefined) {
      first.set(id.toLowerCase(), index);
      return { ...entry, ...place };
    }
    return { ...duplicate(entry, id, earlier, (item as { id?: unknown }).id !== undefined), ...place };
  });
}

function duplicate(
  entry: ValidEntry | InvalidEntry,
  id: string,
  earlier: number,
  written: boolean,
): InvalidEntry {
  const problem = {
    path: written ? ['id'] : [],
    message: `The id ${quoted(id)} is already that of entry ${earlier + 1}. Give this profile an id of its own.`,
  };
  if ('profile' in entry) return { id, name: entry.profile.name, problems: [problem], hints: entry.hints };
  return { ...entry, problems: [...entry.problems, problem] };
}
