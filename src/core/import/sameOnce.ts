import type { Found } from './imported.ts';

/** The profiles of requests and folders, of which many repeat the same settings: the first of them stands for all. */
export function* sameOnce(all: Iterable<Found | undefined>): Iterable<Found | undefined> {
  const seen = new Set<string>();
  for (const one of all) {
    const key = one === undefined ? undefined : sameness(one);
    yield key === undefined || seen.has(key) ? undefined : one;
    if (key !== undefined) seen.add(key);
  }
}

function sameness(one: Found): string {
  return typeof one === 'string'
    ? one
    : JSON.stringify([{ ...one.entry, name: '' }, one.secret, one.problems]);
}
