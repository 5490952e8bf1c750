/** What is wrong with a profile's entry in the settings, or worth knowing of it. */
export interface ProfileProblem {
  /** Where in the entry: field, then index or name; empty for the entry as a whole. */
  readonly path: readonly (string | number)[];
  /** What is wrong and what to do, plain sentences; never the value of a field that may hold a secret. */
  readonly message: string;
}

const longestQuote = 60;

/** A value from outside for a sentence: on one line, at most 60 characters, in quotation marks. */
export function quoted(value: string): string {
  const short = value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value;
  return `“${short.replace(unprintable, '�')}”`;
}

/**
 * A name that is not known, for a sentence such as `There is no check “pkce.plian”`: in quotation marks where it is of a few short
 * words, as names here are; else `of that name`, since a secret may have come into its place.
 */
export function unknownName(name: string): string {
  return isWordy(name) ? quoted(name) : 'of that name';
}

/** Whether a name is of at most three short words, as people make them up and no generator of secrets does. */
export function isWordy(name: string): boolean {
  return (
    name.length <= 24 &&
    /^-{0,2}[a-z]{1,12}(?:[-._](?:[a-z]{1,12}|\d{1,2})){0,2}$/i.test(name) &&
    !/[a-z][A-Z].*[A-Z]/.test(name)
  );
}

/** Control characters, halves of characters, line ends and the marks that reorder or hide text. @see Unicode UAX #9, Trojan Source (CVE-2021-42574) */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text of one visible line without outer blanks; the schema in package.json holds the same pattern. */
export const linePattern = /^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+(?<!\s)$/u;

/** Whether a text holds a character that cannot be seen or that hides others. */
export function hasUnprintable(text: string): boolean {
  return text.search(unprintable) >= 0;
}

/** `a, b or c`. */
export function oneOf(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

/** What a value is, in a word, for `must be a text, not a number`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
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
