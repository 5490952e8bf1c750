import { parseProfile } from '../profile/parseProfile.ts';
import type { Profile } from '../profile/profile.ts';
import { freeId, slug } from '../profile/slug.ts';
import type { ImportedProfile, ImportResult } from './imported.ts';

/** A profile that can be saved as it is. */
export interface ReadyImport {
  readonly kind: 'ready';
  readonly profile: Profile;
  readonly secret?: string;
  readonly notes: readonly string[];
}

/** One that is not complete: it opens in the profile editor. */
export interface OpenImport {
  readonly kind: 'open';
  readonly name: string;
  readonly entry: ImportedProfile['entry'];
  readonly secret?: string;
  /** What is missing or wrong, as sentences. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

export type PlannedImport = ReadyImport | OpenImport;

/** What importing would do: each profile gets an id that nobody has, `taken` ids and those before it included. */
export function planImport({ profiles }: ImportResult, taken: readonly string[]): readonly PlannedImport[] {
  const used = [...taken];
  return profiles.map(({ entry, secret, notes }) => {
    const name = typeof entry['name'] === 'string' ? entry['name'] : '';
    const wanted =
      typeof entry['id'] === 'string' && entry['id'] !== '' ? entry['id'] : slug(name) || 'profile';
    const id = freeId(wanted, used);
    const result = parseProfile({ ...entry, id });
    const common = { notes, ...(secret !== undefined && { secret }) };
    if ('problems' in result) {
      const problems = result.problems.map(({ message }) => message);
      return { ...common, kind: 'open', name: name || id, entry, problems };
    }
    used.push(id);
    return { ...common, kind: 'ready', profile: result.profile };
  });
}
