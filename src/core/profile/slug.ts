const longestSlug = 60;

/** An id made of a name: `Größe & Co` is `grosse-co`; empty when nothing of the name fits an id. */
export function slug(name: string): string {
  return name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, longestSlug)
    .replace(/-$/, '');
}

/** `id`, or the first of `id-2`, `id-3`, ... that is not taken; upper and lower case count as the same. */
export function freeId(id: string, taken: Iterable<string>): string {
  const used = new Set([...taken].map((one) => one.toLowerCase()));
  let free = id;
  for (let n = 2; used.has(free.toLowerCase()); n++) free = `${id}-${n}`;
  return free;
}

/** Room for the `-2`, `-37`, ... of `freeId`. */
const room = 4;

/** An id for a copy of a profile: `<id>-copy` in at most `longest` characters, free among `taken`. */
export function copyId(id: string, taken: Iterable<string>, longest: number): string {
  const suffix = '-copy';
  return freeId(`${id.slice(0, longest - suffix.length - room)}${suffix}`, taken);
}
