const opening = /[[{(][ \t\r]*$/m;
const closing = /^[ \t]*[\]})]/m;

/** `SECRET=x(`: the bracket is the end of the value. */
const variable = /^[ \t]*(?:export[ \t]+)?[A-Z][A-Z0-9_]*=["']?[^\s"'[{(]/;

const indentOf = (line: string) => line.search(/\S|$/);

/**
 * The lines of a text by the innermost brackets they stand in, which open at a line's end and close at another's beginning: what a
 * program or a nested configuration says in one of them is of another client than what it says in the next. What is never closed was
 * cut off, and ends where lines are indented no further than its first.
 */
export function bracketBlocks(text: string): readonly string[] {
  if (!opening.test(text)) return [text];
  const outer: string[] = [];
  const blocks = [outer];
  const open = [{ lines: outer, indent: -1 }];
  for (const line of text.split('\n')) {
    if (open.length > 1 && closing.test(line)) open.pop();
    open.at(-1)?.lines.push(line);
    if (!opening.test(line) || variable.test(line)) continue;
    const inner: string[] = [];
    blocks.push(inner);
    open.push({ lines: inner, indent: indentOf(line) });
  }
  for (const { lines, indent } of open.slice(1)) {
    const end = lines.findIndex((line) => /\S/.test(line) && indentOf(line) <= indent);
    if (end >= 0) for (const line of lines.splice(end)) outer.push(line);
  }
  return blocks.map((lines) => lines.join('\n'));
}
