import { visit } from 'jsonc-parser';
import { isSecretName } from '../secretNames.ts';
import { partNamed } from './fields.ts';
import { isObject } from '../../shared/json.ts';

/** A text that was read, with the names that stand in it with two values, as sentences. */
export interface ReadText {
  readonly value: unknown;
  readonly twice: readonly string[];
}

type Container =
  | { readonly list: unknown[] }
  | { readonly object: Map<string, unknown>; name: string; gone: Set<string> };

/** Deepest nesting that is read. */
const deepest = 400;

/** Ends the parser, which follows brackets by calling itself. */
class TooDeepError extends Error {
  readonly line: number;

  constructor(line: number) {
    super('The text is nested too deeply.');
    this.line = line;
  }
}

/**
 * Reads JSON with comments and trailing commas. A name of OAuth's, or of objects, that stands twice
 * in an object with two values is taken out.
 *
 * @returns the zero-based line at which it stops being JSON instead.
 */
export function readJson(text: string): ReadText | { readonly line: number } {
  try {
    return parsed(text);
  } catch (thrown) {
    if (thrown instanceof TooDeepError) return { line: thrown.line };
    throw thrown;
  }
}

function parsed(text: string): ReadText | { readonly line: number } {
  const stack: Container[] = [];
  const twice: string[] = [];
  let root: unknown;
  let error: number | undefined;
  const known = new Map<string, boolean>();
  const mattersHere = (name: string): boolean => {
    const answer = known.get(name) ?? matters(name);
    if (known.size < 10_000) known.set(name, answer);
    return answer;
  };
  const put = (value: unknown, line: number): void => {
    const top = stack.at(-1);
    if (!top) root = value;
    else if ('list' in top) top.list.push(value);
    else if (
      (mattersHere(top.name) || [value, top.object.get(top.name)].some(isObject)) &&
      (top.gone.has(top.name) || differs(top.object.get(top.name), value))
    ) {
      if (!top.gone.has(top.name)) twice.push(twoValues(top.name, line + 1));
      top.gone.add(top.name);
      top.object.delete(top.name);
    } else top.object.set(top.name, value);
  };
  const end = (line: number): void => {
    const top = stack.pop();
    if (top) put('list' in top ? top.list : Object.fromEntries(top.object), line);
  };
  visit(
    text,
    {
      onObjectBegin: (_offset, _length, line) => {
        if (stack.length > deepest) throw new TooDeepError(line);
        stack.push({ object: new Map(), name: '', gone: new Set() });
      },
      onArrayBegin: (_offset, _length, line) => {
        if (stack.length > deepest) throw new TooDeepError(line);
        stack.push({ list: [] });
      },
      onObjectProperty: (name) => {
        const top = stack.at(-1);
        if (top && 'object' in top) top.name = name;
      },
      onObjectEnd: (_offset, _length, line) => end(line),
      onArrayEnd: (_offset, _length, line) => end(line),
      onLiteralValue: (value: unknown, _offset, _length, line) => put(value, line),
      onError: (_error, _offset, _length, line) => {
        error ??= line;
      },
    },
    { allowTrailingComma: true },
  );
  return error === undefined && stack.length === 0 ? { value: root, twice } : { line: error ?? 0 };
}

/** Whether two values of a name may make a profile of two clients. */
export function matters(name: string): boolean {
  return partNamed(name) !== undefined || isSecretName(name);
}

/** Whether there is a value already, and another one. */
function differs(before: unknown, after: unknown): boolean {
  return before !== undefined && before !== after;
}

/** @param line one-based line of the second, where it is known. */
export function twoValues(name: string, line?: number): string {
  const where = line === undefined ? '' : ` (the second in line ${line})`;
  return `There are two values for ${name.slice(-60)} in one place${where}. Neither was taken.`;
}
