import { parseTree, type Node, type ParseError } from 'jsonc-parser';

/** What a text of JSON with comments says, and the first thing that is wrong with it. */
export interface JsonTree {
  /** Absent where there is no value at all. */
  readonly root: Node | undefined;
  readonly error?: ParseError;
}

/** Keeps the first error alone: a megabyte that is no JSON would be a million of them, and the work of a collector of garbage. */
class FirstError extends Array<ParseError> {
  override push(error: ParseError): number {
    return this.length > 0 ? this.length : super.push(error);
  }
}

/** Reads JSON with comments and trailing commas, as far as it can be read; linear in its length. */
export function jsonTree(text: string): JsonTree {
  const errors = new FirstError();
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  return { root, ...(error !== undefined && { error }) };
}
