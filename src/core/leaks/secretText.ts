import { placeholderIn } from '../import/placeholder.ts';

/** Not a placeholder, not a word, and long enough to be one. */
export function isSecret(value: string): boolean {
  // Addresses, names, and keys that are made to be public (`pk_live_…`); a coin is called a token, too.
  if (value.length < 8 || /^(?:[a-z][a-z+.-]{0,30}:\/\/|arn:|#?\/|\.|pk[._]|0x[\da-f]{40}$)/i.test(value))
    return false;
  // A sentence in whatever language, a word of it or of a program, such as `required`, `data.token`, `RefreshTokenInput` or `getenv(`.
  if (
    /[^!-~]|[[(]$|^[A-Z]?[a-z]{1,30}$|^(?=\w*(?:Token|Secret|Key|Password))[A-Za-z][a-z]{1,20}(?:[A-Z][a-z]{1,20}){1,5}$|^[A-Za-z_]{1,40}(?:[./][A-Za-z_]{1,40}){1,9}$/.test(
      value,
    ) ||
    /^(?:true|false|null|string|(?:process|os|import|secrets|vars|env|response|request|res|req|body|data|session|config|this|self)\.)/i.test(
      value,
    )
  )
    return false;
  // What a store is asked for: `k8s:orders/client-1`.
  const asked = /^\d?[a-z][a-z\d-]{1,20}:([\w./#:-]+)$/.exec(value)?.[1];
  if (asked !== undefined && !isRandom(asked)) return false;
  // A refresh token of Google has its own beginning.
  const said = value.replace(/^1\/\/0?/, '');
  return placeholderIn(said) === undefined && !isExample(said);
}

/** How the standards', Azure's and Telegram's own examples begin, and words that say they are none. @see RFC 6749 section 5.1, OpenID Connect Core 1.0 */
const examples =
  /^(?:tGzv3JOk|2YotnFZF|8xLOxBtZ|gX1fBat3|7Fjfp0ZB|SlAV32hk|mF_9\.B5f|Eby8vdM0|\d+:(?:ABC-DEF|AAHdqTcvCH1)|ENC\[)/;
const words = /^[A-Za-z]{1,20}\d?(?:[-_. ][A-Za-z]{1,20}){0,8}(?:[-_. ]\d{1,4})?$/;
const telling =
  /(?:^|[-_. ])(?:example|sample|test|demo|dummy|fake|foo|bar|my|secret|client|token|refresh|access|here|value|xxx+|from|by|in|is|of|the|to|via|with|set|see|use|not|none|mock|valid|invalid|expired|original|old|new)(?:$|[-_. ])/i;
/** Secrets that anybody would guess first. */
const usual =
  /^(?:super|very|top|my|the|your|some|client|app|dev|local|test|demo)?[-_]?(?:change[-_]?(?:me|it|this)|secret|s3cr3t|passw[o0]rd|p[@4]ssw[o0]rd|token|test|admin|example)[-_]?\d{0,8}[!.#$@]{0,3}$|^(?:abc|test|qwerty)?0?1234\d{0,8}$|^[0-]+$|^(.{1,8}?)\1{2,}$/i;
/** Digits and letters in their order, as one types them. */
const counted = /^(?:0?123456(?:7(?:89?)?)?|abcdef(?:gh(?:ij(?:klmnopqrstuv(?:wxyz)?)?)?)?)+0?$/i;

/** Whether a value itself shows that it is a placeholder. */
export const isExample = (value: string) =>
  examples.test(value) ||
  usual.test(value) ||
  counted.test(value) ||
  /x{12}|\*{6}|\.{2}$|^(?:demo|example|sample|dummy|fake|mock)[-_]|[-_](?:demo|example|sample|dummy|fake|mock)$|EXAMPLE(?:KEY)?$|change[-_]?(?:me|it)|[-_.](?:yours|here)(?:[-_.]|$)/i.test(
    value,
  ) ||
  (words.test(value) && telling.test(value));

/** What a person may have chosen: letters and digits, and no word of them all. */
export const isPassword = (value: string) =>
  value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[a-z]+\d{1,4}$/i.test(value);

/** Opaque tokens are long and contain no words. */
export const isOpaque = (value: string) =>
  value.length >= 20 && /\d/.test(value) && /^[\w.~+/=|-]+$/.test(value);

/** Opaque, and made by nobody's hand: no words that hyphens, points or slashes part. */
export const isRandom = (value: string) =>
  isOpaque(value) && ((/[a-z]/.test(value) && /[A-Z]/.test(value)) || /^[a-z0-9]+$/i.test(value));
