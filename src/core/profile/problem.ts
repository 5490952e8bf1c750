/** A problem of a profile's entry in the settings, or a remark about it. */
export interface ProfileProblem {
  /** Path within the entry: field, then index or name; empty for the entry as a whole. */
  readonly path: readonly (string | number)[];
  /** What is wrong and what to do, in plain sentences; never the value of a field that may hold a secret. */
  readonly message: string;
}

const longestQuote = 60;

/** An untrusted value for a sentence: on one line, at most 60 characters, in quotation marks. */
export function quoted(value: string): string {
  const short = value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value;
  return `“${short.replace(unprintable, '�')}”`;
}

/**
 * An unknown name for a sentence such as `There is no check “pkce.plian”`: quoted when it is a few short words, as names here
 * are; else `of that name`, since it may be a secret in the wrong place.
 */
export function unknownName(name: string): string {
  return isWordy(name) ? quoted(name) : 'of that name';
}

/** Whether a name consists of at most three short words, as people choose and no generator of secrets would. */
export function isWordy(name: string): boolean {
  return (
    name.length <= 24 &&
    /^-{0,2}[a-z]{1,12}(?:[-._](?:[a-z]{1,12}|\d{1,2})){0,2}$/i.test(name) &&
    !/[a-z][A-Z].*[A-Z]/.test(name)
  );
}

/**
 * Control characters, lone surrogates, line separators, and marks that reorder or hide text. @see Unicode UAX #9, Trojan Source
 * (CVE-2021-42574)
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** One visible line without outer white space; the schema in package.json has the same pattern. */
export const linePattern = /^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+(?<!\s)$/u;

/** Whether a text contains characters that are invisible or hide others. */
export function hasUnprintable(text: string): boolean {
  return text.search(unprintable) >= 0;
}

/** `a, b or c`. */
export function oneOf(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

/** The type of a value as a word, for `must be a text, not a number`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
    case 'bigint':
      return 'a number';
    case 'boolean':
      return value ? 'true' : 'false';
    case 'undefined':
      return 'nothing';
    default:
      return 'an object';
  }
}
