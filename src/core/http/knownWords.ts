import { isErrorCode, isPasswordName, isShared, plainName } from '../secretNames.ts';

/** What is said of a secret in one word, the kinds and values that are none, and schemes. */
const states =
  /^(?:required|expired|(?:in)?valid|missing|revoked|malformed|inactive|disabled|denied|unauthorized|forbidden|rejected|mismatch|empty|blank|null|none|undefined|wrong|incorrect|unsupported|unknown|true|false|string|number|optional|redacted|removed|failed|bearer|basic|digest|dpop|erforderlich|ungültig|requis|obligatori[oa]|inválid[oa])$/i;

/** Words of rules for secrets. */
const ruling =
  /^(?:must|should|cannot|can['’]t|characters?|letters|digits|match|matches|short|long|weak|least|found)$/i;

/** What a remark begins with that leaves out what it speaks of. */
const beginning =
  /^(?:is|isn['’]t|was|are|were|has|have|had|does|doesn['’]t|did|not|no|can|could|ist|est|es|é)$/i;

/** Algorithms, protocols and formats that have a number in their name. */
const standards =
  /^(?:(?:[a-z]{0,20}(?:oauth|http|saml)|(?:hmac)?sha|md|base|utf|rfc|tls|pbkdf|argon|aes|rsa|oaep|pkcs)\d{1,5}|(?:[hrep]?s|p)(?:256|384|512)|(?:ed|x)\d{3,5}|v\d{1,2}|p12|\d(?:des|fa))[a-z]{0,30}$/i;

/** The code of an error, or the number of a ticket, and what is said of it: `ORA-01017`, `E11000-duplicate`. */
export const numbered = /^[A-Z][A-Z_-]{0,40}\d{4,10}(?:[-_.:][A-Za-z]{1,30})*$/;

/** What counts something, a date, the number of an error of Windows, an address of mail or of a page. */
const measure =
  /^(?:\d+-?(?:char(?:acter)?s?|bytes?|bits?|days?|hours?|minutes?|seconds?|m?s|[kmg]b|th)|\d{4}-\d\d(?:-\d\d.*)?|0x[\da-f]{1,16}|[^@]+@[^@]+\.[a-z]{2,}|.*:\/\/.*)$/i;

const withoutEnd = (word: string) => word.replace(/[.,:;!?]{1,9}$/, '');

/** Whether a word says how it is about a secret, such as “expired”, or of what kind it is. */
export const isState = (word: string) => states.test(withoutEnd(word));

/** Whether a word says something to everybody: an error's code, a scheme, an algorithm, a date, a measure, an address. */
export function isKnown(word: string): boolean {
  const plain = withoutEnd(word);
  // Of one case without a digit, or a short number.
  if (/^(?:[A-Z_.-]*|[a-z_.-]*|\d{1,6})$/.test(plain) || numbered.test(plain) || measure.test(plain))
    return true;
  const parts = plain.replace(/([a-z])-(?=\d)/gi, '$1').split(/[-_./:]/);
  const isStandard = (part: string) => standards.test(part);
  return (
    parts.some(isStandard) &&
    parts.every((part) => /^(?:[a-z]*|\d{1,6})$/i.test(part) || isStandard(part)) &&
    isOfWords(plain)
  );
}

/** Whether the letters of a long text make words, as those of `AccessTokenProvider`, and were not drawn by lot. */
export function isOfWords(text: string): boolean {
  const words = text.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
  return words.length < 2 || words.join('').length >= 3 * words.length;
}

/** Whether what is called a code, a key or a ticket is one that everybody may know: of an error, `InvalidToken`, or of a task, `HELP-12`. */
export function isPublicCode(name: string, value: string): boolean {
  const plain = plainName(name);
  if (numbered.test(value) || /^[A-Z]{2,10}-\d{1,9}$/.test(value)) return isShared(plain);
  if (plain !== 'code') return false;
  return (
    isErrorCode(value) ||
    /^0x[\da-f]{1,8}$/i.test(value) ||
    (/^[A-Za-z]{8,}$/.test(value) && isOfWords(value))
  );
}

/** The longest text that is taken for a remark, in characters. */
const longest = 500;

/**
 * Whether a text in the place of a secret is none, but says something of it: “expired”, “is too short (at least 8 characters)”, “Bearer is
 * required”. No word of it may be a secret of its own.
 */
export function isRemark(text: string): boolean {
  if (text.length > longest) return false;
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^["'`(]|["'`).,:;!?]{1,9}$/g, ''));
  const [first = ''] = words;
  if (words.length === 1) return isState(first);
  const isSaid =
    beginning.test((/\d/.test(first) ? words[1] : first) ?? '') ||
    words.some((word) => isState(word) || ruling.test(word) || isPasswordName(word));
  return isSaid && words.every((word) => !/\d/.test(word) || isKnown(word));
}
