import { headerValue, type HeaderList } from '../record/exchange.ts';
import type { BodyPart } from './bodyPart.ts';
import type { DialectRules } from './dialect.ts';

interface Typed {
  readonly rules: DialectRules;
  readonly verb: string;
  readonly isGraphql: boolean;
  /** The body before its variables are filled in: by that its type is guessed. */
  readonly written: () => readonly BodyPart[];
}

/** The headers and the body with what the tool adds to them: the type of JSON for GraphQL, or one that it guesses. */
export function withBodyType(
  headers: HeaderList,
  parts: readonly BodyPart[],
  { rules, verb, isGraphql, written }: Typed,
): { readonly headers: HeaderList; readonly parts: readonly BodyPart[] } {
  const sent =
    rules.graphqlByHeader && !rules.sendsRequestType
      ? headers.filter(([name]) => !/^x-(?:request-type|graphql-operation)$/i.test(name))
      : headers;
  const always = rules.sendsRequestType === true && parts.length > 0;
  if (verb === 'GRAPHQL' || (always && isGraphql))
    return { headers: withJson(rules.sendsRequestType ? asked(sent) : sent, always), parts };
  if (!rules.guessesType || parts.length === 0 || headerValue(sent, 'content-type') !== undefined)
    return { headers: sent, parts };
  const type = guessedType(written());
  if (type === undefined) return { headers: sent, parts };
  return {
    headers: [...sent, ['Content-Type', type]],
    parts: type === form ? parts.map(withoutLines) : parts,
  };
}

const form = 'application/x-www-form-urlencoded';

/** With the header that asks for GraphQL. */
const asked = (headers: HeaderList): HeaderList =>
  headerValue(headers, 'x-request-type') === undefined
    ? [...headers, ['X-Request-Type', 'GraphQL']]
    : headers;

/** @param always whatever type the file names */
function withJson(headers: HeaderList, always: boolean): HeaderList {
  if (!always && headerValue(headers, 'content-type') !== undefined) return headers;
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  return [...others, ['Content-Type', 'application/json']];
}

const withoutLines = (part: BodyPart): BodyPart =>
  part.kind === 'text' ? { ...part, text: part.text.replaceAll('\n', '') } : part;

/** The type that Kulala guesses; absent where it sends no body. @see kulala.nvim, document.lua, infer_headers_from_body */
function guessedType(parts: readonly BodyPart[]): string | undefined {
  const file = parts.find((part) => part.kind === 'file')?.path ?? '';
  const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  if (isJson(text) || file.endsWith('.json')) return 'application/json';
  if (file.endsWith('.csv')) return 'text/csv';
  return /.=./s.test(text) ? form : undefined;
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
