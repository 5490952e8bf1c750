import { isSeparator, Spans } from './blocks.ts';
import { LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';

/** A piece of a body: text, or a file to read in its place (relative to the `.http` file). */
export type BodyPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly resolveVariables: boolean };

/** What decides how the lines of a body are put together. */
export type BodyStyle = 'text' | 'form' | 'multipart' | 'graphql';

const file = /^<(@\w*)?[ \t]+(\S.*?)\s*$/;

/** The body of `request`, without comments, scripts, redirections and a saved response below it. */
export function readBody(
  text: string,
  request: HttpFileRequest,
  style: BodyStyle,
  resolve: (value: string) => string,
): BodyPart[] {
  const lines = bodyLines(text, request);
  if (style === 'graphql' && !lines.some((line) => file.test(line)))
    return lines.length === 0 ? [] : [{ kind: 'text', text: graphql(lines, resolve) }];
  return joined(lines, style, resolve);
}

function bodyLines(text: string, request: HttpFileRequest): string[] {
  const spans = new Spans();
  const lines: string[] = [];
  const scanner = new LineScanner(text, request.headersEnd, request.responseStart ?? request.end, 0);
  while (scanner.advance() && !isSeparator(scanner)) {
    if (spans.skip(scanner) || isAside(scanner)) continue;
    if (lines.length > 0 || scanner.code !== 0) lines.push(text.slice(scanner.start, scanner.end));
  }
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}

/** A comment, an assertion, a response handler or a redirection. */
function isAside(scanner: LineScanner): boolean {
  if (scanner.code === 35) return true;
  if (scanner.code < 47 || scanner.code > 63) return false;
  return /^(?:\/\/|\?\?|>>?!?\s|<>)/.test(scanner.content());
}

/** What stands between two lines of a body. */
function lineBreak(style: BodyStyle, above: string | undefined, below: string): string {
  if (above === undefined) return '';
  if (style === 'form' && (above.trimEnd().endsWith('&') || below.startsWith('&'))) return '';
  return style === 'multipart' ? '\r\n' : '\n';
}

/** JetBrains' form bodies may have blanks around `=` and `&`. */
const tightened = (line: string) =>
  line
    .trim()
    .replace(/\s*&\s*/g, '&')
    .replace(/\s*=\s*/g, '=');

function joined(lines: readonly string[], style: BodyStyle, resolve: (value: string) => string): BodyPart[] {
  const parts: BodyPart[] = [];
  let collected = '';
  lines.forEach((line, at) => {
    collected += lineBreak(style, lines[at - 1], line);
    const [, injected, path] = file.exec(line) ?? [];
    if (path === undefined) {
      collected += style === 'form' ? tightened(line) : line;
      return;
    }
    if (collected !== '') parts.push({ kind: 'text', text: resolve(collected) });
    collected = '';
    parts.push({ kind: 'file', path: resolve(path), resolveVariables: injected !== undefined });
  });
  if (style === 'multipart' && lines.length > 0) collected += '\r\n';
  if (collected !== '') parts.push({ kind: 'text', text: resolve(collected) });
  return parts;
}

/** A query, and below a blank line its variables, as one JSON document. */
function graphql(lines: readonly string[], resolve: (value: string) => string): string {
  const text = lines.join('\n');
  const split = /\n\s*\n(?=\s*\{\s*(?:"|\}))/.exec(text);
  const query = resolve(split ? text.slice(0, split.index) : text);
  const variables = split ? resolve(text.slice(split.index).trim()) : '{}';
  return `{"query":${JSON.stringify(query)},"variables":${variables}}`;
}
