/** JSON that is nested deeper is shown as it came: nobody reads it, and the indentation would be longer than the text. */
const deepest = 100;

/** A token: a string with its escapes, a bracket, a comma or colon, a number or a word. */
const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/gs;

/**
 * Indents JSON token by token, so that every number, name and escape stays as the server wrote it: parsing and serializing
 * would change 9007199254740993, and drop the first of two equal names.
 *
 * @param limit characters after which the rest is left out
 * @returns undefined when it is not a JSON object or array
 * @see RFC 8259
 */
export function layOutJson(text: string, limit: number): string | undefined {
  if (!isJson(text)) return undefined;
  const parts: string[] = [];
  let length = 0;
  let depth = 0;
  let before = '';
  for (const [token] of text.matchAll(tokens)) {
    if (isClosing(token)) depth -= 1;
    const part = gap(before, token, depth) + token;
    if (isOpening(token)) depth += 1;
    if (depth > deepest) return undefined;
    parts.push(part);
    length += part.length;
    if (length > limit) break;
    before = token;
  }
  return parts.join('');
}

/** The white space between two tokens. */
function gap(before: string, token: string, depth: number): string {
  if (before === ':') return ' ';
  const inEmpty = isOpening(before) && isClosing(token);
  const breaks = before === ',' || isOpening(before) || isClosing(token);
  return breaks && !inEmpty ? `\n${'  '.repeat(depth)}` : '';
}

function isOpening(token: string): boolean {
  return token === '{' || token === '[';
}

function isClosing(token: string): boolean {
  return token === '}' || token === ']';
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
