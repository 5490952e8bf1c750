import { isErrorCode, isPasswordName, isSecretName, plainName } from '../secretNames.ts';

/** What is said of a secret in one word, the kinds and values that are none, and schemes. */
const states =
  /^(?:required|expired|(?:in)?valid|missing|revoked|malformed|inactive|disabled|denied|unauthorized|forbidden|rejected|mismatch|empty|blank|null|none|undefined|wrong|incorrect|unsupported|unknown|true|false|string|number|optional|redacted|removed|failed|bearer|basic|digest|dpop|erforderlich|ungültig|requis|obligatori[oa]|inválid[oa])$/i;

/** Words of rules for secrets. */
const ruling =
  /^(?:must|should|cannot|can['’]t|characters?|letters|digits|match|matches|short|long|weak|least|found)$/i;

/** What a remark begins with that leaves out what it speaks of. */
const beginning =
  /^(?:is|isn['’]t|was|are|were|has|have|had|does|doesn['’]t|did|not|can|could|ist|est|es|é)$/i;

/** What sentences have, and phrases that are passwords hardly. */
const joining = /^(?:an?|the|is|was|are|be|been|has|not|of|to|too|at|in|and|or|by|for|ist|est|es|é)$/i;

/** A word as sentences have it: of few letters, and not of both cases within. */
const plainWord = /^(?:\p{Lu}?[^\p{Lu}\d@#$%&*+={~]{0,20}|[A-Z_-]{1,24})$/u;

/** Algorithms, protocols and formats that have a number in their name. */
const standards =
  /^(?:(?:[a-z]{0,20}(?:oauth|http|saml)|(?:hmac)?sha|md|base|utf|rfc|tls|pbkdf|argon|aes|rsa|oaep|pkcs)\d{1,5}(?:id)?|(?:[hrep]?s|p)(?:256|384|512)|(?:ed|x)\d{3,5}|v\d{1,2}|p12|\d(?:des|fa))$/i;

/** The code of an error, or the number of a ticket, and what is said of it: `ORA-01017`, `E11000-duplicate`. */
export const numbered = /^[A-Z]{1,12}[_-]?(?:\d{4,7}|\d{5,7}(?:[-_.:][a-z]{1,30})+)$/;

/** What counts something, a date, the number of an error of Windows, an address of mail or of a page. */
const measure =
  /^(?:\d+-?(?:char(?:acter)?s?|bytes?|bits?|days?|hours?|minutes?|seconds?|m?s|[kmg]b|th)|\d{4}-\d\d(?:-\d\d(?:T[\d:.+Z-]*)?)?|0x[\da-f]{1,8}|.*:\/\/.*)$/i;
/** Of one case without a digit, or a short number. */
const plainForm = /^(?:[A-Z_.-]{0,32}|[a-z_.-]{0,32}|\d{1,6})$/;
const mail = /^[a-z\d.+_-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/;

const withoutEnd = (word: string) => word.replace(/[.,:;!?]{1,9}$/, '');

/** Whether a word says how it is about a secret, such as “expired”, or of what kind it is. */
export const isState = (word: string) => states.test(withoutEnd(word));

/** Whether a word says something to everybody: an error's code, a scheme, an algorithm, a date, a measure, an address. */
export function isKnown(word: string): boolean {
  const plain = withoutEnd(word);
  if ([plainForm, numbered, measure, mail].some((form) => form.test(plain))) return true;
  const parts = plain
    .replace(/([a-z])-(?=\d)/gi, '$1')
    .replace(/(?<=\d)(?=[A-Z][a-z])/g, '-')
    .split(/[-_./:]/);
  // In small letters, words are put together with them by people who make up a secret.
  const named = parts.filter((part) => standards.test(part));
  if (named.length === 0) return false;
  const isSure = named.length === parts.length || /[A-Z]/.test(named.join('')) || /(?:ed|like)$/.test(plain);
  const areKnown = parts.every((part) => /^(?:[a-z]*|\d{1,6})$/i.test(part) || named.includes(part));
  return isSure && areKnown && isOfWords(plain, 3);
}

/** Whether the letters of a long text make words, as those of `AccessTokenProvider`, and were not drawn by lot. */
export function isOfWords(text: string, least = 4): boolean {
  const words = text.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
  return words.length < 2 || words.join('').length >= least * words.length;
}

/** Whether a `key` may be the name of a value beside it. */
export const isLabel = (key: string) => /^[\p{L} _.-]{1,36}\d{0,3}$/u.test(key) && isOfWords(key);

/** What a signature is made with. @see RFC 7518 section 3.1, RFC 8037 */
const algorithm = /^(?:(?:[HREP]S(?:256|384|512)|ES256K)(?![\w+/=.:-])|EdDSA$)/;

/**
 * Whether what is called a signature is its algorithm, and what is called credentials what is done with them.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-credentials-mode
 */
export function isManner(name: string, value: string): boolean {
  const plain = plainName(name);
  if (plain.endsWith('signature')) return algorithm.test(value);
  return plain === 'credentials' && /^(?:include|omit|same-origin)$/.test(value);
}

/** Whether what is called a code, a key or a ticket is one that everybody may know: of an error, `InvalidToken`, or of a task, `HELP-12`. */
export function isPublicCode(name: string, value: string): boolean {
  const plain = plainName(name);
  if (isManner(name, value)) return true;
  if (/^[A-Z]{2,10}-\d{1,7}$/.test(value)) return /^(?:key|code|ticket)$/.test(plain);
  if (plain === 'ticket') return numbered.test(value);
  if (plain !== 'code') return false;
  return (
    isErrorCode(value) ||
    numbered.test(value) ||
    /^0x[\da-f]{1,8}$/i.test(value) ||
    (/^[A-Za-z]{8,36}$/.test(value) && isOfWords(value))
  );
}

/** The longest text that is taken for a remark, in characters. */
const longest = 300;

/**
 * Whether a text in the place of a secret is none, but says something of it: “expired”, “is too short (at least 8 characters)”, “Bearer is
 * required”. No word of it may be a secret of its own.
 */
export function isRemark(text: string): boolean {
  if (text.length > longest || /<|^\d{3}/.test(text)) return false;
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^["'`(]|["'`).,:;!?]{1,9}$/g, ''));
  const [first = ''] = words;
  if (words.length === 1) return isState(first);
  const isSaid =
    beginning.test((/\d/.test(first) ? words[1] : first) ?? '') ||
    words.some((word) => isState(word) || ruling.test(word) || isPasswordName(word));
  const isJoining = (word: string) =>
    joining.test(word) || (words.length < 5 && (/^\d$/.test(word) || isSecretName(word)));
  const isPlain = (word: string) => plainWord.test(word) || (/^(?!\d{4}).*\d/.test(word) && isKnown(word));
  return isSaid && 8 * words.filter(isJoining).length >= words.length && words.every(isPlain);
}
