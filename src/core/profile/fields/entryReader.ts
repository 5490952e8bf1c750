import { hasUnprintable, kindOf, oneOf, quoted, type ProfileProblem } from '../problem.ts';
import type { NumberFieldDeclaration, TextFieldDeclaration, UrlFieldDeclaration } from './field.ts';

/** Reads the fields of one settings entry and collects their problems; no value is trusted. */
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

  /** A text without control characters and outer white space; undefined when missing or invalid. */
  text({ name, longest, pattern, shape }: TextFieldDeclaration): string | undefined {
    const fits = (value: string) => pattern?.test(value) !== false;
    return this.#line(name, longest, (value) =>
      fits(value) ? undefined : `${name} must be ${shape ?? 'written differently'}.`,
    );
  }

  /** A text that passes the field's own `problem` check; undefined when missing or invalid. */
  url({ name, longest, problem }: UrlFieldDeclaration): string | undefined {
    return this.#line(name, longest, problem);
  }

  #line(field: string, longest: number, wrong: (value: string) => string | undefined): string | undefined {
    const value = this.#entry.get(field);
    if (value === undefined) return undefined;
    const problem = textProblem(field, value, longest) ?? wrong(value as string);
    if (problem === undefined) return value as string;
    this.problem([field], problem);
    return undefined;
  }

  choice(field: string, values: readonly string[]): string | undefined {
    const value = this.#entry.get(field);
    if (value === undefined) return undefined;
    const chosen = values.find((one) => one === value);
    if (chosen === undefined) {
      const is = typeof value === 'string' ? quoted(value) : kindOf(value);
      this.problem([field], `${field} must be ${oneOf(values)}, not ${is}.`);
    }
    return chosen;
  }

  flag(field: string): boolean | undefined {
    const value = this.#entry.get(field);
    if (value === undefined || typeof value === 'boolean') return value;
    this.problem([field], `${field} must be true or false, not ${kindOf(value)}.`);
    return undefined;
  }

  /** A whole number within the field's bounds; undefined when missing or invalid. */
  number({ name, least, most }: NumberFieldDeclaration): number | undefined {
    const value = this.#entry.get(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
      return value;
    const is = typeof value === 'number' ? String(value) : kindOf(value);
    this.problem([name], `${name} must be a whole number from ${least} to ${most}, not ${is}.`);
    return undefined;
  }
}

/** Why a value is not a plain line of text; undefined when it is one. */
export function textProblem(what: string, value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string') return `${what} must be a text, not ${kindOf(value)}.`;
  if (value === '') return `${what} is empty. Fill it in or remove it.`;
  if (value.length > longest) return `${what} is longer than ${longest} characters.`;
  if (hasUnprintable(value)) return `${what} holds a line break or an invisible character.`;
  if (value !== value.trim()) return `${what} begins or ends with a space.`;
  return undefined;
}
