import { Hashes, powerOf } from './hashes.ts';
import type { Word } from './word.ts';

/** A stretch that a longer word ends with: the longest word that it ends with itself. */
interface Mark {
  word: Coded | undefined;
}

/** The marks of one length. */
class Marks {
  readonly length: number;
  readonly #power: number;
  readonly #byHash = new Map<number, Mark>();

  constructor(length: number) {
    this.length = length;
    this.#power = powerOf(length);
  }

  hashAt(hashes: Hashes, end: number): number {
    return hashes.between(end - this.length, end, this.#power);
  }

  at(hashes: Hashes, end: number): Mark | undefined {
    return this.length > end ? undefined : this.#byHash.get(this.hashAt(hashes, end));
  }

  /** The mark with this hash, made where there is none. */
  add(hash: number): Mark {
    const known = this.#byHash.get(hash);
    if (known) return known;
    const mark: Mark = { word: undefined };
    this.#byHash.set(hash, mark);
    return mark;
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
    const own = this.#marks.findIndex(({ length }) => length === end);
    for (let low = 0, high = this.#marks.length - 1; low <= high;) {
      const middle = (low + high) >> 1;
      if (middle < own) {
        const mark = this.#markAt(middle, hashes, end);
        if (mark) mark.word ??= this.#below(middle, hashes, end);
        low = middle + 1;
      } else high = middle - 1;
    }
    const mark = this.#markAt(own, hashes, end);
    if (mark) mark.word = word;
  }

  #markAt(index: number, hashes: Hashes, end: number): Mark | undefined {
    const marks = this.#marks[index];
    return marks?.add(marks.hashAt(hashes, end));
  }

  #below(index: number, hashes: Hashes, end: number): Coded | undefined {
    for (let at = index - 1; at >= 0; at--) {
      const found = this.#marks[at]?.at(hashes, end)?.word;
      if (found) return found;
    }
    return undefined;
  }

  /** The longest word that ends at `end`. */
  longestAt(hashes: Hashes, end: number): Coded | undefined {
    let longest: Coded | undefined;
    for (let low = 0, high = this.#marks.length - 1; low <= high;) {
      const middle = (low + high) >> 1;
      const mark = this.#marks[middle]?.at(hashes, end);
      if (mark) {
        longest = mark.word ?? longest;
        low = middle + 1;
      } else high = middle - 1;
    }
    return longest;
  }
}
