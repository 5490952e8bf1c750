import type { HttpBlock } from './request.ts';
import { allDefinitions } from './variable.ts';

/** Finds what stands between braces and is not defined in the file: an environment's variable, `$dotenv NAME`, ... */
export type VariableSource = (name: string) => string | undefined;

const braces = /\{\{([^{}]*)\}\}/g;
/** UTF-16 code units; what would be longer stays unresolved, as variables can multiply each other. */
const longest = 10_000_000;

/** The variables the block defines, unresolved; a later definition wins. */
export function fileVariables(text: string, block: HttpBlock): ReadonlyMap<string, string> {
  const found = allDefinitions(text, block.from, block.to).map(({ name, valueStart, valueEnd }) => {
    const value = text.slice(valueStart, valueEnd);
    return [name.replace(/^global\./, ''), value.replace(/^"(.*)"$/, '$1')] as const;
  });
  return new Map(found);
}

/** `text` with every `{{name}}` that `source` knows replaced; the others stay as they are and are added to `unresolved`. */
export function resolveVariables(text: string, source: VariableSource, unresolved: Set<string>): string {
  const known = new Map<string, string | undefined>();
  let room = longest;

  const value = (name: string): string | undefined => {
    // What a tool makes up is another one each time; it never holds variables.
    if (name.startsWith('$')) return source(name);
    if (known.has(name)) return known.get(name);
    // Until it is resolved it is unknown, so that no variable holds itself.
    known.set(name, undefined);
    const raw = source(name);
    const resolved = raw === undefined ? undefined : fill(raw);
    known.set(name, resolved);
    return resolved;
  };
  const fill = (template: string): string =>
    template.replace(braces, (whole, inner: string) => {
      const name = inner.trim();
      const found = name.startsWith('%') ? encoded(value(name.slice(1))) : value(name);
      room -= found?.length ?? 0;
      if (found !== undefined && room > 0) return found;
      unresolved.add(name);
      return whole;
    });

  return text.includes('{{') ? fill(text) : text;
}

/** REST Client's `{{%name}}`. */
const encoded = (value: string | undefined) => (value === undefined ? undefined : encodeURIComponent(value));
