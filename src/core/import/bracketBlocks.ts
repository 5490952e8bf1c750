const opening = /[[{(][ \t\r]*$/m;
const closing = /^[ \t]*[\]})]/m;

/** `SECRET=x(`: the bracket is the end of the value. */
const variable = /^[ \t]*(?:export[ \t]+)?[A-Z][A-Z0-9_]*=["']?[^\s"'[{(]/;

/**
 * The lines of a text by the innermost brackets they stand in, which open at a line's end and close at another's beginning: what a
 * program or a nested configuration says in one of them is of another client than what it says in the next.
 */
export function bracketBlocks(text: string): readonly string[] {
  if (!opening.test(text) || !closing.test(text)) return [text];
  const outer: string[] = [];
  const blocks = [outer];
  const open = [outer];
  for (const line of text.split('\n')) {
    if (open.length > 1 && closing.test(line)) open.pop();
    open.at(-1)?.push(line);
    if (!opening.test(line) || variable.test(line)) continue;
    const inner: string[] = [];
    blocks.push(inner);
    open.push(inner);
  }
  return blocks.map((lines) => lines.join('\n'));
}
