import { Hashes, powerOf } from './hashes.ts';
import type { Word } from './word.ts';

/** The stretches of one length that longer words end with: the longest word that each ends with itself, null without any. */
class Marks {
  readonly length: number;
  readonly #power: number;
  readonly #byHash = new Map<number, Coded | null>();

  constructor(length: number) {
    this.length = length;
    this.#power = powerOf(length);
  }

  at(hashes: Hashes, end: number): Coded | null | undefined {
    return this.length > end ? undefined : this.#byHash.get(this.#hashAt(hashes, end));
  }

  set(hashes: Hashes, end: number, word: Coded | null): void {
    this.#byHash.set(this.#hashAt(hashes, end), word);
  }

  #hashAt(hashes: Hashes, end: number): number {
    return hashes.between(end - this.length, end, this.#power);
  }
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
  /** The shortest length first. */
  readonly #marks: readonly Marks[];

  constructor(words: readonly Coded[]) {
    const lengths = new Set(words.map(({ codes }) => codes.length));
    this.#marks = [...lengths].sort((left, right) => left - right).map((length) => new Marks(length));
    // The shortest first, so that a mark finds the words that its stretch ends with.
    for (const word of [...words].sort((left, right) => left.codes.length - right.codes.length))
      this.#add(word);
  }

  #add(word: Coded): void {
    const hashes = new Hashes(word.codes);
    const end = word.codes.length;
    for (let low = 0, high = this.#marks.length - 1; low <= high;) {
      const middle = (low + high) >> 1;
      const marks = this.#marks[middle];
      if (marks?.length === end) {
        marks.set(hashes, end, word);
        return;
      }
      if (marks && marks.length < end) {
        if (marks.at(hashes, end) === undefined) marks.set(hashes, end, this.#below(middle, hashes, end));
        low = middle + 1;
      } else high = middle - 1;
    }
  }

  #below(index: number, hashes: Hashes, end: number): Coded | null {
    for (let at = index - 1; at >= 0; at--) {
      const found = this.#marks[at]?.at(hashes, end);
      if (found) return found;
    }
    return null;
  }

  /** The longest word that ends at `end`. */
  longestAt(hashes: Hashes, end: number): Coded | undefined {
    let longest: Coded | undefined;
    for (let low = 0, high = this.#marks.length - 1; low <= high;) {
      const middle = (low + high) >> 1;
      const word = this.#marks[middle]?.at(hashes, end);
      if (word === undefined) high = middle - 1;
      else {
        longest = word ?? longest;
        low = middle + 1;
      }
    }
    return longest;
  }
}
