import { Spans } from './blocks.ts';
import { isSpace, linesBetween, LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';

const colon = 58;
const authorization = 'authorization';
const contentType = 'content-type';

/** Whether `code` may stand in a header's name. @see RFC 9110 section 5.6.2 */
function isNameCharacter(code: number): boolean {
  if (code >= 97 && code <= 122) return true;
  if (code >= 65 && code <= 90) return true;
  if (code >= 48 && code <= 57) return true;
  return code > 32 && code < 128 && "!#$%&'*+-.^_`|~".includes(String.fromCharCode(code));
}

/** Offset of the colon after the header name that the scanner's line starts with; -1 when it is not a header line. */
export function headerColon(scanner: LineScanner): number {
  const { text, first, end } = scanner;
  let at = first;
  while (at < end && isNameCharacter(text.charCodeAt(at))) at++;
  if (at === first) return -1;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at < end && text.charCodeAt(at) === colon ? at : -1;
}

/** `#` without a blank behind it that begins no header: for httpYac no comment, so that the body begins there. */
export function endsHeaders(scanner: LineScanner): boolean {
  return scanner.code === 35 && !isSpace(scanner.peek(1)) && headerColon(scanner) < 0;
}

/** Which of the headers that matter here the scanner's line is. */
export function knownHeader(scanner: LineScanner): 'authorization' | 'content-type' | undefined {
  const folded = scanner.code | 32;
  if (folded === 97) return isNamed(scanner, authorization) ? authorization : undefined;
  if (folded === 99) return isNamed(scanner, contentType) ? contentType : undefined;
  return undefined;
}

function isNamed(scanner: LineScanner, name: string): boolean {
  const { text, first } = scanner;
  if (isNameCharacter(scanner.peek(name.length))) return false;
  return text.slice(first, first + name.length).toLowerCase() === name && headerColon(scanner) >= 0;
}

/** Where the lines of the headers with this name start. */
export function headerStarts(
  text: string,
  { urlEnd, headersEnd }: HttpFileRequest,
  name: string,
): readonly number[] {
  const found: number[] = [];
  const scanner = new LineScanner(text, urlEnd, headersEnd, 0);
  const spans = new Spans();
  // The rest of the request line.
  scanner.advance();
  while (spans.advance(scanner)) {
    const own = text.slice(scanner.first, Math.max(scanner.first, headerColon(scanner)));
    if (own.trim().toLowerCase() === name.toLowerCase()) found.push(scanner.start);
  }
  return found;
}

/** The zero-based line of the first header of this name, else that of the request. */
export function headerLine(text: string, request: HttpFileRequest, name: string): number {
  const [start = request.requestStart] = headerStarts(text, request, name);
  return request.line + linesBetween(text, request.requestStart, start);
}

/** How a body is told from requests: the line that closes a multipart body, or `true` for a body of HTTP messages. */
export type BodyGuard = string | boolean;

/** What the scanner's Content-Type line says of method lines in the body: text of the body until its last boundary, or throughout. */
export function bodyGuard(scanner: LineScanner): BodyGuard {
  const value = scanner.text.slice(
    scanner.first + contentType.length,
    Math.min(scanner.end, scanner.first + 500),
  );
  if (/^\s*:\s*(?:application|message)\/http\b/i.test(value)) return true;
  if (!/^\s*:\s*multipart\//i.test(value)) return false;
  const boundary = /;\s*boundary\s*=\s*"?([^";\s]+)/i.exec(value)?.[1];
  return boundary === undefined ? true : `--${boundary}--`;
}
