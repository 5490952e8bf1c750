import { printParseErrorCode, visit } from 'jsonc-parser';
import { deepestJson, tooDeepAt } from '../http/jsonDepth.ts';
import { isObject, kindOf } from '../../shared/json.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The result of parsing a part of a token; positions count characters from 1. */
export type ParsedJson =
  | {
      readonly kind: 'object';
      readonly value: JsonObject;
      /** Names that occur more than once. */
      readonly duplicates: readonly string[];
      /** Top-level numbers that JavaScript would round, as they are written. */
      readonly exact: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'other'; readonly what: string }
  | { readonly kind: 'too_deep'; readonly at: number }
  | { readonly kind: 'invalid'; readonly problem: string; readonly at: number };

/** Parses untrusted JSON that should be an object; linear in its length, with limited depth, never throws. */
export function parseJsonObject(text: string): ParsedJson {
  const deep = tooDeepAt(text, deepestJson);
  if (deep !== undefined) return { kind: 'too_deep', at: deep + 1 };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return firstError(text);
  }
  if (!isObject(value)) return { kind: 'other', what: kindOf(value) };
  return { kind: 'object', value, ...inspect(text) };
}

/** A value as text: strings as they are, anything else as JSON, indented when it has members. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, null, 2);
}

function firstError(text: string): ParsedJson {
  let found: { problem: string; at: number } | undefined;
  visit(
    text,
    {
      onError: (code, offset) => {
        found ??= { problem: problems[printParseErrorCode(code)] ?? 'it is not JSON', at: offset + 1 };
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  // Errors that the tolerant parser lets pass, such as control characters inside strings.
  return { kind: 'invalid', ...(found ?? { problem: 'a character that JSON does not allow', at: 1 }) };
}

const problems: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that JSON does not know',
  InvalidNumberFormat: 'a number that is not written as JSON wants it',
  PropertyNameExpected: 'a name in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'something follows after the end',
  InvalidCommentToken: 'a comment, which JSON does not allow',
  UnexpectedEndOfComment: 'a comment that does not end',
  UnexpectedEndOfString: 'a string that does not end',
  UnexpectedEndOfNumber: 'a number that does not end',
  InvalidUnicode: 'a \\u escape without four hexadecimal digits',
  InvalidEscapeCharacter: 'a backslash before a character that needs none',
  InvalidCharacter: 'a control character inside a string',
};

function inspect(text: string) {
  const seen = new Set<string>();
  const duplicates = new Set<string>();
  const exact = new Map<string, string>();
  let depth = 0;
  let name = '';
  visit(text, {
    onObjectBegin: () => void (depth += 1),
    onObjectEnd: () => void (depth -= 1),
    onArrayBegin: () => void (depth += 1),
    onArrayEnd: () => void (depth -= 1),
    onObjectProperty: (property) => {
      if (depth !== 1) return;
      name = property;
      if (seen.has(name)) duplicates.add(name);
      seen.add(name);
    },
    onLiteralValue: (value: unknown, offset, length) => {
      if (depth !== 1 || typeof value !== 'number' || Number.isSafeInteger(value)) return;
      const source = text.slice(offset, offset + length);
      if (String(value) !== source) exact.set(name, source);
    },
  });
  return { duplicates: [...duplicates], exact };
}
