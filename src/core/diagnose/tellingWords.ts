import { membersIn, parseShallow } from '../http/jsonDepth.ts';
import { isObject } from '../../shared/json.ts';
import { bodyPieces, findingOf, piecesOf } from './bodyWords.ts';
import type { Facts } from './facts.ts';
import { inEnglish } from './foreignWords.ts';

/** The evidence of a cause that the words alone show. */
export const ownWords = 'The server’s own words say so.';

/** Characters of an answer that are looked at. */
const limit = 2000;
const mostMembers = 20;

/**
 * What a server says of this very refusal, one piece for each sentence: without those that list what may be wrong, as
 * specifications define an error code, and without markup. Hostile; bounded work. @see RFC 6749 section 5.2
 */
export function tellingWords({
  error = '',
  words,
  body,
}: Pick<Facts, 'error' | 'words' | 'body'>): readonly string[] {
  const first = inSentences(words.slice(0, limit));
  const pieces = words === body && words.startsWith(first) ? bodyPieces(body) : undefined;
  const said = pieces?.map(inSentences) ?? [first, ...textsBeside(body)];
  const text = [error, ...said].join('. ').slice(0, 2 * limit);
  return (
    text
      .replaceAll(/<(script|style)\b[^]*?(?:<\/\1|$)/gi, ' ')
      .replaceAll(/<[^<>]{0,2000}>/g, ' ')
      // A list of what may be meant.
      .replaceAll(/\([^()]{0,300}\)/g, (aside) => (aside.includes(',') ? '' : aside))
      .split(/[.;!?] |[。；！？\r\n]/)
      .map((sentence) => (tellingCodes.has(error.toLowerCase()) ? sentence : inEnglish(sentence)).trim())
      // Lists, by an “or” behind a comma.
      .filter((sentence) => sentence !== '' && !/^[^,]*,.*\bor\b/i.test(sentence))
  );
}

/** What a library of checks found, as zod lists it, with the place of each; other words as they are. */
function inSentences(words: string): string {
  if (!/^\s*\[\s*\{/.test(words)) return words;
  try {
    const found = [parseShallow(words)].flat().filter(isObject).slice(0, mostMembers);
    return found.map((one) => findingOf(one) ?? JSON.stringify(one)).join('\n');
  } catch {
    return words;
  }
}

/** What the server said in words, those of other languages put into English where its error code says too little. */
export function understood({ error = '', words }: Pick<Facts, 'error' | 'words'>): string {
  return tellingCodes.has(error.toLowerCase()) ? words : inEnglish(words.slice(0, limit));
}

/** Codes that say enough by themselves: no word of another language is read beside them. @see RFC 6749 section 5.2 */
const tellingCodes: ReadonlySet<string> = new Set([
  'invalid_client',
  'invalid_scope',
  'unauthorized_client',
  'unsupported_grant_type',
]);

/** A sentence with the names of code in it as words: `code_already_used`, `expired-auth-code`, `Errors.App.ClientSecretInvalid`. */
export function spelledOut(sentence: string): string {
  return sentence.replaceAll(/(?<=\w)[_.-](?=\w)|(?<=[a-z])(?=[A-Z])/g, ' ');
}

/** What stands beside the description, such as `error_hint`, and within lists of errors. */
function textsBeside(body: string): readonly string[] {
  return Object.values(membersIn(body))
    .slice(0, mostMembers)
    .filter((value) => typeof value !== 'string' || !/^https?:/i.test(value))
    .flatMap((value) =>
      typeof value === 'string' ? inSentences(value.slice(0, limit)) : piecesOf(value).map(inSentences),
    );
}
