import type { DialectRules } from './dialect.ts';
import { linesBetween } from './lineScanner.ts';
import type { HttpBlock, HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';
import { allDefinitions, type Definition } from './variable.ts';

/**
 * What is said of variables whose last definition stands below the request, though another one stands above it: which of the two
 * counts, the tools' documentation leaves open.
 *
 * @param used the names that the request took from its file
 */
export function definitionNotes(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  used: ReadonlySet<string>,
  { title, definitions }: DialectRules,
): readonly RequestNote[] {
  if (definitions !== 'open' || used.size === 0) return [];
  const firstLine = request.line - linesBetween(text, block.from, request.requestStart);
  const lineOf = ({ start }: Definition) => firstLine + linesBetween(text, block.from, start);
  const valueOf = ({ valueStart, valueEnd }: Definition) => text.slice(valueStart, valueEnd);
  const last = new Map<string, Definition>();
  const above = new Map<string, Definition>();
  for (const definition of allDefinitions(text, block.from, block.to)) {
    if (!used.has(definition.name)) continue;
    last.set(definition.name, definition);
    if (definition.start < request.requestStart) above.set(definition.name, definition);
  }
  return [...above].flatMap(([name, one]) => {
    const sent = last.get(name);
    if (!sent || valueOf(sent) === valueOf(one)) return [];
    const message = `${title} may take the value of "${name}" from here; the one of line ${lineOf(sent) + 1} is sent.`;
    return [{ line: lineOf(one), message }];
  });
}
