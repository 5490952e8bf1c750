import {
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
  type ParseErrorCode,
} from 'jsonc-parser';
import { deepestJson, tooDeepAt } from './http/jsonDepth.ts';

/** What a text of JSON with comments says, and the first thing that is wrong with it. */
export interface JsonTree {
  /** Absent where there is no value at all. */
  readonly root: Node | undefined;
  readonly error?: ParseError;
  /** Nested so deep that it was not read at all: the parser goes down with the brackets. */
  readonly tooDeep?: true;
}

/** An enumeration that is there for the compiler only. */
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enumeration has no values at run time
const invalidSymbol: ParseErrorCode.InvalidSymbol = 1;

/** Keeps the first error alone: a megabyte that is not JSON would be a million of them, and the work of a collector of garbage. */
class FirstError extends Array<ParseError> {
  override push(error: ParseError): number {
    return this.length > 0 ? this.length : super.push(error);
  }
}

/** Reads JSON with comments and trailing commas, as far as it can be read; linear in its length. */
export function jsonTree(text: string): JsonTree {
  const deep = tooDeepAt(text, deepestJson);
  if (deep !== undefined)
    return {
      root: undefined,
      error: { error: invalidSymbol, offset: deep, length: 1 },
      tooDeep: true,
    };
  const errors = new FirstError();
  const root = parseTree(withoutLongRows(text), errors, { allowTrailingComma: true });
  const [error] = errors;
  return { root, ...(error !== undefined && { error }) };
}

/** What is wrong, in words: `InvalidSymbol` as `invalid symbol`. */
export function errorWords({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
}

/**
 * The parser collects blanks one by one, which a megabyte of them makes the work of a collector of garbage; a comment it skips.
 * So a long row of them outside of texts and comments becomes one, of the same length. It collects escapes, too: a text with
 * many of them that is cut off, and refused whatever it says, has none.
 */
function withoutLongRows(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  for (let at = 0; at < text.length;) {
    const start = at;
    at = endOfPart(text, at);
    if (at - start < longRow) continue;
    if (text.charAt(start) === '"' && isEscaped(text.slice(start, at)) && !isClosed(text, at)) {
      // Up to its last sign, which may be the line's end.
      parts.push(
        text.slice(kept, start + 1),
        '/'.repeat(at - start - 2),
        text.slice(at - 1, at).replace('"', '/'),
      );
      kept = at;
      continue;
    }
    if (!isBlank(text.charAt(start))) continue;
    // The first stays: what stands before it could make another sign of a slash.
    parts.push(text.slice(kept, start + 1), `/*${text.slice(start + 3, at - 2)}*/`);
    kept = at;
  }
  return parts.join('') + text.slice(kept);
}

const longRow = 1024;

/** Where the text, comment or row of blanks that begins at `at` ends; else the place after it. */
function endOfPart(text: string, at: number): number {
  const first = text.charAt(at);
  if (first === '"') return endOfString(text, at + 1);
  if (text.startsWith('//', at)) return orEnd(text, text.indexOf('\n', at));
  if (text.startsWith('/*', at)) return orEnd(text, text.indexOf('*/', at + 2));
  let end = at + 1;
  if (isBlank(first)) while (isBlank(text.charAt(end))) end++;
  return end;
}

/** A text ends at its quotation mark, or with its line. */
function endOfString(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const one = text.charAt(at++);
    if (one === '"' || one === '\n' || one === '\r') break;
    if (one === '\\') at++;
  }
  return Math.min(at, text.length);
}

const isEscaped = (part: string) => part.split('\\', longRow).length === longRow;

/** Whether what ends before `end` is a quotation mark that no backslash stands for. */
function isClosed(text: string, end: number): boolean {
  let slashes = end - 1;
  while (text.charAt(slashes - 1) === '\\') slashes--;
  return text.charAt(end - 1) === '"' && (end - 1 - slashes) % 2 === 0;
}

const orEnd = (text: string, found: number) => (found < 0 ? text.length : found + 1);

const isBlank = (one: string) => one === ' ' || one === '\t';
