import { maskSeen, type Seen } from './mask.ts';
import { redactParameters } from './redactParameters.ts';
import { isErrorCode, isSecretName } from '../secretNames.ts';

/** The longest name that is looked for. */
const longestName = 100;
/** Characters of a word by which it is told whether it is a secret. */
const mostLooked = 300;
/** Shorter words without quotes are no secrets that could be told from words. */
const shortest = 8;

/**
 * A text in no form that is known, such as a sentence, a script or a header field: masked are the secret parameters of URLs, what
 * follows the name of a secret and `=` or `:`, and the credentials after the name of a scheme. In time linear in its length.
 */
export function redactProse(text: string, seen?: Seen): string {
  return redactNamed(redactSchemes(redactAssigned(redactParameters(text, 0, seen), seen), seen), seen);
}

function redactAssigned(text: string, seen: Seen | undefined): string {
  let result = '';
  let end = 0;
  let wordEnd = -1;
  const signs = /[:=]/g;
  for (let sign = signs.exec(text); sign; sign = signs.exec(text)) {
    if (
      sign.index < end ||
      !isSecretName(nameBefore(text, Math.max(end, sign.index - longestName), sign.index))
    )
      continue;
    const [start, quote] = valueStart(text, sign.index + 1);
    // Names within one word share its end, which is looked for once.
    const stop = quote === '' && start <= wordEnd ? wordEnd : valueEnd(text, start, quote);
    if (quote === '') wordEnd = stop;
    const value = text.slice(start, stop);
    if (!isSecretText(quote === '' ? value.slice(0, mostLooked) : value, quote !== '')) continue;
    result += text.slice(end, start) + maskSeen(value, seen);
    end = signs.lastIndex = stop;
  }
  return end === 0 ? text : result + text.slice(end);
}

/** The word before a sign, which may be in quotes. */
function nameBefore(text: string, from: number, at: number): string {
  let end = at;
  if (end > from && /[ \t]/.test(text.charAt(end - 1))) end--;
  if (end > from && /["'`]/.test(text.charAt(end - 1))) end--;
  let start = end;
  while (start > from && /[\w.-]/.test(text.charAt(start - 1))) start--;
  return text.slice(start, end);
}

function valueStart(text: string, from: number): readonly [start: number, quote: string] {
  let start = from;
  while (start < from + 9 && ' \t='.includes(text.charAt(start) || 'x')) start++;
  const quote = text.charAt(start);
  return `"'\``.includes(quote || 'x') ? [start + 1, quote] : [start, ''];
}

function valueEnd(text: string, from: number, quote: string): number {
  let end = from;
  while (end < text.length) {
    const sign = text.charAt(end);
    if (quote === '' ? /[\s"'`<>,;&(){}[\]\\]/.test(sign) : sign === quote || /[\r\n]/.test(sign)) break;
    end++;
  }
  return end;
}

/** In quotes any word, else one that has letters and digits: `token: expired` and `key: string` say what they mean. */
function isSecretText(value: string, quoted: boolean): boolean {
  if (value === '' || value.includes('…') || isErrorCode(value)) return false;
  if (quoted) return !/\s/.test(value);
  return value.length >= shortest && /\d/.test(value) && /[a-z]/i.test(value);
}

function redactSchemes(text: string, seen: Seen | undefined): string {
  return text.replace(
    /\b(Bearer|Basic|DPoP|Token|Negotiate)([ \t])([\w.~+/=-]{12,})/gi,
    (all, scheme: string, gap: string, credentials: string) =>
      /\d/.test(credentials) && /[a-z]/i.test(credentials) && !credentials.startsWith('realm=')
        ? `${scheme}${gap}${scheme.toLowerCase() === 'basic' ? '…' : maskSeen(credentials, seen)}`
        : all,
  );
}

/** Also what follows an arrow or “is”. */
function redactNamed(text: string, seen: Seen | undefined): string {
  return text.replace(named, (all, name: string, between: string, value: string) =>
    isSecretName(name) && !/^(?:[a-z_.-]+|[A-Z_.-]+)$/.test(value)
      ? name + between + maskSeen(value, seen)
      : all,
  );
}

/** A name, a colon, an arrow or “is”, and one long word that no sentence has. */
const named =
  /(?<![\w-])([A-Za-z][\w-]{1,60})((?:["'\])]{0,3}\s{0,3}(?::|=>)|\sis\b:?)\s{0,3}(?:string\(\d{1,6}\)\s)?["']?)([\w.~+/-]{16,})/g;
