import { Spans } from './blocks.ts';
import type { DialectRules } from './dialect.ts';
import { endsHeaders, headerColon } from './header.ts';
import { variableAlone, wholeHeader, withHeaderVariables } from './headerVariable.ts';
import { LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';
import { withoutVersion } from './version.ts';

/** What JetBrains' formatter and Kulala write below the URL. */
const versionAlone = /^HTTP\/[\d.]+$/;
const requestLine = /^([A-Za-z-]+)\s+(?=\S)(.*)$/s;

/** With the headers that its tool sees: for httpYac the body begins behind a comment of several lines, and at `#` without a blank or `@`. */
export function withOwnHeaders(
  text: string,
  request: HttpFileRequest,
  { headersInVariables, methodsSeparate }: DialectRules,
  fill: (value: string) => string,
): HttpFileRequest {
  if (headersInVariables) return withHeaderVariables(text, request, fill);
  if (!methodsSeparate) return request;
  const spans = new Spans();
  const scanner = new LineScanner(text, request.requestStart, request.headersEnd, 0);
  scanner.advance();
  while (scanner.advance()) {
    const { start } = scanner;
    const isSkipped = start > request.urlEnd && spans.skip(scanner);
    if (isSkipped || scanner.code === 64 || endsHeaders(scanner))
      return { ...request, urlEnd: Math.min(request.urlEnd, start), headersEnd: start };
  }
  return request;
}

export function readTarget(
  text: string,
  request: HttpFileRequest,
  { versionInAnyCase, linesPartPath, methodsSeparate }: DialectRules,
  fill: (value: string) => string,
): { verb: string; target: string } {
  const anyCase = versionInAnyCase === true;
  const scanner = new LineScanner(text, request.requestStart, request.urlEnd, 0);
  const parts: string[] = [];
  const spans = new Spans();
  while (spans.advance(scanner))
    if (parts.length === 0 || (scanner.code !== 35 && !scanner.content().startsWith('//')))
      // httpYac keeps the blanks before a line that goes on with the URL.
      parts.push(methodsSeparate && parts.length === 0 ? scanner.content() : scanner.content().trim());
  const lines = parts.map((part, at) =>
    at === 0 ? withoutVersion(part, anyCase) : part.replace(versionAlone, ''),
  );
  const whole = linesPartPath ? asSegments(lines, fill) : lines.join('');
  const [, verb, target] = requestLine.exec(whole) ?? [];
  const url = withoutVersion(target ?? whole, anyCase).trimEnd();
  return { verb: verb?.toUpperCase() ?? 'GET', target: linesPartPath ? withoutPathBlanks(url) : url };
}

/** The lines of a URL as one: where a line goes on in the path, with nothing that parts it from what stands above, `/` does. */
function asSegments(lines: readonly string[], fill: (value: string) => string): string {
  let [before, isPath] = [undefined as string | undefined, true];
  return lines
    .map((line) => {
      const filled = fill(line);
      const isNext = isPath && before?.endsWith('/') === false && filled !== '' && !/^[/?#&]/.test(filled);
      isPath &&= !/[?#]/.test(filled);
      before = filled === '' ? (before ?? '') : filled;
      return isNext ? `/${line}` : line;
    })
    .join('');
}

/** Without the blanks in the path, but for those between the braces of a variable. @see JetBrains, HttpRequestWhitespaceInsideRequestTargetPath */
function withoutPathBlanks(url: string): string {
  const end = /[?#]/.exec(url)?.index ?? url.length;
  return url.slice(0, end).replace(/(\{\{[^{}]*\}\})|\s+/g, '$1') + url.slice(end);
}

/** The headers in their order; folded lines are joined by one space. @see RFC 9112 section 5.2 */
export function readHeaders(
  text: string,
  request: HttpFileRequest,
  { hashNames, headersInVariables, methodsSeparate }: DialectRules,
  fill: (value: string) => string,
): (readonly [string, string])[] {
  const headers: [string, string[]][] = [];
  const scanner = new LineScanner(text, request.urlEnd, request.headersEnd, 0);
  scanner.advance();
  const spans = new Spans();
  while (spans.advance(scanner)) {
    const hash = scanner.code === 35 && !(hashNames && scanner.peek(1) > 32);
    const comment = hash || (scanner.code === 47 && scanner.peek(1) === 47);
    const colon = comment ? -1 : headerColon(scanner);
    const held =
      headersInVariables && variableAlone(scanner) !== undefined && wholeHeader(fill(scanner.content()));
    const last = headers.at(-1);
    if (held) headers.push([held[0], [held[1]]]);
    else if (colon >= 0) {
      const name = text.slice(scanner.first, colon).trim();
      const value = text.slice(colon + 1, scanner.end).trim();
      // httpYac's headers may be written as lines of a list.
      headers.push([name, [methodsSeparate ? value.replace(/,$/, '') : value]]);
    } else if (last && !comment && scanner.code !== 46 && scanner.first > scanner.start)
      last[1].push(scanner.content().trim());
  }
  return headers.map(([name, values]) => [name, values.join(' ')]);
}
