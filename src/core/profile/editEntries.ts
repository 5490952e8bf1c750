import { isDeepStrictEqual } from 'node:util';
import { isList } from '../../shared/json.ts';
import { parseProfile } from './parseProfile.ts';
import { kindOf } from './problem.ts';
import type { Profile } from './profile.ts';
import { profileFields } from './fields/all.ts';
import { serializeProfile } from './serializeProfile.ts';
import { holdsVariable } from './variables.ts';

/** The setting cannot be changed as asked; the message says why, and what to do. */
export class EntriesError extends Error {
  override readonly name = 'EntriesError';
}

/**
 * The setting's array with `profiles` appended; all other entries, invalid ones included, stay as they are.
 *
 * @throws EntriesError when the id of one is taken: another window or command was quicker
 */
export function addEntries(value: unknown, ...profiles: readonly Profile[]): readonly unknown[] {
  const entries = entriesOf(value);
  const taken = new Set(entries.map(idOf));
  for (const { id } of profiles) {
    if (taken.has(id))
      throw new EntriesError(
        `There is a profile ${id} in these settings by now, so nothing was changed. Try again, or give it another id.`,
      );
    taken.add(id);
  }
  return [...entries, ...profiles.map((profile) => serializeProfile(profile))];
}

/**
 * The setting's array with `profile` in the place of the entry with this id. Fields of that entry that are not ours stay, as
 * does the order of its fields.
 *
 * @throws EntriesError when there is no such entry
 */
export function replaceEntry(value: unknown, id: string, profile: Profile): readonly unknown[] {
  const entries = entriesOf(value);
  const at = positionOf(entries, id);
  return entries.with(at, rewritten(entries[at] as Readonly<Record<string, unknown>>, profile));
}

/** A profile to write, in the place of the entry with the id `replaces`, else at the end. */
export interface SavedProfile {
  readonly profile: Profile;
  readonly replaces?: string;
}

/**
 * The setting's array with all of `saved` written into it.
 *
 * @throws EntriesError when an entry to replace is missing, or an id is taken
 */
export function saveEntries(value: unknown, saved: readonly SavedProfile[]): readonly unknown[] {
  const added = saved.flatMap(({ profile, replaces }) => (replaces === undefined ? [profile] : []));
  const entries = saved.reduce<readonly unknown[]>(
    (before, { profile, replaces }) =>
      replaces === undefined ? before : replaceEntry(before, replaces, profile),
    entriesOf(value),
  );
  return addEntries(entries, ...added);
}

/** @throws EntriesError when there is no such entry */
export function removeEntry(value: unknown, id: string): readonly unknown[] {
  const entries = entriesOf(value);
  return entries.toSpliced(positionOf(entries, id), 1);
}

function entriesOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (isList(value)) return value;
  throw new EntriesError(
    `oauthExplorer.profiles is ${kindOf(value)} and no list, so nothing was changed. Make it a list in the settings file first.`,
  );
}

/** Looks by id, not by position, since the file may have changed after it was read. Of several, the first is in effect. */
function positionOf(entries: readonly unknown[], id: string): number {
  const at = entries.findIndex((entry) => idOf(entry) === id);
  if (at < 0)
    throw new EntriesError(
      `The profile ${id} is no longer in these settings, so nothing was changed. Look at the settings file.`,
    );
  return at;
}

/** The id of an entry; undefined when it is not a profile. */
function idOf(entry: unknown): string | undefined {
  const parsed = parseProfile(entry);
  if ('profile' in parsed) return parsed.profile.id;
  // The id is known without filling in variables.
  return holdsVariable(entry) ? parsed.id : undefined;
}

function rewritten(
  old: Readonly<Record<string, unknown>>,
  profile: Profile,
): Readonly<Record<string, unknown>> {
  const ours = new Set<string>(profileFields.map(({ name }) => name));
  const whole = new Map<string, unknown>(Object.entries(profile));
  const written = new Map<string, unknown>(Object.entries(serializeProfile(profile)));
  const result = new Map<string, unknown>();
  for (const [field, value] of Object.entries(old))
    if (!ours.has(field) || isDeepStrictEqual(value, whole.get(field))) result.set(field, value);
    else if (written.has(field)) result.set(field, written.get(field));
  for (const [field, value] of written) if (!result.has(field)) result.set(field, value);
  return Object.fromEntries(result);
}
