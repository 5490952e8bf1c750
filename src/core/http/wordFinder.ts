import { Hashes } from './hashes.ts';
import type { TextView } from './textView.ts';
import type { Word } from './word.ts';
import { type Coded, WordsByLength } from './wordsByLength.ts';

/** Length of the ends by which words are told apart: no word is shorter. */
export const shortestWord = 4;
const base = 31;
/** `base` to the power of `shortestWord`. */
const top = base ** shortestWord;
const slots = 1 << 16;

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

  longestAt(codes: Uint16Array, end: number, hashes: Hashes): Coded | undefined {
    this.#anywhere ??= new WordsByLength(this.words.filter(({ word }) => !word.alone));
    return this.#anywhere.longestAt(hashes, end) ?? this.#aloneAt(codes, end, hashes);
  }

  /** These are short: there are few lengths to try. */
  #aloneAt(codes: Uint16Array, end: number, hashes: Hashes): Coded | undefined {
    if (isWordPart(codes[end])) return undefined;
    this.#alone ??= byLength(this.words.filter(({ word }) => word.alone));
    for (const [length, words] of this.#alone) {
      if (length > end || isWordPart(codes[end - length - 1])) continue;
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

  /** @param words each at least `shortestWord` long. */
  constructor(words: readonly Word[]) {
    for (const word of words) this.#add({ word, codes: codesOf(word.text) });
  }

  #add(word: Coded): void {
    let hash = 0;
    for (const code of word.codes.subarray(-shortestWord)) hash = (Math.imul(hash, base) + code) | 0;
    this.#seen[slotOf(hash)] = 1;
    const others = this.#byEnd.get(hash) ?? new SameEnd();
    others.words.push(word);
    this.#byEnd.set(hash, others);
  }

  /** The places of `view` that words cover, in order; those that overlap are one. */
  find(view: TextView): Match[] {
    const { codes } = view;
    const seen = this.#seen;
    const matches: Match[] = [];
    let hashes: Hashes | undefined;
    let ends: SameEnd | undefined;
    let endsHash: number | undefined;
    let hash = 0;
    for (let at = 0; at < codes.length; at++) {
      const gone = at < shortestWord ? 0 : (codes[at - shortestWord] ?? 0);
      hash = (Math.imul(hash, base) + (codes[at] ?? 0) - Math.imul(gone, top)) | 0;
      if (seen[slotOf(hash)] === 0 || at < shortestWord - 1) continue;
      if (hash !== endsHash) ends = this.#byEnd.get((endsHash = hash));
      const found = ends?.longestAt(codes, at + 1, (hashes ??= new Hashes(codes)));
      if (found) addMatch(matches, found.word, view, at + 1);
    }
    return matches;
  }
}

/** As views have them: see `TextView`. */
function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at) === 43 ? 32 : text.charCodeAt(at);
  return codes;
}

/** Adds a match that ends behind all others, as one with those it overlaps. */
function addMatch(matches: Match[], word: Word, { codes, starts }: TextView, last: number): void {
  let shown = last - word.shown;
  // Not half a character.
  if (shown < last && isLowSurrogate(codes[shown])) shown++;
  let start = starts[last - word.text.length] ?? 0;
  const end = starts[last] ?? 0;
  const shownFrom = starts[shown] ?? 0;
  let before = matches.at(-1);
  if (!before || start >= before.end) {
    matches.push({ start, end, shownFrom });
    return;
  }
  for (; before && start < before.end; before = matches.at(-1)) {
    start = Math.min(start, before.start);
    if (matches.length === 1 || start >= (matches.at(-2)?.end ?? 0)) break;
    matches.pop();
  }
  if (!before) return;
  before.start = start;
  before.end = end;
  before.shownFrom = shownFrom;
}

/** All matches of several views in order, those that overlap as one. */
export function joinMatches(all: readonly (readonly Match[])[]): readonly Match[] {
  const [first = [], ...others] = all;
  if (others.every((matches) => matches.length === 0)) return first;
  const sorted = all.flat().sort((left, right) => left.start - right.start || right.end - left.end);
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

function isLowSurrogate(code: number | undefined): boolean {
  return code !== undefined && code >= 0xdc00 && code <= 0xdfff;
}

function isWordPart(code: number | undefined): boolean {
  if (code === undefined || code > 127) return false;
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 45;
}
