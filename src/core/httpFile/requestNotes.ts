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
