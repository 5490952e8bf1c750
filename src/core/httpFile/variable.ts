import { LineScanner, isLineStart, isSpace } from './lineScanner.ts';

/** A definition `@name = value` of a file variable. */
export interface Definition {
  readonly name: string;
  /** Start of its line. */
  readonly start: number;
  readonly valueStart: number;
  /** End of the value, without trailing white space. */
  readonly valueEnd: number;
  /** `:=`: evaluated when it is used, as code. */
  readonly late: boolean;
}

/**
 * The name of the variable that holds a profile's token, legal in every dialect (httpYac evaluates it as JavaScript).
 *
 * @param others ids of the other profiles, so that no two of them share a name.
 */
export function tokenVariable(profile: string, others: readonly string[] = []): string {
  const name = identifier(profile);
  const shared = others.some((other) => other !== profile && identifier(other) === name);
  return shared ? `${name}_${fingerprint(profile)}_token` : `${name}_token`;
}

function identifier(profile: string): string {
  const name = (profile.match(/[A-Za-z0-9]+/g) ?? []).join('_');
  if (name === '') return `p${fingerprint(profile)}`;
  return /^\d/.test(name) ? `p${name}` : name;
}

/** A short name for what cannot be spelled; no secret depends on it. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Every definition of `name` between `from` and `to`. */
export function definitionsOf(text: string, name: string, from = 0, to = text.length): Definition[] {
  const found: Definition[] = [];
  const wanted = `@${name}`;
  for (let at = text.indexOf(wanted, from); at >= 0 && at < to; at = text.indexOf(wanted, at + 1)) {
    const definition = definitionAt(text, at, to);
    if (definition?.name === name) found.push(definition);
  }
  return found;
}

/**
 * Every definition between `from` and `to`, in their order.
 *
 * @param loose as httpYac has them: `@name: value` and `@name value` are some, and none is without a value
 */
export function allDefinitions(text: string, from = 0, to = text.length, loose = false): Definition[] {
  const found: Definition[] = [];
  const scanner = new LineScanner(text, from, to, 0);
  while (scanner.advance()) {
    if (scanner.code !== 64) continue;
    const definition = definitionAt(text, scanner.first, to, loose ? anySign : equalSign);
    if (definition && !(loose && definition.valueStart === definition.valueEnd)) found.push(definition);
  }
  return found;
}

/** What is defined somewhere in the file. */
export const definedNames = (text: string): ReadonlySet<string> =>
  new Set(allDefinitions(text).map(({ name }) => name.replace(/^global\./, '')));

const used = /\{\{[ \t]{0,9}(?:\$dotenv[ \t]{1,9})?([\w.-]{1,200})[ \t]{0,9}\}\}/g;

/** What stands between braces somewhere in the file, where it is a name, that of a `.env` file's variable too. */
export const usedNames = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(used)].flatMap(([, name]) => name ?? []));

const equalSign = /^@([^\s=:]+)\s*(:?)=\s*/;
const anySign = /^@([^\s=:]+)\s*(?:(:)=*\s*|=+\s*)?/;

function definitionAt(text: string, at: number, to: number, sign = equalSign): Definition | undefined {
  let start = at;
  while (!isLineStart(text, start)) if (!isSpace(text.charCodeAt(--start))) return undefined;
  const scanner = new LineScanner(text, start, to, 0);
  if (!scanner.advance() || scanner.first !== at) return undefined;
  const match = sign.exec(scanner.content());
  if (match?.[1] === undefined) return undefined;
  const valueStart = at + match[0].length;
  let valueEnd = scanner.end;
  while (valueEnd > valueStart && isSpace(text.charCodeAt(valueEnd - 1))) valueEnd--;
  return { name: match[1], start, valueStart, valueEnd, late: Boolean(match[2]) };
}
