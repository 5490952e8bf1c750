const longestSlug = 60;

/** Derives an id from a name: `Größe & Co` becomes `grosse-co`; empty when no character fits. */
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

/** `id`, or the first free of `id-2`, `id-3`, ...; case is ignored. */
export function freeId(id: string, taken: Iterable<string>): string {
  return new FreeIds(taken).free(id);
}

/** The same for many ids in a row, going through the taken ones only once. */
export class FreeIds {
  readonly #used: Set<string>;
  /** The lowest number behind an id that may be free. */
  readonly #next = new Map<string, number>();
  readonly #numbered: (id: string, n: number) => string;

  constructor(taken: Iterable<string>, numbered = (id: string, n: number) => `${id}-${n}`) {
    this.#used = new Set([...taken].map((one) => one.toLowerCase()));
    this.#numbered = numbered;
  }

  has(id: string): boolean {
    return this.#used.has(id.toLowerCase());
  }

  take(id: string): void {
    this.#used.add(id.toLowerCase());
  }

  free(id: string): string {
    const key = id.toLowerCase();
    if (!this.#used.has(key)) return id;
    let n = this.#next.get(key) ?? 2;
    while (this.#used.has(this.#numbered(key, n))) n++;
    this.#next.set(key, n);
    return this.#numbered(id, n);
  }
}

/** Characters reserved for the `-2`, `-37`, ... of `freeId`. */
const room = 4;

/** A free id for a copy of a profile: `<id>-copy`, in at most `longest` characters. */
export function copyId(id: string, taken: Iterable<string>, longest: number): string {
  const suffix = '-copy';
  return freeId(`${id.slice(0, longest - suffix.length - room)}${suffix}`, taken);
}
