import type { HttpDialect } from './dialect.ts';
import type { AboveRequest } from './meta.ts';
import { LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';

/** Something that the request's own tool would do and that is not done here; said before it is sent. */
export interface RequestNote {
  /** Zero-based. */
  readonly line: number;
  /** One plain sentence. */
  readonly message: string;
  /** The request is not sent at all. */
  readonly stops?: true;
}

const metaNotes: ReadonlyMap<string, string> = new Map([
  ['loop', 'httpYac would send this request several times; it is sent once.'],
  ['ref', 'httpYac would send the request named here first; it is not sent.'],
  ['forceRef', 'httpYac would send the request named here first; it is not sent.'],
  ['import', 'The file imported here is not read: its variables and requests are unknown.'],
  ['sleep', 'httpYac would wait before sending; it is sent at once.'],
]);

/** What is to be said of a request before it is sent, in the order of its lines. */
export function requestNotes(
  text: string,
  request: HttpFileRequest,
  { meta, scripts }: AboveRequest,
): readonly RequestNote[] {
  const notes: RequestNote[] = [];
  for (const { name, line } of meta) {
    if (name === 'disabled')
      notes.push({
        line,
        message: 'The request is marked as disabled (# @disabled), so it is not sent.',
        stops: true,
      });
    const message = metaNotes.get(name);
    if (message !== undefined) notes.push({ line, message });
  }
  for (const { line } of scripts)
    notes.push({
      line,
      message: 'The script that runs before the request is not run: what it would change stays as it stands.',
    });
  return [...notes, ...spreadNotes(text, request)].sort((a, b) => a.line - b.line);
}

/** Credentials that a tool works out with the server, and where httpYac alone would begin another request. */
export function dialectNotes(
  text: string,
  request: HttpFileRequest,
  headers: readonly (readonly [name: string, value: string])[],
  dialect: HttpDialect,
): readonly RequestNote[] {
  const notes: RequestNote[] = [];
  const authorization = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  if (/^(?:digest|aws|cognito|ntlm|negotiate|oauth2|openid)(?:\s|$)/i.test(authorization))
    notes.push({
      line: request.line,
      message:
        'The Authorization header is sent as it is written: its tool would work out credentials from it.',
    });
  if (dialect !== 'httpyac') return notes;
  const scanner = new LineScanner(text, request.requestStart, request.end, request.line);
  scanner.advance();
  while (scanner.advance() && notes.length < 5) {
    if (
      scanner.start < request.headersEnd ||
      !methodLine.test(text.slice(scanner.start, scanner.end).slice(0, 200))
    )
      continue;
    notes.push({
      line: scanner.line,
      message: 'httpYac would begin another request here; this line is sent.',
    });
  }
  return notes;
}

/** What httpYac takes for a request line, though it may be text. */
const methodLine = /^(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS|CONNECT|TRACE)[ \t]+\S/;

/** httpYac's `...variable` among the headers. */
function spreadNotes(text: string, request: HttpFileRequest): readonly RequestNote[] {
  const notes: RequestNote[] = [];
  const scanner = new LineScanner(text, request.requestStart, request.headersEnd, request.line);
  while (scanner.advance())
    if (scanner.code === 46 && scanner.peek(1) === 46 && scanner.peek(2) === 46)
      notes.push({
        line: scanner.line,
        message: 'The headers that httpYac would take from the variable named here are not sent.',
      });
  return notes;
}
