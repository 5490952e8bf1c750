/** How much of a body is looked at to tell what it is. */
const lookAt = 2000;

/** Whether a body can be nothing but a GraphQL document, which httpYac sends as one. */
export function looksLikeGraphql(lines: readonly string[]): boolean {
  const start = lines.slice(0, 50).join('\n').slice(0, lookAt);
  if (/^\s*(?:query|mutation)\b[\s\w(]/.test(start)) return start.includes('{');
  return /^\s*fragment\s+\w+\s+on\s/.test(start);
}

/** A query, and below a blank line its variables, as the one JSON document that is sent. @see GraphQL over HTTP, section 5.4 */
export function graphqlBody(
  lines: readonly string[],
  resolve: (value: string) => string,
  operation: string | undefined,
  byFirstLine = false,
): string {
  const split = variablesStart(lines);
  const query = resolve(lines.slice(0, split?.blank).join('\n'));
  const variables = split === undefined ? '{}' : resolve(lines.slice(split.start).join('\n').trim());
  const name = operation ?? (byFirstLine ? firstName(query) : operationName(query));
  const named = name === undefined ? '' : `"operationName":${JSON.stringify(name)},`;
  return `{"query":${JSON.stringify(query)},${named}"variables":${variables}}`;
}

interface VariablesStart {
  /** The line that ends the query. */
  readonly blank: number;
  readonly start: number;
}

/** Where a JSON object begins below a blank line; each line is looked at once. */
function variablesStart(lines: readonly string[]): VariablesStart | undefined {
  let blank: number | undefined;
  for (const [at, line] of lines.entries()) {
    const text = line.trim();
    if (text === '') blank ??= at;
    else {
      const next = text === '{' ? (lines[at + 1] ?? '').trim() : text.slice(1).trimStart();
      if (blank !== undefined && text.startsWith('{') && /^["}]/.test(next)) return { blank, start: at };
      blank = undefined;
    }
  }
  return undefined;
}

/** The first operation's or fragment's, as httpYac takes it. */
function firstName(query: string): string | undefined {
  return /^\s{0,100}(?:query|mutation|fragment)\s{1,100}(\w{1,200})/.exec(query)?.[1];
}

/** The name of the only operation of a document; absent where it has none, or several. */
function operationName(query: string): string | undefined {
  const names = [...query.matchAll(/^\s{0,100}(?:query|mutation|subscription)\s{1,100}(\w{1,200})/gm)];
  return names.length === 1 ? names[0]?.[1] : undefined;
}
