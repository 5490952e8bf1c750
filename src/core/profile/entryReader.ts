import { hasUnprintable, kindOf, oneOf, quoted, type ProfileProblem } from './problem.ts';
import type { ProfileField } from './profileFields.ts';
import { longestUrl, urlProblem } from './urlFields.ts';

interface TextLimits {
  /** Characters. */
  readonly longest: number;
  readonly pattern?: RegExp;
  /** What the pattern wants, to follow `must be`. */
  readonly shape?: string;
}

/** Reads the fields of one settings entry and gathers what is wrong with them; every value is hostile. */
export class EntryReader {
  readonly problems: ProfileProblem[] = [];
  readonly hints: ProfileProblem[] = [];
  readonly #entry: ReadonlyMap<string, unknown>;

  constructor(entry: object) {
    this.#entry = new Map(
      Object.entries(entry as Record<string, unknown>).filter(([, value]) => value !== undefined),
    );
  }

  has(field: string): boolean {
    return this.#entry.has(field);
  }

  value(field: string): unknown {
    return this.#entry.get(field);
  }

  names(): Iterable<string> {
    return this.#entry.keys();
  }

  problem(path: ProfileProblem['path'], message: string): void {
    this.problems.push({ path, message });
  }

  hint(path: ProfileProblem['path'], message: string): void {
    this.hints.push({ path, message });
  }

  /** A text without control characters and outer blanks; absent when there is none or it has a problem. */
  text(field: ProfileField, { longest, pattern, shape }: TextLimits): string | undefined {
    const value = this.#entry.get(field);
    if (value === undefined) return undefined;
    const wrong = textProblem(field, value, longest);
    if (wrong !== undefined) this.problem([field], wrong);
    else if (pattern?.test(value as string) === false)
      this.problem([field], `${field} must be ${shape ?? 'written differently'}.`);
    else return value as string;
    return undefined;
  }

  choice<const T extends string>(field: ProfileField, values: readonly T[]): T | undefined {
    const value = this.#entry.get(field);
    if (value === undefined) return undefined;
    const chosen = values.find((one) => one === value);
    if (chosen === undefined) {
      const is = typeof value === 'string' ? quoted(value) : kindOf(value);
      this.problem([field], `${field} must be ${oneOf(values)}, not ${is}.`);
    }
    return chosen;
  }

  flag(field: ProfileField): boolean | undefined {
    const value = this.#entry.get(field);
    if (value === undefined || typeof value === 'boolean') return value;
    this.problem([field], `${field} must be true or false, not ${kindOf(value)}.`);
    return undefined;
  }

  /** A text that `wrong` finds nothing wrong with. */
  checked(field: ProfileField, wrong: (value: string) => string | undefined): string | undefined {
    const value = this.#entry.get(field);
    if (value === undefined) return undefined;
    const problem = textProblem(field, value, longestUrl) ?? wrong(value as string);
    if (problem === undefined) return value as string;
    this.problem([field], problem);
    return undefined;
  }

  /** A server's URL, see `urlProblem`. */
  url(field: ProfileField): string | undefined {
    return this.checked(field, (value) => urlProblem(field, value));
  }
}

/** What keeps a value from being a plain line of text; absent when nothing does. */
export function textProblem(what: string, value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string') return `${what} must be a text, not ${kindOf(value)}.`;
  if (value === '') return `${what} is empty. Fill it in or remove it.`;
  if (value.length > longest) return `${what} is longer than ${longest} characters.`;
  if (hasUnprintable(value)) return `${what} holds a line break or an invisible character.`;
  if (value !== value.trim()) return `${what} begins or ends with a blank.`;
  return undefined;
}
