import type { BodyPart } from './bodyPart.ts';
import { isJson } from './bodyType.ts';
import { growingLines, linesBetween } from './lineScanner.ts';
import type { HttpBlock, HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';
import { allDefinitions } from './variable.ts';

/**
 * Where the versions of Kulala that are built on kulala-core send something else than it documents: they end a variable's value at a
 * `#`, take commas before closing brackets out of JSON, and end a GraphQL query at a blank line.
 *
 * @param used the names that the request took from its file
 * @see kulala-core, parser/at-variables.ts, body.ts and graphql-content.ts
 */
export function kulalaNotes(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  used: ReadonlySet<string>,
  { parts, isGraphql }: { readonly parts: readonly BodyPart[]; readonly isGraphql: boolean },
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
  const sent = parts.map((part) => (part.kind === 'text' ? part.text : 'x')).join('');
  const said = hasLooseCommas(sent)
    ? 'take out the commas before closing brackets; they are sent.'
    : isGraphql && /\\n(?:[ ]|\\t){0,100}\\n/.test(sent)
      ? 'end the query at its first blank line; all of it is sent.'
      : undefined;
  if (said === undefined) return cut;
  const message = `Some versions of Kulala ${said}`;
  return [...cut, { line: line + linesBetween(text, requestStart, headersEnd) + 1, message }];
}

/** Whether a body is JSON but for commas before its closing brackets. */
function hasLooseCommas(text: string): boolean {
  return /,\s{0,1000}[}\]]/.test(text) && !isJson(text) && isJson(text.replace(/,(?=\s{0,1000}[}\]])/g, ''));
}
