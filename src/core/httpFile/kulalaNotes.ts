import type { BodyPart } from './bodyPart.ts';
import { isJson } from './bodyType.ts';
import { growingLines, linesBetween } from './lineScanner.ts';
import type { HttpBlock, HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';
import { allDefinitions } from './variable.ts';

/**
 * Where the versions of Kulala that are built on kulala-core send something else than it documents: they end a variable's value at a
 * `#`, and take commas before closing brackets out of JSON.
 *
 * @param used the names that the request took from its file
 * @see kulala-core, parser/at-variables.ts and body.ts
 */
export function kulalaNotes(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  { used, parts }: { readonly used: ReadonlySet<string>; readonly parts: readonly BodyPart[] },
): readonly RequestNote[] {
  const { line, requestStart, headersEnd } = request;
  const lineAt = growingLines(text, block.from, line - linesBetween(text, block.from, requestStart));
  const cut = allDefinitions(text, block.from, block.to)
    .filter(
      ({ name, valueStart, valueEnd }) => used.has(name) && text.slice(valueStart, valueEnd).includes('#'),
    )
    .map(({ start }) => ({
      line: lineAt(start),
      message: 'Some versions of Kulala end this value at the “#”; all of it is sent.',
    }));
  if (!hasLooseCommas(parts)) return cut;
  const message = 'Some versions of Kulala take out the commas before closing brackets; they are sent.';
  return [...cut, { line: line + linesBetween(text, requestStart, headersEnd) + 1, message }];
}

/** Whether a body is JSON but for commas before its closing brackets. */
function hasLooseCommas(parts: readonly BodyPart[]): boolean {
  const text = parts.map((part) => (part.kind === 'text' ? part.text : 'x')).join('');
  return /,\s{0,1000}[}\]]/.test(text) && !isJson(text) && isJson(text.replace(/,(?=\s{0,1000}[}\]])/g, ''));
}
