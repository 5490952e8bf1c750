import type { HeaderList } from '../record/exchange.ts';
import { headerLine } from './header.ts';
import { LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';

/** What httpYac takes for a request line, though it may be text. */
const methodLine = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|CONNECT|TRACE)[ \t]+\S/;

/** What else httpYac would do: with a certificate that a header names, and with lines that it does not take for the body's. */
export function httpyacNotes(
  text: string,
  request: HttpFileRequest,
  headers: HeaderList,
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
  for (let isFirst = true; scanner.advance() && notes.length < 5;) {
    if (scanner.start < request.headersEnd) continue;
    const message = saidOf(text.slice(scanner.start, Math.min(scanner.end, scanner.start + 200)), isFirst);
    if (message !== undefined) notes.push({ line: scanner.line, message });
    if (scanner.code !== 0) isFirst = false;
  }
  return notes;
}

/** What httpYac makes of a line of a body, the first one or not, where that is something else. */
function saidOf(line: string, isFirst: boolean): string | undefined {
  if (methodLine.test(line)) return 'httpYac would begin another request here; this line is sent.';
  if (isFirst && /^\s*(?:query|mutation)\s+\{/.test(line))
    return 'httpYac would send "{" as the name of the operation; it is sent without a name.';
  if (/^\s*={3}\s*(?:wait-for-server\s*)?$/.test(line))
    return 'httpYac would send what follows as a request of its own; it is a part of this body.';
  if (isFirst && /^(?:\?(?!\?)|&)/.test(line))
    return 'httpYac would add this line to the URL; it is read as the body.';
  return undefined;
}
