import type { DialectRules } from './dialect.ts';
import { disabledRegions } from './meta.ts';
import { linesBetween } from './lineScanner.ts';
import { requestAt, type HttpBlock, type HttpFileRequest } from './request.ts';
import { allDefinitions, type Definition } from './variable.ts';

/** Finds what stands between braces and is not defined in the file: an environment's variable, `$dotenv NAME`, ... */
export type VariableSource = (name: string) => string | undefined;

/** Behind a third brace no two tools agree where the name begins. */
const braces = /(\{?)\{\{([^{}\r\n]*)\}\}/g;
/** UTF-16 code units; what would be longer stays unresolved, as variables can multiply each other. */
const longest = 10_000_000;

/** The variables that count for a request, unresolved; which of several definitions does, the dialect says. */
export function fileVariables(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  rules: DialectRules,
): ReadonlyMap<string, string> {
  const all = allDefinitions(text, block.from, block.to, rules.methodsSeparate);
  const isOwn = ({ start }: Definition) => start >= request.start && start < request.end;
  const own = rules.definitions === 'own' ? all.filter(isOwn) : [];
  const isDisabled = disabledRegions(text, block);
  const counting =
    rules.definitions === 'region'
      ? all.filter((one) => isSeen(one, block, request, isDisabled(one.start)))
      : [...all, ...own];
  const found = new Map<string, string>();
  for (const { name, valueStart, valueEnd, late } of counting) {
    const plain = name.replace(/^global\./, '');
    // Blanks at the end of the line are httpYac's values' own.
    const blanks =
      rules.definitions === 'region'
        ? (/^[^\r\n]*/.exec(text.slice(valueEnd, valueEnd + 1000))?.[0] ?? '')
        : '';
    const value = valueOf(text.slice(valueStart, valueEnd) + blanks, late, rules);
    found.set(plain, value);
    if (plain !== name) found.set(`$${name}`, value);
  }
  return found;
}

function valueOf(written: string, late: boolean, { escapes, definitions }: DialectRules): string {
  // Only the quotation mark before the value is taken off. @see httpYac, variables
  if (definitions === 'region') return written.replace(/^"/, '');
  if (late) return written.replace(/^"(.*)"$/, '$1');
  if (escapes !== true || !written.includes('\\')) return written;
  return written.replace(/\\(.)/g, (_, letter: string) => escapedLetters.get(letter) ?? letter);
}

const escapedLetters: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A definition above a request line is that request's; one in a region without a request is everybody's but where that is disabled, as a global one is. */
function isSeen(
  { name, start }: Definition,
  block: HttpBlock,
  request: HttpFileRequest,
  isDisabled: boolean,
): boolean {
  if (start >= request.start && start < request.end) return true;
  return !isDisabled && (name.startsWith('global.') || requestAt({ blocks: [block] }, start) === undefined);
}

/**
 * `text` with every `{{name}}` that `source` knows replaced; the others stay as they are and are added to `unresolved`.
 *
 * @param known values that count before all others, as they are. What is resolved is added to them: a variable has one value in
 * all of a request, whatever makes it up.
 */
export function resolveVariables(
  text: string,
  source: VariableSource,
  unresolved: Set<string>,
  known = new Map<string, string>(),
): string {
  /** Those that are being resolved, and what is left of those that hold one nobody knows. */
  const open = new Map<string, string | undefined>();
  let missing = 0;
  let room = longest;

  const value = (name: string): string | undefined => {
    const given = known.get(name);
    // What a tool makes up is another one each time; it never holds variables.
    if (given !== undefined || name.startsWith('$')) return given ?? source(name);
    if (open.has(name)) {
      missing++;
      return open.get(name);
    }
    // Until it is resolved it is unknown, so that no variable holds itself.
    open.set(name, undefined);
    const raw = source(name);
    const before = missing;
    const resolved = raw === undefined ? undefined : fill(raw);
    if (resolved !== undefined && missing === before) known.set(name, resolved);
    else open.set(name, resolved);
    return resolved;
  };
  const fill = (template: string): string =>
    template.replace(braces, (whole, third: string, inner: string) => {
      const name = third + inner.trim();
      const found = name.startsWith('%') ? encoded(value(name.slice(1))) : value(name);
      room -= found?.length ?? 0;
      if (found !== undefined && room > 0) return found;
      unresolved.add(name);
      missing++;
      return whole;
    });

  return text.includes('{{') ? fill(text) : text;
}

/** The zero-based line of a name between braces: in the request, else anywhere in the file, else the request's own. */
export function lineOfVariable(
  text: string,
  { start, requestStart, line }: HttpFileRequest,
  name: string,
): number {
  for (const from of [start, 0])
    for (const { 1: third = '', 2: inner = '', index } of text.slice(from).matchAll(braces))
      if (third + inner.trim() === name)
        return line - linesBetween(text, from, requestStart) + linesBetween(text, from, from + index);
  return line;
}

/** REST Client's `{{%name}}`. */
const encoded = (value: string | undefined) => (value === undefined ? undefined : encodeURIComponent(value));
