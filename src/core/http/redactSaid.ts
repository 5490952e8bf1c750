import { isKnown, isRemark } from './knownWords.ts';
import { maskSeen, type Seen } from './mask.ts';
import { isPhrase, isSecretWord } from './secretWord.ts';
import { isPasswordName, isSecretName, isShared, plainName } from '../secretNames.ts';

/** Characters of a word by which it is told whether it is a secret. */
const mostLooked = 300;

/**
 * A text of words in which is masked what follows the name of a secret and `=`, `:` or “is”, or stands right behind it, and the
 * credentials after the name of a scheme. In time linear in its length.
 */
export function redactSaid(text: string, seen?: Seen): string {
  return redactSchemes(redactBeside(redactNamed(text, seen), seen), seen);
}

/** What ties a secret to its name: a sign, or a word or dash of a sentence, in the languages that servers and people write in. */
const ties =
  /[:=：＝はが是为為는은]|\s(?:(?:is|was)(?:\s(?:now|currently|still))?|to|equals|ist|lautet|auf|est|es|é|è|är|er|(?<![\s–—-].)[-–—])(?=[\s:"'`]|$)/g;

/** A name, what ties, and what stands there: one word, or all of a header field that holds nothing but credentials. */
function redactNamed(text: string, seen: Seen | undefined): string {
  let result = '';
  let end = 0;
  /** Names within one word share its end, and those of a line the line's: each is looked for once. */
  const ends = { word: -1, line: -1 };
  const hasOwners = text.search(prepositions) >= 0;
  ties.lastIndex = 0;
  for (let sign = ties.exec(text); sign; sign = ties.exec(text)) {
    const [name, opening] = subjectBefore(text, sign, hasOwners);
    // Logs have a dash behind the name of a component.
    if (!isSecretName(name) || (/[-–—]/.test(sign[0]) && !isPasswordName(name))) continue;
    const whole = isShared(name) ? wholeName(text, sign.index) : name;
    const told = isSecretName(whole) ? whole : name;
    const place = credentialsAt(text, sign, name, opening, ends) ?? wordAt(text, sign, told, ends);
    if (place === undefined) continue;
    const [start, stop] = place;
    const value = text.slice(start, stop);
    // What ends the sentence may be the secret's.
    if (/[.!?]$/.test(value)) seen?.(value.slice(0, -1));
    result += text.slice(end, start) + maskSeen(value, seen);
    end = ties.lastIndex = stop;
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
  if (gap > 0) {
    const isPhrase = sign[0] === '=' && !isRemark(value);
    if (isPhrase && isPasswordName(name)) return [start, stop];
    // In a sentence in quotes, a word that it begins with.
    if (isSecretWord(value.slice(0, gap), name, 'said')) return [start, start + gap];
    return isPhrase && !isShared(name) && plainWords.test(value) ? [start, stop] : undefined;
  }
  const near = /\s/.test(text.charAt(start - 1)) ? 'sign' : 'assigned';
  const tie = isFar ? 'said' : quote === '' ? near : 'quoted';
  return isSecretWord(value, name, tie) ? [start, stop] : undefined;
}

/** Words such as people make up a secret of; neither what a program declares nor what a rule says. */
const plainWords = /^[\p{L}\d]{2,20}(?: [\p{L}\d]{2,20}){1,7}$/u;

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

/**
 * The word before a place, which may be in quotes or in the brackets of an index, and the quote before it. But for what ties where no
 * blanks part words: what is before it would be read for each.
 */
const subject =
  /(?<=(["'`]?)((?:(?![はが是为為는은])[\p{L}\p{M}\p{N}_.-]){0,200})(["'`\])\\“”»]{0,9}\s{0,3}))/uy;

function nameBefore(text: string, at: number): readonly [name: string, opening: string] {
  subject.lastIndex = at;
  const [, quote = '', name = '', behind = ''] = subject.exec(text) ?? [];
  const end = at - behind.length;
  // Names of more than one word.
  if (/^(?:passe|phrase|api|acc[èe]so?|acesso)$/i.test(name))
    return [text.slice(Math.max(0, end - name.length - 9), end), ''];
  return [name, behind === '' ? quote : ''];
}

/** What is said of a secret between its name and itself: “API key provided: …”, “password has been changed to …”. */
const saidOf =
  /^(?:provided|given|supplied|received|used|sent|entered|specified|presented|set|changed|reset|updated|was|is|has|been|now|wurde)$/i;

/** “password of ann”, “API key for the user ann has been set”, “Passwort von Anna”: what stands behind the name. */
const ofWhom =
  /^\s(?:of|for|von|für|de|do|di|du|voor|van)\s(?:[\p{L}\d-]{1,20}\s){0,2}["'`]?[\p{L}\d_.@-]{1,60}["'`]?(?:\s(?:has|was|is|been|set|changed|reset|updated|wurde)){0,3}$/iu;
const mostBefore = 150;
const prepositions = /\s(?:of|for|von|für|d[eiou]|voor|van)(?=\s)/gi;

/** What is called so of somebody, at `index`; a key or a code only with the word before: others have some, too. */
function ofWhose(text: string, index: number): string {
  const from = Math.max(0, index - mostBefore);
  const before = text.slice(from, index).trimEnd();
  // Each preposition, since “du client de Anna” has one of its own.
  for (const { index: at } of before.matchAll(prepositions))
    if (ofWhom.test(before.slice(at))) {
      const name = wholeName(text, from + at);
      if (isSecretName(name)) return name;
    }
  return '';
}

/** The name that ends at `at`; a key or a code only with the word before: others have some, too. */
function wholeName(text: string, at: number): string {
  const [name] = nameBefore(text, at);
  if (!isShared(name)) return name;
  const [first] = nameBefore(text, at - name.length - 1);
  return first === '' ? '' : first + name;
}

/** The word before a sign, or the one or two, `API key`, that what is said before the sign is said of. */
function subjectBefore(
  text: string,
  { 0: sign, index }: RegExpExecArray,
  hasOwners: boolean,
): ReturnType<typeof nameBefore> {
  let found = nameBefore(text, index);
  // What is sent to somebody is another thing.
  if (/to|auf/.test(sign) && !/set|changed|updated|wurde/i.test(found[0])) return ['', ''];
  if (found[0] === '' || found[1] !== '' || isSecretName(found[0])) return found;
  const isSaid = hasOwners && sign !== '=' && (sign !== ':' || /\s/.test(text.charAt(index + 1)));
  const whose = isSaid ? ofWhose(text, index) : '';
  if (whose !== '') return [whose, ''];
  if (!saidOf.test(found[0])) return found;
  let end = index;
  for (let words = 0; words < 4 && saidOf.test(found[0]); words++) {
    end = text.lastIndexOf(found[0], end) - 1;
    found = nameBefore(text, end);
  }
  const [before] = nameBefore(text, end - found[0].length - 1);
  return [isSecretName(found[0]) ? found[0] : before + found[0], ''];
}

/** What is said before the name of what has been tried. */
const tried =
  /\b(?:with|using|used?|tr(?:y|ied)|invalid|wrong|incorrect|bad|old|new|current|temporary|your|my|mit|avec|con|com)\s(?:(?:the|an?)\s)?(?:[\w-]{1,20}\s)?$/i;
/** Letters of both cases, or nothing but hexadecimal digits. */
const noName = /^(?=[^a-z]*[a-z])[^A-Z]*[A-Z]|^[\da-f]{16,}$/;
/** The end of a name and what stands between it and the word beside it. */
const beforeWord = /[\p{L}\d](\s[\\"'`(“]{0,4}|["'`]?\s?\()$/u;

/** A text in which a word with a digit is masked right behind the name of a secret: “with password …”, “passphrase …”, “password '…' is too weak”. */
function redactBeside(text: string, seen: Seen | undefined): string {
  if (!besides.test(text)) return text;
  let result = '';
  let done = 0;
  const words = /[^\s"'`<>,;(){}[\]“”]{6,100}/g;
  for (let word = words.exec(text); word; word = words.exec(text)) {
    const { 0: value, index } = word;
    if (!/[\d-]|[a-z][A-Z]/.test(value)) continue;
    const [, gap] = beforeWord.exec(text.slice(Math.max(0, index - 6), index)) ?? [];
    if (gap === undefined) continue;
    const name = wholeName(text, index - gap.length);
    const isSecret = /\d/.test(value) ? isSecretWord : isPhrase;
    if (!isSecretName(name) || !isSecret(value, name, 'beside')) continue;
    const start = index - gap.length - name.length;
    const isTold = isPasswordName(name) || tried.test(text.slice(Math.max(0, start - 50), start));
    // In quotes or brackets, what no name looks like.
    if (!isTold && !(gap.length > 1 && noName.test(value))) continue;
    result += text.slice(done, index) + maskSeen(value, seen);
    done = words.lastIndex;
  }
  return result + text.slice(done);
}

/** A text without one of these names no password, and no other secret that sentences have a word right beside. */
const besides =
  /pass|secret|token|key|pwd|kennwort|[\u0080-\uFFFF]|senha|wachtwoord|heslo|haslo|parola|clave|adgang/i;

/** Where the value begins after a sign or an arrow, what quote it is in, and whether words or line ends stand between. */
function valueStart(
  text: string,
  sign: RegExpExecArray,
): readonly [start: number, quote: string, isFar: boolean] {
  const from = sign.index + sign[0].length;
  const [gap, kind, quote = ''] =
    /[\s=>:]{0,9}(string\(\d{1,6}\)\s)?\\{0,3}(["'`“„«「]?)/.exec(text.slice(from, from + 40)) ?? [];
  const between = gap ?? '';
  // What a script dumped says itself that it is a value.
  const isFar = kind === undefined && (!/[:=：＝]/.test(sign[0]) || between.includes('\n'));
  return [from + between.length, quote, isFar];
}

/** What ends a quotation that begins with another sign. */
const closing: Readonly<Record<string, string>> = { '“': '”', '„': '“', '«': '»', '「': '」' };
/** Up to what ends a word that is in no quotes, also where nothing parts words. */
const bareWord = /[^\s"'`<>,;&(){}[\]\\”“»」\u3000-\u30FF\u4E00-\u9FFF\uAC00-\uD7AF\uFF00-\uFFEF]*/y;

function valueEnd(text: string, from: number, quote: string): number {
  bareWord.lastIndex = from;
  if (quote === '') bareWord.test(text);
  let end = bareWord.lastIndex;
  const close = closing[quote] ?? quote;
  if (quote !== '')
    while (end < text.length && text.charAt(end) !== close && !/[\r\n]/.test(text.charAt(end))) end++;
  while (end > from && text.charAt(end - 1) === '\\') end--;
  return end;
}

function redactSchemes(text: string, seen: Seen | undefined): string {
  const redacted = (all: string, scheme: string, gap: string, words: string) => {
    if (words.startsWith('realm=')) return all;
    if (scheme.toLowerCase() === 'basic' && isAccount(words)) return `${scheme}${gap}…`;
    if (words.length < 12 || isKnown(words) || !/\d/.test(words) || !/[a-z]/i.test(words)) return all;
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
