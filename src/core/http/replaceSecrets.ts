import { shownLength } from './mask.ts';
import { closedUp, HexDigits, withoutGaps } from './spreadView.ts';
import { decodedTexts, mayBeEncoded, textViews } from './textView.ts';
import type { Word } from './word.ts';
import { joinMatches, shortestWord, WordFinder } from './wordFinder.ts';

/** Values shorter than this are replaced only where they stand alone, not within a longer word. */
const longEnough = 12;
/** Values shorter than this are not looked for in base64 and hexadecimal digits. */
const shortestEncoded = 8;
/** Longer values, such as tokens, are not looked for in base64 of UTF-16, in which only passwords are written. */
const longestWide = 256;
/** Longer texts are not searched for secrets that are broken into lines or by blanks, or hexadecimal digits with others between: that takes too long. */
const longestSpread = 512 * 1024;
/** Code units of all base64 and hexadecimal forms together: hostile secrets could be of any number and size. */
const mostEncoded = 4 * 1024 * 1024;

/** Whether a secret is long enough to be looked for where it has no name. */
export function isLongEnough(secret: string): boolean {
  return secret.length >= shortestWord;
}

/**
 * Replaces `secrets` wherever they occur in `text` by their masked form: as they are, and percent-encoded,
 * JSON-escaped or HTML-escaped up to five times over, in base64 or in hexadecimal digits; and, up to half a million
 * characters of text, also broken into lines or with blanks or signs that have no width in them.
 */
export function replaceSecrets(text: string, secrets: readonly string[]): string {
  return secretReplacer(secrets)(text);
}

/** `replaceSecrets` for many texts, each in time linear in its length, whatever the secrets are. */
export function secretReplacer(secrets: readonly string[]): (text: string) => string {
  const all = [...new Set(secrets)].filter(isLongEnough);
  if (all.length === 0) return (text) => text;
  // Those too short to be spread have none.
  const hex = new Map<string, Word>();
  const finder = new WordFinder(wordsOf(all, hex));
  const hexFinder = new WordFinder([...hex.values()]);
  const hexDigits = new HexDigits(hex.keys());
  const apart = all.some(mayBeEncoded);
  return (text) => {
    if (text.length < shortestWord) return text;
    const views = textViews(text, apart);
    const isSearched = hex.size > 0 && text.length <= longestSpread;
    const outer = isSearched ? views.filter(({ isHalfDecoded }) => !isHalfDecoded) : [];
    const closed = outer.map(withoutGaps).filter((view) => view !== undefined);
    const digits = outer.map((view) => hexDigits.of(view)).filter((view) => view !== undefined);
    const matches = joinMatches([
      ...[...views, ...closed].map((view) => finder.find(view)),
      ...digits.map((view) => hexFinder.find(view)),
    ]);
    let result = '';
    let end = 0;
    for (const match of matches) {
      result += `${text.slice(end, match.start)}…${text.slice(match.shownFrom, match.end)}`;
      ({ end } = match);
    }
    return end === 0 ? text : result + text.slice(end);
  };
}

/** @param hex gets those that are hexadecimal digits, which are looked for whatever stands between them, too. */
function wordsOf(secrets: readonly string[], hex: Map<string, Word>): Word[] {
  const words = new Map<string, Word>();
  for (const secret of secrets)
    // A secret that looks encoded itself may be decoded together with what it stands in.
    for (const text of [secret, ...decodedTexts(secret)].filter(isLongEnough))
      words.set(text, { text, alone: text.length < longEnough, shown: shownLength(text) });
  let room = mostEncoded;
  const add = (text: string, to: Map<string, Word>) => {
    if (text.length < shortestEncoded) return;
    room -= text.length;
    if (!to.has(text)) to.set(text, { text, alone: false, shown: 0 });
  };
  for (const secret of [...secrets].sort((left, right) => left.length - right.length)) {
    if (secret.length < shortestEncoded || room < 0) continue;
    for (const bytes of writtenBytes(secret)) {
      for (const text of base64Forms(bytes)) add(text, words);
      const digits = bytes.toString('hex');
      for (const text of [digits, digits.toUpperCase()]) add(text, words);
      add(digits, hex);
    }
  }
  for (const { text, alone, shown } of [...words.values()]) {
    const closed = closedUp(text);
    if (closed.length >= shortestEncoded && !words.has(closed))
      words.set(closed, { text: closed, alone, shown });
  }
  return [...words.values()];
}

/** The secret, and what forms, URLs, JSON and UTF-16 make of it, as bytes. */
function writtenBytes(secret: string): readonly Buffer[] {
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const json = JSON.stringify(secret).slice(1, -1);
  // Half a character, at which `encodeURIComponent` throws, becomes a whole one.
  const percent = encodeURIComponent(Buffer.from(secret).toString());
  const texts = new Set([secret, form, form.replaceAll('+', '%20'), percent, json]);
  const bytes = Array.from(texts, (text) => Buffer.from(text, 'utf8'));
  if (secret.length > longestWide) return bytes;
  const wide = Buffer.from(secret, 'utf16le');
  return [...bytes, wide, Buffer.from(wide).swap16()];
}

/** What base64 and base64url make of the bytes, wherever in the encoded text they begin. */
function base64Forms(content: Buffer): ReadonlySet<string> {
  const forms = new Set<string>();
  for (let offset = 0; offset < 3; offset++) {
    const bytes = Buffer.concat([Buffer.alloc(offset), content]);
    // Only the characters that are made of the content alone.
    const start = [0, 2, 3][offset] ?? 0;
    const end = Math.floor((bytes.length * 8) / 6);
    for (const encoding of ['base64', 'base64url'] as const)
      forms.add(bytes.toString(encoding).slice(start, end));
  }
  return forms;
}
