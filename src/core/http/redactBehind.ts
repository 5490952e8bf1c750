import { isKnown } from './knownWords.ts';
import { maskSeen, type Seen } from './mask.ts';
import { isSecretName } from '../secretNames.ts';

/** What neither a word nor a name looks like: long, with a digit and letters of both cases, or nothing but hexadecimal digits. */
const generated =
  /^(?:(?=\D*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[\w+/=~.-]{16,}|(?=\D*\d)(?=[^a-f]*[a-f])[\da-f]{32,})$/;
/** A secret only in a path, and behind what is reset or invited: others have such a number, too. */
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Characters of a word by which it is told whether it was generated. */
const mostLooked = 300;
/** Characters that stand between a name and it at most. */
const longestGap = 12;

/** Whether a text that stands right behind the name of a secret, with no sign between, is one. */
export function isGenerated(text: string): boolean {
  const word = text.slice(0, mostLooked);
  return generated.test(word) && !isKnown(word);
}

/** Parts of a path behind which a secret stands, besides those that are the name of one. */
const telling = /^(?:(?:\w{0,8}web)?hooks?(?:b\d)?|services|reset|invite|magic)$/i;
/** Where a slash ends the secret: in a path, behind the number of a bot, too. */
const isPath = /\/(?:bot\d{6,12}:)?$/;
/** What may stand between: `/services/T024BE7LH/B024BE7LD/…`, `/webhooks/1234567890/…`. */
const between = /^[A-Z\d]{6,24}$/;

/**
 * A text in which a generated word is masked that stands right behind the name of a secret, with blanks, quotes, a comma, a bracket or
 * an arrow between, or in a path: `password q7Rk…`, `define('PASSWORD', 'q7Rk…')`, `/reset/token/q7Rk…`. Linear in its length.
 */
export function redactBehind(text: string, seen?: Seen): string {
  let result = '';
  let done = 0;
  const words = /[\w+=~.-]{16,400}/g;
  for (let found = words.exec(text); found; found = words.exec(text)) {
    const start = found.index;
    const before = text.slice(Math.max(done, start - 100), start);
    if (!(isGenerated(found[0]) ? isTold(before) : uuid.test(found[0]) && isToldInPath(before))) continue;
    let stop = words.lastIndex;
    const isWord = isPath.test(before) ? /[\w+=~.-]/ : /[\w+/=~.-]/;
    while (isWord.test(text.charAt(stop))) stop++;
    while (text.charAt(stop - 1) === '.') stop--;
    result += text.slice(done, start) + maskSeen(text.slice(start, stop), seen);
    done = words.lastIndex = stop;
  }
  return redactQuoted(result + text.slice(done), seen);
}

/** What stands between the name of a secret and its value in quotes: of Lisp, of a type, of a function. */
const declared =
  /([\w.-]{2,60})["'`]?(?:[ \t]{1,3}\.[ \t]{1,3}|[ \t:]{1,3}(?:as[ \t])?&?str(?:ing)?[ \t]{0,3}=[ \t]{0,3}|[ \t]{0,3}[:=][ \t]{0,3}(?:[bfru]|(?:some|str(?:ing)?|secret\w{0,10})\())$/i;
/** The same where it might be a sentence or a list: `password "…"`, `('password', '…')`. */
const beside = /(?:(?:^|[\s({:])([\w.-]{2,60})[ \t]{1,3}|[([{]["'`]?([\w.-]{2,60})["'`]?,[ \t]?)$/;

/** An object that has the name of a secret, up to a value in it: `token1: {"a": "`. */
const within = /([\w.-]{2,60})[\\"']{0,3}\s?[:=]\s?\{[^{}]{0,40}[\s"':]$/;

/** A text in which a password in quotes is masked that is told by the name before it, with no sign between that tells of every word. */
function redactQuoted(text: string, seen: Seen | undefined): string {
  return text.replace(/(["'`])([^\s"'`\\]{8,200})\1/g, (all, quote: string, value: string, at: number) => {
    if (!/\d/.test(value) || !/[a-z]/i.test(value) || value.includes('…')) return all;
    const before = text.slice(Math.max(0, at - 100), at);
    const [, one, other] =
      declared.exec(before) ??
      (/^(?=[^a-z]*[a-z])[^A-Z]*[A-Z]/.test(value) ? beside.exec(before) : null) ??
      [];
    return isSecretName(one ?? other ?? '') ? `${quote}${maskSeen(value, seen)}${quote}` : all;
  });
}

function isTold(before: string): boolean {
  if (isSecretName(within.exec(before)?.[1] ?? '')) return true;
  if (before.endsWith(':')) return isPath.test(before);
  if (before.endsWith('/')) return isTelling(before.split('/').slice(-4, -1));
  let end = before.length;
  while (end > before.length - longestGap && /[\s"'`,()[\]>-]/.test(before.charAt(end - 1))) end--;
  if (!/[\s"'`(]/.test(before.slice(end))) return false;
  let start = end;
  while (start > 0 && /[\w.-]/.test(before.charAt(start - 1))) start--;
  return isSecretName(before.slice(start, end));
}

function isToldInPath(before: string): boolean {
  const [, name = ''] = /\/([\w.-]{1,60})\/$/.exec(before) ?? [];
  return /^(?:reset|invite|magic)$/i.test(name) || (isSecretName(name) && !/^(?:key|ticket)$/i.test(name));
}

function isTelling(parts: readonly string[]): boolean {
  const name = parts.findLast((part) => !between.test(part)) ?? '';
  return telling.test(name) || (name === parts.at(-1) && isSecretName(name));
}
