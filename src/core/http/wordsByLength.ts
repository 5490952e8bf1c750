import { Hashes, powerOf } from './hashes.ts';
import type { Word } from './word.ts';

/** A stretch that a longer word ends with: the longest word that it ends with itself. */
interface Mark {
  word: Coded | undefined;
}

/** A word with its code units. */
export interface Coded {
  readonly word: Word;
  readonly codes: Uint16Array;
}

/**
 * Finds the longest of many words that a text has before a position, by a binary search over their lengths: at each
 * length a mark tells whether a longer word is possible.
 *
 * @see Waldvogel et al., Scalable High Speed IP Routing Lookups (SIGCOMM 1997), which searches prefixes in the same way
 */
export class WordsByLength {
  readonly #lengths: readonly number[];
  readonly #powers: readonly number[];
  readonly #marks: readonly Map<number, Mark>[];

  constructor(words: readonly Coded[]) {
    this.#lengths = [...new Set(words.map(({ codes }) => codes.length))].sort((left, right) => left - right);
    this.#powers = this.#lengths.map(powerOf);
    this.#marks = this.#lengths.map(() => new Map<number, Mark>());
    // The shortest first, so that a mark finds the words that its stretch ends with.
    for (const word of [...words].sort((left, right) => left.codes.length - right.codes.length))
      this.#add(word);
  }

  #add(word: Coded): void {
    const hashes = new Hashes(word.codes);
    const own = this.#lengths.indexOf(word.codes.length);
    this.#markAt(own, hashes, word.codes.length).word = word;
    for (let low = 0, high = this.#lengths.length - 1; low <= high;) {
      const middle = (low + high) >> 1;
      if (middle < own) {
        const mark = this.#markAt(middle, hashes, word.codes.length);
        mark.word ??= this.#below(middle, hashes, word.codes.length);
        low = middle + 1;
      } else high = middle - 1;
      if (middle === own) break;
    }
  }

  #hash(index: number, hashes: Hashes, end: number): number {
    return hashes.between(end - (this.#lengths[index] ?? 0), end, this.#powers[index] ?? 0);
  }

  #markAt(index: number, hashes: Hashes, end: number): Mark {
    const hash = this.#hash(index, hashes, end);
    const known = this.#marks[index]?.get(hash);
    if (known) return known;
    const mark: Mark = { word: undefined };
    this.#marks[index]?.set(hash, mark);
    return mark;
  }

  #below(index: number, hashes: Hashes, end: number): Coded | undefined {
    for (let at = index - 1; at >= 0; at--) {
      const found = this.#marks[at]?.get(this.#hash(at, hashes, end))?.word;
      if (found) return found;
    }
    return undefined;
  }

  /** The longest word that ends at `end`. */
  longestAt(hashes: Hashes, end: number): Coded | undefined {
    let longest: Coded | undefined;
    for (let low = 0, high = this.#lengths.length - 1; low <= high;) {
      const middle = (low + high) >> 1;
      const fits = (this.#lengths[middle] ?? 0) <= end;
      const mark = fits ? this.#marks[middle]?.get(this.#hash(middle, hashes, end)) : undefined;
      if (mark) {
        longest = mark.word ?? longest;
        low = middle + 1;
      } else high = middle - 1;
    }
    return longest;
  }
}
