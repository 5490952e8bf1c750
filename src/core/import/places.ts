/** The parts of a text, by number, in which each name stands. */
export type Places = ReadonlyMap<string, ReadonlySet<number>>;

/** A line that parts what stands above it from what stands below: an empty one, a comment, a rule, a heading. */
const boundary =
  /^[ \t]*(?:(?:#|\/\/|\/\*|;|--|::|<!--|rem\b).*|[=*_~]{3}.*|\[.*\]|[^=:]{1,100}:[ \t]*)?\r?$/i;

/**
 * Finds the parts of a text of variables. A text that is pasted may be several, one behind the other, and nothing else tells where one
 * ends: only what stands between two boundaries, and is written alike, is shown to be of one client.
 */
export class PlaceFinder {
  readonly #places = new Map<string, Set<number>>();
  #count = 0;
  #part = 0;
  #end = 0;
  #style: string | undefined;
  /** Whether all are written alike. */
  #isAlike = true;

  /** Takes the next name; `start` and `end` are those of its assignment, up to the sign. */
  take(
    name: string,
    prefix: string | undefined,
    { whole, start, end }: { readonly whole: string; readonly start: number; readonly end: number },
  ): void {
    const sign = /[=:]/.exec(whole.slice(end, end + 20))?.[0] ?? '';
    const style = `${prefix?.replace(/[a-z]{2}.*/is, 'word') ?? ''}${sign}`;
    const between = whole.slice(this.#end, start).split('\n').slice(1, -1);
    const isOther = this.#style !== undefined && style !== this.#style;
    if (isOther) this.#isAlike = false;
    if (isOther || (this.#count > 0 && between.some((line) => boundary.test(line)))) this.#part++;
    this.#style = style;
    this.#end = end;
    this.#count++;
    this.#places.set(name, (this.#places.get(name) ?? new Set()).add(this.#part));
  }

  /** Where each line stands alone, what is between them parts nothing. */
  get places(): Places {
    return this.#isAlike && this.#count > 2 && this.#part === this.#count - 1 ? new Map() : this.#places;
  }
}
