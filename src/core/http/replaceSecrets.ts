import { shownLength } from './mask.ts';
import { decodedTexts, mayBeEncoded, textViews } from './textView.ts';
import type { Word } from './word.ts';
import { joinMatches, shortestWord, WordFinder } from './wordFinder.ts';

/** Values shorter than this are replaced only where they stand alone, not within a longer word. */
const longEnough = 12;
/** Values shorter than this are not looked for in base64 and hexadecimal digits. */
const shortestEncoded = 8;
/** Code units of all base64 and hexadecimal forms together: hostile secrets could be of any number and size. */
const mostEncoded = 4 * 1024 * 1024;

/** Whether a secret is long enough to be looked for where it has no name. */
export function isLongEnough(secret: string): boolean {
  return secret.length >= shortestWord;
}

/**
 * Replaces `secrets` wherever they occur in `text` by their masked form: as they are, and percent-encoded,
 * JSON-escaped or HTML-escaped up to three times over, in base64 or in hexadecimal digits.
 */
export function replaceSecrets(text: string, secrets: readonly string[]): string {
  return secretReplacer(secrets)(text);
}

/** `replaceSecrets` for many texts, each in time linear in its length, whatever the secrets are. */
export function secretReplacer(secrets: readonly string[]): (text: string) => string {
  const all = [...new Set(secrets)].filter(isLongEnough);
  if (all.length === 0) return (text) => text;
  const finder = new WordFinder(wordsOf(all));
  const apart = all.some(mayBeEncoded);
  return (text) => {
    if (text.length < shortestWord) return text;
    const matches = joinMatches(textViews(text, apart).map((view) => finder.find(view)));
    let result = '';
    let end = 0;
    for (const match of matches) {
      result += `${text.slice(end, match.start)}…${text.slice(match.shownFrom, match.end)}`;
      ({ end } = match);
    }
    return end === 0 ? text : result + text.slice(end);
  };
}

function wordsOf(secrets: readonly string[]): Word[] {
  const words = new Map<string, Word>();
  for (const secret of secrets)
    // A secret that looks encoded itself may be decoded together with what it stands in.
    for (const text of [secret, ...decodedTexts(secret)].filter(isLongEnough))
      words.set(text, { text, alone: text.length < longEnough, shown: shownLength(text) });
  let room = mostEncoded;
  for (const secret of [...secrets].sort((left, right) => left.length - right.length)) {
    if (secret.length < shortestEncoded || room < 0) continue;
    for (const text of encodedForms(secret)) {
      room -= text.length;
      if (!words.has(text)) words.set(text, { text, alone: false, shown: 0 });
    }
  }
  return [...words.values()];
}

/** What base64, base64url and hexadecimal digits make of the secret and of what forms and URLs make of it. */
function encodedForms(secret: string): ReadonlySet<string> {
  const forms = new Set<string>();
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  for (const text of new Set([secret, form, form.replaceAll('+', '%20')])) addBase64Forms(text, forms);
  const hex = Buffer.from(secret, 'utf8').toString('hex');
  return forms.add(hex).add(hex.toUpperCase());
}

/** What base64 and base64url make of the text, wherever in the encoded text it begins. */
function addBase64Forms(text: string, forms: Set<string>): void {
  for (let offset = 0; offset < 3; offset++) {
    const bytes = Buffer.from(`${'x'.repeat(offset)}${text}`, 'utf8');
    // Only the characters that are made of the secret alone.
    const start = [0, 2, 3][offset] ?? 0;
    const end = Math.floor((bytes.length * 8) / 6);
    for (const encoding of ['base64', 'base64url'] as const) {
      const encoded = bytes.toString(encoding).slice(start, end);
      if (encoded.length >= shortestEncoded) forms.add(encoded);
    }
  }
}
