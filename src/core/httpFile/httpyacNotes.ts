import type { HeaderList } from '../record/exchange.ts';
import { Spans } from './blocks.ts';
import { headerLine } from './header.ts';
import { LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';

/** What httpYac takes for a request line, though it may be text. */
const methodLine = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|CONNECT|TRACE)[ \t]+\S/;

/**
 * What else httpYac would do: with a certificate that a header names, and with lines that it does not take for the body's.
 *
 * @param mayBeGraphql the body is not sent as GraphQL, and nothing in the file forbids it
 */
export function httpyacNotes(
  text: string,
  request: HttpFileRequest,
  headers: HeaderList,
  mayBeGraphql: boolean,
): readonly RequestNote[] {
  const notes: RequestNote[] = [];
  const certificate = headers.find(([name]) => /clientcert$/i.test(name))?.[0].toLowerCase();
  if (certificate !== undefined)
    notes.push({
      line: headerLine(text, request, certificate),
      message: 'httpYac would use the certificate named here; the header is sent as it is written.',
    });
  const scanner = new LineScanner(text, request.requestStart, request.end, request.line);
  scanner.advance();
  const spans = new Spans();
  for (let isFirst = true; scanner.advance() && notes.length < 5;) {
    const { start, end, line, code } = scanner;
    if (start < request.headersEnd) continue;
    const content = text.slice(start, Math.min(end, start + 200));
    const message = spans.skip(scanner)
      ? saidOfScript(content, line < scanner.line && scanner.content().trim())
      : saidOf(content, isFirst, mayBeGraphql);
    if (message !== undefined) notes.push({ line, message });
    if (code !== 0 && !/^(?:[#>@]|\/\/)/.test(content)) isFirst = false;
  }
  return notes;
}

/** What httpYac makes of a line of a body, the first one or not, where that is something else. */
function saidOf(line: string, isFirst: boolean, mayBeGraphql: boolean): string | undefined {
  if (methodLine.test(line)) return 'httpYac would begin another request here; this line is sent.';
  if (mayBeGraphql && /^\s*(?:query|mutation)/.test(line))
    return 'httpYac would send GraphQL from here; it is sent as it stands.';
  if (/\{\{\s*[^\s{}](?!.*\}\})/.test(line))
    return 'httpYac would work out what begins between braces here; it is sent as it stands.';
  if (isFirst && /^\s*(?:query|mutation)\s+\{/.test(line))
    return 'httpYac would send "{" as the name of the operation; it is sent without a name.';
  if (/^\s*={3}\s*(?:wait-for-server\s*)?$/.test(line))
    return 'httpYac would send what follows as a request of its own; it is a part of this body.';
  if (isFirst && /^(?:\?(?!\?)|&)/.test(line))
    return 'httpYac would add this line to the URL; it is read as the body.';
  return undefined;
}

/** Scripts of several lines in JetBrains' spelling are none for httpYac, where more stands on their first or last line. */
function saidOfScript(first: string, last: string | false): string | undefined {
  return last !== false && /^\s*[<>]\s*\{%/.test(first) && !(/\{%\s*$/.test(first) && last === '%}')
    ? 'httpYac would send this script as text; it is left out.'
    : undefined;
}
