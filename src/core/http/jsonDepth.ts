import { objectOf, type JsonObject } from '../../shared/json.ts';

/** The most brackets that may be open at once in JSON from outside: deeper ones are an attack or an accident. */
export const deepestJson = 200;

/** Whether more than `deepestJson` brackets are open somewhere in `text`, outside of strings; linear in its length. */
function isTooDeep(text: string): boolean {
  return tooDeepAt(text, deepestJson) !== undefined;
}

/** The position, from 0, at which more than `most` brackets are open, outside of strings. */
export function tooDeepAt(text: string, most: number): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++)
    switch (text.charCodeAt(at)) {
      case 34: // "
        at = stringEnd(text, at);
        break;
      case 91: // [
      case 123: // {
        if (++depth > most) return at;
        break;
      case 93: // ]
      case 125: // }
        depth--;
    }
  return undefined;
}

/** The position of the quote that ends the string which starts at `from`; the end of the text when none does. */
export function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at;
    if (code === 92) at++;
  }
  return text.length;
}

/**
 * `JSON.parse`, in which what is nested deeper than `deepestJson` is null: what stands beside it is not lost, and
 * whatever walks through the value, or writes it again, comes to an end.
 *
 * @throws SyntaxError where it is not JSON
 */
export function parseShallow(text: string): unknown {
  // What is cut out is looked at, too: `JSON.parse` itself takes any depth.
  const value: unknown = JSON.parse(text);
  return isTooDeep(text) ? JSON.parse(shallow(text)) : value;
}

/** The members of JSON text that is an object; none where it is anything else. */
export function membersIn(text: string): JsonObject {
  try {
    return objectOf(parseShallow(text));
  } catch {
    return {};
  }
}

function shallow(text: string): string {
  let result = '';
  let end = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++)
    switch (text.charCodeAt(at)) {
      case 34: // "
        at = stringEnd(text, at);
        break;
      case 91: // [
      case 123: // {
        if (depth++ === deepestJson) result += `${text.slice(end, at)}null`;
        break;
      case 93: // ]
      case 125: // }
        if (--depth === deepestJson) end = at + 1;
    }
  return result + text.slice(end);
}
