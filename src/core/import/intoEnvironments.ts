import { isObject, objectOf } from '../../shared/json.ts';
import { parseEnvironments, variablesOf } from '../profile/environments.ts';
import { parseProfile } from '../profile/parseProfile.ts';
import type { Profile } from '../profile/profile.ts';
import { productLists } from '../productLists.ts';
import type { EnvironmentSettings } from './environmentSettings.ts';
import { listOf, type ImportedProfile, type InEnvironment } from './imported.ts';

type Values = InEnvironment['values'];
type Entry = ImportedProfile['entry'];

/**
 * Profiles that were found once for each environment, and differ in nothing but what the environments say: one each, with `${name}`
 * in its fields. What would not be the same again with the values put in stays as it is, and so does what an environment of the
 * settings already has otherwise.
 *
 * @param existing the setting `oauthExplorer.environments`
 */
export function intoEnvironments(
  profiles: readonly ImportedProfile[],
  { environments }: EnvironmentSettings,
  existing: unknown,
): readonly ImportedProfile[] {
  const groups = new Map<string, ImportedProfile[]>();
  for (const one of profiles) {
    if (one.origin === undefined) continue;
    const group = groups.get(one.origin.of) ?? [];
    groups.set(one.origin.of, group);
    group.push(one);
  }
  const merged = new Map<ImportedProfile, ImportedProfile | undefined>();
  for (const group of groups.values()) {
    const one = mergedOf(group, environments, existing);
    if (one !== undefined)
      for (const [at, member] of group.entries()) merged.set(member, at === 0 ? one : undefined);
  }
  return profiles.flatMap((one) => (merged.has(one) ? (merged.get(one) ?? []) : [one]));
}

function mergedOf(
  group: readonly ImportedProfile[],
  environments: EnvironmentSettings['environments'],
  existing: unknown,
): ImportedProfile | undefined {
  const [first] = group;
  const members = group.flatMap((one) => {
    const name = one.origin?.environment ?? '';
    const variables = Object.hasOwn(environments, name) ? environments[name] : undefined;
    const values = { ...one.origin?.written, ...variables };
    return one.problems !== undefined || !fits(name, values, existing) ? [] : [{ one, name, values }];
  });
  const isApart = new Set(members.map(({ name }) => name.toLowerCase())).size === group.length;
  if (first?.origin === undefined || group.length < 2 || !isApart) return undefined;
  const written = Object.keys(first.origin.written ?? {});
  const names = Object.keys(members[0]?.values ?? {}).filter((name) =>
    members.every(({ values }) => Object.hasOwn(values, name)),
  );
  const entry = templateOf(
    members.map(({ one }) => one.entry),
    members.map(({ values }) => values),
    // The file's own variables before those that are only called so here.
    [names.filter((name) => !written.includes(name)), names],
  );
  if (entry === undefined) return undefined;
  const text = JSON.stringify(entry);
  const used = names.filter((name) => text.includes(`\${${name}}`));
  const named: Entry = { ...entry, name: first.origin.name };
  const places = members.map(({ one, name, values }): InEnvironment => {
    const own = Object.fromEntries(used.map((key) => [key, values[key] ?? '']));
    return { name, values: own, ...(one.secret !== undefined && { secret: one.secret }) };
  });
  if (used.length === 0 || !members.every(({ one }, at) => isSame(named, places[at], one.entry)))
    return undefined;
  const { secret: _, origin: __, ...rest } = first;
  return { ...rest, entry: named, environments: places };
}

/** Whether an environment of the settings, if there is one of this name, has no other value for any of the variables. */
function fits(name: string, values: Values, existing: unknown): boolean {
  return Object.entries(objectOf(existing)).every(([there, value]) => {
    if (there.toLowerCase() !== name.toLowerCase()) return true;
    const own = objectOf(value);
    return there === name && Object.entries(values).every(([key, text]) => (own[key] ?? text) === text);
  });
}

/** An entry with variables where the entries differ; absent where they differ in more than that. */
function templateOf(
  entries: readonly Entry[],
  values: readonly Values[],
  names: readonly (readonly string[])[],
): Entry | undefined {
  const unnamed = entries.map(({ name: _, ...fields }) => fields);
  const found = valueOf(unnamed, (texts) =>
    names.map((some) => textOf(texts, values, some)).find((text) => text !== undefined),
  );
  return found === undefined ? undefined : objectOf(found);
}

/** A value in which texts that differ are what `text` makes of them; lists are of one length. */
function valueOf(all: readonly unknown[], text: (texts: readonly unknown[]) => string | undefined): unknown {
  const [first] = all;
  if (all.every((one) => JSON.stringify(one) === JSON.stringify(first))) return first;
  const lists = all.map(listOf);
  const length = lists[0]?.length ?? 0;
  if (length > 0 && lists.every((one) => one.length === length)) {
    const items =
      lists[0]?.map((_, at) =>
        valueOf(
          lists.map((one) => one[at]),
          text,
        ),
      ) ?? [];
    return items.includes(undefined) ? undefined : items;
  }
  if (!all.every(isObject)) return text(all);
  const keys = [...new Set(all.flatMap((one) => Object.keys(one)))];
  const fields = keys.map(
    (key) =>
      [
        key,
        valueOf(
          all.map((one) => one[key]),
          text,
        ),
      ] as const,
  );
  return fields.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(fields);
}

function textOf(
  texts: readonly unknown[],
  values: readonly Values[],
  names: readonly string[],
): string | undefined {
  const [first] = texts;
  if (typeof first !== 'string') return undefined;
  const of = (name: string) => values[0]?.[name] ?? '';
  const longest = names.filter((name) => of(name) !== '').toSorted((a, b) => of(b).length - of(a).length);
  const single = longest.map((name) => first.replaceAll(of(name), () => `\${${name}}`));
  return single.find((template) => texts.every((text, at) => filled(template, values[at]) === text));
}

function filled(template: string, values: Values = {}): string {
  return template.replace(/\$\{([\w.-]{1,64})\}/g, (all, name: string) => values[name] ?? all);
}

/** An entry as it is in one environment, and as it is written; absent when it is not a profile there. */
export function profileIn(
  entry: Entry,
  { name, values }: Pick<InEnvironment, 'name' | 'values'>,
): { readonly profile: Profile; readonly written: Profile } | undefined {
  const list = parseEnvironments({ [name]: values }, { scope: 'user' });
  const read = parseProfile(entry, productLists, variablesOf(list, name));
  return 'profile' in read ? { profile: read.profile, written: read.written ?? read.profile } : undefined;
}

/** Whether it is, with the values put in, what was found. */
function isSame(entry: Entry, place: InEnvironment | undefined, found: Entry): boolean {
  const one = place && profileIn({ ...entry, id: 'x' }, place);
  const other = parseProfile({ ...found, id: 'x' });
  return one !== undefined && 'profile' in other && plain(one.profile) === plain(other.profile);
}

function plain(profile: Profile): string {
  const { environment: _, name: __, ...fields } = profile;
  return JSON.stringify(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
