import { serverHost } from './profilesTree.ts';
import type { Profile } from '../profile/profile.ts';
import { objectOf } from '../../shared/json.ts';

const groupings = ['none', 'server', 'settings'] as const;
const orders = ['settings', 'name'] as const;

/** How the list of profiles is laid out. */
export interface Arrangement {
  readonly groups: (typeof groupings)[number];
  /** As they are written in the settings, or by name. */
  readonly order: (typeof orders)[number];
}

export interface ProfileGroup<Item> {
  /** Absent: the profiles stand for themselves. */
  readonly name?: string;
  readonly items: readonly Item[];
}

/** What was remembered as an arrangement; anything else counts as the standard one. */
export function parseArrangement(value: unknown): Arrangement {
  const { groups, order } = objectOf(value);
  return {
    groups: groupings.find((one) => one === groups) ?? 'none',
    order: orders.find((one) => one === order) ?? 'settings',
  };
}

/**
 * Puts profiles into groups and in order; groups stand in the order of their first profile, or by name.
 *
 * @param placeOf which settings a profile is written in, as the user calls them
 * @param compare how the user's locale sorts names
 */
export function arrangeProfiles<Item extends { readonly profile: Profile }>(
  items: readonly Item[],
  { groups, order }: Arrangement,
  placeOf: (item: Item) => string,
  compare: (one: string, other: string) => number,
): readonly ProfileGroup<Item>[] {
  const ordered =
    order === 'name' ? [...items].sort((a, b) => compare(a.profile.name, b.profile.name)) : items;
  if (groups === 'none') return ordered.length === 0 ? [] : [{ items: ordered }];
  const nameOf = (item: Item) => (groups === 'server' ? serverHost(item.profile) : placeOf(item));
  const found = new Map<string, Item[]>();
  for (const item of ordered) {
    const members = found.get(nameOf(item));
    if (members) members.push(item);
    else found.set(nameOf(item), [item]);
  }
  const all = [...found].map(([name, members]) => ({ name, items: members }));
  return order === 'name' ? all.sort((a, b) => compare(a.name, b.name)) : all;
}
