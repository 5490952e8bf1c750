/** Length of the pieces that are looked up. */
const gram = 6;
const base = 31;
/** `base` to the power of `gram`, as 32 bits. */
const top = Array.from({ length: gram }).reduce<number>((power) => Math.imul(power, base), 1);
const slots = 1 << 16;

/**
 * Tells in one pass over a text which of many words may occur in it: those of which the last characters do. Every word
 * that does occur is among them; words that are too short for that always are.
 */
export class GramIndex {
  readonly #byGram = new Map<string, Set<number>>();
  readonly #seen = new Uint8Array(slots);
  readonly #always = new Set<number>();

  /** @param owner what `candidates` gives back for this word. */
  add(word: string, owner: number): void {
    if (word.length < gram) {
      this.#always.add(owner);
      return;
    }
    const end = word.slice(-gram);
    let hash = 0;
    for (let at = 0; at < gram; at++) hash = (Math.imul(hash, base) + end.charCodeAt(at)) | 0;
    this.#seen[slotOf(hash)] = 1;
    const owners = this.#byGram.get(end);
    if (owners) owners.add(owner);
    else this.#byGram.set(end, new Set([owner]));
  }

  /** The owners of the words that may be in `text`, in ascending order. */
  candidates(text: string): number[] {
    const found = new Set(this.#always);
    let hash = 0;
    for (let at = 0; at < text.length; at++) {
      const gone = at < gram ? 0 : text.charCodeAt(at - gram);
      hash = (Math.imul(hash, base) + text.charCodeAt(at) - Math.imul(gone, top)) | 0;
      if (this.#seen[slotOf(hash)] === 0 || at < gram - 1) continue;
      for (const owner of this.#byGram.get(text.slice(at - gram + 1, at + 1)) ?? []) found.add(owner);
    }
    return [...found].sort((left, right) => left - right);
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 16)) & (slots - 1);
}
