import { isSeparator, Spans } from './blocks.ts';
import { dialectRules, type HttpDialect } from './dialect.ts';
import { headerColon } from './header.ts';
import { linesBetween, LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';

/** A line that Kulala takes for a header. @see kulala.nvim, lua/kulala/parser/document.lua, parse_document */
const kulalaHeader = /^(?![^?]*\?)(?![^:]+:[/\d]+.)[^[\s]+:/;

/**
 * What the request's own tool sends and this one leaves out, and the other way round: a saved answer, headers that Kulala skips,
 * comments in a body that it and Visual Studio send.
 *
 * @param hashesCount `#` does not begin a title of Markdown or a comment that is GraphQL's own
 */
export function leftOutNotes(
  text: string,
  request: HttpFileRequest,
  dialect: HttpDialect,
  hashesCount = true,
): readonly RequestNote[] {
  const { title, methodsSeparate } = dialectRules[dialect];
  const notes: RequestNote[] = [];
  const { requestStart, responseStart, headersEnd, urlEnd, line } = request;
  if (responseStart !== undefined && !methodsSeparate)
    notes.push({
      line: line + linesBetween(text, requestStart, responseStart),
      message: `${title} would send the saved answer that begins here as a part of the body; it is left out.`,
    });
  const isKulala = dialect === 'kulala';
  if (!(isKulala || dialect === 'visual_studio') || request.kind !== 'http') return notes;
  const spans = new Spans();
  const scanner = new LineScanner(text, urlEnd, headersEnd, line + linesBetween(text, requestStart, urlEnd));
  scanner.advance();
  while (isKulala && notes.length < 5 && spans.advance(scanner)) {
    if (scanner.code === 35 || headerColon(scanner) < 0) continue;
    if (!kulalaHeader.test(text.slice(scanner.start, scanner.end)))
      notes.push({
        line: scanner.line,
        message: 'Some versions of Kulala leave this header out; it is sent.',
      });
  }
  const comment = commentInBody(text, request, hashesCount);
  if (comment !== undefined)
    notes.push({
      line: comment,
      message: `Some versions of ${title} send this comment as a part of the body; it is left out.`,
    });
  return notes;
}

/** The first comment that has text of the body below it. @see kulala.nvim, document.lua; kulala-core, parser/body.ts; dotnet/interactive, HttpRequestParser */
function commentInBody(
  text: string,
  { requestStart, headersEnd, responseStart, end, line }: HttpFileRequest,
  hashesCount: boolean,
): number | undefined {
  const spans = new Spans();
  const from = line + linesBetween(text, requestStart, headersEnd);
  const scanner = new LineScanner(text, headersEnd, responseStart ?? end, from);
  let found: number | undefined;
  while (spans.advance(scanner) && !isSeparator(scanner)) {
    const isComment = scanner.code === 35 ? hashesCount : text.startsWith('//', scanner.first);
    if (isComment) found ??= scanner.line;
    else if (found !== undefined && scanner.code !== 0 && !/^(?:<?>|@)/.test(scanner.content())) return found;
  }
  return undefined;
}
