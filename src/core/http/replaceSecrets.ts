import { shownLength } from './mask.ts';
import { BareText } from './bareView.ts';
import { closedUp, withoutGaps } from './spreadView.ts';
import { decodedTexts, longestSpread, mayBeEncoded, type TextView, textViews } from './textView.ts';
import type { Word } from './word.ts';
import { joinMatches, type Match, shortestWord, WordFinder } from './wordFinder.ts';
import { bareForms, base64Forms, writtenBytes } from './writtenForms.ts';

/** Values shorter than this are replaced only where they stand alone, not within a longer word. */
const longEnough = 12;
/** Values shorter than this are not looked for in base64 and hexadecimal digits. */
const shortestEncoded = 8;
/** Code units of all base64 and hexadecimal forms together: hostile secrets could be of any number and size. */
const mostEncoded = 4 * 1024 * 1024;
/** Of more secrets, only the shortest are looked for in encodings of encodings. */
const mostNested = 20;

/** Whether a secret is long enough to be looked for where it has no name. */
export function isLongEnough(secret: string): boolean {
  return secret.length >= shortestWord;
}

/**
 * Replaces `secrets` wherever they occur in `text` by their masked form: as they are, and percent-encoded,
 * JSON-escaped or HTML-escaped up to five times over, in base64 or in hexadecimal digits; and, up to half a million
 * characters of text, also broken into lines, with blanks, signs that have no width, tags or comments in them, in base32 and
 * base32hex, in the numbers of their bytes, or in pieces between which no letters are; in style sheets' escapes, UTF-7 and
 * full-width letters.
 *
 * Not found, since no server, log or tool is known to write a secret so: halves with other words between them (two headers, two
 * parameters), letters that were exchanged (ROT13, backwards, mathematical alphabets), uuencode, ASCII85 (PostScript, Git's patches),
 * base58 (Bitcoin, IPFS), what was encrypted, a sixth encoding within five. Nor are pieces of fewer than 12 characters: consoles show the
 * last four of a key on purpose, for its owner to tell it by. What was compressed is for `maskEncoded`.
 */
export function replaceSecrets(text: string, secrets: readonly string[]): string {
  return secretReplacer(secrets)(text);
}

/** A secret that may be a word of our own, such as `token`. */
const word = /^[a-z]{1,16}$/i;

/** The `secretReplacer` of what others wrote, and those of what is ours, in which a word left out would be told by that. */
export interface Replacers {
  readonly all: (text: string) => string;
  /** For paths, names and fields of the protocol: a secret that is a word stays. */
  readonly ours: (text: string) => string;
  /** For sentences: a secret that is a word goes only where others are quoted, which begins with a bracket or a quotation mark. */
  readonly sentence: (text: string) => string;
}

/** What replaces these secrets in a text, by whose it is. */
export function replacersOf(secrets: readonly string[]): Replacers {
  const all = wholeReplacer(secrets);
  if (!secrets.some((secret) => word.test(secret))) return { all, ours: all, sentence: all };
  const ours = wholeReplacer(secrets.filter((secret) => !word.test(secret)));
  const sentence = (text: string) => {
    const from = text.search(/[(“]/);
    if (from < 0) return ours(text);
    const end = Math.max(text.lastIndexOf(')'), text.lastIndexOf('”'));
    const to = end < from ? text.length : end;
    return ours(text.slice(0, from) + all(text.slice(from, to)) + text.slice(to));
  };
  return { all, ours, sentence };
}

/** `secretReplacer` which also replaces what is shorter, such as a PIN, where it stands alone, as it is or percent-encoded. */
function wholeReplacer(secrets: readonly string[]): (text: string) => string {
  const long = secretReplacer(secrets);
  const short = secrets.filter((secret) => secret.trim() !== '' && !isLongEnough(secret));
  if (short.length === 0) return long;
  const forms = new Set(
    short.flatMap((secret) => [secret, encodeURIComponent(secret.replace(/\p{Cs}/gu, '\ufffd'))]),
  );
  const signs = [...forms].map((form) => form.replace(/[^\w\s]/g, String.raw`\$&`)).join('|');
  const alone = new RegExp(`(?<![\\w%-])(?:${signs})(?![\\w-])`, 'g');
  return (text) => long(text).replace(alone, '…');
}

/** Replacers by their secrets: one run asks for the same many times. They go when memory is tidied. */
let replacers = new WeakRef(new Map<string, (text: string) => string>());
/** Of hostile secrets each may take a megabyte. */
const mostKept = 20;

/** `replaceSecrets` for many texts, each in time linear in its length, whatever the secrets are. */
export function secretReplacer(secrets: readonly string[]): (text: string) => string {
  const all = [...new Set(secrets)].filter(isLongEnough);
  if (all.length === 0) return (text) => text;
  const kept = replacers.deref() ?? new Map<string, (text: string) => string>();
  const key = JSON.stringify(all);
  const replacer = kept.get(key) ?? newReplacer(all);
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, replacer);
  replacers = new WeakRef(kept);
  return replacer;
}

function newReplacer(all: readonly string[]): (text: string) => string {
  const bare = new Map<string, Word>();
  const finder = new WordFinder(wordsOf(all, bare));
  const bareFinder = new WordFinder([...bare.values()]);
  const bareTexts = new BareText(bare);
  const apart = all.some(mayBeEncoded);
  return (text) => {
    const views = textViews(text, apart);
    const isSearched = text.length <= longestSpread;
    const closed = isSearched
      ? [
          ...outermost(views).map((view) => withoutGaps(view)),
          // Also half decoded: a tag may stand behind a backslash that is the secret's.
          ...views.map((view) => withoutGaps(view, true)),
        ]
      : [];
    const whole = [...views, ...closed].map((view) => (view === undefined ? [] : finder.find(view)));
    const result = without(text, joinMatches(whole));
    if (!isSearched || bare.size === 0) return result;
    // In what is left, so that what has been found whole is not looked for in pieces.
    const left = result === text ? views : textViews(result, apart);
    const inPieces = outermost(left).map((view) => bareTexts.of(view));
    return without(
      result,
      joinMatches(inPieces.map((view) => (view === undefined ? [] : bareFinder.find(view)))),
    );
  };
}

function outermost(views: readonly TextView[]): readonly TextView[] {
  return views.filter(({ isHalfDecoded }) => !isHalfDecoded);
}

function without(text: string, matches: readonly Match[]): string {
  let result = '';
  let end = 0;
  for (const match of matches) {
    result += `${text.slice(end, match.start)}…${text.slice(match.shownFrom, match.end)}`;
    ({ end } = match);
  }
  return result + text.slice(end);
}

/** @param bare gets what is looked for among letters and digits alone. */
function wordsOf(secrets: readonly string[], bare: Map<string, Word>): Word[] {
  const words = new Map<string, Word>();
  for (const secret of secrets)
    // A secret that looks encoded itself may be decoded together with what it stands in.
    for (const text of [secret, ...decodedTexts(secret)].filter(isLongEnough))
      words.set(text, { text, alone: text.length < longEnough, shown: shownLength(text) });
  let room = mostEncoded;
  const add = (text: string, to: Map<string, Word>) => {
    room -= text.length;
    if (!to.has(text)) to.set(text, { text, alone: false, shown: 0 });
  };
  const ordered = [...secrets].sort((left, right) => left.length - right.length);
  for (const [index, secret] of ordered.entries()) {
    if (secret.length < shortestEncoded || room < 0) continue;
    for (const bytes of writtenBytes(secret)) {
      for (const text of base64Forms(bytes)) add(text, words);
      const digits = bytes.toString('hex');
      for (const text of [digits, digits.toUpperCase()]) add(text, words);
      add(digits, bare);
    }
    for (const text of bareForms(secret, index < mostNested)) add(text, bare);
  }
  for (const { text, alone, shown } of [...words.values()]) {
    const closed = closedUp(text);
    if (closed.length >= shortestEncoded && !words.has(closed))
      words.set(closed, { text: closed, alone, shown });
  }
  return [...words.values()];
}
