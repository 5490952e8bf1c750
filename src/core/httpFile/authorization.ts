import { bearerHeader, type TokenHeader } from '../profile/tokenHeader.ts';
import { type Authorization, classify } from './authorizationValue.ts';
import { curlAuthorizations } from './curlAuthorization.ts';
import { headerColon, headerStarts } from './header.ts';
import { variableAlone, wholeHeader } from './headerVariable.ts';
import { isSpace, linesBetween, LineScanner } from './lineScanner.ts';
import type { HttpBlock, HttpFileRequest } from './request.ts';
import { definitionsOf } from './variable.ts';

/**
 * The Authorization headers of a request in the order they stand.
 *
 * @param header the one that carries the token, where it is another
 * @param holders variables that hold it whole, though the file does not define them
 */
export function authorizationsOf(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  header: TokenHeader = bearerHeader,
  holders: readonly string[] = [],
): readonly Authorization[] {
  if (request.kind === 'curl') return curlAuthorizations(text, request, header) ?? [];
  const starts =
    header.name === bearerHeader.name ? request.authorizations : headerStarts(text, request, header.name);
  const written = starts.map((start) =>
    readAuthorization(text, start, Math.min(headersLimit(start, request), block.to), request, header),
  );
  return [...written, ...inVariables(text, block, request, header, holders)];
}

/** No request has more lines of headers. */
const mostLines = 200;

/** The variables that stand alone among the headers and that the file does not define: REST Client's may hold whole headers. */
export function variablesAlone(text: string, block: HttpBlock, request: HttpFileRequest): readonly string[] {
  const names = linesOfVariables(text, block, request).map(({ name }) => name);
  return names.filter((name) => definitionsOf(text, name, block.from, block.to).length === 0);
}

/** Variables among the headers that hold the one with this name, as REST Client has them. */
function inVariables(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  header: TokenHeader,
  holders: readonly string[],
): readonly Authorization[] {
  return linesOfVariables(text, block, request).flatMap(({ name, line, start, end }) => {
    const definition = definitionsOf(text, name, block.from, block.to).at(-1);
    const held = definition && wholeHeader(text.slice(definition.valueStart, definition.valueEnd));
    const isHeld = definition
      ? held?.[0].toLowerCase() === header.name.toLowerCase()
      : holders.includes(name);
    return isHeld
      ? [{ kind: 'variable', whole: true, line, start, valueStart: start, valueEnd: end } as const]
      : [];
  });
}

/** The lines that are nothing but a variable, from where the headers end to the first blank line. */
function linesOfVariables(text: string, block: HttpBlock, request: HttpFileRequest) {
  const found: { name: string; line: number; start: number; end: number }[] = [];
  const line = request.line + linesBetween(text, request.requestStart, request.headersEnd);
  const scanner = new LineScanner(text, request.headersEnd, Math.min(request.end, block.to), line);
  for (let left = mostLines; left > 0 && scanner.advance() && scanner.code !== 0; left--) {
    const name = variableAlone(scanner);
    if (name === undefined) continue;
    const { first: start } = scanner;
    found.push({ name, line: scanner.line, start, end: start + scanner.content().trimEnd().length });
  }
  return found;
}

/** Where the header at `start` must end: one that stands in a body without a blank line before it has only the request's end. */
function headersLimit(start: number, { headersEnd, end }: HttpFileRequest): number {
  return start < headersEnd ? headersEnd : end;
}

function readAuthorization(
  text: string,
  start: number,
  limit: number,
  request: HttpFileRequest,
  header: TokenHeader,
): Authorization {
  const line = request.line + linesBetween(text, request.requestStart, start);
  const scanner = new LineScanner(text, start, limit, line);
  scanner.advance();
  const nameStart = scanner.first;
  const colon = headerColon(scanner);
  let valueStart = colon + 1;
  while (valueStart < scanner.end && isSpace(text.charCodeAt(valueStart))) valueStart++;
  let end = scanner.end;
  while (scanner.advance() && isFold(scanner)) end = scanner.end;
  let valueEnd = end;
  while (valueEnd > valueStart && isSpace(text.charCodeAt(valueEnd - 1))) valueEnd--;
  const value = text.slice(valueStart, valueEnd).replace(/\r?\n\s*/g, ' ');
  return { ...classify(value.trim(), header), line, start: nameStart, valueStart, valueEnd };
}

/** What an indented script, file, comment, spread, boundary, body or variable begins with. */
const noFold = /[[{<>"@?]|\/[*/]|--|\.\./y;

/** An indented line that is neither blank nor a comment, a header of its own or something else continues the header above. */
function isFold(scanner: LineScanner): boolean {
  const { code, first, start, text } = scanner;
  if (code === 0 || first === start || code === 35) return false;
  noFold.lastIndex = first;
  return !noFold.test(text) && headerColon(scanner) < 0;
}
