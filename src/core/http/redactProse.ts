import { maskSeen, type Seen } from './mask.ts';
import { redactOptions } from './redactOptions.ts';
import { redactParameters } from './redactParameters.ts';
import { redactTables } from './redactTables.ts';
import { isErrorCode, isSecretName, plainName } from '../secretNames.ts';

/** Characters of a word by which it is told whether it is a secret. */
const mostLooked = 300;
/** Shorter words without quotes are no secrets that could be told from words. */
const shortest = 8;

/**
 * A text in no form that is known, such as a sentence, a script or a header field: masked are the secret parameters of URLs, what
 * follows the name of a secret and `=`, `:` or “is”, options of commands, the columns of tables, and the credentials after the name
 * of a scheme. In time linear in its length.
 */
export function redactProse(text: string, seen?: Seen): string {
  // Of which a text without a secret may have thousands.
  if (!signs.test(text)) return text;
  const parameters = redactParameters(redactTables(text, seen), 0, seen);
  return redactOptions(redactSchemes(redactSaid(redactNamed(parameters, seen), seen), seen), seen);
}

/** A password right behind its name: “with password …”, “password '…' is too weak”. */
const said =
  /(\b(?:(?:with|using|use|try|invalid|wrong|incorrect|bad|old|new|current|temporary)\s(?:the\s|a\s)?(?:password|passphrase|passwd|passwort|kennwort)\s["'`(]?|(?:password|passphrase|passwd|passwort|kennwort)\s["'`(]))([^\s"'`<>,;(){}[\]]{6,100})/gi;

function redactSaid(text: string, seen: Seen | undefined): string {
  if (!/pass|kennwort/i.test(text)) return text;
  return text.replace(said, (all: string, before: string, value: string) =>
    isPassword(value) ? before + maskSeen(value, seen) : all,
  );
}

/** What stands behind “password” in sentences, with digits, and is none: of a method, an error, a date, a measure. */
const noPassword =
  /^(?:(?:sha|md|base|utf|rfc|oauth|http|tls|pbkdf|argon|bcrypt|scrypt|aes|hmac|v|x)[-_]?\d.*|0x.*|\d{4}-\d\d.*|\d+[-_]?[a-z]+|[^@]+@[^@.]+\.[^@]*|.*:\/\/.*)[.!?:]?$/i;

/** As `AADSTS50126` and `ORA-01017` are. */
const errorNumber = /^[A-Z]{2,}[_-]?\d+[.!?:]?$/;

/** Whether a word in a sentence about a password is one: it has a letter and a digit, and is none of what is known to have both. */
const isPassword = (word: string) =>
  word.length >= 6 &&
  /\d/.test(word) &&
  /[a-z]/i.test(word) &&
  !word.includes('…') &&
  !noPassword.test(word) &&
  !errorNumber.test(word);

const passwordName = /(?:password|passphrase|passwd|passwort|kennwort)$/;

/** What stands before any secret: a sign, a part of a path, the bracket or quote of a script, or the blank behind a scheme, an option or “is”. */
const signs = /[:=/\s("'`]/;

/** A name, a sign, and what stands there: one word, or all of a header field that holds nothing but credentials. */
function redactNamed(text: string, seen: Seen | undefined): string {
  let result = '';
  let end = 0;
  /** Names within one word share its end, and those of a line the line's: each is looked for once. */
  const ends = { word: -1, line: -1 };
  const all = /[:=]|\s(?:(?:is|was)(?:\snow)?|to|equals|ist|lautet)\b/g;
  for (let sign = all.exec(text); sign; sign = all.exec(text)) {
    const [name, opening] = subjectBefore(text, sign);
    if (!isSecretName(name)) continue;
    const place = credentialsAt(text, sign, name, opening, ends) ?? wordAt(text, sign, name, ends);
    if (place === undefined) continue;
    const [start, stop] = place;
    const value = text.slice(start, stop);
    // What ends the sentence may be the secret's.
    if (/[.!?]$/.test(value)) seen?.(value.slice(0, -1));
    result += text.slice(end, start) + maskSeen(value, seen);
    end = all.lastIndex = stop;
  }
  return result + text.slice(end);
}

type Place = readonly [start: number, stop: number];

function wordAt(
  text: string,
  sign: RegExpExecArray,
  name: string,
  ends: { word: number },
): Place | undefined {
  const [start, quote, isFar] = valueStart(text, sign);
  if (start > ends.word) ends.word = valueEnd(text, start, '');
  const stop = quote === '' ? ends.word : valueEnd(text, start, quote);
  const value = text.slice(start, Math.min(stop, start + mostLooked));
  const gap = value.search(/\s/);
  // In a sentence in quotes, only a long word that it begins with.
  if (gap > 0) return isSecretText(value.slice(0, gap), false, true) ? [start, start + gap] : undefined;
  if ((isFar || /\s/.test(text.charAt(start - 1))) && passwordName.test(plainName(name)) && isPassword(value))
    return [start, stop];
  return isSecretText(value, quote !== '', isFar) ? [start, stop] : undefined;
}

/** Fields whose value is more than one word. @see RFC 6265 section 4, RFC 7616 section 3.4 */
const credentialFields = /^(?:(?:proxy)?(?:authorization|authenticationinfo)|(?:set)?cookie)$/;
/** A scheme and its parameters, or the pairs of a cookie. */
const credentials = /^(?:[\w-]{1,40}[ \t]{1,3})?[\w.-]{1,100}=\S/;

function credentialsAt(
  text: string,
  sign: RegExpExecArray,
  name: string,
  opening: string,
  ends: { line: number },
): Place | undefined {
  if (sign[0] !== ':' || !credentialFields.test(plainName(name))) return undefined;
  let start = sign.index + 1;
  while (start < sign.index + 4 && /[ \t]/.test(text.charAt(start))) start++;
  if (!credentials.test(text.slice(start, start + mostLooked))) return undefined;
  if (start > ends.line) ends.line = lineEnd(text, start);
  const close = opening === '' ? -1 : text.slice(start, ends.line).indexOf(opening);
  return [start, close < 0 ? ends.line : start + close];
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === '\r' ? end - 1 : end;
}

/** The word before a sign, which may be in quotes or in the brackets of an index, and the quote before it. */
function nameBefore(text: string, at: number): readonly [name: string, opening: string] {
  let end = at;
  while (end > at - 3 && /\s/.test(text.charAt(end - 1))) end--;
  while (/["'`\])\\]/.test(text.charAt(end - 1))) end--;
  let start = end;
  while (/[\w.-]/.test(text.charAt(start - 1))) start--;
  const before = text.charAt(start - 1);
  return [text.slice(start, end), /["'`]/.test(before) && end === at ? before : ''];
}

/** What is said of a secret between its name and itself: “API key provided: …”, “password has been changed to …”. */
const saidOf =
  /^(?:provided|given|supplied|received|used|sent|entered|specified|presented|set|changed|reset|updated|was|is|has|been|now)$/i;

/** “password of ann”, “API key for the user ann has been set”, “Passwort von Anna”: what stands behind the name. */
const ofWhom =
  /^\s(?:of|for|von|für)\s(?:[\w-]{1,20}\s){0,2}["'`]?[\w.@-]{1,60}["'`]?(?:\s(?:has|was|is|been|set|changed|reset|updated)){0,3}$/;
const mostBefore = 150;

/** What is called so of somebody, at `index`; a key or a code only with the word before: others have some, too. */
function ofWhose(text: string, index: number): string {
  const from = Math.max(0, index - mostBefore);
  const before = text.slice(from, index);
  const at = Math.max(...[' of ', ' for ', ' von ', ' für '].map((word) => before.lastIndexOf(word)));
  if (at < 0 || !ofWhom.test(before.slice(at))) return '';
  const [name] = nameBefore(text, from + at);
  if (!/^(?:key|code|auth|session|ticket)$/i.test(name)) return name;
  const [first] = nameBefore(text, from + at - name.length - 1);
  return first === '' ? '' : first + name;
}

/** The word before a sign, or the one or two, `API key`, that what is said before the sign is said of. */
function subjectBefore(text: string, { 0: sign, index }: RegExpExecArray): ReturnType<typeof nameBefore> {
  let found = nameBefore(text, index);
  // What is sent to somebody is another thing.
  if (sign.endsWith('to') && !/^(?:re)?set$|^changed$|^updated$/i.test(found[0])) return ['', ''];
  if (found[1] !== '' || isSecretName(found[0])) return found;
  const isSaid = sign !== '=' && (sign !== ':' || /\s/.test(text.charAt(index + 1)));
  const whose = isSaid ? ofWhose(text, index) : '';
  if (isSecretName(whose)) return [whose, ''];
  if (!saidOf.test(found[0])) return found;
  let end = index;
  for (let words = 0; words < 4 && saidOf.test(found[0]); words++) {
    end = text.lastIndexOf(found[0], end) - 1;
    found = nameBefore(text, end);
  }
  const [before] = nameBefore(text, end - found[0].length - 1);
  return [isSecretName(found[0]) ? found[0] : before + found[0], ''];
}

/** Where the value begins after a sign or an arrow, what quote it is in, and whether words or line ends stand between. */
function valueStart(
  text: string,
  sign: RegExpExecArray,
): readonly [start: number, quote: string, isFar: boolean] {
  const from = sign.index + sign[0].length;
  const [gap, kind, quote = ''] =
    /[\s=>:]{0,9}(string\(\d{1,6}\)\s)?\\{0,3}(["'`]?)/.exec(text.slice(from, from + 40)) ?? [];
  const between = gap ?? '';
  // What a script dumped says itself that it is a value.
  const isFar = kind === undefined && (/\s/.test(sign[0]) || between.includes('\n'));
  return [from + between.length, quote, isFar];
}

function valueEnd(text: string, from: number, quote: string): number {
  let end = from;
  while (end < text.length) {
    const sign = text.charAt(end);
    if (quote === '' ? /[\s"'`<>,;&(){}[\]\\]/.test(sign) : sign === quote || /[\r\n]/.test(sign)) break;
    end++;
  }
  while (end > from && text.charAt(end - 1) === '\\') end--;
  return end;
}

/**
 * In quotes any word, else one that no sentence has: `token: expired` and `key: string` say what they mean.
 *
 * @param isFar whether it need not belong to the name: then only a long word does
 */
function isSecretText(value: string, quoted: boolean, isFar: boolean): boolean {
  if (value === '' || value.includes('…') || isErrorCode(value)) return false;
  if (quoted && !isFar) return !/\s/.test(value);
  const [long] = /^[\w.~+/-]{16,}/.exec(value) ?? [];
  if (long !== undefined && !/^(?:[a-z_.-]+|[A-Z_.-]+)$/.test(long)) return true;
  return (
    value.length >= shortest && /\d/.test(value) && /[a-z]/i.test(value) && (!isFar || bothCases.test(value))
  );
}

const bothCases = /^(?=[^a-z]*[a-z])[^A-Z]*[A-Z]/;

function redactSchemes(text: string, seen: Seen | undefined): string {
  const redacted = (all: string, scheme: string, gap: string, words: string) => {
    if (words.startsWith('realm=')) return all;
    if (scheme.toLowerCase() === 'basic' && isAccount(words)) return `${scheme}${gap}…`;
    if (words.length < 12 || !/\d/.test(words) || !/[a-z]/i.test(words)) return all;
    return `${scheme}${gap}${scheme.toLowerCase() === 'basic' ? '…' : maskSeen(words, seen)}`;
  };
  // What is not registered is looked for afterwards: the name of a scheme may stand behind that of another.
  return text
    .replace(/\b(Bearer|Basic|DPoP|Token|Negotiate)([ \t])([\w.~+/=-]{8,})/gi, redacted)
    .replace(/\b(NTLM|SSWS|ApiKey)([ \t])([\w.~+/=-]{12,})/gi, redacted);
}

/** Whether a word is a name and a password in base64: many have no digit. */
function isAccount(word: string): boolean {
  return /^[ -9;-~]*:[ -~]+$/.test(Buffer.from(word, 'base64').toString('latin1'));
}
