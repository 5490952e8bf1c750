import { Hashes } from './hashes.ts';
import { codesOf, type TextView } from './textView.ts';
import type { Word } from './word.ts';
import { type Coded, WordsByLength } from './wordsByLength.ts';

/** Length of the ends by which words are told apart: no word is shorter. */
export const shortestWord = 4;
const base = 31;
/** `base` to the power of `shortestWord`. */
const top = base ** shortestWord;
const slots = 1 << 16;

/** Shorter words are not looked for where characters between others were left out: 12:34 is not 1234. */
const shortestSpread = 8;

/** A place in a text that is covered by words; what is from `shownFrom` on may be shown. */
export interface Match {
  start: number;
  end: number;
  shownFrom: number;
}

/** The words with one end; what finds them is made when the end is first seen. */
class SameEnd {
  readonly words: Coded[] = [];
  #anywhere: WordsByLength | undefined;
  #alone: ReadonlyMap<number, WordsByLength> | undefined;

  /** The longest word that ends at `end`. */
  longestAt(codes: Uint16Array, end: number, hashes: Hashes): Coded | undefined {
    this.#anywhere ??= new WordsByLength(this.words.filter(({ word }) => !word.alone));
    return this.#anywhere.longestAt(hashes, end) ?? this.#aloneAt(codes, end, hashes);
  }

  /** These are short: there are few lengths to try. */
  #aloneAt(codes: Uint16Array, end: number, hashes: Hashes): Coded | undefined {
    if (isWordPart(codes[end])) return undefined;
    this.#alone ??= byLength(this.words.filter(({ word }) => word.alone));
    for (const [length, words] of this.#alone) {
      if (isWordPart(codes[end - length - 1])) continue;
      const found = words.longestAt(hashes, end);
      if (found) return found;
    }
    return undefined;
  }
}

/** The longest first. */
function byLength(words: readonly Coded[]): ReadonlyMap<number, WordsByLength> {
  const lengths = [...new Set(words.map(({ codes }) => codes.length))].sort((left, right) => right - left);
  return new Map(
    lengths.map((length) => [
      length,
      new WordsByLength(words.filter(({ codes }) => codes.length === length)),
    ]),
  );
}

/**
 * Finds many words in one pass over a text, however much words and text are alike: where the last characters of a word
 * are, it is compared by a hash that is known for every part of the text.
 */
export class WordFinder {
  readonly #byEnd = new Map<number, SameEnd>();
  readonly #seen = new Uint8Array(slots);
  #longest = 0;

  /** @param words each at least `shortestWord` long. */
  constructor(words: readonly Word[]) {
    for (const word of words) this.#add({ word, codes: codesOf(word.text) });
  }

  #add(word: Coded): void {
    const hash = endHash(word.codes, word.codes.length);
    this.#seen[slotOf(hash)] = 1;
    this.#longest = Math.max(this.#longest, word.codes.length);
    const others = this.#byEnd.get(hash) ?? new SameEnd();
    others.words.push(word);
    this.#byEnd.set(hash, others);
  }

  /** The places of `view` that words cover, in order; those that overlap are one. */
  find(view: TextView): Match[] {
    const { codes, places } = view;
    const shortest = places === undefined ? 0 : shortestSpread;
    const seen = this.#seen;
    const covered: Covered[] = [];
    let hashes: Hashes | undefined;
    let hash = 0;
    for (let at = 0; at < codes.length; at++) {
      const gone = codes[at - shortestWord] ?? 0;
      hash = (Math.imul(hash, base) + (codes[at] ?? 0) - Math.imul(gone, top)) | 0;
      if (seen[slotOf(hash)] === 0) continue;
      const ends = this.#byEnd.get(hash);
      if (!ends) continue;
      const found = ends.longestAt(codes, at + 1, (hashes ??= new Hashes(codes)));
      if (!found || found.codes.length < shortest) continue;
      const last = cover(covered, found, at + 1);
      if (last.end - last.start < this.#longest) continue;
      this.#grow(last, codes, hashes);
      at = last.end - 1;
      hash = endHash(codes, last.end);
    }
    const at = covered.length > 0 ? places?.() : undefined;
    return covered.map((one) => matchOf(one, view, at));
  }

  /**
   * Lets a stretch that no word can begin before grow at its end, by nearly a word at a time: what ends between one word
   * and the next that overlaps it adds nothing.
   */
  #grow(last: Covered, codes: Uint16Array, hashes: Hashes): void {
    for (;;) {
      const { length } = last.word.codes;
      const end = last.end + length - 1;
      if (end > codes.length) return;
      const next = this.#byEnd.get(endHash(codes, end))?.longestAt(codes, end, hashes);
      if (!next || next.codes.length < length) return;
      last.end = end;
      last.word = next;
    }
  }
}

/** The hash of the `shortestWord` code units before `end`. */
function endHash(codes: Uint16Array, end: number): number {
  let hash = 0;
  for (let at = end - shortestWord; at < end; at++) hash = (Math.imul(hash, base) + (codes[at] ?? 0)) | 0;
  return hash;
}

/** A stretch of a view that words cover, the last of them `word`. */
interface Covered {
  start: number;
  end: number;
  word: Coded;
}

/** Adds a word that ends behind all others, as one with those it overlaps; gives what it has become. */
function cover(covered: Covered[], word: Coded, end: number): Covered {
  let start = end - word.codes.length;
  let last = covered.at(-1);
  for (; last && start < last.end; last = covered.at(-1)) {
    start = Math.min(start, last.start);
    covered.pop();
  }
  const added = { start, end, word };
  covered.push(added);
  return added;
}

function matchOf(
  { start, end, word: { word } }: Covered,
  { codes, starts }: TextView,
  places: Uint32Array | undefined,
): Match {
  const shown = end - word.shown;
  // Not half a character.
  const from = shown < end && isLowSurrogate(codes[shown]) ? shown + 1 : shown;
  const inText = (at: number) => (starts === undefined ? at : (starts[at] ?? 0));
  const startOf = (at: number) => inText(places?.[at] ?? at);
  const stop = inText((places?.[end - 1] ?? end - 1) + 1);
  return { start: startOf(start), end: stop, shownFrom: from === end ? stop : startOf(from) };
}

/** All matches of several views in order, those that overlap as one. */
export function joinMatches(all: readonly (readonly Match[])[]): readonly Match[] {
  const sorted = all.flat().sort((left, right) => left.start - right.start);
  const joined: Match[] = [];
  for (const match of sorted) {
    const last = joined.at(-1);
    if (!last || match.start >= last.end) joined.push({ ...match });
    else if (match.end > last.end) Object.assign(last, { end: match.end, shownFrom: match.shownFrom });
  }
  return joined;
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 16)) & (slots - 1);
}

function isLowSurrogate(code = 0): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function isWordPart(code = 0): boolean {
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 45;
}
