import type { DialectRules } from './dialect.ts';
import { growingLines, linesBetween } from './lineScanner.ts';
import type { HttpBlock, HttpFileRequest } from './request.ts';
import type { RequestNote } from './requestNotes.ts';
import { lineOfVariable } from './resolveVariables.ts';
import { allDefinitions, type Definition } from './variable.ts';

/**
 * What is said of variables whose last definition stands below the request, though another one stands above it: which of the two
 * counts, the tools' documentation leaves open. Of those without a value REST Client takes the line below, be it a definition. Visual Studio's dates
 * without a form are as its machine has them.
 *
 * @param used the names that the request took from its file
 * @see vscode-restclient issue 322, fileVariableProvider
 */
export function definitionNotes(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  used: ReadonlySet<string>,
  { title, definitions }: DialectRules,
): readonly RequestNote[] {
  if ((definitions !== 'open' && definitions !== 'last') || used.size === 0) return [];
  const firstLine = request.line - linesBetween(text, block.from, request.requestStart);
  const lineAt = growingLines(text, block.from, firstLine);
  const lines = new Map<Definition, number>();
  /** By a definition the empty one that it is or that stands right above it. */
  const open = new Map<Definition, Definition>();
  let empty: Definition | undefined;
  const valueOf = ({ valueStart, valueEnd }: Definition) => text.slice(valueStart, valueEnd);
  const last = new Map<string, Definition>();
  const above = new Map<string, Definition>();
  for (const definition of allDefinitions(text, block.from, block.to)) {
    lines.set(definition, lineAt(definition.start));
    const isTaken = empty && text.slice(empty.valueEnd, definition.start).trim() === '';
    if (!isTaken) empty = valueOf(definition) === '' ? definition : undefined;
    if (empty) open.set(definition, empty);
    if (isTaken) empty = undefined;
    if (!used.has(definition.name)) continue;
    last.set(definition.name, definition);
    if (definition.start < request.requestStart) above.set(definition.name, definition);
  }
  const noteAt = (definition: Definition, message: string) => ({ line: lines.get(definition) ?? 0, message });
  if (definitions === 'last')
    return [...last.values()].flatMap((one) => {
      const above = open.get(one);
      const said = `${title} may take the line below for the value of "${above?.name ?? ''}", which is empty here.`;
      return above ? noteAt(above, said) : [];
    });
  const date = [...used].find((name) => /^\$(?:local)?datetime(?:\s+[-+]?\d+\s+\w+)?$/i.test(name));
  const said = `${title} writes this date as the language of its machine does; it is sent as in the United States.`;
  return [
    ...(date === undefined ? [] : [{ line: lineOfVariable(text, request, date), message: said }]),
    ...[...above].flatMap(([name, one]) => {
      const sent = last.get(name);
      if (!sent || valueOf(sent) === valueOf(one)) return [];
      const line = (lines.get(sent) ?? 0) + 1;
      return noteAt(
        one,
        `${title} may take the value of "${name}" from here; the one of line ${line} is sent.`,
      );
    }),
  ];
}
