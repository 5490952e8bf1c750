import { isSeparator } from './blocks.ts';
import type { BodyPart } from './bodyPart.ts';
import { isJson } from './bodyType.ts';
import { LineScanner } from './lineScanner.ts';
import { requestAt, type HttpBlock } from './request.ts';

/** How much of a body is looked at to tell what it is. */
const lookAt = 2000;

/** Whether a body can be nothing but a GraphQL document, which httpYac sends as one. */
export function looksLikeGraphql(lines: readonly string[]): boolean {
  const start = lines.slice(0, 50).join('\n').slice(0, lookAt);
  if (/^\s*(?:query|mutation)\b[\s\w(]/.test(start)) return start.includes('{');
  return /^\s*fragment\s+\w+\s+on\s/.test(start);
}

/** How the JSON document of a GraphQL body is put together. */
interface GraphqlStyle {
  /** What a header, or the line of a file, names as the operation. */
  readonly operation?: string | undefined;
  /** The first operation of several is named. */
  readonly byFirstLine: boolean;
  /** What a query may refer to besides. */
  readonly fragments?: ReadonlyMap<string, string> | undefined;
  /** The part that is sent in place of a line; absent: the line itself. */
  readonly part: (line: string, quoted: boolean) => BodyPart | undefined;
}

/**
 * A query, and below a blank line its variables, as the one JSON document that is sent; files take their places in it.
 *
 * @see GraphQL over HTTP, section 5.4
 */
export function graphqlBody(
  written: readonly string[],
  resolve: (value: string) => string,
  { operation, byFirstLine, fragments, part }: GraphqlStyle,
): readonly BodyPart[] {
  const split = variablesStart(written) ?? variablesFile(written, part);
  const lines = withFragments(written.slice(0, split?.blank), fragments);
  const query = resolve(lines.join('\n'));
  const name = operation ?? (byFirstLine ? firstName(query) : operationName(query));
  const parts: BodyPart[] = [];
  let text = '{"query":"';
  const put = (found: BodyPart) => {
    parts.push({ kind: 'text', text }, found);
    text = '';
  };
  if (lines.some((line) => part(line, true)))
    lines.forEach((line, at) => {
      if (at > 0) text += '\\n';
      const found = part(line, true);
      if (found) put(found);
      else text += quoted(resolve(line));
    });
  else text += quoted(query);
  text += `",${name === undefined ? '' : `"operationName":${JSON.stringify(name)},`}"variables":`;
  const file = split && part(written[split.start] ?? '', false);
  if (file) put(file);
  else text += split === undefined ? '{}' : resolve(written.slice(split.start).join('\n').trim());
  return [...parts, { kind: 'text', text: `${text}}` }];
}

/** The JSON document with the variables that stand in the query’s file below it. @see kulala-core, parser/graphql-content.ts */
export function withFileVariables(document: string): string {
  if (!isJson(document)) return document;
  const read = JSON.parse(document) as { readonly query: string };
  const lines = read.query.split('\n');
  const split = variablesStart(lines);
  if (split === undefined) return document;
  const query = lines.slice(0, split.blank).join('\n');
  const sent = JSON.stringify({ ...read, query, variables: undefined });
  return `${sent.slice(0, -1)},"variables":${lines.slice(split.start).join('\n').trim()}}`;
}

/** As it stands within a text of JSON. */
export const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Each fragment that the query, or one before it, spreads is added. @see httpYac, GraphQL */
function withFragments(
  lines: readonly string[],
  fragments: ReadonlyMap<string, string> | undefined,
): readonly string[] {
  let whole = lines.join('\n');
  const all = [lines];
  for (const [name, text] of fragments ?? [])
    if (whole.includes(`...${name}`)) {
      all.push(text.split('\n'));
      whole += `\n${text}`;
    }
  return all.flat();
}

const fragmentStart = /^[ \t]*fragment[ \t]+([^\s(]{1,200})[ \t]+on[ \t]/;
/** More are not looked for. */
const mostFragments = 200;

/** The fragments that stand outside of requests, by name: up to the next blank line. */
export function fragmentsOf(text: string, block: HttpBlock): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const scanner = new LineScanner(text, block.from, block.to, 0);
  while (found.size < mostFragments && scanner.advance()) {
    // f
    if (scanner.code !== 102) continue;
    const name = fragmentStart.exec(
      text.slice(scanner.start, Math.min(scanner.end, scanner.start + 500)),
    )?.[1];
    const within = requestAt({ blocks: [block] }, scanner.start)?.request;
    if (name === undefined || (within && scanner.start >= within.requestStart)) continue;
    const lines = [text.slice(scanner.start, scanner.end)];
    while (scanner.advance() && scanner.first < scanner.end && !isSeparator(scanner))
      lines.push(text.slice(scanner.start, scanner.end));
    found.set(name, lines.join('\n'));
  }
  return found;
}

/** A file of variables, or a variable that holds them all, alone below a blank line. */
function variablesFile(lines: readonly string[], part: GraphqlStyle['part']): VariablesStart | undefined {
  const start = lines.length - 1;
  const isAlone = start > 1 && lines[start - 1]?.trim() === '';
  const line = lines[start] ?? '';
  return isAlone && (/^\s*\{\{[^{}]+\}\}\s*$/.test(line) || part(line, false))
    ? { blank: start - 1, start }
    : undefined;
}

interface VariablesStart {
  /** The line that ends the query. */
  readonly blank: number;
  readonly start: number;
}

/** Where a JSON object begins below a blank line; each line is looked at once. */
function variablesStart(lines: readonly string[]): VariablesStart | undefined {
  let blank: number | undefined;
  for (const [at, line] of lines.entries()) {
    const text = line.trim();
    if (text === '') blank ??= at;
    else {
      const next = text === '{' ? (lines[at + 1] ?? '').trim() : text.slice(1).trimStart();
      if (blank !== undefined && text.startsWith('{') && /^["}]/.test(next)) return { blank, start: at };
      blank = undefined;
    }
  }
  return undefined;
}

/** The first operation's or fragment's, as httpYac takes it. */
function firstName(query: string): string | undefined {
  return /^\s{0,100}(?:query|mutation|fragment)\s{1,100}(\w{1,200})/.exec(query)?.[1];
}

/** The name of the only operation of a document; absent where it has none, or several. */
function operationName(query: string): string | undefined {
  const names = [...query.matchAll(/^\s{0,100}(?:query|mutation|subscription)\s{1,100}(\w{1,200})/gm)];
  return names.length === 1 ? names[0]?.[1] : undefined;
}
