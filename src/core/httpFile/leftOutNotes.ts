import { Spans } from './blocks.ts';
import { dialectRules, type HttpDialect } from './dialect.ts';
import { headerColon } from './header.ts';
import { linesBetween, LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';

/** A line that Kulala takes for a header. @see kulala.nvim, lua/kulala/parser/document.lua, parse_document */
const kulalaHeader = /^(?![^?]*\?)(?![^:]+:[/\d]+.)[^[\s]+:/;

/** What the request's own tool sends and this one leaves out, and the other way round: a saved answer, headers that Kulala skips. */
export function leftOutNotes(
  text: string,
  request: HttpFileRequest,
  dialect: HttpDialect,
): readonly RequestNote[] {
  const { title, methodsSeparate } = dialectRules[dialect];
  const notes: RequestNote[] = [];
  const { requestStart, responseStart, headersEnd, urlEnd, line } = request;
  if (responseStart !== undefined && !methodsSeparate)
    notes.push({
      line: line + linesBetween(text, requestStart, responseStart),
      message: `${title} would send the saved answer that begins here as a part of the body; it is left out.`,
    });
  if (dialect !== 'kulala' || request.kind !== 'http') return notes;
  const spans = new Spans();
  const scanner = new LineScanner(text, urlEnd, headersEnd, line + linesBetween(text, requestStart, urlEnd));
  scanner.advance();
  while (notes.length < 5 && spans.advance(scanner)) {
    if (scanner.code === 35 || headerColon(scanner) < 0) continue;
    if (!kulalaHeader.test(text.slice(scanner.start, scanner.end)))
      notes.push({ line: scanner.line, message: 'Kulala would leave this header out; it is sent.' });
  }
  return notes;
}
