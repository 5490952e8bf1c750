import { LineScanner } from './lineScanner.ts';
import type { HttpFileRequest } from './request.ts';

const alone = /^\{\{([^{}]{1,200})\}\}$/;
const header = /^([\w-]{1,100})[ \t]{0,20}:(.*)$/s;

/** The name between the braces of a line that is nothing but a variable, such as `{{auth}}`. */
export function variableAlone(scanner: LineScanner): string | undefined {
  if (scanner.code !== 123 || scanner.end - scanner.first > 300) return undefined;
  return alone.exec(scanner.content().trimEnd())?.[1]?.trim();
}

/** Name and value of a variable that holds a whole header: `@auth = Authorization: Basic ada:`. */
export function wholeHeader(value: string): readonly [name: string, value: string] | undefined {
  const [, name, rest] = header.exec(value) ?? [];
  return name === undefined || rest === undefined ? undefined : [name, rest.trim()];
}

/**
 * The request with its headers up to the first blank line, where they go on behind a variable that holds one: REST Client fills
 * in variables before it looks for headers.
 *
 * @param fill what stands for a variable between its braces; itself where nobody knows it
 */
export function withHeaderVariables(
  text: string,
  request: HttpFileRequest,
  fill: (written: string) => string,
): HttpFileRequest {
  const scanner = new LineScanner(text, request.headersEnd, request.end, 0);
  if (!scanner.advance() || variableAlone(scanner) === undefined) return request;
  if (!wholeHeader(fill(scanner.content().trimEnd()))) return request;
  while (scanner.advance()) if (scanner.code === 0) return { ...request, headersEnd: scanner.start };
  return { ...request, headersEnd: request.end };
}
